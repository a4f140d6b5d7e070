//! A Piper voice's network on rten: phoneme ids and noise in, samples and durations out.
//!
//! VITS draws noise twice: for the rhythm, as much as there are ids, and for the sound, as much as the rhythm
//! gives frames. Both are taken out of the network and made inputs. Since the second is only known when the
//! rhythm is, the network runs in two parts; nothing is computed twice.

use std::{path::Path, sync::Arc};

use rten::{Model, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::{NdTensor, Tensor, prelude::*};

use super::config::Inference;
use crate::engine::neural::{
    contiguous,
    graph::{Graph, NoiseInput},
    noise::normals,
    without_stealing,
};

/// Frames of an utterance that are believed: 10 minutes at 12 ms each. A damaged network may ask for more
/// than there is memory.
const MOST_FRAMES: usize = 50_000;

/// A loaded network, and where to put inputs in and take outputs out.
pub(super) struct Network {
    model: Model,
    ids: NodeId,
    length: NodeId,
    scales: NodeId,
    speaker: Option<NodeId>,
    rhythm: Option<NodeId>,
    /// The noise of the sound, and the value that it is as large as.
    sound: (NodeId, NodeId),
    durations: NodeId,
    samples: NodeId,
}

/// What the network says.
pub(super) struct Spoken {
    pub(super) samples: Vec<f32>,
    /// Frames that each id lasts.
    pub(super) durations: Vec<usize>,
    /// Samples of a frame.
    pub(super) hop: usize,
}

impl Network {
    /// Loads the network in `file`, which has several `speakers` or one.
    ///
    /// # Errors
    /// When it is no network of Piper's, naming the file and what it lacks.
    pub(super) fn load(file: &Path, speakers: bool) -> Result<Self, String> {
        let fault = |reason: String| format!("{}: {reason}", file.display());
        let mut graph = Graph::read(file)?;
        let foreign = |what: &str| fault(format!("it is no Piper voice: {what}"));
        for input in ["input", "input_lengths", "scales"] {
            if !graph.inputs().any(|name| name == input) {
                return Err(foreign(&format!("it takes no \"{input}\"")));
            }
        }
        if speakers && !graph.inputs().any(|name| name == "sid") {
            return Err(foreign("its description has several speakers, and it takes no \"sid\""));
        }
        let samples =
            graph.outputs().next().map(str::to_owned).ok_or_else(|| foreign("no output"))?;
        // The durations are the only thing that is rounded up.
        let rounded: Vec<_> = graph.nodes("Ceil").filter_map(|node| node.output.first()).collect();
        let [durations] = rounded[..] else {
            return Err(foreign("its durations cannot be told from other values"));
        };
        let durations = durations.clone();
        graph.expose(&durations);
        let noise = graph.take_noise_out()?;
        let (rhythm, sound) = match &noise[..] {
            // Without a stochastic duration predictor there is no noise in the rhythm.
            [sound] => (None, sound.clone()),
            [rhythm, sound] => (Some(rhythm.clone()), sound.clone()),
            _ => return Err(foreign("it draws noise in more or fewer places than VITS does")),
        };
        let model = graph.load()?;
        let node = |name: &str| model.node_id(name).map_err(|e| fault(e.to_string()));
        let noise_node = |noise: &NoiseInput| node(&noise.name);
        Ok(Self {
            ids: node("input")?,
            length: node("input_lengths")?,
            scales: node("scales")?,
            speaker: if speakers { Some(node("sid")?) } else { None },
            rhythm: rhythm.as_ref().map(noise_node).transpose()?,
            sound: (noise_node(&sound)?, node(&sound.like)?),
            durations: node(&durations)?,
            samples: node(&samples)?,
            model,
        })
    }

    /// Speaks `ids` in `manner`, as `speaker` if there are several, with noise from `seed`.
    ///
    /// # Errors
    /// What the runtime says, or what is wrong with its answer.
    pub(super) fn speak(
        &self,
        ids: &[i32],
        manner: Inference,
        speaker: Option<i32>,
        seed: u64,
        pool: &Arc<ThreadPool>,
    ) -> Result<Spoken, String> {
        let options = || RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let count = i32::try_from(ids.len()).map_err(|_| "too long".to_owned())?;
        let scales = vec![manner.noise_scale, manner.length_scale, manner.noise_w];
        let mut inputs: Vec<(NodeId, ValueOrView)> = vec![
            (self.ids, NdTensor::from_data([1, ids.len()], ids.to_vec()).into()),
            (self.length, NdTensor::from_data([1], vec![count]).into()),
            (self.scales, NdTensor::from_data([3], scales).into()),
        ];
        if let Some(node) = self.speaker {
            inputs.push((node, NdTensor::from_data([1], vec![speaker.unwrap_or(0)]).into()));
        }
        if let Some(node) = self.rhythm {
            let noise = normals(2 * ids.len(), seed);
            inputs.push((node, NdTensor::from_data([1, 2, ids.len()], noise).into()));
        }
        let wanted = [self.samples, self.durations, self.sound.1];
        let halfway = without_stealing(|| self.model.partial_run(inputs, &wanted, Some(options())))
            .map_err(|e| e.to_string())?;
        let value = |node: NodeId| {
            let found = halfway.iter().find(|(id, _)| *id == node).map(|(_, value)| value);
            found.ok_or_else(|| "its parts do not depend on one another as VITS's do".to_owned())
        };
        let durations = frames(value(self.durations)?, ids.len())?;
        let total: usize = durations.iter().sum();
        if total > MOST_FRAMES {
            return Err(format!("the voice wants to speak for {total} frames"));
        }
        let Value::FloatTensor(like) = value(self.sound.1)? else {
            return Err("its latent variables are no floating point numbers".to_owned());
        };
        let noise = Tensor::from_data(like.shape(), normals(like.len(), !seed));
        let mut rest: Vec<(NodeId, ValueOrView)> = vec![(self.sound.0, noise.into())];
        rest.extend(halfway.into_iter().map(|(node, value)| (node, value.into())));
        let [samples] =
            without_stealing(|| self.model.run_n(rest, [self.samples], Some(options())))
                .map_err(|e| e.to_string())?;
        let samples = contiguous(&samples, "samples")?.to_vec();
        if total == 0 || samples.len() % total != 0 {
            return Err(format!("{} samples for {total} frames", samples.len()));
        }
        if samples.iter().any(|s| !s.is_finite()) {
            return Err("the voice's samples are not numbers".to_owned());
        }
        let hop = samples.len() / total;
        Ok(Spoken { samples, durations, hop })
    }
}

/// The durations as whole frames, one of each of `count` ids.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, and checked")]
fn frames(value: &Value, count: usize) -> Result<Vec<usize>, String> {
    let durations = contiguous(value, "durations")?;
    if durations.len() != count || durations.iter().any(|d| !(0.0..1e6).contains(d)) {
        return Err(format!("its {} durations for {count} ids are none", durations.len()));
    }
    Ok(durations.iter().map(|d| *d as usize).collect())
}
