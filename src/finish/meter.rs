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
    /// A meter for `sample_rate`; `None` for a rate that the standard's filters do not cover (under
    /// 16 Hz or over 2.8 MHz).
    pub(super) fn new(sample_rate: u32) -> Option<Self> {
        let peak = TruePeak::new(sample_rate)?;
        Some(Self { loudness: Loudness::new(sample_rate), peak, highest: 0.0 })
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
    use ebur128::{EbuR128, Mode};

    use super::*;

    fn measured(samples: &[f32], sample_rate: u32, chunk: usize) -> Meter {
        let mut meter = Meter::new(sample_rate).expect("a usual rate");
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
    fn leaving_blocks_out_changes_nothing() {
        for sample_rate in [16_000, 24_000, 96_000] {
            let mut noise = 1_u32;
            let samples: Vec<f32> = (0..120_000_u32)
                .map(|i| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let swell = (f64::from(i) * 3e-4).sin().powi(2);
                    #[expect(clippy::cast_possible_truncation)]
                    let sample = (f64::from(noise) / f64::from(u32::MAX) - 0.5) as f32;
                    sample * if swell > 0.5 { 0.9 } else { 0.1 }
                })
                .collect();
            let mut plain = EbuR128::new(1, sample_rate, Mode::TRUE_PEAK).expect("a usual rate");
            plain.add_frames_f32(&samples).expect("mono");
            let expected = 20.0 * plain.true_peak(0).expect("mono").log10();
            for chunk in [1, 7, 128, 4096] {
                let found = measured(&samples, sample_rate, chunk).true_peak_dbtp();
                let found = found.expect("not silent");
                assert!((found - expected).abs() < 1e-4, "{found} {expected}, {chunk} at a time");
            }
        }
    }

    #[test]
    fn silence_and_odd_rates_have_no_figures() {
        let meter = measured(&vec![0.0; 48_000], 24_000, 480);
        assert_eq!(meter.loudness_lufs(), None);
        assert_eq!(meter.true_peak_dbtp(), None);
        assert!(Meter::new(0).is_none());
    }
}
