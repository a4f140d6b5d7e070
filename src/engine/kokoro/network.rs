//! Kokoro's network on rten: phoneme ids and a style in, samples and durations out.

use std::{path::Path, sync::Arc};

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, NdTensorView};

use super::rewrite::{padded, unfolded, unfused, wide_weights};
use crate::engine::neural::{contiguous, graph::Graph, without_stealing};

/// Numbers of a style.
pub(super) const STYLE: usize = 256;
/// Samples of a frame, 25 ms.
pub(super) const HOP: usize = 600;

/// Duration of every id in frames, a value inside the network.
const DURATIONS: &str = "/encoder/Clip_output_0";

/// The shared part: weights, and where to put inputs in and take outputs out.
pub(super) struct Network {
    model: Model,
    ids: NodeId,
    style: NodeId,
    speed: NodeId,
    outputs: [NodeId; 2],
}

/// What the network says.
pub(super) struct Spoken {
    pub(super) samples: Vec<f32>,
    /// Frames that each id lasts.
    pub(super) durations: Vec<usize>,
}

impl Network {
    /// Loads the network in `file`.
    ///
    /// # Errors
    /// When it is not Kokoro's, naming the file and what it lacks.
    pub(super) fn load(file: &Path) -> Result<Self, String> {
        let fault = |reason: String| format!("{}: {reason}", file.display());
        let mut graph = Graph::read(file)?;
        for input in ["tokens", "style", "speed"] {
            if !graph.inputs().any(|name| name == input) {
                return Err(fault(format!("it is not Kokoro: it takes no \"{input}\"")));
            }
        }
        if !graph.nodes("Clip").any(|node| node.output.iter().any(|name| name == DURATIONS)) {
            return Err(fault("it is not the Kokoro that is meant: it tells no durations".into()));
        }
        let samples = graph.outputs().next().unwrap_or_default().to_owned();
        graph.expose(DURATIONS);
        graph.replace("FusedMatMul", unfused)?;
        let weights = wide_weights(&mut graph);
        graph.replace("ConvInteger", |node| {
            match node.input.get(1).and_then(|w| weights.get(w)) {
                Some(weights) => unfolded(node, weights),
                None => padded(node),
            }
        })?;
        drop(weights);
        let model = graph.load()?;
        let node = |name: &str| model.node_id(name).map_err(|e| fault(e.to_string()));
        let (ids, style, speed) = (node("tokens")?, node("style")?, node("speed")?);
        let outputs = [node(&samples)?, node(DURATIONS)?];
        Ok(Self { model, ids, style, speed, outputs })
    }

    /// Speaks `ids` (0, the phonemes, 0) in `style` at `speed` (a factor).
    ///
    /// # Errors
    /// What the runtime says, or what is wrong with its answer.
    pub(super) fn speak(
        &self,
        ids: &[i32],
        style: &[f32; STYLE],
        speed: f32,
        pool: &Arc<ThreadPool>,
    ) -> Result<Spoken, String> {
        let inputs = vec![
            (self.ids, NdTensorView::from_data([1, ids.len()], ids).as_dyn().into()),
            (self.style, NdTensorView::from_data([1, STYLE], &style[..]).as_dyn().into()),
            (self.speed, NdTensor::from_data([1], vec![speed]).into()),
        ];
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let [samples, durations] =
            without_stealing(|| self.model.run_n(inputs, self.outputs, Some(options)))
                .map_err(|e| e.to_string())?;
        let durations = contiguous(&durations, "durations")?;
        // Whole numbers already; the network itself rounded them.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let durations: Vec<usize> = durations.iter().map(|d| d.max(0.0) as usize).collect();
        let samples = contiguous(&samples, "samples")?.to_vec();
        let total: usize = durations.iter().sum();
        if durations.len() != ids.len() || samples.len() != total * HOP {
            return Err(format!("{} samples for {total} frames", samples.len()));
        }
        if samples.iter().any(|s| !s.is_finite()) {
            return Err("the voice's samples are not numbers".to_owned());
        }
        Ok(Spoken { samples, durations })
    }
}
