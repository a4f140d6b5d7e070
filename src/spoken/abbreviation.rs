//! Abbreviations, titles and initials with dots. Separate because a dot here does not end a
//! sentence.

use super::said::{Place, Reading, Said, pattern};

/// Short form (with its dot where it needs one), what is said. Longest first where one starts
/// another.
const SHORT: [(&str, &str); 57] = [
    ("Mrs.", "misses"),
    ("Mr.", "mister"),
    ("Ms.", "miz"),
    ("Mrs", "misses"),
    ("Mr", "mister"),
    ("Ms", "miz"),
    ("Dr.", "doctor"),
    ("Dr", "doctor"),
    ("dr.", "doctor"),
    ("Prof.", "professor"),
    ("Govt.", "government"),
    ("Govt", "government"),
    ("govt.", "government"),
    ("govt", "government"),
    ("Gov.", "governor"),
    ("Gen.", "general"),
    ("Lt.", "lieutenant"),
    ("Capt.", "captain"),
    ("Sgt.", "sergeant"),
    ("Col.", "colonel"),
    ("Maj.", "major"),
    ("Sen.", "senator"),
    ("Rep.", "representative"),
    ("Rev.", "reverend"),
    ("Hon.", "honorable"),
    ("Pres.", "president"),
    ("Jr.", "junior"),
    ("Sr.", "senior"),
    ("St.", "saint"),
    ("Mt.", "mount"),
    ("Ft.", "fort"),
    ("vs.", "versus"),
    ("vs", "versus"),
    ("e.g.", "for example"),
    ("i.e.", "that is"),
    ("etc.", "et cetera"),
    ("et al.", "et al"),
    ("approx.", "approximately"),
    ("Inc.", "incorporated"),
    ("Ltd.", "limited"),
    ("Corp.", "corporation"),
    ("Co.", "company"),
    ("Dept.", "department"),
    ("dept.", "department"),
    ("Dept", "department"),
    ("Ave.", "avenue"),
    ("Blvd.", "boulevard"),
    ("Bros.", "brothers"),
    ("w/o", "without"),
    ("w/", "with"),
    ("c/o", "care of"),
    ("Rd.", "road"),
    ("Ph.D.", "P H D"),
    ("Ph.D", "P H D"),
    ("PhD", "P H D"),
    ("b/w", "between"),
    ("esp.", "especially"),
];

pub(super) fn abbreviation(place: &Place<'_>) -> Reading {
    if let Some(found) = pattern!(r"(?:No\.|Nos\.|no\.|nos\.|№) ?([0-9])").captures(place.rest) {
        let plural = found[0].to_lowercase().starts_with("nos");
        let len = found.get(1)?.start();
        let len = place.rest[..len].trim_end().len();
        return Some((len, Said::of(if plural { "numbers" } else { "number" })));
    }
    if let Some(found) =
        pattern!(r"(pp?|Vol|vol|Fig|fig|Art|Sec|sec|Ch)\. ?([0-9])").captures(place.rest)
    {
        let said = match found[1].to_lowercase().as_str() {
            "p" => "page",
            "pp" => "pages",
            "vol" => "volume",
            "fig" => "figure",
            "art" => "article",
            "sec" => "section",
            _ => "chapter",
        };
        return Some((found[1].len() + 1, Said::of(said)));
    }
    let hit = SHORT.iter().find(|(short, _)| {
        place.rest.starts_with(short)
            && !place.rest[short.len()..]
                .starts_with(|c: char| c.is_alphabetic() || c == '\'' || c == '’')
    });
    if let Some((short, said)) = hit {
        let name_follows = pattern!(r"\.? ?[A-Z]").is_match(&place.rest[short.len()..]);
        let street = matches!(*short, "St." | "dr." | "Dr.") && !name_follows;
        if street || (*short == "dr." && !name_follows) {
            let said = if short.starts_with('S') { "street" } else { "drive" };
            return Some((short.len() - 1, Said::of(said)));
        }
        if matches!(
            *short,
            "Rep." | "Sen." | "Col." | "Gen." | "Gov." | "Hon." | "Mt." | "Ft." | "Maj."
        ) && !name_follows
        {
            return None;
        }
        // At the end of the sentence the dot is its full stop too.
        let last = place.rest[short.len()..].trim().is_empty() && short.ends_with('.');
        let spoken =
            if said.starts_with("P H") { Said::default().letters("PHD") } else { Said::of(said) };
        return Some((short.len() - usize::from(last), spoken));
    }
    // Letters with dots: "U.S.", "J. K. Rowling", "a.m".
    let found = pattern!(r"(?:\p{Lu}\. ?){1,5}\p{Lu}\b\.?|(?:\p{Ll}\.){1,5}\p{Ll}\b\.?|\p{Lu}\.")
        .find(place.rest)?
        .as_str();
    let mut len = found.len();
    // "J. Smith": the second letter starts a name, so take the dotted ones only.
    if !found.ends_with('.')
        && place.rest[len..].starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’')
    {
        return None;
    }
    if !found.ends_with('.') && found.contains(' ') && !found.contains(". ") {
        len = found.len();
    }
    let rest = place.rest[len..].trim_start();
    if found.ends_with('.') && rest.is_empty() {
        len -= 1;
    }
    Some((len, Said::default().letters(&place.rest[..len])))
}
