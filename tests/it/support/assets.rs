//! What lies beside the checkout: the runtime's library, model weights and photographs. Tests that need something that
//! is missing say so by name and pass, except in CI, where they fail.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rollcall::recognition::engine::{Engine, EngineOptions};
use rollcall::recognition::manifest::Manifest;
use rollcall::recognition::runtime::Runtime;

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where ONNX Runtime's library is: `ORT_DYLIB_PATH`, else where the set-up puts it.
pub fn onnx_runtime() -> PathBuf {
    match std::env::var_os("ORT_DYLIB_PATH") {
        Some(path) => PathBuf::from(path),
        None => repository().join(".tools/onnxruntime").join(library_name()),
    }
}

fn library_name() -> &'static str {
    match std::env::consts::OS {
        "macos" => "libonnxruntime.dylib",
        "windows" => "onnxruntime.dll",
        _ => "libonnxruntime.so",
    }
}

/// The folder of weights; `None` (said aloud as `suite`) when it is missing.
pub fn models(suite: &str) -> Option<PathBuf> {
    folder(suite, "ROLLCALL_MODELS_MIRROR", "../shared/models")
}

/// The folder of photographs; `None` (said aloud as `suite`) when it is missing.
pub fn faces(suite: &str) -> Option<PathBuf> {
    folder(suite, "ROLLCALL_FACES", "../shared/faces")
}

fn folder(suite: &str, variable: &str, default: &str) -> Option<PathBuf> {
    let path = std::env::var_os(variable).map_or_else(|| repository().join(default), PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    not_run(suite, &format!("{} is missing (set {variable})", path.display()));
    None
}

/// Says that a suite does not run; in CI that is a failure.
pub fn not_run(suite: &str, why: &str) {
    println!("NOT RUN: {suite}: {why}");
    assert!(std::env::var("CI").as_deref() != Ok("true"), "NOT RUN in CI: {suite}: {why}");
}

/// The repository's manifest.
pub fn manifest() -> Manifest {
    let path = repository().join("models/manifest.toml");
    let text = std::fs::read_to_string(path).expect("models/manifest.toml can be read");
    Manifest::parse(&text).expect("models/manifest.toml is right")
}

/// The runtime; tests that infer cannot do without it.
pub fn runtime() -> Runtime {
    Runtime::load(&onnx_runtime()).expect("ONNX Runtime is set up (ORT_DYLIB_PATH or .tools/onnxruntime)")
}

/// An engine with real weights, loaded once for all tests of this binary; `None` (said aloud) without weights.
pub fn engine(suite: &str, pack: &str) -> Option<Arc<Engine>> {
    static LOADED: Mutex<Vec<(String, Arc<Engine>)>> = Mutex::new(Vec::new());
    let models = models(suite)?;
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, engine)) = loaded.iter().find(|(name, _)| name == pack) {
        return Some(Arc::clone(engine));
    }
    let engine = Engine::load(&runtime(), &manifest(), pack, &models, &EngineOptions { threads: 2 });
    let engine = Arc::new(engine.expect("the pack loads from the mirror"));
    loaded.push((pack.to_owned(), Arc::clone(&engine)));
    Some(engine)
}

/// Reads a file beside the checkout.
pub fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}
