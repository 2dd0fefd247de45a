//! Accounts changed, listed and deleted; their links, messages and failures; on both databases.

use super::{App, apps, refusal};
use crate::support::PASSWORD;
use chrono::Duration;
use rollcall::app::error::AppError;
use rollcall::app::types::{Role, UserId};
use rollcall::server::auth::failures::{self, Try, Tryer};
use rollcall::server::auth::login;
use rollcall::server::db::entities::{email_tokens, login_failures, outbox, students, users};
use rollcall::server::domain::email_tokens::Purpose;
use rollcall::server::domain::outbox::list_messages;
use rollcall::server::domain::registration::{RegistrationForm, register, resend_verification, verify_email};
use rollcall::server::domain::user_changes::{UserChange, change_user, delete_user};
use rollcall::server::domain::user_details::{UserFilter, get_user, list_user_page};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};
use serde_json::json;

fn all() -> UserFilter {
    UserFilter { page: 1, page_size: 100, ..UserFilter::default() }
}

async fn newest_secret(app: &App) -> String {
    let page = list_messages(&app.ctx, None, 1, 1).await.expect("messages");
    let body = page.results.first().expect("a message").body.clone();
    body.split("token=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a link").to_owned()
}

async fn registered(app: &App, username: &str, email: &str) -> UserId {
    let form = RegistrationForm {
        username: username.into(),
        email: email.into(),
        password: PASSWORD.into(),
        ..RegistrationForm::default()
    };
    register(&app.ctx, None, form).await.expect("registered").id
}

#[tokio::test]
async fn a_verified_email_links_the_account_to_its_student() {
    for app in apps().await {
        let department = app.department("CS").await;
        let grace = app.student("Grace Hopper", department).await;
        let id = registered(&app, "grace", &grace.email).await;
        let linked = async || {
            let row = students::Entity::find_by_id(grace.id.0).one(&app.ctx.db).await.expect("an answer");
            row.expect("the student").user_id
        };
        assert_eq!(linked().await, None, "anybody can type an address");
        verify_email(&app.ctx, &newest_secret(&app).await).await.expect("verified");
        assert_eq!(linked().await, Some(id.0));
        let detail = get_user(&app.ctx, id).await.expect("the account");
        assert_eq!(detail.department.map(|department| department.code).as_deref(), Some("CS"));
        assert!(detail.is_active && detail.email_verified);
        let admin = app.admin().await;
        let refused = refusal(delete_user(&app.ctx, &admin, id).await);
        assert!(matches!(refused, AppError::Deletion { count: 1, .. }), "{refused:?}");
        let change = UserChange { role: Some(Role::Admin), ..UserChange::default() };
        change_user(&app.ctx, &admin, id, change).await.expect("changed");
        assert_eq!(linked().await, None, "only a student's account stands for a student");
        delete_user(&app.ctx, &admin, id).await.expect("deleted");
    }
}

#[tokio::test]
async fn only_hashes_of_links_are_stored_and_one_per_purpose() {
    for app in apps().await {
        registered(&app, "grace", "grace@example.edu").await;
        let first = newest_secret(&app).await;
        app.pass(Duration::minutes(2));
        resend_verification(&app.ctx, "grace@example.edu").await.expect("sent again");
        let rows = email_tokens::Entity::find().all(&app.ctx.db).await.expect("rows");
        assert_eq!(rows.len(), 1);
        assert!(!format!("{rows:?}").contains(&newest_secret(&app).await));
        let invalid = AppError::field("token", "This link is not valid any more. Ask for a new one.");
        assert_eq!(refusal(verify_email(&app.ctx, &first).await), invalid);
        let second = newest_secret(&app).await;
        let other = rollcall::server::domain::email_tokens::find_user(&app.ctx.db, &app.ctx, Purpose::Reset, &second);
        assert_eq!(refusal(other.await), invalid, "for another purpose");
        // The account's address changed since: the link proves nothing about the new one.
        let user = rows[0].user_id;
        let moved = users::ActiveModel { id: Set(user), email: Set("other@example.edu".into()), ..Default::default() };
        moved.update(&app.ctx.db).await.expect("moved");
        assert_eq!(refusal(verify_email(&app.ctx, &second).await), invalid);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_used_twice_at_once_counts_once() {
    for app in apps().await {
        registered(&app, "grace", "grace@example.edu").await;
        let secret = newest_secret(&app).await;
        let uses: Vec<_> = (0..4)
            .map(|_| {
                let (ctx, secret) = (app.ctx.clone(), secret.clone());
                tokio::spawn(async move { verify_email(&ctx, &secret).await.is_ok() })
            })
            .collect();
        let mut counted = 0;
        for used in uses {
            counted += usize::from(used.await.expect("no panic"));
        }
        assert_eq!(counted, 1);
    }
}

#[tokio::test]
async fn a_failed_registration_leaves_nothing() {
    for app in apps().await {
        registered(&app, "grace", "grace@example.edu").await;
        let form = RegistrationForm {
            username: "grace".into(),
            email: "other@example.edu".into(),
            password: PASSWORD.into(),
            ..RegistrationForm::default()
        };
        refusal(register(&app.ctx, None, form).await);
        assert_eq!(users::Entity::find().count(&app.ctx.db).await.expect("a count"), 1);
        assert_eq!(outbox::Entity::find().count(&app.ctx.db).await.expect("a count"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_cannot_remove_each_other() {
    for app in apps().await {
        let ada = app.account("ada", Role::Admin, &[]).await;
        let bob = app.account("bob", Role::Admin, &[]).await;
        let (by_ada, by_bob) = (app.actor("ada").await, app.actor("bob").await);
        let off = || UserChange { is_active: Some(false), ..UserChange::default() };
        let (first, second) =
            tokio::join!(change_user(&app.ctx, &by_ada, bob, off()), change_user(&app.ctx, &by_bob, ada, off()));
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
        let active = UserFilter { is_active: Some(true), ..all() };
        assert_eq!(list_user_page(&app.ctx, &active).await.expect("listed").count, 1);
    }
}

#[tokio::test]
async fn search_and_department_find_the_same_accounts_on_both_databases() {
    for app in apps().await {
        let (first, second) = (app.department("CS").await, app.department("EC").await);
        let admin = app.admin().await;
        let zoe = app.account("zoe", Role::Teacher, &[first, second]).await;
        app.account("sam_1", Role::Student, &[second]).await;
        let names = UserChange {
            first_name: Some("Zoe".into()),
            last_name: Some("O'Neill 100%".into()),
            ..UserChange::default()
        };
        change_user(&app.ctx, &admin, zoe, names).await.expect("changed");
        let found = async |search: &str, department: Option<i64>| {
            let filter = UserFilter { search: search.into(), department, ..all() };
            let page = list_user_page(&app.ctx, &filter).await.expect("listed");
            page.results.into_iter().map(|user| user.username).collect::<Vec<_>>()
        };
        assert_eq!(found("zoe o'neill", None).await, ["zoe"]);
        assert_eq!(found("0%", None).await, ["zoe"]);
        assert_eq!(found("m_", None).await, ["sam_1"]);
        assert_eq!(found("\0!", None).await, Vec::<String>::new());
        assert_eq!(found("", Some(second.0)).await, ["sam_1", "zoe"]);
        assert_eq!(found("", Some(i64::MAX)).await, Vec::<String>::new());
        let audited = app.audited().await;
        assert_eq!(audited.iter().filter(|action| *action == "user.update").count(), 1);
    }
}

#[tokio::test]
async fn failures_survive_a_restart_and_keep_no_names() {
    for app in apps().await {
        let grace = Tryer { username_key: "grace", address: None, device: None };
        for _ in 0..5 {
            Try::begin(&app.ctx, &grace).await.expect("a try").failed(&app.ctx).await.expect("counted");
        }
        let rows = login_failures::Entity::find().all(&app.ctx.db).await.expect("rows");
        assert_eq!((rows.len(), rows[0].failures), (1, 5));
        assert!(!format!("{rows:?}").contains("grace"));
        let waits = refusal(Try::begin(&app.ctx, &grace).await.map(drop));
        assert_eq!(waits, AppError::TooManyRequests { retry_after_s: 60 });
        app.pass(Duration::hours(1));
        failures::purge(&app.ctx).await.expect("purged");
        assert_eq!(login_failures::Entity::find().count(&app.ctx.db).await.expect("a count"), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_at_once_are_all_counted() {
    for app in apps().await {
        let grace = Tryer { username_key: "grace", address: Some([10, 0, 0, 1].into()), device: None };
        let mut tries = Vec::new();
        for _ in 0..4 {
            tries.push(Try::begin(&app.ctx, &grace).await.expect("a try"));
        }
        let counts = tries.into_iter().map(|reserved| {
            let ctx = app.ctx.clone();
            tokio::spawn(async move { reserved.failed(&ctx).await })
        });
        for count in counts.collect::<Vec<_>>() {
            count.await.expect("no panic").expect("counted");
        }
        let rows = login_failures::Entity::find().all(&app.ctx.db).await.expect("rows");
        assert_eq!(rows.iter().map(|row| row.failures).collect::<Vec<_>>(), [4, 4]);
    }
}

#[tokio::test]
async fn a_hash_of_django_is_renewed_at_sign_in() {
    for app in apps().await {
        let id = app.account("grace", Role::Student, &[]).await;
        // As Django writes it, made by Python's hashlib for the password "Correct-horse-7".
        let django = include_str!("django_hash.txt").trim();
        let old = users::ActiveModel { id: Set(id.0), password_hash: Set(django.to_owned()), ..Default::default() };
        old.update(&app.ctx.db).await.expect("stored");
        let stored = async || {
            let row = users::Entity::find_by_id(id.0).one(&app.ctx.db).await.expect("an answer");
            row.expect("the account").password_hash
        };
        let wrong =
            login::authenticate(&app.ctx, "grace", "Wrong-horse-7", login::Kind::Token, &login::Device::default())
                .await;
        assert_eq!(refusal(wrong), AppError::InvalidCredentials);
        assert_eq!(stored().await, django);
        app.api("grace").await;
        let renewed = stored().await;
        assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed}");
        app.api("grace").await;
        assert_eq!(stored().await, renewed, "renewed once");
        // Weaker than new ones: 8 MiB and one pass.
        let weak = argon2_hash(8 * 1024, 1);
        let old = users::ActiveModel { id: Set(id.0), password_hash: Set(weak), ..Default::default() };
        old.update(&app.ctx.db).await.expect("stored");
        app.api("grace").await;
        assert!(stored().await.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}

fn argon2_hash(memory_kib: u32, passes: u32) -> String {
    use argon2::password_hash::PasswordHasher;
    use argon2::{Algorithm, Argon2, Params, Version};
    let params = Params::new(memory_kib, passes, 1, None).expect("parameters");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password(PASSWORD.as_bytes()).expect("a hash").to_string()
}

#[tokio::test]
async fn stored_texts_that_are_no_hash_fit_nothing() {
    let app = crate::support::TestApp::start().await;
    let too_many = "pbkdf2_sha256$4000000000$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for stored in
        ["", "!", "pbkdf2_sha256$", "pbkdf2_sha256$0$salt$AAAA", "pbkdf2_sha1$1$s$AAAA", too_many, "$argon2id$"]
    {
        let fits = app.ctx.hasher.verify(PASSWORD, Some(stored)).await.expect("an answer");
        assert!(!fits, "{stored}");
    }
    let body = json!({ "username": "nobody", "password": PASSWORD });
    assert_eq!(app.anonymous().post_json("/api/auth/login/", &body).await.status, 401);
}
