//! Who looks so much like whom that the machine must not tell them apart alone. Found once per change of the gallery
//! and looked up when a photo is decided.

use std::collections::{HashMap, HashSet};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Two people whose nearest templates lie within the accept line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The smaller number first.
    pub people: [u64; 2],
    /// Cosine distance of their nearest templates.
    pub distance: f32,
}

/// What is known about look-alikes, and of whom it has to be found anew.
#[derive(Debug, Default)]
pub struct Lookalikes(RwLock<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Of each person, the nearest first.
    near: HashMap<u64, Vec<(u64, f32)>>,
    stale: HashSet<u64>,
}

impl Lookalikes {
    /// A person's templates changed.
    pub fn note(&self, person: u64) {
        self.write().stale.insert(person);
    }

    /// People whose templates changed since this was last asked.
    pub fn take_stale(&self) -> HashSet<u64> {
        std::mem::take(&mut self.write().stale)
    }

    /// Puts `pairs` in the place of everything known about `people`.
    pub fn settle(&self, people: &HashSet<u64>, pairs: &[Pair]) {
        let mut known = self.write();
        for person in people {
            known.near.remove(person);
        }
        for near in known.near.values_mut() {
            near.retain(|(other, _)| !people.contains(other));
        }
        for pair in pairs {
            let [one, other] = pair.people;
            for (person, like) in [(one, other), (other, one)] {
                known.near.entry(person).or_default().push((like, pair.distance));
            }
        }
        for near in known.near.values_mut() {
            near.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        }
        known.near.retain(|_, near| !near.is_empty());
    }

    /// The nearest look-alike of a person among `roster`.
    pub fn among(&self, person: u64, roster: &[u64]) -> Option<u64> {
        let known = self.read();
        let near = known.near.get(&person)?;
        near.iter().map(|(other, _)| *other).find(|other| roster.contains(other))
    }

    /// Every pair once, the nearest first.
    pub fn pairs(&self) -> Vec<Pair> {
        let known = self.read();
        let of = |(person, near): (&u64, &Vec<(u64, f32)>)| {
            let person = *person;
            let later = near.iter().filter(|(other, _)| *other > person);
            later.map(|(other, distance)| Pair { people: [person, *other], distance: *distance }).collect::<Vec<_>>()
        };
        let mut pairs: Vec<Pair> = known.near.iter().flat_map(of).collect();
        pairs.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.people.cmp(&b.people)));
        pairs
    }

    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
