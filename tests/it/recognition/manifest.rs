//! The manifest, and model files that are not what it says.

use rollcall::recognition::engine::{Engine, EngineError, EngineOptions};
use rollcall::recognition::manifest::{Manifest, ManifestError, verify_file};

use crate::support::assets;
use crate::support::tiny_models::write_tiny_pack;

#[test]
fn repository_manifest_is_consistent_and_lists_every_pack() {
    let manifest = assets::manifest();
    let names: Vec<&str> = manifest.packs.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["buffalo_sc_w8", "buffalo_sc", "open", "buffalo_l"]);
    for pack in &manifest.packs {
        let files: Vec<_> = manifest.files_of(pack).collect();
        assert_eq!(files.len(), 2, "{}", pack.name);
        assert_eq!(pack.commercial_use, files.iter().all(|f| f.commercial_use), "{}", pack.name);
    }
    assert!(manifest.packs.iter().filter(|p| p.commercial_use).count() >= 1, "there must be a pack for everybody");
}

#[test]
fn repository_manifest_survives_writing_and_reading() {
    let manifest = assets::manifest();
    let text = toml::to_string(&manifest).unwrap();
    assert_eq!(Manifest::parse(&text).unwrap(), manifest);
}

#[test]
fn mirror_files_are_the_listed_ones() {
    let Some(models) = assets::models("recognition::manifest::mirror_files_are_the_listed_ones") else {
        return;
    };
    let manifest = assets::manifest();
    let there: Vec<_> = manifest.files.iter().filter(|f| models.join(&f.name).is_file()).collect();
    assert!(there.len() >= 4, "the mirror holds two packs");
    for file in there {
        verify_file(&models.join(&file.name), file).unwrap();
    }
    let first = manifest.first_present(&[&models]).map(|p| p.name.as_str());
    assert_eq!(first, Some("buffalo_sc_w8"));
}

#[test]
fn flipped_byte_is_refused_with_file_and_both_hashes() {
    let dir = tempfile::tempdir().unwrap();
    let (manifest, pack) = write_tiny_pack(dir.path());
    let file = manifest.file("tiny_embedder.onnx").unwrap();
    let path = dir.path().join(&file.name);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let Err(ManifestError::WrongHash { found, expected, .. }) = verify_file(&path, file) else {
        panic!("a flipped byte must be noticed")
    };
    let loaded = Engine::load(&assets::runtime(), &manifest, &pack, dir.path(), &EngineOptions { threads: 1 });
    let text = loaded.err().expect("the engine must not load it").to_string();
    for part in ["tiny_embedder.onnx", &found, &expected] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn missing_file_and_unknown_pack_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let (manifest, pack) = write_tiny_pack(dir.path());
    let load = |pack: &str| {
        let options = EngineOptions { threads: 1 };
        Engine::load(&assets::runtime(), &manifest, pack, dir.path(), &options).err().expect("it must not load")
    };
    assert!(load("nonsense").to_string().contains("tiny_yunet"), "known packs are listed");
    std::fs::remove_file(dir.path().join("tiny_scrfd.onnx")).unwrap();
    assert!(matches!(load(&pack), EngineError::Missing { name, .. } if name == "tiny_scrfd.onnx"));
}

#[test]
fn manifest_with_disordered_lines_or_wrong_roles_is_refused() {
    let good = toml::to_string(&assets::manifest()).unwrap();
    let disordered = good.replacen("distance_accept = ", "distance_accept = 1", 1);
    assert!(matches!(Manifest::parse(&disordered), Err(ManifestError::Inconsistent(_))));
    let swapped = good.replacen("detector = \"det_500m.onnx\"", "detector = \"w600k_mbf.onnx\"", 1);
    assert!(matches!(Manifest::parse(&swapped), Err(ManifestError::Inconsistent(_))));
    assert!(matches!(Manifest::parse("[[pack]]"), Err(ManifestError::Syntax(_))));
}
