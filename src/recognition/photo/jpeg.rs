//! Reads a JPEG's frame header by itself: its size and what decoding will cost, before any decoder allocates.

/// The facts of the first frame header (`SOF`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub width: u32,
    pub height: u32,
    pub progressive: bool,
    /// Samples of all components per pixel, times 256 (4:4:4 = 768, 4:2:0 = 384).
    pub samples_per_pixel_256: u32,
    /// Whether the end-of-image marker follows the coded data.
    pub complete: bool,
}

impl Frame {
    /// Bytes a decoder needs: the RGB output and, for progressive files, 16-bit coefficients of the whole picture.
    pub fn decode_bytes(&self) -> u64 {
        let pixels = u64::from(self.width) * u64::from(self.height);
        let coefficients = if self.progressive { pixels * u64::from(self.samples_per_pixel_256) * 2 / 256 } else { 0 };
        pixels * 3 + coefficients
    }
}

/// The first frame of a JPEG; `None` when the segments do not lead to one.
pub(super) fn read_frame(bytes: &[u8]) -> Option<Frame> {
    let mut frame: Option<Frame> = None;
    let mut at = 2;
    loop {
        while *bytes.get(at)? != 0xFF {
            at += 1;
        }
        while *bytes.get(at)? == 0xFF {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        if matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8) {
            continue;
        }
        let Some(&[high, low]) = bytes.get(at..at + 2) else {
            return frame;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        match marker {
            // C4, C8 and CC are tables and reserved codes among the frame headers.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) && frame.is_none() => {
                frame = Some(parse_frame(bytes.get(at + 2..at + length)?, marker)?);
            }
            0xDA => {
                let mut found = frame?;
                found.complete = has_end(bytes.get(at + length..)?);
                return Some(found);
            }
            0xD9 => return frame,
            _ => {}
        }
        at += length.max(2);
    }
}

fn parse_frame(segment: &[u8], marker: u8) -> Option<Frame> {
    let &[_, h1, h0, w1, w0, count, ref specs @ ..] = segment else {
        return None;
    };
    let sampling: Vec<(u32, u32)> =
        specs.chunks_exact(3).take(usize::from(count)).map(|c| (u32::from(c[1] >> 4), u32::from(c[1] & 15))).collect();
    let widest = sampling.iter().map(|s| s.0).max()?.max(1);
    let tallest = sampling.iter().map(|s| s.1).max()?.max(1);
    let samples = sampling.iter().map(|(h, v)| 256 * h * v / (widest * tallest)).sum();
    Some(Frame {
        width: u32::from(u16::from_be_bytes([w1, w0])),
        height: u32::from(u16::from_be_bytes([h1, h0])),
        progressive: matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE),
        samples_per_pixel_256: samples,
        complete: false,
    })
}

/// Coded data never holds `FF D9` except as the end marker (a data byte `FF` is followed by `00`).
fn has_end(coded: &[u8]) -> bool {
    coded.windows(2).rev().any(|pair| pair == [0xFF, 0xD9])
}
