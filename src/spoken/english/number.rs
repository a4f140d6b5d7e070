//! Digits to number words: cardinals, ordinals, years, digit by digit. Separate because every
//! class of number needs them.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [&str; 7] =
    ["", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"];

/// "1204" or "1,204" as "one thousand two hundred four"; digit by digit when longer than words go.
pub(super) fn cardinal(digits: &str) -> String {
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let leading_zero = plain.len() > 1 && plain.starts_with('0');
    match plain.parse::<u64>() {
        Ok(value) if !leading_zero => integer(value),
        _ => each_digit(&plain),
    }
}

/// A whole number in words.
pub(super) fn integer(value: u64) -> String {
    if value < 20 {
        return ONES[usize::try_from(value).unwrap_or(0)].to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = value;
    while rest > 0 {
        groups.push(usize::try_from(rest % 1000).unwrap_or(0));
        rest /= 1000;
    }
    let mut words: Vec<&str> = Vec::new();
    for (scale, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            continue;
        }
        if group >= 100 {
            words.extend([ONES[group / 100], "hundred"]);
        }
        let small = group % 100;
        if small >= 20 {
            words.push(TENS[small / 10]);
        }
        if small > 0 && (small < 20 || small % 10 > 0) {
            words.push(ONES[if small < 20 { small } else { small % 10 }]);
        }
        if scale > 0 {
            words.push(SCALES[scale]);
        }
    }
    words.join(" ")
}

/// Every digit by its name; other characters are skipped.
pub(super) fn each_digit(digits: &str) -> String {
    let names: Vec<&str> =
        digits.chars().filter_map(|c| c.to_digit(10)).map(|digit| ONES[digit as usize]).collect();
    names.join(" ")
}

/// "3.14" as "three point one four"; "1,000" as a cardinal.
pub(super) fn decimal(number: &str) -> String {
    match number.split_once('.') {
        Some(("", part)) => format!("point {}", each_digit(part)),
        Some((whole, part)) => format!("{} point {}", cardinal(whole), each_digit(part)),
        None => cardinal(number),
    }
}

/// A cardinal's last word made ordinal.
pub(super) fn ordinal(digits: &str) -> String {
    let words = cardinal(digits);
    let (head, last) = words.rsplit_once(' ').map_or(("", words.as_str()), |(a, b)| (a, b));
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        other => match other.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{other}th"),
        },
    };
    if head.is_empty() { last } else { format!("{head} {last}") }
}

/// Whether four digits without a comma are read as a year when nothing says otherwise.
pub(super) fn looks_like_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|n| (1001..2100).contains(&n))
}

/// "1976" as "nineteen seventy six".
pub(super) fn year(digits: &str) -> String {
    let Ok(value) = digits.parse::<u64>() else { return each_digit(digits) };
    let (high, low) = (value / 100, value % 100);
    match digits.len() {
        2 if value < 10 => format!("oh {}", integer(value)),
        3 if low >= 10 => format!("{} {}", integer(high), integer(low)),
        3 if low > 0 => format!("{} oh {}", integer(high), integer(low)),
        4 if high % 10 == 0 && low < 10 => integer(value),
        4 if low == 0 => format!("{} hundred", integer(high)),
        4 if low < 10 => format!("{} oh {}", integer(high), integer(low)),
        4 => format!("{} {}", integer(high), integer(low)),
        _ => integer(value),
    }
}

/// The plural of a number's last word: "eighty" as "eighties", "two thousand" as "two thousands".
pub(super) fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if words.ends_with('x') => format!("{words}es"),
        None => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_words() {
        for (digits, said) in [
            ("0", "zero"),
            ("47", "forty seven"),
            ("60", "sixty"),
            ("1,204", "one thousand two hundred four"),
            ("007", "zero zero seven"),
            ("99999999999999999999999", &["nine"; 23].join(" ")),
        ] {
            assert_eq!(cardinal(digits), said, "{digits}");
        }
        for (digits, said) in [("1", "first"), ("32", "thirty second"), ("90", "ninetieth")] {
            assert_eq!(ordinal(digits), said, "{digits}");
        }
        for (digits, said) in [
            ("1905", "nineteen oh five"),
            ("2007", "two thousand seven"),
            ("1700", "seventeen hundred"),
        ] {
            assert_eq!(year(digits), said, "{digits}");
        }
    }
}
