//! Quarter turns: a detector knows upright faces, so a picture is turned for those who lie sideways or upside down, and
//! what was found is turned back.

use image::{RgbImage, imageops};

use super::DetectedFace;

/// How far a picture was turned clockwise before it was searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    None,
    Right,
    Half,
    Left,
}

impl Turn {
    /// All that turn something.
    pub const OTHERS: [Turn; 3] = [Turn::Right, Turn::Half, Turn::Left];

    /// Width and height of a turned picture.
    pub fn of_size<T>(self, [width, height]: [T; 2]) -> [T; 2] {
        match self {
            Turn::None | Turn::Half => [width, height],
            Turn::Right | Turn::Left => [height, width],
        }
    }

    pub fn of_picture(self, picture: &RgbImage) -> RgbImage {
        match self {
            Turn::None => picture.clone(),
            Turn::Right => imageops::rotate90(picture),
            Turn::Half => imageops::rotate180(picture),
            Turn::Left => imageops::rotate270(picture),
        }
    }

    /// A point of the turned picture, in the picture of `width` x `height` as it was before.
    pub fn back(self, [x, y]: [f32; 2], [width, height]: [f32; 2]) -> [f32; 2] {
        match self {
            Turn::None => [x, y],
            Turn::Right => [y, height - x],
            Turn::Half => [width - x, height - y],
            Turn::Left => [width - y, x],
        }
    }

    /// Carries a face of the turned picture into the picture of `size` as it was before.
    pub fn face_back(self, face: &mut DetectedFace, size: [f32; 2]) {
        let [x1, y1, x2, y2] = face.bbox;
        let ([ax, ay], [bx, by]) = (self.back([x1, y1], size), self.back([x2, y2], size));
        face.bbox = [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)];
        face.landmarks = face.landmarks.map(|point| self.back(point, size));
    }

    /// The turn that would set a face with these landmarks upright, as near as quarters come.
    pub fn that_rights(face: &DetectedFace) -> Turn {
        let [across, down] = face.down();
        match (across.abs() > down.abs(), across > 0.0, down >= 0.0) {
            (false, _, true) => Turn::None,
            (false, _, false) => Turn::Half,
            // The chin points to the right: a turn to the right brings it down.
            (true, true, _) => Turn::Right,
            (true, false, _) => Turn::Left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_back_where_they_were() {
        let (width, height) = (7, 4);
        let mut picture = RgbImage::new(width, height);
        picture.put_pixel(2, 1, image::Rgb([255; 3]));
        for turn in [Turn::None, Turn::Right, Turn::Half, Turn::Left] {
            let turned = turn.of_picture(&picture);
            assert_eq!([turned.width(), turned.height()], turn.of_size([width, height]), "{turn:?}");
            let found = turned.enumerate_pixels().find(|(.., pixel)| pixel.0[0] == 255);
            let (x, y, _) = found.expect("the pixel");
            // Centres of pixels.
            let back = turn.back([x as f32 + 0.5, y as f32 + 0.5], [width as f32, height as f32]);
            assert_eq!(back, [2.5, 1.5], "{turn:?}");
        }
    }

    #[test]
    fn a_face_says_how_to_turn_the_picture() {
        let upright = DetectedFace {
            bbox: [10.0, 10.0, 30.0, 40.0],
            score: 0.9,
            landmarks: [[15.0, 20.0], [25.0, 20.0], [20.0, 27.0], [16.0, 33.0], [24.0, 33.0]],
        };
        for turn in [Turn::None, Turn::Right, Turn::Half, Turn::Left] {
            // The face as it lies in a picture that `turn` sets upright.
            let mut face = upright;
            turn.face_back(&mut face, turn.of_size([100.0, 60.0]));
            assert_eq!(Turn::that_rights(&face), turn);
        }
    }
}
