//! A flag that says that nobody waits for an answer any more; work on a photo looks at it between its steps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shared by who waits and who works; cheap to clone. Once raised it stays raised.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

/// The work ended early because nobody waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody waits for the answer any more")]
pub struct Cancelled;

impl Cancel {
    /// Asks the work to end at its next step.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// A step of the work: goes on unless the flag is raised.
    ///
    /// # Errors
    /// [`Cancelled`] once it is.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}
