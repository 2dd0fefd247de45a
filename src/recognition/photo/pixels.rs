//! Decoded samples become 8-bit RGB where they lie: a photo of 50 megapixels has 200 MB with its alpha, and no second
//! buffer of that size is taken to get rid of it.

use image::metadata::Orientation;
use image::{ColorType, DynamicImage, RgbImage};

/// Parts in which a large picture is turned on its side: while one is written, the others are no longer or not yet there.
const STRIPS: usize = 8;
/// Pictures of fewer bytes are turned at once: two of them are small.
const STRIPPED_BYTES_MIN: usize = 24 << 20;

/// Largest memory at any moment from the decoder's first byte to upright RGB.
pub(super) fn cost(decode_bytes: u64, (width, height): (u32, u32), color: ColorType, orientation: Orientation) -> u64 {
    let rgb = u64::from(width) * u64::from(height) * 3;
    let converting = if color.has_color() { decode_bytes.max(rgb) } else { decode_bytes + rgb };
    let strips = if rgb < STRIPPED_BYTES_MIN as u64 { 1 } else { STRIPS as u64 };
    let turning = if on_its_side(orientation).is_some() { rgb + rgb.div_ceil(strips) } else { rgb };
    converting.max(turning)
}

/// The picture as its orientation says. One that lies on its side takes an eighth of itself more while it is turned, not
/// a second picture.
pub(super) fn upright(rgb: Vec<u8>, (width, height): (u32, u32), orientation: Orientation) -> Option<RgbImage> {
    if let Some(turn) = on_its_side(orientation) {
        let turned = turn.apply(rgb, width as usize, height as usize);
        return RgbImage::from_raw(height, width, turned);
    }
    let mut picture = DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, rgb)?);
    picture.apply_orientation(orientation);
    Some(picture.into_rgb8())
}

/// Which column of a picture becomes the first row, and from which end it is read.
#[derive(Clone, Copy)]
struct SideTurn {
    from_left: bool,
    from_bottom: bool,
}

fn on_its_side(orientation: Orientation) -> Option<SideTurn> {
    let (from_left, from_bottom) = match orientation {
        Orientation::Rotate90 => (true, true),
        Orientation::Rotate270 => (false, false),
        Orientation::Rotate90FlipH => (true, false),
        Orientation::Rotate270FlipH => (false, true),
        _ => return None,
    };
    Some(SideTurn { from_left, from_bottom })
}

impl SideTurn {
    /// Columns become rows, a strip at a time; columns that were read leave the source, whose memory goes back.
    fn apply(self, mut source: Vec<u8>, width: usize, height: usize) -> Vec<u8> {
        let strips = if source.len() < STRIPPED_BYTES_MIN { 1 } else { STRIPS };
        let mut turned = Vec::with_capacity(source.len());
        let mut columns = width;
        while columns > 0 {
            let taken = width.div_ceil(strips).min(columns);
            let start = turned.len();
            turned.resize(start + taken * height * 3, 0);
            for (number, row) in turned[start..].chunks_exact_mut(height * 3).enumerate() {
                let column = if self.from_left { number } else { columns - 1 - number };
                for (at, pixel) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                    let line = if self.from_bottom { height - 1 - at } else { at };
                    let from = (line * columns + column) * 3;
                    pixel.copy_from_slice(&source[from..from + 3]);
                }
            }
            let kept = columns - taken;
            let first = if self.from_left { taken } else { 0 };
            for line in 0..height {
                let from = (line * columns + first) * 3;
                source.copy_within(from..from + kept * 3, line * kept * 3);
            }
            source.truncate(kept * height * 3);
            source.shrink_to_fit();
            columns = kept;
        }
        turned
    }
}

/// 8-bit RGB of samples of this kind; transparency is laid on white. `None` for a kind that no decoder of ours gives.
pub(super) fn to_rgb(mut samples: Vec<u8>, color: ColorType) -> Option<Vec<u8>> {
    match color {
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => narrow(&mut samples),
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => {}
        _ => return None,
    }
    Some(match (color.has_color(), color.has_alpha()) {
        (true, false) => samples,
        (true, true) => {
            drop_alpha(&mut samples);
            samples
        }
        (false, false) => samples.iter().flat_map(|gray| [*gray; 3]).collect(),
        (false, true) => {
            samples.as_chunks().0.iter().flat_map(|[gray, alpha]| [over_white(*gray, *alpha); 3]).collect()
        }
    })
}

/// 16-bit samples of this machine's byte order to 8 bits, rounded.
fn narrow(samples: &mut Vec<u8>) {
    let count = samples.len() / 2;
    for at in 0..count {
        let wide = u32::from(u16::from_ne_bytes([samples[2 * at], samples[2 * at + 1]]));
        samples[at] = ((wide + 128) / 257) as u8;
    }
    samples.truncate(count);
    samples.shrink_to_fit();
}

fn drop_alpha(samples: &mut Vec<u8>) {
    let count = samples.len() / 4;
    for at in 0..count {
        let alpha = samples[4 * at + 3];
        for channel in 0..3 {
            samples[3 * at + channel] = over_white(samples[4 * at + channel], alpha);
        }
    }
    samples.truncate(3 * count);
    samples.shrink_to_fit();
}

fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_every_kind_become_rgb() {
        let wide = |values: &[u16]| values.iter().flat_map(|value| value.to_ne_bytes()).collect::<Vec<u8>>();
        for (color, samples, rgb) in [
            (ColorType::Rgb8, vec![1, 2, 3], vec![1, 2, 3]),
            (ColorType::Rgba8, vec![10, 20, 30, 255, 10, 20, 30, 0], vec![10, 20, 30, 255, 255, 255]),
            (ColorType::L8, vec![7, 9], vec![7, 7, 7, 9, 9, 9]),
            (ColorType::La8, vec![0, 255, 0, 0], vec![0, 0, 0, 255, 255, 255]),
            (ColorType::Rgb16, wide(&[0, 257, 65535]), vec![0, 1, 255]),
            (ColorType::Rgba16, wide(&[65535, 0, 0, 65535]), vec![255, 0, 0]),
            (ColorType::L16, wide(&[385]), vec![1, 1, 1]),
            (ColorType::La16, wide(&[0, 0]), vec![255, 255, 255]),
        ] {
            assert_eq!(to_rgb(samples, color), Some(rgb), "{color:?}");
        }
        assert_eq!(to_rgb(vec![0; 12], ColorType::Rgb32F), None);
    }

    #[test]
    fn the_cost_is_the_largest_moment() {
        let of = |bytes, color, orientation| cost(bytes, (1000, 1000), color, orientation);
        assert_eq!(of(3_000_000, ColorType::Rgb8, Orientation::NoTransforms), 3_000_000);
        assert_eq!(of(4_000_000, ColorType::Rgba8, Orientation::FlipVertical), 4_000_000);
        assert_eq!(of(1_000_000, ColorType::L8, Orientation::Rotate180), 4_000_000);
        assert_eq!(of(3_000_000, ColorType::Rgb8, Orientation::Rotate90), 6_000_000, "small: at once");
        let large = cost(150_000_000, (5_000, 10_000), ColorType::Rgb8, Orientation::Rotate90);
        assert_eq!(large, 168_750_000, "an eighth more");
    }

    /// Every pixel tells where it was.
    fn picture(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, (x / 256 * 16 + y / 256) as u8]))
    }

    #[test]
    fn a_picture_is_turned_as_the_library_turns_it() {
        // The last is turned in strips, the last of which is narrower.
        for (width, height) in [(1, 1), (3, 5), (7, 2), (3_011, 2_801)] {
            for number in 1..=8 {
                let orientation = Orientation::from_exif(number).expect("an orientation");
                let before = picture(width, height);
                let mut expected = DynamicImage::ImageRgb8(before.clone());
                expected.apply_orientation(orientation);
                let turned = upright(before.into_raw(), (width, height), orientation).expect("a picture");
                assert!(turned == expected.into_rgb8(), "{width} x {height}, {orientation:?}");
            }
        }
    }
}
