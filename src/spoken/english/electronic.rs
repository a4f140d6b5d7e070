//! Web and mail addresses, handles, hashtags and file names. Separate because their punctuation is
//! spoken.

use super::cardinal::bare;
use super::number::{cardinal, each_digit};
use super::said::{Place, Reading, Said, pattern};

const LETTERS: [&str; 24] = [
    "http", "https", "www", "html", "htm", "php", "pdf", "jpg", "jpeg", "png", "gif", "mp3", "mp4",
    "csv", "xml", "css", "js", "ftp", "uk", "sm", "fr", "tv", "us", "eu",
];
const TOP: [&str; 37] = [
    "com", "org", "net", "edu", "gov", "mil", "info", "biz", "io", "co", "uk", "fr", "de", "kh",
    "ug", "ke", "africa", "news", "abc", "app", "dev", "int", "ai", "au", "blog", "ca", "ch",
    "example", "jp", "nl", "nz", "online", "se", "site", "tech", "tv", "xyz",
];
const FILES: [&str; 61] = [
    "md", "gz", "tar", "toml", "pls", "yaml", "yml", "mov", "avi", "epub", "ppt", "pptx", "odt",
    "exe", "dmg", "apk", "svg", "webp", "heic", "mkv", "srt", "vtt", "ini", "log", "sh", "pdf",
    "doc", "docx", "xls", "xlsx", "txt", "html", "htm", "jpg", "jpeg", "png", "gif", "mp3", "mp4",
    "wav", "csv", "zip", "json", "py", "rs", "css", "scss", "js", "mjs", "ts", "tsx", "jsx",
    "java", "rb", "sql", "xml", "conf", "cfg", "ipynb", "lock", "php",
];

fn symbol(c: char) -> &'static str {
    match c {
        '.' => "dot",
        '/' => "slash",
        '-' => "dash",
        '_' => "underscore",
        '@' => "at",
        ':' => "colon",
        '&' => "ampersand",
        '?' => "question mark",
        '=' => "equals",
        '#' => "hash",
        '%' => "percent",
        '+' => "plus",
        '~' => "tilde",
        '$' => "dollar",
        '*' => "star",
        '\\' => "backslash",
        _ => "",
    }
}

fn spell(text: &str) -> Said {
    let mut said = Said::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let taken = if c.is_ascii_digit() {
            let len = run(|c| c.is_ascii_digit());
            let digits = &rest[..len];
            let round = len == 4 && digits.ends_with("00");
            said = said.then(&if round { cardinal(digits) } else { each_digit(digits) });
            len
        } else if c.is_alphabetic() {
            let len = run(char::is_alphabetic);
            let word = &rest[..len];
            let lower = word.to_lowercase();
            let country = len == 2
                && text.len() > len
                && (rest.len() == len || text[..text.len() - rest.len()].ends_with('.'));
            let vowel = lower.contains(['a', 'e', 'i', 'o', 'u', 'y']);
            let listed = LETTERS.contains(&lower.as_str()) || len == 1 && lower != "a";
            said = if (listed || country || !vowel) && word.is_ascii() && lower != "co" {
                said.letters(word)
            } else if len > 1 && word.contains(char::is_uppercase) {
                said.join(super::initialism::word(word, false))
            } else {
                said.then(word)
            };
            len
        } else {
            said = said.then(symbol(c));
            if c.is_alphanumeric() {
                said = said.then(&each_digit(any_ascii::any_ascii_char(c)));
            }
            c.len_utf8()
        };
        rest = &rest[taken..];
    }
    said
}

pub(super) fn electronic(place: &Place<'_>) -> Reading {
    if place.inside_word() || place.before.ends_with(['-', '.', '/', '@', '_']) {
        return None;
    }
    let end = place
        .rest
        .find(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '<' | '>' | '"' | '“' | '”' | '’' | '(' | ')' | ',' | ';' | '[' | ']' | '!'
                )
        })
        .unwrap_or(place.rest.len());
    let chunk = place.rest[..end].trim_end_matches(['.', '?', ':', '\'', '*', '…', '—', '_']);
    if chunk.len() < 3 {
        return None;
    }
    if (chunk.contains('/') || chunk.starts_with(['.', '_']))
        && let Some(file) = file(place)
    {
        return Some(file);
    }
    let url = pattern!(r"(?i)(?:https?|ftp|file)://.|www\.[a-z0-9]").is_match(chunk);
    let mail = pattern!(r"[A-Za-z0-9._%+&-]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z]").is_match(chunk);
    let handle = pattern!(
        r"@[A-Za-z][A-Za-z0-9_]{1,40}(?:\.[A-Za-z0-9_]{1,20}){0,3}|[@#][A-Za-z][A-Za-z0-9_]{1,60}"
    )
    .find(chunk)
    .map(|m| m.end());
    let name =
        pattern!(r"(?:[A-Za-z0-9][A-Za-z0-9_-]{0,62}\.){1,5}([A-Za-z][A-Za-z0-9]{1,9})(/[^\s]*)?")
            .captures(chunk);
    let path = pattern!(r"[A-Za-z]:\\[A-Za-z]").is_match(chunk);
    if url || mail || path {
        return Some((chunk.len(), spell(chunk)));
    }
    if let Some(len) = handle {
        let (mark, name) = chunk[..len].split_at(1);
        // "#SaveOurForests" is three words.
        let mut words = String::new();
        let mut lower = false;
        for c in name.chars() {
            if c.is_uppercase() && lower {
                words.push(' ');
            }
            lower = c.is_lowercase();
            words.push(c);
        }
        let tag = !chunk[len..].starts_with('#');
        let mut said = Said::of(match mark {
            "@" => "at",
            _ if tag => "hashtag",
            _ => "hash",
        });
        for word in words.split(' ') {
            // "TheNew10", "Vote2024": a number is one here.
            let number = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
            let (word, digits) = word.split_at(number);
            said = said.join(spell(word));
            said = if digits.len() <= 4
                && digits.bytes().all(|b| b.is_ascii_digit())
                && !digits.is_empty()
            {
                said.then(&bare(digits))
            } else {
                said.join(spell(digits))
            };
        }
        return Some((len, said));
    }
    let found = name?;
    let (top, len) = (found[1].to_lowercase(), found[0].len());
    let host = &found[0][..found.get(1)?.start()];
    let known = TOP.contains(&top.as_str()) || FILES.contains(&top.as_str());
    // "end.Then" is two sentences; "a.m" and "e.g" are abbreviations.
    // "photo.JPG" is a file, "end.Then" is not.
    let capitals = found[1].len() > 2
        && FILES.contains(&top.as_str())
        && found[1].bytes().all(|b| b.is_ascii_uppercase());
    let fits = known
        && (host.len() > 2 || found.get(2).is_some())
        && (capitals
            || place.rest[found.get(1)?.start()..].starts_with(|c: char| c.is_lowercase()));
    if fits && place.ends_at(len) { Some((len, spell(&found[0]))) } else { None }
}

/// "_config.yml", "tests/schema/posts.yml", ".gitignore", ".com": files in their folders, and names that begin with
/// a mark.
fn file(place: &Place<'_>) -> Reading {
    let apart = place.before.is_empty() || place.before.ends_with([' ', '\u{a0}', '"', '“', '(']);
    if let Some(found) = pattern!(r"\.[a-z]{2,20}").find(place.rest)
        && apart
        && place.ends_at(found.len())
        && !pattern!(r"[/@]|\.[A-Za-z0-9]").is_match(&place.rest[found.len()..])
    {
        return Some((found.len(), spell(found.as_str())));
    }
    let found = pattern!(
        r"~?/?(?:\.?[A-Za-z0-9_-]+/)+[A-Za-z0-9_.-]+\.([a-z0-9]+)|_[A-Za-z0-9_-]+\.([a-z0-9]+)"
    )
    .captures(place.rest)?;
    let kind = found.get(1).or(found.get(2))?.as_str();
    let known = FILES.contains(&kind) && place.ends_at(found[0].len());
    known.then(|| (found[0].len(), spell(&found[0])))
}

/// "C++", "C#", ".NET": names of programming languages that end or begin with a mark.
pub(super) fn language(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(r"([CFJ])(\+\+|#)|\.NET\b").captures(place.rest)?;
    let said = match (found.get(1), found.get(2).map(|m| m.as_str())) {
        (Some(name), Some("#")) => Said::default().letters(name.as_str()).then("sharp"),
        (Some(name), _) => Said::default().letters(name.as_str()).then("plus plus"),
        _ => Said::of("dot net"),
    };
    place.ends_at(found[0].len()).then(|| (found[0].len(), said))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn addresses() {
        check(
            "en",
            &[
                ("see example.org/about", "see example dot org slash about"),
                (
                    "https://example.com/a-b?x=1",
                    "H T T P S colon slash slash example dot com slash a dash B question mark X equals one",
                ),
                ("desk@harbour.example.org", "desk at harbour dot example dot org"),
                ("AA.kh", "A A dot K H"),
                ("www.example.co.uk", "W W W dot example dot co dot U K"),
                ("end.Then it", "end Then it"),
            ],
        );
    }

    #[test]
    fn handles_tags_and_files() {
        check(
            "en",
            &[
                ("@who said", "at who said"),
                ("#MeToo", "hashtag Me Too"),
                ("#SaveOurForests now", "hashtag Save Our Forests now"),
                ("#TheNew10 #Vote2024", "hashtag The New ten hashtag Vote twenty twenty four"),
                ("report.pdf", "report dot P D F"),
                ("README.md, archive.tar.gz", "Readme dot M D archive dot tar dot G Z"),
                ("t.co/a1 by @jane.d", "T dot co slash a one by at jane dot D"),
                ("in C++ and C#", "in C plus plus and C sharp"),
                ("your _config.yml", "your underscore config dot yml"),
                ("open tests/a/posts.yml.", "open tests slash a slash posts dot yml"),
                ("~/src/main.rs, a .docx.", "tilde slash S R C slash main dot R S a dot docx"),
                ("style.css and Node.js", "style dot C S S and Node dot J S"),
                ("a .gov site, .gitignore", "a dot gov site dot gitignore"),
                ("and/or 3.5", "and or three point five"),
                ("a .NET library", "a dot net library"),
            ],
        );
    }
}
