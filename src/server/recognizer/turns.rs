//! Whose photo is next: a bounded queue in which nobody takes more than a share.
//!
//! Places and turns are given back when they are dropped, so that a caller who stops waiting leaves at once.

use crate::server::limits::Principal;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Whose photo it is; nobody's is the server's own, such as an import's.
pub type Caller = Option<Principal>;

/// Photos that wait or run, in order of arrival, each caller within a share.
#[derive(Clone)]
pub struct Turns {
    places: Places,
    places_max: usize,
    share: Bounds,
    callers: Arc<Mutex<HashMap<Caller, Weak<Places>>>>,
}

/// How many photos may be in the queue, and how many of those may run.
#[derive(Clone, Copy)]
struct Bounds {
    queue: usize,
    running: usize,
}

#[derive(Clone)]
struct Places {
    queue: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Places {
    fn new(bounds: Bounds) -> Self {
        Self { queue: Arc::new(Semaphore::new(bounds.queue)), running: Arc::new(Semaphore::new(bounds.running)) }
    }
}

/// A place in the queue; dropping it leaves the queue.
pub struct Place {
    all: Places,
    own: Arc<Places>,
    _held: [OwnedSemaphorePermit; 2],
}

/// The right to run, with the place that it came from; dropping it lets the next one run.
pub struct Turn {
    _place: Place,
    _held: [OwnedSemaphorePermit; 2],
}

impl Turns {
    /// A queue of `places`, of which `running` may run at once. One caller has at most three quarters of the places,
    /// so that others find one, and at most half of the running ones, so that others move on; always at least one.
    pub fn new(places: usize, running: usize) -> Self {
        let share = Bounds { queue: (places * 3 / 4).max(1), running: (running / 2).max(1) };
        let places_of_all = Places::new(Bounds { queue: places, running });
        Self { places: places_of_all, places_max: places, share, callers: Arc::default() }
    }

    /// A place at the end, or `None` when the queue is full or the caller's share of it is.
    pub fn enter(&self, caller: &Caller) -> Option<Place> {
        let own = self.of_caller(caller);
        let first = Arc::clone(&own.queue).try_acquire_owned().ok()?;
        let second = Arc::clone(&self.places.queue).try_acquire_owned().ok()?;
        Some(Place { all: self.places.clone(), own, _held: [first, second] })
    }

    /// Photos that wait or run now.
    pub fn taken(&self) -> usize {
        self.places_max - self.places.queue.available_permits()
    }

    /// How many may at once.
    pub fn places_max(&self) -> usize {
        self.places_max
    }

    fn of_caller(&self, caller: &Caller) -> Arc<Places> {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        // There are never more callers than places, so that looking at all of them is cheap.
        callers.retain(|_, places| places.strong_count() > 0);
        if let Some(known) = callers.get(caller).and_then(Weak::upgrade) {
            return known;
        }
        let fresh = Arc::new(Places::new(self.share));
        callers.insert(caller.clone(), Arc::downgrade(&fresh));
        fresh
    }
}

impl Place {
    /// Waits until this photo may run: first within the caller's share, then among everybody. Whoever is at their share
    /// holds nobody else up meanwhile.
    pub async fn turn(self) -> Option<Turn> {
        let first = Arc::clone(&self.own.running).acquire_owned().await.ok()?;
        let second = Arc::clone(&self.all.running).acquire_owned().await.ok()?;
        Some(Turn { _place: self, _held: [first, second] })
    }
}
