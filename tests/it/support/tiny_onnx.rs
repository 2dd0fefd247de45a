//! Writes small ONNX files by hand: a few messages of protocol buffers, and detectors with the outputs of SCRFD and
//! YuNet.

/// A graph under construction; values are joined by name.
pub struct Graph {
    body: Vec<u8>,
    initializers: Vec<u8>,
    ends: Vec<u8>,
}

impl Graph {
    /// A graph with one float input; -1 stands for any size.
    pub fn new(input: &str, shape: [i64; 4]) -> Self {
        let mut ends = Vec::new();
        bytes(&mut ends, 11, &value_info(input, &shape));
        Self { body: Vec::new(), initializers: Vec::new(), ends }
    }

    pub fn weights(&mut self, name: &str, shape: &[i64], values: &[f32]) {
        let raw: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.tensor(name, shape, 1, &raw);
    }

    pub fn integers(&mut self, name: &str, values: &[i64]) {
        let raw: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.tensor(name, &[values.len() as i64], 7, &raw);
    }

    /// Adds a node with one output and integer-list attributes; a name that ends in `!` is a single integer.
    pub fn node(&mut self, op: &str, inputs: &[&str], output: &str, attributes: &[(&str, &[i64])]) {
        let mut node = Vec::new();
        inputs.iter().for_each(|input| bytes(&mut node, 1, input.as_bytes()));
        bytes(&mut node, 2, output.as_bytes());
        bytes(&mut node, 4, op.as_bytes());
        for (name, values) in attributes {
            let mut attribute = Vec::new();
            let single = name.strip_suffix('!');
            bytes(&mut attribute, 1, single.unwrap_or(name).as_bytes());
            match single {
                Some(_) => number(&mut attribute, 3, values[0] as u64),
                None => values.iter().for_each(|v| number(&mut attribute, 8, *v as u64)),
            }
            number(&mut attribute, 20, if single.is_some() { 2 } else { 7 });
            bytes(&mut node, 5, &attribute);
        }
        bytes(&mut self.body, 1, &node);
    }

    pub fn output(&mut self, name: &str, shape: &[i64]) {
        bytes(&mut self.ends, 12, &value_info(name, shape));
    }

    /// The file's bytes: IR version 8, operator set 13.
    pub fn finish(self) -> Vec<u8> {
        let mut graph = self.body;
        bytes(&mut graph, 2, b"tiny");
        graph.extend(self.initializers);
        graph.extend(self.ends);
        let mut operators = Vec::new();
        number(&mut operators, 2, 13);
        let mut model = Vec::new();
        number(&mut model, 1, 8);
        bytes(&mut model, 7, &graph);
        bytes(&mut model, 8, &operators);
        model
    }

    fn tensor(&mut self, name: &str, shape: &[i64], data_type: u64, raw: &[u8]) {
        let mut tensor = Vec::new();
        shape.iter().for_each(|d| number(&mut tensor, 1, *d as u64));
        number(&mut tensor, 2, data_type);
        bytes(&mut tensor, 8, name.as_bytes());
        bytes(&mut tensor, 9, raw);
        bytes(&mut self.initializers, 5, &tensor);
    }
}

/// Half the side of the one face size these detectors know, in pixels.
const HALF_SIDE: f32 = 48.0;
/// The ArcFace template around its middle, on a face of 96 px: the aligned crop is then exactly the face.
const LANDMARKS: [[f32; 2]; 5] =
    [[-15.176, -3.689], [15.027, -3.856], [0.0216, 13.4885], [-12.386, 31.1704], [12.6256, 31.0321]];

/// Nine outputs at strides 8, 16 and 32 with two anchors per cell; only the first anchor of stride 16 ever fires.
pub fn scrfd_like() -> Vec<u8> {
    scrfd_graph().finish()
}

/// The same with a tenth output that can be laid out for the pictures of most shapes only: 4096 values a row.
pub fn fussy_scrfd() -> Vec<u8> {
    let mut g = scrfd_graph();
    g.integers("rows_of_4096", &[-1, 4096]);
    g.node("Reshape", &["redness", "rows_of_4096"], "fussy", &[]);
    g.output("fussy", &[-1, 4096]);
    g.finish()
}

fn scrfd_graph() -> Graph {
    let mut g = Graph::new("input.1", [1, 3, -1, -1]);
    add_redness(&mut g, "input.1");
    for stride in [8_i64, 16, 32] {
        let sides = [HALF_SIDE / stride as f32; 4];
        let points: Vec<f32> = LANDMARKS.iter().flatten().map(|v| v / stride as f32).collect();
        let (steep, start) = score_of(stride);
        add_head(&mut g, stride, &format!("score_{stride}"), &[steep, 0.0], &[start, 0.0], 1, false);
        add_head(&mut g, stride, &format!("box_{stride}"), &[0.0; 8], &twice(&sides), 4, false);
        add_head(&mut g, stride, &format!("points_{stride}"), &[0.0; 20], &twice(&points), 10, false);
    }
    g
}

/// Twelve named outputs at strides 8, 16 and 32 with one anchor per cell; only stride 16 ever fires.
pub fn yunet_like() -> Vec<u8> {
    let mut g = Graph::new("input", [1, 3, -1, -1]);
    add_redness(&mut g, "input");
    for stride in [8_i64, 16, 32] {
        let unit = stride as f32;
        let size = (2.0 * HALF_SIDE / unit).ln();
        let points: Vec<f32> = LANDMARKS.iter().flatten().map(|v| v / unit).collect();
        let (steep, start) = score_of(stride);
        add_head(&mut g, stride, &format!("cls_{stride}"), &[steep], &[start], 1, true);
        add_head(&mut g, stride, &format!("obj_{stride}"), &[steep], &[start], 1, true);
        add_head(&mut g, stride, &format!("bbox_{stride}"), &[0.0; 4], &[0.0, 0.0, size, size], 4, true);
        add_head(&mut g, stride, &format!("kps_{stride}"), &[0.0; 10], &points, 10, true);
    }
    g.finish()
}

/// Weight and bias of the score: only a window that lies on a face to within a few pixels comes above one half.
fn score_of(stride: i64) -> (f32, f32) {
    if stride == 16 { (4.0, -3.0) } else { (0.0, 0.0) }
}

/// `redness_S` for each stride S: at 16 the mean of red (0..1) over 96 x 96 px around each cell's corner; at the others,
/// which never fire, the cell's own mean, which is cheap.
fn add_redness(g: &mut Graph, input: &str) {
    g.weights("red", &[1, 3, 1, 1], &[0.5, 0.0, 0.0]);
    g.weights("half", &[1], &[0.5]);
    g.node("Conv", &[input, "red", "half"], "redness", &[]);
    for stride in [8_i64, 16, 32] {
        let (side, before, after) = if stride == 16 { (96, 48, 32) } else { (stride, 0, 0) };
        let name = format!("redness_{stride}");
        let attributes: [(&str, &[i64]); 4] = [
            ("kernel_shape", &[side, side]),
            ("strides", &[stride, stride]),
            ("pads", &[before, before, after, after]),
            ("count_include_pad!", &[1]),
        ];
        g.node("AveragePool", &["redness"], &name, &attributes);
    }
}

/// One output: channels `weight * redness + bias`, laid out as rows of `last` values.
fn add_head(g: &mut Graph, stride: i64, name: &str, weight: &[f32], bias: &[f32], last: i64, with_batch: bool) {
    let part = |suffix: &str| format!("{name}_{suffix}");
    let channels = weight.len() as i64;
    g.weights(&part("weight"), &[channels, 1, 1, 1], weight);
    g.weights(&part("bias"), &[channels], bias);
    let source = format!("redness_{stride}");
    g.node("Conv", &[&source, &part("weight"), &part("bias")], &part("map"), &[]);
    g.node("Transpose", &[&part("map")], &part("rows"), &[("perm", &[0, 2, 3, 1])]);
    let shape: &[i64] = if with_batch { &[1, -1, last] } else { &[-1, last] };
    g.integers(&part("shape"), shape);
    g.node("Reshape", &[&part("rows"), &part("shape")], name, &[]);
    g.output(name, shape);
}

fn twice(values: &[f32]) -> Vec<f32> {
    [values, values].concat()
}

fn value_info(name: &str, shape: &[i64]) -> Vec<u8> {
    let mut dims = Vec::new();
    for (i, size) in shape.iter().enumerate() {
        let mut dim = Vec::new();
        match u64::try_from(*size) {
            Ok(size) => number(&mut dim, 1, size),
            Err(_) => bytes(&mut dim, 2, format!("any_{i}").as_bytes()),
        }
        bytes(&mut dims, 1, &dim);
    }
    let mut tensor = Vec::new();
    number(&mut tensor, 1, 1);
    bytes(&mut tensor, 2, &dims);
    let mut kind = Vec::new();
    bytes(&mut kind, 1, &tensor);
    let mut info = Vec::new();
    bytes(&mut info, 1, name.as_bytes());
    bytes(&mut info, 2, &kind);
    info
}

fn number(into: &mut Vec<u8>, field: u64, value: u64) {
    varint(into, field << 3);
    varint(into, value);
}

fn bytes(into: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(into, field << 3 | 2);
    varint(into, value.len() as u64);
    into.extend_from_slice(value);
}

fn varint(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}
