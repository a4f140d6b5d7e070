//! hibari's network on rten: phoneme ids in, spectra, fundamental and durations out.
//!
//! The weights are loaded once and shared.

use std::{path::Path, sync::Arc};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::{NdTensor, NdTensorView};

use super::dsp::{Frames, ROW};
use crate::engine::neural::{contiguous, without_stealing};

/// Values inside the network that are read beside its outputs, by their names in the file.
///
/// The five spectra stand there frame after frame, before the network transposes and splits them:
/// taking them here saves that work and gives the signal processing the order it wants.
const SPECTRA: &str = "/head/Add_output_0";
/// Duration of every id, in steps of two frames.
const DURATIONS: &str = "/Clip_output_0";

/// The shared part: weights, and where to put inputs in and take outputs out.
pub(super) struct Network {
    model: Model,
    ids: NodeId,
    speed: NodeId,
    outputs: [NodeId; 3],
}

/// What the network says about an utterance.
pub(super) struct Prediction {
    spectra: Value,
    f0: Value,
    /// Frames that each id lasts.
    pub(super) durations: Vec<usize>,
}

impl Network {
    /// Loads the weights.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(super) fn load(file: &Path) -> Result<Self, String> {
        let fault = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        // Packed weights: 7% faster for 10 MB of memory.
        let load = || ModelOptions::with_all_ops().prepack_weights(true).load_file(file);
        let model = without_stealing(load).map_err(|e| fault(&e))?;
        let node = |name: &str| model.node_id(name).map_err(|e| fault(&e));
        let (ids, speed) = (node("ids")?, node("speed")?);
        let outputs = [node(SPECTRA)?, node("f0")?, node(DURATIONS)?];
        Ok(Self { model, ids, speed, outputs })
    }

    /// Runs the network on `ids` (0, the phonemes, 0) at `speed` (a factor).
    ///
    /// # Errors
    /// What the runtime says, or what is wrong with its answer.
    pub(super) fn predict(
        &self,
        ids: &[i32],
        speed: f32,
        pool: &Arc<ThreadPool>,
    ) -> Result<Prediction, String> {
        let ids_in = NdTensorView::from_data([1, ids.len()], ids);
        let inputs = vec![
            (self.ids, ids_in.as_dyn().into()),
            (self.speed, NdTensor::from_data([1], vec![speed]).into()),
        ];
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let [spectra, f0, durations] = without_stealing(|| {
            self.model.run_n(inputs, self.outputs, Some(options)).map_err(|e| e.to_string())
        })?;
        let durations = contiguous(&durations, "durations")?;
        // Whole numbers already; the network itself rounded them.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let durations: Vec<usize> = durations.iter().map(|d| 2 * d.max(0.0) as usize).collect();
        let prediction = Prediction { spectra, f0, durations };
        let frames = prediction.frames()?;
        let total: usize = prediction.durations.iter().sum();
        if prediction.durations.len() != ids.len() || total != frames.f0.len() {
            return Err(format!("durations of {total} frames for {} frames", frames.f0.len()));
        }
        Ok(prediction)
    }
}

impl Prediction {
    /// The frames, in the order of time.
    ///
    /// # Errors
    /// When the network's answer is not shaped as it must be.
    pub(super) fn frames(&self) -> Result<Frames<'_>, String> {
        let spectra = contiguous(&self.spectra, "spectra")?;
        let f0 = contiguous(&self.f0, "f0")?;
        if spectra.len() != f0.len() * ROW {
            return Err(format!("{} numbers for {} frames", spectra.len(), f0.len()));
        }
        Ok(Frames { spectra, f0 })
    }
}
