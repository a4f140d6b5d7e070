//! Stages import the model and not one another; nothing imports the command line.

use std::{collections::BTreeMap, fs, path::Path};

use regex::Regex;
use walkdir::WalkDir;

/// What each module may import of the crate, beside itself, `model`, `xml`, `decode` and `resample`. `None`: anything.
fn allowed() -> BTreeMap<&'static str, Option<Vec<&'static str>>> {
    let stages = ["read", "clean", "segment", "spoken", "voice", "engine", "finish", "publish"];
    let mut allowed: BTreeMap<_, _> = stages.iter().map(|s| (*s, Some(vec![]))).collect();
    allowed.insert("model", Some(vec![]));
    allowed.insert("xml", Some(vec![]));
    allowed.insert("decode", Some(vec![]));
    allowed.insert("config", Some(vec!["clean", "segment", "spoken", "finish", "publish"]));
    allowed.insert("batch", Some([&stages[..], &["config"]].concat()));
    allowed.insert("cli", None);
    allowed
}

/// Modules of the crate that `text`, a file of module `own`, names.
fn imports(text: &str, own: &str, depth: usize) -> Vec<String> {
    let code = Regex::new(r"(?m)//.*$").unwrap().replace_all(text, "");
    let mut found: Vec<String> = Vec::new();
    let direct = Regex::new(r"\bcrate::(\w+)").unwrap();
    found.extend(direct.captures_iter(&code).map(|c| c[1].to_owned()));
    // `use crate::{model::X, read::Y}`: the first word of each branch at the top of the braces.
    let grouped = Regex::new(r"\bcrate::\{").unwrap();
    for start in grouped.find_iter(&code).map(|m| m.end()) {
        let (mut level, mut branch) = (1, String::new());
        for c in code[start..].chars() {
            match c {
                '{' => level += 1,
                '}' => level -= 1,
                _ => {}
            }
            if level == 0 || (level == 1 && c == ',') {
                let name: String = branch
                    .trim()
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                found.push(name);
                branch.clear();
                if level == 0 {
                    break;
                }
            } else {
                branch.push(c);
            }
        }
    }
    // `super::super::x` may climb out of the stage as well.
    let climb = Regex::new(r"\b((?:super::)+)(\w+)").unwrap();
    for c in climb.captures_iter(&code) {
        let climbs = c[1].matches("super::").count();
        if climbs > depth {
            found.push(c[2].to_owned());
        }
    }
    found.retain(|name| !name.is_empty() && name != own);
    found
}

#[test]
fn stages_do_not_import_one_another() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed = allowed();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in WalkDir::new(&source).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let relative = path.strip_prefix(&source).unwrap();
        let parts: Vec<_> = relative.iter().map(|p| p.to_string_lossy()).collect();
        // Files at the root are the crate itself and its support for tests.
        if path.extension().is_none_or(|e| e != "rs") || parts.len() < 2 {
            continue;
        }
        seen += 1;
        let own = &*parts[0];
        let rule = allowed.get(own).unwrap_or_else(|| panic!("{own} has no rule in this test"));
        // `super` in `x/mod.rs` or `x.rs` beside it leaves one level earlier than in `x/y.rs`; inline
        // modules (tests) add levels, so this only sees climbs that leave for certain.
        let depth = parts.len() + 1;
        for import in imports(&fs::read_to_string(path).unwrap(), own, depth) {
            let fine = import == "model"
                || import == "xml"
                || import == "decode"
                || import == "resample"
                || import == "testing"
                || rule.as_ref().is_none_or(|r| r.contains(&&*import));
            if !fine || (import == "cli" && own != "cli") {
                wrong.push(format!("{} imports {import}", relative.display()));
            }
        }
    }
    assert!(seen > 30, "only {seen} files were looked at");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_test_above_sees_imports() {
    let text = "use crate::{model::{A, B}, read::C,\n    voice};\nfn f() { crate::cli::main() } // crate::batch";
    assert_eq!(imports(text, "clean", 2), ["cli", "model", "read", "voice"]);
    assert_eq!(imports("use super::super::super::spoken::x;", "clean", 2), ["spoken"]);
    assert_eq!(imports("use super::sibling;", "clean", 2), Vec::<String>::new());
}
