//! Photos made in the test: kinds, limits, orientation, encoding.

use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use rollcall::recognition::photo::{PhotoError, PhotoLimits, crop_jpeg, decode_photo, encode_jpeg};

fn limits() -> PhotoLimits {
    PhotoLimits::default()
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn gradient(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 90]))
}

#[test]
fn jpeg_and_png_of_every_kind_become_rgb() {
    let rgb = gradient(40, 30);
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        assert_eq!(decode_photo(&encoded(&rgb.clone().into(), format), &limits()).unwrap().dimensions(), (40, 30));
    }
    let gray = GrayImage::from_fn(40, 30, |x, _| image::Luma([x as u8 * 6]));
    assert_eq!(decode_photo(&encoded(&gray.into(), ImageFormat::Png), &limits()).unwrap().get_pixel(10, 5).0, [60; 3]);
    let deep = DynamicImage::ImageRgb8(rgb.clone()).into_rgb16();
    assert_eq!(decode_photo(&encoded(&deep.into(), ImageFormat::Png), &limits()).unwrap(), rgb);
}

#[test]
fn transparency_is_laid_on_white() {
    let rgba = RgbaImage::from_fn(2, 1, |x, _| if x == 0 { Rgba([9, 9, 9, 0]) } else { Rgba([9, 8, 7, 255]) });
    let decoded = decode_photo(&encoded(&rgba.into(), ImageFormat::Png), &limits()).unwrap();
    assert_eq!((decoded.get_pixel(0, 0).0, decoded.get_pixel(1, 0).0), ([255; 3], [9, 8, 7]));
}

#[test]
fn limits_are_checked_before_decoding() {
    let bytes = encoded(&gradient(400, 300).into(), ImageFormat::Jpeg);
    let tight = |change: fn(&mut PhotoLimits)| {
        let mut limits = limits();
        change(&mut limits);
        decode_photo(&bytes, &limits).unwrap_err()
    };
    let too_many = PhotoError::TooManyPixels { width: 400, height: 300 };
    assert_eq!(tight(|l| l.side_px_max = 399), too_many);
    assert_eq!(tight(|l| l.pixels_max = 119_999), too_many);
    assert_eq!(tight(|l| l.alloc_bytes_max = 359_999), too_many);
    let (bytes, max) = (bytes.len(), 1_000);
    assert_eq!(tight(|l| l.photo_bytes_max = 1_000), PhotoError::TooManyBytes { bytes, max });
    assert_eq!(decode_photo(&[], &limits()), Err(PhotoError::Empty));
}

#[test]
fn other_formats_are_refused_by_name_and_nonsense_as_no_photo() {
    let named: [(&[u8], &str); 6] = [
        (b"GIF89a..............................", "GIF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ....................", "WebP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic........", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif........", "AVIF"),
        (b"II*\0........................", "TIFF"),
        (b"<?xml version=\"1.0\"?><svg xmlns=\"x\"/>", "SVG"),
    ];
    for (bytes, format) in named {
        assert_eq!(decode_photo(bytes, &limits()), Err(PhotoError::UnsupportedFormat { format }), "{format}");
    }
    for bytes in [b"hello".as_slice(), b"\0", b"<html><script>", b"PK\x03\x04zip", b"\xFF\xD8"] {
        assert_eq!(decode_photo(bytes, &limits()), Err(PhotoError::NotAPhoto));
    }
}

#[test]
fn every_cut_of_a_jpeg_is_refused_without_panic() {
    let bytes = encoded(&gradient(64, 64).into(), ImageFormat::Jpeg);
    for length in 3..bytes.len() - 1 {
        let cut = decode_photo(&bytes[..length], &limits());
        assert!(matches!(cut, Err(PhotoError::Corrupt)), "cut at {length} of {}: {cut:?}", bytes.len());
    }
}

#[test]
fn stored_pictures_are_scaled_down_only_and_hold_no_metadata() {
    let decoded = |bytes: &[u8]| decode_photo(bytes, &limits()).unwrap().dimensions();
    let large = encode_jpeg(&gradient(2000, 1000), 1280, 90).unwrap();
    assert_eq!(decoded(&large), (1280, 640));
    assert_eq!(decoded(&encode_jpeg(&gradient(30, 20), 1280, 90).unwrap()), (30, 20));
    assert_eq!(decoded(&encode_jpeg(&gradient(4000, 3), 100, 90).unwrap()), (100, 1));
    for marker in [b"Exif".as_slice(), b"ICC_PROFILE", b"http://ns.adobe.com"] {
        assert!(!large.windows(marker.len()).any(|w| w == marker));
    }
}

#[test]
fn crops_are_square_and_stay_inside() {
    let image = gradient(300, 200);
    for bbox in [[10.0, 10.0, 60.0, 80.0], [-50.0, -50.0, 20.0, 20.0], [250.0, 150.0, 400.0, 400.0]] {
        let crop = decode_photo(&crop_jpeg(&image, bbox, 0.3, 96).unwrap(), &limits()).unwrap();
        assert_eq!(crop.dimensions(), (96, 96));
    }
    assert!(crop_jpeg(&image, [f32::NAN; 4], 0.3, 96).is_err());
}
