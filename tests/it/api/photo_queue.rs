//! The queue of photos: nobody takes more than a share, who leaves is gone at once, and no photo lasts for ever.

use crate::support::tiny_models::{TINY_EMBEDDING_SIZE, tiny_class_photo, tiny_face_photo, write_tiny_pack};
use crate::support::{Client, Part, TestApp, assets};
use futures::FutureExt;
use futures::future::join_all;
use rollcall::app::error::AppError;
use rollcall::app::types::Role;
use rollcall::recognition::engine::{Engine, EngineOptions};
use rollcall::server::error::Error;
use rollcall::server::limits::Principal;
use rollcall::server::metrics;
use rollcall::server::recognizer::Recognizer;
use rollcall::server::recognizer::turns::{Place, Turn, Turns};
use std::time::Duration;

const MIB: usize = 1024 * 1024;

fn user(id: i64) -> Option<Principal> {
    Some(Principal::User(id))
}

/// The turn, if it is there without waiting; else the wait, which keeps its place.
async fn try_turn(place: Place) -> Result<Turn, std::pin::Pin<Box<dyn Future<Output = Option<Turn>>>>> {
    let mut wait = Box::pin(place.turn());
    match futures::poll!(&mut wait) {
        std::task::Poll::Ready(turn) => Ok(turn.expect("the queue is open")),
        std::task::Poll::Pending => Err(wait),
    }
}

#[tokio::test]
async fn one_caller_runs_half_and_others_pass_those_who_wait_for_their_own_share() {
    let turns = Turns::new(8, 2);
    let first = try_turn(turns.enter(&user(1)).unwrap()).await.ok().expect("an empty queue");
    let second = try_turn(turns.enter(&user(1)).unwrap()).await.err().expect("the share is taken");
    let third = try_turn(turns.enter(&user(1)).unwrap()).await.err().expect("the share is taken");
    let other = try_turn(turns.enter(&user(2)).unwrap()).await.ok().expect("the other half is free");
    let server = try_turn(turns.enter(&None).unwrap()).await.err().expect("both halves are taken");
    assert_eq!(turns.taken(), 5);
    drop(first);
    // The same caller came before the server, but waited for its share and not for the place of all.
    let second = second.now_or_never();
    let server = server.now_or_never();
    assert!(server.is_some() && second.is_none(), "one place was given back");
    drop((other, second, server, third));
    assert_eq!(turns.taken(), 0, "everything that is dropped is given back");
}

#[tokio::test]
async fn one_caller_cannot_fill_the_queue() {
    let turns = Turns::new(8, 2);
    let held: Vec<Place> = std::iter::from_fn(|| turns.enter(&user(1)).ok()).collect();
    assert_eq!(held.len(), 6, "three quarters");
    let others: Vec<Place> = std::iter::from_fn(|| turns.enter(&user(2)).ok()).collect();
    assert_eq!((others.len(), turns.taken()), (2, 8));
    assert!(turns.enter(&user(3)).is_err(), "it is full");
    drop(held);
    assert_eq!(turns.taken(), 2);
    assert!(turns.enter(&user(3)).is_ok());
}

#[tokio::test]
async fn the_queue_is_as_deep_as_can_be_served_in_time_and_the_refusal_is_true() {
    let turns = Turns::new(32, 2);
    assert_eq!(turns.depth(), 32, "before anything is known");
    turns.took(Duration::from_millis(250), 1.0);
    assert_eq!(turns.depth(), 8, "eight are answered within 2 s");
    turns.took(Duration::from_millis(500), 2.0);
    assert_eq!(turns.depth(), 8, "beside another a photo has half of the machine");
    turns.took(Duration::from_millis(350), 1.0);
    assert_eq!(turns.depth(), 5, "a slower one counts at once");
    turns.took(Duration::from_millis(100), 1.0);
    assert_eq!(turns.depth(), 6, "a faster one by a fifth: 300 ms");
    let held: Vec<Place> = (1..=6).map(|caller| turns.enter(&user(caller)).expect("a place")).collect();
    let told = |turns: &Turns| turns.enter(&user(11)).err().expect("the last would wait too long").retry_after_s;
    assert_eq!(told(&turns), 1, "one photo of 300 ms");
    let waits: Vec<u64> = (0..6).map(|_| told(&turns)).collect();
    assert_eq!(waits, [1, 1, 2, 2, 2, 3], "each comes after the one who was told before");
    for _ in 0..1_000 {
        told(&turns);
    }
    assert_eq!(told(&turns), 60, "and nobody later than in a minute");
    let turns = Turns::new(32, 2);
    turns.took(Duration::from_millis(250), 1.0);
    for _ in 0..40 {
        turns.took(Duration::from_secs(6), 1.0);
    }
    assert_eq!(turns.depth(), 4, "slow photos: a burst of three, and one other");
    drop(held);
    let held: Vec<Place> = (1..=4).map(|caller| turns.enter(&user(caller)).expect("a place")).collect();
    assert_eq!(told(&turns), 6, "one photo of 6 s");
    drop(held);
    let burst: Vec<Place> = std::iter::from_fn(|| turns.enter(&user(1)).ok()).collect();
    assert!(burst.len() == 3 && turns.enter(&user(2)).is_ok(), "and the other finds a place");
    drop(burst);
    for _ in 0..200 {
        turns.took(Duration::from_millis(1), 1.0);
    }
    assert_eq!(turns.depth(), 32, "never more than the bound");
}

#[tokio::test]
async fn who_stops_waiting_leaves_the_queue_at_once() {
    let turns = Turns::new(4, 1);
    let running = try_turn(turns.enter(&user(1)).unwrap()).await.ok().expect("an empty queue");
    let gone = try_turn(turns.enter(&user(2)).unwrap()).await.err().expect("it is taken");
    let patient = try_turn(turns.enter(&user(3)).unwrap()).await.err().expect("it is taken");
    drop(gone);
    assert_eq!(turns.taken(), 2);
    drop(running);
    assert!(patient.now_or_never().is_some(), "the place of who left is passed over");
}

fn recognizer() -> Recognizer {
    let models = tempfile::tempdir().expect("a folder for the networks");
    let (manifest, pack) = write_tiny_pack(models.path());
    let options = EngineOptions { threads: 2 };
    Recognizer::new(Engine::load(&assets::runtime(), &manifest, &pack, models.path(), &options).expect("it loads"))
}

/// Much larger than what the other callers send: a dozen pictures for the detector.
fn huge_photo() -> Vec<u8> {
    let image = image::RgbImage::from_pixel(6000, 4000, image::Rgb([60, 90, 120]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("a JPEG");
    bytes.into_inner()
}

async fn until_empty(recognizer: &Recognizer) {
    while recognizer.waiting() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn photo_past_its_deadline_is_refused_and_its_place_comes_back() {
    metrics::install();
    let late = recognizer().with_deadline(Duration::ZERO);
    let answer = late.analyse(huge_photo(), "photo", 10 * MIB).await;
    assert!(matches!(answer, Err(Error::User(AppError::Busy { retry_after_s: 5 }))), "{:?}", answer.err());
    until_empty(&late).await;
    assert!(metrics::render().contains("rollcall_photos_cancelled_total{reason=\"deadline\"}"));
    let in_time = late.with_deadline(Duration::from_secs(60));
    let (_, analysis) = in_time.analyse(tiny_face_photo(1), "photo", 10 * MIB).await.expect("the next photo is fine");
    assert_eq!(analysis.faces.len(), 1);
    assert!(metrics::render().contains("rollcall_photo_queue_wait_seconds_bucket"));
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_larger_than_all_their_room_are_looked_at_one_after_the_other() {
    let recognizer = recognizer().with_room(1);
    let answers = (1..=4).map(|person| {
        let recognizer = recognizer.clone();
        tokio::spawn(async move { recognizer.analyse(large_photo(person), "photo", 10 * MIB).await.map(drop) })
    });
    for answer in join_all(answers.collect::<Vec<_>>()).await {
        answer.expect("no panic").expect("an answer");
    }
    let held = recognizer.analyse(tiny_face_photo(1), "photo", 10 * MIB).await.expect("a photo").0;
    let waits = recognizer.clone().with_deadline(Duration::from_millis(200));
    let refused = waits.analyse(tiny_face_photo(2), "photo", 10 * MIB).await.err();
    assert!(matches!(refused, Some(Error::User(AppError::Busy { .. }))), "the picture keeps its room: {refused:?}");
    drop(held);
    until_empty(&recognizer).await;
    recognizer.analyse(tiny_face_photo(2), "photo", 10 * MIB).await.expect("and gives it back");
}

/// Two megabytes of pixels.
fn large_photo(shade: u8) -> Vec<u8> {
    let image = image::RgbImage::from_pixel(1000, 700, image::Rgb([shade; 3]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_whose_callers_left_are_given_up_and_the_others_answered() {
    metrics::install();
    let recognizer = recognizer().with_deadline(Duration::from_secs(300));
    let start = |bytes: Vec<u8>| {
        let recognizer = recognizer.clone();
        tokio::spawn(async move { recognizer.analyse(bytes, "photo", 10 * MIB).await })
    };
    let huge = huge_photo();
    let leaving: Vec<_> = (0..6).map(|_| start(huge.clone())).collect();
    while recognizer.waiting() < leaving.len() {
        tokio::task::yield_now().await;
    }
    let staying: Vec<_> = (1..=4).map(|person| start(tiny_face_photo(person))).collect();
    for task in &leaving {
        task.abort();
    }
    for task in leaving {
        assert!(task.await.err().is_some_and(|error| error.is_cancelled()));
    }
    for answer in join_all(staying).await {
        let (_, analysis) = answer.expect("no panic").expect("an answer");
        assert_eq!(analysis.faces.len(), 1);
    }
    until_empty(&recognizer).await;
    assert!(metrics::render().contains("rollcall_photos_cancelled_total{reason=\"caller_left\"}"));
}

async fn recognise(client: Client, photo: Vec<u8>) -> u16 {
    client.post_parts("/api/ai/recognize/", &[Part::File("file", "a.jpg", &photo)]).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn huge_and_hostile_photos_of_one_user_leave_the_others_room() {
    let app = TestApp::with_queue_and_dimension(8, TINY_EMBEDDING_SIZE).await;
    app.account("greedy", Role::Admin, &[]).await;
    app.account("modest", Role::Admin, &[]).await;
    let (greedy, modest) = (app.api("greedy").await, app.api("modest").await);
    let huge = huge_photo();
    let mut torn = huge.clone();
    torn.truncate(huge.len() / 2);
    let mut tasks: Vec<_> = (0..7).map(|_| tokio::spawn(recognise(greedy.clone(), huge.clone()))).collect();
    tasks.push(tokio::spawn(recognise(greedy.clone(), torn)));
    // Six of eight places are one caller's at most: the last of the greedy are refused, the modest are not.
    while app.ctx.recognizer.waiting() < 6 && !tasks.iter().all(tokio::task::JoinHandle::is_finished) {
        tokio::task::yield_now().await;
    }
    for person in 1..=3 {
        assert_eq!(recognise(modest.clone(), tiny_class_photo(&[person])).await, 200);
    }
    for task in tasks {
        let status = task.await.expect("no panic");
        assert!([200, 400, 503].contains(&status), "{status}");
    }
    until_empty(&app.ctx.recognizer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caller_who_hangs_up_leaves_no_work_behind() {
    let app = TestApp::with_faces().await;
    app.account("admin", Role::Admin, &[]).await;
    let client = app.api("admin").await;
    let request = tokio::spawn(recognise(client.clone(), huge_photo()));
    while app.ctx.recognizer.waiting() == 0 && !request.is_finished() {
        tokio::task::yield_now().await;
    }
    request.abort();
    until_empty(&app.ctx.recognizer).await;
    assert_eq!(recognise(client, tiny_face_photo(1)).await, 200);
}
