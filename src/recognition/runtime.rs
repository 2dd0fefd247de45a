//! ONNX Runtime behind a small door: the one place that knows `ort`. A [`Network`] is a model with several
//! single-threaded runtime sessions, because one session serves one caller at a time and parallel sessions over
//! several pictures beat threads inside one.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use ort::environment::Environment;
use ort::logging::LogLevel;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::TensorRef;

use super::cancel::Cancelled;

pub mod parallel;
mod prelu;
mod wire;

/// Why the runtime or a network does not work.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    #[error("the ONNX Runtime library cannot be loaded from {path}: {message}")]
    Library { path: PathBuf, message: String },
    #[error("model {model} cannot be loaded: {message}")]
    Model { model: String, message: String },
    #[error("model {model} failed: {message}")]
    Run { model: String, message: String },
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// The loaded ONNX Runtime library. There is one per process, whatever path later calls name.
#[derive(Clone)]
pub struct Runtime {
    environment: Environment,
}

/// The library allows one environment per process and cannot be unloaded safely, so it is kept for good.
static LOADED: OnceLock<Environment> = OnceLock::new();
static LOADING: Mutex<()> = Mutex::new(());

impl Runtime {
    /// Loads the shared library at `path` (`libonnxruntime.so`, `.dylib`, `onnxruntime.dll`) once per process.
    pub fn load(path: &Path) -> Result<Self, RuntimeError> {
        let _one_at_a_time = LOADING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(environment) = LOADED.get() {
            return Ok(Self { environment: environment.clone() });
        }
        let failed = |message: String| RuntimeError::Library { path: path.to_owned(), message };
        // A relative path would be looked up beside the program, not here.
        let absolute = std::path::absolute(path).map_err(|e| failed(e.to_string()))?;
        if !absolute.is_file() {
            return Err(failed("there is no such file".to_owned()));
        }
        let builder = ort::init_from(&absolute).map_err(|e| failed(e.to_string()))?;
        let environment = builder.with_name("rollcall").build().map_err(|e| failed(e.to_string()))?;
        environment.set_log_level(LogLevel::Error);
        Ok(Self { environment: LOADED.get_or_init(|| environment).clone() })
    }
}

/// One output of a run: its name, shape and values in row-major order.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    pub name: String,
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// A model ready to run from several threads.
pub struct Network {
    name: String,
    input: String,
    outputs: Vec<String>,
    idle: Mutex<Vec<Session>>,
    returned: Condvar,
    sessions: usize,
}

impl Network {
    /// Loads a model from its (already verified) bytes into `sessions` single-threaded runtime sessions.
    pub fn load(runtime: &Runtime, name: &str, model: &[u8], sessions: usize) -> Result<Self, RuntimeError> {
        let failed = |message: String| RuntimeError::Model { model: name.to_owned(), message };
        // The rewrite is exact; a model it cannot read is handed on as it is, for the runtime to judge.
        let rewritten = prelu::rewrite(model);
        let model = rewritten.as_deref().unwrap_or(model);
        let idle: Vec<Session> = (0..sessions.max(1))
            .map(|_| open_session(runtime, model))
            .collect::<Result<_, _>>()
            .map_err(|e| failed(e.to_string()))?;
        let first = idle.first().ok_or_else(|| failed("no runtime session".to_owned()))?;
        let input = first.inputs().first().ok_or_else(|| failed("it has no input".to_owned()))?.name().to_owned();
        let outputs = first.outputs().iter().map(|o| o.name().to_owned()).collect();
        Ok(Self {
            name: name.to_owned(),
            input,
            outputs,
            sessions: idle.len(),
            idle: Mutex::new(idle),
            returned: Condvar::new(),
        })
    }

    /// How many callers can run at once; more wait.
    pub fn sessions(&self) -> usize {
        self.sessions
    }

    /// Runs one picture (or batch) of `shape` `[N, C, H, W]`; outputs come in the model's order.
    pub fn run(&self, shape: [usize; 4], values: &[f32]) -> Result<Vec<Output>, RuntimeError> {
        let failed = |message: String| RuntimeError::Run { model: self.name.clone(), message };
        let input = TensorRef::from_array_view((shape, values)).map_err(|e| failed(e.to_string()))?;
        let mut borrowed = self.borrow();
        let Some(session) = borrowed.session.as_mut() else {
            return Err(failed("no runtime session is left".to_owned()));
        };
        let results = session.run(ort::inputs![self.input.as_str() => input]).map_err(|e| failed(e.to_string()))?;
        self.outputs
            .iter()
            .map(|name| {
                let value = results.get(name).ok_or_else(|| failed(format!("output {name} is missing")))?;
                let (shape, values) = value.try_extract_tensor::<f32>().map_err(|e| failed(e.to_string()))?;
                let shape = shape.iter().map(|&d| usize::try_from(d).unwrap_or(0)).collect();
                Ok(Output { name: name.clone(), shape, values: values.to_vec() })
            })
            .collect()
    }

    fn borrow(&self) -> Borrowed<'_> {
        let mut idle = self.lock_idle();
        loop {
            if let Some(session) = idle.pop() {
                return Borrowed { network: self, session: Some(session) };
            }
            idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock_idle(&self) -> MutexGuard<'_, Vec<Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session taken from the pool; it goes back when dropped, also when the run failed or panicked.
struct Borrowed<'a> {
    network: &'a Network,
    session: Option<Session>,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            self.network.lock_idle().push(session);
            self.network.returned.notify_one();
        }
    }
}

fn open_session(runtime: &Runtime, model: &[u8]) -> Result<Session, ort::Error> {
    let builder = Session::builder(&runtime.environment)?;
    let mut builder = builder
        .with_optimization_level(GraphOptimizationLevel::Level3)?
        .with_intra_threads(1)?
        .with_inter_threads(1)?
        .with_log_level(LogLevel::Error)?;
    builder.commit_from_memory(model)
}
