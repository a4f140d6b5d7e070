//! Spanish.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names, regnal, regnal_gender, roman_at, scale};

pub(in crate::spoken) static SPANISH: Tables = Tables {
    code: "es",
    respell: &[],
    minus: "menos",
    plus: "más",
    comma: "coma",
    point: "punto",
    and: "y",
    and_half: "y medio",
    parts: &[
        ("medio", "medios"),
        ("un tercio", "tercios"),
        ("un cuarto", "cuartos"),
        ("un quinto", "quintos"),
        ("un sexto", "sextos"),
        ("un séptimo", "séptimos"),
        ("un octavo", "octavos"),
        ("un noveno", "novenos"),
        ("un décimo", "décimos"),
    ],
    score: "a",
    by: "por",
    times: "por",
    decimals_as_number: true,
    to: "a",
    out_of: "sobre",
    law_of: "de",
    parts_of_year: &[('T', "trimestre"), ('Q', "trimestre"), ('S', "semestre"), ('H', "semestre")],
    percent: "por ciento",
    per_mille: "por mil",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    date: |tables, day, month, _| match day {
        1 => format!("primero de {month}"),
        _ => format!("{} de {month}", tables.cardinal(&day.to_string(), Gender::None)),
    },
    year_joint: "de",
    year: |tables, digits| tables.cardinal(digits, Gender::None),
    clock: |tables, hour, minute| {
        let hours = tables.cardinal(hour, Gender::Feminine);
        match minute {
            0 => format!("{hours} {}", if hour == "1" { "hora" } else { "horas" }),
            _ => format!("{hours} y {}", tables.cardinal(&minute.to_string(), Gender::None)),
        }
    },
    clock_parts: [["hora", "horas"], ["minuto", "minutos"], ["segundo", "segundos"]],
    days: &[
        ("lun", "lunes"),
        ("mar", "martes"),
        ("mié", "miércoles"),
        ("jue", "jueves"),
        ("vie", "viernes"),
        ("sáb", "sábado"),
        ("dom", "domingo"),
        ("Lun", "lunes"),
        ("Mar", "martes"),
        ("Mié", "miércoles"),
        ("Jue", "jueves"),
        ("Vie", "viernes"),
        ("Sáb", "sábado"),
        ("Dom", "domingo"),
    ],
    and_cents: "con",
    name_cents: true,
    of: "de",
    money: &[
        money("€|EUR", ["euro", "euros"], Gender::Masculine, ["céntimo", "céntimos"]),
        money("US$|USD|$", ["dólar", "dólares"], Gender::Masculine, ["centavo", "centavos"]),
        money("S/.|S/|PEN", ["sol", "soles"], Gender::Masculine, ["céntimo", "céntimos"]),
        money(
            "RD$|DOP",
            ["peso dominicano", "pesos dominicanos"],
            Gender::Masculine,
            ["centavo", "centavos"],
        ),
        money(
            "COP",
            ["peso colombiano", "pesos colombianos"],
            Gender::Masculine,
            ["centavo", "centavos"],
        ),
        money(
            "CLP",
            ["peso chileno", "pesos chilenos"],
            Gender::Masculine,
            ["centavo", "centavos"],
        ),
        money(
            "ARS",
            ["peso argentino", "pesos argentinos"],
            Gender::Masculine,
            ["centavo", "centavos"],
        ),
        money("Gs.|₲|PYG", ["guaraní", "guaraníes"], Gender::Masculine, ["céntimo", "céntimos"]),
        money("₡|CRC", ["colón", "colones"], Gender::Masculine, ["céntimo", "céntimos"]),
        money("£|GBP", ["libra", "libras"], Gender::Feminine, ["penique", "peniques"]),
        money("¥|JPY", ["yen", "yenes"], Gender::Masculine, ["sen", "sen"]),
        money(
            "MXN",
            ["peso mexicano", "pesos mexicanos"],
            Gender::Masculine,
            ["centavo", "centavos"],
        ),
    ],
    magnitudes: &[
        scale("millones", "millones", ["", ""]),
        scale("millón", "millón", ["", ""]),
        scale("mil millones", "mil millones", ["", ""]),
        scale("mill.", "millones", ["un", "millón"]),
        scale("mdd", "millones de dólares", ["", ""]),
        scale("M", "millones", ["un", "millón"]),
    ],
    units: names![
        "h" "hora" "horas" Feminine,
        "t" "tonelada" "toneladas" Feminine,
        "s" "segundo" "segundos" Masculine,
        "cl" "centilitro" "centilitros" Masculine,
        "kW" "kilovatio" "kilovatios" Masculine,
        "W" "vatio" "vatios" Masculine,
        "V" "voltio" "voltios" Masculine,
        "GW" "gigavatio" "gigavatios" Masculine,
        "MWh" "megavatio hora" "megavatios hora" Masculine,
        "TB" "terabyte" "terabytes" Masculine,
        "GHz" "gigahercio" "gigahercios" Masculine,
        "MHz" "megahercio" "megahercios" Masculine,
        "Mbps" "megabit por segundo" "megabits por segundo" Masculine,
        "m/s" "metro por segundo" "metros por segundo" Masculine,
        "ºC" "grado Celsius" "grados Celsius" Masculine,
        "º C" "grado Celsius" "grados Celsius" Masculine,
        "° C" "grado Celsius" "grados Celsius" Masculine,
        "km/h" "kilómetro por hora" "kilómetros por hora" Masculine,
        "km²" "kilómetro cuadrado" "kilómetros cuadrados" Masculine,
        "m²" "metro cuadrado" "metros cuadrados" Masculine,
        "m³" "metro cúbico" "metros cúbicos" Masculine,
        "km" "kilómetro" "kilómetros" Masculine,
        "cm" "centímetro" "centímetros" Masculine,
        "mm" "milímetro" "milímetros" Masculine,
        "m" "metro" "metros" Masculine,
        "kg" "kilogramo" "kilogramos" Masculine,
        "mg" "miligramo" "miligramos" Masculine,
        "g" "gramo" "gramos" Masculine,
        "ml" "mililitro" "mililitros" Masculine,
        "l" "litro" "litros" Masculine,
        "ha" "hectárea" "hectáreas" Feminine,
        "°C" "grado Celsius" "grados Celsius" Masculine,
        "°" "grado" "grados" Masculine,
        "º" "grado" "grados" Masculine,
        "GB" "gigabyte" "gigabytes" Masculine,
        "MB" "megabyte" "megabytes" Masculine,
        "MW" "megavatio" "megavatios" Masculine,
        "kWh" "kilovatio hora" "kilovatios hora" Masculine,
        "min" "minuto" "minutos" Masculine,
        "km2" "kilómetro cuadrado" "kilómetros cuadrados" Masculine,
        "m2" "metro cuadrado" "metros cuadrados" Masculine,
        "m3" "metro cúbico" "metros cúbicos" Masculine,
        "cm²" "centímetro cuadrado" "centímetros cuadrados" Masculine,
        "cm2" "centímetro cuadrado" "centímetros cuadrados" Masculine,
        "cm³" "centímetro cúbico" "centímetros cúbicos" Masculine,
        "cm3" "centímetro cúbico" "centímetros cúbicos" Masculine,
        "pb" "punto básico" "puntos básicos" Masculine,
        "pp" "punto porcentual" "puntos porcentuales" Masculine,
        "p. p." "punto porcentual" "puntos porcentuales" Masculine,
    ],
    per: &[
        ("mes", "al mes"),
        ("año", "al año"),
        ("día", "al día"),
        ("semana", "por semana"),
        ("hora", "por hora"),
        ("h", "por hora"),
        ("persona", "por persona"),
        ("noche", "por noche"),
        ("kg", "por kilo"),
        ("m²", "por metro cuadrado"),
        ("l", "por litro"),
        ("ha", "por hectárea"),
        ("kWh", "por kilovatio hora"),
        ("MWh", "por megavatio hora"),
    ],
    numbered: &[
        ("km", "kilómetro"),
        ("págs.", "páginas"),
        ("pág.", "página"),
        ("pp.", "páginas"),
        ("p.", "página"),
        ("n.º", "número"),
        ("N.º", "número"),
        ("nº", "número"),
        ("Nº", "número"),
        ("n°", "número"),
        ("núms.", "números"),
        ("núm.", "número"),
        ("arts.", "artículos"),
        ("art.", "artículo"),
        ("Art.", "artículo"),
        ("caps.", "capítulos"),
        ("cap.", "capítulo"),
        ("vol.", "volumen"),
        ("fig.", "figura"),
        ("figs.", "figuras"),
        ("apdo.", "apartado"),
        ("ap.", "apartado"),
        ("párr.", "párrafo"),
        ("s.", "siglo"),
        ("ss.", "siglos"),
        ("tel.", "teléfono"),
        ("Tel.", "teléfono"),
        ("tfno.", "teléfono"),
        ("ext.", "extensión"),
        ("aprox.", "aproximadamente"),
        ("máx.", "máximo"),
        ("mín.", "mínimo"),
    ],
    counted_by: "capítulo capítulos cap título tomo libro parte acto escena fase tipo vol volumen artículo art anexo grado nivel siglo siglos s ss legislatura división clase guerra mundial",
    titles: &[
        ("D.ª", "doña"),
        ("Dña.", "doña"),
        ("Dª", "doña"),
        ("D.", "don"),
        ("Sto.", "santo"),
        ("Sta.", "santa"),
        ("Mons.", "monseñor"),
        ("Gral.", "general"),
        ("Cnel.", "coronel"),
        ("Lic.", "licenciado"),
        ("Ing.", "ingeniero"),
        ("Pza.", "plaza"),
        ("Plza.", "plaza"),
        ("C/", "calle"),
        ("Fdo.", "firmado"),
        ("Hnos.", "hermanos"),
        ("Cía.", "compañía"),
    ],
    web: ["punto", "guion", "guion bajo", "dos puntos"],
    short: &[
        ("Vd.", "usted"),
        ("Vds.", "ustedes"),
        ("vs.", "contra"),
        ("p.ej.", "por ejemplo"),
        ("s. f.", "sin fecha"),
        ("a. C.", "antes de Cristo"),
        ("a.C.", "antes de Cristo"),
        ("d.C.", "después de Cristo"),
        ("a.m.", "a eme"),
        ("p.m.", "pe eme"),
        ("EE. UU.", "Estados Unidos"),
        ("EE.UU.", "Estados Unidos"),
        ("EE UU", "Estados Unidos"),
        ("a. C.", "antes de Cristo"),
        ("d. C.", "después de Cristo"),
        ("a. m.", "a eme"),
        ("p. m.", "pe eme"),
        ("p. ej.", "por ejemplo"),
        ("Sra.", "señora"),
        ("Srta.", "señorita"),
        ("Sr.", "señor"),
        ("Dra.", "doctora"),
        ("Dr.", "doctor"),
        ("Prof.", "profesor"),
        ("Uds.", "ustedes"),
        ("Ud.", "usted"),
        ("Avda.", "avenida"),
        ("Av.", "avenida"),
        ("etc.", "etcétera"),
        ("kg", "kilo"),
        ("c/u", "cada uno"),
        ("L-V", "lunes a viernes"),
        ("Ma.", "María"),
        ("cdas.", "cucharadas"),
        ("cda.", "cucharada"),
        ("cdtas.", "cucharaditas"),
        ("cdta.", "cucharadita"),
        ("temp.", "temperatura"),
        ("mín.", "mínima"),
        ("máx.", "máxima"),
        ("Aprox.", "aproximadamente"),
    ],
    symbols: &[
        ('×', "por"),
        ('÷', "entre"),
        ('±', "más menos"),
        ('≈', "aproximadamente"),
        ('<', "menor que"),
        ('>', "mayor que"),
        ('&', "y"),
        ('+', "más"),
        ('=', "igual a"),
        ('@', "arroba"),
        ('%', "por ciento"),
        ('#', "almohadilla"),
        ('€', "euros"),
        ('$', "dólares"),
        ('§', "sección"),
        ('/', "barra"),
        ('°', "grados"),
    ],
    ordinal,
    gender,
    century,
};

/// "1.º", "2ª", "3er".
fn ordinal(tables: &Tables, place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,4})\.?(º|ª|er\b|ra\b|ro\b|do\b|da\b|to\b|ta\b|a\b|o\b)")
        .captures(place.rest)?;
    // "40º C" is a temperature, and "7o" an ordinal only with its dot.
    let rest = &place.rest[found[0].len()..];
    if &found[2] == "º"
        && (&found[1] == "0" || pattern!(r" ?[CF]\b").is_match(rest) || is_warm(place))
        || matches!(&found[2], "a" | "o") && !found[0].contains('.')
    {
        return None;
    }
    let feminine = matches!(&found[2], "ª" | "ra" | "da" | "ta" | "a");
    let gender = if feminine { Gender::Feminine } else { Gender::Masculine };
    let words = numeral::ordinal(tables.code, found[1].parse().ok()?, gender)?;
    // Before a masculine noun "primero" and "tercero" lose their last letter.
    let words = if &found[2] == "er" { words.trim_end_matches('o').to_owned() } else { words };
    // "el 1er. lugar"
    let dot = usize::from(&found[2] == "er" && pattern!(r"\. [a-z]").is_match(rest));
    Some((found[0].len() + dot, Said::of(&words)))
}

/// Whether the words before speak of temperatures, so that "38º" are degrees.
fn is_warm(place: &Place<'_>) -> bool {
    pattern!(r"(?s).*\b(?:[Tt]emperaturas?|máximas?|mínimas?|máx|mín|termómetros?)\b")
        .is_match(place.near(50))
}

/// Most feminine nouns show it; the usual exceptions are listed.
fn gender(noun: &str) -> Gender {
    const FEMININE: &str = " mujer mujeres vez veces noche noches tarde tardes clase clases calle calles parte partes \
        muerte muertes ley leyes mano manos madre madres serie series flor flores luz luces ";
    const MASCULINE: &str = " día días problema problemas sistema sistemas programa programas tema temas idioma idiomas \
        mapa mapas planeta planetas poeta poetas clima climas kilograma drama dramas esquema esquemas atleta atletas ";
    // No noun: "21 de marzo", "21 y 22".
    const OTHERS: &str = " de del y o a e u la las los el al en por para con que se es fue fueron son ha han como más menos \
        tras ante hasta desde sobre entre sin durante contra hacia según cada cuando donde si pero ni ya no su sus le lo hay \
        está están era eran antes después ";
    let lower = noun.to_lowercase();
    if noun.starts_with(char::is_uppercase) || OTHERS.split(' ').any(|word| word == lower) {
        return Gender::None;
    }
    if FEMININE.split(' ').any(|word| word == lower) {
        return Gender::Feminine;
    }
    let feminine = ["a", "as", "ción", "ciones", "sión", "siones", "dad", "dades"]
        .iter()
        .any(|end| lower.ends_with(end));
    if feminine && !MASCULINE.split(' ').any(|word| word == lower) {
        Gender::Feminine
    } else {
        Gender::Masculine
    }
}

/// "siglo XXI", "siglo V".
fn century(tables: &Tables, place: &Place<'_>) -> Reading {
    let lower = place.near(12).to_lowercase();
    if !lower.ends_with("siglo ") && !lower.ends_with("siglos ") && !lower.ends_with("capítulo ") {
        // "en el siglo XIX y a principios del XX"
        if let Some((len, value)) = roman_at(place.rest)
            && place.ends_at(len)
            && pattern!(r"(?s).*\b(?i:siglos?|ss?\.) [IVX]+\b[^.;:]*\b(?:del|el|al|y|o) \z")
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
            "es",
            &[
                ("Son 1.234 votos", "Son mil doscientos treinta y cuatro votos"),
                ("101 mujeres", "ciento una mujeres"),
                ("200 personas y 21 libros", "doscientas personas y veintiún libros"),
                ("3,5 y -2", "tres coma cinco y menos dos"),
                ("el 1.º y la 2.ª", "el primero y la segunda"),
                ("el 3er piso, el 1er. lugar", "el tercer piso el primer lugar"),
                (
                    "65 m2 y 50 cm²",
                    "sesenta y cinco metros cuadrados y cincuenta centímetros cuadrados",
                ),
                (
                    "los ss. XV y XVI, la I Guerra Mundial",
                    "los siglos quince y dieciséis la primera Guerra Mundial",
                ),
                ("de 5-10 días", "de cinco a diez días"),
                ("12,5 %", "doce coma cinco por ciento"),
                ("5 km y 1 kg", "cinco kilómetros y un kilogramo"),
                ("ganó 3-1 tras un 0-2", "ganó tres a uno tras un cero a dos"),
                ("1/2 l, 2/3 y 2 ½", "medio litro dos tercios y dos y medio"),
                ("1/4 kg de pan", "un cuarto de kilogramo de pan"),
                ("un 4x4; 5 × 4 = 20", "un cuatro por cuatro cinco por cuatro igual a veinte"),
                ("40º C, 0º", "cuarenta grados Celsius cero grados"),
                (
                    "temperatura de 38º, el 38º",
                    "temperatura de treinta y ocho grados el treinta y ocho grados",
                ),
                ("Isabel II y Carlos III", "Isabel segunda y Carlos tercero"),
                ("la A-3, km 21", "la A tres kilómetro veintiuno"),
                ("3.5 puntos", "tres punto cinco puntos"),
                ("la versión 3.2.1, el CO2", "la versión tres punto dos punto uno el C O dos"),
                ("un 7,5/10, 105 pb", "un siete coma cinco sobre diez ciento cinco puntos básicos"),
                (
                    "la Ley 39/2015, de 05/2023",
                    "la Ley treinta y nueve de dos mil quince de cero cinco dos mil veintitrés",
                ),
            ],
        );
    }

    #[test]
    fn dates_and_times() {
        check(
            "es",
            &[
                ("el 21 de marzo de 2024", "el veintiuno de marzo de dos mil veinticuatro"),
                ("el 1 de mayo", "el primero de mayo"),
                ("21/03/1999", "veintiuno de marzo de mil novecientos noventa y nueve"),
                ("en 1987", "en mil novecientos ochenta y siete"),
                ("a las 17:30 h", "a las diecisiete y treinta"),
                ("a las 21:00 hrs.", "a las veintiuna horas"),
                (
                    "a las 23.45, 37,5 h/semana",
                    "a las veintitrés y cuarenta y cinco treinta y siete coma cinco horas por semana",
                ),
                (
                    "en la Av. 9 de Julio 1234",
                    "en la avenida nueve de julio mil doscientos treinta y cuatro",
                ),
                ("el siglo XXI", "el siglo veintiuno"),
                ("Felipe VI y Luis XIV", "Felipe sexto y Luis catorce"),
                ("Juan Carlos I y el s. XIX", "Juan Carlos primero y el siglo diecinueve"),
                ("el cap. IV, la pág. 23", "el capítulo cuatro la página veintitrés"),
                ("dura 1 h 45 min", "dura una hora cuarenta y cinco minutos"),
                ("el 12/10/23, lun.-vie.", "el doce de octubre de veintitrés lunes a viernes"),
                ("en 2:05:13", "en dos horas cinco minutos y trece segundos"),
                ("el 5-XI-1975", "el cinco de noviembre de mil novecientos setenta y cinco"),
                (
                    "el 4T, el T4 2023, el 1T24",
                    "el cuarto trimestre el cuarto trimestre de dos mil veintitrés el primer trimestre de veinticuatro",
                ),
                ("la 4T, el 4 de abril", "la cuatro T el cuatro de abril"),
                ("del siglo XIX y del XX", "del siglo diecinueve y del veinte"),
                (
                    "el lunes 3/6, en 10\"85",
                    "el lunes tres de junio en diez segundos ochenta y cinco",
                ),
            ],
        );
    }

    #[test]
    fn money_and_short_forms() {
        check(
            "es",
            &[
                ("5 €", "cinco euros"),
                ("3,50 €", "tres euros con cincuenta céntimos"),
                ("$1", "un dólar"),
                ("$5 millones", "cinco millones de dólares"),
                ("1 £", "una libra"),
                ("El Sr. Ruiz, en EE. UU.", "El señor Ruiz en Estados Unidos"),
                (
                    "$ 1,500.50 y 1 M€",
                    "mil quinientos dólares con cincuenta centavos y un millón de euros",
                ),
                ("1.500 €/mes", "mil quinientos euros al mes"),
                ("US$ 1,300 c/u", "mil trescientos dólares cada uno"),
                ("S/ 25 y S/. 12,50", "veinticinco soles y doce soles con cincuenta céntimos"),
                ("Tel.: 555-0123", "teléfono cinco cinco cinco cero uno dos tres"),
                ("D. Pedro, en la C/ Mayor, n.º 12", "don Pedro en la calle Mayor número doce"),
                ("S. M. el Rey", "S M el Rey"),
                ("al 91 123 45 67", "al nueve uno uno dos tres cuatro cinco seis siete"),
                (
                    "en www.ejemplo.es/a-b o info@ejemplo.es",
                    "en W W W punto ejemplo punto es barra a guion b o info arroba ejemplo punto es",
                ),
            ],
        );
    }
}
