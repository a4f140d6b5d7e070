//! Points of the compass in short: "45km NNE of Ashby", "SE Asia", "N. Korea". Separate because the same letters
//! are initials and states elsewhere.

use super::said::{Place, Reading, Said, pattern};

pub(super) fn compass(place: &Place<'_>) -> Reading {
    let mut letters = place.rest.chars();
    let toward = |c: Option<char>| matches!(c, Some('N' | 'S' | 'E' | 'W'));
    if place.inside_word()
        || !toward(letters.next())
        || !(matches!(letters.clone().next(), Some('.' | ' ' | ',' | ';' | ')') | None)
            || toward(letters.next()))
    {
        return None;
    }
    region(place).or_else(|| point(place))
}

/// "N. Korea", "S. Sudan", "SE Asia": halves and corners of countries.
fn region(place: &Place<'_>) -> Reading {
    if let Some(found) = pattern!(
        r"([NSEW])\.? (?:Korean?s?|Africans?|Africa|Americans?|America|Carolina|Dakota|Virginia|Ireland|Macedonia|Sudan|Yorkshire|Bank|Timor|Germany|Sussex|Midlands|Glamorgan|Lanarkshire|Ossetia|Waziristan)\b"
    )
    .captures(place.rest)
        // "J. N. Ireland" is a person.
        && !pattern!(r"(?s).*[A-Z]\. ?\z").is_match(place.near(3))
    {
        let dot = usize::from(place.rest[1..].starts_with('.'));
        return Some((1 + dot, Said::of(name(&found[1])?)));
    }
    let found = pattern!(
        r"(NE|NW|SE|SW) (?:Asian?|England|Scotland|Wales|London|India|China|France|Germany|Spain|Syria|Nigeria|Brazil|Pakistan|Iran|Turkey|Portland|Minneapolis|Washington|Houston|Africa|Europe|Australia|Sydney|coast|corner|side|winds?|breeze|gales?|swell)\b"
    )
    .captures(place.rest)?;
    Some((2, Said::of(name(&found[1])?)))
}

/// "45km NNE of Ashby", "heading SSW", "winds NW 5-7".
fn point(place: &Place<'_>) -> Reading {
    let found = pattern!(r"(N|S|E|W|NE|NW|SE|SW|NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW)\b")
        .find(place.rest)?
        .as_str();
    let rest = &place.rest[found.len()..];
    let distance = pattern!(
        r"(?s).*(?:[0-9] ?(?:km|mi|m|nm)\.?|\b(?:kilomet(?:er|re)s?|miles?|meters|metres|yards|blocks?|feet|just|due)) \z"
    );
    let moving = pattern!(
        r"(?s).*\b(?i-u:winds?(?: (?:is|was|from(?: the)?|at))?|moving|moved|heading|headed|head|tracking|tracked|drifting|turn(?:ed|ing)|blowing|facing|course|bearing|gusts?(?: from)?):? \z"
    );
    let of = (pattern!(r" of [A-Z0-9]").is_match(rest)
        || found.len() > 1 && rest.starts_with(" of "))
        && distance.is_match(place.near(16))
        || pattern!(r" of (?:I-|US-|Rte\.|Route |Interstate |Highway )[0-9 ]").is_match(rest);
    let wind = moving.is_match(place.near(20))
        && (found.len() > 1 || pattern!(r" (?:at|winds?) [0-9]|,? [0-9]").is_match(rest));
    let blowing =
        found.len() > 1 && pattern!(r" (?:winds?|at [0-9]+ ?(?:mph|km|knots|kt))\b").is_match(rest);
    (of || wind || blowing).then_some(())?;
    Some((found.len(), Said::of(name(found)?)))
}

/// The name of a point of the compass.
pub(super) fn name(point: &str) -> Option<&'static str> {
    Some(match point {
        "N" => "North",
        "S" => "South",
        "E" => "East",
        "W" => "West",
        "NE" => "northeast",
        "NW" => "northwest",
        "SE" => "southeast",
        "SW" => "southwest",
        "NNE" => "north northeast",
        "ENE" => "east northeast",
        "ESE" => "east southeast",
        "SSE" => "south southeast",
        "SSW" => "south southwest",
        "WSW" => "west southwest",
        "WNW" => "west northwest",
        "NNW" => "north northwest",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn points_of_the_compass() {
        check(
            "en",
            &[
                ("20km NW of Ashby", "twenty kilometers northwest of Ashby"),
                ("12 km SSW of town", "twelve kilometers south southwest of town"),
                ("45 miles NNE of Orren", "forty five miles north northeast of Orren"),
                ("it moved NNE at 12 mph", "it moved north northeast at twelve miles per hour"),
                ("SE Asia and N. Korea", "southeast Asia and North Korea"),
                ("NW winds", "northwest winds"),
                // Initials, quarters and states.
                ("J. N. Ireland", "J N Ireland"),
                ("the NE patrol", "the N E patrol"),
                ("plan W of it", "plan W of it"),
            ],
        );
    }
}
