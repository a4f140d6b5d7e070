//! Captions as `SubRip`, for players that know no WebVTT: one cue per segment, the text as written.

use std::fmt::Write as _;

use super::{Output, Publication, PublishError, Publisher, captions};

/// The `SubRip` format.
#[derive(Debug, Clone, Copy, Default)]
pub struct Srt;

impl Publisher for Srt {
    fn media_type(&self) -> &'static str {
        "application/x-subrip"
    }

    fn file_name(&self, slug: &str) -> String {
        format!("{slug}.srt")
    }

    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError> {
        let mut text = String::new();
        for (number, caption) in captions::captions(publication)?.iter().enumerate() {
            let (from, to) = (time(caption.start), time(caption.end));
            let line = captions::one_line(caption.text());
            let gap = if number == 0 { "" } else { "\n" };
            // Some players take what looks like a tag for one; there is no escape for it.
            write!(text, "{gap}{}\n{from} --> {to}\n{line}\n", number + 1)
                .expect("a string takes any text");
        }
        Ok(out.write_all(text.as_bytes())?)
    }
}

/// Milliseconds as `hh:mm:ss,mmm`.
fn time(ms: u64) -> String {
    captions::time(ms).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::{super::publication::tests::Sample, *};

    #[test]
    fn numbered_cues_with_commas() {
        let mut sample = Sample::new();
        sample.script.segments[1].text = "Stop\n\n7\n00:00:00,000 --> 00:00:01,000".into();
        let expected = "\
1
00:00:00,100 --> 00:00:02,594
“Fees” rose $3.5 million & fell --> <again>.

2
00:00:03,094 --> 00:00:03,338
Stop 7 00:00:00,000 --> 00:00:01,000
";
        assert_eq!(sample.rendered(&Srt), expected);
    }
}
