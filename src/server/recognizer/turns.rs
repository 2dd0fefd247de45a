//! Whose photo is next: a bounded queue in which nobody takes more than a share.
//!
//! It is as deep as this machine can serve while people wait gladly: how many photos a second it gets done is measured
//! all the time, and whoever would wait longer is told at once when to come back.
//!
//! Places and turns are given back when they are dropped, so that a caller who stops waiting leaves at once.

use crate::server::limits::Principal;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Whose photo it is; nobody's is the server's own, such as an import's.
pub type Caller = Option<Principal>;

/// Longest wait for an answer that is worth joining the queue for, seconds: of the 2.5 that are promised, what it takes to
/// bring a photo in and an answer out again is left over.
const WAIT_WORTH_S: f64 = 2.0;
/// Photos that one press at the camera hands over together.
const BURST: usize = 3;
/// Nobody is told to come back later than this.
const PROMISED_MAX: Duration = Duration::from_secs(60);
/// Weight of a faster photo: about the last ten count.
const NEWEST_WEIGHT: f64 = 0.2;

/// Photos that wait or run, in order of arrival, each caller within a share.
#[derive(Clone)]
pub struct Turns {
    places: Places,
    places_max: usize,
    running_max: usize,
    share: Bounds,
    callers: Arc<Mutex<HashMap<Caller, Weak<Places>>>>,
    pace: Arc<Mutex<Pace>>,
}

/// How fast photos are done.
#[derive(Default)]
struct Pace {
    /// Time of the whole machine for one photo, seconds; nothing before the first. A photo that ran beside another had half
    /// of it. It rises with the first slow photo and sinks slowly: a class comes after single faces, and is promised the
    /// same.
    photo_s: Option<f64>,
    /// When all who were told to come back will have had their photos done.
    promised: Option<Instant>,
}

/// A photo that runs: when it began, and beside how many.
pub struct Begun {
    at: Instant,
    running: usize,
}

/// There is no place now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// When there will be one, as fast as photos are done now.
    pub retry_after_s: u64,
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
        Self {
            places: places_of_all,
            places_max: places,
            running_max: running,
            share,
            callers: Arc::default(),
            pace: Arc::default(),
        }
    }

    /// A place at the end.
    ///
    /// # Errors
    /// [`Full`] when the queue is as long as can be served in time, or the caller's share of it is.
    pub fn enter(&self, caller: &Caller) -> Result<Place, Full> {
        let own = self.of_caller(caller);
        let depth = self.depth();
        let own_depth = (depth * 3 / 4).max(BURST).min(self.share.queue);
        let own_taken = self.share.queue - own.queue.available_permits();
        let all_over = (self.taken() + 1).saturating_sub(depth);
        let own_over = (own_taken + 1).saturating_sub(own_depth);
        if all_over > 0 || own_over > 0 {
            return Err(self.full(all_over.max(own_over)));
        }
        let full = |_| self.full(1);
        let first = Arc::clone(&own.queue).try_acquire_owned().map_err(full)?;
        let second = Arc::clone(&self.places.queue).try_acquire_owned().map_err(full)?;
        Ok(Place { all: self.places.clone(), own, _held: [first, second] })
    }

    /// A photo whose turn has come begins.
    pub fn begin(&self) -> Begun {
        Begun { at: Instant::now(), running: self.running() }
    }

    /// Counts a photo that is done.
    pub fn done(&self, begun: &Begun) {
        let beside = (begun.running + self.running()) as f64 / 2.0;
        self.took(begun.at.elapsed(), beside.max(1.0));
    }

    /// Counts a photo that took this long from its turn to its answer, while so many ran at once.
    pub fn took(&self, time: Duration, running: f64) {
        let newest = time.as_secs_f64() / running;
        let mut pace = self.pace();
        pace.photo_s = Some(pace.photo_s.map_or(newest, |known| newest.max(known + NEWEST_WEIGHT * (newest - known))));
    }

    /// Photos that may wait or run now, so that the last of them is answered in time.
    pub fn depth(&self) -> usize {
        match self.pace().photo_s {
            Some(photo_s) if photo_s > 0.0 => {
                // Also on the slowest machine a burst has its places, and one other caller.
                ((WAIT_WORTH_S / photo_s) as usize).max(BURST + 1).min(self.places_max)
            }
            _ => self.places_max,
        }
    }

    /// The refusal when so many photos have to be done before there is a place. Who is refused next comes after: all at
    /// once they would find one place.
    fn full(&self, photos: usize) -> Full {
        let mut pace = self.pace();
        let (now, photo_s) = (Instant::now(), pace.photo_s.unwrap_or_default());
        let free = now + Duration::from_secs_f64(photo_s * photos as f64);
        let after_others = pace.promised.map_or(free, |others| others + Duration::from_secs_f64(photo_s));
        let comes = free.max(after_others).min(now + PROMISED_MAX);
        pace.promised = Some(comes);
        Full { retry_after_s: ((comes - now).as_secs_f64().ceil() as u64).max(1) }
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        // Nothing can panic while it is locked.
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Photos that run now.
    fn running(&self) -> usize {
        self.running_max - self.places.running.available_permits()
    }

    /// Photos that wait or run now.
    pub fn taken(&self) -> usize {
        self.places_max - self.places.queue.available_permits()
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
