//! Live events: what changes in a register reaches every open page of it.

use crate::app::types::LiveEvent;
use tokio::sync::broadcast;

/// Events a slow page may fall behind before it has to fetch the register anew.
const BACKLOG: usize = 256;

/// One channel for all registers of this node.
#[derive(Clone)]
pub struct LiveHub {
    sender: broadcast::Sender<LiveEvent>,
}

impl Default for LiveHub {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }
}

impl LiveHub {
    /// Sends to whoever listens; nobody listening is fine.
    pub fn publish(&self, event: LiveEvent) {
        let _ = self.sender.send(event);
    }

    pub fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.sender.subscribe()
    }
}
