//! Looks at entries together: those that cannot be used are left out, doubtful ones are told.

use std::collections::HashMap;

use super::{
    Finding, Lexicon, Placed, Severity,
    find::{self, folds_case},
    folded, sounds,
};
use crate::model::When;

/// The entries that can be used, tidied, and what is wrong with any.
pub(super) fn entries(entries: Vec<Placed>) -> (Vec<Placed>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut kept: Vec<Placed> = Vec::with_capacity(entries.len());
    let mut seen: HashMap<(String, String), u32> = HashMap::new();
    for mut placed in entries {
        placed.entry.written = folded(&placed.entry.written);
        let mut tell = |severity, code, message: String| {
            findings.push(Finding {
                line: placed.line,
                column: placed.column,
                severity,
                code,
                message: format!("\"{}\": {message}", placed.entry.written),
                entry: Some(placed.entry.written.clone()),
            });
        };
        let written = &placed.entry.written;
        if !written.contains(char::is_alphanumeric) {
            let message = "it has no letter or digit, so it never matches; write the word";
            tell(Severity::Error, "never-matches", message.into());
            continue;
        }
        if find::length(written) > find::LONGEST {
            let message = format!(
                "more than {} words and marks; an entry is a word or a name",
                find::LONGEST
            );
            tell(Severity::Error, "entry", message);
            continue;
        }
        if let Some(say) = &placed.entry.say
            && !say.contains(char::is_alphanumeric)
        {
            tell(Severity::Error, "entry", format!("\"{say}\" has no letter to say"));
            continue;
        }
        if let Some(ipa) = &placed.entry.ipa {
            let unknown = sounds::unknown(ipa);
            if !unknown.is_empty() {
                let list: Vec<String> =
                    unknown.iter().map(|c| format!("'{}'", c.escape_debug())).collect();
                let message = format!("{} in /{ipa}/ is no symbol of IPA", list.join(", "));
                tell(Severity::Error, "ipa-symbol", message);
                continue;
            }
            for fault in ipa.split_whitespace().filter_map(sounds::stress_fault) {
                tell(Severity::Warning, "ipa-stress", fault);
            }
        }
        let key = (find::key(written, folds_case(&placed.entry)), conditions(&placed.entry.when));
        if let Some(line) = seen.get(&key) {
            let message =
                format!("it stands in line {line} already, which counts; this one never matches");
            tell(Severity::Warning, "duplicate", message);
            continue;
        }
        seen.insert(key, placed.line);
        kept.push(placed);
    }
    (kept, findings)
}

fn conditions(when: &When) -> String {
    format!("{:?} {:?}", when.language.as_deref().map(str::to_ascii_lowercase), when.part)
}

/// Entries whose words lead back to themselves through the words of others. An entry whose words contain
/// itself ("NATO" = "the NATO alliance") is none: it is not applied to its own words.
pub(super) fn cycles(lexicon: &Lexicon) -> Vec<Finding> {
    let entries = &lexicon.entries;
    // Which entries hold in the words of each.
    let leads: Vec<Vec<usize>> = entries
        .iter()
        .enumerate()
        .map(|(own, placed)| {
            let Some(say) = &placed.entry.say else { return Vec::new() };
            let language = placed.entry.when.language.as_deref().unwrap_or_default();
            let mut inside = find::inside(lexicon, say, language);
            inside.retain(|index| *index != own);
            inside
        })
        .collect();
    let mut findings = Vec::new();
    let mut state = vec![State::New; entries.len()];
    for start in 0..entries.len() {
        // Depth first, with the way here on the stack.
        let mut way: Vec<(usize, usize)> = Vec::new();
        if state[start] == State::New {
            (state[start], way) = (State::OnTheWay, vec![(start, 0)]);
        }
        while let Some((node, next)) = way.last_mut() {
            let Some(&to) = leads[*node].get(*next) else {
                state[*node] = State::Done;
                way.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                State::New => {
                    state[to] = State::OnTheWay;
                    way.push((to, 0));
                }
                State::OnTheWay => findings.push(cycle(entries, &way, to)),
                State::Done => {}
            }
        }
    }
    findings
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnTheWay,
    Done,
}

/// The finding for a `way` that leads back to entry `to`.
fn cycle(entries: &[Placed], way: &[(usize, usize)], to: usize) -> Finding {
    const SHOWN: usize = 6;
    let from = way.iter().position(|(node, _)| *node == to).unwrap_or_default();
    let name = |node: usize| entries[node].entry.written.as_str();
    let mut names: Vec<&str> =
        way[from..].iter().take(SHOWN).map(|(node, _)| name(*node)).collect();
    if way.len() - from > SHOWN {
        names.push("...");
    }
    names.push(name(to));
    let message = format!(
        "\"{}\": its words lead back to it ({}); give one of them sounds, or other words",
        name(to),
        names.join(" -> ")
    );
    let Placed { line, column, .. } = entries[to];
    Finding {
        line,
        column,
        severity: Severity::Error,
        code: "cycle",
        message,
        entry: Some(name(to).to_owned()),
    }
}
