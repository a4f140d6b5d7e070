//! Quantities with a unit. Separate because units are short forms only after a number.

use super::fraction;
use super::number::decimal;
use super::said::{Place, Reading, Said, pattern};
use super::scale::millions;
use super::unit::{per_unit, unit};

pub(super) fn measure(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(read) = emissions(place) {
        return Some(read);
    }
    let found = pattern!(
        r"([-−+])?([0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,9})?|[0-9]{1,12}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?: ?([½¼¾⅓⅔⅛])|[ -]([0-9])/([0-9]{1,2}))?(?: ?(?:-|–|to) ?([0-9]{1,9}(?:\.[0-9]{1,9})?))?( (?:hundred|thousand|million|billion|trillion))?"
    )
    .captures(place.rest)?;
    let mut len = found[0].len();
    let tail = &place.rest[len..];
    let gap = pattern!(r"[ \u{a0}\u{202f}-]?").find(tail).map_or(0, |m| m.end());
    let hyphen = tail.starts_with('-');
    let short = pattern!(
        r"(?:(?:sq|cu)\.?[ -](?:ft|km|mi|yd|in|m)\b\.?|lb-ft\b|fl\.? oz\b\.?|km/h|m/s²|m/s|(?:m|km|cm|mi|ft)[23²³]|°[CFcf]?|º[CFcf]|℃|℉|(?:[a-z]\.){2,3}[a-z]\b|[A-Za-zµμΩ]{1,5})"
    )
    .find(&tail[gap..])?
    .as_str();
    let mut rest = &tail[gap + short.len()..];
    // "2 hrs' delay"
    let owned = matches!(short, "hrs" | "mins" | "secs" | "wks" | "mos" | "yrs")
        && pattern!(r"['’] [a-z]").is_match(rest);
    if rest.starts_with(|c: char| c.is_alphanumeric() || !owned && (c == '\'' || c == '’')) {
        return None;
    }
    if matches!(short, "C" | "F") && !is_temperature(place, &found[0], short, gap, rest) {
        return None;
    }
    if short == "m" && gap == 0 && millions(place, &found[2], rest) {
        return None;
    }
    // "9.5s" are seconds, "747s" are several.
    let liters = short == "L" && found[2].contains('.');
    // "12 x 8 x 3 in.", "6 in. of snow"
    let inches = short == "in"
        && (pattern!(r"(?s).*[x×] ?\z").is_match(place.near(4))
            || gap > 0 && pattern!(r"\. ?[a-z]").is_match(rest));
    // "a 60W bulb", but "Route 9W" and "5W-30"
    let electric = matches!(short, "W" | "V" | "L")
        && gap == 0
        && !rest.starts_with(['-', '/'])
        && (short != "V" || found[2].contains('.') || is_voltage(&found[2]))
        && !pattern!(r"(?s).*(?:\b(?:[Rr]oute|[Rr]te|[Gg]ate|[Hh]ighway|[Hh]wy|[Rr]oad|[Ee]xit|[Ss]izes?|[Uu]nit|[Aa]pt|[Rr]oom|[Rr]ow|[Ss]eat|[Rr]unway|[Pp]latform|[Ff]lat|[Bb]ay|[Ll]evel)\.? #?|[0-9][WL][ -])\z")
            .is_match(place.near(14));
    // "in 3.1 s", "65,000 t."
    let apart = gap > 0
        && !hyphen
        && (short == "s" && found[2].contains('.')
            || short == "t" && found[2].contains([',', '.'])
            || short == "cal" && !rest.starts_with(' '))
        && pattern!(r"(?:[.,;:)]|\s*\z| (?:of|and|to|in|for|from|with|or|faster|slower|ahead|behind|later|a|per)\b)").is_match(rest);
    if !liters && !inches && !electric && !apart && !strong(short, gap, hyphen, rest)
        || short == "s" && !found[2].contains('.')
    {
        return None;
    }
    let spelling = short
        .replace('º', "°")
        .replace("sq. ", "sq ")
        .replace(".-", "-")
        .replace("sq-", "sq ")
        .replace("cu. ", "cu ")
        .replace("fl. ", "fl ");
    // "60 m.p.h."
    let dotted = spelling.contains('.') && !spelling.contains(' ');
    let spelling = if dotted { spelling.replace('.', "") } else { spelling };
    let (mut one, mut several) = unit(spelling.trim_end_matches('.'))?;
    // "a low of 968 mb": the weight of air, and no size of a file
    if short == "mb"
        && gap == 1
        && found[2].parse().is_ok_and(|n: u32| (850..1090).contains(&n))
        && pattern!(r"(?s).*\b(?i:pressures?|storms?|hurricanes?|cyclones?|typhoons?|low|lows|high|highs|depression|barometers?|atmospheric|air|eye)\b")
            .is_match(place.near(80))
    {
        (one, several) = ("millibar", "millibars");
    }
    if short == "kt" && rest.starts_with(" gold") {
        (one, several) = ("karat", "karat");
    }
    if short == "kt" && of_wind(place, rest) {
        (one, several) = ("knot", "knots");
    }
    len += gap + short.len();
    if owned {
        len += rest.chars().next().map_or(0, char::len_utf8);
        rest = &place.rest[len..];
    }
    // "6 ft. tall": the dot of the short form, unless it ends the sentence.
    if (short.len() > 1 || dotted)
        && short.is_ascii()
        && pattern!(r"\.(?:[,;:)]| ?[a-z0-9]| [NSEW]{1,3} of\b)").is_match(rest)
    {
        len += 1;
        rest = &rest[1..];
    }
    let mut number = String::new();
    if let Some(sign) = found.get(1) {
        number.push_str(if sign.as_str() == "+" { "plus " } else { "minus " });
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
    let single = number == "one"
        || hyphen
        || attributive(place.before, rest)
        || gap == 0 && of_several(rest);
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

/// Whether `short` is a unit here: letters that are words, too, need the number close by.
fn strong(short: &str, gap: usize, hyphen: bool, rest: &str) -> bool {
    match short {
        // "5 in", "a 10-in lead"; "5 in." may end a sentence.
        "t" if rest.starts_with("/ha") => true,
        "in" | "st" | "mo" | "h" | "s" | "t" | "cal" | "a" | "pt" => {
            gap == 0 && !rest.starts_with('-')
        }
        // Names: "123 St. Mark's Place"
        "St" | "Mo" | "In" | "Pt" => false,
        // Behind a number without a gap these are sizes and models.
        "L" | "W" | "V" | "MP" => gap > 0 && !hyphen || short == "MP",
        "l" | "v" | "w" | "pa" | "Pa" | "PA" | "MA" | "ma" | "MS" | "HA" | "CM" | "MI" | "OZ"
        | "IN" | "ST" | "SEC" | "HP" | "ATM" | "ML" | "MO" | "CAL" => gap == 0,
        _ => true,
    }
}

/// "-12C", "(10F)", "a high of 30 C": letters that are also models and grades.
fn is_temperature(place: &Place<'_>, number: &str, short: &str, gap: usize, rest: &str) -> bool {
    let told = pattern!(
        r"(?s).*(?:\b(?i:temperatures?|(?:highs?|lows?) (?:of|near|around|at|from|was|were|is|will)|degrees|celsius|fahrenheit|heat|cold|warm(?:ed|er|ing)?|cool(?:ed|er|ing)?|freez\w+|oven|bake|boil\w*|thermometers?)\b|[°0-9] ?[CF] ?[(/])"
    );
    // "from 31C to 19C", but "seats 12C and 14C"
    let places = pattern!(
        r"(?s).*\b(?i:seats?|rows?|rooms?|gates?|flats?|apartments?|units?|class(?:es)?|grades?|forms?|groups?|sizes?|buses|routes?|lines?|sections?|figures?|tables?|exhibits?|articles?|lots?|blocks?|bras?|cups?)\b[^.]*\z"
    );
    let pair = (pattern!(r" (?:to|and|or) [-−]?[0-9]{1,3} ?[CF]\b").is_match(rest)
        || pattern!(r"(?s).*[0-9] ?[CF] (?:to|and|or) \z").is_match(place.near(10)))
        && !places.is_match(place.near(24));
    let warming =
        pattern!(r" (?:of (?:global )?warming|warmer|above|target|limit|goal|threshold|rise)\b");
    number.starts_with(['-', '−'])
        || pair
        || gap == 0 && (number.contains('.') || warming.is_match(rest))
        || gap == 0
            && (!rest.starts_with('-') || rest.starts_with("-plus"))
            && told.is_match(place.near(60))
        || gap == 1 && short == "F" && number.contains('.')
        || short == "C" && pattern!(r"/[0-9]{2,3} ?F\b").is_match(rest)
        || gap == 1 && told.is_match(place.near(60))
        || gap == 1 && pattern!(r" \([0-9.]+ ?F\)").is_match(rest)
}

/// "a 30 km road": a unit before what it measures is singular.
fn attributive(before: &str, rest: &str) -> bool {
    let measured = pattern!(
        r" (?:pistol|gun|handgun|camera|battery|model|version|phone|laptop|drive|disk|screen|display|monitor|sensor|charger|engine|motor|bulb|panel|tank|bottle|bag|pack|can|jar|pipe|cable|boat|yacht|truck|lorry|bomb|missile|tablet|pill|dose|capsule|rifle|round|rounds|lens|shells?|mortar|cannon|bullets?|ammunition|house|home|apartment|building|warehouse|facility|office|store|mansion|campus|final|race|relay|hurdles|freestyle|sprint|dash|butterfly|backstroke|breaststroke|medley|run|walk|course|stretch|tunnel|bridge|tower|pipeline|drive|journey|radius|wall|fence)\b"
    );
    if measured.is_match(rest) {
        return true;
    }
    pattern!(r"(?s).*\b(?i:an?|every|each|per) \z").is_match(before)
        && pattern!(r" (?:[a-z]|Glock|Beretta|Luger|Magnum)").is_match(rest)
        && !pattern!(r" (?:of|to|from|and|or|in|on|at|away|per|long|wide|deep|high|tall|thick|for|is|was|by|below|above|with|than|a|each|short|off|more|less)\b")
            .is_match(rest)
}

/// "310 MtCO2e": a mass of what warms the air.
fn emissions(place: &Place<'_>) -> Reading {
    if !place.rest[..place.rest.floor_char_boundary(24)].contains("CO") {
        return None;
    }
    let found = pattern!(
        r"([0-9][0-9,]{0,9}(?:\.[0-9]{1,3})?)[ \u{a0}]?(g|kg|t|kt|Mt|Gt) ?CO(?:2|₂)(-?eq?)?\b"
    )
    .captures(place.rest)?;
    let (one, several) = unit(&found[2])?;
    let said = Said::of(&decimal(&found[1])).then(if &found[1] == "1" { one } else { several });
    let said = said.then("of").letters("CO").then("two");
    let said = if found.get(3).is_some() { said.then("equivalent") } else { said };
    Some((found[0].len(), said))
}

/// Whether a grid or a battery has so many volts; "258V" is a model.
fn is_voltage(number: &str) -> bool {
    const USUAL: [&str; 36] = [
        "3", "5", "6", "9", "12", "14", "18", "19", "20", "24", "36", "40", "42", "48", "54", "60",
        "72", "80", "100", "110", "115", "120", "125", "127", "200", "208", "220", "230", "240",
        "277", "380", "400", "415", "440", "480", "800",
    ];
    USUAL.contains(&number)
}

/// "a kg", "per oz", "$5 an oz.": a unit by itself, and always one of it.
pub(super) fn alone(place: &Place<'_>) -> Reading {
    if !place.before.ends_with(' ')
        || !place.rest.starts_with(['o', 'l', 'k', 'h', 'b', 'g', 'y', 'w', 'm', 's', 'c'])
    {
        return None;
    }
    let found = pattern!(r"(oz|lb|kg|km|ha|bbl|gal|hr|yr|wk|mo|kWh|cm|sq\.? (?:ft|km|mi|m|yd))\b")
        .captures(place.rest)?;
    // "a gal from Ohio", "just a mo", "a ha moment"
    let is_word = matches!(&found[1], "gal" | "mo" | "ha")
        && !pattern!(r"(?s).*(?:\b[Pp]er |[$€£¥][0-9.,]+ (?:an?|each|every|the) )\z")
            .is_match(place.near(16));
    if is_word
        || place.rest[found[0].len()..].starts_with(['-', '/', '\'', '’'])
        || !pattern!(r"(?s).*(?:\b(?:[Aa]n?|[Pp]er|[Ee]ach|[Ee]very|[Tt]he) )\z")
            .is_match(place.near(6))
    {
        return None;
    }
    let dot = usize::from(
        place.rest[found[0].len()..].starts_with('.')
            && !place.rest[found[0].len() + 1..].trim().is_empty(),
    );
    Some((found[0].len() + dot, Said::of(unit(&found[1].replace(". ", " "))?.0)))
}

/// Whether "45kt" is a speed.
fn of_wind(place: &Place<'_>, rest: &str) -> bool {
    let speed = pattern!(
        r"(?s).*\b(?:[Ww]inds?|[Gg]ust(?:s|ed|ing)?|[Ss]peeds?|[Aa]irspeed|[Bb]reezes?|[Ss]torms?|[Ss]ail(?:s|ed|ing)?|[Cc]urrents?|[Ss]quadron)\b"
    );
    speed.is_match(place.near(60)) || speed.is_match(&rest[..rest.floor_char_boundary(30)])
}

/// "8m waves": several things of that size, so the unit is singular.
pub(super) fn of_several(rest: &str) -> bool {
    const OTHERS: [&str; 29] = [
        "carbs",
        "calories",
        "sugars",
        "always",
        "towards",
        "upwards",
        "downwards",
        "afterwards",
        "sometimes",
        "perhaps",
        "besides",
        "versus",
        "plus",
        "this",
        "thus",
        "was",
        "has",
        "his",
        "its",
        "weighs",
        "costs",
        "makes",
        "means",
        "takes",
        "remains",
        "stands",
        "lies",
        "does",
        "upstairs",
    ];
    let Some(word) = pattern!(r" ([a-z]{3,}s)\b").captures(rest) else { return false };
    !word[1].ends_with("ss") && !OTHERS.contains(&&word[1])
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
                (
                    "at 180C/350F",
                    "at one hundred eighty degrees Celsius three hundred fifty degrees Fahrenheit",
                ),
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
                ("9st 4lb", "nine stone four pounds"),
                ("at 60 m.p.h.", "at sixty miles per hour"),
                ("the rider at +12.456s", "the rider at plus twelve point four five six seconds"),
                ("after 2 hrs' delay", "after two hours delay"),
                ("gusts of 45kt", "gusts of forty five knots"),
                ("a 15kt bomb", "a fifteen kiloton bomb"),
                ("6 in. of snow", "six inches of snow"),
                (
                    "a 60W bulb at 230V on Route 9W, a 258V chip",
                    "a sixty watt bulb at two hundred thirty volts on Route nine W a two five eight V chip",
                ),
                (
                    "310 MtCO2e, 2 t/ha",
                    "three hundred ten megatons of C O two equivalent two tons per hectare",
                ),
                ("a waiting list of 7.6m", "a waiting list of seven point six million"),
                (
                    "40C-plus heat, 98.6 F",
                    "forty C plus heat ninety eight point six degrees Fahrenheit",
                ),
                // Before what it measures, a unit is singular.
                (
                    "128GB model, 12MP camera",
                    "one hundred twenty eight gigabyte model twelve megapixel camera",
                ),
                ("8m waves, 27m wide", "eight meter waves twenty seven meters wide"),
                ("a 30 km road", "a thirty kilometer road"),
                ("a 10-km run", "a ten kilometer run"),
                ("a 30 km from here", "a thirty kilometers from here"),
                // Words that look like units are words.
                ("5 in all", "five in all"),
                (
                    "a 500-sq.-ft. flat, once a wk. or",
                    "a five hundred square foot flat once a week or",
                ),
                (
                    "9.8 m/s², 24 kt gold",
                    "nine point eight meters per second squared twenty four karat gold",
                ),
                ("from 31C to 19C", "from thirty one degrees Celsius to nineteen degrees Celsius"),
                (
                    "seats 12C and 14C, a high school 7C",
                    "seats twelve C and fourteen C a high school seven C",
                ),
                ("a gal, just a mo, a ha moment", "a gal just a mo a ha moment"),
                ("5 units per ha", "five units per hectare"),
                ("a file of 1024 mb", "a file of one thousand twenty four megabytes"),
                ("1-1/2 lbs. of beef", "one and a half pounds of beef"),
                ("5 µL of 10 mM salt", "five microliters of ten millimolar salt"),
                (
                    "a 27\" 1440p panel, 0.75\"/hr",
                    "a twenty seven inch fourteen forty P panel zero point seven five inches per hour",
                ),
                (
                    "a low of 968 mb, $5 an oz.",
                    "a low of nine hundred sixty eight millibars five dollars an ounce",
                ),
                ("in 3.1 s, 65,000 t.", "in three point one seconds sixty five thousand tons"),
                (
                    "a 500-sq-ft flat, 400 Nm",
                    "a five hundred square foot flat four hundred newton meters",
                ),
                ("9 at most", "nine at most"),
            ],
        );
    }
}
