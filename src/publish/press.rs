//! What a build writes: the publishers that it was asked for, chosen once, before any work.

use super::{FileFormat, Publisher, Srt, SyncNarration, Transcript, WebVtt};

/// The publishers of a build.
pub struct Press {
    formats: Vec<FileFormat>,
    publishers: Vec<Box<dyn Publisher>>,
}

impl Press {
    /// A press for `asked`, and for what every article has.
    #[must_use]
    pub fn new(asked: &[FileFormat]) -> Self {
        let formats = FileFormat::settle(asked);
        let mut publishers: Vec<Box<dyn Publisher>> = vec![Box::new(WebVtt)];
        for format in &formats {
            match format {
                // Recordings are made from samples as they come, not from what is finished.
                FileFormat::Wav => {}
                FileFormat::Srt => publishers.push(Box::new(Srt)),
                FileFormat::Sync => publishers.push(Box::new(SyncNarration)),
                FileFormat::Transcript => publishers.push(Box::new(Transcript)),
            }
        }
        Self { formats, publishers }
    }

    /// The formats that were asked for, each once; at least one of them is a recording.
    #[must_use]
    pub fn formats(&self) -> &[FileFormat] {
        &self.formats
    }

    /// What writes the files beside the recordings and the manifest, in the order of writing.
    pub fn publishers(&self) -> impl Iterator<Item = &dyn Publisher> {
        self.publishers.iter().map(AsRef::as_ref)
    }
}
