//! What `doctor` finds.

use crate::support::TestApp;
use crate::support::db::test_databases;
use rollcall::app::types::Role;
use rollcall::server::config::Config;
use rollcall::server::doctor::{Finding, Grade, examine};
use std::fs;

fn of<'a>(found: &'a [Finding], area: &str) -> Vec<&'a Finding> {
    found.iter().filter(|finding| finding.area == area).collect()
}

#[tokio::test]
async fn doctor_says_what_to_mend_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let config = Config {
        public_url: Some("http://school.example.edu".into()),
        timezone: Some("Mars/Olympus".into()),
        smtp_url: Some("smtp://localhost".into()),
        ..Config::for_folder(&data)
    };
    let found = examine(&config).await;
    for (area, words) in [("camera", "HTTPS"), ("time zone", "ROLLCALL_TIMEZONE"), ("models", "rollcall models fetch")]
    {
        let finding = of(&found, area)[0];
        assert_eq!(finding.grade, Grade::Mend, "{area}");
        assert!(finding.words.contains(words), "{}", finding.words);
    }
    assert_eq!(of(&found, "mail")[0].grade, Grade::Mend);
    assert!(!data.exists(), "nothing was made");
}

#[tokio::test]
async fn doctor_finds_missing_photos_and_a_clock_that_is_behind() {
    for database in test_databases().await {
        let app = TestApp::with_faces_on(Some(database.url.clone())).await;
        let department = app.department("CS").await;
        let ann = app.student_with_face("Ann Ace", department, 1).await;
        app.account("boss", Role::Admin, &[]).await;
        let config = Config {
            database_url: Some(database.url.clone()),
            public_url: Some("https://school.example.edu".into()),
            ..Config::for_folder(app.folder())
        };
        let found = examine(&config).await;
        assert!(of(&found, "database").iter().all(|finding| finding.grade == Grade::Fine), "{found:?}");
        for area in ["photos", "clock", "accounts", "camera"] {
            assert_eq!(of(&found, area)[0].grade, Grade::Fine, "{}: {area}", database.kind);
        }
        let name = ann.photo.expect("a photo").rsplit('/').next().expect("a name").to_owned();
        fs::remove_file(app.folder().join("media/student_faces").join(&name)).expect("removed");
        app.pass(chrono::Duration::days(36_500));
        app.department("FUTURE").await;
        let found = examine(&config).await;
        assert!(of(&found, "photos")[0].words.contains(&name));
        assert_eq!(of(&found, "clock")[0].grade, Grade::Mend, "{}", database.kind);
    }
}
