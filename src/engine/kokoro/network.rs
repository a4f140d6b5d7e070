//! Kokoro's network on rten: phoneme ids and a style in, samples and durations out.
//!
//! The network was quantised by ONNX Runtime's tools, which leave two things in it that rten 0.27 takes
//! otherwise. A matrix product that transposes a side first it does not have: that becomes the two operators that
//! it is. And a convolution of integers it pads with the number 0, not with the integer that stands for zero, so
//! that every layer hears a click at both ends: the padding becomes an operator of its own.

use std::{path::Path, sync::Arc};

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_onnx::onnx::{AttributeProto, AttributeType, NodeProto};
use rten_tensor::{NdTensor, NdTensorView};

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
        graph.replace("ConvInteger", padded)?;
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

/// A fused matrix product of three-dimensional operands as a transposition and a product.
fn unfused(node: &NodeProto) -> Result<Vec<NodeProto>, String> {
    let [a, b] = &node.input[..] else { return Err("not two operands".to_owned()) };
    let attribute = |name: &str| node.attribute.iter().find(|a| a.name.as_deref() == Some(name));
    let set = |name| attribute(name).and_then(|a| a.i).unwrap_or(0) != 0;
    #[expect(clippy::float_cmp, reason = "the file says 1 or something else")]
    let scaled = attribute("alpha").and_then(|a| a.f).unwrap_or(1.0) != 1.0;
    if scaled || set("transBatchA") || set("transBatchB") {
        return Err("a kind that is not expected".to_owned());
    }
    let name = node.name.clone().unwrap_or_default();
    let mut made = Vec::new();
    let mut operand = |value: &String, transposed: bool, side: &str| {
        if !transposed {
            return value.clone();
        }
        let output = format!("{name}{side}_transposed");
        made.push(NodeProto {
            name: Some(output.clone()),
            op_type: Some("Transpose".into()),
            input: vec![value.clone()],
            output: vec![output.clone()],
            attribute: vec![AttributeProto {
                name: Some("perm".into()),
                ints: vec![0, 2, 1],
                r#type: Some(AttributeType::INTS),
                ..AttributeProto::default()
            }],
            ..NodeProto::default()
        });
        output
    };
    let input = vec![operand(a, set("transA"), "a"), operand(b, set("transB"), "b")];
    made.push(NodeProto {
        op_type: Some("MatMul".into()),
        domain: None,
        attribute: Vec::new(),
        input,
        ..node.clone()
    });
    Ok(made)
}

/// A convolution of integers that is padded, as a padding with what stands for zero and a convolution.
fn padded(node: &NodeProto) -> Result<Vec<NodeProto>, String> {
    let mut node = node.clone();
    let pads = node.attribute.iter_mut().find(|a| a.name.as_deref() == Some("pads"));
    let Some(pads) = pads.filter(|a| a.ints.iter().any(|pad| *pad != 0)) else {
        return Ok(vec![node]);
    };
    let [before, after] = pads.ints[..] else {
        return Err("it is not of one dimension".to_owned());
    };
    pads.ints = vec![0, 0];
    let [values, _, zero, ..] = &node.input[..] else {
        return Err("nothing says what stands for zero".to_owned());
    };
    let name = node.name.clone().unwrap_or_default();
    let (amounts, output) = (format!("{name}_pads"), format!("{name}_padded"));
    let constant = NodeProto {
        name: Some(amounts.clone()),
        op_type: Some("Constant".into()),
        output: vec![amounts.clone()],
        attribute: vec![AttributeProto {
            name: Some("value_ints".into()),
            // Of batch, channels and time: before each, then after each.
            ints: vec![0, 0, before, 0, 0, after],
            r#type: Some(AttributeType::INTS),
            ..AttributeProto::default()
        }],
        ..NodeProto::default()
    };
    let pad = NodeProto {
        name: Some(output.clone()),
        op_type: Some("Pad".into()),
        input: vec![values.clone(), amounts, zero.clone()],
        output: vec![output.clone()],
        ..NodeProto::default()
    };
    node.input[0] = output;
    Ok(vec![constant, pad, node])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fused(attributes: &[(&str, i64)]) -> NodeProto {
        let attribute = |(name, value): &(&str, i64)| AttributeProto {
            name: Some((*name).into()),
            i: Some(*value),
            ..AttributeProto::default()
        };
        NodeProto {
            name: Some("m".into()),
            domain: Some("com.microsoft".into()),
            op_type: Some("FusedMatMul".into()),
            input: vec!["a".into(), "b".into()],
            output: vec!["c".into()],
            attribute: attributes.iter().map(attribute).collect(),
        }
    }

    #[test]
    fn a_fused_product_is_taken_apart() {
        let nodes = unfused(&fused(&[("transA", 1), ("transB", 0)])).expect("it can be");
        let kinds: Vec<_> = nodes.iter().filter_map(|n| n.op_type.as_deref()).collect();
        assert_eq!(kinds, ["Transpose", "MatMul"]);
        assert_eq!(nodes[1].input, [nodes[0].output[0].as_str(), "b"]);
        assert_eq!((nodes[1].output[0].as_str(), nodes[1].domain.as_deref()), ("c", None));
        assert_eq!(unfused(&fused(&[])).expect("it can be").len(), 1);
        assert!(unfused(&fused(&[("transBatchA", 1)])).is_err());
    }

    #[test]
    fn integers_are_padded_with_what_stands_for_zero() {
        let pads = |ints: &[i64]| AttributeProto {
            name: Some("pads".into()),
            ints: ints.to_vec(),
            ..AttributeProto::default()
        };
        let convolution = |ints: &[i64], inputs: &[&str]| NodeProto {
            name: Some("c".into()),
            op_type: Some("ConvInteger".into()),
            input: inputs.iter().map(|i| (*i).into()).collect(),
            output: vec!["y".into()],
            attribute: vec![pads(ints)],
            ..NodeProto::default()
        };
        let nodes = padded(&convolution(&[2, 3], &["x", "w", "zero", "z"])).expect("it can be");
        let [constant, pad, rest] = &nodes[..] else { panic!("{} nodes", nodes.len()) };
        assert_eq!(constant.attribute[0].ints, [0, 0, 2, 0, 0, 3]);
        assert_eq!(pad.input, ["x", constant.output[0].as_str(), "zero"]);
        assert_eq!(rest.input, [pad.output[0].as_str(), "w", "zero", "z"]);
        assert_eq!(rest.attribute[0].ints, [0, 0]);
        assert_eq!(padded(&convolution(&[0, 0], &["x", "w"])).expect("nothing to do").len(), 1);
        assert!(padded(&convolution(&[1, 1], &["x", "w"])).is_err());
        assert!(padded(&convolution(&[1, 1, 1, 1], &["x", "w", "zero"])).is_err());
    }
}
