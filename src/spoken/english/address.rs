//! Postal addresses: house numbers, short street names, states with their codes. Separate because
//! "Ct", "E" and "FL" are short for something only there.

use super::number::{each_digit, integer, ordinal, year};
use super::said::{Place, Reading, Said, pattern};

const STREETS: &[(&str, &str)] = &[
    ("st", "Street"),
    ("street", "Street"),
    ("ave", "Avenue"),
    ("avenue", "Avenue"),
    ("rd", "Road"),
    ("road", "Road"),
    ("blvd", "Boulevard"),
    ("hwy", "Highway"),
    ("highway", "Highway"),
    ("ct", "Court"),
    ("dr", "Drive"),
    ("drive", "Drive"),
    ("ln", "Lane"),
    ("lane", "Lane"),
    ("pkwy", "Parkway"),
    ("sq", "Square"),
    ("expressway", "Expressway"),
    ("expy", "Expressway"),
    ("parkway", "Parkway"),
    ("boulevard", "Boulevard"),
    ("court", "Court"),
    ("pl", "Place"),
    ("place", "Place"),
    ("ter", "Terrace"),
    ("terrace", "Terrace"),
    ("cir", "Circle"),
    ("circle", "Circle"),
    ("trl", "Trail"),
    ("way", "Way"),
];

const STATES: &str = "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,\
    CT Connecticut,DE Delaware,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,\
    IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,\
    MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,\
    NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,\
    OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,\
    TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming";

const PROVINCES: &str = "ON Ontario,QC Quebec,BC British Columbia,AB Alberta,MB Manitoba,SK Saskatchewan,\
    NS Nova Scotia,NB New Brunswick,NL Newfoundland,PE Prince Edward Island";

/// "350 W Oak Ave" and the like.
pub(super) fn street(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    // Names are capitalised or numbered: "12 men on the road" is no address.
    let found = pattern!(
        r"([1-9][0-9]{0,4})([A-Za-z]?) ((?:[NSEW]\.? )?)((?:St\. )?)((?:(?:[A-Z][a-z]{1,20}(?:['’]s)?|[0-9]{1,3}(?:st|nd|rd|th)) ){1,3})(?:((?i-u:st|street|ave|avenue|rd|road|blvd|hwy|highway|ct|dr|drive|ln|lane|pkwy|sq)|Boulevard|Court|Expressway|Expy|Parkway|Pl|Place|Ter|Terrace|Cir|Circle|Trl|Way))\b\.?"
    )
    .captures(place.rest)?;
    let digits = &found[1];
    let number = match digits.len() {
        3 | 4 => year(digits),
        _ => digits.parse().map(integer).ok()?,
    };
    let direction = match found[3].chars().next() {
        Some('N') => "North",
        Some('S') => "South",
        Some('E') => "East",
        Some('W') => "West",
        _ => "",
    };
    let mut said = Said::of(&number).letters(&found[2]).then(direction);
    said = said.then(if found[4].is_empty() { "" } else { "Saint" });
    for word in found[5].split_ascii_whitespace() {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let numbered = word.starts_with(|c: char| c.is_ascii_digit());
        said = said.then(&if numbered { ordinal(digits) } else { word.to_owned() });
    }
    let kind = found[6].to_lowercase();
    let name = STREETS.iter().find(|(short, _)| *short == kind)?.1;
    let (len, said) = (found[0].len(), said.then(name));
    // "12 Oak Ave NE": a quarter of the town
    match pattern!(r" (NE|NW|SE|SW)\b").captures(&place.rest[len..]) {
        Some(quarter) => Some((len + 3, said.then(super::compass::name(&quarter[1])?))),
        None => Some((len, said)),
    }
}

/// Dotted short forms of states, as newspapers write them behind a town.
const DOTTED: &str = "Ala. Alabama,Ariz. Arizona,Ark. Arkansas,Calif. California,Colo. Colorado,Conn. Connecticut,\
    Del. Delaware,Fla. Florida,Ga. Georgia,Ill. Illinois,Ind. Indiana,Kan. Kansas,Ky. Kentucky,La. Louisiana,\
    Md. Maryland,Mass. Massachusetts,Mich. Michigan,Minn. Minnesota,Miss. Mississippi,Mo. Missouri,Mont. Montana,\
    Neb. Nebraska,Nev. Nevada,N.H. New Hampshire,N.J. New Jersey,N.M. New Mexico,N.Y. New York,N.C. North Carolina,\
    N.D. North Dakota,Okla. Oklahoma,Ore. Oregon,Pa. Pennsylvania,R.I. Rhode Island,S.C. South Carolina,\
    S.D. South Dakota,Tenn. Tennessee,Tex. Texas,Vt. Vermont,Va. Virginia,Wash. Washington,W.Va. West Virginia,\
    Wis. Wisconsin,Wyo. Wyoming";

/// "Austin, TX" and "Boston, Mass.": the state of a town.
fn state_of_town(place: &Place<'_>) -> Reading {
    let town = place.before.strip_suffix(", ")?.rsplit([' ', '\u{a0}']).next()?;
    if !town.starts_with(char::is_uppercase) || !town.contains(char::is_lowercase) {
        return None;
    }
    // "Toronto, ON M5V 2T6"
    if let Some(found) = pattern!(r"([A-Z]{2}) [A-Z][0-9][A-Z]\b").captures(place.rest)
        && let Some(name) = PROVINCES.split(',').find_map(|p| p.strip_prefix(&found[1]))
    {
        return Some((2, Said::of(name)));
    }
    if let Some(found) = pattern!(r"[A-Z]{2}\b").find(place.rest)
        // "IN", "OR", "ME", "OK" and "HI" are words, too.
        && !matches!(found.as_str(), "IN" | "OR" | "ME" | "OK" | "HI")
        && !(found.as_str() == "MD" && is_doctor(place))
        && let Some(name) = STATES.split(',').find_map(|state| state.strip_prefix(found.as_str()))
    {
        return Some((2, Said::of(name)));
    }
    let (short, name) = DOTTED
        .split(',')
        .filter_map(|state| state.split_once(' '))
        .find(|(short, _)| place.rest.starts_with(short))?;
    let (len, said) = (short.len(), Said::of(name));
    // "The Bronx, N.Y. 10451"
    match pattern!(r" ([0-9]{5})\b").captures(&place.rest[len..]) {
        Some(code) => Some((len + 6, said.then(&each_digit(&code[1])))),
        None => Some((len, said)),
    }
}

/// "Dr. Ada Wynn, MD, FRCP", "Jo Orr, MD, a surgeon": a doctor, and not a town of Maryland.
fn is_doctor(place: &Place<'_>) -> bool {
    let titled = pattern!(r"(?s).*\bDr\.? (?:[A-Z]\S* ){0,3}[A-Z]\S*, \z");
    let told = pattern!(
        r"MD(?:,? (?:Ph\.?D|MPH|MBA|MSc|MS|F[A-Z]{3,4}|OBE|said|says|told)\b|, (?:who\b|(?:an? |the )?(?:[a-z-]+ ){0,3}?(?:doctor|surgeon|physician|professor|director|chief|chair|president|specialist|researcher|dean|author|founder|head|fellow|pediatrician|psychiatrist|[a-z]+ologist)\b))"
    );
    // "in Ada, MD, says so"
    let town =
        pattern!(r"(?s).*\b(?:in|of|from|near|outside|to) (?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+, \z");
    titled.is_match(place.near(60)) || told.is_match(place.rest) && !town.is_match(place.near(40))
}

/// "(R-S.C.)", "Kim, D-Calif.": the party and state of a politician.
fn seat(place: &Place<'_>) -> Reading {
    let found = pattern!(r"([RDI])-").captures(place.rest).filter(|_| {
        place.before.ends_with('(') || pattern!(r"(?s).*\p{Ll}, \z").is_match(place.near(8))
    })?;
    let rest = &place.rest[2..];
    let states = STATES.split(',').filter_map(|state| state.split_once(' '));
    let whole = states.clone().map(|(_, name)| (name, name));
    let states = states.chain(DOTTED.split(',').filter_map(|state| state.split_once(' ')));
    let states = states.chain(whole);
    let (short, name) = states.into_iter().find(|(short, _)| {
        rest.strip_prefix(short).is_some_and(|rest| rest.starts_with([')', ',', ';']))
    })?;
    Some((2 + short.len(), Said::default().letters(&found[1]).then(name)))
}

/// "D.C. 20500": the capital's code, digit by digit.
fn capital_code(place: &Place<'_>) -> Reading {
    let found = pattern!(r"(D\.C\.|DC|NYC) ([0-9]{5})\b").captures(place.rest)?;
    Some((found[0].len(), Said::default().letters(&found[1]).then(&each_digit(&found[2]))))
}

/// "in Calif. and Ore.": short forms that mean nothing else, without a town.
fn state_alone(place: &Place<'_>) -> Reading {
    // "in Va.", where a town or nothing else stands
    let weak = if place.before.ends_with(" in ") {
        pattern!(r"(?:Ala|Ark|Del|Ga|Ill|Ind|Ky|Md|Pa|Va|Vt)\.").find(place.rest)
    } else {
        None
    };
    let sure = || {
        pattern!(
            r"(?:Ariz|Calif|Colo|Conn|Fla|Kan|Mich|Minn|Mont|Neb|Nev|Okla|Ore|Tenn|Tex|Wyo|Wis|Wash)\."
        )
        .find(place.rest)
    };
    let found = weak.or_else(sure)?.as_str();
    let name = DOTTED
        .split(',')
        .filter_map(|state| state.split_once(' '))
        .find(|(short, _)| *short == found)?
        .1;
    Some((found.len(), Said::of(name)))
}

/// "TX 75001": the state by its name, the code digit by digit.
pub(super) fn state(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let Some(found) = pattern!(r"([A-Z]{2})(,?) ([0-9]{5})(?:-([0-9]{4}))?\b").captures(place.rest)
    else {
        return capital_code(place)
            .or_else(|| seat(place))
            .or_else(|| state_of_town(place))
            .or_else(|| state_alone(place));
    };
    if &found[1] == "DC" {
        return capital_code(place);
    }
    let name = STATES.split(',').find_map(|state| state.strip_prefix(&found[1]))?;
    let mut said = Said::of(name);
    if !found[2].is_empty() {
        said = said.comma();
    }
    said = said.then(&each_digit(&found[3]));
    if let Some(more) = found.get(4) {
        said = said.comma().then(&each_digit(more.as_str()));
    }
    Some((found[0].len(), said))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn addresses() {
        check(
            "en",
            &[
                ("at 350 W Oak Ave, Reno", "at three fifty West Oak Avenue Reno"),
                ("9 5th st", "nine fifth Street"),
                (
                    "123 St. Mark's Pl., NYC 10003",
                    "one twenty three Saint Mark's Place N Y C one zero zero zero three",
                ),
                ("1600 Pine Blvd NE, Reno", "sixteen hundred Pine Boulevard northeast Reno"),
                ("Dallas, TX 75001", "Dallas Texas seven five zero zero one"),
                ("12 Elm St., Reno", "twelve Elm Street Reno"),
                ("14a High St, Reno", "fourteen A High Street Reno"),
                ("2788 Oak Expressway", "twenty seven eighty eight Oak Expressway"),
                // A count before a name is no house number without a street.
                ("350 Oak trees", "three hundred fifty Oak trees"),
            ],
        );
    }

    #[test]
    fn states() {
        check(
            "en",
            &[
                ("in Austin, TX, today", "in Austin Texas today"),
                ("Boston, Mass., is", "Boston Massachusetts is"),
                ("Wash., D.C.", "Washington D C"),
                ("Albany, N.Y.", "Albany New York"),
                ("Albany, N.Y. 12207", "Albany New York one two two zero seven"),
                ("in Calif. and Ore. it burned", "in California and Oregon it burned"),
                ("Washington, D.C. 20500", "Washington D C two zero five zero zero"),
                ("Toronto, ON M5V 2T6", "Toronto Ontario M five V two T six"),
                ("an MRI, CT or PET scan", "an M R I C T or P E T scan"),
                ("Roe (R-S.C.) and Lee (D-TX)", "Roe R South Carolina and Lee D Texas"),
                ("Kim, D-Calif., said", "Kim D California said"),
                (
                    "Jo Orr, MD, a surgeon in Ada, MD, fled",
                    "Jo Orr M D a surgeon in Ada Maryland fled",
                ),
                ("in Ada, MD, a suburb", "in Ada Maryland a suburb"),
                ("The firm in Ada, MD, says", "The firm in Ada Maryland says"),
                ("in Ada, MD, the largest town", "in Ada Maryland the largest town"),
                ("he was in Va.", "he was in Virginia"),
                ("Orr, R-Utah, and Lee (I-Maine)", "Orr R Utah and Lee I Maine"),
                ("in DC 20006", "in D C two zero zero zero six"),
                // Words in capitals are words.
                ("Well, OK then", "Well O K then"),
            ],
        );
    }
}
