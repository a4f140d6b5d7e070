//! Spanish.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names, regnal, roman_at};

pub(in crate::spoken) static SPANISH: Tables = Tables {
    code: "es",
    respell: &[],
    minus: "menos",
    plus: "más",
    comma: "coma",
    decimals_as_number: true,
    to: "a",
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
    and_cents: "con",
    name_cents: true,
    of: "de",
    money: &[
        money("€|EUR", ["euro", "euros"], Gender::Masculine, ["céntimo", "céntimos"]),
        money("US$|USD|$", ["dólar", "dólares"], Gender::Masculine, ["centavo", "centavos"]),
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
        ("millones", "millones"),
        ("millón", "millón"),
        ("mil millones", "mil millones"),
        ("mill.", "millones"),
        ("M", "millones"),
    ],
    units: names![
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
        "GB" "gigabyte" "gigabytes" Masculine,
        "MB" "megabyte" "megabytes" Masculine,
        "MW" "megavatio" "megavatios" Masculine,
        "kWh" "kilovatio hora" "kilovatios hora" Masculine,
        "min" "minuto" "minutos" Masculine,
    ],
    short: &[
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
        ("pág.", "página"),
        ("págs.", "páginas"),
        ("núm.", "número"),
        ("n.º", "número"),
        ("N.º", "número"),
        ("aprox.", "aproximadamente"),
    ],
    symbols: &[
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
    let found = pattern!(r"([0-9]{1,4})\.?(º|ª|er\b|ra\b|ro\b|do\b|da\b|to\b|ta\b)")
        .captures(place.rest)?;
    let feminine = matches!(&found[2], "ª" | "ra" | "da" | "ta");
    let gender = if feminine { Gender::Feminine } else { Gender::Masculine };
    let words = numeral::ordinal(tables.code, found[1].parse().ok()?, gender)?;
    // Before a masculine noun "primero" and "tercero" lose their last letter.
    let words = if &found[2] == "er" { words.trim_end_matches('o').to_owned() } else { words };
    Some((found[0].len(), Said::of(&words)))
}

/// Most feminine nouns show it; the usual exceptions are listed.
fn gender(noun: &str) -> Gender {
    const FEMININE: &str = " mujer mujeres vez veces noche noches tarde tardes clase clases calle calles parte partes \
        muerte muertes ley leyes mano manos madre madres serie series flor flores luz luces ";
    const MASCULINE: &str = " día días problema problemas sistema sistemas programa programas tema temas idioma idiomas \
        mapa mapas planeta planetas poeta poetas clima climas kilograma drama dramas esquema esquemas atleta atletas ";
    // No noun: "21 de marzo", "21 y 22".
    const OTHERS: &str = " de del y o a e u la las los el al en por para con que se es fue fueron son ha han como más menos ";
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
        // Rulers are counted by ordinals up to the tenth.
        let (len, value) = regnal(place)?;
        let ordinal = numeral::ordinal(tables.code, u64::from(value), Gender::Masculine)
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
                ("el 3er piso", "el tercer piso"),
                ("de 5-10 días", "de cinco a diez días"),
                ("12,5 %", "doce coma cinco por ciento"),
                ("5 km y 1 kg", "cinco kilómetros y un kilogramo"),
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
                ("a las 21:00", "a las veintiuna horas"),
                ("el siglo XXI", "el siglo veintiuno"),
                ("Felipe VI y Luis XIV", "Felipe sexto y Luis catorce"),
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
            ],
        );
    }
}
