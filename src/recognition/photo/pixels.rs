//! Decoded samples become 8-bit RGB where they lie: a photo of 50 megapixels has 200 MB with its alpha, and no second
//! buffer of that size is taken to get rid of it.

use image::ColorType;
use image::metadata::Orientation;

/// Largest memory at any moment from the decoder's first byte to upright RGB.
pub(super) fn cost(decode_bytes: u64, (width, height): (u32, u32), color: ColorType, orientation: Orientation) -> u64 {
    let rgb = u64::from(width) * u64::from(height) * 3;
    let converting = if color.has_color() { decode_bytes.max(rgb) } else { decode_bytes + rgb };
    let turning = match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            2 * rgb
        }
        _ => rgb,
    };
    converting.max(turning)
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
        assert_eq!(of(3_000_000, ColorType::Rgb8, Orientation::Rotate90), 6_000_000);
    }
}
