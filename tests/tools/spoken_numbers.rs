//! Checks that numbers survive: `cargo run --example spoken_numbers -- [--list] FILE...`.
//!
//! Takes the sentences of articles that have a digit. No digit and no symbol may be left in what is
//! said, and each written number must be aligned to number words of the same value. `--list` prints
//! every sentence with what is said, to be read by a person.

use std::{env, process::ExitCode};

use aloud::{
    batch::{self, Options},
    model::{Segment, Source},
    read,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let list = arguments.iter().any(|argument| argument == "--list");
    let (mut sentences, mut numbers, mut wrong) = (0, 0, 0);
    for file in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let source = Source::file(file, file, true);
        let text = match read::load(&source) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        };
        let Ok(script) = batch::script(&source, text, &Options::default()) else { continue };
        for segment in
            script.segments.iter().filter(|s| s.text.contains(|c: char| c.is_ascii_digit()))
        {
            sentences += 1;
            let (seen, faults) = check(segment);
            numbers += seen;
            wrong += usize::from(!faults.is_empty());
            if list || !faults.is_empty() {
                println!("{}\n  {}", segment.text, segment.spoken_text());
            }
            for fault in faults {
                println!("  WRONG {fault}");
            }
        }
    }
    println!("{sentences} sentences, {numbers} numbers, {wrong} sentences wrong");
    ExitCode::from(u8::from(wrong > 0))
}

/// How many numbers a sentence has, and what is wrong with what is said for them.
fn check(segment: &Segment) -> (usize, Vec<String>) {
    let mut faults = Vec::new();
    for word in &segment.spoken {
        if !word.text.chars().all(|c| c.is_alphabetic() || "'-".contains(c)) {
            faults.push(format!("\"{}\" is no word", word.text));
        }
    }
    let numbers = written(&segment.text);
    for (start, number) in &numbers {
        let end = start + number.len();
        let said: Vec<&str> = segment
            .spoken
            .iter()
            .filter(|word| word.written.start < end && word.written.end > *start)
            .map(|word| word.text.as_str())
            .collect();
        // "$1.3 billion" is said as 1.3 with its magnitude behind.
        let without: Vec<&str> = said
            .iter()
            .copied()
            .filter(|word| !matches!(*word, "thousand" | "million" | "billion" | "trillion"))
            .collect();
        if !holds(number, &said) && !holds(number, &without) {
            faults.push(format!("{number} is said \"{}\"", said.join(" ")));
        }
    }
    (numbers.len(), faults)
}

/// The numbers of a text: digits with commas between thousands, where each starts.
fn written(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit() || *c == ',') {
        let digit = text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        match found.last_mut() {
            Some((start, number)) if *start + number.len() == at && (c != ',' || digit) => {
                number.push(c);
            }
            _ if c != ',' => found.push((at, c.to_string())),
            _ => {}
        }
    }
    found
}

/// Whether `number` is among the numbers that `said` speaks: as a count, a year, or digit by digit.
fn holds(number: &str, said: &[&str]) -> bool {
    let digits = number.replace(',', "");
    let digits = digits.trim_start_matches('0');
    let spoken = values(said);
    // Zeros of a full hour or of round money are silent.
    if digits.is_empty() {
        return !spoken.is_empty() || said.contains(&"midnight");
    }
    let trimmed = |text: &str| text.trim_end_matches('0').to_owned();
    (0..spoken.len()).any(|from| {
        let mut run = String::new();
        spoken[from..].iter().any(|value| {
            run.push_str(value);
            let run = run.trim_start_matches('0');
            // "20.5" as money is "fifty" cents.
            run == digits || (trimmed(run) == trimmed(digits) && run.len() + digits.len() < 4)
        })
    })
}

/// The numbers in a row of words, as digits: "nineteen eighty seven" is 19 and 87.
fn values(said: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut current: Option<(u64, u64)> = None;
    let close = |current: &mut Option<(u64, u64)>, out: &mut Vec<String>| {
        if let Some((total, part)) = current.take() {
            out.push((total + part).to_string());
        }
    };
    for word in said.iter().flat_map(|word| word.split('-')) {
        let lower = word.to_lowercase();
        if let Some(month) = MONTHS.iter().position(|month| *month == lower) {
            close(&mut current, &mut out);
            out.push((month + 1).to_string());
            continue;
        }
        match (value(&lower), &mut current) {
            (Some(100), Some((_, part))) if *part > 0 && *part < 100 => *part *= 100,
            (Some(scale @ 1_000..), Some((total, part))) => {
                *total += (*part).max(1) * scale;
                *part = 0;
            }
            (Some(n), Some((_, part))) if n < 100 && fits(*part, n) => *part += n,
            (Some(n), Some((total, part))) if n < 100 && *part == 0 && *total > 0 && n > 0 => {
                *part = n;
            }
            (Some(n), _) => {
                close(&mut current, &mut out);
                current = Some((0, n));
            }
            (None, _) => close(&mut current, &mut out),
        }
    }
    close(&mut current, &mut out);
    out
}

/// Whether `n` continues a number that ends in `part`: "twenty" and "one", "hundred" and "eleven".
fn fits(part: u64, n: u64) -> bool {
    n > 0
        && (part >= 20 && part.is_multiple_of(10) && !part.is_multiple_of(100) && n < 10
            || part >= 100 && part.is_multiple_of(100))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The value of one number word: cardinal, ordinal, or plural of either.
fn value(word: &str) -> Option<u64> {
    const WORDS: [&str; 28] = [
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
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    ];
    let word = word.strip_suffix("'s").unwrap_or(word);
    let stem = match word {
        "oh" => "zero",
        "half" | "halves" | "second" | "seconds" | "squared" => "two",
        "quarter" | "quarters" => "four",
        "first" => "one",
        "third" | "thirds" | "cubed" => "three",
        "fifth" | "fifths" => "five",
        "eighth" | "eighths" => "eight",
        "ninth" | "ninths" => "nine",
        "twelfth" | "twelfths" => "twelve",
        "sixes" => "six",
        other => other,
    };
    let tens =
        stem.strip_suffix("ieths").or(stem.strip_suffix("ieth")).or(stem.strip_suffix("ies"));
    let stem = match tens {
        Some(stem) => format!("{stem}y"),
        None => ["ths", "th", "s"]
            .iter()
            .find_map(|end| stem.strip_suffix(end))
            .unwrap_or(stem)
            .to_owned(),
    };
    let stem = if WORDS.contains(&word) { word } else { stem.as_str() };
    if let Some(at) = WORDS.iter().position(|known| *known == stem) {
        return u64::try_from(if at < 20 { at } else { (at - 18) * 10 }).ok();
    }
    Some(match stem {
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => return None,
    })
}
