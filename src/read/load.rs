//! From bytes to text: what may be read, in which character set, as which format.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use sha2::{Digest, Sha256};

use super::{ReadError, detect};
use crate::model::{Source, SourceText};

/// No article is larger. The longest WAV holds about a million and a half letters of speech.
const LIMIT: u64 = 256 << 20;

/// Reads a source's bytes and decodes them.
///
/// # Errors
/// When the file cannot be read, is empty, too large, or no text.
pub fn load(source: &Source) -> Result<SourceText, ReadError> {
    let bytes = match &source.path {
        Some(path) => {
            let failed = |source| ReadError::Io { path: path.clone(), source };
            let file = File::open(path).map_err(failed)?;
            limited(file, path)?
        }
        None => limited(io::stdin().lock(), Path::new("-"))?,
    };
    decode(&bytes, source.path.as_deref())
}

fn limited(reader: impl Read, path: &Path) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let failed = |source| ReadError::Io { path: PathBuf::from(path), source };
    reader.take(LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    let size = bytes.len() as u64;
    if size > LIMIT {
        return Err(ReadError::TooLarge { bytes: size, limit: LIMIT });
    }
    Ok(bytes)
}

fn decode(bytes: &[u8], path: Option<&Path>) -> Result<SourceText, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let marked = Encoding::for_bom(bytes);
    if marked.is_none()
        && let Some(what) = detect::binary(bytes)
    {
        return Err(ReadError::Binary { what });
    }
    let encoding = match marked {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => declared(bytes).unwrap_or_else(|| guessed(bytes)),
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let format = detect::format(&text, path);
    let sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    Ok(SourceText::new(text, format, sha256))
}

/// The character set that HTML or XML declares in its first kilobyte. A declared UTF-8 that the bytes do
/// not keep to is believed for text that is mostly UTF-8: one stray byte does not spoil the rest.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = ["charset=", "encoding="].iter().find_map(|key| {
        let at = head.find(key)?;
        Some(head[at + key.len()..].trim_start_matches(['"', '\'', ' ']).to_owned())
    })?;
    let label: String =
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    Encoding::for_label(label.as_bytes())
}

/// The character set by its looks. Text that is UTF-8 but for a few broken places is UTF-8.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let broken = String::from_utf8_lossy(bytes).matches('\u{fffd}').count();
    let wide = bytes.iter().filter(|b| **b >= 0xC2).count();
    if broken * 8 < wide.saturating_sub(broken) || (broken == 1 && wide > 1) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    #[test]
    fn character_sets() {
        let utf16 = |text: &str| -> Vec<u8> {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
        };
        let cases: Vec<(Vec<u8>, &str)> = vec![
            ("Caf\u{e9}".as_bytes().to_vec(), "Caf\u{e9}"),
            (b"\xef\xbb\xbfwith a mark".to_vec(), "with a mark"),
            (b"Caf\xe9 in Orl\xe9ans is open".to_vec(), "Caf\u{e9} in Orl\u{e9}ans is open"),
            (utf16("Caf\u{e9}"), "Caf\u{e9}"),
            (
                b"<meta charset=\"windows-1251\"><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>".to_vec(),
                "<meta charset=\"windows-1251\"><p>\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}</p>",
            ),
            (
                b"caf\xc3\xa9, th\xc3\xa9, one stray \xff byte".to_vec(),
                "caf\u{e9}, th\u{e9}, one stray \u{fffd} byte",
            ),
        ];
        for (bytes, wanted) in cases {
            let text = decode(&bytes, None).expect("text").text;
            assert_eq!(&*text, wanted);
        }
    }

    #[test]
    fn what_is_no_text_says_what_it_is() {
        for (bytes, wanted) in [
            (&b""[..], "empty"),
            (b"%PDF-1.7 ....", "PDF"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"abc\x00\x01\x02\x00\x03", "binary"),
        ] {
            let error = decode(bytes, None).expect_err(wanted).to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn the_hash_is_of_the_bytes() {
        let text = decode(b"abc", Some(Path::new("a.txt"))).expect("text");
        assert!(text.sha256.starts_with("ba7816bf8f01cfea"), "{}", text.sha256);
        assert_eq!(text.format, Format::Text);
    }
}
