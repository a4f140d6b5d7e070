//! Integrated loudness by ITU-R BS.1770 and EBU R 128 of one channel, as it streams by.
//!
//! The crate `ebur128` does the same in twice the time, most of what finishing costs: it also serves
//! momentary loudness, adding every sample's energy four times, and filters in a form whose steps
//! wait longer for one another. Its result is what the tests compare with.

/// A step is 100 ms; a gating block is four steps and begins at each of them.
const STEPS_PER_SECOND: u32 = 10;
/// Steps in a gating block.
const STEPS_PER_BLOCK: usize = 4;
/// Blocks under this loudness do not count.
const ABSOLUTE_GATE_LUFS: f64 = -70.0;
/// Nor do blocks this much, as a power, under the mean of the others: 10 LU.
const RELATIVE_GATE: f64 = 0.1;
/// Loudness of a mean square of 1 after the filters.
const OFFSET_LUFS: f64 = -0.691;

/// Measures one mono recording.
pub(super) struct Loudness {
    shelf: Shelf,
    high_pass: HighPass,
    /// Samples in a step.
    step: usize,
    /// Energy of each whole step so far: 80 bytes a second of sound.
    steps: Vec<f64>,
    /// Of the step that is not whole.
    energy: f64,
    samples: usize,
}

impl Loudness {
    /// A meter for `sample_rate`, at least 16 samples per second.
    pub(super) fn new(sample_rate: u32) -> Self {
        let step = ((sample_rate + STEPS_PER_SECOND / 2) / STEPS_PER_SECOND) as usize;
        let (shelf, high_pass) = k_weighting(f64::from(sample_rate));
        Self { shelf, high_pass, step, steps: Vec::new(), energy: 0.0, samples: 0 }
    }

    /// Measures the next samples.
    pub(super) fn add(&mut self, mut samples: &[f32]) {
        while !samples.is_empty() {
            let (part, rest) = samples.split_at((self.step - self.samples).min(samples.len()));
            // Locals, so that the filters' memory stays in registers.
            let (mut first, mut second, mut energy) = (self.shelf, self.high_pass, self.energy);
            for sample in part {
                let weighted = second.next(first.next(f64::from(*sample)));
                energy += weighted * weighted;
            }
            (self.shelf, self.high_pass, self.energy) = (first, second, energy);
            self.samples += part.len();
            if self.samples == self.step {
                self.steps.push(self.energy);
                (self.energy, self.samples) = (0.0, 0);
                self.shelf.settle();
                self.high_pass.settle();
            }
            samples = rest;
        }
    }

    /// In LUFS: the integrated loudness, or of a recording too short for one the loudness of what there
    /// is. `None` when it is silent.
    pub(super) fn lufs(&self) -> Option<f64> {
        self.integrated_lufs().or_else(|| {
            #[expect(clippy::cast_precision_loss, reason = "too short for a gating block")]
            let samples = (self.steps.len() * self.step + self.samples).max(1) as f64;
            let power = (self.steps.iter().sum::<f64>() + self.energy) / samples;
            let lufs = OFFSET_LUFS + 10.0 * power.log10();
            (lufs >= ABSOLUTE_GATE_LUFS).then_some(lufs)
        })
    }

    /// In LUFS; `None` when the recording is shorter than 400 ms or silent.
    pub(super) fn integrated_lufs(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "a block has few samples")]
        let block = (self.step * STEPS_PER_BLOCK) as f64;
        let blocks = || self.steps.windows(STEPS_PER_BLOCK).map(|w| w.iter().sum::<f64>() / block);
        let absolute = 10_f64.powf((ABSOLUTE_GATE_LUFS - OFFSET_LUFS) / 10.0);
        let ungated = mean(blocks().filter(|power| *power >= absolute))?;
        let gate = absolute.max(ungated * RELATIVE_GATE);
        let gated = mean(blocks().filter(|power| *power >= gate))?;
        Some(OFFSET_LUFS + 10.0 * gated.log10()).filter(|lufs| lufs.is_finite())
    }
}

/// The mean; `None` of nothing.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// A filter of second order in direct form I: of the products only that with the last output has to be
/// waited for.
#[derive(Debug, Clone, Copy)]
struct Shelf {
    /// Factors of the last three inputs.
    b: [f64; 3],
    /// Factors of the last two outputs.
    a: [f64; 2],
    inputs: [f64; 2],
    outputs: [f64; 2],
}

impl Shelf {
    #[inline]
    fn next(&mut self, input: f64) -> f64 {
        let Self { b, a, inputs, outputs } = self;
        let known = b[0] * input + b[1] * inputs[0] + b[2] * inputs[1] - a[1] * outputs[1];
        let output = known - a[0] * outputs[0];
        *inputs = [input, inputs[0]];
        *outputs = [output, outputs[0]];
        output
    }

    fn settle(&mut self) {
        settle(self.inputs.iter_mut().chain(&mut self.outputs));
    }
}

/// The same for a filter whose inputs' factors are 1, -2 and 1: the difference of two differences.
#[derive(Debug, Clone, Copy)]
struct HighPass {
    a: [f64; 2],
    input: f64,
    difference: f64,
    outputs: [f64; 2],
}

impl HighPass {
    #[inline]
    fn next(&mut self, input: f64) -> f64 {
        let Self { a, outputs, .. } = self;
        let difference = input - self.input;
        let known = difference - self.difference - a[1] * outputs[1];
        let output = known - a[0] * outputs[0];
        (self.input, self.difference) = (input, difference);
        *outputs = [output, outputs[0]];
        output
    }

    fn settle(&mut self) {
        let inputs = [&mut self.input, &mut self.difference];
        settle(inputs.into_iter().chain(&mut self.outputs));
    }
}

/// Ends what rings on without end in silence: numbers too small for full speed.
fn settle<'a>(values: impl Iterator<Item = &'a mut f64>) {
    for value in values {
        if value.abs() < 1e-30 {
            *value = 0.0;
        }
    }
}

/// The two filters of BS.1770 at any rate, from the analogue prototypes whose values at 48 kHz are
/// the standard's tables (De Man, "Evaluation of implementations of the EBU R128 loudness
/// measurement", 2018).
fn k_weighting(sample_rate: f64) -> (Shelf, HighPass) {
    let warped = |hertz: f64| (std::f64::consts::PI * hertz / sample_rate).tan();
    let poles = |k: f64, q: f64| {
        let a0 = 1.0 + k / q + k * k;
        (a0, [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0])
    };
    let (k, q) = (warped(1_681.974_450_955_533), 0.707_175_236_955_419_6);
    let high = 10_f64.powf(3.999_843_853_973_347 / 20.0);
    let band = high.powf(0.499_666_774_154_541_6);
    let (a0, a) = poles(k, q);
    let b = [high + band * k / q + k * k, 2.0 * (k * k - high), high - band * k / q + k * k];
    let shelf = Shelf { b: b.map(|b| b / a0), a, inputs: [0.0; 2], outputs: [0.0; 2] };
    let (_, a) = poles(warped(38.135_470_876_024_44), 0.500_327_037_323_877_3);
    (shelf, HighPass { a, input: 0.0, difference: 0.0, outputs: [0.0; 2] })
}

#[cfg(test)]
mod tests {
    use ebur128::{EbuR128, Mode};

    use super::*;

    fn measured(samples: &[f32], sample_rate: u32, chunk: usize) -> Option<f64> {
        let mut loudness = Loudness::new(sample_rate);
        samples.chunks(chunk).for_each(|c| loudness.add(c));
        loudness.integrated_lufs()
    }

    /// A sine of 1 kHz at `level` dBFS, `seconds` long, at 24 kHz.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn sine(level: f64, seconds: f64) -> Vec<f32> {
        let count = (24_000.0 * seconds) as usize;
        let step = std::f64::consts::TAU / 24.0;
        let peak = 10_f64.powf(level / 20.0);
        (0..count).map(|i| (peak * (step * i as f64).sin()) as f32).collect()
    }

    #[test]
    fn a_sine_has_the_loudness_that_the_standard_says() {
        // EBU Tech 3341, cases 1 to 3, in one channel: 3.01 LU under what stereo has. Its tolerance
        // is 0.1 LU.
        let gated = [sine(-36.0, 10.0), sine(-23.0, 60.0), sine(-36.0, 10.0)].concat();
        for (samples, expected) in
            [(sine(-23.0, 20.0), -26.0), (sine(-33.0, 20.0), -36.0), (gated, -26.0)]
        {
            let lufs = measured(&samples, 24_000, 1000).expect("long enough");
            assert!((lufs - expected).abs() < 0.1, "{lufs} LUFS, not {expected}");
        }
    }

    #[test]
    fn the_crate_ebur128_says_the_same() {
        for sample_rate in [8000, 16_000, 22_050, 24_000, 48_000] {
            let mut noise = 1_u32;
            let samples: Vec<f32> = (0..200_000_u32)
                .map(|i| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    #[expect(clippy::cast_possible_truncation)]
                    let sample = (f64::from(noise) / f64::from(u32::MAX) - 0.5) as f32;
                    // Loud, soft and silent stretches, so that both gates matter.
                    sample * [0.5, 0.02, 0.0, 0.2][(i / 25_000 % 4) as usize]
                })
                .collect();
            let mut reference = EbuR128::new(1, sample_rate, Mode::I).expect("a usual rate");
            reference.add_frames_f32(&samples).expect("mono");
            let expected = reference.loudness_global().expect("loud enough");
            for chunk in [1, 777, 200_000] {
                let found = measured(&samples, sample_rate, chunk).expect("loud enough");
                assert!((found - expected).abs() < 0.001, "{found}, not {expected}");
            }
        }
    }

    #[test]
    fn the_silent_and_the_short_have_none() {
        assert_eq!(measured(&vec![0.0; 48_000], 24_000, 480), None);
        assert_eq!(measured(&sine(-80.0, 2.0), 24_000, 480), None, "under the absolute gate");
        assert_eq!(measured(&sine(-20.0, 0.39), 24_000, 480), None);
        assert_eq!(measured(&[], 24_000, 1), None);
        // Too short for a gating block, but not silent.
        let mut short = Loudness::new(24_000);
        assert_eq!(short.lufs(), None);
        short.add(&sine(-20.0, 0.25));
        let lufs = short.lufs().expect("sound");
        assert!((lufs - -23.0).abs() < 0.2, "{lufs} LUFS");
        assert!(measured(&[f32::MAX; 100], 16, 7).is_none_or(f64::is_finite));
    }
}
