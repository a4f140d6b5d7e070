//! Symbols: operators between operands, powers, emoticons, and the names of the rest. Separate
//! because it is a table.

use super::number::{cardinal, decimal, ordinal};
use super::said::{Place, Reading, Said, pattern};

/// "y=x +1": operators between operands.
pub(super) fn math(place: &Place<'_>) -> Reading {
    let c = place.rest.chars().next()?;
    if c == '+'
        && let Some(found) = pattern!(r"\+ ?/ ?[-−–]").find(place.rest)
    {
        return Some((found.len(), Said::of("plus or minus")));
    }
    // "x = -b", "b²-4ac"
    if matches!(c, '-' | '−')
        && pattern!(r".(?:[0-9.]{1,9}[a-z]{0,2}|[a-z]{1,2})(?:[^a-z]|\z)").is_match(place.rest)
        && (pattern!(r"(?s).*[=(] ?\z").is_match(place.near(3))
            || place.before.ends_with(|c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c)))
    {
        return Some((c.len_utf8(), Said::of("minus")));
    }
    if !"+=<>±×÷≈≠≤≥~*√−-".contains(c) {
        return None;
    }
    let compared =
        [(">=", "greater than or equal to"), ("<=", "less than or equal to"), ("==", "equals")];
    if let Some((sign, name)) = compared.iter().find(|(sign, _)| place.rest.starts_with(sign))
        && pattern!(r".. ?[0-9A-Za-z.$]").is_match(place.rest)
    {
        return Some((sign.len(), Said::of(name)));
    }
    // "b² − 4ac = 0", "|x - y|": between operands that are letters.
    let of_formula = |text: &str| text.contains(['=', '<', '>', '|', '+', '²', '³', '^']);
    if matches!(c, '-' | '−')
        && (of_formula(place.near(12))
            || of_formula(&place.rest[..place.rest.floor_char_boundary(16)]))
        && pattern!(r". (?:[0-9]{1,4}|[0-9]{1,4}[a-z]{1,2}|[b-hj-z])(?:[^0-9A-Za-z]|\z)")
            .is_match(place.rest)
        && pattern!(r"(?s)(?:.*[\s(=+|])?[0-9]{0,4}[b-hj-z](?:\^?[0-9]{1,2}|[²³])? \z")
            .is_match(place.near(8))
    {
        return Some((c.len_utf8(), Said::of("minus")));
    }
    let found = pattern!(r"(?:[+=<>±×÷≈≠≤≥~*√] ?|[−-] )[0-9A-Za-z.$€£(]").find(place.rest)?;
    let digit = |end: Option<char>| end.is_some_and(|c| c.is_ascii_digit());
    let next =
        digit(found.as_str().chars().next_back()) || found.as_str().ends_with(['$', '€', '£']);
    let previous = place.before.trim_end().chars().next_back();
    // "a^2 + b": one letter is an operand, too.
    let operand = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == ')');
    let word = match c {
        '+' => "plus",
        '=' => "equals",
        '<' if next || found.as_str().contains(' ') => "less than",
        '>' if next => "greater than",
        '±' => "plus or minus",
        '×' if pattern!(r#"(?s).*[0-9] ?(?:m|cm|mm|km|ft|in|'|") ?\z"#)
            .is_match(place.near(12)) =>
        {
            "by"
        }
        '×' => "times",
        '*' if next && digit(previous) => "times",
        '−' | '-' if next && digit(previous) && operand(previous) => "minus",
        '÷' => "divided by",
        '≈' => "about",
        '~' if next => "about",
        '≠' => "not equal to",
        '≤' => "at most",
        '≥' => "at least",
        '√' => "the square root of",
        _ => return None,
    };
    Some((c.len_utf8(), Said::of(word)))
}

/// "x²", "10^6", "10⁻³": powers of a number or of a single letter.
pub(super) fn power(place: &Place<'_>) -> Reading {
    let mut before = place.before.chars().rev();
    let base = before.next()?;
    // "mc²", but not the note behind a word.
    let run: String = before.take_while(|c| c.is_alphabetic()).take(2).chain([base]).collect();
    let letters = run.chars().count();
    let single = base.is_ascii_alphabetic()
        && (letters == 1
            || letters == 2
                && (!run.to_lowercase().contains(['a', 'e', 'i', 'o', 'u'])
                    || pattern!(r"(?s).*[=+−-] ?[a-z]{2}\z").is_match(place.near(6))));
    if !(base.is_ascii_digit() || base == ')' || single) {
        return None;
    }
    let found = pattern!(r"\^\{?(-?)([0-9]{1,4}|[a-z])\b\}?|(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})")
        .captures(place.rest)?;
    let minus =
        if found.get(1).or(found.get(3)).is_some_and(|m| !m.is_empty()) { "minus " } else { "" };
    let exponent = any_ascii::any_ascii(found.get(2).or(found.get(4))?.as_str());
    let (unit_len, unit) = super::unit::behind_power(&place.rest[found[0].len()..])
        .filter(|_| base.is_ascii_digit() && exponent.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or_default();
    let said = match (minus, exponent.as_str()) {
        ("", "2") => Said::of("squared"),
        ("", "3") => Said::of("cubed"),
        ("", digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => {
            Said::of("to the").then(&ordinal(digits))
        }
        (_, digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => {
            Said::of(&format!("to the {minus}{}", cardinal(digits)))
        }
        (_, letter) => Said::of(&format!("to the {minus}")).letters(letter),
    };
    Some((found[0].len() + unit_len, said.then(&unit)))
}

/// "f(x)", "P(A)", "sin(x)", "log2(8)"
pub(super) fn function(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if place.rest.as_bytes().get(1) != Some(&b'(') {
        return named_function(place);
    }
    let found = pattern!(r"([fghFGP])\(([A-Za-z])\)").captures(place.rest)?;
    Some((found[0].len(), Said::default().letters(&found[1]).then("of").letters(&found[2])))
}

/// "sin(2x)", "log10(1000)", "log₂ 8": the name alone where more than one thing stands in brackets.
fn named_function(place: &Place<'_>) -> Reading {
    const NAMES: [(&str, &str); 5] = [
        ("sin", "sine"),
        ("cos", "cosine"),
        ("tan", "tangent"),
        ("log", "log"),
        ("ln", "natural log"),
    ];
    let &(short, name) = NAMES.iter().find(|(short, _)| place.rest.starts_with(short))?;
    let found = pattern!(r"(?:_?([0-9]{1,2})|([₀₁₂₃₄₅₆₇₈₉]{1,2}))?(?:\((?:([0-9.]{1,9})|([A-Za-rt-z])|[-+*/^0-9A-Za-zπθ. −]{2,16})\)| [0-9])")
        .captures(&place.rest[short.len()..])?;
    let base = found.get(1).or(found.get(2));
    // "tan(ned)", "log(s)" are words with endings.
    let inner = found[0].trim_matches(['(', ')']);
    if base.is_none() && inner.len() > 1 && inner.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let in_brackets = found[0].ends_with(')');
    if base.is_some() && short != "log" || !in_brackets && found.get(2).is_none() {
        return None;
    }
    let said = Said::of(name);
    let said = match base {
        Some(base) => said.then("base").then(&cardinal(&any_ascii::any_ascii(base.as_str()))),
        None => said,
    };
    let said = said.then("of");
    let whole = short.len() + found[0].len();
    Some(match (found.get(3), found.get(4)) {
        (Some(number), _) => (whole, said.then(&decimal(number.as_str()))),
        (_, Some(letter)) => (whole, said.letters(letter.as_str())),
        _ => (short.len() + base.map_or(0, |base| base.end()), said),
    })
}

/// "|x|", "|a - b|": the first bar; the other one is silent.
pub(super) fn absolute(place: &Place<'_>) -> Reading {
    let found = pattern!(
        r"\|[-−]?(?:[A-Za-z]|[0-9]{1,9}(?:\.[0-9]{1,9})?)(?: ?[-−+] ?(?:[A-Za-z]|[0-9]{1,9}))?\|"
    );
    if !place.rest.starts_with('|') || place.inside_word() || !found.is_match(place.rest) {
        return None;
    }
    Some((1, Said::of("the absolute value of")))
}

/// "a/b" over small letters in a formula, "(a)", "A: The mayor": letters that are words, too.
pub(super) fn letter(place: &Place<'_>) -> Reading {
    if place.inside_word() || !place.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let first = &place.rest[..1];
    let (rest, letters) = (&place.rest[1..], Said::default().letters(first));
    // "(i)" is one, see the Roman numerals.
    let item =
        rest.starts_with(')') && place.before.ends_with('(') && !matches!(first, "i" | "v" | "x");
    let answer = first == "A" && place.before.is_empty() && rest.starts_with(": ");
    // "a+b=c", "a = 5"
    let operand = matches!(first, "a" | "A" | "i" | "I")
        && pattern!(r"(?:[+=^] ?| [=+] )[0-9A-Za-z]").is_match(rest);
    if item || answer || operand {
        return Some((1, letters));
    }
    if !rest.starts_with('/') {
        return None;
    }
    let found = pattern!(r"[a-z]/([a-z])(?:[^\w/.'’]|\.?\z)").captures(place.rest)?;
    // Elsewhere it is a short form: "w/o", "h/t", "p/e", "a/b testing".
    let formula = pattern!(
        r"(?s).*(?:[=+×÷^√²³<>≤≥]|\b(?i:fractions?|ratio of|quotient|divided|equals?|slope|denominator|numerator)\b)"
    );
    let behind = &place.rest[3..place.rest.floor_char_boundary(23)];
    let quotient = formula.is_match(place.near(40)) || pattern!(r" ?[=+×÷<>≤≥]").is_match(behind);
    quotient.then(|| (3, letters.then("over").letters(&found[1])))
}

/// "5 days/wk", "beats/min": so many for each.
pub(super) fn per(place: &Place<'_>) -> Reading {
    let found = pattern!(
        r"/(km²|km2|m²|m³|µL|μL|sq km|sq mi|ha|mL|wk|week|mo|month|yr|year|day|hr|hour|min|minute|sec|second|person|capita|household|night|kg)(?:[^A-Za-z0-9²³]|\z)"
    )
    .captures(place.rest)?;
    let plural = place.before.ends_with(['s', '%']) && !place.before.ends_with("ss")
        || place.before.ends_with("people")
        || place.before.ends_with("percent")
        // "0.75\"/hr"
        || place.before.ends_with(['"', '″']);
    // "250/km²"
    let area = found[1].contains(['²', '³', '2', 'µ', 'μ']) || found[1].starts_with("sq");
    let counted = area && place.before.ends_with(|c: char| c.is_ascii_digit());
    let unit = super::unit::per_unit(&found[1])?;
    (plural || counted).then(|| (1 + found[1].len(), Said::of("per").then(unit)))
}

/// "1e-5": a number and a power of ten.
pub(super) fn scientific(place: &Place<'_>) -> Reading {
    let found =
        pattern!(r"([0-9](?:\.[0-9]{1,9})?)[eE]([-−+]?)([0-9]{1,3})\b").captures(place.rest)?;
    if place.inside_word() || found[2].is_empty() && !found[1].contains('.') {
        return None;
    }
    let power = match &found[2] {
        "-" | "−" => format!("minus {}", cardinal(&found[3])),
        _ => ordinal(&found[3]),
    };
    Some((found[0].len(), Said::of(&decimal(&found[1])).then("times ten to the").then(&power)))
}

/// "a B-", "rated AA-": a grade, not a hyphen that waits for its word ("B- and C-rich").
pub(super) fn grade(place: &Place<'_>) -> Reading {
    let found = pattern!(r"([A-D]{1,3})[-−](?:[,.;:)]| |\z)").captures(place.rest)?;
    let rest = &place.rest[found[1].len() + 1..];
    if place.inside_word() || pattern!(r" (?:and|or|to|und|&)\b| [-–—]").is_match(rest) {
        return None;
    }
    Some((place.rest.len() - rest.len(), Said::default().letters(&found[1]).then("minus")))
}

/// ":-)", ";P", "<3": nothing to say.
pub(super) fn emoticon(place: &Place<'_>) -> Option<usize> {
    if !place.rest.starts_with([':', ';', '=', '<'])
        || !(place.before.is_empty() || place.before.ends_with(|c: char| c.is_whitespace()))
    {
        return None;
    }
    let found = pattern!(r"(?:[:;=]['’]?[-o^]?[)(DPpOo3/\\|*\]\[]|<3)").find(place.rest)?;
    let rest = &place.rest[found.len()..];
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || ".,!?)".contains(c));
    ends.then(|| found.len())
}

/// Greek letters as symbols.
const GREEK: &str = "α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu \
    µ mu ν nu ξ xi ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega";

/// The name of a Greek letter that stands alone.
pub(super) fn greek(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let mut table = GREEK.split_ascii_whitespace();
    while let (Some(letter), Some(name)) = (table.next(), table.next()) {
        if letter == lower {
            return Some(name);
        }
    }
    None
}

/// The name of a symbol, or nothing for marks that are not read.
pub(super) fn name(c: char, text: &str, at: usize) -> Option<&'static str> {
    let next = text[at + c.len_utf8()..].chars().next();
    let previous = text[..at].chars().next_back();
    let lone = next.is_none_or(char::is_whitespace) && previous.is_none_or(char::is_whitespace);
    Some(match c {
        '&' => "and",
        '%' => "percent",
        '‰' => "per mille",
        '$' => "dollar",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '₩' => "won",
        '₹' => "rupee",
        '¢' => "cents",
        '@' => "at",
        '*' if (lone || next.is_some_and(|c| c.is_ascii_digit())) && is_key(text, at) => "star",
        '#' if lone && is_key(text, at) => "pound",
        '#' if text[at + 1..].starts_with(" of ") || numbers(&text[at + 1..]) => "number",
        '#' => "hash",
        '+' => "plus",
        '=' => "equals",
        '°' => "degrees",
        '§' if previous == Some('§') => return None,
        '§' if next == Some('§') => "sections",
        '§' => "section",
        '¶' => "paragraph",
        '©' if said_before(text, at, "opyright") => return None,
        '©' => "copyright",
        // Beside a name a newsreader leaves them out.
        '®' if lone => "registered",
        '™' if lone => "trademark",
        '×' => "times",
        '÷' => "divided by",
        '±' => "plus or minus",
        '≈' => "about",
        '≠' => "not equal to",
        '≤' => "at most",
        '≥' => "at least",
        '√' => "root",
        '∞' => "infinity",
        '∑' => "the sum of",
        '→' | '⇒' => "to",
        '♯' => "sharp",
        '♭' => "flat",
        '\\' => "backslash",
        '_' if previous.is_some_and(char::is_alphanumeric)
            && next.is_some_and(char::is_alphanumeric) =>
        {
            "underscore"
        }
        '/' if between(text, at) => "or",
        // "and/or" is two words; a slash with spaces or words about it is named.
        '/' if next.is_none_or(char::is_whitespace) || previous.is_none_or(char::is_whitespace) => {
            "slash"
        }
        '/' if ["and", "And", "either"].iter().any(|word| text[..at].ends_with(word)) => {
            return None;
        }
        '/' if previous.is_some_and(char::is_lowercase) && next.is_some_and(char::is_lowercase) => {
            "slash"
        }
        _ => return None,
    })
}

/// Whether a key of a telephone is meant: "press *", "the # key".
fn is_key(text: &str, at: usize) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(30))..at];
    text[at + 1..].starts_with(" key")
        || ["ress ", "dial ", "Dial ", "hit "].iter().any(|verb| before.contains(verb))
}

/// Whether the "#" before `rest` counts something: "# 1".
fn numbers(rest: &str) -> bool {
    rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the words before `at` end with `word`.
fn said_before(text: &str, at: usize, word: &str) -> bool {
    text[..at].trim_end_matches([' ', '(']).ends_with(word)
}

/// "he/she", "his/her", "yes/no": a choice.
fn between(text: &str, at: usize) -> bool {
    const PRONOUNS: [&str; 9] =
        ["he", "she", "him", "her", "his", "hers", "himself", "herself", "they"];
    const PAIRS: [(&str, &str); 10] = [
        ("yes", "no"),
        ("on", "off"),
        ("true", "false"),
        ("pass", "fail"),
        ("win", "lose"),
        ("male", "female"),
        ("mother", "father"),
        ("parent", "guardian"),
        ("man", "woman"),
        ("buy", "sell"),
    ];
    let pronoun = |word: &str| PRONOUNS.contains(&word.to_lowercase().as_str());
    let before = text[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let after = text[at + 1..].split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    pronoun(before) && pronoun(after) || PAIRS.contains(&(&*before.to_lowercase(), after))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn operators_and_powers() {
        check(
            "en",
            &[
                ("y=x +1", "Y equals X plus one"),
                ("5 - 3 = 2", "five minus three equals two"),
                ("±3", "plus or minus three"),
                ("a+b=c, x >= 5", "A plus B equals C X greater than or equal to five"),
                ("log2(8), log₁₀ 5", "log base two of eight log base ten of five"),
                ("sin(x) and ln(2x)", "sine of X and natural log of two X"),
                (
                    "|x| and |x - 2|",
                    "the absolute value of X and the absolute value of X minus two",
                ),
                ("b² − 4ac", "B squared minus four A C"),
                ("y = ax² + bx, a/b", "Y equals ax squared plus bx A over B"),
                ("250/km²", "two hundred fifty per square kilometer"),
                ("A: Art. 6(1)(a)", "A article six one A"),
                ("plan b - 3 boats", "plan B three boats"),
                ("3 * 4", "three times four"),
                ("<5 and >7", "less than five and greater than seven"),
                ("~30 boats", "about thirty boats"),
                ("x² and y³", "X squared and Y cubed"),
                ("10^6", "ten to the sixth"),
                ("E=mc²", "E equals mc squared"),
                ("10⁻³", "ten to the minus three"),
                ("√9", "the square root of nine"),
                ("f(x) = πr²", "F of X equals pi R squared"),
                ("+/-3 points", "plus or minus three points"),
                ("x = -b, b²-4ac", "X equals minus B B squared minus four A C"),
                ("dial *67", "dial star sixty seven"),
                ("3×10⁸ m/s", "three times ten to the eighth meters per second"),
                ("1e-5", "one times ten to the minus five"),
                ("12m × 20m", "twelve meters by twenty meters"),
                ("a < b, about ~$5", "a less than B about about five dollars"),
                ("a B- in art, A- and B-rich", "a B minus in art A and B-rich"),
            ],
        );
    }

    #[test]
    fn symbols_by_name() {
        check(
            "en",
            &[
                ("Hale & Brook", "Hale and Brook"),
                ("§ 5", "section five"),
                ("§§ 5 and 6", "sections five and six"),
                ("upgrade/update", "upgrade slash update"),
                ("5 days/wk", "five days per week"),
                ("# of items", "number of items"),
                ("α-tocopherol", "alpha tocopherol"),
                ("and/or, And/or", "and or And or"),
                ("a yes/no vote", "a yes or no vote"),
                (
                    "the # 1 song, press * or the # key",
                    "the number one song press star or the pound key",
                ),
                ("Copyright © 2024", "Copyright twenty twenty four"),
                (
                    "an A/B test, a/b tests, h/t to Ada",
                    "an A B test a slash B tests H slash T to Ada",
                ),
                ("the log(s), tan(ned)", "the log S tan ned"),
                ("he/she", "he or she"),
                ("the α and π rays", "the alpha and pi rays"),
                ("Boatex™ sails", "Boatex sails"),
                ("an 18+ club", "an eighteen plus club"),
            ],
        );
    }

    #[test]
    fn emoticons_are_silent() {
        check(
            "en",
            &[
                ("fine :-) and", "fine and"),
                ("fine :D", "fine"),
                ("love <3 you", "love you"),
                ("OK. ;-) <3", "O K"),
                ("two: (a) and", "two A and"),
            ],
        );
    }
}
