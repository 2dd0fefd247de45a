//! Pixels in the browser: stills and frames from a video, smaller copies of photos.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap};

/// JPEG quality of what leaves the browser.
const JPEG_QUALITY: f64 = 0.92;
/// Size of the copy on which light is measured, pixels.
const LIGHT_WIDTH: u32 = 64;
const LIGHT_HEIGHT: u32 = 36;

/// Width and height with the longer side at most `side_max`, in proportion.
pub fn fit(width: u32, height: u32, side_max: u32) -> (u32, u32) {
    let side = width.max(height);
    if side <= side_max {
        return (width, height);
    }
    let scale = |pixels: u32| {
        let scaled = (u64::from(pixels) * u64::from(side_max) + u64::from(side) / 2) / u64::from(side);
        u32::try_from(scaled).unwrap_or(side_max).max(1)
    };
    (scale(width), scale(height))
}

/// The picture of this moment as JPEG; nothing before the first picture is there.
pub async fn grab(video: &HtmlVideoElement, side_max: u32) -> Option<Blob> {
    let (width, height) = fit(video.video_width(), video.video_height(), side_max);
    if width == 0 || height == 0 {
        return None;
    }
    let (canvas, context) = canvas(width, height, false)?;
    context
        .draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, f64::from(width), f64::from(height))
        .ok()?;
    jpeg(&canvas).await
}

/// A smaller JPEG copy of a photo, its EXIF orientation applied; nothing when the
/// browser cannot read the photo.
pub async fn shrink(photo: &Blob, side_max: u32) -> Option<Blob> {
    let asked = window().create_image_bitmap_with_blob(photo).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(asked).await.ok()?.unchecked_into();
    let (width, height) = fit(bitmap.width(), bitmap.height(), side_max);
    let (canvas, context) = canvas(width, height, false)?;
    let drawn =
        context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, f64::from(width), f64::from(height));
    bitmap.close();
    drawn.ok()?;
    jpeg(&canvas).await
}

/// Mean luma of the picture, 0 (black) to 1 (white).
pub fn brightness(video: &HtmlVideoElement) -> Option<f64> {
    if video.video_width() == 0 {
        return None;
    }
    let (_, context) = canvas(LIGHT_WIDTH, LIGHT_HEIGHT, true)?;
    let (width, height) = (f64::from(LIGHT_WIDTH), f64::from(LIGHT_HEIGHT));
    context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width, height).ok()?;
    let pixels = context.get_image_data(0.0, 0.0, width, height).ok()?.data();
    Some(mean_luma(&pixels))
}

/// Mean luma of RGBA bytes, Rec. 601 weights.
fn mean_luma(rgba: &[u8]) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for pixel in rgba.chunks_exact(4) {
        if let [red, green, blue, _] = pixel {
            sum += 0.299 * f64::from(*red) + 0.587 * f64::from(*green) + 0.114 * f64::from(*blue);
            count += 255.0;
        }
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

fn canvas(width: u32, height: u32, is_read: bool) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let options = Object::new();
    // A canvas that is read back is kept out of the graphics memory.
    Reflect::set(&options, &JsValue::from_str("willReadFrequently"), &JsValue::from_bool(is_read)).ok()?;
    let context = canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()?;
    Some((canvas, context))
}

async fn jpeg(canvas: &HtmlCanvasElement) -> Option<Blob> {
    let made = Promise::new(&mut |resolve: Function, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // A promise that nobody awaits any more has nothing to report.
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let quality = JsValue::from_f64(JPEG_QUALITY);
        // On failure the promise stays open and the still is never used.
        let _ = canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality);
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

/// Waits.
pub async fn pause_ms(ms: i32) {
    let over = Promise::new(&mut |resolve: Function, _| {
        // Without a timer the wait ends at once through the rejected promise.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(over).await;
}

/// Address of a blob inside this page; dropping it gives the memory back.
pub struct ObjectUrl(String);

impl ObjectUrl {
    pub fn new(blob: &Blob) -> Option<Self> {
        web_sys::Url::create_object_url_with_blob(blob).ok().map(Self)
    }

    pub fn address(&self) -> String {
        self.0.clone()
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // An address that is gone already is as good as one given back.
        let _ = web_sys::Url::revoke_object_url(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_shrink_in_proportion_and_never_grow() {
        assert_eq!(fit(640, 480, 1280), (640, 480));
        assert_eq!(fit(4000, 3000, 1920), (1920, 1440));
        assert_eq!(fit(3000, 4000, 1920), (1440, 1920));
        assert_eq!(fit(10_000, 1, 100), (100, 1));
        assert_eq!(fit(0, 0, 100), (0, 0));
    }

    #[test]
    fn luma_of_black_is_zero_and_of_white_one() {
        assert_eq!(mean_luma(&[0, 0, 0, 255, 0, 0, 0, 255]), 0.0);
        assert!((mean_luma(&[255; 8]) - 1.0).abs() < 1e-9);
        assert_eq!(mean_luma(&[]), 0.0);
    }
}
