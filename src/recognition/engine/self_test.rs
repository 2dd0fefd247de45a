//! What the engine proves about itself before it answers anybody: that distances point the right way, and that both
//! networks accept their input and give what they should. It needs no photographs.

use image::RgbImage;

use super::super::align::crop_side;
use super::super::cancel::Cancel;
use super::super::detect::{DetectOptions, Detector};
use super::super::embed::Embedder;
use super::super::index::{Gallery, cosine_distance};
use super::EngineError;

/// Runs all checks; the error says which one failed.
pub(super) fn run(detector: &Detector, embedder: &Embedder) -> Result<(), EngineError> {
    let side = crop_side(embedder.alignment());
    let pattern = RgbImage::from_fn(side, side, |x, y| image::Rgb([(x * 2) as u8, (y * 2) as u8, (x ^ y) as u8]));
    let vector = embedder.embed(&pattern)?.ok_or_else(|| failed("the recogniser gave no direction"))?.unit;
    let again = embedder.embed(&pattern)?.ok_or_else(|| failed("the recogniser gave no direction"))?.unit;
    if cosine_distance(&vector, &again) > 1e-3 {
        return Err(failed("the recogniser gave two answers for one picture"));
    }
    check_polarity(&vector)?;
    let grey = RgbImage::from_pixel(160, 120, image::Rgb([127; 3]));
    detector.detect(&grey, &DetectOptions::default(), &Cancel::default())?;
    Ok(())
}

/// A stored vector is found at distance 0, its opposite at 2, by both kinds of search.
fn check_polarity(vector: &[f32]) -> Result<(), EngineError> {
    const STORED: u64 = 1;
    const OPPOSITE: u64 = 2;
    let gallery = Gallery::new(vector.len())?;
    let opposite: Vec<f32> = vector.iter().map(|v| -v).collect();
    gallery.add(STORED, STORED, vector)?;
    gallery.add(OPPOSITE, OPPOSITE, &opposite)?;
    for hits in [gallery.search(vector, 2)?, gallery.search_roster(vector, &[STORED, OPPOSITE], 2)?] {
        let right = match hits.as_slice() {
            [near, far] => {
                near.person == STORED && near.distance < 1e-3 && far.person == OPPOSITE && far.distance > 2.0 - 1e-3
            }
            _ => false,
        };
        if !right {
            return Err(failed("the gallery does not find a stored vector at distance 0 and its opposite at 2"));
        }
    }
    Ok(())
}

fn failed(what: &str) -> EngineError {
    EngineError::SelfTest(what.to_owned())
}
