//! From spectra to sound: the signal processing after hibari's network.
//!
//! For every frame of 12.5 ms the network gives five spectra and a fundamental. A pulse train of that
//! fundamental is shaped by the first two, noise by the third; the last two are added as they are; an
//! inverse short-time transform makes samples of the sum:
//!
//! ```text
//! S = exp(lh) e^{iπ tanh(θ)} STFT(pulses(f0)) + exp(ln) Z + exp(lr) e^{iφ}
//! ```
//!
//! (as hibari's own `dsp.py`, Apache-2.0). Everything works on one frame at a time, in buffers that
//! live as long as the [`Vocoder`], inside one [`SimdOp`]: that compiles the plain loops below for
//! each instruction set and picks one at run time.

mod maths;
mod pulses;

use std::sync::Arc;

use realfft::{ComplexToReal, RealFftPlanner, RealToComplex, num_complex::Complex32};
use rten_simd::{Isa, SimdOp};

use maths::{at_least, at_most, exp, sin_cos, sin_cos_pi, tanh};
use pulses::{Pulses, VOICED};

use crate::engine::neural::noise::{Noise, normal};

/// Samples per second.
pub(super) const SAMPLE_RATE: u32 = 24_000;
/// Samples from one frame to the next.
pub(super) const HOP: usize = 300;
/// Samples of a frame's window.
const WINDOW: usize = 4 * HOP;
/// Bins of a spectrum.
const BINS: usize = WINDOW / 2 + 1;
/// Spectra that the network gives per frame.
const SPECTRA: usize = 5;
/// Numbers per frame in [`Frames::spectra`].
pub(super) const ROW: usize = SPECTRA * BINS;
/// Magnitudes are limited to e^7, as in training.
const LOUDEST: f32 = 7.0;

/// What the network says about an utterance.
#[derive(Clone, Copy)]
pub(super) struct Frames<'a> {
    /// [`ROW`] numbers for each frame: log magnitude and phase of the harmonic part, log magnitude
    /// of the noise, log magnitude and phase of the rest.
    pub(super) spectra: &'a [f32],
    /// Fundamental in Hz for each frame; unvoiced below 40.
    pub(super) f0: &'a [f32],
}

/// Makes sound of frames. One per worker; holds transforms and buffers.
pub(super) struct Vocoder {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    /// Hann, periodic.
    window: Vec<f32>,
    /// The same, scaled so that a unit cosine peaks at 1 in its spectrum.
    analysis: Vec<f32>,
    pulses: Pulses,
    noise: Noise,
    buffers: Buffers,
}

/// What a frame passes through.
#[derive(Default)]
struct Buffers {
    f0: Vec<f32>,
    /// The pulse train with half a window of its mirror image before and after.
    source: Vec<f32>,
    frame: Vec<f32>,
    spectrum: Vec<Complex32>,
    scratch_forward: Vec<Complex32>,
    scratch_inverse: Vec<Complex32>,
    /// Real and imaginary factor for the pulses, then real and imaginary sum of the other parts.
    parts: [Vec<f32>; 4],
    /// Overlapping frames are summed here.
    sum: Vec<f32>,
}

impl Vocoder {
    pub(super) fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) =
            (planner.plan_fft_forward(WINDOW), planner.plan_fft_inverse(WINDOW));
        #[expect(clippy::cast_precision_loss)] // indices under 1200
        let window: Vec<f32> = (0..WINDOW)
            .map(|i| 0.5 - 0.5 * (std::f32::consts::TAU * i as f32 / WINDOW as f32).cos())
            .collect();
        #[expect(clippy::cast_precision_loss)]
        let analysis = window.iter().map(|w| w / HOP as f32).collect();
        let buffers = Buffers {
            frame: vec![0.0; WINDOW],
            spectrum: vec![Complex32::default(); BINS],
            scratch_forward: forward.make_scratch_vec(),
            scratch_inverse: inverse.make_scratch_vec(),
            parts: std::array::from_fn(|_| vec![0.0; BINS]),
            ..Buffers::default()
        };
        let (pulses, noise) = (Pulses::default(), Noise::new(2 * BINS));
        Self { forward, inverse, window, analysis, pulses, noise, buffers }
    }

    /// The sound of `frames`: [`HOP`] samples for each. `pitch` is a factor on the fundamental; the
    /// spectra, and with them the vowels' formants, stay where they are. The same arguments give the
    /// same samples.
    pub(super) fn render(&mut self, frames: Frames<'_>, pitch: f32, seed: u64) -> Vec<f32> {
        let count = frames.f0.len().min(frames.spectra.len() / ROW);
        if count == 0 {
            return Vec::new();
        }
        self.noise.seed(seed);
        Render { vocoder: self, frames, count, pitch }.dispatch()
    }
}

/// One call of [`Vocoder::render`], compiled once per instruction set.
struct Render<'a> {
    vocoder: &'a mut Vocoder,
    frames: Frames<'a>,
    count: usize,
    pitch: f32,
}

impl SimdOp for Render<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn eval<I: Isa>(self, _isa: I) -> Vec<f32> {
        let Vocoder { forward, inverse, window, analysis, pulses, noise, buffers } = self.vocoder;
        let Buffers { f0, source, frame, spectrum, parts, sum, .. } = buffers;

        f0.clear();
        f0.extend(self.frames.f0[..self.count].iter().map(|hertz| {
            if *hertz > VOICED { at_least(hertz * self.pitch, VOICED + 1.0) } else { 0.0 }
        }));
        mirrored_pulses(pulses, f0, self.pitch, source);
        sum.clear();
        sum.resize((self.count + 3) * HOP, 0.0);

        for (k, row) in self.frames.spectra.chunks_exact(ROW).take(self.count).enumerate() {
            let pulses = &source[k * HOP..k * HOP + WINDOW];
            let voiced = pulses.iter().any(|s| *s != 0.0);
            other_parts(row, noise, parts);
            let [factor_re, factor_im, sum_re, sum_im] = parts;
            let others = sum_re.iter().zip(sum_im.iter());
            if voiced {
                for ((sample, pulse), weight) in frame.iter_mut().zip(pulses).zip(analysis.iter()) {
                    *sample = pulse * weight;
                }
                forward
                    .process_with_scratch(frame, spectrum, &mut buffers.scratch_forward)
                    .expect("buffers were made for this transform");
                harmonic_factor(row, factor_re, factor_im);
                let factors = factor_re.iter().zip(factor_im.iter());
                for ((bin, (fr, fi)), (re, im)) in spectrum.iter_mut().zip(factors).zip(others) {
                    *bin = Complex32::new(
                        bin.re * fr - bin.im * fi + re,
                        bin.re * fi + bin.im * fr + im,
                    );
                }
            } else {
                for (bin, (re, im)) in spectrum.iter_mut().zip(others) {
                    *bin = Complex32::new(*re, *im);
                }
            }
            // A real signal's spectrum is real at both ends.
            spectrum[0].im = 0.0;
            spectrum[BINS - 1].im = 0.0;
            inverse
                .process_with_scratch(spectrum, frame, &mut buffers.scratch_inverse)
                .expect("buffers were made for this transform, and both ends are real");
            let overlap = sum[k * HOP..k * HOP + WINDOW].iter_mut();
            for ((total, sample), weight) in overlap.zip(frame.iter()).zip(window.iter()) {
                *total += sample * weight;
            }
        }
        normalised(sum, window, self.count)
    }
}

/// Fills `source` with the pulse train of `f0`, mirrored by half a window at both ends, so that
/// frame k is `source[k * HOP..][..WINDOW]` and is centred on sample `k * HOP`.
#[inline(always)]
fn mirrored_pulses(pulses: &mut Pulses, f0: &[f32], pitch: f32, source: &mut Vec<f32>) {
    const HALF: usize = WINDOW / 2;
    source.clear();
    source.resize(HALF, 0.0);
    // A lower pitch has more harmonics under the same envelope: without this it would be louder.
    pulses.append(f0, pitch.sqrt(), source);
    let last = source.len() - 1;
    for i in 1..=HALF {
        // One frame is shorter than half a window; its mirror image ends with it.
        source[HALF - i] = source[(HALF + i).min(last)];
        source.push(source[last.saturating_sub(i).max(HALF)]);
    }
}

/// The factor that the pulses' spectrum is multiplied by: exp(lh) e^{iπ tanh(θ)}.
#[inline(always)]
fn harmonic_factor(row: &[f32], re: &mut [f32], im: &mut [f32]) {
    let (magnitude, phase) = (&row[..BINS], &row[BINS..2 * BINS]);
    let (re, im) = (&mut re[..BINS], &mut im[..BINS]);
    for i in 0..BINS {
        let m = exp(at_most(magnitude[i], LOUDEST));
        let (s, c) = sin_cos_pi(tanh(phase[i]));
        re[i] = m * c;
        im[i] = m * s;
    }
}

/// The noise and the rest, summed: exp(ln) Z + exp(lr) e^{iφ}, into the last two of `parts`.
#[inline(always)]
fn other_parts(row: &[f32], noise: &mut Noise, parts: &mut [Vec<f32>; 4]) {
    let [_, _, re, im] = parts;
    let (re, im) = (&mut re[..BINS], &mut im[..BINS]);
    let (noise_re, noise_im) = noise.halves();
    let (noise_re, noise_im) = (&mut noise_re[..BINS], &mut noise_im[..BINS]);
    let (level, rest, phase) =
        (&row[2 * BINS..3 * BINS], &row[3 * BINS..4 * BINS], &row[4 * BINS..5 * BINS]);
    for i in 0..BINS {
        let n = exp(at_most(level[i], LOUDEST));
        let m = exp(at_most(rest[i], LOUDEST));
        let (s, c) = sin_cos(phase[i]);
        re[i] = n * normal(&mut noise_re[i]) + m * c;
        im[i] = n * normal(&mut noise_im[i]) + m * s;
    }
}

/// Divides the overlapping sum by what the windows add up to and cuts half a window off both ends.
#[inline(always)]
fn normalised(sum: &[f32], window: &[f32], count: usize) -> Vec<f32> {
    /// Squares of four Hann windows a quarter apart add up to this everywhere.
    const INSIDE: f32 = 1.5;
    #[expect(clippy::cast_precision_loss)]
    let transform = WINDOW as f32;
    let mut out = Vec::with_capacity(count * HOP);
    for block in 2..count + 2 {
        let samples = &sum[block * HOP..(block + 1) * HOP];
        if block >= 3 && block < count {
            out.extend(samples.iter().map(|s| s * (1.0 / (INSIDE * transform))));
            continue;
        }
        // Near the ends fewer frames overlap: frame k covers the blocks k to k + 3.
        let covering = block.saturating_sub(3)..=block.min(count - 1);
        out.extend(samples.iter().enumerate().map(|(i, s)| {
            let weight: f32 = covering.clone().map(|k| window[(block - k) * HOP + i].powi(2)).sum();
            s / (weight.max(1e-11) * transform)
        }));
    }
    out
}
