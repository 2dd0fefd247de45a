//! Rewrites `PRelu` inside an ONNX file into operations the runtime executes fast.
//!
//! `PRelu(x) = a x + (1 - a) relu(x)` holds exactly. ONNX Runtime 1.28 to 1.31 leaves its blocked memory layout for
//! every `PRelu`; as `Relu`, two depthwise 1 x 1 `Conv` and an `Add` the layout is kept, which halves the time of both
//! recognisers (figures in `docs/recognition.md`).

use std::collections::{HashMap, HashSet};

use super::wire::{Field, parse, repeated_varints, write, write_bytes, write_number};

// Field numbers of onnx.proto.
const MODEL_IR_VERSION: u64 = 1;
const MODEL_GRAPH: u64 = 7;
const GRAPH_NODE: u64 = 1;
const GRAPH_INITIALIZER: u64 = 5;
const NODE_INPUT: u64 = 1;
const NODE_OUTPUT: u64 = 2;
const NODE_OP_TYPE: u64 = 4;
const NODE_ATTRIBUTE: u64 = 5;
const ATTRIBUTE_NAME: u64 = 1;
const ATTRIBUTE_INT: u64 = 3;
const ATTRIBUTE_TYPE: u64 = 20;
const ATTRIBUTE_TYPE_INT: u64 = 2;
const TENSOR_DIMS: u64 = 1;
const TENSOR_TYPE: u64 = 2;
const TENSOR_TYPE_FLOAT: u64 = 1;
const TENSOR_FLOATS: u64 = 4;
const TENSOR_NAME: u64 = 8;
const TENSOR_RAW: u64 = 9;

/// The model with every `PRelu` whose slopes and channels are known replaced; `None` when there is nothing to replace
/// or the bytes cannot be read.
pub(super) fn rewrite(model: &[u8]) -> Option<Vec<u8>> {
    let fields = parse(model)?;
    // Before version 4 every initializer had to be a graph input too; such files are left alone.
    if fields.iter().find_map(|f| f.varint(MODEL_IR_VERSION))? < 4 {
        return None;
    }
    let graph = fields.iter().find_map(|f| f.bytes(MODEL_GRAPH))?;
    let graph = rewrite_graph(graph)?;
    let mut out = Vec::with_capacity(model.len() + (1 << 16));
    for field in fields {
        match field.bytes(MODEL_GRAPH) {
            Some(_) => write_bytes(&mut out, MODEL_GRAPH, &graph),
            None => write(&mut out, field),
        }
    }
    Some(out)
}

struct Node<'a> {
    inputs: Vec<&'a str>,
    outputs: Vec<&'a str>,
    op: &'a str,
}

fn rewrite_graph(graph: &[u8]) -> Option<Vec<u8>> {
    let fields = parse(graph)?;
    let initializers: HashMap<&str, &[u8]> = fields
        .iter()
        .filter_map(|f| f.bytes(GRAPH_INITIALIZER))
        .filter_map(|t| Some((parse(t)?.iter().find_map(|f| f.text(TENSOR_NAME))?, t)))
        .collect();
    let nodes: Vec<Node<'_>> = fields.iter().filter_map(|f| read_node(f.bytes(GRAPH_NODE)?)).collect();
    let producers: HashMap<&str, &Node<'_>> =
        nodes.iter().flat_map(|n| n.outputs.iter().map(move |o| (*o, n))).collect();

    let mut out = Vec::with_capacity(graph.len() + (1 << 16));
    let mut weights = Vec::new();
    let mut dropped = HashSet::new();
    let mut kept = HashSet::new();
    for field in &fields {
        let Some(bytes) = field.bytes(GRAPH_NODE) else {
            continue;
        };
        let node = read_node(bytes)?;
        match replace(&node, weights.len(), &initializers, &producers) {
            Some(new) => {
                new.nodes.iter().for_each(|n| write_bytes(&mut out, GRAPH_NODE, n));
                weights.extend(new.weights);
                dropped.extend(node.inputs.get(1).copied());
            }
            None => {
                write(&mut out, *field);
                kept.extend(node.inputs.iter().copied());
            }
        }
    }
    if weights.is_empty() {
        return None;
    }
    let is_unused = |f: &Field<'_>| {
        let name = f.bytes(GRAPH_INITIALIZER).and_then(parse).and_then(|t| t.iter().find_map(|f| f.text(TENSOR_NAME)));
        name.is_some_and(|n| dropped.contains(n) && !kept.contains(n))
    };
    for field in fields.iter().filter(|f| f.number != GRAPH_NODE && !is_unused(f)) {
        write(&mut out, *field);
    }
    weights.iter().for_each(|w| write_bytes(&mut out, GRAPH_INITIALIZER, w));
    Some(out)
}

struct Replacement {
    nodes: Vec<Vec<u8>>,
    weights: Vec<Vec<u8>>,
}

fn replace(
    node: &Node<'_>,
    serial: usize,
    initializers: &HashMap<&str, &[u8]>,
    producers: &HashMap<&str, &Node<'_>>,
) -> Option<Replacement> {
    let (&[input, slope], &[output]) = (node.inputs.as_slice(), node.outputs.as_slice()) else {
        return None;
    };
    if node.op != "PRelu" {
        return None;
    }
    let slopes = read_slopes(initializers.get(slope)?)?;
    let slopes = match slopes.as_slice() {
        [one] => vec![*one; channels_of(input, initializers, producers, 32)?],
        _ => slopes,
    };
    let name = |part: &str| format!("rollcall_prelu_{serial}_{part}");
    let (relu, direct, rectified) = (name("relu"), name("direct"), name("rectified"));
    let (direct_weight, rectified_weight) = (name("a"), name("one_minus_a"));
    Some(Replacement {
        nodes: vec![
            write_node("Relu", &[input], &relu, None),
            write_node("Conv", &[input, &direct_weight], &direct, Some(slopes.len())),
            write_node("Conv", &[&relu, &rectified_weight], &rectified, Some(slopes.len())),
            write_node("Add", &[&direct, &rectified], output, None),
        ],
        weights: vec![
            write_weight(&direct_weight, slopes.iter().copied()),
            write_weight(&rectified_weight, slopes.iter().map(|a| 1.0 - a)),
        ],
    })
}

/// Slopes of a `[C, 1, 1]` or one-element tensor; others mean something else than one slope per channel.
fn read_slopes(tensor: &[u8]) -> Option<Vec<f32>> {
    let fields = parse(tensor)?;
    let dims = repeated_varints(&fields, TENSOR_DIMS)?;
    let per_channel = matches!(dims.as_slice(), [_, 1, 1] | [1] | []);
    if !per_channel || fields.iter().find_map(|f| f.varint(TENSOR_TYPE)) != Some(TENSOR_TYPE_FLOAT) {
        return None;
    }
    let packed = fields.iter().find_map(|f| f.bytes(TENSOR_RAW).or_else(|| f.bytes(TENSOR_FLOATS)))?;
    let (words, []) = packed.as_chunks::<4>() else {
        return None;
    };
    let slopes: Vec<f32> = words.iter().map(|w| f32::from_le_bytes(*w)).collect();
    (slopes.len() as u64 == dims.iter().product::<u64>()).then_some(slopes)
}

/// Channels of a tensor, found at the convolution it comes from, through operations that keep the shape.
fn channels_of(
    name: &str,
    initializers: &HashMap<&str, &[u8]>,
    producers: &HashMap<&str, &Node<'_>>,
    depth: usize,
) -> Option<usize> {
    let node = producers.get(name).filter(|_| depth > 0)?;
    match node.op {
        "Conv" => {
            let weight = parse(initializers.get(node.inputs.get(1)?)?)?;
            usize::try_from(*repeated_varints(&weight, TENSOR_DIMS)?.first()?).ok()
        }
        "Add" | "BatchNormalization" | "PRelu" | "Relu" => {
            node.inputs.iter().find_map(|i| channels_of(i, initializers, producers, depth - 1))
        }
        _ => None,
    }
}

fn read_node(bytes: &[u8]) -> Option<Node<'_>> {
    let fields = parse(bytes)?;
    Some(Node {
        inputs: fields.iter().filter_map(|f| f.text(NODE_INPUT)).collect(),
        outputs: fields.iter().filter_map(|f| f.text(NODE_OUTPUT)).collect(),
        op: fields.iter().find_map(|f| f.text(NODE_OP_TYPE))?,
    })
}

fn write_node(op: &str, inputs: &[&str], output: &str, group: Option<usize>) -> Vec<u8> {
    let mut node = Vec::new();
    inputs.iter().for_each(|i| write_bytes(&mut node, NODE_INPUT, i.as_bytes()));
    write_bytes(&mut node, NODE_OUTPUT, output.as_bytes());
    write_bytes(&mut node, NODE_OP_TYPE, op.as_bytes());
    if let Some(group) = group {
        let mut attribute = Vec::new();
        write_bytes(&mut attribute, ATTRIBUTE_NAME, b"group");
        write_number(&mut attribute, ATTRIBUTE_INT, group as u64);
        write_number(&mut attribute, ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INT);
        write_bytes(&mut node, NODE_ATTRIBUTE, &attribute);
    }
    node
}

fn write_weight(name: &str, values: impl ExactSizeIterator<Item = f32>) -> Vec<u8> {
    let mut tensor = Vec::new();
    for dim in [values.len() as u64, 1, 1, 1] {
        write_number(&mut tensor, TENSOR_DIMS, dim);
    }
    write_number(&mut tensor, TENSOR_TYPE, TENSOR_TYPE_FLOAT);
    write_bytes(&mut tensor, TENSOR_NAME, name.as_bytes());
    let raw: Vec<u8> = values.flat_map(f32::to_le_bytes).collect();
    write_bytes(&mut tensor, TENSOR_RAW, &raw);
    tensor
}
