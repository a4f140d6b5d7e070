//! Abbreviations, titles and initials with dots. Separate because a dot here does not end a
//! sentence, and what a short form means depends on its neighbours.

use super::said::{Place, Reading, Said, pattern};

/// Short forms that mean the same wherever they stand. Of two that begin alike the longer is first.
const SHORT: &[(&str, &str)] = &[
    ("Mrs.", "misses"),
    ("Mr.", "mister"),
    ("Ms.", "miz"),
    ("Mrs", "misses"),
    ("Mr", "mister"),
    ("Ms", "miz"),
    ("Messrs.", "messers"),
    ("Drs.", "doctors"),
    ("Dr", "doctor"),
    ("Profs.", "professors"),
    ("Prof.", "professor"),
    ("prof.", "professor"),
    ("Govt.", "government"),
    ("Govt", "government"),
    ("govt.", "government"),
    ("govt", "government"),
    ("Lt.", "lieutenant"),
    ("Capt.", "captain"),
    ("Sgt.", "sergeant"),
    ("Jr.", "junior"),
    ("Sr.", "senior"),
    ("Esq.", "esquire"),
    ("vs.", "versus"),
    ("vs", "versus"),
    ("e.g.", "for example"),
    ("E.g.", "for example"),
    ("i.e.", "that is"),
    ("I.e.", "that is"),
    ("etc.", "et cetera"),
    ("et al.", "et al"),
    ("a.k.a.", "also known as"),
    ("aka", "also known as"),
    ("viz.", "namely"),
    ("cf.", "compare"),
    ("approx.", "approximately"),
    ("incl.", "including"),
    ("excl.", "excluding"),
    ("avg.", "average"),
    ("Inc.", "incorporated"),
    ("Ltd.", "limited"),
    ("Corp.", "corporation"),
    ("Cos.", "companies"),
    ("Co.", "company"),
    ("Bros.", "brothers"),
    ("Assn.", "association"),
    ("Assoc.", "associated"),
    ("Univ.", "university"),
    ("Dept.", "department"),
    ("dept.", "department"),
    ("Dept", "department"),
    ("Int'l", "international"),
    ("Intl.", "international"),
    ("Natl.", "national"),
    ("Ave.", "avenue"),
    ("Blvd.", "boulevard"),
    ("Hwy.", "highway"),
    ("Pkwy.", "parkway"),
    ("Rd.", "road"),
    ("Bldg.", "building"),
    ("bldg.", "building"),
    ("w/o", "without"),
    ("w/", "with"),
    ("c/o", "care of"),
    ("a/c", "A C"),
    ("b/w", "between"),
    ("Ph.D.s", "P H D's"),
    ("Ph.D.", "P H D"),
    ("Ph.D", "P H D"),
    ("PhDs", "P H D's"),
    ("PhD", "P H D"),
    ("esp.", "especially"),
    ("p.a.", "per annum"),
    ("pcm", "per calendar month"),
];

/// Titles and the like: only before a name.
const TITLES: &[(&str, &str)] = &[
    ("Dr.", "doctor"),
    ("dr.", "doctor"),
    ("Govs.", "governors"),
    ("Gov.", "governor"),
    ("Gens.", "generals"),
    ("Gen.", "general"),
    ("Cols.", "colonels"),
    ("Col.", "colonel"),
    ("Maj.", "major"),
    ("Cpl.", "corporal"),
    ("Pvt.", "private"),
    ("Adm.", "admiral"),
    ("Cmdr.", "commander"),
    ("Brig.", "brigadier"),
    ("Sens.", "senators"),
    ("Sen.", "senator"),
    ("Reps.", "representatives"),
    ("Rep.", "representative"),
    ("Rev.", "reverend"),
    ("Hon.", "honorable"),
    ("Pres.", "president"),
    ("Supt.", "superintendent"),
    ("Insp.", "inspector"),
    ("Det.", "detective"),
    ("Amb.", "ambassador"),
    ("Atty.", "attorney"),
    ("Msgr.", "monsignor"),
    ("Fr.", "father"),
    ("Mt.", "mount"),
    ("Ft.", "fort"),
];

/// Short forms of what is numbered: only before a number.
const NUMBERED: &[(&str, &str)] = &[
    ("Nos.", "numbers"),
    ("nos.", "numbers"),
    ("No.", "number"),
    ("no.", "number"),
    ("NO.", "number"),
    ("№", "number"),
    ("#", "number"),
    ("pp.", "pages"),
    ("p.", "page"),
    ("Vol.", "volume"),
    ("vol.", "volume"),
    ("vols.", "volumes"),
    ("Figs.", "figures"),
    ("Fig.", "figure"),
    ("figs.", "figures"),
    ("fig.", "figure"),
    ("Arts.", "articles"),
    ("Art.", "article"),
    ("art.", "article"),
    ("Secs.", "sections"),
    ("Sec.", "section"),
    ("sec.", "section"),
    ("Chap.", "chapter"),
    ("Ch.", "chapter"),
    ("ch.", "chapter"),
    ("para.", "paragraph"),
    ("Pt.", "part"),
    ("pt.", "part"),
    ("Apt.", "apartment"),
    ("apt.", "apartment"),
    ("Ste.", "suite"),
    ("ext.", "extension"),
    ("Ext.", "extension"),
    ("tel.", "telephone"),
    ("Tel.", "telephone"),
    ("Rte.", "route"),
];

pub(super) fn abbreviation(place: &Place<'_>) -> Reading {
    if place.inside_word() && !place.rest.starts_with("vs") {
        return None;
    }
    numbered(place)
        .or_else(|| saint_or_street(place))
        .or_else(|| title(place))
        .or_else(|| short(place))
        .or_else(|| letters(place))
}

fn numbered(place: &Place<'_>) -> Reading {
    let &(form, said) = NUMBERED.iter().find(|(form, _)| place.rest.starts_with(form))?;
    let gap = &place.rest[form.len()..];
    let number = gap.strip_prefix([' ', '\u{a0}']).unwrap_or(gap);
    // "#5" is a number, "# 5" is not.
    let fits = number.starts_with(|c: char| c.is_ascii_digit()) && (form != "#" || gap == number);
    fits.then(|| (form.len(), Said::of(said)))
}

/// "St. Louis", "5th St.", "Main St. in town": a saint has a name behind, a street before.
fn saint_or_street(place: &Place<'_>) -> Reading {
    let form = ["St.", "st."].into_iter().find(|form| place.rest.starts_with(form))?;
    let rest = &place.rest[form.len()..];
    let name = pattern!(r" \p{Lu}").is_match(rest)
        && !pattern!(r" (?:The|He|She|It|They|We|In|On|At|But|And|This|That|There|Its|His|Her)\b")
            .is_match(rest);
    let street = pattern!(r"(?s).*[0-9](?:st|nd|rd|th) \z|.*\b[0-9]{1,5} (?:\p{Lu}\S+ )+\z")
        .is_match(place.near(40));
    if name && !street {
        return (form == "St.").then(|| (form.len(), Said::of("Saint")));
    }
    if !place.before.ends_with(' ') {
        return None;
    }
    Some((dot_of(place, form), Said::of(if form == "St." { "Street" } else { "street" })))
}

/// The length of a short form; at the end of the sentence its dot is the full stop, too.
fn dot_of(place: &Place<'_>, form: &str) -> usize {
    let rest = place.rest[form.len()..].trim_start_matches(['"', '”', '’', ')']);
    form.len() - usize::from(form.ends_with('.') && rest.trim().is_empty())
}

fn title(place: &Place<'_>) -> Reading {
    let &(form, said) = TITLES.iter().find(|(form, _)| place.rest.starts_with(form))?;
    let rest = &place.rest[form.len()..];
    // "Gen. Z" is a generation.
    if form == "Gen." && pattern!(r" [XYZ]\b").is_match(rest) {
        return Some((form.len(), Said::of("Gen")));
    }
    if pattern!(r" ?[\p{Lu}(]").is_match(rest) {
        return Some((form.len(), Said::of(said)));
    }
    // "Elm Dr. was closed"
    (form.eq_ignore_ascii_case("dr.") && place.before.ends_with(' '))
        .then(|| (dot_of(place, form), Said::of("drive")))
}

fn short(place: &Place<'_>) -> Reading {
    if let Some(found) = pattern!(r"v\. \p{Lu}").find(place.rest)
        && place.before.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == '.')
    {
        return Some((found.len() - 2, Said::of("versus")));
    }
    if let Some(found) = pattern!(r"[Ee]st\. ?([0-9,]+)").captures(place.rest) {
        let year = found[1].len() == 4 && !found[1].contains(',');
        return Some((4, Said::of(if year { "established" } else { "estimated" })));
    }
    if place.rest.starts_with("c.")
        && pattern!(r"(?s).*[0-9](?:st|nd|rd|th) \z").is_match(place.near(12))
    {
        return Some((dot_of(place, "c."), Said::of("century")));
    }
    let &(form, said) = SHORT.iter().find(|(form, _)| {
        place.rest.starts_with(form) && {
            let rest = &place.rest[form.len()..];
            let word = rest.starts_with(char::is_alphabetic);
            let owned = rest.starts_with(['\'', '’']) && !form.ends_with('.');
            !(word || owned) || form.ends_with('/')
        }
    })?;
    let said = match said.split_once("P H ") {
        Some((_, tail)) => {
            let mut letters = Said::default().letters("PHD");
            if let Some(last) = letters.0.last_mut() {
                last.text.push_str(tail.trim_start_matches('D'));
            }
            letters
        }
        None if said == "A C" => Said::default().letters("AC"),
        None => Said::of(said),
    };
    Some((dot_of(place, form), said))
}

/// Letters with dots: "U.S.", "J. K. Rowling", "a.m".
fn letters(place: &Place<'_>) -> Reading {
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
    if found.ends_with('.') && place.rest[len..].trim_start().is_empty() {
        len -= 1;
    }
    Some((len, Said::default().letters(&place.rest[..len])))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn titles() {
        check(
            "en",
            &[
                ("Dr. Amina Otieno", "doctor Amina Otieno"),
                ("Lt. Gen. Hale", "lieutenant general Hale"),
                ("Gov. Lee and Sen. Roe", "governor Lee and senator Roe"),
                ("Mr. and Mrs. Hale", "mister and misses Hale"),
                ("Rev. Ada Brook", "reverend Ada Brook"),
                ("Ada Hale Jr.'s book", "Ada Hale junior's book"),
                // Without a name they are no titles.
                ("the 5th Gen.", "the fifth Gen"),
            ],
        );
    }

    #[test]
    fn streets_and_saints() {
        check(
            "en",
            &[
                ("St. Louis", "Saint Louis"),
                ("St. John's St.", "Saint John's Street"),
                ("on Main St. near it", "on Main Street near it"),
                ("on 5th st. near it", "on fifth street near it"),
                ("Mt. Hood and Ft. Worth", "mount Hood and fort Worth"),
                ("on Elm Dr. near it", "on Elm drive near it"),
            ],
        );
    }

    #[test]
    fn numbered_things() {
        check(
            "en",
            &[
                ("No. 10", "number ten"),
                ("Nos. 3 and 4", "numbers three and four"),
                ("the #1 song", "the number one song"),
                ("see p. 5 and pp. 7-9", "see page five and pages seven to nine"),
                ("Fig. 3, ch. 4", "figure three chapter four"),
                ("I said no.", "I said no"),
            ],
        );
    }

    #[test]
    fn short_forms_and_letters() {
        check(
            "en",
            &[
                ("e.g. boats, i.e. ships", "for example boats that is ships"),
                ("ropes, sails, etc.", "ropes sails et cetera"),
                ("Hale & Co. of York", "Hale and company of York"),
                ("Roe v. Wade", "Roe versus Wade"),
                ("2vs1", "two versus one"),
                ("w/o fees", "without fees"),
                ("Roe et al. v. Wade", "Roe et al versus Wade"),
                ("3% p.a.", "three percent per annum"),
                ("est. 1890", "established eighteen ninety"),
                ("a Ph.D. student", "a P H D student"),
                ("the U.S. army", "the U S army"),
                ("a U.S.-based firm", "a U S based firm"),
                ("J. K. Hale", "J K Hale"),
                ("at 5 a.m.", "at five A M"),
                ("D.C.", "D C"),
            ],
        );
    }
}
