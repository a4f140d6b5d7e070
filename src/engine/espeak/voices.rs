//! The voices of an espeak-ng: what `espeak-ng --voices` lists, each as it is (male) and with the female
//! variant that is understood best.

use crate::{
    engine::program,
    model::{Gender, Voice},
};

/// Samples per second of all its voices.
pub(super) const SAMPLE_RATE: u32 = 22_050;
/// The female variant: of f1 to f5 Whisper tiny.en understands it best (16% word errors, against 8% for the
/// voice without a variant, over 242 words of news prose in US English).
const FEMALE: &str = "+f2";
/// Ranks: understood, and no more.
const MALE_RANK: u8 = 30;
const FEMALE_RANK: u8 = 25;
/// How much less one of several accents of a region ranks than its standard.
const ACCENT: u8 = 5;

/// Languages that are listed and not offered: scripts that posts are not written in, where another voice of
/// the same language reads what they are written in.
const LEFT_OUT: &[&str] = &["fa-latn", "yue-latn-jyutping", "hak"];

/// A voice and how espeak-ng is asked for it: by its file, since the library does not know all by language.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) voice: Voice,
    pub(super) file: String,
}

/// The voices in the table that `espeak-ng --voices` prints. Rows that are not understood are left out.
pub(super) fn listed(table: &str) -> Vec<Listed> {
    let rows: Vec<(&str, &str)> = table.lines().skip(1).filter_map(row).collect();
    let pinyin = rows.iter().any(|(tag, _)| *tag == "cmn-latn-pinyin");
    let mut voices: Vec<Listed> = Vec::new();
    for (tag, file) in rows {
        let lower = tag.to_ascii_lowercase();
        let jyutping = file.to_ascii_lowercase().ends_with("jyutping");
        // Of Mandarin's two voices the one without a suffix reads Chinese characters as English names of
        // letters in 1.51; the pinyin one reads them as Mandarin.
        let mandarin = lower == "cmn" && pinyin;
        if LEFT_OUT.contains(&lower.as_str()) || jyutping || mandarin {
            continue;
        }
        let language = language(&lower);
        let subtags = lower.split('-').count();
        let accent = if language.split('-').count() < subtags && !lower.starts_with("cmn") {
            ACCENT
        } else {
            0
        };
        for (suffix, gender, rank) in
            [("", Gender::Male, MALE_RANK), (FEMALE, Gender::Female, FEMALE_RANK)]
        {
            let name = format!("{tag}{suffix}");
            if voices.iter().any(|v| v.voice.name == name) {
                continue;
            }
            let voice = Voice {
                licence: "GPL-3.0-or-later".into(),
                description: "espeak-ng: clear and robotic".into(),
                quality: rank - accent,
                ..program::voice("espeak", &name, &language, gender, SAMPLE_RATE)
            };
            voices.push(Listed { voice, file: format!("{file}{suffix}") });
        }
    }
    voices
}

/// Language and file of a row such as ` 5  en-us  --/M  English_(America)  gmw/en-US  (en 3)`.
fn row(line: &str) -> Option<(&str, &str)> {
    let mut columns = line.split_whitespace();
    let (_, tag, _, _, file) =
        (columns.next()?, columns.next()?, columns.next()?, columns.next()?, columns.next()?);
    let plain = |s: &str| {
        s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/')
    };
    (plain(tag) && plain(file)).then_some((tag, file))
}

/// A BCP 47 tag for espeak-ng's own: language and region.
fn language(tag: &str) -> String {
    let mut subtags = tag.split('-');
    let language = match subtags.next().unwrap_or_default() {
        "cmn" => "zh",
        other => other,
    };
    let region = subtags.take_while(|s| s.len() > 1).find(|s| {
        let digits = s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit());
        digits || (s.len() == 2 && s.bytes().all(|b| b.is_ascii_alphabetic()))
    });
    region.map_or_else(|| language.to_owned(), |r| format!("{language}-{}", r.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
 5  cmn-latn-pinyin --/M      Chinese_(Mandarin,_latin_as_Pinyin) sit/cmn-Latn-pinyin  (zh-cmn 5)(zh 5)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 5  en-gb-x-rp      --/M      English_(Received_Pronunciation) gmw/en-GB-x-rp       (en-gb 4)(en 5)
 5  es-419          --/M      Spanish_(Latin_America) roa/es-419           (es-mx 6)
 5  chr-US-Qaaa-x-west --/M      Cherokee_          iro/chr
 5  yue             --/M      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)
 5  yue             --/M      Chinese_(Cantonese,_latin_as_Jyutping) sit/yue-Latn-jyutping (zh-yue 5)(zh 8)
not a row
 5  $(x)            --/M      Evil               x/y
";

    #[test]
    fn each_language_has_a_male_and_a_female_voice() {
        let found: Vec<String> = listed(TABLE)
            .iter()
            .map(|l| (&l.voice, &l.file))
            .map(|(v, file)| format!("{} {file} {} {:?} {}", v.id, v.language, v.gender, v.quality))
            .collect();
        let wanted = [
            "espeak:cmn-latn-pinyin sit/cmn-Latn-pinyin zh Male 30",
            "espeak:cmn-latn-pinyin+f2 sit/cmn-Latn-pinyin+f2 zh Female 25",
            "espeak:en-gb gmw/en en-GB Male 30",
            "espeak:en-gb+f2 gmw/en+f2 en-GB Female 25",
            "espeak:en-gb-x-rp gmw/en-GB-x-rp en-GB Male 25",
            "espeak:en-gb-x-rp+f2 gmw/en-GB-x-rp+f2 en-GB Female 20",
            "espeak:es-419 roa/es-419 es-419 Male 30",
            "espeak:es-419+f2 roa/es-419+f2 es-419 Female 25",
            "espeak:chr-US-Qaaa-x-west iro/chr chr-US Male 25",
            "espeak:chr-US-Qaaa-x-west+f2 iro/chr+f2 chr-US Female 20",
            "espeak:yue sit/yue yue Male 30",
            "espeak:yue+f2 sit/yue+f2 yue Female 25",
        ];
        assert_eq!(found, wanted);
        // An espeak-ng with one Mandarin voice has that one.
        let old = TABLE.replace("cmn-latn-pinyin", "xx");
        assert_eq!(listed(&old)[0].voice.id, "espeak:cmn");
        assert!(listed("").is_empty() && listed("garbage\nmore garbage\n").is_empty());
    }
}
