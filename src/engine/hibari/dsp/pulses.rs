//! The source of voiced sound: one band-limited pulse per period of the fundamental.

use super::maths::{at_least, round, sin_cos_half_pi, sin_cos_pi};
use super::{HOP, SAMPLE_RATE};

/// Below this (Hz) a frame is unvoiced, as the network was trained.
pub(super) const VOICED: f32 = 40.0;
/// No harmonic above this (Hz).
const HIGHEST: f32 = 11_000.0;

/// Fundamental and phase of every sample, reused from one utterance to the next.
#[derive(Default)]
pub(super) struct Pulses {
    /// Hz, at least [`VOICED`].
    hertz: Vec<f32>,
    /// Phase in turns, -0.5 to 0.5.
    turns: Vec<f32>,
}

impl Pulses {
    /// Appends the pulse train of `f0` (Hz per frame, 0 when unvoiced) to `out`, [`HOP`] samples a
    /// frame: every harmonic up to [`HIGHEST`] with amplitude `gain`.
    ///
    /// The sum of the harmonics' cosines has a closed form (Dirichlet's kernel),
    /// `sin((H + 1/2) t) / (2 sin(t / 2)) - 1/2`.
    #[inline(always)]
    pub(super) fn append(&mut self, f0: &[f32], gain: f32, out: &mut Vec<f32>) {
        let Some(last) = f0.len().checked_sub(1) else { return };
        let mut phase = 0.0_f64;
        let start = out.len();
        out.resize(start + f0.len() * HOP, 0.0);
        self.hertz.resize(HOP, 0.0);
        self.turns.resize(HOP, 0.0);
        for (k, block) in out[start..].chunks_exact_mut(HOP).enumerate() {
            // Sample j of frame k lies at k + (j + 0.5) / HOP - 0.5 on the axis of frames.
            let (before, here, after) = (f0[k.saturating_sub(1)], f0[k], f0[(k + 1).min(last)]);
            if before <= VOICED && here <= VOICED && after <= VOICED {
                // Nothing sounds; the phase goes on at the lowest pitch.
                #[expect(clippy::cast_precision_loss)]
                let hop = HOP as f64;
                phase = (phase + f64::from(VOICED) * hop / f64::from(SAMPLE_RATE)).fract();
                continue;
            }
            let (first, second) = self.hertz.split_at_mut(HOP / 2);
            interpolate(first, before, here, 0.5);
            interpolate(second, here, after, 0.0);
            for (turn, hertz) in self.turns.iter_mut().zip(&self.hertz) {
                phase += f64::from(at_least(*hertz, VOICED)) / f64::from(SAMPLE_RATE);
                phase -= if phase >= 0.5 { 1.0 } else { 0.0 };
                #[expect(clippy::cast_possible_truncation)]
                let single = phase as f32;
                *turn = single;
            }
            for ((sample, turn), hertz) in block.iter_mut().zip(&self.turns).zip(&self.hertz) {
                *sample = gain * pulse(*turn, *hertz);
            }
        }
    }
}

/// Fills `half` a frame with a straight line from `from` to `to`, of which it covers half,
/// beginning at `offset` (0 or 0.5).
#[inline(always)]
#[expect(clippy::cast_precision_loss)] // indices under 150
fn interpolate(half: &mut [f32], from: f32, to: f32, offset: f32) {
    for (j, hertz) in half.iter_mut().enumerate() {
        let u = offset + (j as f32 + 0.5) / HOP as f32;
        *hertz = from * (1.0 - u) + to * u;
    }
}

/// The train at phase `turns` (-0.5 to 0.5) with fundamental `hertz`; 0 when that is unvoiced.
#[inline(always)]
fn pulse(turns: f32, hertz: f32) -> f32 {
    // HIGHEST / VOICED = 275, so the integer part fits; rounding down by rounding x - 1/2 would be
    // off by one at whole numbers only, where one harmonic more or less at 11 kHz is inaudible.
    let harmonics = round(HIGHEST / at_least(hertz, VOICED) - 0.5);
    let order = harmonics + 0.5;
    let (denominator, _) = sin_cos_half_pi(2.0 * turns);
    let angle = order * turns;
    let (numerator, _) = sin_cos_pi(2.0 * (angle - round(angle)));
    // Where the quotient is 0/0 its limit is `order`.
    let near = denominator.abs() <= 1e-4;
    let quotient = numerator / (2.0 * if near { 1.0 } else { denominator });
    let value = if near { order } else { quotient } - 0.5;
    if hertz > VOICED { value } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn train(f0: &[f32]) -> Vec<f32> {
        let mut out = Vec::new();
        Pulses::default().append(f0, 1.0, &mut out);
        out
    }

    #[test]
    #[expect(clippy::cast_precision_loss)]
    fn a_steady_pitch_gives_the_sum_of_its_harmonics() {
        let (hertz, out) = (203.0, train(&[203.0; 20]));
        for (i, sample) in out.iter().enumerate().take(4000) {
            let t = std::f64::consts::TAU * hertz * (i + 1) as f64 / f64::from(SAMPLE_RATE);
            let exact: f64 = (1..=54).map(|h| (f64::from(h) * t).cos()).sum();
            assert!((f64::from(*sample) - exact).abs() < 0.03, "{i}: {sample} for {exact}");
        }
    }

    #[test]
    fn unvoiced_frames_are_silent_and_nothing_else_is() {
        let out = train(&[0.0, 0.0, 0.0, 150.0, 150.0, 150.0, 0.0, 0.0, 0.0]);
        assert!(out[..2 * HOP].iter().all(|s| *s == 0.0));
        assert!(out[4 * HOP..5 * HOP].iter().any(|s| s.abs() > 10.0));
        assert!(out[8 * HOP..].iter().all(|s| *s == 0.0));
        assert!(train(&[]).is_empty());
    }
}
