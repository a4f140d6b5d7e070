//! What goes on record with an article about how it was made.

use serde_json::json;

use super::Options;
use crate::{
    finish::FinishOptions,
    model::{Prosody, Warning},
    publish::Settings,
};

/// A recording that is further from the loudness asked for is reported, in LU.
const TOLERANCE_LU: f64 = 0.5;

/// What shaped the result, for the manifest.
pub(super) fn settings(options: &Options, prosody: Option<Prosody>) -> Settings {
    let FinishOptions { loudness_lufs, true_peak_dbtp, levelling, .. } = options.finish;
    let finish = json!({
        "loudness_lufs": loudness_lufs,
        "true_peak_dbtp": true_peak_dbtp,
        "levelling": levelling,
    });
    let mut settings = Settings::new();
    settings.insert("clean".into(), json!(if options.clean.enabled { "rules" } else { "none" }));
    settings.insert("prosody".into(), json!(prosody.unwrap_or_default()));
    settings.insert("finish".into(), finish);
    settings
}

/// A warning when a recording of `found` LUFS did not get the loudness asked for. One whose sentences differ
/// in volume has no loudness to be compared with, nor has one that is too short.
pub(super) fn missed_loudness(
    mut volumes: impl Iterator<Item = f32>,
    found: Option<f64>,
    options: &FinishOptions,
) -> Option<Warning> {
    let first = volumes.next()?;
    if volumes.any(|volume| volume.to_bits() != first.to_bits()) {
        return None;
    }
    let wanted = options.loudness_lufs + 20.0 * f64::from(first).log10();
    let found = found.filter(|found| (found - wanted).abs() > TOLERANCE_LU)?;
    if !wanted.is_finite() {
        return None;
    }
    let mut message = format!("the recording has {found:.1} LUFS, not {wanted:.1}");
    if found < wanted {
        message.push_str(&format!(
            ": there is no more room under a true peak of {:.1} dBTP, or the voice is too soft; ask for less \
             loudness or a higher peak in [finish]",
            options.true_peak_dbtp
        ));
    }
    Some(Warning::new("loudness-missed", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loudness_that_was_not_reached_is_reported() {
        let cases: [(&[f32], Option<f64>, bool); 9] = [
            (&[1.0, 1.0], Some(-16.4), false),
            (&[1.0, 1.0], Some(-16.6), true),
            (&[1.0], Some(-15.4), true),
            // Half the volume is 6 dB less.
            (&[0.5], Some(-22.0), false),
            (&[0.5], Some(-16.0), true),
            // Nothing to compare with.
            (&[0.0], Some(-30.0), false),
            (&[1.0, 0.5], Some(-19.0), false),
            (&[1.0], None, false),
            (&[], Some(-30.0), false),
        ];
        for (volumes, found, warned) in cases {
            let volumes_given = volumes.iter().copied();
            let warning = missed_loudness(volumes_given, found, &FinishOptions::default());
            assert_eq!(warning.is_some(), warned, "{volumes:?} {found:?}");
        }
    }
}
