//! W3C Pronunciation Lexicon Specification (PLS) 1.0.
//!
//! Of several pronunciations of a lexeme the one with `prefer="true"` counts, otherwise the first; of the
//! other kind (alias beside phoneme) the first is kept for engines that do not take phonemes.

use super::{Finding, Page, Placed, folded, toml_file::is_tag};
use crate::{
    model::{Entry, Part, When, ipa_of_x_sampa},
    xml::{Document, Element, Fault, Node},
};

const NAMESPACE: &str = "http://www.w3.org/2005/01/pronunciation-lexicon";

/// The entries of a document, in its order.
pub(super) fn read(page: &Page<'_>) -> (Vec<Placed>, Vec<Finding>) {
    let mut reader = Reader {
        page,
        language: None,
        alphabet: String::new(),
        entries: Vec::new(),
        findings: Vec::new(),
    };
    if let Err(fault) = reader.document() {
        // What came before is not a whole lexicon.
        reader.entries.clear();
        reader.findings.push(page.error(fault.at, "syntax", fault.reason));
    }
    (reader.entries, reader.findings)
}

struct Reader<'a> {
    page: &'a Page<'a>,
    language: Option<String>,
    alphabet: String,
    entries: Vec<Placed>,
    findings: Vec<Finding>,
}

/// A lexeme in the making.
#[derive(Default)]
struct Lexeme {
    at: usize,
    role: Option<String>,
    graphemes: Vec<(usize, String)>,
    pronunciations: Vec<Pronunciation>,
}

struct Pronunciation {
    text: String,
    is_alias: bool,
    preferred: bool,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Fault> {
        let mut document = Document::new(self.page.text);
        let Some((Node::Start(root), range)) = document.next()? else {
            return Err(Fault::new(0, "there is no root element"));
        };
        self.root(&root, range.start)?;
        let mut lexeme: Option<Lexeme> = None;
        while let Some((node, range)) = document.next()? {
            match node {
                Node::Start(element) => match element.name.as_str() {
                    "lexeme" if lexeme.is_none() && document.depth() == 2 => {
                        let role = element.attribute("role").map(str::to_owned);
                        lexeme = Some(Lexeme { at: range.start, role, ..Lexeme::default() });
                    }
                    "grapheme" | "phoneme" | "alias" if lexeme.is_some() => {
                        let text = content(&mut document)?;
                        let lexeme = lexeme.as_mut().expect("just seen");
                        self.part(lexeme, &element, range.start, text)?;
                    }
                    "example" | "meta" | "metadata" => {
                        skip(&mut document)?;
                    }
                    _ if element.namespace.as_deref().is_some_and(|n| n != NAMESPACE) => {
                        skip(&mut document)?;
                    }
                    name => {
                        let reason = format!(
                            "<{name}> has no place here; a lexicon has lexemes of graphemes, phonemes and aliases"
                        );
                        return Err(Fault::new(range.start, reason));
                    }
                },
                Node::End => {
                    if let Some(lexeme) = lexeme.take() {
                        self.lexeme(lexeme);
                    }
                }
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Text(_) => {
                    return Err(Fault::new(
                        range.start,
                        "text outside of an element that has text",
                    ));
                }
            }
        }
        Ok(())
    }

    fn root(&mut self, root: &Element, at: usize) -> Result<(), Fault> {
        if root.name != "lexicon" {
            return Err(Fault::new(
                at,
                format!("<{}> is no lexicon; a PLS file begins with <lexicon>", root.name),
            ));
        }
        if root.namespace.as_deref() != Some(NAMESPACE) {
            let message = format!("the namespace is not that of PLS; add xmlns=\"{NAMESPACE}\"");
            self.findings.push(self.page.warning(at, "namespace", message));
        }
        match root.attribute("version") {
            Some("1.0") => {}
            version => {
                let message = format!("version {} is read as 1.0", version.unwrap_or("unset"));
                self.findings.push(self.page.warning(at, "version", message));
            }
        }
        self.language = root.attribute("xml:lang").map(str::to_owned);
        match self.language.as_deref() {
            Some(tag) if is_tag(tag) => {}
            Some(tag) => {
                return Err(Fault::new(
                    at,
                    format!("xml:lang=\"{tag}\" is no language tag such as \"en\" or \"en-GB\""),
                ));
            }
            None => {
                let message = "xml:lang is missing; the entries hold in every language";
                self.findings.push(self.page.warning(at, "language", message));
            }
        }
        root.attribute("alphabet").unwrap_or_default().clone_into(&mut self.alphabet);
        Ok(())
    }

    fn part(
        &mut self,
        lexeme: &mut Lexeme,
        element: &Element,
        at: usize,
        text: String,
    ) -> Result<(), Fault> {
        if element.name == "grapheme" {
            if text.is_empty() {
                return Err(Fault::new(
                    at,
                    "an empty grapheme; write the word, or take the element out",
                ));
            }
            lexeme.graphemes.push((at, text));
            return Ok(());
        }
        if text.is_empty() {
            return Err(Fault::new(at, format!("an empty {}; write how it is said", element.name)));
        }
        let is_alias = element.name == "alias";
        if !is_alias {
            let alphabet = element.attribute("alphabet").unwrap_or(&self.alphabet);
            if alphabet.eq_ignore_ascii_case("x-sampa") {
                let text = ipa_of_x_sampa(&text).map_err(|c| {
                    Fault::new(at, format!("'{c}' in \"{text}\" is no symbol of X-SAMPA"))
                })?;
                let preferred = element.attribute("prefer") == Some("true");
                lexeme.pronunciations.push(Pronunciation { text, is_alias, preferred });
                return Ok(());
            }
            if alphabet != "ipa" {
                let shown = if alphabet.is_empty() { "no alphabet" } else { alphabet };
                let reason = format!(
                    "phonemes are read in ipa and x-sampa, and this has {shown}; convert it and say alphabet=\"ipa\""
                );
                return Err(Fault::new(at, reason));
            }
        }
        let preferred = element.attribute("prefer") == Some("true");
        lexeme.pronunciations.push(Pronunciation { text, is_alias, preferred });
        Ok(())
    }

    fn lexeme(&mut self, lexeme: Lexeme) {
        let Lexeme { at, role, graphemes, pronunciations } = lexeme;
        if graphemes.is_empty() || pronunciations.is_empty() {
            let missing = if graphemes.is_empty() { "grapheme" } else { "phoneme or alias" };
            self.findings.push(self.page.error(
                at,
                "entry",
                format!("a lexeme without a {missing}"),
            ));
            return;
        }
        let best = pronunciations.iter().find(|p| p.preferred).unwrap_or(&pronunciations[0]);
        let first = |is_alias: bool| {
            let fits = |p: &&Pronunciation| p.is_alias == is_alias;
            pronunciations
                .iter()
                .find(|p| fits(p) && p.preferred)
                .or_else(|| pronunciations.iter().find(fits))
        };
        let say = first(true).map(|p| p.text.clone());
        // Where other words are preferred, sounds would only be in their way.
        let ipa = first(false).filter(|_| !best.is_alias).map(|p| p.text.clone());
        let part = match role.as_deref().map(part_of_role) {
            Some(None) => {
                let message = format!(
                    "the role \"{}\" is not known; the entry holds wherever no other does",
                    role.unwrap_or_default()
                );
                self.findings.push(self.page.warning(at, "role", message));
                None
            }
            known => known.flatten(),
        };
        for (at, written) in graphemes {
            let (line, column) = self.page.place(at);
            let when = When { case: None, language: self.language.clone(), part };
            let entry = Entry { written, say: say.clone(), ipa: ipa.clone(), when };
            self.entries.push(Placed { entry, line, column });
        }
    }
}

/// The text of the element that was just opened, white space folded.
fn content(document: &mut Document<'_>) -> Result<String, Fault> {
    let mut text = String::new();
    loop {
        match document.next()? {
            Some((Node::Text(more), _)) => text.push_str(&more),
            Some((Node::Start(element), range)) => {
                return Err(Fault::new(range.start, format!("<{}> inside of text", element.name)));
            }
            Some((Node::End, _)) | None => return Ok(folded(&text)),
        }
    }
}

/// Steps over the element that was just opened.
fn skip(document: &mut Document<'_>) -> Result<(), Fault> {
    let outside = document.depth() - 1;
    while document.depth() > outside {
        if document.next()?.is_none() {
            break;
        }
    }
    Ok(())
}

/// The part of speech of a role such as `claws:VVI`, `pos:noun` or `NN`.
fn part_of_role(role: &str) -> Option<Part> {
    let name = role.split_whitespace().next()?.rsplit(':').next()?.to_ascii_lowercase();
    let begins = |list: &[&str]| list.iter().any(|start| name.starts_with(start));
    if begins(&["adj", "jj", "aj"]) || name == "j" {
        Some(Part::Adjective)
    } else if begins(&["adv", "rb", "av", "rr"]) || name == "r" {
        Some(Part::Adverb)
    } else if begins(&["n"]) && !begins(&["nul", "num"]) {
        Some(Part::Noun)
    } else if begins(&["v"]) {
        Some(Part::Verb)
    } else {
        None
    }
}
