//! The values of SSML's attributes -> factors and milliseconds.
//!
//! What the standard leaves to the processor (how slow "slow" is) follows what the large services document.

/// A value of `prosody`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    /// A factor of the voice's own.
    To(f32),
    /// A factor of what is around it.
    By(f32),
}

/// Longest pause, in milliseconds.
pub(super) const LONGEST_PAUSE_MS: u32 = 60_000;

/// Speed: a label, a percentage or a number.
pub(super) fn rate(value: &str) -> Option<Change> {
    Some(match value {
        "x-slow" => Change::To(0.5),
        "slow" => Change::To(0.75),
        "medium" | "default" => Change::To(1.0),
        "fast" => Change::To(1.25),
        "x-fast" => Change::To(1.6),
        _ => Change::By(percent(value).or_else(|| positive(value))?),
    })
}

/// Pitch: a label, a percentage, semitones, or a change in Hz (of a voice of about 200 Hz).
pub(super) fn pitch(value: &str) -> Option<Change> {
    Some(match value {
        "x-low" => Change::To(0.6),
        "low" => Change::To(0.8),
        "medium" | "default" => Change::To(1.0),
        "high" => Change::To(1.2),
        "x-high" => Change::To(1.5),
        _ => {
            if let Some(semitones) = value.strip_suffix("st") {
                Change::By((number(semitones)? / 12.0).exp2())
            } else if let Some(hertz) =
                value.strip_suffix("Hz").or_else(|| value.strip_suffix("hz"))
            {
                // An absolute frequency says nothing of a voice that speaks around another one.
                let change = hertz.starts_with(['+', '-']).then(|| number(hertz)).flatten()?;
                Change::By(1.0 + change / 200.0)
            } else {
                Change::By(percent(value)?)
            }
        }
    })
}

/// Loudness: a label, a change in dB, or a number from 0 to 100.
pub(super) fn volume(value: &str) -> Option<Change> {
    Some(match value {
        "silent" => Change::To(0.0),
        "x-soft" => Change::To(decibels(-12.0)),
        "soft" => Change::To(decibels(-6.0)),
        "medium" | "default" => Change::To(1.0),
        "loud" => Change::To(decibels(6.0)),
        "x-loud" => Change::To(decibels(12.0)),
        _ => match value.strip_suffix("dB").or_else(|| value.strip_suffix("db")) {
            Some(change) => Change::By(decibels(number(change)?)),
            None if value.ends_with('%') => Change::By(percent(value)?),
            None if value.starts_with(['+', '-']) => Change::By(1.0 + number(value)? / 100.0),
            None => Change::To(number(value)? / 100.0),
        },
    })
}

/// `time` of a break, in milliseconds.
pub(super) fn time(value: &str) -> Option<u32> {
    let (digits, unit) = match value.strip_suffix("ms") {
        Some(digits) => (digits, 1.0),
        None => (value.strip_suffix('s')?, 1000.0),
    };
    let plain = digits.strip_prefix('+').unwrap_or(digits);
    if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let ms = plain.parse::<f64>().ok()? * unit;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a saturating cast"
    )]
    Some(ms.round() as u32)
}

/// `strength` of a break, in milliseconds.
pub(super) fn strength(value: &str) -> Option<u32> {
    Some(match value {
        "none" => 0,
        "x-weak" => 150,
        "weak" => 250,
        "medium" => 400,
        "strong" => 700,
        "x-strong" => 1200,
        _ => return None,
    })
}

/// "80%" is a factor, "+20%" and "-20%" are changes.
fn percent(value: &str) -> Option<f32> {
    let digits = value.strip_suffix('%')?;
    let number = number(digits)? / 100.0;
    let factor = if digits.starts_with(['+', '-']) { 1.0 + number } else { number };
    (factor >= 0.0).then_some(factor)
}

fn positive(value: &str) -> Option<f32> {
    number(value).filter(|n| *n > 0.0 && !value.starts_with(['+', '-']))
}

fn number(value: &str) -> Option<f32> {
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.');
    value
        .trim()
        .chars()
        .all(fits)
        .then(|| value.trim().parse::<f32>().ok())
        .flatten()
        .filter(|n| n.is_finite())
}

fn decibels(change: f32) -> f32 {
    10.0_f32.powf(change / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_prosody() {
        type Reader = fn(&str) -> Option<Change>;
        let close = |a: Change, b: Change| match (a, b) {
            (Change::To(a), Change::To(b)) | (Change::By(a), Change::By(b)) => (a - b).abs() < 1e-3,
            _ => false,
        };
        for (reader, value, expected) in [
            (rate as Reader, "slow", Some(Change::To(0.75))),
            (rate, "80%", Some(Change::By(0.8))),
            (rate, "+20%", Some(Change::By(1.2))),
            (rate, "-20%", Some(Change::By(0.8))),
            (rate, "1.5", Some(Change::By(1.5))),
            (rate, "quick", None),
            (rate, "-200%", None),
            (rate, "inf", None),
            (pitch, "+12st", Some(Change::By(2.0))),
            (pitch, "-12st", Some(Change::By(0.5))),
            (pitch, "+10%", Some(Change::By(1.1))),
            (pitch, "+20Hz", Some(Change::By(1.1))),
            (pitch, "220Hz", None),
            (volume, "-6dB", Some(Change::By(0.501))),
            (volume, "50", Some(Change::To(0.5))),
            (volume, "silent", Some(Change::To(0.0))),
            (volume, "+10", Some(Change::By(1.1))),
        ] {
            let found = reader(value);
            let same = match (found, expected) {
                (Some(a), Some(b)) => close(a, b),
                (a, b) => a == b,
            };
            assert!(same, "{value}: {found:?}");
        }
    }

    #[test]
    fn times() {
        for (value, expected) in [
            ("500ms", Some(500)),
            ("1.5s", Some(1500)),
            ("0s", Some(0)),
            (".25s", Some(250)),
            ("5", None),
            ("-1s", None),
            ("s", None),
            ("1e3s", None),
            ("99999999999s", Some(u32::MAX)),
        ] {
            assert_eq!(time(value), expected, "{value}");
        }
    }
}
