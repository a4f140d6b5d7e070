//! Scores sentence segmentation: `cargo run --release --example sentence_score -- FILE`.
//!
//! FILE has one JSON object a line: `text`, and `sentences`, its sentences in order. White space is folded
//! before comparing. Prints what differs and the number of texts that are wholly right.

use std::{env, fs, process::ExitCode};

fn main() -> ExitCode {
    let Some(file) = env::args().nth(1) else {
        eprintln!("usage: sentence_score FILE");
        return ExitCode::from(2);
    };
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let fold = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut right, mut all) = (0, 0);
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let Ok(case) = serde_json::from_str::<serde_json::Value>(line) else {
            eprintln!("not JSON: {line}");
            return ExitCode::from(2);
        };
        let input = case["text"].as_str().unwrap_or_default();
        let wanted: Vec<String> = case["sentences"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|s| fold(s.as_str().unwrap_or_default()))
            .collect();
        let found: Vec<String> = aloud::segment::sentences(input, "en")
            .into_iter()
            .map(|range| fold(&input[range]))
            .collect();
        all += 1;
        if found == wanted {
            right += 1;
        } else {
            println!("text   {input:?}\nwanted {wanted:?}\nfound  {found:?}\n");
        }
    }
    println!("{right} of {all}");
    ExitCode::SUCCESS
}
