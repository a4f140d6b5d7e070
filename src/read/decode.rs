//! The bytes of a source -> text, whatever their encoding, or an error that says what they are.
//!
//! Separate from the readers because all of them work on one decoded text: every span of an article
//! is a byte range of what this module gives.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sha2::{Digest, Sha256};

use super::{ReadError, container, detect};
use crate::model::{Source, SourceText, Warning};

/// No article has this many bytes; something else was named by mistake.
const LIMIT_MIB: u64 = 256;

/// How much of the start is looked at for declarations and for signs of a binary file.
const HEAD: usize = 8192;

/// First bytes by which common files that are not text are known.
const SIGNATURES: [(&[u8], &str); 27] = [
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, EPUB and ODT files are ZIP archives)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"wOF", "a web font"),
];

/// Reads a source and decodes it; finds out its format by name and content.
///
/// # Errors
/// Files that cannot be read, are empty, too large, or not text; items that are no longer there.
pub fn load(source: &Source) -> Result<SourceText, ReadError> {
    if let Some(item) = &source.item {
        return container::load(source, item);
    }
    let bytes = match (&source.held, &source.path) {
        (Some(bytes), _) => bytes.to_vec(),
        (None, None) => standard_input()?,
        (None, Some(path)) => bounded(open(path, &source.name)?, &source.name, LIMIT_MIB)?,
    };
    if let Some(text) = container::document(&source.name, &bytes)? {
        return Ok(text);
    }
    decode(&source.name, &bytes)
}

/// All of standard input.
///
/// # Errors
/// When it cannot be read, or is larger than any article.
pub(crate) fn standard_input() -> Result<Vec<u8>, ReadError> {
    bounded(io::stdin().lock(), "-", LIMIT_MIB)
}

/// Opens the file of the source called `name`.
///
/// # Errors
/// When it cannot be opened, or is no file.
pub(crate) fn open(path: &Path, name: &str) -> Result<File, ReadError> {
    let open = || -> io::Result<(File, std::fs::Metadata)> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        Ok((file, metadata))
    };
    let (file, metadata) = open().map_err(|e| io_error(name, &e))?;
    if metadata.is_dir() {
        return Err(ReadError::NotAFile(name.to_owned()));
    }
    Ok(file)
}

/// Decodes the bytes of the source called `name`, which also helps to tell its format.
///
/// # Errors
/// No bytes, or bytes that are not text.
pub(crate) fn decode(name: &str, bytes: &[u8]) -> Result<SourceText, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty(name.to_owned()));
    }
    let (text, warning) = text_of(bytes)
        .map_err(|looks_like| ReadError::Binary { name: name.to_owned(), looks_like })?;
    let format = detect::format(name, &text);
    let mut source = SourceText::new(text, format, sha256(bytes));
    source.warnings.extend(warning);
    Ok(source)
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        hex
    })
}

/// Reads all of `from`, which belongs to the source called `name`.
///
/// # Errors
/// When it cannot be read, or has more than `limit_mib` MiB.
pub(crate) fn bounded(from: impl Read, name: &str, limit_mib: u64) -> Result<Vec<u8>, ReadError> {
    let limit = limit_mib * 1024 * 1024;
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|e| io_error(name, &e))?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { name: name.to_owned(), limit_mib });
    }
    Ok(bytes)
}

/// What an error of the system means for the source called `name`.
pub(crate) fn io_error(name: &str, error: &io::Error) -> ReadError {
    let name = name.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Vanished(name),
        io::ErrorKind::IsADirectory => ReadError::NotAFile(name),
        _ => ReadError::Unreadable { name, reason: error.to_string().to_lowercase() },
    }
}

/// The text, with a warning where the encoding was not beyond doubt; or what the bytes look like.
fn text_of(bytes: &[u8]) -> Result<(String, Option<Warning>), &'static str> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err("UTF-32 text, which is to be converted to UTF-8 first");
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding != UTF_8 {
            return Ok(decoded_as(encoding, &bytes[mark..], true));
        }
        return Ok(utf8_or_mixed(&bytes[mark..]));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(decoded_as(encoding, bytes, false));
    }
    if let Some(looks_like) = binary(bytes) {
        return Err(looks_like);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(utf8_or_mixed(bytes));
    }
    Ok(unsure(bytes, declared(bytes)))
}

/// The text of a part of a file that declares an encoding. Valid UTF-8 is read as such whatever the
/// file says of itself.
pub(crate) fn part(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Option<Warning>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let wrong = declared.filter(|e| *e != UTF_8 && !text.is_ascii());
            let warning = wrong.map(|e| {
                let name = e.name();
                let message = format!("{name} is declared, but this is UTF-8 and read as such");
                Warning::new("wrong-encoding", message)
            });
            (text.to_owned(), warning)
        }
        Err(_) => unsure(bytes, declared),
    }
}

/// The text of bytes that are not valid UTF-8, by what is declared, or by what they look like.
fn unsure(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Option<Warning>) {
    match declared {
        // Declared as UTF-8 and not valid: a file that was glued together from several.
        Some(encoding) if encoding == UTF_8 => utf8_or_mixed(bytes),
        Some(encoding) => decoded_as(encoding, bytes, true),
        None if mostly_utf8(bytes) => utf8_or_mixed(bytes),
        None => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            decoded_as(detector.guess(None, Utf8Detection::Deny), bytes, false)
        }
    }
}

fn binary(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    // A text may begin with "BM" or "MZ": short signatures need other signs of a binary file.
    for (signature, looks_like) in SIGNATURES {
        let sure = signature.len() > 3 || signature.iter().any(|b| !b.is_ascii()) || controls > 0;
        if bytes.starts_with(signature) && sure {
            return Some(looks_like);
        }
    }
    if head.starts_with(b"RIFF") && head.get(8..12).is_some_and(|k| k == b"WEBP" || k == b"WAVE") {
        return Some(if &head[8..12] == b"WEBP" { "a WebP image" } else { "a WAV recording" });
    }
    if head.get(4..8).is_some_and(|k| k == b"ftyp") {
        return Some("a video or an image in an MP4 container");
    }
    (head.contains(&0) || controls * 10 > head.len()).then_some("a binary file")
}

/// UTF-16 that forgot its mark: every other byte of Latin text is zero.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 > half * 7 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that an HTML or XML file says it has.
pub(crate) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes[..bytes.len().min(HEAD)]
        .iter()
        .map(|b| char::from(*b).to_ascii_lowercase())
        .collect();
    let value = |from: usize| {
        let rest = head[from..].trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.+".contains(c)));
        Encoding::for_label(&rest.as_bytes()[..end.unwrap_or(rest.len())])
    };
    if head.trim_start().starts_with("<?xml") {
        let end = head.find("?>").unwrap_or(head.len());
        if let Some(at) = head[..end].find("encoding") {
            return value(at + "encoding".len());
        }
    }
    let mut from = 0;
    while let Some(at) = head[from..].find("<meta") {
        let start = from + at;
        let end = head[start..].find('>').map_or(head.len(), |e| start + e);
        if let Some(at) = head[start..end].find("charset") {
            return value(start + at + "charset".len());
        }
        from = end;
    }
    None
}

/// Whether most of what is not ASCII is valid UTF-8: then the rest is damage, not the encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    valid > invalid
}

/// UTF-8; stray bytes are read as windows-1252, which is what they are in files glued together.
fn utf8_or_mixed(bytes: &[u8]) -> (String, Option<Warning>) {
    let mut text = String::with_capacity(bytes.len());
    let mut stray = 0_usize;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            stray += chunk.invalid().len();
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let warning = (stray > 0).then(|| {
        let bytes = if stray == 1 { "byte is" } else { "bytes are" };
        Warning::new(
            "mixed-encoding",
            format!(
                "{stray} {bytes} not UTF-8 and read as windows-1252; save the file as UTF-8 to be sure"
            ),
        )
    });
    (text, warning)
}

fn decoded_as(encoding: &'static Encoding, bytes: &[u8], sure: bool) -> (String, Option<Warning>) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    let lost = text.matches('\u{fffd}').count();
    let warning = if lost > 0 {
        Some(Warning::new(
            "mixed-encoding",
            format!("read as {name}, in which {lost} characters cannot be read; save it as UTF-8"),
        ))
    } else if sure {
        None
    } else {
        Some(Warning::new(
            "encoding-guessed",
            format!("no encoding is declared, read as {name}; save the file as UTF-8 to be sure"),
        ))
    };
    (text.into_owned(), warning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    fn text(bytes: &[u8]) -> (String, Option<String>) {
        let source = decode("a.txt", bytes).expect("text");
        let code = source.warnings.first().map(|w| w.code.to_string());
        (source.text.to_string(), code)
    }

    #[test]
    fn encodings_by_mark_declaration_and_detection() {
        let utf16 = |s: &str, le: bool| -> Vec<u8> {
            s.encode_utf16()
                .flat_map(|u| if le { u.to_le_bytes() } else { u.to_be_bytes() })
                .collect()
        };
        let guessed = Some("encoding-guessed".to_owned());
        let cases: Vec<(Vec<u8>, &str, Option<String>, &str)> = vec![
            (b"plain".to_vec(), "plain", None, "ASCII"),
            ("caf\u{e9}".into(), "caf\u{e9}", None, "UTF-8"),
            (b"\xef\xbb\xbfcaf\xc3\xa9".to_vec(), "caf\u{e9}", None, "UTF-8 with a mark"),
            ([b"\xff\xfe".to_vec(), utf16("Zoë", true)].concat(), "Zoë", None, "UTF-16 LE"),
            ([b"\xfe\xff".to_vec(), utf16("Zoë", false)].concat(), "Zoë", None, "UTF-16 BE"),
            (utf16("no mark here", true), "no mark here", guessed.clone(), "UTF-16 without a mark"),
            (
                b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2".to_vec(),
                "<meta charset=windows-1251><p>Привет",
                None,
                "meta charset",
            ),
            (
                b"<META http-equiv=x content='text/html; charset=\"iso-8859-2\"'>\xb1".to_vec(),
                "<META http-equiv=x content='text/html; charset=\"iso-8859-2\"'>ą",
                None,
                "http-equiv",
            ),
            (
                b"<?xml version='1.0' encoding='koi8-r'?>\xf0".to_vec(),
                "<?xml version='1.0' encoding='koi8-r'?>П",
                None,
                "XML declaration",
            ),
            (
                b"The caf\xe9 was closed, na\xefve as it was.".to_vec(),
                "The café was closed, naïve as it was.",
                guessed,
                "detected",
            ),
        ];
        for (bytes, expected, warning, reason) in cases {
            assert_eq!(text(&bytes), (expected.to_owned(), warning), "{reason}");
        }
    }

    #[test]
    fn mixed_encodings_are_read_and_counted() {
        let source = decode("a.txt", b"caf\xc3\xa9 ol\xc3\xa9 caf\xe9").expect("text");
        assert_eq!(&*source.text, "café olé café");
        assert_eq!(source.warnings[0].code, "mixed-encoding");
        assert!(source.warnings[0].message.starts_with("1 byte is not UTF-8"));
        assert_eq!(text(b"<meta charset=utf-8>\x93Hi\x94").0, "<meta charset=utf-8>“Hi”");
    }

    #[test]
    fn what_is_not_text_says_what_it_is() {
        for (bytes, part) in [
            (&b"\xff\xd8\xff\xe0\0\x10JFIF"[..], "a JPEG image"),
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
            (b"PK\x03\x04\x14\0", "a ZIP archive"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image"),
            (b"\0\0\0\x18ftypmp42", "MP4"),
            (b"BM\x36\0\0\0", "a BMP image"),
            (b"words\0\x01\x02\x03 and more", "a binary file"),
            (b"\xff\xfe\0\0A\0\0\0", "UTF-32"),
        ] {
            let message = decode("x.md", bytes).expect_err("not text").to_string();
            assert!(message.contains(part) && message.contains("x.md"), "{message}");
        }
        assert_eq!(text(b"BMW and MZ are not signatures").0, "BMW and MZ are not signatures");
    }

    #[test]
    fn empty_vanished_and_folders_are_errors_of_their_own() {
        assert!(matches!(decode("a.md", b""), Err(ReadError::Empty(_))));
        let folder = tempfile::tempdir().expect("a folder");
        let source = |path: std::path::PathBuf| Source::file("x", path, true);
        assert!(matches!(load(&source(folder.path().join("gone"))), Err(ReadError::Vanished(_))));
        assert!(matches!(load(&source(folder.path().into())), Err(ReadError::NotAFile(_))));
        std::fs::write(folder.path().join("a.md"), "Hello.").expect("a file");
        let text = load(&source(folder.path().join("a.md"))).expect("text");
        assert_eq!(text.format, Format::Text, "what counts is the name of the source");
        assert_eq!(text.sha256.len(), 64);
    }

    #[test]
    fn the_limit_counts_bytes() {
        let mib = 1024 * 1024;
        assert!(matches!(
            bounded(io::repeat(b'a'), "x", 1),
            Err(ReadError::TooLarge { limit_mib: 1, .. })
        ));
        assert!(bounded(io::repeat(b'a').take(mib), "x", 1).is_ok());
    }
}
