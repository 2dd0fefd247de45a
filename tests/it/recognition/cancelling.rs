//! Where work on a photo ends once nobody waits for it.

use rollcall::recognition::cancel::Cancel;
use rollcall::recognition::detect::DetectOptions;
use rollcall::recognition::engine::{Engine, EngineError, EngineOptions};
use rollcall::recognition::photo::{PhotoLimits, decode_photo};

use crate::support::assets;
use crate::support::tiny_models::*;

#[test]
fn raised_flag_ends_every_kind_of_work_and_the_next_photo_is_fine() {
    let dir = tempfile::tempdir().unwrap();
    let (manifest, pack) = write_tiny_pack(dir.path());
    let options = EngineOptions { threads: 2 };
    let engine = Engine::load(&assets::runtime(), &manifest, &pack, dir.path(), &options).unwrap();
    let photo = decode_photo(&tiny_class_photo(&[0, 1, 2]), &PhotoLimits::default()).unwrap();
    let options = DetectOptions::default();
    let cancel = Cancel::default();
    assert_eq!(engine.analyse_for(&photo, &options, &cancel).unwrap().faces.len(), 3);
    cancel.clone().cancel();
    assert!(cancel.is_cancelled(), "a clone is the same flag");
    for ended in [engine.analyse_for(&photo, &options, &cancel), engine.inspect(&photo, &options, &cancel)] {
        assert!(matches!(ended, Err(EngineError::Cancelled(_))), "{ended:?}");
    }
    assert_eq!(engine.analyse(&photo, &options).unwrap().faces.len(), 3);
}

/// The flag is raised while the photo is worked on: whichever picture or face is next is not begun.
#[test]
fn flag_raised_meanwhile_ends_the_work_or_comes_too_late() {
    let dir = tempfile::tempdir().unwrap();
    let (manifest, pack) = write_tiny_pack(dir.path());
    let engine = Engine::load(&assets::runtime(), &manifest, &pack, dir.path(), &EngineOptions { threads: 2 }).unwrap();
    let photo = image::RgbImage::from_pixel(4000, 3000, image::Rgb([90, 120, 60]));
    let cancel = Cancel::default();
    let ended = std::thread::scope(|scope| {
        let work = scope.spawn(|| engine.analyse_for(&photo, &DetectOptions::default(), &cancel));
        cancel.cancel();
        work.join().unwrap()
    });
    match ended {
        Err(EngineError::Cancelled(_)) => {}
        Ok(analysis) => assert!(analysis.faces.is_empty(), "a whole answer, never half of one"),
        Err(other) => panic!("{other}"),
    }
}
