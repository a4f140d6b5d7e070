//! Those who made an article: notes on its authors, and lines that say who else worked on it.

use std::sync::LazyLock;

use regex::Regex;

use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind};

/// `author-bio`.
pub(super) struct AuthorBio;

impl CleanRule for AuthorBio {
    fn name(&self) -> &'static str {
        "author-bio"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let names = [
            "author-bio",
            "about-author",
            "author-box",
            "author-info",
            "bio",
            "author-description",
            "post-author-bio",
            "entry-author",
            "abh_box",
            "saboxplugin-wrap",
        ];
        let named = place.inside(&names) || place.in_box(&["bio", "authorbox", "authorinfo"]);
        let section =
            place.near_end(10) && !is_correction(place.text()) && in_author_section(place);
        Verdict::remove_if(named || section || is_about_author(place) || is_empty_role(place))
    }
}

/// Whether a text is what the article says of itself, which stays wherever it stands.
fn is_correction(text: &str) -> bool {
    const WORDS: [&str; 5] =
        ["correction", "clarification", "update", "editor's note", "editors' note"];
    let start: String = text.chars().take(16).flat_map(char::to_lowercase).collect();
    let start = start.replace('\u{2019}', "'");
    WORDS.iter().any(|word| start.starts_with(word))
}

/// How a note on an author begins, behind the name.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?P<name>[^\ ,]+(?:\ [^\ ,]+){1,4}?),?
          \ (?:(?:is|was)\ (?:an?|the)|covers|writes|reports|works|lives|edits|joined|speciali[sz]es|can\ be\ reached|has\ (?:been|written|covered|worked|reported))(?:\ |$)",
    )
    .expect("a constant expression")
});

/// How a note on somebody begins who works for the press.
static PRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?P<name>\p{Lu}[^\ ,]*(?:\ \p{Lu}[^\ ,]*)+),?\ is\ (?:an?|the)\ (?:[^\s.!?;:]+\ ){0,5}?
          (?:reporter|writer|editor|journalist|columnist|correspondent|contributor|producer|critic|blogger|freelancer)\b",
    )
    .expect("a constant expression")
});

/// Whether a paragraph near the end, or right below the title, is about one of the authors: "Ada Brook covers the coast
/// for the Courier."
fn is_about_author(place: &Place<'_>) -> bool {
    const LONGEST: usize = 90;
    /// Behind the note there may be notices: who to write to, what the law wants.
    const NOTICES: usize = 3;
    /// Paragraphs of the article before a note on somebody whom it does not name.
    const TEXT: usize = 2;
    let end = place.near_end(NOTICES);
    if place.block().kind != BlockKind::Paragraph
        || place.words() > LONGEST
        || !end && !place.near_start(NOTICES)
    {
        return false;
    }
    let press = || {
        // Spares most texts the expression.
        let may = place.text().contains(" is a") || place.text().contains(" is the ");
        if may { PRESS.captures(place.text()) } else { None }
    };
    // At the head it has to be about their work: an article may begin with its author.
    let known = if end { ABOUT.captures(place.text()) } else { press() };
    if known.is_some_and(|found| place.is_author(&found["name"])) {
        return true;
    }
    // Somebody whom the article has not named before, and who is of the press. Whom it quotes is part of it.
    let quoted = place.text().contains(['"', '\u{201c}', '\u{201d}'])
        || [" said", " says", " told"].iter().any(|word| place.text().contains(word));
    let behind = place.before().iter().filter(|b| b.kind == BlockKind::Paragraph).count() >= TEXT;
    end && behind
        && !quoted
        && press().is_some_and(|found| !place.is_named_elsewhere(&found["name"]))
}

/// What stands before the name over a note on an author.
static WRITTEN_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:about|author:?|(?:article |story )?(?:written |posted )?by:?)\s+")
        .expect("a constant expression")
});

/// What stands over the names of those who made an article.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:article )?(?:written|(?:medically )?reviewed|edited|fact[- ]checked)(?: and (?:reviewed|edited|fact[- ]checked))? by$")
        .expect("a constant expression")
});

/// What stands over a note on the author without a name.
static ABOUT_AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?:about|meet) (?:the|our) (?:authors?|writers?|reporters?|columnists?)|who (?:wrote|edited|curated|made) this (?:article|story|guide|post)\??)$",
    )
    .expect("a constant expression")
});

/// The text of a line that may stand over a note on the author.
fn head(block: &Block) -> Option<&str> {
    let text = block.text.as_str().trim().trim_end_matches(':');
    let line = !matches!(block.kind, BlockKind::Title | BlockKind::Byline) && text.len() < 60;
    line.then_some(text)
}

/// A line without "Written by".
fn unsigned(text: &str) -> &str {
    &text[WRITTEN_BY.find(text).map_or(0, |m| m.end())..]
}

/// Words of notes on those who write: a line with a name also stands over what an article says of a person.
static OF_WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:writ(?:es?|ers?|ing|ten)|wrote|authors?|authored|edit(?:s|ors?|ed)|journalis(?:m|ts?)|report(?:s|ers?|ed|ing)|covers|contribut(?:es?|ors?|ed)|columns?|columnists?|blogs?|bloggers?|freelancer?|correspondent|critic|newsletter|podcasts?)\b",
    )
    .expect("a constant expression")
});

/// Whether a line is a name over a text that begins with it: "Ada Brook" over "Ada Brook has sailed since 1990".
fn is_over_note(block: &Block, next: Option<&Block>) -> bool {
    let Some(name) = head(block).map(unsigned).filter(|name| is_name(name)) else { return false };
    let next = next.map(|b| b.text.as_str()).unwrap_or_default();
    let rest = next.strip_prefix(name).and_then(|rest| rest.strip_prefix(' '));
    rest.is_some_and(|r| r.starts_with(char::is_lowercase) && r.split(' ').count() >= 6)
}

/// Whether a line is a name, with titles behind it perhaps: "Ada Brook, MD".
fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let capital = |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "de" | "van" | "von");
    (2..=6).contains(&text.split_whitespace().count())
        && words.all(capital)
        && !text.ends_with(['.', '!', '?'])
}

/// Whether the block is the heading over a note on the author, "About the author", "Written by" or the author's name
/// alone, or stands under it, in a section short enough for one.
fn in_author_section(place: &Place<'_>) -> bool {
    const LONGEST: usize = 160;
    /// With the names of several above it.
    const LONGEST_OF_SEVERAL: usize = 300;
    let named = |block: &Block, next: Option<&Block>| {
        let Some(text) = head(block) else { return false };
        let name = unsigned(text);
        let role = ROLE.is_match(text) || ABOUT_AUTHOR.is_match(text);
        role || place.is_author(name)
            || is_over_note(block, next)
                && next.is_some_and(|next| OF_WORK.is_match(next.text.as_str()))
    };
    let words = |block: &Block| block.text.as_str().split_whitespace().count();
    let (before, own) = (place.before(), place.block());
    let at = before.len();
    let all: Vec<&Block> = before.iter().chain([own]).chain(place.after()).collect();
    let nearest = at.saturating_sub(10);
    let heads = |i: &usize| named(all[*i], all.get(i + 1).copied());
    let Some(found) = (nearest..=at).rev().find(heads) else { return false };
    // An article on several people has such a part for each of them.
    let several = || all.windows(2).filter(|pair| is_over_note(pair[0], Some(pair[1]))).count() > 1;
    let known = head(all[found])
        .is_some_and(|text| unsigned(text) != text || ROLE.is_match(text) || place.is_author(text));
    if !known && several() {
        return false;
    }
    // "Written by" and a name, "Reviewed by" and a name, then the notes: the first of them is the head.
    let is_role = |i: usize| head(all[i]).is_some_and(|text| ROLE.is_match(text));
    let is_line = |i: usize| head(all[i]).is_some_and(|text| ROLE.is_match(text) || is_name(text));
    let mut first = found;
    while first > nearest && is_role(found) && is_line(first - 1) {
        first -= 1;
    }
    let between = all.get(found + 1..at).unwrap_or_default();
    let other = |b: &&Block| {
        let name = head(b).is_some_and(is_name);
        matches!(b.kind, BlockKind::Heading(_)) && !name
    };
    // A name above a short post is its byline: a note has the article before it.
    let is_running = |b: &&&Block| {
        matches!(b.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem { .. })
    };
    let running = all[..first].iter().filter(is_running).map(|b| words(b)).sum::<usize>();
    let note: usize = all[found + 1..].iter().map(|b| words(b)).sum();
    let longest = if is_role(found) { LONGEST_OF_SEVERAL } else { LONGEST };
    note <= longest.min(3 * running) && !between.iter().any(other)
}

/// Whether a line near the head says "Edited by", and nobody's name follows: names that are links or pictures get lost.
fn is_empty_role(place: &Place<'_>) -> bool {
    let lone = |block: &Block| head(block).is_some_and(|text| ROLE.is_match(text));
    let next = place.after().iter().find(|b| b.kind != BlockKind::Image);
    let named = next.is_some_and(|b| b.text.len() < 60 && !lone(b));
    place.near_start(8) && lone(place.block()) && !named
}

/// Lines that say who reported, edited or translated.
static CONTRIBUTORS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[(\[]?(?:
            (?:(?:additional|further|original|with(?:\ additional|\ further)?)\ )?(?:reporting|editing|fact-?checking|translation)(?:\ (?:and|&)\ \w+)?\ (?:by|from)\ (?-i:\p{Lu}[^\s,;]*|the\b)
              # Names and what they did, but no sentence: Reporting by the Courier made the ferry famous
              (?: [\s,.;:&/()\u{2013}\u{2014}-]+ | \] | (?-i:\p{Lu})[^\s,;]* | (?:in|at|and|by|for|from|of|with|the|de|van|von|additional|further|reporting|writing|editing|translation|photographs?|photography|photos|video|graphics|research|fact-?checking|production|staff|newsroom|bureaus?|desk)\b )*
          | this\ (?:article|story|post|report|piece|episode|interview|guide)\ was\ (?:originally\ )?(?:written|edited|reported|produced|translated|fact-?checked|compiled)(?:\ (?:and|&)\ \w+)?\ by\ (?-i:\p{Lu}|the\ |our\ ) .*
          | (?:edited|translated|produced|illustrated|fact-?checked|reported)(?:\ (?:and|&)\ \w+)?\ by:?\ (?-i:\p{Lu}[^\s:;!?0-9(]*(?:\ (?:and|&|de|van|von))*(?:\ \p{Lu}[^\s:;!?0-9(]*(?:\ (?:and|&|de|van|von))*)+)
          | [^.!?]+\bcontributed\ (?:to\ (?:this|the)\ (?:report|article|story|post|piece)|(?:additional\ |to\ the\ |to\ this\ )?reporting)\b (?:\s*[.,;:)\]] | \ (?:from|in|by|and|with)\b | $) .*
        )$",
    )
    .expect("a constant expression")
});

/// `contributors`.
pub(super) struct Contributors;

impl CleanRule for Contributors {
    fn name(&self) -> &'static str {
        "contributors"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let plain = matches!(
            place.block().kind,
            BlockKind::Paragraph | BlockKind::Note | BlockKind::ListItem { .. }
        );
        let line = plain && place.near_end(5) && place.words() <= 45;
        // Spares most texts the expression.
        let has = |words: &[&str]| words.iter().any(|w| place.text().contains(w));
        let may = || {
            has(&[" by", " from ", "contributed"])
                && has(&[
                    "eport",
                    "diting",
                    "dited",
                    "ranslat",
                    "heck",
                    "roduced",
                    "llustrated",
                    "contributed",
                    "written",
                    "compiled",
                ])
        };
        Verdict::remove_if(line && may() && CONTRIBUTORS.is_match(place.text().trim()))
    }
}
