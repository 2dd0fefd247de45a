//! One chosen photo in the browser: checked, made smaller, kept until it is sent.
//!
//! Everything here may be called only in the browser, from event handlers.

use crate::app::error::AppResult;
use crate::app::types::PhotoVerdict;
use crate::tr;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, Url};

/// Longest side of what is sent, pixels; a face of half a metre's distance
/// still has several hundred.
const SIDE_MAX: f64 = 1920.0;
/// Largest file that is taken at all, before it is made smaller, bytes. A phone's
/// full sensor stays below it.
const FILE_BYTES_MAX: f64 = 40.0 * 1024.0 * 1024.0;
/// JPEG quality of what is sent, 0 to 1.
const QUALITY: f64 = 0.92;

/// A photo that waits in the form.
#[derive(Clone)]
pub struct PickedPhoto {
    pub id: u64,
    pub name: String,
    /// `blob:` address for the preview.
    pub url: String,
    /// Only made in the browser, where there is one thread.
    pub blob: SendWrapper<Blob>,
    /// Absent until the server has looked at it.
    pub verdict: ArcRwSignal<Option<AppResult<PhotoVerdict>>>,
}

impl PickedPhoto {
    /// Whether the server would store it as it is.
    pub fn is_accepted(&self) -> bool {
        matches!(&*self.verdict.read(), Some(Ok(verdict)) if verdict.accepted)
    }

    /// Whether the server is still looking.
    pub fn is_pending(&self) -> bool {
        self.verdict.read().is_none()
    }

    /// Gives the preview's memory back.
    pub fn release(&self) {
        // An address that is already gone needs no release.
        let _ = Url::revoke_object_url(&self.url);
    }
}

/// Why a file is not taken, or nothing.
pub fn refusal(kind: &str, bytes: f64) -> Option<String> {
    match kind {
        "image/heic" | "image/heif" => Some(tr!("picker-heic")),
        "image/jpeg" | "image/png" if bytes > FILE_BYTES_MAX => Some(tr!("picker-too-large")),
        "image/jpeg" | "image/png" => None,
        _ => Some(tr!("picker-wrong-kind")),
    }
}

/// The photo upright, without metadata and at most 1,920 pixels a side; the file
/// itself when the browser cannot read it, so that the server can say why.
pub async fn shrink(file: Blob) -> Blob {
    match redraw(&file).await {
        Ok(smaller) => smaller,
        Err(_) => file,
    }
}

async fn redraw(file: &Blob) -> Result<Blob, JsValue> {
    let bitmap = JsFuture::from(window().create_image_bitmap_with_blob(file)?).await?.dyn_into::<ImageBitmap>()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (SIDE_MAX / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas = document().create_element("canvas")?.dyn_into::<HtmlCanvasElement>()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into::<CanvasRenderingContext2d>()?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)?;
    bitmap.close();
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // A promise's own functions do not fail.
            let _ = if blob.is_null() { reject.call0(&JsValue::NULL) } else { resolve.call1(&JsValue::NULL, &blob) };
        });
        if canvas
            .to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &JsValue::from_f64(QUALITY))
            .is_err()
        {
            done.unchecked_ref::<js_sys::Function>().call1(&JsValue::NULL, &JsValue::NULL).ok();
        }
    });
    JsFuture::from(promise).await?.dyn_into::<Blob>()
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn only_jpeg_and_png_of_a_sane_size_are_taken() {
        assert_eq!(refusal("image/jpeg", 3e6), None);
        assert_eq!(refusal("image/png", 3e6), None);
        assert!(refusal("image/heic", 3e6).is_some_and(|words| words.contains("HEIC")));
        assert!(refusal("text/html", 10.0).is_some());
        assert!(refusal("image/jpeg", 5e7).is_some());
    }
}
