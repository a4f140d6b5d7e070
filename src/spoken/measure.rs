//! Quantities with a unit. Separate because units are short forms only after a number.

use super::number::{cardinal, decimal};
use super::plain::fraction_words;
use super::said::{Place, Reading, Said, pattern};

/// Short form, one, several. Looked up as written first, then in lower case.
const UNITS: [(&str, &str, &str); 66] = [
    ("kg", "kilogram", "kilograms"),
    ("g", "gram", "grams"),
    ("mg", "milligram", "milligrams"),
    ("lb", "pound", "pounds"),
    ("lbs", "pound", "pounds"),
    ("oz", "ounce", "ounces"),
    ("km", "kilometer", "kilometers"),
    ("kms", "kilometer", "kilometers"),
    ("m", "meter", "meters"),
    ("cm", "centimeter", "centimeters"),
    ("mm", "millimeter", "millimeters"),
    ("nm", "nanometer", "nanometers"),
    ("ft", "foot", "feet"),
    ("in", "inch", "inches"),
    ("yd", "yard", "yards"),
    ("mi", "mile", "miles"),
    ("m2", "square meter", "square meters"),
    ("m²", "square meter", "square meters"),
    ("m3", "cubic meter", "cubic meters"),
    ("m³", "cubic meter", "cubic meters"),
    ("km2", "square kilometer", "square kilometers"),
    ("km²", "square kilometer", "square kilometers"),
    ("ha", "hectare", "hectares"),
    ("sq ft", "square foot", "square feet"),
    ("sq. ft.", "square foot", "square feet"),
    ("sq km", "square kilometer", "square kilometers"),
    ("sq mi", "square mile", "square miles"),
    ("l", "liter", "liters"),
    ("L", "liter", "liters"),
    ("ml", "milliliter", "milliliters"),
    ("mL", "milliliter", "milliliters"),
    ("gal", "gallon", "gallons"),
    ("km/h", "kilometer per hour", "kilometers per hour"),
    ("kph", "kilometer per hour", "kilometers per hour"),
    ("mph", "mile per hour", "miles per hour"),
    ("m/s", "meter per second", "meters per second"),
    ("mbps", "megabit per second", "megabits per second"),
    ("gbps", "gigabit per second", "gigabits per second"),
    ("kbps", "kilobit per second", "kilobits per second"),
    ("KB", "kilobyte", "kilobytes"),
    ("kb", "kilobyte", "kilobytes"),
    ("mb", "megabyte", "megabytes"),
    ("gb", "gigabyte", "gigabytes"),
    ("tb", "terabyte", "terabytes"),
    ("hz", "hertz", "hertz"),
    ("khz", "kilohertz", "kilohertz"),
    ("mhz", "megahertz", "megahertz"),
    ("ghz", "gigahertz", "gigahertz"),
    ("w", "watt", "watts"),
    ("kw", "kilowatt", "kilowatts"),
    ("MW", "megawatt", "megawatts"),
    ("GW", "gigawatt", "gigawatts"),
    ("kwh", "kilowatt hour", "kilowatt hours"),
    ("MWh", "megawatt hour", "megawatt hours"),
    ("v", "volt", "volts"),
    ("kv", "kilovolt", "kilovolts"),
    ("hr", "hour", "hours"),
    ("hrs", "hour", "hours"),
    ("min", "minute", "minutes"),
    ("mins", "minute", "minutes"),
    ("sec", "second", "seconds"),
    ("secs", "second", "seconds"),
    ("ms", "millisecond", "milliseconds"),
    ("°C", "degree Celsius", "degrees Celsius"),
    ("°F", "degree Fahrenheit", "degrees Fahrenheit"),
    ("°", "degree", "degrees"),
];

fn unit(short: &str) -> Option<(&'static str, &'static str)> {
    let exact = UNITS.iter().find(|unit| unit.0 == short);
    let lower = short.to_lowercase();
    exact
        .or_else(|| UNITS.iter().find(|unit| unit.0 == lower && lower.len() > 1))
        .map(|unit| (unit.1, unit.2))
}

pub(super) fn measure(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(
        r"([-−])?([0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?|[0-9]{1,12}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?: ?(½|¼|¾)| ([0-9])/([0-9]{1,2}))?(?: ?(?:-|–|to) ?([0-9]{1,9}(?:\.[0-9]{1,9})?))?( (?:hundred|thousand|million|billion|trillion))?"
    )
    .captures(place.rest)?;
    let mut len = found[0].len();
    let tail = &place.rest[len..];
    let gap = pattern!(r"[ \u{a0}-]?").find(tail).map_or(0, |m| m.end());
    let hyphen = tail.starts_with('-');
    let short =
        pattern!(r"(?:sq\.? (?:ft\.?|km|mi)|km/h|m/s|(?:m|km)[23²³]|°[CF]?|º[CF]|[A-Za-z]{1,4})")
            .find(&tail[gap..])?
            .as_str();
    let rest = &tail[gap + short.len()..];
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’') {
        return None;
    }
    // One letter or the word "in" after a space is too weak to be a unit.
    let weak = matches!(short, "m" | "g" | "l" | "v" | "w" | "in" | "L" | "W" | "V");
    if (short == "in" && (gap > 0 || rest.starts_with('-')))
        || (weak && gap > 0 && !matches!(short, "m" | "g"))
        || (gap == 0 && matches!(short, "W" | "V" | "L"))
    {
        return None;
    }
    let (one, several) = unit(&short.replace('º', "°"))?;
    len += gap + short.len();
    let mut number = String::new();
    if found.get(1).is_some() {
        number.push_str("minus ");
    }
    number.push_str(&decimal(&found[2]));
    match (found.get(3).map(|m| m.as_str()), found.get(4), found.get(5)) {
        (Some("½"), ..) => number.push_str(" and a half"),
        (Some("¼"), ..) => number.push_str(" and a quarter"),
        (Some(_), ..) => number.push_str(" and three quarters"),
        (_, Some(top), Some(bottom)) => {
            let part = fraction_words(top.as_str(), bottom.as_str());
            number.push_str(" and ");
            number.push_str(&part.strip_prefix("one ").map_or(part.clone(), |name| {
                format!("{} {name}", if name.starts_with("eighth") { "an" } else { "a" })
            }));
        }
        _ => {}
    }
    if let Some(to) = found.get(6) {
        number = format!("{number} to {}", decimal(to.as_str()));
    }
    number.push_str(found.get(7).map_or("", |m| m.as_str()));
    let name = if number == "one" || hyphen { one } else { several };
    let mut said = Said::of(&number).then(name);
    if let Some(per) = pattern!(r"/([a-z]{1,3})\b").captures(&place.rest[len..])
        && let Some((one, _)) = unit(if &per[1] == "s" {
            "sec"
        } else if &per[1] == "h" {
            "hr"
        } else {
            &per[1]
        })
    {
        said = said.then("per").then(one);
        len += per[0].len();
    }
    Some((len, said))
}

/// Feet and inches: `6'2"`, `12"`.
pub(super) fn feet(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(found) = pattern!(r#"([0-9]{1,2})['′’] ?([0-9]{1,2})["″”]"#).captures(place.rest)
    {
        let text = format!("{} feet {} inches", cardinal(&found[1]), cardinal(&found[2]));
        return Some((found[0].len(), Said::of(&text)));
    }
    // A closing quotation mark looks the same as inches, so an open one rules them out.
    let quotes = place.before.matches('"').count();
    let found = pattern!(r#"([0-9]{1,4}(?:\.[0-9]{1,3})?)["″]"#).captures(place.rest)?;
    if quotes % 2 == 1 {
        return None;
    }
    Some((found[0].len(), Said::of(&decimal(&found[1])).then("inches")))
}
