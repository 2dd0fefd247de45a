//! Reads SCRFD's nine outputs: scores, boxes and five landmarks at strides 8, 16 and 32, two anchors per cell.

use super::super::runtime::Output;
use super::DetectedFace;

const STRIDES: [usize; 3] = [8, 16, 32];
const ANCHORS: usize = 2;

/// Faces in canvas pixels with at least `min_score`; `None` when the outputs are not SCRFD's. Outputs are told apart by
/// their last dimension and row count, never by name: the published files name them differently.
pub(super) fn decode(outputs: &[Output], width: usize, height: usize, min_score: f32) -> Option<Vec<DetectedFace>> {
    let [scores, boxes, landmarks] = [1, 4, 10].map(|last| by_stride(outputs, last));
    let mut faces = Vec::new();
    for (i, stride) in STRIDES.into_iter().enumerate() {
        let (scores, boxes, landmarks) = (*scores.get(i)?, *boxes.get(i)?, *landmarks.get(i)?);
        let columns = width / stride;
        let rows = columns * (height / stride) * ANCHORS;
        if scores.len() != rows || boxes.len() != rows * 4 || landmarks.len() != rows * 10 {
            return None;
        }
        let (boxes, landmarks) = (boxes.as_chunks::<4>().0, landmarks.as_chunks::<10>().0);
        for (row, ((&score, sides), offsets)) in scores.iter().zip(boxes).zip(landmarks).enumerate() {
            if score < min_score || !score.is_finite() {
                continue;
            }
            let cell = row / ANCHORS;
            // The anchor sits at the cell's corner: no half-cell shift.
            let (x, y) = ((cell % columns * stride) as f32, (cell / columns * stride) as f32);
            let unit = stride as f32;
            faces.push(DetectedFace {
                bbox: [x - sides[0] * unit, y - sides[1] * unit, x + sides[2] * unit, y + sides[3] * unit],
                score,
                landmarks: std::array::from_fn(|p| [x + offsets[2 * p] * unit, y + offsets[2 * p + 1] * unit]),
            });
        }
    }
    Some(faces)
}

/// Values of the outputs with `last` as last dimension, most rows (finest stride) first.
fn by_stride(outputs: &[Output], last: usize) -> Vec<&[f32]> {
    let mut found: Vec<&[f32]> =
        outputs.iter().filter(|o| o.shape.last() == Some(&last)).map(|o| o.values.as_slice()).collect();
    found.sort_by_key(|values| std::cmp::Reverse(values.len()));
    found
}
