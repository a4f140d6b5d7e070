//! Changes to a network before it is loaded.
//!
//! Networks come as their makers exported them: with noise drawn inside, with values kept to themselves that
//! are wanted outside, with operators that the runtime lacks. All that is changed here, in memory, in the
//! network's own format; the installed file stays the one whose hash the catalogue knows, and another version
//! of aloud may change it otherwise.

use std::{fs::File, path::Path};

use super::without_stealing;
use rten::{Model, ModelOptions};
use rten_onnx::onnx::{
    GraphProto, ModelProto, NodeProto, TypeProto, TypeProtoTensor, ValueInfoProto,
};

/// A file larger than this is no voice: 2 GiB, the most that the format holds.
const MOST_BYTES: u64 = 2 << 30;

/// A network that is being changed.
pub(in crate::engine) struct Graph {
    model: ModelProto,
    parts: GraphProto,
    file: String,
}

/// A value that the network drew at random and now takes as an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::engine) struct NoiseInput {
    /// Its name.
    pub(in crate::engine) name: String,
    /// The value that it is as large as.
    pub(in crate::engine) like: String,
}

impl Graph {
    /// Reads the network in `file`.
    ///
    /// # Errors
    /// When it cannot be read or is no network, naming it.
    pub(in crate::engine) fn read(file: &Path) -> Result<Self, String> {
        let name = file.display().to_string();
        let fault = |e: &dyn std::fmt::Display| format!("{name}: {e}");
        let opened = File::open(file).map_err(|e| fault(&e))?;
        let bytes = opened.metadata().map_err(|e| fault(&e))?.len();
        if bytes > MOST_BYTES {
            return Err(fault(&"it is larger than 2 GiB, which no network of a voice is"));
        }
        let mut model =
            ModelProto::parse_file(opened).map_err(|e| fault(&format!("it is no network: {e}")))?;
        let graph = model.graph.take().filter(|g| !g.node.is_empty() && !g.output.is_empty());
        let graph =
            graph.ok_or_else(|| fault(&"it is no network: nothing in it computes anything"))?;
        Ok(Self { model, parts: graph, file: name })
    }

    /// A network of these parts.
    #[cfg(all(test, feature = "kokoro"))]
    pub(in crate::engine) fn of(parts: GraphProto) -> Self {
        let opset_import =
            vec![rten_onnx::onnx::OperatorSetIdProto { domain: None, version: Some(17) }];
        let model = ModelProto { ir_version: Some(8), opset_import, ..ModelProto::default() };
        Self { model, parts, file: "a test".into() }
    }

    /// Names of what goes in.
    pub(in crate::engine) fn inputs(&self) -> impl Iterator<Item = &str> {
        self.parts.input.iter().filter_map(|input| input.name.as_deref())
    }

    /// Names of what comes out.
    pub(in crate::engine) fn outputs(&self) -> impl Iterator<Item = &str> {
        self.parts.output.iter().filter_map(|output| output.name.as_deref())
    }

    /// The nodes of the operator `kind`, in the order of the file.
    pub(in crate::engine) fn nodes(&self, kind: &str) -> impl Iterator<Item = &NodeProto> {
        self.parts.node.iter().filter(move |node| node.op_type.as_deref() == Some(kind))
    }

    /// Makes the value `name` one that can be asked for, whatever the runtime would make of it otherwise.
    pub(in crate::engine) fn expose(&mut self, name: &str) {
        if !self.outputs().any(|output| output == name) {
            self.parts.output.push(ValueInfoProto { name: Some(name.to_owned()), r#type: None });
        }
    }

    /// Makes everything that the network draws from a normal distribution an input, in the order of the
    /// file, so that the same noise can be given again. What it is as large as is exposed.
    ///
    /// # Errors
    /// When something is drawn in another way.
    pub(in crate::engine) fn take_noise_out(&mut self) -> Result<Vec<NoiseInput>, String> {
        let mut noise = Vec::new();
        let mut kept = Vec::with_capacity(self.parts.node.len());
        for node in std::mem::take(&mut self.parts.node) {
            match node.op_type.as_deref() {
                Some("RandomNormalLike") if node.attribute.iter().all(is_standard) => {
                    let (Some(like), Some(name)) = (node.input.first(), node.output.first()) else {
                        return Err(format!("{}: noise of no size", self.file));
                    };
                    noise.push(NoiseInput { name: name.clone(), like: like.clone() });
                }
                Some(kind) if kind.starts_with("Random") => {
                    return Err(format!("{}: {kind} cannot be seeded", self.file));
                }
                _ => kept.push(node),
            }
        }
        self.parts.node = kept;
        for NoiseInput { name, like } in &noise {
            self.parts.input.push(float_input(name));
            self.expose(like);
        }
        Ok(noise)
    }

    /// Replaces every node of the operator `kind` by the nodes that `change` makes of it.
    ///
    /// # Errors
    /// The first that `change` has, naming the file and the node.
    #[cfg(feature = "kokoro")]
    pub(in crate::engine) fn replace(
        &mut self,
        kind: &str,
        change: impl Fn(&NodeProto) -> Result<Vec<NodeProto>, String>,
    ) -> Result<(), String> {
        let mut kept = Vec::with_capacity(self.parts.node.len());
        for node in std::mem::take(&mut self.parts.node) {
            if node.op_type.as_deref() != Some(kind) {
                kept.push(node);
                continue;
            }
            kept.extend(change(&node).map_err(|e| {
                let name = node.name.as_deref().unwrap_or_default();
                format!("{}: {kind} {name}: {e}", self.file)
            })?);
        }
        self.parts.node = kept;
        Ok(())
    }

    /// Takes those constants out that `wanted` wants, by name.
    #[cfg(feature = "kokoro")]
    pub(in crate::engine) fn take_initial(
        &mut self,
        wanted: impl Fn(&rten_onnx::onnx::TensorProto) -> bool,
    ) -> std::collections::HashMap<String, rten_onnx::onnx::TensorProto> {
        let (taken, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.parts.initializer).into_iter().partition(|t| wanted(t));
        self.parts.initializer = kept;
        taken.into_iter().map(|t| (t.name.clone().unwrap_or_default(), t)).collect()
    }

    /// Loads the network as it is now.
    ///
    /// # Errors
    /// What the runtime cannot do with it, naming the file.
    pub(in crate::engine) fn load(self) -> Result<Model, String> {
        let Self { mut model, parts, file } = self;
        model.graph = Some(parts);
        let fault = |e: &dyn std::fmt::Display| format!("{file}: {e}");
        let bytes = model.write_buf().map_err(|e| fault(&e))?;
        drop(model);
        let load = || ModelOptions::with_all_ops().prepack_weights(true).load(bytes);
        without_stealing(load).map_err(|e| fault(&e))
    }
}

/// Whether an attribute of a random operator leaves it at mean 0 and deviation 1.
fn is_standard(attribute: &rten_onnx::onnx::AttributeProto) -> bool {
    match attribute.name.as_deref() {
        Some("mean") => attribute.f.unwrap_or(0.0) == 0.0,
        #[expect(clippy::float_cmp, reason = "the file says 1 or something else")]
        Some("scale") => attribute.f.unwrap_or(1.0) == 1.0,
        _ => true,
    }
}

/// An input of floating point numbers of any shape.
fn float_input(name: &str) -> ValueInfoProto {
    let tensor =
        TypeProtoTensor { elem_type: Some(rten_onnx::onnx::DataType::FLOAT), ..Default::default() };
    ValueInfoProto {
        name: Some(name.to_owned()),
        r#type: Some(TypeProto { tensor_type: Some(tensor), ..Default::default() }),
    }
}
