//! Photos from outside become pixels here: judged by content, measured before decoding, turned upright, stripped of
//! metadata. Nothing here opens files or knows what a face is.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize as fir;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, RgbImage};

mod jpeg;
mod pixels;

/// What a photo may cost. Every number is checked before the memory it guards is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoLimits {
    pub photo_bytes_max: usize,
    pub side_px_max: u32,
    pub pixels_max: u64,
    /// Largest memory the decoder may need for one photo, its working buffers included.
    pub alloc_bytes_max: u64,
}

impl Default for PhotoLimits {
    /// 10 MiB, 12,000 px a side, 50 megapixels (a phone's whole sensor), 192 MiB for the decoder.
    fn default() -> Self {
        Self { photo_bytes_max: 10 << 20, side_px_max: 12_000, pixels_max: 50_000_000, alloc_bytes_max: 192 << 20 }
    }
}

/// Why bytes are not a usable photo. The texts are for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    #[error("the photo is empty")]
    Empty,
    #[error("the photo has {bytes} bytes, at most {max} are allowed")]
    TooManyBytes { bytes: usize, max: usize },
    #[error("this is not a photo; please send a JPEG or PNG picture")]
    NotAPhoto,
    #[error("{format} pictures cannot be read; please send a JPEG or PNG picture")]
    UnsupportedFormat { format: &'static str },
    #[error("the photo is {width} x {height} pixels, which is more than can be processed")]
    TooManyPixels { width: u32, height: u32 },
    #[error("the photo is damaged; please take or send it again")]
    Corrupt,
}

/// A photo whose size is known and allowed, and of which no pixel is decoded yet.
pub struct Opened<'a> {
    decoder: Box<dyn ImageDecoder + 'a>,
    orientation: Orientation,
    cost_bytes: u64,
}

/// Reads the header of a JPEG or PNG (told apart by content, never by name). The size is refused here, before a pixel
/// is decoded. A JPEG whose end is missing is [`PhotoError::Corrupt`]: half a class must not pass for a whole one.
/// Panics inside the decoder are contained and reported as `Corrupt`.
pub fn open_photo<'a>(bytes: &'a [u8], limits: &PhotoLimits) -> Result<Opened<'a>, PhotoError> {
    if bytes.is_empty() {
        return Err(PhotoError::Empty);
    }
    if bytes.len() > limits.photo_bytes_max {
        return Err(PhotoError::TooManyBytes { bytes: bytes.len(), max: limits.photo_bytes_max });
    }
    let format = recognise_format(bytes)?;
    contained(|| {
        let mut header_bytes = 0;
        if format == ImageFormat::Jpeg {
            let frame = jpeg::read_frame(bytes).ok_or(PhotoError::Corrupt)?;
            header_bytes = frame.decode_bytes();
            check_size(frame.width, frame.height, header_bytes, limits)?;
            if !frame.complete {
                return Err(PhotoError::Corrupt);
            }
        }
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        // The true limits are checked below from the header; the reader's own would hide which one was hit.
        reader.no_limits();
        let mut decoder = reader.into_decoder().map_err(|_| PhotoError::Corrupt)?;
        let (width, height) = decoder.dimensions();
        check_size(width, height, decoder.total_bytes(), limits)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let decode_bytes = header_bytes.max(decoder.total_bytes());
        let cost_bytes = pixels::cost(decode_bytes, (width, height), decoder.color_type(), orientation);
        Ok(Opened { decoder: Box::new(decoder), orientation, cost_bytes })
    })
}

impl Opened<'_> {
    /// Largest memory that [`decode`](Self::decode) takes at any moment, bytes; the photo itself is a part of it.
    pub fn cost_bytes(&self) -> u64 {
        self.cost_bytes
    }

    /// Decodes to upright 8-bit RGB. EXIF orientation is applied, then dropped with all other metadata. Gray, alpha,
    /// 16-bit and CMYK are converted; transparency is laid on white. Panics inside the decoder are contained and
    /// reported as `Corrupt`.
    pub fn decode(self) -> Result<RgbImage, PhotoError> {
        let Self { decoder, orientation, .. } = self;
        contained(move || {
            let ((width, height), color) = (decoder.dimensions(), decoder.color_type());
            let length = usize::try_from(decoder.total_bytes()).map_err(|_| PhotoError::Corrupt)?;
            let mut buffer = vec![0; length];
            decoder.read_image(&mut buffer).map_err(|_| PhotoError::Corrupt)?;
            let rgb = pixels::to_rgb(buffer, color).ok_or(PhotoError::Corrupt)?;
            pixels::upright(rgb, (width, height), orientation).ok_or(PhotoError::Corrupt)
        })
    }
}

/// [`open_photo`] and [`Opened::decode`] at once.
pub fn decode_photo(bytes: &[u8], limits: &PhotoLimits) -> Result<RgbImage, PhotoError> {
    open_photo(bytes, limits)?.decode()
}

fn contained<T>(work: impl FnOnce() -> Result<T, PhotoError>) -> Result<T, PhotoError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(PhotoError::Corrupt))
}

/// Encodes as JPEG without any metadata, scaled down (never up) so that the long side is at most `long_side_max` px.
pub fn encode_jpeg(image: &RgbImage, long_side_max: u32, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let (width, height) = image.dimensions();
    let long = width.max(height);
    if long <= long_side_max || long_side_max == 0 {
        return write_jpeg(image, quality);
    }
    let ratio = f64::from(long_side_max) / f64::from(long);
    let side = |px: u32| ((f64::from(px) * ratio).round() as u32).max(1);
    let scaled = resize_smooth(image, side(width), side(height), None)?;
    write_jpeg(&scaled, quality)
}

/// Cuts a square of `side` px around `bbox` (`[x1, y1, x2, y2]` in pixels), enlarged by `margin` (0.3 = 30 % on each
/// side) and shifted into the picture; for the review of a face by a person.
pub fn crop_jpeg(image: &RgbImage, bbox: [f32; 4], margin: f32, side: u32) -> Result<Vec<u8>, PhotoError> {
    let (width, height) = (image.width() as f32, image.height() as f32);
    let [x1, y1, x2, y2] = bbox;
    if image.width() == 0 || image.height() == 0 || bbox.iter().any(|v| !v.is_finite()) {
        return Err(PhotoError::Corrupt);
    }
    let edge = ((x2 - x1).max(y2 - y1) * (1.0 + 2.0 * margin)).clamp(1.0, width.min(height));
    let left = ((x1 + x2 - edge) / 2.0).clamp(0.0, width - edge);
    let top = ((y1 + y2 - edge) / 2.0).clamp(0.0, height - edge);
    let square = Some((f64::from(left), f64::from(top), f64::from(edge), f64::from(edge)));
    let crop = resize_smooth(image, side.max(1), side.max(1), square)?;
    write_jpeg(&crop, 85)
}

fn recognise_format(bytes: &[u8]) -> Result<ImageFormat, PhotoError> {
    let unsupported = |format| Err(PhotoError::UnsupportedFormat { format });
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(ImageFormat::Png),
        [b'G', b'I', b'F', b'8', ..] => unsupported("GIF"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => unsupported("WebP"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => unsupported("TIFF"),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
            Some(b"avif" | b"avis") => unsupported("AVIF"),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => unsupported("HEIC"),
            _ => Err(PhotoError::NotAPhoto),
        },
        [b'B', b'M', ..] if bytes.len() > 26 => unsupported("BMP"),
        _ if looks_like_svg(bytes) => unsupported("SVG"),
        _ => Err(PhotoError::NotAPhoto),
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<svg") || (head.starts_with("<?xml") && head.contains("<svg"))
}

fn check_size(width: u32, height: u32, decode_bytes: u64, limits: &PhotoLimits) -> Result<(), PhotoError> {
    let pixels = u64::from(width) * u64::from(height);
    let side = width.max(height);
    if pixels == 0 {
        return Err(PhotoError::Corrupt);
    }
    if side > limits.side_px_max || pixels > limits.pixels_max || decode_bytes > limits.alloc_bytes_max {
        return Err(PhotoError::TooManyPixels { width, height });
    }
    Ok(())
}

fn resize_smooth(
    image: &RgbImage,
    width: u32,
    height: u32,
    crop: Option<(f64, f64, f64, f64)>,
) -> Result<RgbImage, PhotoError> {
    let mut target = RgbImage::new(width, height);
    let mut options = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Convolution(fir::FilterType::Bilinear));
    if let Some((left, top, w, h)) = crop {
        options = options.crop(left, top, w, h);
    }
    fir::Resizer::new().resize(image, &mut target, &options).map_err(|_| PhotoError::Corrupt)?;
    Ok(target)
}

fn write_jpeg(image: &RgbImage, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let mut bytes = Vec::with_capacity(image.len() / 8);
    JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100))
        .encode_image(image)
        .map_err(|_| PhotoError::Corrupt)?;
    Ok(bytes)
}
