//! The gallery: the templates that may be searched, in memory, with many readers and one writer. The one place that
//! knows `usearch`. It is a cache; the truth lies elsewhere.

use std::collections::{HashMap, HashSet};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use usearch::{Index, IndexOptions, MetricKind, ScalarKind};

use super::lookalikes::{Lookalikes, Pair};
use super::runtime::parallel;

/// Templates of people, searchable by cosine distance.
pub struct Gallery {
    dimension: usize,
    inner: RwLock<Inner>,
    lookalikes: Lookalikes,
}

struct Inner {
    index: Index,
    owners: HashMap<u64, u64>,
    templates: HashMap<u64, Vec<u64>>,
}

/// The best template of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub template_id: u64,
    pub person: u64,
    /// Cosine distance to the probe, 0..=2.
    pub distance: f32,
}

/// Why a template cannot be stored or searched for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GalleryError {
    #[error("the vector has {found} values, the gallery holds vectors of {expected}")]
    WrongDimension { found: usize, expected: usize },
    #[error("the vector has no direction")]
    NoDirection,
    #[error("the search index failed: {0}")]
    Index(String),
}

/// Room is made in steps of at least this many templates, so that growing is rare.
const ROOM_MIN: usize = 1024;
/// The graph inside the index is kept as cheap as it can be, because it is not searched: on vectors that are all nearly
/// orthogonal, as faces of different people are, it missed one person in sixteen (`docs/recognition.md`), and building
/// a good one takes seconds for 10,000 templates. Comparing all of them takes about two milliseconds.
const CHEAPEST_CONNECTIVITY: usize = 2;
const CHEAPEST_EXPANSION: usize = 1;
/// Slots for threads inside the index; each search or addition takes one for its duration.
const THREAD_SLOTS: usize = 64;

impl Gallery {
    /// An empty gallery for vectors of `dimension` values.
    pub fn new(dimension: usize) -> Result<Self, GalleryError> {
        let options = IndexOptions {
            dimensions: dimension,
            metric: MetricKind::Cos,
            quantization: ScalarKind::F32,
            connectivity: CHEAPEST_CONNECTIVITY,
            expansion_add: CHEAPEST_EXPANSION,
            expansion_search: CHEAPEST_EXPANSION,
            multi: false,
        };
        let index = Index::new(&options).map_err(failed)?;
        index.reserve_capacity_and_threads(ROOM_MIN, THREAD_SLOTS).map_err(failed)?;
        let inner = Inner { index, owners: HashMap::new(), templates: HashMap::new() };
        Ok(Self { dimension, inner: RwLock::new(inner), lookalikes: Lookalikes::default() })
    }

    /// Values per vector.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// Stored templates.
    pub fn len(&self) -> usize {
        self.read().owners.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// People with at least one template.
    pub fn people(&self) -> usize {
        self.read().templates.len()
    }

    /// Templates of one person.
    pub fn templates_of(&self, person: u64) -> usize {
        self.read().templates.get(&person).map_or(0, Vec::len)
    }

    /// Bytes the index holds, its reserved room included.
    pub fn memory_bytes(&self) -> usize {
        self.read().index.memory_usage()
    }

    /// Stores one template of a person; a template id that is already there is replaced.
    pub fn add(&self, template_id: u64, person: u64, vector: &[f32]) -> Result<(), GalleryError> {
        self.add_all(&[(template_id, person, vector)], 1)
    }

    /// Stores many templates at once, on up to `threads` threads; much faster than one by one at start.
    pub fn add_all(&self, templates: &[(u64, u64, &[f32])], threads: usize) -> Result<(), GalleryError> {
        for (_, _, vector) in templates {
            self.check(vector)?;
        }
        let mut inner = self.write();
        for (template_id, _, _) in templates {
            inner.remove_template(*template_id)?;
        }
        inner.make_room(templates.len())?;
        let index = &inner.index;
        let added = parallel::map(templates, threads.min(THREAD_SLOTS), |(id, _, vector)| {
            index.add(*id, vector).map_err(failed)
        });
        for ((template_id, person, _), added) in templates.iter().zip(&added) {
            if added.is_ok() {
                inner.owners.insert(*template_id, *person);
                inner.templates.entry(*person).or_default().push(*template_id);
                self.lookalikes.note(*person);
            }
        }
        added.into_iter().collect()
    }

    /// Forgets one template; whether it was there.
    pub fn remove_template(&self, template_id: u64) -> Result<bool, GalleryError> {
        let mut inner = self.write();
        if let Some(person) = inner.owners.get(&template_id) {
            self.lookalikes.note(*person);
        }
        inner.remove_template(template_id)
    }

    /// Forgets every template of a person; how many there were.
    pub fn remove_person(&self, person: u64) -> Result<usize, GalleryError> {
        let mut inner = self.write();
        let templates = inner.templates.get(&person).cloned().unwrap_or_default();
        for template_id in &templates {
            inner.remove_template(*template_id)?;
        }
        self.lookalikes.note(person);
        Ok(templates.len())
    }

    /// Forgets everything.
    pub fn clear(&self) -> Result<(), GalleryError> {
        let fresh = Self::new(self.dimension)?;
        let fresh = fresh.inner.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut inner = self.write();
        inner.templates.keys().for_each(|person| self.lookalikes.note(*person));
        *inner = fresh;
        Ok(())
    }

    /// Who looks like whom, as far as it was found.
    pub fn lookalikes(&self) -> &Lookalikes {
        &self.lookalikes
    }

    /// Everybody with a template, in no order.
    pub fn everybody(&self) -> Vec<u64> {
        self.read().templates.keys().copied().collect()
    }

    /// The templates of one person, in order of their numbers, each with its vector.
    pub fn vectors_of(&self, person: u64) -> Result<Vec<(u64, Vec<f32>)>, GalleryError> {
        self.read().vectors_of(person, self.dimension)
    }

    /// Pairs of `group` whose nearest templates lie within `limit` and of whom one is in `fresh`; exact, on up to
    /// `threads` threads. With everybody fresh every pair of templates is compared once.
    pub fn pairs_within(
        &self,
        group: &[u64],
        fresh: &HashSet<u64>,
        limit: f32,
        threads: usize,
    ) -> Result<Vec<Pair>, GalleryError> {
        let inner = self.read();
        let read = |person: &u64| Ok((*person, inner.vectors_of(*person, self.dimension)?));
        let mut people: Vec<(u64, Vec<(u64, Vec<f32>)>)> = group.iter().map(read).collect::<Result<_, _>>()?;
        drop(inner);
        for (_, vector) in people.iter_mut().flat_map(|(_, vectors)| vectors) {
            let length = norm(vector);
            vector.iter_mut().for_each(|value| *value /= length);
        }
        let new: Vec<&(u64, Vec<(u64, Vec<f32>)>)> =
            people.iter().filter(|(person, _)| fresh.contains(person)).collect();
        let found = parallel::map(&new, threads, |(person, own)| {
            let others = people.iter().filter(|(other, _)| other > person || (other < person && !fresh.contains(other)));
            let near = others.filter_map(|(other, theirs)| {
                let pairs = own.iter().flat_map(|(_, a)| theirs.iter().map(move |(_, b)| 1.0 - dot(a, b)));
                let distance = pairs.min_by(f32::total_cmp).filter(|distance| *distance <= limit)?.max(0.0);
                Some(Pair { people: [*person.min(other), *person.max(other)], distance })
            });
            near.collect::<Vec<Pair>>()
        });
        Ok(found.into_iter().flatten().collect())
    }

    /// The `k` nearest people in the whole gallery, best first, each with the nearest of their templates; exact.
    pub fn search(&self, probe: &[f32], k: usize) -> Result<Vec<Hit>, GalleryError> {
        self.check(probe)?;
        let inner = self.read();
        let size = inner.owners.len();
        if size == 0 || k == 0 {
            return Ok(Vec::new());
        }
        let mut wanted = (k * 4).max(16);
        loop {
            let matches = inner.index.exact_search(probe, wanted.min(size)).map_err(failed)?;
            let hits = inner.best_per_person(matches.keys.iter().copied().zip(matches.distances.iter().copied()));
            // A person with very many templates may fill the answer; then ask for more.
            if hits.len() >= k || wanted >= size {
                return Ok(hits.into_iter().take(k).collect());
            }
            wanted *= 4;
        }
    }

    /// The `k` nearest people of `roster`, best first; exact: every template of the roster is compared.
    pub fn search_roster(&self, probe: &[f32], roster: &[u64], k: usize) -> Result<Vec<Hit>, GalleryError> {
        self.check(probe)?;
        let inner = self.read();
        let length = norm(probe);
        let mut stored = vec![0.0_f32; self.dimension];
        let mut distances = Vec::with_capacity(roster.len());
        let mut seen = HashSet::with_capacity(roster.len());
        for person in roster.iter().filter(|person| seen.insert(**person)) {
            for template_id in inner.templates.get(person).into_iter().flatten() {
                if inner.index.get(*template_id, &mut stored).map_err(failed)? == 1 {
                    distances.push((*template_id, 1.0 - dot(probe, &stored) / (length * norm(&stored))));
                }
            }
        }
        Ok(inner.best_per_person(distances.into_iter()).into_iter().take(k).collect())
    }

    fn check(&self, vector: &[f32]) -> Result<(), GalleryError> {
        if vector.len() != self.dimension {
            return Err(GalleryError::WrongDimension { found: vector.len(), expected: self.dimension });
        }
        let length = norm(vector);
        if !length.is_finite() || length < 1e-6 {
            return Err(GalleryError::NoDirection);
        }
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Called under the write lock only: growing while others add or search would hang.
    fn make_room(&self, more: usize) -> Result<(), GalleryError> {
        let needed = self.index.size() + more;
        if needed < self.index.capacity() {
            return Ok(());
        }
        let room = (needed + 1).max(self.index.capacity() * 2).max(ROOM_MIN);
        self.index.reserve_capacity_and_threads(room, THREAD_SLOTS).map_err(failed)
    }

    fn vectors_of(&self, person: u64, dimension: usize) -> Result<Vec<(u64, Vec<f32>)>, GalleryError> {
        let mut ids = self.templates.get(&person).cloned().unwrap_or_default();
        ids.sort_unstable();
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let mut vector = vec![0.0; dimension];
            if self.index.get(id, &mut vector).map_err(failed)? == 1 {
                found.push((id, vector));
            }
        }
        Ok(found)
    }

    fn remove_template(&mut self, template_id: u64) -> Result<bool, GalleryError> {
        let Some(person) = self.owners.remove(&template_id) else {
            return Ok(false);
        };
        if let Some(theirs) = self.templates.get_mut(&person) {
            theirs.retain(|id| *id != template_id);
            if theirs.is_empty() {
                self.templates.remove(&person);
            }
        }
        self.index.remove(template_id).map_err(failed)?;
        Ok(true)
    }

    /// Sorted by distance; a person appears once, with the nearest template. Ties are broken by person so that answers
    /// repeat.
    fn best_per_person(&self, distances: impl Iterator<Item = (u64, f32)>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = distances
            .filter_map(|(template_id, distance)| {
                let person = *self.owners.get(&template_id)?;
                // Rounding may leave the range by a hair.
                Some(Hit { template_id, person, distance: distance.clamp(0.0, 2.0) })
            })
            .collect();
        hits.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.person.cmp(&b.person)));
        let mut seen = HashSet::with_capacity(hits.len());
        hits.retain(|hit| seen.insert(hit.person));
        hits
    }
}

/// Cosine distance of two vectors: 0 identical, 1 orthogonal, 2 opposite; `NaN` when one has no direction.
pub fn cosine_distance(a: &[f32], b: &[f32]) -> f32 {
    (1.0 - dot(a, b) / (norm(a) * norm(b))).clamp(0.0, 2.0)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight running sums let the compiler use vector registers, and lose less to rounding than one.
    let (a_chunks, a_rest) = a.as_chunks::<8>();
    let (b_chunks, b_rest) = b.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for (x, y) in a_chunks.iter().zip(b_chunks) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f32>()
}

fn norm(vector: &[f32]) -> f32 {
    dot(vector, vector).sqrt()
}

fn failed(error: impl std::fmt::Display) -> GalleryError {
    GalleryError::Index(error.to_string())
}
