//! The gallery: distances, people, growth, removal, many threads.

use std::sync::atomic::{AtomicBool, Ordering};

use rollcall::recognition::index::{Gallery, GalleryError, cosine_distance};

const SIZE: usize = 64;

/// A repeatable direction per number; different numbers are far apart.
fn vector(number: u64, size: usize) -> Vec<f32> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    };
    (0..size).map(|_| next()).collect()
}

fn axis(i: usize, sign: f32) -> Vec<f32> {
    (0..SIZE).map(|at| if at == i { sign } else { 0.0 }).collect()
}

#[test]
fn identical_is_zero_orthogonal_is_one_opposite_is_two() {
    let gallery = Gallery::new(SIZE).unwrap();
    gallery.add(1, 10, &axis(0, 1.0)).unwrap();
    gallery.add(2, 20, &axis(1, 1.0)).unwrap();
    gallery.add(3, 30, &axis(0, -1.0)).unwrap();
    let probe = axis(0, 3.0);
    for hits in [gallery.search(&probe, 3).unwrap(), gallery.search_roster(&probe, &[10, 20, 30], 3).unwrap()] {
        let found: Vec<(u64, f32)> = hits.iter().map(|h| (h.person, h.distance)).collect();
        for ((person, distance), expected) in found.iter().zip([(10, 0.0), (20, 1.0), (30, 2.0)]) {
            assert_eq!(*person, expected.0);
            assert!((distance - expected.1).abs() < 1e-6, "{found:?}");
        }
    }
    assert!(cosine_distance(&axis(0, 1.0), &axis(0, 5.0)) < 1e-6);
    assert!((cosine_distance(&axis(0, 1.0), &axis(3, 1.0)) - 1.0).abs() < 1e-6);
    assert!((cosine_distance(&axis(0, 1.0), &axis(0, -2.0)) - 2.0).abs() < 1e-6);
}

#[test]
fn a_person_is_found_once_by_the_nearest_template() {
    let gallery = Gallery::new(SIZE).unwrap();
    gallery.add(1, 10, &axis(0, 1.0)).unwrap();
    gallery.add(2, 10, &axis(1, 1.0)).unwrap();
    gallery.add(3, 20, &axis(2, 1.0)).unwrap();
    let hits = gallery.search(&axis(1, 1.0), 5).unwrap();
    assert_eq!(hits.iter().map(|h| (h.person, h.template_id)).collect::<Vec<_>>()[0], (10, 2));
    assert_eq!(hits.len(), 2);
    assert_eq!((gallery.len(), gallery.people()), (3, 2));
}

#[test]
fn roster_search_sees_the_roster_only() {
    let gallery = Gallery::new(SIZE).unwrap();
    for person in 0..50 {
        gallery.add(person, person, &vector(person, SIZE)).unwrap();
    }
    let hits = gallery.search_roster(&vector(7, SIZE), &[3, 4, 4, 99], 10).unwrap();
    assert_eq!(hits.len(), 2);
    assert!(hits.iter().all(|h| [3, 4].contains(&h.person)));
    assert!(gallery.search_roster(&vector(7, SIZE), &[], 10).unwrap().is_empty());
}

#[test]
fn removed_templates_and_people_are_never_found_again() {
    let gallery = Gallery::new(SIZE).unwrap();
    for template in 0..30 {
        gallery.add(template, template / 3, &vector(template, SIZE)).unwrap();
    }
    assert!(gallery.remove_template(4).unwrap());
    assert!(!gallery.remove_template(4).unwrap());
    assert_eq!(gallery.remove_person(2).unwrap(), 3);
    assert_eq!((gallery.len(), gallery.people()), (26, 9));
    let everybody: Vec<u64> = (0..10).collect();
    for probe in 0..30 {
        let probe = vector(probe, SIZE);
        for hits in [gallery.search(&probe, 10).unwrap(), gallery.search_roster(&probe, &everybody, 10).unwrap()] {
            assert!(hits.iter().all(|h| h.template_id != 4 && h.person != 2));
        }
    }
    gallery.add(4, 1, &vector(4, SIZE)).unwrap();
    assert!(gallery.search(&vector(4, SIZE), 1).unwrap()[0].distance < 1e-5);
}

#[test]
fn adding_a_template_again_replaces_it() {
    let gallery = Gallery::new(SIZE).unwrap();
    gallery.add(1, 10, &axis(0, 1.0)).unwrap();
    gallery.add(1, 20, &axis(1, 1.0)).unwrap();
    assert_eq!((gallery.len(), gallery.people()), (1, 1));
    assert_eq!(gallery.search(&axis(1, 1.0), 1).unwrap()[0].person, 20);
    gallery.clear().unwrap();
    assert!(gallery.is_empty());
}

#[test]
fn vectors_that_cannot_be_compared_are_refused() {
    let gallery = Gallery::new(SIZE).unwrap();
    let wrong = GalleryError::WrongDimension { found: 3, expected: SIZE };
    assert_eq!(gallery.add(1, 1, &[1.0, 2.0, 3.0]), Err(wrong.clone()));
    assert_eq!(gallery.search(&[1.0, 2.0, 3.0], 1), Err(wrong));
    assert_eq!(gallery.add(1, 1, &[0.0; SIZE]), Err(GalleryError::NoDirection));
    assert_eq!(gallery.add(1, 1, &[f32::NAN; SIZE]), Err(GalleryError::NoDirection));
    assert!(gallery.is_empty());
}

#[test]
fn large_gallery_answers_the_same_as_the_roster_search() {
    let gallery = Gallery::new(SIZE).unwrap();
    let vectors: Vec<Vec<f32>> = (0..6_000).map(|i| vector(i, SIZE)).collect();
    let templates: Vec<(u64, u64, &[f32])> =
        vectors.iter().enumerate().map(|(i, v)| (i as u64, i as u64 / 2, v.as_slice())).collect();
    gallery.add_all(&templates, 4).unwrap();
    let everybody: Vec<u64> = (0..3_000).collect();
    for i in (0..6_000).step_by(100) {
        assert_eq!(gallery.search(&vectors[i], 1).unwrap()[0].person, i as u64 / 2);
        let probe = vector(i as u64 + 1_000_000, SIZE);
        let found = gallery.search(&probe, 1).unwrap()[0];
        let listed = gallery.search_roster(&probe, &everybody, 1).unwrap()[0];
        // Two people may be equally near to the last bit that the two ways of adding up agree on.
        assert!((found.distance - listed.distance).abs() < 1e-4, "{found:?} {listed:?}");
    }
}

#[test]
fn readers_and_a_writer_work_at_once() {
    let gallery = Gallery::new(SIZE).unwrap();
    gallery.add(0, 0, &vector(0, SIZE)).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    assert_eq!(gallery.search(&vector(0, SIZE), 1).unwrap()[0].person, 0);
                    assert_eq!(gallery.search_roster(&vector(0, SIZE), &[0, 5], 1).unwrap()[0].person, 0);
                }
            });
        }
        // More than the first reserved room, so that the index grows under readers.
        for i in 1..1_500 {
            gallery.add(i, i, &vector(i, SIZE)).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(gallery.len(), 1_500);
}
