//! Portuguese, of Brazil and of Portugal.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names, regnal, regnal_gender, roman_at, scale};

pub(in crate::spoken) static BRAZILIAN: Tables = Tables {
    code: "pt",
    respell: &[],
    money: &[
        money("€|EUR", ["euro", "euros"], Gender::Masculine, ["centavo", "centavos"]),
        money("R$|BRL", ["real", "reais"], Gender::Masculine, ["centavo", "centavos"]),
        money("US$|USD|$", ["dólar", "dólares"], Gender::Masculine, ["centavo", "centavos"]),
        money("£|GBP", ["libra", "libras"], Gender::Feminine, ["pêni", "pence"]),
        money("¥|JPY", ["iene", "ienes"], Gender::Masculine, ["sen", "sen"]),
    ],
    magnitudes: &[
        scale("milhões", "milhões", ["", ""]),
        scale("milhão", "milhão", ["", ""]),
        scale("bilhões", "bilhões", ["", ""]),
        scale("bilhão", "bilhão", ["", ""]),
        scale("trilhões", "trilhões", ["", ""]),
        scale("trilhão", "trilhão", ["", ""]),
        scale("mi", "milhões", ["um", "milhão"]),
        scale("bi", "bilhões", ["um", "bilhão"]),
        scale("tri", "trilhões", ["um", "trilhão"]),
        scale("mil", "mil", ["", ""]),
    ],
    ..PORTUGUESE_BASE
};

pub(in crate::spoken) static PORTUGUESE: Tables = Tables {
    code: "pt",
    respell: &[
        ("dezesseis", "dezasseis"),
        ("dezessete", "dezassete"),
        ("dezenove", "dezanove"),
        ("um bilhão", "mil milhões"),
        ("bilhões", "mil milhões"),
    ],
    money: &[
        money("€|EUR", ["euro", "euros"], Gender::Masculine, ["cêntimo", "cêntimos"]),
        money("R$|BRL", ["real", "reais"], Gender::Masculine, ["centavo", "centavos"]),
        money("US$|USD|$", ["dólar", "dólares"], Gender::Masculine, ["cêntimo", "cêntimos"]),
        money("£|GBP", ["libra", "libras"], Gender::Feminine, ["péni", "pence"]),
        money("¥|JPY", ["iene", "ienes"], Gender::Masculine, ["sen", "sen"]),
    ],
    magnitudes: &[
        scale("milhões", "milhões", ["", ""]),
        scale("milhão", "milhão", ["", ""]),
        scale("mil milhões", "mil milhões", ["", ""]),
        scale("mil", "mil", ["", ""]),
        scale("M", "milhões", ["um", "milhão"]),
    ],
    ..PORTUGUESE_BASE
};

/// What both have in common.
const PORTUGUESE_BASE: Tables = Tables {
    code: "pt",
    respell: &[],
    minus: "menos",
    plus: "mais",
    comma: "vírgula",
    point: "ponto",
    and: "e",
    and_half: "e meio",
    parts: &[
        ("meio", "meios"),
        ("um terço", "terços"),
        ("um quarto", "quartos"),
        ("um quinto", "quintos"),
        ("um sexto", "sextos"),
        ("um sétimo", "sétimos"),
        ("um oitavo", "oitavos"),
        ("um nono", "nonos"),
        ("um décimo", "décimos"),
    ],
    score: "a",
    by: "por",
    times: "vezes",
    decimals_as_number: true,
    to: "a",
    out_of: "de",
    law_of: "de",
    parts_of_year: &[('T', "trimestre"), ('Q', "trimestre"), ('S', "semestre"), ('H', "semestre")],
    percent: "por cento",
    per_mille: "por mil",
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    date: |tables, day, month, _| match day {
        1 => format!("primeiro de {month}"),
        _ => format!("{} de {month}", tables.cardinal(&day.to_string(), Gender::None)),
    },
    year_joint: "de",
    year: |tables, digits| tables.cardinal(digits, Gender::None),
    clock: |tables, hour, minute| {
        let hours = tables.cardinal(hour, Gender::Feminine);
        match minute {
            0 => format!("{hours} {}", if hour == "1" { "hora" } else { "horas" }),
            _ => format!("{hours} e {}", tables.cardinal(&minute.to_string(), Gender::None)),
        }
    },
    clock_parts: [["hora", "horas"], ["minuto", "minutos"], ["segundo", "segundos"]],
    days: &[
        ("seg", "segunda"),
        ("ter", "terça"),
        ("qua", "quarta"),
        ("qui", "quinta"),
        ("sex", "sexta"),
        ("sáb", "sábado"),
        ("dom", "domingo"),
        ("Seg", "segunda"),
        ("Ter", "terça"),
        ("Qua", "quarta"),
        ("Qui", "quinta"),
        ("Sex", "sexta"),
        ("Sáb", "sábado"),
        ("Dom", "domingo"),
    ],
    and_cents: "e",
    name_cents: true,
    of: "de",
    money: &[],
    magnitudes: &[],
    units: names![
        "h" "hora" "horas" Feminine,
        "t" "tonelada" "toneladas" Feminine,
        "s" "segundo" "segundos" Masculine,
        "cl" "centilitro" "centilitros" Masculine,
        "L" "litro" "litros" Masculine,
        "kW" "quilowatt" "quilowatts" Masculine,
        "W" "watt" "watts" Masculine,
        "V" "volt" "volts" Masculine,
        "GW" "gigawatt" "gigawatts" Masculine,
        "MWh" "megawatt-hora" "megawatts-hora" Masculine,
        "TB" "terabyte" "terabytes" Masculine,
        "GHz" "gigahertz" "gigahertz" Masculine,
        "MHz" "megahertz" "megahertz" Masculine,
        "m/s" "metro por segundo" "metros por segundo" Masculine,
        "ºC" "grau Celsius" "graus Celsius" Masculine,
        "º C" "grau Celsius" "graus Celsius" Masculine,
        "° C" "grau Celsius" "graus Celsius" Masculine,
        "km/h" "quilômetro por hora" "quilômetros por hora" Masculine,
        "km²" "quilômetro quadrado" "quilômetros quadrados" Masculine,
        "m²" "metro quadrado" "metros quadrados" Masculine,
        "m³" "metro cúbico" "metros cúbicos" Masculine,
        "km" "quilômetro" "quilômetros" Masculine,
        "cm" "centímetro" "centímetros" Masculine,
        "mm" "milímetro" "milímetros" Masculine,
        "m" "metro" "metros" Masculine,
        "kg" "quilograma" "quilogramas" Masculine,
        "mg" "miligrama" "miligramas" Masculine,
        "g" "grama" "gramas" Masculine,
        "ml" "mililitro" "mililitros" Masculine,
        "l" "litro" "litros" Masculine,
        "ha" "hectare" "hectares" Masculine,
        "°C" "grau Celsius" "graus Celsius" Masculine,
        "°" "grau" "graus" Masculine,
        "º" "grau" "graus" Masculine,
        "GB" "gigabyte" "gigabytes" Masculine,
        "MB" "megabyte" "megabytes" Masculine,
        "MW" "megawatt" "megawatts" Masculine,
        "kWh" "quilowatt-hora" "quilowatts-hora" Masculine,
        "min" "minuto" "minutos" Masculine,
        "km2" "quilômetro quadrado" "quilômetros quadrados" Masculine,
        "m2" "metro quadrado" "metros quadrados" Masculine,
        "m3" "metro cúbico" "metros cúbicos" Masculine,
        "cm²" "centímetro quadrado" "centímetros quadrados" Masculine,
        "cm2" "centímetro quadrado" "centímetros quadrados" Masculine,
        "cm³" "centímetro cúbico" "centímetros cúbicos" Masculine,
        "cm3" "centímetro cúbico" "centímetros cúbicos" Masculine,
        "pb" "ponto-base" "pontos-base" Masculine,
        "p.p." "ponto percentual" "pontos percentuais" Masculine,
        "Mbps" "megabit por segundo" "megabits por segundo" Masculine,
    ],
    per: &[
        ("mês", "por mês"),
        ("ano", "por ano"),
        ("dia", "por dia"),
        ("semana", "por semana"),
        ("hora", "por hora"),
        ("h", "por hora"),
        ("pessoa", "por pessoa"),
        ("noite", "por noite"),
        ("kg", "o quilo"),
        ("m²", "o metro quadrado"),
        ("l", "o litro"),
        ("ha", "por hectare"),
        ("kWh", "por quilowatt-hora"),
        ("MWh", "por megawatt-hora"),
    ],
    numbered: &[
        ("km", "quilômetro"),
        ("págs.", "páginas"),
        ("pág.", "página"),
        ("pp.", "páginas"),
        ("p.", "página"),
        ("n.º", "número"),
        ("N.º", "número"),
        ("nº", "número"),
        ("Nº", "número"),
        ("n°", "número"),
        ("arts.", "artigos"),
        ("art.", "artigo"),
        ("Art.", "artigo"),
        ("cap.", "capítulo"),
        ("vol.", "volume"),
        ("fig.", "figura"),
        ("figs.", "figuras"),
        ("séc.", "século"),
        ("sécs.", "séculos"),
        ("tel.", "telefone"),
        ("Tel.", "telefone"),
        ("máx.", "máximo"),
        ("mín.", "mínimo"),
        ("inc.", "inciso"),
        ("cj.", "conjunto"),
        ("proc.", "processo"),
        ("n.", "número"),
    ],
    counted_by: "capítulo cap título livro tomo parte ato cena fase tipo vol volume artigo art inc anexo nível classe seção secção século séculos séc sécs inciso guerra mundial",
    titles: &[
        ("D.", "dom"),
        ("R.", "rua"),
        ("Sto.", "santo"),
        ("Sta.", "santa"),
        ("Pça.", "praça"),
        ("Exmo.", "excelentíssimo"),
        ("Cel.", "coronel"),
        ("Gen.", "general"),
        ("Dep.", "deputado"),
        ("Sen.", "senador"),
        ("Cia.", "companhia"),
    ],
    web: ["ponto", "hífen", "sublinhado", "dois pontos"],
    short: &[
        ("Cf.", "confira"),
        ("cf.", "confira"),
        ("p.ex.", "por exemplo"),
        ("vs.", "contra"),
        ("obs.", "observação"),
        ("aprox.", "aproximadamente"),
        ("Jr.", "júnior"),
        ("Ltda.", "limitada"),
        ("a.C.", "antes de Cristo"),
        ("d.C.", "depois de Cristo"),
        ("p. ex.", "por exemplo"),
        ("Sra.", "senhora"),
        ("Sr.", "senhor"),
        ("Dra.", "doutora"),
        ("Dr.", "doutor"),
        ("Profa.", "professora"),
        ("profa.", "professora"),
        ("prof.", "professor"),
        ("Eng.", "engenheiro"),
        ("eng.", "engenheiro"),
        ("Apto.", "apartamento"),
        ("apto.", "apartamento"),
        ("a.a.", "ao ano"),
        ("a.m.", "ao mês"),
        ("kg", "quilo"),
        ("Prof.", "professor"),
        ("Av.", "avenida"),
        ("etc.", "etcétera"),
        ("EUA", "Estados Unidos"),
    ],
    symbols: &[
        ('×', "vezes"),
        ('÷', "dividido por"),
        ('±', "mais ou menos"),
        ('≈', "aproximadamente"),
        ('<', "menor que"),
        ('>', "maior que"),
        ('&', "e"),
        ('+', "mais"),
        ('=', "igual a"),
        ('@', "arroba"),
        ('%', "por cento"),
        ('#', "cerquilha"),
        ('€', "euros"),
        ('$', "dólares"),
        ('§', "parágrafo"),
        ('/', "barra"),
        ('°', "graus"),
    ],
    ordinal,
    gender,
    century,
};

/// "1º", "2.ª".
fn ordinal(tables: &Tables, place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,4})\.?(º|ª|° [a-z])").captures(place.rest)?;
    // "40º C" is a temperature.
    if &found[2] == "º"
        && (&found[1] == "0" || pattern!(r" ?[CF]\b").is_match(&place.rest[found[0].len()..]))
    {
        return None;
    }
    let gender = if &found[2] == "ª" { Gender::Feminine } else { Gender::Masculine };
    let words = numeral::ordinal(tables.code, found[1].parse().ok()?, gender)?;
    let mark = found[0].len() - if found[2].starts_with('°') { 2 } else { 0 };
    Some((mark, Said::of(&words)))
}

/// Most feminine nouns show it; the usual exceptions are listed.
fn gender(noun: &str) -> Gender {
    const FEMININE: &str = " mulher mulheres vez vezes noite noites tarde tardes parte partes morte mortes lei leis \
        mãe mães mão mãos série séries flor flores luz luzes voz vozes colher colheres dose doses fase fases \
        base bases classe classes rede redes chave chaves ";
    const MASCULINE: &str = " dia dias problema problemas sistema sistemas programa programas tema temas idioma idiomas \
        mapa mapas planeta planetas poeta poetas clima atleta atletas grama gramas quilograma quilogramas ";
    const OTHERS: &str = " de do da dos das e ou a o as os em no na por para com que se foi foram são mais menos após contra \
        até desde sobre entre sem durante quando mas nem já não seu sua há está estão era eram antes depois cada ";
    let lower = noun.to_lowercase();
    if noun.starts_with(char::is_uppercase) || OTHERS.split(' ').any(|word| word == lower) {
        return Gender::None;
    }
    if FEMININE.split(' ').any(|word| word == lower) {
        return Gender::Feminine;
    }
    let feminine = ["a", "as", "ção", "ções", "são", "sões", "dade", "dades"]
        .iter()
        .any(|end| lower.ends_with(end));
    if feminine && !MASCULINE.split(' ').any(|word| word == lower) {
        Gender::Feminine
    } else {
        Gender::Masculine
    }
}

/// "século XXI".
fn century(tables: &Tables, place: &Place<'_>) -> Reading {
    let lower = place.near(12).to_lowercase();
    if !lower.ends_with("século ") && !lower.ends_with("séculos ") && !lower.ends_with("capítulo ")
    {
        // "no século XIX e no XX"
        if let Some((len, value)) = roman_at(place.rest)
            && place.ends_at(len)
            && pattern!(r"(?s).*\b(?i:séculos?|sécs?\.) [IVX]+\b[^.;:]*\b(?:do|no|o|ao|e) \z")
                .is_match(place.near(60))
        {
            return Some((len, Said::of(&tables.cardinal(&value.to_string(), Gender::None))));
        }
        // Rulers are counted by ordinals up to the tenth.
        let (len, value) = regnal(place)?;
        let ordinal = numeral::ordinal(tables.code, u64::from(value), regnal_gender(place))
            .filter(|_| value <= 10);
        let said = ordinal.unwrap_or_else(|| tables.cardinal(&value.to_string(), Gender::None));
        return Some((len, Said::of(&said)));
    }
    let (len, value) = roman_at(place.rest)?;
    Some((len, Said::of(&tables.cardinal(&value.to_string(), Gender::None))))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn numbers() {
        check(
            "pt-BR",
            &[
                ("1.234 votos", "mil duzentos e trinta e quatro votos"),
                ("2 mulheres", "duas mulheres"),
                ("200 pessoas e 2 livros", "duzentas pessoas e dois livros"),
                ("3,5 e -2", "três vírgula cinco e menos dois"),
                ("o 1º e a 2ª", "o primeiro e a segunda"),
                ("12,5 %", "doze vírgula cinco por cento"),
                ("o século XXI", "o século vinte e um"),
                ("5-10 anos", "cinco a dez anos"),
                ("16 km", "dezesseis quilômetros"),
                ("venceu por 2x0, um 4x4", "venceu por dois a zero um quatro por quatro"),
                ("1/2 l, 2/3 e 2 ½", "meio litro dois terços e dois e meio"),
                ("5 × 4 = 20", "cinco vezes quatro igual a vinte"),
                ("por 6/4, 3/6 e 7/5", "por seis a quatro três a seis e sete a cinco"),
                (
                    "0,5 p.p., 10% a.a., 1% a.m., às 5 a.m.",
                    "zero vírgula cinco pontos percentuais dez por cento ao ano um por cento ao mês às cinco a m",
                ),
                ("a Lei nº 8.112/90", "a Lei número oito mil cento e doze de noventa"),
                ("o trem nº 781 parte", "o trem número setecentos e oitenta e um parte"),
                (
                    "nos sécs. XV e XVI, a I Guerra",
                    "nos séculos quinze e dezesseis a primeira Guerra",
                ),
                ("R. XV de Novembro, ficou 3 x 1", "R quinze de Novembro ficou três a um"),
                ("o eng. Sá e D. Maria", "o engenheiro Sá e dona Maria"),
                ("no séc. V, D. Pedro II", "no século cinco dom Pedro segundo"),
            ],
        );
        check("pt-PT", &[("16 e 17", "dezasseis e dezassete"), ("1.000.000.000", "mil milhões")]);
    }

    #[test]
    fn dates_and_times() {
        check(
            "pt-BR",
            &[
                ("em 21 de março de 2024", "em vinte e um de março de dois mil e vinte e quatro"),
                ("1º de maio", "primeiro de maio"),
                ("03/04/1999", "três de abril de mil novecentos e noventa e nove"),
                ("às 17h30", "às dezessete e trinta"),
                ("às 21h", "às vinte e uma horas"),
                (
                    "dura 1h45, de seg. a sex.",
                    "dura uma hora e quarenta e cinco de segunda a sexta",
                ),
                ("no dia 6/12, na seg., 3/6", "no dia seis de dezembro na segunda três de junho"),
                ("no 1T24", "no primeiro trimestre de vinte e quatro"),
                (
                    "em 12.mar.2024, em 1º/2/2025",
                    "em doze de março de dois mil e vinte e quatro em primeiro de fevereiro de dois mil e vinte e cinco",
                ),
                ("10h-14h, em 10s85", "dez horas a catorze horas em dez segundos oitenta e cinco"),
                ("no século XIX e no XX", "no século dezenove e no vinte"),
            ],
        );
    }

    #[test]
    fn money_and_short_forms() {
        check(
            "pt-BR",
            &[
                ("R$ 5", "cinco reais"),
                ("R$ 3,50", "três reais e cinquenta centavos"),
                ("R$ 5 milhões", "cinco milhões de reais"),
                ("R$ 0,50, R$ 1.500/mês", "cinquenta centavos mil e quinhentos reais por mês"),
                ("US$ 1 bi, R$ 30 mil", "um bilhão de dólares trinta mil reais"),
                ("D. Ana e D. Pedro", "dona Ana e dom Pedro"),
                ("(11) 91234-5678", "um um nove um dois três quatro cinco seis sete oito"),
                ("CEP 01310-200", "CEP zero um três um zero dois zero zero"),
                ("em www.exemplo.com.br", "em W W W ponto exemplo ponto com ponto br"),
                ("O Sr. Dias e a Dra. Reis", "O senhor Dias e a doutora Reis"),
            ],
        );
        check("pt-PT", &[("3,50 €", "três euros e cinquenta cêntimos")]);
    }
}
