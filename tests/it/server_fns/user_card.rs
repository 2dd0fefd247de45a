//! One user, as admins look after them.

use super::mailed_path;
use crate::support::{PASSWORD, TestApp};
use rollcall::app::types::{Role, UserId};
use rollcall::server::domain::outbox::list_messages;

const FUNCTIONS: [(&str, &str); 11] = [
    ("get_user_card", "id=1"),
    ("all_departments", ""),
    ("invite_user", "form[username]=zoe&form[email]=zoe@example.edu&form[role]=student"),
    ("change_user", "id=1&form[first_name]=X"),
    ("change_user_role", "id=1&form[role]=student"),
    ("set_user_active", "id=1&is_active=false"),
    ("verify_user", "id=1"),
    ("send_user_link", "id=1"),
    ("link_user_student", "id=1&roll_no=CS-2025-001"),
    ("unlink_user_student", "id=1"),
    ("delete_user", "id=1"),
];

/// The text of the newest message.
async fn newest(app: &TestApp) -> String {
    let page = list_messages(&app.ctx, None, 1, 1).await.expect("messages");
    page.results.into_iter().next().expect("a message").body
}

/// Chooses a password with the newest mailed link.
async fn choose(app: &TestApp, password: &str) -> u16 {
    let path = mailed_path(app).await;
    let token = path.split("token=").nth(1).expect("a token").to_owned();
    app.anonymous().post_form("/fn/confirm_password_reset", &format!("token={token}&password={password}")).await.status
}

async fn admin_and_department(app: &TestApp) -> (crate::support::Client, i64) {
    let department = app.department("CS").await;
    app.account("boss", Role::Admin, &[]).await;
    (app.browser("boss").await, department.0)
}

#[tokio::test]
async fn only_admins_look_after_users() {
    let app = TestApp::start().await;
    let (_, department) = admin_and_department(&app).await;
    app.account("grace", Role::Teacher, &[rollcall::app::types::DepartmentId(department)]).await;
    app.account("sam", Role::Student, &[]).await;
    for (function, form) in FUNCTIONS {
        let path = format!("/fn/{function}");
        assert_eq!(app.anonymous().post_form(&path, form).await.status, 401, "{function}");
        for username in ["grace", "sam"] {
            assert_eq!(
                app.browser(username).await.post_form(&path, form).await.status,
                403,
                "{function} as {username}"
            );
        }
    }
    for path in ["/admin/users/1", "/admin/users/invite"] {
        assert_eq!(app.anonymous().get(path).await.status, 302, "{path}");
        assert_eq!(app.browser("grace").await.get(path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_user_who_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    let (boss, _) = admin_and_department(&app).await;
    for path in ["/admin/users/99", "/admin/users/abc"] {
        assert_eq!(boss.get(path).await.status, 404, "{path}");
    }
    for (function, form) in FUNCTIONS.iter().filter(|(_, form)| form.starts_with("id=1")) {
        let answer = boss.post_form(&format!("/fn/{function}"), &form.replace("id=1", "id=99")).await;
        assert_eq!(answer.status, 404, "{function}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_invited_teacher_chooses_the_password_and_signs_in() {
    let app = TestApp::start().await;
    let (boss, department) = admin_and_department(&app).await;
    let form = format!(
        "form[role]=teacher&form[username]=grace&form[email]=grace@example.edu&form[departments][3]={department}"
    );
    let answer = boss.post_plain_form("/admin/users/invite", "invite_user", &form).await;
    let place = answer.header("location").expect("a place").to_owned();
    assert!(place.starts_with("/admin/users/") && place.ends_with("?done=invited"), "{place}");
    let page = boss.get(&place).await.text();
    for part in ["Your invitation to Rollcall", "waits in the outbox", "Nobody has signed in yet", "invited grace"] {
        assert!(page.contains(part), "{part}");
    }
    let text = newest(&app).await;
    assert!(text.contains("within 7 days") && text.contains("your username grace"), "{text}");
    let link = mailed_path(&app).await;
    assert!(app.anonymous().get(&link).await.text().contains("Choose your password"));
    assert_eq!(choose(&app, "weak").await, 400);
    assert_eq!(choose(&app, PASSWORD).await, 200);
    assert_eq!(choose(&app, PASSWORD).await, 400, "a link works once");
    assert_eq!(app.browser("grace").await.get("/today").await.status, 200);
    let page = boss.get(&place).await.text();
    assert!(page.contains("Send a link for a new password"), "nobody is invited twice");
}

#[tokio::test]
async fn an_invitation_expires_and_can_be_sent_anew() {
    let app = TestApp::start().await;
    let (boss, _) = admin_and_department(&app).await;
    let form = "form[role]=student&form[username]=sam&form[email]=sam@example.edu";
    assert_eq!(boss.post_form("/fn/invite_user", form).await.status, 200);
    let id = app.actor("sam").await.user_id;
    let again = boss.post_form("/fn/send_user_link", &format!("id={id}")).await;
    assert_eq!(again.status, 422, "not within a minute of the last");
    app.pass(chrono::Duration::days(7) + chrono::Duration::minutes(1));
    assert_eq!(choose(&app, PASSWORD).await, 400);
    let boss = app.browser("boss").await;
    assert_eq!(boss.post_form("/fn/send_user_link", &format!("id={id}")).await.status, 200);
    app.pass(chrono::Duration::days(6));
    assert_eq!(choose(&app, PASSWORD).await, 200);
}

#[tokio::test]
async fn an_invited_student_sees_the_attendance_of_the_same_address() {
    let app = TestApp::start().await;
    let (boss, department) = admin_and_department(&app).await;
    let ann = app.student("Ann Ace", rollcall::app::types::DepartmentId(department)).await;
    let form = "form[role]=student&form[username]=ann&form[email]=ann.ace@example.edu";
    assert_eq!(boss.post_form("/fn/invite_user", form).await.status, 200);
    assert_eq!(choose(&app, PASSWORD).await, 200);
    let page = app.browser("ann").await.get("/me").await.text();
    assert!(page.contains(&ann.roll_no), "linked");
}

#[tokio::test]
async fn faults_of_an_invitation_stand_at_their_fields_and_nothing_is_made() {
    let app = TestApp::start().await;
    let (boss, _) = admin_and_department(&app).await;
    let form = "form[role]=teacher&form[username]=boss&form[email]=nonsense";
    let answer = boss.post_plain_form("/admin/users/invite", "invite_user", form).await;
    let place = answer.header("location").expect("a place").replace("http://localhost", "");
    let page = boss.get(&place).await.text();
    for part in [
        "User with this username already exists",
        "Enter a valid email address.",
        "A teacher needs at least one department.",
        "value=\"nonsense\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(list_messages(&app.ctx, None, 1, 1).await.expect("messages").count, 0);
}

#[tokio::test]
async fn a_link_is_what_the_account_needs() {
    let app = TestApp::start().await;
    let (boss, _) = admin_and_department(&app).await;
    let sam = app.account("sam", Role::Student, &[]).await;
    let send = async |id: UserId| boss.post_form("/fn/send_user_link", &format!("id={id}")).await.status;
    assert_eq!(send(sam).await, 200);
    assert!(newest(&app).await.contains("an account was made for you"), "nobody has signed in");
    app.browser("sam").await;
    app.pass(chrono::Duration::minutes(2));
    assert_eq!(send(sam).await, 200);
    assert!(newest(&app).await.contains("choose a new password"));
    boss.post_form("/fn/set_user_active", &format!("id={sam}&is_active=false")).await;
    app.pass(chrono::Duration::minutes(2));
    assert_eq!(send(sam).await, 422, "an account that is switched off");
    let form = "form[username]=kim&form[email]=kim@example.edu&form[password]=Correct-horse-7&form[password_again]=Correct-horse-7";
    assert_eq!(app.anonymous().post_form("/fn/register_account", form).await.status, 200);
    app.pass(chrono::Duration::minutes(2));
    let kim = app.actor("kim").await.user_id;
    assert_eq!(send(kim).await, 200);
    assert!(newest(&app).await.contains("verify your email address"));
    let page = boss.get(&format!("/admin/users/{kim}")).await.text();
    assert!(page.contains("Verify by hand") && page.contains("not verified"));
    let verified = boss.post_plain_form(&format!("/admin/users/{kim}"), "verify_user", &format!("id={kim}")).await;
    assert_eq!(verified.header("location"), Some(format!("/admin/users/{kim}?done=verified").as_str()));
    app.browser("kim").await;
}

#[tokio::test]
async fn an_account_is_linked_to_one_free_student_and_unlinked() {
    let app = TestApp::start().await;
    let (boss, department) = admin_and_department(&app).await;
    let department = rollcall::app::types::DepartmentId(department);
    let (ann, bob) = (app.student("Ann Ace", department).await, app.student("Bob Best", department).await);
    let (sam, eve) = (app.account("sam", Role::Student, &[]).await, app.account("eve", Role::Student, &[]).await);
    let grace = app.account("grace", Role::Teacher, &[department]).await;
    let link = async |id: UserId, roll_no: &str| {
        boss.post_form("/fn/link_user_student", &format!("id={id}&roll_no={roll_no}")).await.status
    };
    assert_eq!(link(sam, "").await, 400);
    assert_eq!(link(sam, "CS-1999-001").await, 400, "nobody has this number");
    assert_eq!(link(grace, &ann.roll_no).await, 422, "a teacher is no student");
    assert_eq!(link(sam, &ann.roll_no.to_lowercase()).await, 200);
    assert_eq!(link(sam, &bob.roll_no).await, 422, "one account, one student");
    assert_eq!(link(eve, &ann.roll_no).await, 400, "one student, one account");
    let page = boss.get(&format!("/admin/users/{sam}")).await.text();
    for part in ["Ann Ace (CS-2025-001)", "linked the account sam", "It stands for a student. Unlink it first."] {
        assert!(page.contains(part), "{part}");
    }
    assert!(app.browser("sam").await.get("/me").await.text().contains("Ann Ace"));
    for status in [200, 422] {
        assert_eq!(boss.post_form("/fn/unlink_user_student", &format!("id={sam}")).await.status, status);
    }
    assert!(!app.browser("sam").await.get("/me").await.text().contains("Ann Ace"));
    assert_eq!(link(eve, &ann.roll_no).await, 200);
}

#[tokio::test]
async fn details_and_role_are_changed_on_the_users_page() {
    let app = TestApp::start().await;
    let (boss, department) = admin_and_department(&app).await;
    let sam = app.account("sam", Role::Student, &[]).await;
    let own = app.browser("sam").await;
    let form =
        format!("id={sam}&form[first_name]=Sam&form[last_name]=Stone&form[phone]=&form[email]=stone@example.edu");
    assert_eq!(boss.post_form("/fn/change_user", &form).await.status, 200);
    let taken = boss.post_form("/fn/change_user", &format!("id={sam}&form[email]=boss@example.edu")).await;
    assert_eq!(taken.status, 400);
    let without = boss.post_form("/fn/change_user_role", &format!("id={sam}&form[role]=teacher")).await;
    assert_eq!(without.status, 400, "a teacher needs a department");
    let form = format!("id={sam}&form[role]=teacher&form[departments][0]={department}");
    assert_eq!(boss.post_form("/fn/change_user_role", &form).await.status, 200);
    assert_eq!(own.post_form("/fn/my_profile", "").await.status, 401, "signed out at once");
    let page = boss.get(&format!("/admin/users/{sam}")).await.text();
    for part in ["Sam Stone", "stone@example.edu", "gave the role teacher to", "value=\"1\" checked"] {
        assert!(page.contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_page_says_what_cannot_be_done_and_why() {
    let app = TestApp::start().await;
    let (boss, department) = admin_and_department(&app).await;
    let department = rollcall::app::types::DepartmentId(department);
    let grace = app.account("grace", Role::Teacher, &[department]).await;
    app.session("grace", department).await;
    let sam = app.account("sam", Role::Student, &[]).await;
    let own = app.actor("boss").await.user_id;
    let page = boss.get(&format!("/admin/users/{own}")).await.text();
    for part in ["You cannot delete your own account", "which you cannot switch off", "last active administrator"] {
        assert!(page.contains(part), "{part}");
    }
    let page = boss.get(&format!("/admin/users/{grace}")).await.text();
    assert!(page.contains("It is named once in sessions") && !page.contains("Delete for good"));
    assert_eq!(boss.post_form("/fn/delete_user", &format!("id={grace}")).await.status, 400);
    let answer = boss.post_plain_form(&format!("/admin/users/{sam}"), "delete_user", &format!("id={sam}")).await;
    assert_eq!(answer.header("location"), Some("/admin/users?done=deleted"));
    assert_eq!(boss.get(&format!("/admin/users/{sam}")).await.status, 404);
    assert!(boss.get("/admin/users?done=deleted").await.text().contains("The account is deleted."));
}
