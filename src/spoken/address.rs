//! Postal addresses: house numbers, short street names, states with their codes. Separate because
//! "Ct", "E" and "FL" are short for something only there.

use super::number::{each_digit, integer, ordinal, year};
use super::said::{Place, Reading, Said, pattern};

const STREETS: [(&str, &str); 16] = [
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
];

const STATES: &str = "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,\
    CT Connecticut,DE Delaware,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,\
    IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,\
    MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,\
    NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,\
    OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,\
    TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming";

/// "350 W Oak Ave" and the like.
pub(super) fn street(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    // Names are capitalised or numbered: "12 men on the road" is no address.
    let found = pattern!(
        r"([1-9][0-9]{0,4}) ((?:[NSEW]\.? )?)((?:(?:[A-Z][a-z]{1,20}|[0-9]{1,3}(?:st|nd|rd|th)) ){1,3})(?i:(st|street|ave|avenue|rd|road|blvd|hwy|highway|ct|dr|drive|ln|lane|pkwy|sq))\b(\.?)"
    )
    .captures(place.rest)?;
    let digits = &found[1];
    let number = match digits.len() {
        3 | 4 => year(digits),
        _ => digits.parse().map(integer).ok()?,
    };
    let direction = match found[2].chars().next() {
        Some('N') => "North",
        Some('S') => "South",
        Some('E') => "East",
        Some('W') => "West",
        _ => "",
    };
    let mut said = Said::of(&number).then(direction);
    for word in found[3].split_ascii_whitespace() {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        said = said.then(&if digits.is_empty() { word.to_owned() } else { ordinal(digits) });
    }
    let kind = found[4].to_lowercase();
    let name = STREETS.iter().find(|(short, _)| *short == kind)?.1;
    // At the end of the sentence the dot is its full stop too.
    let len = found[0].len();
    let last = !found[5].is_empty() && place.rest[len..].trim().is_empty();
    Some((len - usize::from(last), said.then(name)))
}

/// "TX 75001": the state by its name, the code digit by digit.
pub(super) fn state(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(r"([A-Z]{2})(,?) ([0-9]{5})(?:-([0-9]{4}))?\b").captures(place.rest)?;
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
