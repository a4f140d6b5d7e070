//! Abbreviations, titles and initials with dots. Separate because a dot here does not end a
//! sentence, and what a short form means depends on its neighbours.

use super::said::{Place, Reading, Said, pattern};
use super::short_forms::{BARE_TITLES, NUMBERED, SHORT, TITLES};

pub(super) fn abbreviation(place: &Place<'_>) -> Reading {
    // "2vs1", and a title that is run together with the sum before it
    let glued = place.before.ends_with(|c: char| c.is_ascii_digit())
        && ["Mr", "Mrs", "Ms", "Dr"].iter().any(|title| place.rest.starts_with(title));
    if place.inside_word() && !glued && !place.rest.starts_with("vs") {
        return None;
    }
    numbered(place)
        .or_else(|| saint_or_street(place))
        .or_else(|| title(place))
        .or_else(|| bare_title(place))
        .or_else(|| short(place))
        .or_else(|| letters(place))
}

fn numbered(place: &Place<'_>) -> Reading {
    // "No 10 said", "at No 5": without its dot only inside of a sentence, or with what such an address does.
    if pattern!(r"No [0-9]{1,3}\b").is_match(place.rest)
        && (place.before.ends_with(|c: char| c.is_whitespace())
            || pattern!(r"No 1[01] (?:said|has|is|was|insisted|declined|denied|will)\b")
                .is_match(place.rest))
    {
        return Some((2, Said::of("number")));
    }
    let &(form, said) = NUMBERED.iter().find(|(form, _)| place.rest.starts_with(form))?;
    let gap = &place.rest[form.len()..];
    let number = gap.strip_prefix([' ', '\u{a0}']).unwrap_or(gap);
    // "#5" is a number, "# 5" is not.
    let digit = number.starts_with(|c: char| c.is_ascii_digit());
    // "part no. AB-123": a code is a number, too; "Eq. (3)".
    let code = form == "Apt" && number.starts_with('#')
        || form != "#" && form != "p." && pattern!(r"[A-Z]{1,3}-?[0-9]").is_match(number)
        || form.starts_with("Eq") && number.starts_with('(')
        || form.eq_ignore_ascii_case("app.") && pattern!(r"[B-HJ-Z](?:[.,;)]|\z)").is_match(number)
        // "Ch. IV", "Mk II"
        || !matches!(form, "#" | "p." | "No." | "no." | "NO.")
            && pattern!(r"[IVX]{2,6}(?:[^A-Za-z.]|\z)|[IVX](?:[,;:)]|\z| of\b)|[ivx]{2,4}(?:[^A-Za-z]|\z)").is_match(number);
    let fits = digit && (form != "#" || gap == number) || code;
    fits.then(|| (form.len(), Said::of(said)))
}

/// "St. Louis", "5th St.", "Main St. in town": a saint has a name behind, a street before.
fn saint_or_street(place: &Place<'_>) -> Reading {
    let form = ["St.", "st."].into_iter().find(|form| place.rest.starts_with(form))?;
    let rest = &place.rest[form.len()..];
    let name = pattern!(r" ?\p{Lu}").is_match(rest)
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
    Some((form.len(), Said::of(if form == "St." { "Street" } else { "street" })))
}

/// Whether a text begins with a short form that is read by itself behind a hyphen.
pub(super) fn is_short(text: &str) -> bool {
    let title = |form: &&str| text.strip_prefix(*form).is_some_and(|rest| rest.starts_with(' '));
    pattern!(r"(?:[A-Z]\.){2}").is_match(text) || TITLES.iter().map(|(form, _)| form).any(title)
}

/// "St John's", "Prof Hale", "Lt Col Roe".
fn bare_title(place: &Place<'_>) -> Reading {
    let &(form, said) = BARE_TITLES.iter().find(|(form, _)| {
        place.rest.strip_prefix(form).is_some_and(|rest| rest.starts_with([' ', '\u{a0}']))
    })?;
    let rest = &place.rest[form.len()..];
    let name = pattern!(r"[ \u{a0}](?:\p{Lu}[\p{Ll}'’]|\p{Lu}\. ?\p{Lu})").is_match(rest);
    let generation = form == "Gen" && pattern!(r" (?:Alpha|Beta|Con)\b").is_match(rest);
    let behind_name = form != "St"
        && form != "Mt"
        && pattern!(r"(?s).*\p{Lu}\p{Ll}{3,}[ \u{a0}]\z").is_match(place.near(24))
        && !pattern!(r"(?s).*[.?!”] ?\p{Lu}\p{Ll}+ \z").is_match(place.near(24));
    let street = form == "St"
        && pattern!(r"(?s).*\b[0-9]{1,5}[A-Z]? (?:\p{Lu}\S+ )+\z").is_match(place.near(40));
    (name && !generation && !behind_name && !street).then(|| (form.len(), Said::of(said)))
}

fn title(place: &Place<'_>) -> Reading {
    // "Sr. Mary": a sister, unless a name stands before ("Hale Sr. Street").
    if place.rest.starts_with("Sr. ")
        && pattern!(r"Sr\. \p{Lu}\p{Ll}").is_match(place.rest)
        && !pattern!(r"(?s).*\p{Lu}\p{Ll}+ \z").is_match(place.near(24))
    {
        return Some((3, Said::of("sister")));
    }
    let &(form, said) = TITLES.iter().find(|(form, _)| place.rest.starts_with(form))?;
    let rest = &place.rest[form.len()..];
    // "Gen. Z" is a generation.
    if form == "Gen." && pattern!(r" [XYZ]\b").is_match(rest) {
        return Some((form.len(), Said::of("Gen")));
    }
    if pattern!(r" ?[\p{Lu}(]").is_match(rest) {
        return Some((form.len(), Said::of(said)));
    }
    // "the Dr. said"
    if form == "Dr."
        && pattern!(r"(?s).*\b(?i:the|an?|my|your|his|her|our|their) \z").is_match(place.near(8))
        && pattern!(r" (?:[a-z]+ed|said|says|is|was|told|will|who|has|had)\b").is_match(rest)
    {
        return Some((form.len(), Said::of("doctor")));
    }
    // "Elm Dr. was closed"
    (form.eq_ignore_ascii_case("dr.") && place.before.ends_with(' '))
        .then(|| (form.len(), Said::of("drive")))
}

fn short(place: &Place<'_>) -> Reading {
    if let Some(found) = pattern!(r"v\. \p{Lu}").find(place.rest)
        && place.before.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == '.')
    {
        return Some((found.len() - 2, Said::of("versus")));
    }
    if place.rest.starts_with(['e', 'E']) && pattern!(r"[Ee]st\. ?[$€£]").is_match(place.rest) {
        return Some((4, Said::of("estimated")));
    }
    if let Some(found) = pattern!(r"(?:[Ee]st|EST)\. ?([0-9,]+)").captures(place.rest) {
        let digits = found[1].trim_end_matches(',');
        let year = digits.len() == 4 && !digits.contains(',');
        return Some((4, Said::of(if year { "established" } else { "estimated" })));
    }
    // "Co. Down", on the island of Ireland and around Durham
    if place.rest.starts_with("Co") && pattern!(
        r"Co\.? (?:Antrim|Armagh|Carlow|Cavan|Clare|Cork|Derry|Donegal|Down|Dublin|Durham|Fermanagh|Galway|Kerry|Kildare|Kilkenny|Laois|Leitrim|Limerick|Longford|Louth|Mayo|Meath|Monaghan|Offaly|Roscommon|Sligo|Tipperary|Tyrone|Waterford|Westmeath|Wexford|Wicklow)\b"
    )
    .is_match(place.rest)
    {
        let dot = usize::from(place.rest[2..].starts_with('.'));
        return Some((2 + dot, Said::of("county")));
    }
    // "on the 12th Fl."
    if place.rest.starts_with(['F', 'f'])
        && place.rest[1..].starts_with("l.")
        && pattern!(r"(?s).*[0-9](?:st|nd|rd|th) \z").is_match(place.near(12))
    {
        return Some((3, Said::of("floor")));
    }
    if place.rest.starts_with("c.")
        && pattern!(r"(?s).*[0-9](?:st|nd|rd|th) \z").is_match(place.near(12))
    {
        return Some((2, Said::of("century")));
    }
    if let Some(read) = by_place(place) {
        return Some(read);
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
        None if said.split(' ').all(|word| word.len() == 1) => Said::default().letters(said),
        None => Said::of(said),
    };
    Some((form.len(), said))
}

/// Short forms whose meaning is in what stands beside them.
fn by_place(place: &Place<'_>) -> Reading {
    let word = &place.rest[..place.rest.find(|c: char| !c.is_ascii_alphabetic())?];
    if word.len() > 6 || !place.rest[word.len()..].starts_with('.') {
        return None;
    }
    let rest = &place.rest[word.len() + 1..];
    let said = match word {
        // "bills incl.", "VAT excl."
        "incl" if pattern!(r"(?:[,;)]|\s*\z)").is_match(rest) => "included",
        "excl" if pattern!(r"(?:[,;)]|\s*\z)").is_match(rest) => "excluded",
        // "His temp. was 39", "temps. of 40"; "she left as a temp."
        "temp" | "Temp"
            if pattern!(r" (?:was|is|of|at|rose|fell|will|to|in|[0-9])").is_match(rest)
                && (!place.before.ends_with(" a ") || rest.starts_with(" of ")) =>
        {
            "temperature"
        }
        // Also people who stand in for others.
        "temps" | "Temps" if pattern!(r" (?:of|in the|around|near|above|below|[0-9])").is_match(rest) => "temperatures",
        // "Col. (Ret.)"
        "Ret" | "ret" if rest.starts_with([')', ',']) => "retired",
        // "the 3rd ed.", "1,024 pp."
        "ed" if pattern!(r"(?s).*(?:(?:st|nd|rd|th)|\b(?:rev\.|[Ss]econd|[Tt]hird|[Ff]irst)) \z")
            .is_match(place.near(10)) =>
        {
            "edition"
        }
        "pp" if pattern!(r"(?s).*[0-9] \z").is_match(place.near(4)) => "pages",
        // "a min. pressure"
        "min" | "max" if pattern!(r" (?:pressure|temperature|temp|speed|wage|height|depth|load|power|price|score|rate)\b").is_match(rest) => {
            if word == "min" { "minimum" } else { "maximum" }
        }
        // "3 lg. eggs", "med. heat"
        "lg" if pattern!(r" [a-z]").is_match(rest) => "large",
        "med" if pattern!(r" (?:heat|size|sized|onions?|eggs?|bowl|saucepan)\b").is_match(rest) => {
            "medium"
        }
        // "1 c. flour"
        "c" if pattern!(r"(?s).*[0-9½¼¾⅓⅔] ?\z").is_match(place.near(5))
            && pattern!(r"\)| (?:[a-z]+ ){0,2}(?:flour|sugar|milk|butter|water|rice|oats|cream|broth|stock|cheese|oil|nuts)\b")
                .is_match(rest) =>
        {
            if pattern!(r"(?s).*(?:^|[^0-9])1 ?\z").is_match(place.near(5)) { "cup" } else { "cups" }
        }
        _ => return None,
    };
    Some((word.len() + 1, Said::of(said)))
}

/// Letters with dots: "U.S.", "J. K. Rowling", "a.m".
fn letters(place: &Place<'_>) -> Reading {
    let found = pattern!(r"(?:\p{Lu}\. ?)+\p{Lu}\b\.?|(?:\p{Ll}\.)+\p{Ll}\b\.?|\p{Lu}\.")
        .find(place.rest)?
        .as_str();
    let len = found.len();
    // "J. Smith": the second letter starts a name, so take the dotted ones only.
    if !found.ends_with('.')
        && place.rest[len..].starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’')
    {
        return None;
    }
    let mut letters = Said::default().letters(found);
    // "M.B.A.s"
    if found.len() > 2
        && found.ends_with('.')
        && pattern!(r"s(?:\W|\z)").is_match(&place.rest[len..])
    {
        letters.0.last_mut()?.text.push_str("'s");
        return Some((len + 1, letters));
    }
    Some((len, letters))
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
                ("ex-Gov. Cole and Pfc. Jo", "ex governor Cole and private first class Jo"),
                ("the Rt. Hon. Ada Hale", "the right honorable Ada Hale"),
                ("Atty. Gen. Roe, Asst. Dir. Lee", "attorney general Roe assistant director Lee"),
                ("Sec. Roe, Bro. Tom, Sr. Ada", "secretary Roe brother Tom sister Ada"),
                ("Prof Hale and Lt Col Roe", "professor Hale and lieutenant colonel Roe"),
                // Without a name they are no titles.
                ("Gen Z and Amartya Sen Roy", "Gen Z and Amartya Sen Roy"),
                ("the 5th Gen.", "the fifth Gen"),
            ],
        );
    }

    #[test]
    fn streets_and_saints() {
        check(
            "en",
            &[
                ("St. Louis, St.Helens", "Saint Louis Saint Helens"),
                ("St. John's St.", "Saint John's Street"),
                ("on Main St. near it", "on Main Street near it"),
                ("on 5th st. near it", "on fifth street near it"),
                ("Mt. Hood and Ft. Worth", "mount Hood and fort Worth"),
                ("on Elm Dr. near it", "on Elm drive near it"),
                ("St John's and Mt Fuji", "Saint John's and mount Fuji"),
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
                ("see Appx. B", "see appendix B"),
                ("chap. ix, Op. 27", "chapter nine opus twenty seven"),
                ("a Cat. 4 storm, n. 14, app. C", "a category four storm note fourteen appendix C"),
                ("Act II, Sc. 3, Res. 1701", "Act two scene three resolution seventeen oh one"),
                ("Ch. IV of vol. II, the Mk II", "chapter four of volume two the mark two"),
                ("Nr. 3, N° 5, Prop. 8", "number three number five proposition eight"),
                ("I said no.", "I said no"),
                ("at No 10, part no. AB-12", "at number ten part number A B twelve"),
                (
                    "Rm. 12, Fl. 3, Hwy 61, Apt #5",
                    "room twelve floor three highway sixty one apartment number five",
                ),
                ("max. 10, min. 3, Eq. (3)", "maximum ten minimum three equation three"),
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
                ("$0Mr, so", "zero dollars mister so"),
                ("w/o fees, w/out fees, b/c", "without fees without fees because"),
                ("an anti-U.S. march", "an anti U S march"),
                (
                    "in WWII, n/a, w/c 5 May",
                    "in World War two not applicable week commencing the fifth of May",
                ),
                ("the 2d Cir. ruled", "the second circuit ruled"),
                ("Roe et al. v. Wade", "Roe et al versus Wade"),
                ("3% p.a.", "three percent per annum"),
                ("a min. pressure, vit. D", "a minimum pressure vitamin D"),
                ("bills incl., incl. VAT", "bills included including V A T"),
                ("His temp. was 39; he is a temp.", "His temperature was thirty nine he is a temp"),
                (
                    "as a temp. in town, a temp. of 39",
                    "as a temp in town a temperature of thirty nine",
                ),
                (
                    "Col. (Ret.) Hale, the Rt. Rev. Orr",
                    "colonel retired Hale the right reverend Orr",
                ),
                ("the 3rd ed. has 90 pp.", "the third edition has ninety pages"),
                (
                    "3 lg. eggs on med. heat, 1 c. flour",
                    "three large eggs on medium heat one cup flour",
                ),
                ("a B.Sc. in law", "a B S C in law"),
                ("the Dr. said so", "the doctor said so"),
                (
                    "est. 1890, EST. 1887",
                    "established eighteen ninety established eighteen eighty seven",
                ),
                (
                    "est. 1,200 or est. $4m",
                    "estimated one thousand two hundred or estimated four million dollars",
                ),
                ("Hale vs Roe, acc. to the co.", "Hale versus Roe according to the company"),
                ("Co. Down, Hale & Co.", "county Down Hale and company"),
                (
                    "up 5% y-o-y, 3% q/q",
                    "up five percent year over year three percent quarter over quarter",
                ),
                ("M.B.A.s, sq. footage", "M B A's square footage"),
                ("up 5% YoY", "up five percent year over year"),
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
