//! Quantities with a unit. Separate because units are short forms only after a number.

use super::fraction;
use super::money::counted;
use super::number::{cardinal, decimal};
use super::said::{Place, Reading, Said, pattern};

/// Short form, one, several. Looked up as written first, then in lower case.
const UNITS: [(&str, &str, &str); 159] = [
    ("kg", "kilogram", "kilograms"),
    ("kgs", "kilogram", "kilograms"),
    ("g", "gram", "grams"),
    ("mg", "milligram", "milligrams"),
    ("µg", "microgram", "micrograms"),
    ("μg", "microgram", "micrograms"),
    ("mcg", "microgram", "micrograms"),
    ("ng", "nanogram", "nanograms"),
    ("t", "ton", "tons"),
    ("kt", "kiloton", "kilotons"),
    ("Mt", "megaton", "megatons"),
    ("lb", "pound", "pounds"),
    ("lbs", "pound", "pounds"),
    ("oz", "ounce", "ounces"),
    ("st", "stone", "stone"),
    ("km", "kilometer", "kilometers"),
    ("kms", "kilometer", "kilometers"),
    ("m", "meter", "meters"),
    ("cm", "centimeter", "centimeters"),
    ("mm", "millimeter", "millimeters"),
    ("µm", "micrometer", "micrometers"),
    ("μm", "micrometer", "micrometers"),
    ("nm", "nanometer", "nanometers"),
    ("ft", "foot", "feet"),
    ("in", "inch", "inches"),
    ("yd", "yard", "yards"),
    ("yds", "yard", "yards"),
    ("mi", "mile", "miles"),
    ("nmi", "nautical mile", "nautical miles"),
    ("m2", "square meter", "square meters"),
    ("m²", "square meter", "square meters"),
    ("m3", "cubic meter", "cubic meters"),
    ("m³", "cubic meter", "cubic meters"),
    ("cm2", "square centimeter", "square centimeters"),
    ("cm²", "square centimeter", "square centimeters"),
    ("cm3", "cubic centimeter", "cubic centimeters"),
    ("cm³", "cubic centimeter", "cubic centimeters"),
    ("km2", "square kilometer", "square kilometers"),
    ("km²", "square kilometer", "square kilometers"),
    ("km3", "cubic kilometer", "cubic kilometers"),
    ("km³", "cubic kilometer", "cubic kilometers"),
    ("mi2", "square mile", "square miles"),
    ("mi²", "square mile", "square miles"),
    ("ft2", "square foot", "square feet"),
    ("ft²", "square foot", "square feet"),
    ("ft³", "cubic foot", "cubic feet"),
    ("ha", "hectare", "hectares"),
    ("fl oz", "fluid ounce", "fluid ounces"),
    ("mEq", "milliequivalent", "milliequivalents"),
    ("mmol", "millimole", "millimoles"),
    ("IU", "international unit", "international units"),
    ("sq ft", "square foot", "square feet"),
    ("sq m", "square meter", "square meters"),
    ("sq km", "square kilometer", "square kilometers"),
    ("sq mi", "square mile", "square miles"),
    ("sq yd", "square yard", "square yards"),
    ("sq in", "square inch", "square inches"),
    ("cu ft", "cubic foot", "cubic feet"),
    ("cu m", "cubic meter", "cubic meters"),
    ("cu mi", "cubic mile", "cubic miles"),
    ("l", "liter", "liters"),
    ("L", "liter", "liters"),
    ("ml", "milliliter", "milliliters"),
    ("cl", "centiliter", "centiliters"),
    ("dl", "deciliter", "deciliters"),
    ("gal", "gallon", "gallons"),
    ("qt", "quart", "quarts"),
    ("tsp", "teaspoon", "teaspoons"),
    ("tbsp", "tablespoon", "tablespoons"),
    ("bbl", "barrel", "barrels"),
    ("km/h", "kilometer per hour", "kilometers per hour"),
    ("kmh", "kilometer per hour", "kilometers per hour"),
    ("kph", "kilometer per hour", "kilometers per hour"),
    ("mph", "mile per hour", "miles per hour"),
    ("m/s", "meter per second", "meters per second"),
    ("rpm", "revolution per minute", "revolutions per minute"),
    ("fps", "frame per second", "frames per second"),
    ("bpm", "beat per minute", "beats per minute"),
    ("mpg", "mile per gallon", "miles per gallon"),
    ("bps", "bit per second", "bits per second"),
    ("kbps", "kilobit per second", "kilobits per second"),
    ("mbps", "megabit per second", "megabits per second"),
    ("gbps", "gigabit per second", "gigabits per second"),
    ("tbps", "terabit per second", "terabits per second"),
    ("KB", "kilobyte", "kilobytes"),
    ("kb", "kilobyte", "kilobytes"),
    ("mb", "megabyte", "megabytes"),
    ("gb", "gigabyte", "gigabytes"),
    ("tb", "terabyte", "terabytes"),
    ("pb", "petabyte", "petabytes"),
    ("MP", "megapixel", "megapixels"),
    ("px", "pixel", "pixels"),
    ("dpi", "dot per inch", "dots per inch"),
    ("ppm", "part per million", "parts per million"),
    ("ppb", "part per billion", "parts per billion"),
    ("hz", "hertz", "hertz"),
    ("khz", "kilohertz", "kilohertz"),
    ("mhz", "megahertz", "megahertz"),
    ("ghz", "gigahertz", "gigahertz"),
    ("db", "decibel", "decibels"),
    ("w", "watt", "watts"),
    ("kw", "kilowatt", "kilowatts"),
    ("MW", "megawatt", "megawatts"),
    ("GW", "gigawatt", "gigawatts"),
    ("TW", "terawatt", "terawatts"),
    ("wh", "watt hour", "watt hours"),
    ("kwh", "kilowatt hour", "kilowatt hours"),
    ("MWh", "megawatt hour", "megawatt hours"),
    ("GWh", "gigawatt hour", "gigawatt hours"),
    ("TWh", "terawatt hour", "terawatt hours"),
    ("mah", "milliamp hour", "milliamp hours"),
    ("v", "volt", "volts"),
    ("kv", "kilovolt", "kilovolts"),
    ("mv", "millivolt", "millivolts"),
    ("ma", "milliamp", "milliamps"),
    ("Ω", "ohm", "ohms"),
    ("kΩ", "kiloohm", "kiloohms"),
    ("kj", "kilojoule", "kilojoules"),
    ("mj", "megajoule", "megajoules"),
    ("kcal", "kilocalorie", "kilocalories"),
    ("cal", "calorie", "calories"),
    ("hp", "horsepower", "horsepower"),
    ("pa", "pascal", "pascals"),
    ("hpa", "hectopascal", "hectopascals"),
    ("kpa", "kilopascal", "kilopascals"),
    ("mpa", "megapascal", "megapascals"),
    ("psi", "pound per square inch", "pounds per square inch"),
    ("mol", "mole", "moles"),
    ("atm", "atmosphere", "atmospheres"),
    ("mmHg", "millimeter of mercury", "millimeters of mercury"),
    ("h", "hour", "hours"),
    ("hr", "hour", "hours"),
    ("hrs", "hour", "hours"),
    ("min", "minute", "minutes"),
    ("mins", "minute", "minutes"),
    ("pt", "point", "points"),
    ("pts", "point", "points"),
    ("C", "degree Celsius", "degrees Celsius"),
    ("F", "degree Fahrenheit", "degrees Fahrenheit"),
    ("sec", "second", "seconds"),
    ("secs", "second", "seconds"),
    ("s", "second", "seconds"),
    ("ms", "millisecond", "milliseconds"),
    ("µs", "microsecond", "microseconds"),
    ("μs", "microsecond", "microseconds"),
    ("ns", "nanosecond", "nanoseconds"),
    ("wk", "week", "weeks"),
    ("wks", "week", "weeks"),
    ("mo", "month", "months"),
    ("mos", "month", "months"),
    ("yr", "year", "years"),
    ("yrs", "year", "years"),
    ("°C", "degree Celsius", "degrees Celsius"),
    ("°c", "degree Celsius", "degrees Celsius"),
    ("℃", "degree Celsius", "degrees Celsius"),
    ("°F", "degree Fahrenheit", "degrees Fahrenheit"),
    ("°f", "degree Fahrenheit", "degrees Fahrenheit"),
    ("℉", "degree Fahrenheit", "degrees Fahrenheit"),
    ("°", "degree", "degrees"),
];

fn unit(short: &str) -> Option<(&'static str, &'static str)> {
    let exact = UNITS.iter().find(|unit| unit.0 == short);
    let lower = short.to_lowercase();
    // "3 Ms", "21 HRs" are letters.
    let plural_of_letters =
        short.strip_suffix('s').is_some_and(|s| s.bytes().all(|b| b.is_ascii_uppercase()));
    exact
        .or_else(|| {
            UNITS.iter().find(|unit| unit.0 == lower && lower.len() > 1 && !plural_of_letters)
        })
        .map(|unit| (unit.1, unit.2))
}

pub(super) fn measure(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(
        r"([-−])?([0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?|[0-9]{1,12}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?: ?([½¼¾⅓⅔⅛])| ([0-9])/([0-9]{1,2}))?(?: ?(?:-|–|to) ?([0-9]{1,9}(?:\.[0-9]{1,9})?))?( (?:hundred|thousand|million|billion|trillion))?"
    )
    .captures(place.rest)?;
    let mut len = found[0].len();
    let tail = &place.rest[len..];
    let gap = pattern!(r"[ \u{a0}\u{202f}-]?").find(tail).map_or(0, |m| m.end());
    let hyphen = tail.starts_with('-');
    let short = pattern!(
        r"(?:(?:sq|cu)\.? (?:ft|km|mi|yd|in|m)\b\.?|fl\.? oz\b\.?|km/h|m/s|(?:m|km|cm|mi|ft)[23²³]|°[CFcf]?|º[CFcf]|℃|℉|[A-Za-zµμΩ]{1,5})"
    )
    .find(&tail[gap..])?
    .as_str();
    let mut rest = &tail[gap + short.len()..];
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’') {
        return None;
    }
    if matches!(short, "C" | "F") && !is_temperature(place, &found[0], gap, rest) {
        return None;
    }
    if short == "m" && gap == 0 && counted(rest) {
        return None;
    }
    // "9.5s" are seconds, "747s" are several.
    let liters = short == "L" && found[2].contains('.');
    // "12 x 8 x 3 in."
    let size = short == "in" && pattern!(r"(?s).*[x×] ?\z").is_match(place.near(4));
    if !liters && !size && !strong(short, gap, hyphen, rest)
        || short == "s" && !found[2].contains('.')
    {
        return None;
    }
    let spelling = short
        .replace('º', "°")
        .replace("sq. ", "sq ")
        .replace("cu. ", "cu ")
        .replace("fl. ", "fl ");
    let (one, several) = unit(spelling.trim_end_matches('.'))?;
    len += gap + short.len();
    // "6 ft. tall": the dot of the short form, unless it ends the sentence.
    if short.len() > 1 && short.is_ascii() && pattern!(r"\.(?:[,;:)]| ?[a-z0-9])").is_match(rest) {
        len += 1;
        rest = &rest[1..];
    }
    let mut number = String::new();
    if found.get(1).is_some() {
        number.push_str("minus ");
    }
    match (found.get(3), found.get(4), found.get(5)) {
        (Some(part), ..) => {
            let (top, bottom) = fraction::vulgar(part.as_str().chars().next()?)?;
            number.push_str(&fraction::mixed(&found[2], top, bottom));
        }
        (_, Some(top), Some(bottom)) => {
            number.push_str(&fraction::mixed(&found[2], top.as_str(), bottom.as_str()));
        }
        _ => number.push_str(&decimal(&found[2])),
    }
    if let Some(to) = found.get(6) {
        number = format!("{number} to {}", decimal(to.as_str()));
    }
    number.push_str(found.get(7).map_or("", |m| m.as_str()));
    let single = number == "one" || hyphen || attributive(place.before, rest);
    // "the 1500m": a race is said in hundreds.
    if short == "m" && &found[0] == "1500" {
        number = String::from("fifteen hundred");
    }
    let mut said = Said::of(&number).then(if single { one } else { several });
    if let Some(per) = pattern!(r"/((?:k?m|cm)[²³23]|[A-Za-z]{1,5}\b)").captures(&place.rest[len..])
        && let Some(one) = per_unit(&per[1])
    {
        said = said.then("per").then(one);
        len += per[0].len();
    }
    Some((len, said))
}

/// The unit of a rate or of a power of ten ("m/s", "kg"), with its length; the number is several.
pub(super) fn behind_power(rest: &str) -> Option<(usize, String)> {
    let found = pattern!(r" ?(km|m|cm|mm|nm|kg|g|mg|W|J|K|s|Hz|L)(?:/(s|h|m[²³]|L|kg))?\b")
        .captures(rest)?;
    let several = unit(&found[1]).map(|unit| unit.1).or(match &found[1] {
        "J" => Some("joules"),
        "K" => Some("kelvins"),
        "W" => Some("watts"),
        _ => None,
    })?;
    let per = found.get(2).and_then(|per| per_unit(per.as_str()));
    Some((found[0].len(), per.map_or(several.to_owned(), |per| format!("{several} per {per}"))))
}

/// The unit behind a fraction, singular: "1/2 tsp"; the bytes up to its end.
pub(super) fn behind_fraction(rest: &str) -> Option<(usize, &'static str)> {
    let found = pattern!(r"[ -]?(tsp|tbsp|mi|lb|oz|kg|km|g|ml|l|gal|ft|yd)\b").captures(rest)?;
    Some((found[0].len(), unit(&found[1])?.0))
}

/// Whether `short` is a unit here: letters that are words, too, need the number close by.
fn strong(short: &str, gap: usize, hyphen: bool, rest: &str) -> bool {
    match short {
        // "5 in", "a 10-in lead"; "5 in." may end a sentence.
        "in" | "st" | "mo" | "h" | "s" | "t" | "cal" | "a" | "pt" => {
            gap == 0 && !rest.starts_with('-')
        }
        // Behind a number without a gap these are sizes and models.
        "L" | "W" | "V" | "MP" => gap > 0 && !hyphen || short == "MP",
        "l" | "v" | "w" | "pa" | "Pa" | "PA" | "MA" | "ma" | "MS" | "HA" | "CM" | "MI" | "OZ"
        | "IN" | "ST" | "SEC" | "HP" | "ATM" | "ML" | "MO" | "CAL" => gap == 0,
        _ => true,
    }
}

/// "-12C", "(10F)", "a high of 30 C": letters that are also models and grades.
fn is_temperature(place: &Place<'_>, number: &str, gap: usize, rest: &str) -> bool {
    let told = pattern!(
        r"(?s).*(?:\b(?i:temperatures?|degrees|celsius|fahrenheit|heat|cold|warm(?:ed|er|ing)?|cool(?:ed|er|ing)?|freez\w+|oven|bake|boil\w*|thermometers?)\b|[°0-9] ?[CF] ?[(/])"
    );
    let warming =
        pattern!(r" (?:of (?:global )?warming|warmer|above|target|limit|goal|threshold|rise)\b");
    number.starts_with(['-', '−'])
        || gap == 0 && (number.contains('.') || warming.is_match(rest))
        || gap == 0 && !rest.starts_with('-') && told.is_match(place.near(60))
        || gap == 1 && told.is_match(place.near(60))
        || gap == 1 && pattern!(r" \([0-9.]+ ?F\)").is_match(rest)
}

/// "a 30 km road": a unit before what it measures is singular.
fn attributive(before: &str, rest: &str) -> bool {
    let measured = pattern!(
        r" (?:pistol|gun|handgun|rifle|round|rounds|lens|shells?|mortar|cannon|bullets?|ammunition|house|home|apartment|building|warehouse|facility|office|store|mansion|campus|final|race|relay|hurdles|freestyle|sprint|dash|butterfly|backstroke|breaststroke|medley|run|walk|course|stretch|tunnel|bridge|tower|pipeline|drive|journey|radius|wall|fence)\b"
    );
    if measured.is_match(rest) {
        return true;
    }
    pattern!(r"(?s).*\b(?i:an?|every|each|per) \z").is_match(before)
        && pattern!(r" [a-z]").is_match(rest)
        && !pattern!(r" (?:of|to|from|and|or|in|on|at|away|per|long|wide|deep|high|tall|thick|for|is|was|by|below|above|with|than|a|each|short|off|more|less)\b")
            .is_match(rest)
}

/// What may stand behind "per".
pub(super) fn per_unit(short: &str) -> Option<&'static str> {
    Some(match short {
        "s" | "second" => "second",
        "h" | "hour" => "hour",
        "d" | "day" => "day",
        "wk" | "week" => "week",
        "mo" | "month" => "month",
        "y" | "yr" | "year" => "year",
        "minute" => "minute",
        "capita" => "capita",
        "person" => "person",
        "household" => "household",
        "night" => "night",
        other => unit(other)?.0,
    })
}

/// "/mile", "/km": what a pace is for, with its length.
fn per_distance(rest: &str, said: Said) -> (usize, Said) {
    match pattern!(r"/(mile|mi|km|lap)\b").captures(rest) {
        Some(found) => {
            let distance =
                per_unit(&found[1]).unwrap_or(if &found[1] == "lap" { "lap" } else { "mile" });
            (found[0].len(), said.then("per").then(distance))
        }
        None => (0, said),
    }
}

/// Feet and inches, degrees of arc: `6'2"`, `12"`, `11°33'N`.
pub(super) fn feet(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(found) = pattern!(
        r#"([0-9]{1,3}(?:\.[0-9]{1,9})?)[°º] ?(?:([0-9]{1,2}(?:\.[0-9]{1,4})?)['′’] ?(?:([0-9]{1,2}(?:\.[0-9]{1,4})?)["″”] ?)?)?([NSEW])\b"#
    )
    .captures(place.rest)
    {
        let counted = |digits: &str, unit: &str| {
            format!("{} {unit}{}", decimal(digits), if digits == "1" { "" } else { "s" })
        };
        let mut said = Said::of(&counted(&found[1], "degree"));
        for (group, unit) in [(2, "minute"), (3, "second")] {
            if let Some(part) = found.get(group) {
                said = said.then(&counted(part.as_str().trim_start_matches('0'), unit));
            }
        }
        let toward = match &found[4] {
            "N" => "north",
            "S" => "south",
            "E" => "east",
            _ => "west",
        };
        return Some((found[0].len(), said.then(toward)));
    }
    if let Some(found) = pattern!(
        r#"([0-9]{1,2})(?:['′’] ?([0-9]{1,2})(?:["″”]|''|’’)| ?(?:ft|feet|foot)\.?,? ?([0-9]{1,2}) ?(?:ins?|inch(?:es)?)\b)"#
    )
    .captures(place.rest)
    {
        let number = found.get(2).or(found.get(3))?.as_str();
        // No foot has twelve inches: a pace or a lap.
        if number.len() == 2 && number > "11" && found.get(2).is_some() {
            let minutes = if &found[1] == "1" { "minute" } else { "minutes" };
            let text = format!("{} {minutes} {} seconds", cardinal(&found[1]), cardinal(number));
            let (more, said) = per_distance(&place.rest[found[0].len()..], Said::of(&text));
            return Some((found[0].len() + more, said));
        }
        let inches = if number == "1" { "inch" } else { "inches" };
        let feet = if &found[1] == "1" { "foot" } else { "feet" };
        let text = format!("{} {feet} {} {inches}", cardinal(&found[1]), cardinal(number));
        return Some((found[0].len(), Said::of(&text)));
    }
    if let Some(found) =
        pattern!(r"([0-9]{1,3})[′'] (?:tall|long|wide|high|deep|by)\b").captures(place.rest)
    {
        return Some((
            found[1].len() + found[0][found[1].len()..].chars().next()?.len_utf8(),
            Said::of(&decimal(&found[1])).then("feet"),
        ));
    }
    // A closing quotation mark looks the same as inches, so an open one rules them out.
    let quotes = place.before.matches('"').count();
    let found = pattern!(r#"([0-9]{1,4}(?:\.[0-9]{1,3})?)["″]"#).captures(place.rest)?;
    if quotes % 2 == 1 {
        return None;
    }
    Some((found[0].len(), Said::of(&decimal(&found[1])).then("inches")))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn units() {
        check(
            "en",
            &[
                ("12kg", "twelve kilograms"),
                ("1 kg", "one kilogram"),
                ("100 km/h", "one hundred kilometers per hour"),
                ("3°C", "three degrees Celsius"),
                ("-5°C", "minus five degrees Celsius"),
                ("2,400 sq ft", "two thousand four hundred square feet"),
                ("7.5 sq. km", "seven point five square kilometers"),
                ("4 1/2 lbs", "four and a half pounds"),
                ("2½ ft", "two and a half feet"),
                ("5-10 km", "five to ten kilometers"),
                ("16GB of RAM", "sixteen gigabytes of RAM"),
                ("50 µg/ml", "fifty micrograms per milliliter"),
                ("400 ppm", "four hundred parts per million"),
                ("100 million kg", "one hundred million kilograms"),
                ("250 MW", "two hundred fifty megawatts"),
                ("a 24h race", "a twenty four hour race"),
                ("6 ft. tall", "six feet tall"),
                (
                    "1.5 C (2.7 F)",
                    "one point five degrees Celsius two point seven degrees Fahrenheit",
                ),
                ("12 x 8 x 3 in. and more", "twelve by eight by three inches and more"),
                (
                    "4'47\"/mile, 6'2\"",
                    "four minutes forty seven seconds per mile six feet two inches",
                ),
                ("2 tbsp. of oil, 16 fl oz", "two tablespoons of oil sixteen fluid ounces"),
                (
                    "-12C (10F), 1.5C",
                    "minus twelve degrees Celsius ten degrees Fahrenheit one point five degrees Celsius",
                ),
                ("3 µg/m³", "three micrograms per cubic meter"),
                (
                    "the 100m final, a 9mm pistol",
                    "the one hundred meter final a nine millimeter pistol",
                ),
                ("3Ms and 21 HRs", "three M's and twenty one H R's"),
                // Before what it measures, a unit is singular.
                ("a 30 km road", "a thirty kilometer road"),
                ("a 10-km run", "a ten kilometer run"),
                ("a 30 km from here", "a thirty kilometers from here"),
                // Words that look like units are words.
                ("5 in all", "five in all"),
                ("9 at most", "nine at most"),
            ],
        );
    }

    #[test]
    fn feet_inches_and_degrees() {
        check(
            "en",
            &[
                ("5'11\"", "five feet eleven inches"),
                ("a 12\" pipe", "a twelve inches pipe"),
                ("6' tall", "six feet tall"),
                ("5 ft 11 in tall", "five feet eleven inches tall"),
                ("\"all of 12\"", "all of twelve"),
                ("11°33'N", "eleven degrees thirty three minutes north"),
                ("104.9°E", "one hundred four point nine degrees east"),
            ],
        );
    }
}
