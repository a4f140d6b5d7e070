//! Loudness and true peak of a recording as it streams by, by EBU R 128.

use super::{loudness::Loudness, peak::TruePeak};

/// Samples looked at together when deciding whether they may hold a higher peak.
const BLOCK: usize = 128;

/// Measures one mono recording.
pub(super) struct Meter {
    loudness: Loudness,
    peak: TruePeak,
    /// True peak so far, as a factor.
    highest: f32,
}

impl Meter {
    /// A meter for `sample_rate`, at least 16 samples per second.
    pub(super) fn new(sample_rate: u32) -> Self {
        let (loudness, peak) = (Loudness::new(sample_rate), TruePeak::new(sample_rate));
        Self { loudness, peak, highest: 0.0 }
    }

    /// Measures the next samples of the recording.
    pub(super) fn add(&mut self, samples: &[f32]) {
        self.loudness.add(samples);
        for block in samples.chunks(BLOCK) {
            if let Some(peak) = self.peak.above(block, self.highest) {
                self.highest = peak;
            }
        }
    }

    /// Integrated loudness in LUFS; `None` when the recording is shorter than 400 ms or silent.
    pub(super) fn loudness_lufs(&self) -> Option<f64> {
        self.loudness.integrated_lufs()
    }

    /// True peak in dBTP; `None` when all is silent.
    pub(super) fn true_peak_dbtp(&self) -> Option<f64> {
        let dbtp = 20.0 * f64::from(self.highest).log10();
        dbtp.is_finite().then_some(dbtp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(samples: &[f32], sample_rate: u32, chunk: usize) -> Meter {
        let mut meter = Meter::new(sample_rate);
        samples.chunks(chunk).for_each(|c| meter.add(c));
        meter
    }

    #[test]
    fn true_peak_sees_what_lies_between_samples() {
        // A quarter of the rate, sampled 45 degrees off its peaks: samples reach -3 dB of it.
        let samples: Vec<f32> = (0..24_000)
            .map(|i| if i % 4 < 2 { 0.5 } else { -0.5 } * std::f32::consts::FRAC_1_SQRT_2)
            .collect();
        let peak = measured(&samples, 24_000, 24_000).true_peak_dbtp().expect("not silent");
        // -6.02 dBFS is the wave's true peak; the abrupt start adds some.
        assert!((-6.3..-4.5).contains(&peak), "{peak} dBTP");
    }

    #[test]
    fn silence_has_no_figures() {
        let meter = measured(&vec![0.0; 48_000], 24_000, 480);
        assert_eq!(meter.loudness_lufs(), None);
        assert_eq!(meter.true_peak_dbtp(), None);
    }
}
