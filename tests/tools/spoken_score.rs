//! Scores the spoken form on written -> spoken cases, per class: `spoken_score FILE [--misses]`.
//! Both sides are lower-cased, punctuation but the apostrophe becomes a space, `and` is dropped,
//! and the letters of one initialism are joined, as the cases write them ("PM").

use std::collections::BTreeMap;

use aloud::model::Word;

fn fold(text: &str) -> String {
    let spaced: String = text
        .to_lowercase()
        .replace('’', "'")
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' })
        .collect();
    spaced.split_whitespace().filter(|word| *word != "and").collect::<Vec<_>>().join(" ")
}

fn join(words: &[Word]) -> String {
    let mut out = String::new();
    let mut last: Option<&Word> = None;
    for word in words {
        let same = last.is_some_and(|l| l.letter && word.letter && l.written == word.written);
        if !same {
            out.push(' ');
        }
        out.push_str(&word.text);
        last = Some(word);
    }
    out
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("usage: spoken_score FILE [--misses]")?;
    let misses = arguments.iter().any(|argument| argument == "--misses");
    let mut scores: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let case: serde_json::Value = serde_json::from_str(line)?;
        let class = case["class"].as_str().unwrap_or("none").to_owned();
        let written = case["written"].as_str().unwrap_or_default();
        let accepted: Vec<String> = case["spoken"]
            .as_array()
            .map(|all| all.iter().filter_map(|one| one.as_str()).map(fold).collect())
            .unwrap_or_default();
        let said = fold(&join(&aloud::spoken::words(written, "en")));
        let score = scores.entry(class.clone()).or_default();
        score.1 += 1;
        if accepted.contains(&said) {
            score.0 += 1;
        } else if misses {
            println!("{class}: {written:?}\n  said {said:?}\n  want {:?}", accepted.join(" | "));
        }
    }
    let (mut right, mut total) = (0, 0);
    for (class, (r, t)) in &scores {
        println!("{class:26} {r:4} / {t}");
        right += r;
        total += t;
    }
    println!("{:26} {right:4} / {total}", "overall");
    Ok(())
}
