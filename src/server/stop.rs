//! The order to stop, and who waits for it.

use std::sync::Arc;
use tokio::sync::watch;

/// Told once to everybody who asks; cheap to clone.
#[derive(Clone)]
pub struct Stop {
    told: Arc<watch::Sender<bool>>,
}

impl Default for Stop {
    fn default() -> Self {
        Self { told: Arc::new(watch::Sender::new(false)) }
    }
}

impl Stop {
    /// Has everything that has no end of its own end now.
    pub fn tell(&self) {
        self.told.send_replace(true);
    }

    /// Waits for the order; returns at once when it was given already.
    pub async fn wait(&self) {
        // The sender lives as long as this does, so that waiting cannot fail.
        let _ = self.told.subscribe().wait_for(|told| *told).await;
    }
}
