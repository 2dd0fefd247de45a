//! Who is connected, since when, and who has to go.
//!
//! A connection costs a file descriptor whether or not anything is ever asked on it, and there are not many. So each
//! has a time for the head of its request, a time to be idle and a time to take its answer, and where there is no room
//! left whoever has waited longest without asking anything makes room.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Times and numbers of connections.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Connections that are served.
    pub connections_max: usize,
    /// More that are kept for probes of the server's health.
    pub reserve: usize,
    /// From the first byte of a request's head to its last.
    pub head: Duration,
    /// Without any request.
    pub idle: Duration,
    /// Without taking anything of an answer that is ready.
    pub blocked: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections_max: 1024,
            reserve: 16,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            blocked: Duration::from_secs(30),
        }
    }
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    Everything,
    /// All places are taken: only probes are answered.
    Probes,
}

/// No request; the next one may begin.
const IDLE: u8 = 0;
/// A part of a request's head is there.
const HEAD: u8 = 1;
/// A request is being answered.
const ANSWERING: u8 = 2;
/// It makes room for another.
const GOING: u8 = 3;

/// One connection.
pub struct Connection {
    clock: Instant,
    phase: AtomicU8,
    /// When that began, milliseconds.
    since_ms: AtomicU64,
    /// Since when the peer takes nothing, milliseconds; 0 while it does.
    blocked_ms: AtomicU64,
    gone: Notify,
}

impl Connection {
    fn new(clock: Instant) -> Self {
        let since_ms = AtomicU64::new(milliseconds(clock));
        let (phase, blocked_ms) = (AtomicU8::new(IDLE), AtomicU64::new(0));
        Self { clock, phase, since_ms, blocked_ms, gone: Notify::new() }
    }

    fn enter(&self, phase: u8) {
        self.since_ms.store(milliseconds(self.clock), Ordering::Relaxed);
        self.phase.store(phase, Ordering::Relaxed);
    }

    /// Bytes came: the head of the next request, unless they belong to one that is being answered.
    pub fn heard(&self) {
        if self.phase.load(Ordering::Relaxed) == IDLE {
            self.enter(HEAD);
        }
    }

    /// The head is whole.
    pub fn asked(&self) {
        self.enter(ANSWERING);
    }

    /// The answer is written.
    pub fn answered(&self) {
        self.enter(IDLE);
    }

    /// Whether no request has been read whole, so that an answer that is written now is none of ours.
    pub fn is_before_request(&self) -> bool {
        self.phase.load(Ordering::Relaxed) != ANSWERING
    }

    /// Whether the peer takes what is written.
    pub fn writes(&self, taken: bool) {
        let now = if taken { 0 } else { milliseconds(self.clock).max(1) };
        // The first time that it took nothing is what counts.
        if taken || self.blocked_ms.load(Ordering::Relaxed) == 0 {
            self.blocked_ms.store(now, Ordering::Relaxed);
        }
    }

    /// Whether nothing is lost with it but a wait.
    fn only_waits(&self) -> bool {
        matches!(self.phase.load(Ordering::Relaxed), IDLE | HEAD)
    }

    /// Ends when the connection has to be closed.
    pub async fn has_to_go(&self) {
        self.gone.notified().await;
    }

    fn is_over(&self, bounds: &Bounds, now: u64) -> bool {
        let passed = |since: u64, most: Duration| Duration::from_millis(now.saturating_sub(since)) > most;
        let since = self.since_ms.load(Ordering::Relaxed);
        let blocked = self.blocked_ms.load(Ordering::Relaxed);
        let slow = blocked != 0 && passed(blocked, bounds.blocked);
        slow || match self.phase.load(Ordering::Relaxed) {
            HEAD => passed(since, bounds.head),
            IDLE => passed(since, bounds.idle),
            _ => false,
        }
    }
}

fn milliseconds(clock: Instant) -> u64 {
    u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// All connections.
pub struct Connections {
    bounds: Bounds,
    clock: Instant,
    all: Mutex<BTreeMap<u64, Arc<Connection>>>,
    next: AtomicU64,
}

/// A place among the connections, which is free again when this is dropped.
pub struct Place {
    pub connection: Arc<Connection>,
    pub admission: Admission,
    key: u64,
    of: Arc<Connections>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.of.lock().remove(&self.key);
    }
}

impl Connections {
    pub fn new(bounds: Bounds) -> Arc<Self> {
        Arc::new(Self { bounds, clock: Instant::now(), all: Mutex::default(), next: AtomicU64::new(0) })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Arc<Connection>>> {
        // Nothing can panic while it is locked.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more, or nothing when even the reserve is taken. Without room, whoever has waited longest without
    /// a whole request goes.
    pub fn admit(self: &Arc<Self>) -> Option<Place> {
        let mut all = self.lock();
        let Bounds { connections_max, reserve, .. } = self.bounds;
        let mut has_room = all.len() < connections_max;
        if !has_room {
            let waiting = all.values().filter(|other| other.only_waits());
            if let Some(longest) = waiting.min_by_key(|other| other.since_ms.load(Ordering::Relaxed)) {
                // It has its place until its task has seen this; the reserve carries the newcomer over. Whoever comes
                // next meanwhile has another go.
                longest.enter(GOING);
                longest.gone.notify_one();
                has_room = true;
            }
        }
        if all.len() >= connections_max + reserve {
            return None;
        }
        let admission = if has_room { Admission::Everything } else { Admission::Probes };
        let key = self.next.fetch_add(1, Ordering::Relaxed);
        let connection = Arc::new(Connection::new(self.clock));
        all.insert(key, Arc::clone(&connection));
        Some(Place { connection, admission, key, of: Arc::clone(self) })
    }

    /// Has those go whose time is over.
    pub fn sweep(&self) {
        let now = milliseconds(self.clock);
        for connection in self.lock().values().filter(|connection| connection.is_over(&self.bounds, now)) {
            connection.gone.notify_one();
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.lock().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn few() -> Arc<Connections> {
        Connections::new(Bounds { connections_max: 2, reserve: 1, ..Bounds::default() })
    }

    #[tokio::test]
    async fn who_waited_longest_makes_room() {
        let connections = few();
        let first = connections.admit().expect("a place");
        let second = connections.admit().expect("a place");
        let third = connections.admit().expect("room is made");
        assert_eq!(third.admission, Admission::Everything);
        first.connection.has_to_go().await;
        drop(first);
        assert_eq!(connections.count(), 2);
        second.connection.asked();
        third.connection.asked();
        let probe = connections.admit().expect("the reserve");
        assert_eq!(probe.admission, Admission::Probes, "nobody waits: all are being answered");
        probe.connection.asked();
        assert!(connections.admit().is_none(), "and the reserve is taken");
    }

    #[test]
    fn each_phase_has_its_time() {
        let bounds = Bounds::default();
        let connection = Connection::new(Instant::now());
        let over = |seconds: u64| connection.is_over(&bounds, seconds * 1000);
        assert_eq!((over(70), over(80)), (false, true), "idle");
        connection.heard();
        assert_eq!((over(9), over(11)), (false, true), "half a head");
        connection.asked();
        connection.heard();
        assert!(!over(3600), "an answer takes as long as it is given elsewhere");
        connection.writes(false);
        assert_eq!((over(29), over(31)), (false, true), "an answer that nobody takes");
        connection.writes(true);
        assert!(!over(3600));
    }
}
