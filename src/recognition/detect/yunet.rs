//! Reads YuNet's twelve outputs: class and object scores, boxes and landmarks at strides 8, 16 and 32, one anchor per
//! cell.

use super::super::runtime::Output;
use super::DetectedFace;

/// Faces in canvas pixels with at least `min_score`; `None` when the outputs are not YuNet's.
pub(super) fn decode(outputs: &[Output], width: usize, height: usize, min_score: f32) -> Option<Vec<DetectedFace>> {
    let mut faces = Vec::new();
    for stride in [8, 16, 32] {
        let values = |kind: &str| {
            let name = format!("{kind}_{stride}");
            outputs.iter().find(|o| o.name == name).map(|o| o.values.as_slice())
        };
        let (class, object) = (values("cls")?, values("obj")?);
        let (boxes, landmarks) = (values("bbox")?, values("kps")?);
        let columns = width / stride;
        let cells = columns * (height / stride);
        if class.len() != cells || object.len() != cells || boxes.len() != cells * 4 || landmarks.len() != cells * 10 {
            return None;
        }
        let (boxes, landmarks) = (boxes.as_chunks::<4>().0, landmarks.as_chunks::<10>().0);
        let scores = class.iter().zip(object).map(|(c, o)| (c.clamp(0.0, 1.0) * o.clamp(0.0, 1.0)).sqrt());
        for (cell, ((score, shape), offsets)) in scores.zip(boxes).zip(landmarks).enumerate() {
            if score < min_score || !score.is_finite() {
                continue;
            }
            let (column, row) = ((cell % columns) as f32, (cell / columns) as f32);
            let unit = stride as f32;
            let (x, y) = ((column + shape[0]) * unit, (row + shape[1]) * unit);
            let (half_width, half_height) = (shape[2].exp() * unit / 2.0, shape[3].exp() * unit / 2.0);
            faces.push(DetectedFace {
                bbox: [x - half_width, y - half_height, x + half_width, y + half_height],
                score,
                landmarks: std::array::from_fn(|p| {
                    [(offsets[2 * p] + column) * unit, (offsets[2 * p + 1] + row) * unit]
                }),
            });
        }
    }
    Some(faces)
}
