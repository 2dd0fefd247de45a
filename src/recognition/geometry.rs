//! Plane geometry of faces: boxes, five landmarks, the similarity transform between them, and the head's pose. Pure
//! numbers; knows no pixels and no networks.

/// `[x1, y1, x2, y2]` in pixels of the upright photo.
pub type BBox = [f32; 4];

/// Image-left eye, image-right eye, nose, image-left mouth corner, image-right mouth corner; `[x, y]` in pixels.
pub type Landmarks = [[f32; 2]; 5];

/// A 2 x 3 affine map `(x, y) -> (a x + b y + c, d x + e y + f)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine(pub [[f64; 3]; 2]);

impl Affine {
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [[a, b, c], [d, e, f]] = self.0;
        (a * x + b * y + c, d * x + e * y + f)
    }

    /// The inverse map; `None` when the map flattens the plane.
    pub fn invert(&self) -> Option<Self> {
        let [[a, b, c], [d, e, f]] = self.0;
        let det = a * e - b * d;
        if !det.is_finite() || det.abs() < 1e-12 {
            return None;
        }
        let (ia, ib, id, ie) = (e / det, -b / det, -d / det, a / det);
        Some(Self([[ia, ib, -(ia * c + ib * f)], [id, ie, -(id * c + ie * f)]]))
    }

    /// This map followed by a scaling of the axes.
    pub fn then_scale(&self, sx: f64, sy: f64) -> Self {
        let [row_x, row_y] = self.0;
        Self([row_x.map(|v| v * sx), row_y.map(|v| v * sy)])
    }
}

/// The least-squares similarity (rotation, one scale, shift; no reflection) that carries `from` onto `to`; `None` when
/// the points of `from` coincide.
pub fn similarity(from: &Landmarks, to: &[[f64; 2]; 5]) -> Option<Affine> {
    let from = from.map(|p| p.map(f64::from));
    let (from_mean, to_mean) = (mean(&from), mean(to));
    let (mut power, mut along, mut across) = (0.0, 0.0, 0.0);
    for (p, q) in from.iter().zip(to) {
        let (ax, ay) = (p[0] - from_mean[0], p[1] - from_mean[1]);
        let (bx, by) = (q[0] - to_mean[0], q[1] - to_mean[1]);
        power += ax * ax + ay * ay;
        along += ax * bx + ay * by;
        across += ax * by - ay * bx;
    }
    if !power.is_finite() || power < 1e-9 {
        return None;
    }
    let (p, q) = (along / power, across / power);
    let shift_x = to_mean[0] - (p * from_mean[0] - q * from_mean[1]);
    let shift_y = to_mean[1] - (q * from_mean[0] + p * from_mean[1]);
    Some(Affine([[p, -q, shift_x], [q, p, shift_y]]))
}

/// Intersection over union, with the +1 pixel convention of the reference pipeline.
pub fn iou(a: &BBox, b: &BBox) -> f32 {
    let shared = intersection(a, b);
    shared / (area(a) + area(b) - shared)
}

/// Intersection over the smaller of both areas: 1 when one box lies inside the other.
pub fn containment(a: &BBox, b: &BBox) -> f32 {
    intersection(a, b) / area(a).min(area(b)).max(1.0)
}

/// The shorter side of a box in whole pixels.
pub fn shorter_side(b: &BBox) -> u32 {
    (b[2] - b[0]).min(b[3] - b[1]).max(0.0).round() as u32
}

/// Degrees the head is turned (yaw and pitch together) from looking straight ahead. A model of a head with the nose tip
/// half an eye distance in front of the plane of eyes and mouth; good to about ten degrees, saturating near 80.
pub fn pose_angle(landmarks: &Landmarks) -> f32 {
    let [left_eye, right_eye, nose, left_mouth, right_mouth] = landmarks.map(|p| p.map(f64::from));
    let middle = |a: [f64; 2], b: [f64; 2]| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let (eyes, mouth) = (middle(left_eye, right_eye), middle(left_mouth, right_mouth));
    let down = [mouth[0] - eyes[0], mouth[1] - eyes[1]];
    let height = down[0].hypot(down[1]);
    let width = (right_eye[0] - left_eye[0]).hypot(right_eye[1] - left_eye[1]);
    if height < 1e-6 && width < 1e-6 {
        return 90.0;
    }
    let unit_down = [down[0] / height.max(1e-6), down[1] / height.max(1e-6)];
    let from_eyes = [nose[0] - eyes[0], nose[1] - eyes[1]];
    let below = from_eyes[0] * unit_down[0] + from_eyes[1] * unit_down[1];
    let beside = from_eyes[0] * unit_down[1] - from_eyes[1] * unit_down[0];
    let yaw = (beside / (NOSE_DEPTH * width).max(1e-6)).atan();
    let pitch = ((below / height.max(1e-6) - NOSE_BELOW_EYES) * EYES_TO_MOUTH / NOSE_DEPTH).atan();
    (yaw.hypot(pitch).to_degrees() as f32).min(90.0)
}

/// In eye distances: the nose tip's height above the plane of eyes and mouth, and the way from eyes to mouth. The share
/// of that way at which the nose lies. The last two are medians of 67 frontal portraits.
const NOSE_DEPTH: f64 = 0.5;
const EYES_TO_MOUTH: f64 = 0.98;
const NOSE_BELOW_EYES: f64 = 0.595;

fn mean(points: &[[f64; 2]; 5]) -> [f64; 2] {
    let sum = points.iter().fold([0.0, 0.0], |s, p| [s[0] + p[0], s[1] + p[1]]);
    [sum[0] / 5.0, sum[1] / 5.0]
}

fn area(b: &BBox) -> f32 {
    (b[2] - b[0] + 1.0) * (b[3] - b[1] + 1.0)
}

fn intersection(a: &BBox, b: &BBox) -> f32 {
    let width = (a[2].min(b[2]) - a[0].max(b[0]) + 1.0).max(0.0);
    let height = (a[3].min(b[3]) - a[1].max(b[1]) + 1.0).max(0.0);
    width * height
}
