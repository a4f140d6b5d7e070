//! The documents say what the program does.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::Case;

fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The first fenced block after `marker`.
fn block_after(text: &str, marker: &str) -> String {
    let (_, rest) = text.split_once(marker).unwrap_or_else(|| panic!("no {marker}"));
    let (_, rest) = rest.split_once("```text\n").expect("a fenced block");
    rest.split_once("```").expect("its end").0.to_owned()
}

#[test]
fn the_help_in_the_readme_is_the_real_one() {
    let help = Case::new().environment("COLUMNS", "100").run(&["--help"]).ok().stdout();
    assert_eq!(block_after(&document("README.md"), "<!-- aloud --help -->"), help);
}

#[test]
fn the_help_of_each_command_in_the_guide_is_the_real_one() {
    let guide = document("docs/guide.md");
    for command in ["build", "read", "voices"] {
        let help =
            Case::new().environment("COLUMNS", "100").run(&[command, "--help"]).ok().stdout();
        let marker = format!("<!-- aloud {command} --help -->");
        assert_eq!(block_after(&guide, &marker), help, "{command}");
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let link = regex::Regex::new(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)").unwrap();
    let mut documents =
        vec!["README.md".to_owned(), "CHANGELOG.md".to_owned(), "tests/README.md".to_owned()];
    documents.push("voices/README.md".to_owned());
    for entry in fs::read_dir(root.join("docs")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            documents.push(format!("docs/{name}"));
        }
    }
    assert!(documents.len() > 7);
    for name in &documents {
        let folder = root.join(name).parent().unwrap().to_owned();
        for found in link.captures_iter(&document(name)) {
            assert!(folder.join(&found[1]).exists(), "{name} links to {}", &found[1]);
        }
    }
}

#[test]
fn every_document_is_linked_from_the_readme() {
    let readme = document("README.md");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let missing: BTreeSet<String> = fs::read_dir(docs)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md") && !readme.contains(&format!("docs/{name}")))
        .collect();
    assert!(missing.is_empty(), "not linked: {missing:?}");
}
