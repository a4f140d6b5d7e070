//! What of Kokoro's network rten 0.27 takes otherwise than ONNX Runtime, whose tools quantised it, or more slowly.
//!
//! A matrix product that transposes a side first it does not have: that becomes the two operators that it is.
//! A convolution of integers it pads with the number 0, not with the integer that stands for zero, so that every
//! layer hears a click at both ends: the padding becomes an operator of its own. And the values under a wide
//! kernel it collects one by one, which took 43% of the time: that becomes a matrix product of rows that are
//! copied whole, with the same sums.

use std::{cell::RefCell, collections::HashMap};

use rten_onnx::onnx::{AttributeProto, AttributeType, DataType, NodeProto, TensorProto};

use crate::engine::neural::graph::Graph;

/// A fused matrix product of three-dimensional operands as a transposition and a product.
pub(super) fn unfused(node: &NodeProto) -> Result<Vec<NodeProto>, String> {
    let [a, b] = &node.input[..] else { return Err("not two operands".to_owned()) };
    let attribute = |name: &str| node.attribute.iter().find(|a| a.name.as_deref() == Some(name));
    let set = |name| attribute(name).and_then(|a| a.i).unwrap_or(0) != 0;
    #[expect(clippy::float_cmp, reason = "the file says 1 or something else")]
    let scaled = attribute("alpha").and_then(|a| a.f).unwrap_or(1.0) != 1.0;
    if scaled || set("transBatchA") || set("transBatchB") {
        return Err("a kind that is not expected".to_owned());
    }
    let mut made = Made::in_place_of(node);
    let mut operand = |value: &String, transposed: bool| {
        if transposed { made.transposed(value) } else { value.clone() }
    };
    let input = vec![operand(a, set("transA")), operand(b, set("transB"))];
    made.nodes.push(NodeProto {
        op_type: Some("MatMul".into()),
        domain: None,
        attribute: Vec::new(),
        input,
        ..node.clone()
    });
    Ok(made.nodes)
}

/// A convolution of integers that is padded, as a padding with what stands for zero and a convolution.
pub(super) fn padded(node: &NodeProto) -> Result<Vec<NodeProto>, String> {
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
    let mut made = Made::in_place_of(&node);
    // Of batch, channels and time: before each, then after each.
    let amounts = made.constant(numbers("value_ints", vec![0, 0, before, 0, 0, after]));
    node.input[0] = made.node("Pad", &[values, &amounts, zero], Vec::new());
    made.nodes.push(node);
    Ok(made.nodes)
}

/// Takes the weights out of the network of those convolutions of integers that [`unfolded`] takes apart, by name:
/// the kernel is wider than one sample and goes sample by sample over all channels.
pub(super) fn wide_weights(graph: &mut Graph) -> HashMap<String, TensorProto> {
    let plain = |node: &NodeProto| {
        let is = |name: &str, usual: i64| {
            let attribute = node.attribute.iter().find(|a| a.name.as_deref() == Some(name));
            attribute
                .is_none_or(|a| a.i.into_iter().chain(a.ints.iter().copied()).all(|i| i == usual))
        };
        is("strides", 1) && is("group", 1)
    };
    let convolutions = graph.nodes("ConvInteger").filter(|node| plain(node));
    let names: Vec<String> = convolutions.filter_map(|node| node.input.get(1).cloned()).collect();
    graph.take_initial(|tensor| {
        let wide = matches!(tensor.dims[..], [_, _, width] if width > 1);
        let named = tensor.name.as_ref().is_some_and(|name| names.contains(name));
        wide && named && tensor.data_type == Some(DataType::UINT8) && tensor.raw_data.is_some()
    })
}

/// A convolution of integers of shape `[1, channels, time]` with `weights` of shape `[outputs, channels, width]`
/// as a matrix product: of rows of time that hold `width` times all channels, with weights in that order.
pub(super) fn unfolded(node: &NodeProto, weights: &TensorProto) -> Result<Vec<NodeProto>, String> {
    let [values, _, zero, weights_zero] = &node.input[..] else {
        return Err("nothing says what stands for zero".to_owned());
    };
    let [outputs, channels, width] = weights.dims[..] else {
        return Err("it is not of one dimension".to_owned());
    };
    let ints = |name: &str| {
        let attribute = node.attribute.iter().find(|a| a.name.as_deref() == Some(name));
        attribute.map(|a| &a.ints[..]).unwrap_or_default()
    };
    let step = ints("dilations").first().copied().unwrap_or(1);
    let (before, after) = match ints("pads") {
        [] => (0, 0),
        [before, after] => (*before, *after),
        _ => return Err("it is not of one dimension".to_owned()),
    };
    let mut made = Made::in_place_of(node);
    let rows = made.transposed(values);
    // Of batch, time and channels: before each, then after each.
    let pads = made.constant(numbers("value_ints", vec![0, before, 0, 0, after, 0]));
    let rows = made.node("Pad", &[&rows, &pads, zero], Vec::new());
    let length = made.node("Shape", &[&rows], vec![number("start", 1), number("end", 2)]);
    let reach = made.constant(numbers("value_ints", vec![(width - 1) * step]));
    let count = made.node("Sub", &[&length, &reach], Vec::new());
    let count = made.node("Squeeze", &[&count], Vec::new());
    let (nought, one) =
        (made.constant(number("value_int", 0)), made.constant(number("value_int", 1)));
    let starts = made.node("Range", &[&nought, &count, &one], Vec::new());
    let axis = made.constant(numbers("value_ints", vec![1]));
    let starts = made.node("Unsqueeze", &[&starts, &axis], Vec::new());
    let taps = made.constant(numbers("value_ints", (0..width).map(|tap| tap * step).collect()));
    let places = made.node("Add", &[&starts, &taps], Vec::new());
    let gathered = made.node("Gather", &[&rows, &places], vec![number("axis", 1)]);
    let shape = made.constant(numbers("value_ints", vec![1, -1, width * channels]));
    let gathered = made.node("Reshape", &[&gathered, &shape], Vec::new());
    let weights = made.constant(AttributeProto {
        name: Some("value".into()),
        t: Some(by_row(weights, [outputs, channels, width])?),
        r#type: Some(AttributeType::TENSOR),
        ..AttributeProto::default()
    });
    let product = [&gathered, &weights, zero, weights_zero];
    let product = made.node("MatMulInteger", &product, Vec::new());
    made.transposed(&product);
    let mut nodes = made.nodes;
    if let Some(last) = nodes.last_mut() {
        last.output.clone_from(&node.output);
    }
    Ok(nodes)
}

/// `weights` in the order of width, channels, outputs. They stay unsigned: signed ones rten packs when it loads
/// them, and forgets then what stands for zero.
fn by_row(weights: &TensorProto, shape: [i64; 3]) -> Result<TensorProto, String> {
    let [outputs, channels, width] = shape.map(|size| usize::try_from(size).unwrap_or(0));
    let data = weights.raw_data.as_ref().map(RefCell::borrow);
    let data = data.filter(|data| !data.is_empty() && data.len() == outputs * channels * width);
    let data = data.ok_or("its weights are not as many as their shape says")?;
    let mut turned = Vec::with_capacity(data.len());
    for tap in 0..width {
        for channel in 0..channels {
            let at = |output: usize| data[(output * channels + channel) * width + tap];
            turned.extend((0..outputs).map(at));
        }
    }
    Ok(TensorProto {
        dims: vec![shape[2] * shape[1], shape[0]],
        data_type: weights.data_type,
        raw_data: Some(RefCell::new(turned)),
        ..TensorProto::default()
    })
}

/// Nodes that are being made in place of one.
struct Made {
    /// Of the node that they replace.
    name: String,
    nodes: Vec<NodeProto>,
}

impl Made {
    fn in_place_of(node: &NodeProto) -> Self {
        Self { name: node.name.clone().unwrap_or_default(), nodes: Vec::new() }
    }

    /// Adds a node and gives the name of its output.
    fn node(&mut self, kind: &str, input: &[&String], attribute: Vec<AttributeProto>) -> String {
        let name = format!("{}_{}", self.name, self.nodes.len());
        self.nodes.push(NodeProto {
            name: Some(name.clone()),
            op_type: Some(kind.to_owned()),
            input: input.iter().map(|input| (*input).clone()).collect(),
            output: vec![name.clone()],
            attribute,
            ..NodeProto::default()
        });
        name
    }

    /// The last two of three dimensions exchanged.
    fn transposed(&mut self, value: &String) -> String {
        self.node("Transpose", &[value], vec![numbers("perm", vec![0, 2, 1])])
    }

    fn constant(&mut self, value: AttributeProto) -> String {
        self.node("Constant", &[], vec![value])
    }
}

fn number(name: &str, value: i64) -> AttributeProto {
    AttributeProto {
        name: Some(name.to_owned()),
        i: Some(value),
        r#type: Some(AttributeType::INT),
        ..AttributeProto::default()
    }
}

fn numbers(name: &str, values: Vec<i64>) -> AttributeProto {
    AttributeProto {
        name: Some(name.to_owned()),
        ints: values,
        r#type: Some(AttributeType::INTS),
        ..AttributeProto::default()
    }
}

#[cfg(test)]
mod tests {
    use rten_onnx::onnx::{GraphProto, ValueInfoProto};
    use rten_tensor::prelude::*;

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

    /// A network that is one convolution, from `[1, 8, time]` to `[1, 4, time]`, at its edges by zero.
    fn convolution(width: i64, step: i64, stride: i64) -> Graph {
        let count = usize::try_from(4 * 8 * width).expect("small");
        let weights: Vec<u8> = (0..=250).step_by(37).cycle().take(count).collect();
        let tensor = |name: &str, dims: Vec<i64>, data: Vec<u8>| TensorProto {
            name: Some(name.into()),
            dims,
            data_type: Some(DataType::UINT8),
            raw_data: Some(RefCell::new(data)),
            ..TensorProto::default()
        };
        let reach = (width - 1) * step;
        Graph::of(GraphProto {
            node: vec![NodeProto {
                name: Some("c".into()),
                op_type: Some("ConvInteger".into()),
                input: ["x", "w", "zero", "w_zero"].map(Into::into).to_vec(),
                output: vec!["y".into()],
                attribute: vec![
                    numbers("dilations", vec![step]),
                    numbers("strides", vec![stride]),
                    numbers("pads", vec![reach / 2, reach - reach / 2]),
                ],
                ..NodeProto::default()
            }],
            initializer: vec![
                tensor("w", vec![4, 8, width], weights),
                tensor("zero", Vec::new(), vec![131]),
                tensor("w_zero", Vec::new(), vec![97]),
            ],
            input: vec![ValueInfoProto { name: Some("x".into()), r#type: None }],
            output: vec![ValueInfoProto { name: Some("y".into()), r#type: None }],
            ..GraphProto::default()
        })
    }

    fn answer(graph: Graph) -> Vec<i32> {
        let model = graph.load().expect("a network");
        let values: Vec<u8> = (0..8 * 50_u32).map(|i| (i * i % 255) as u8).collect();
        let input = rten_tensor::NdTensor::from_data([1, 8, 50], values);
        let answer = model.run_one(input.into(), None).expect("an answer");
        let answer: rten_tensor::NdTensor<i32, 3> = answer.try_into().expect("integers");
        assert_eq!(answer.shape(), [1, 4, 50]);
        answer.to_vec()
    }

    #[test]
    fn a_wide_kernel_has_the_same_sums_as_a_matrix_product() {
        for (width, step) in [(3, 1), (2, 1), (5, 3), (11, 5)] {
            let mut plain = convolution(width, step, 1);
            plain.replace("ConvInteger", padded).expect("it can be padded");
            let mut wide = convolution(width, step, 1);
            let weights = wide_weights(&mut wide);
            assert_eq!(weights.len(), 1);
            wide.replace("ConvInteger", |node| unfolded(node, &weights["w"])).expect("it can be");
            assert_eq!(wide.nodes("ConvInteger").count(), 0);
            assert_eq!(answer(wide), answer(plain), "{width} wide, {step} apart");
        }
    }

    #[test]
    fn what_is_no_wide_kernel_stays() {
        assert!(wide_weights(&mut convolution(1, 1, 1)).is_empty());
        assert!(wide_weights(&mut convolution(3, 1, 2)).is_empty());
    }
}
