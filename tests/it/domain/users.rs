//! Accounts.

use super::{App, apps, invalid, refusal};
use rollcall::app::error::AppError;
use rollcall::app::types::{AccountFilter, DepartmentId, Role, UserForm, UserId, UserRow};
use rollcall::server::db::entities::{login_sessions, students, users};
use rollcall::server::domain::users::{create_user, list_users, set_user_active};
use rollcall::server::domain::validate::is_strong_password;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

fn form(username: &str, role: Role) -> UserForm {
    UserForm { username: username.into(), email: format!("{username}@example.edu"), role, ..UserForm::default() }
}

async fn stored(app: &App, id: UserId) -> users::Model {
    users::Entity::find_by_id(id.0).one(&app.ctx.db).await.expect("an answer").expect("the user")
}

#[tokio::test]
async fn an_account_without_a_password_gets_one_that_works_and_is_shown_once() {
    for app in apps().await {
        let created = create_user(&app.ctx, None, form("ada", Role::Admin)).await.expect("created");
        let password = created.one_time_password.expect("a one-time password");
        assert!(password.len() == 16 && is_strong_password(&password));
        let user = stored(&app, created.user.id).await;
        assert!(app.ctx.hasher.verify(&password, Some(&user.password_hash)).await.expect("verified"));
        assert!(user.is_active && user.email_verified_at.is_some());
        let chosen = UserForm { password: "Correct-horse-7".into(), ..form("bob", Role::Admin) };
        assert_eq!(create_user(&app.ctx, None, chosen).await.expect("created").one_time_password, None);
    }
}

#[tokio::test]
async fn all_faults_of_an_account_are_told_together() {
    for app in apps().await {
        let wrong = UserForm {
            username: "a!".into(),
            email: "nowhere".into(),
            phone: "12".into(),
            role: Role::Teacher,
            password: "short".into(),
            ..UserForm::default()
        };
        let expected = invalid(&[
            (
                "username",
                &[
                    "Username must be at least 3 characters long.",
                    "Username may contain only letters, digits and underscores.",
                ],
            ),
            ("email", &["Enter a valid email address."]),
            ("phone", &["Enter a phone number of 10 to 15 digits."]),
            ("departments", &["A teacher needs at least one department."]),
            (
                "password",
                &[
                    "Password must be at least 8 characters long.",
                    "Password must contain at least one uppercase letter.",
                    "Password must contain at least one digit.",
                    "Password must contain at least one special character.",
                ],
            ),
        ]);
        assert_eq!(refusal(create_user(&app.ctx, None, wrong).await), expected);
        let nul = UserForm { username: "a\0bc".into(), email: "a\0@example.edu".into(), ..form("ada", Role::Admin) };
        let expected = invalid(&[
            ("username", &["Username may contain only letters, digits and underscores."]),
            ("email", &["This text holds characters that cannot be shown."]),
        ]);
        assert_eq!(refusal(create_user(&app.ctx, None, nul).await), expected);
        let unknown = UserForm { departments: vec![DepartmentId(99)], ..form("ada", Role::Teacher) };
        let expected = invalid(&[("departments", &["This department does not exist."])]);
        assert_eq!(refusal(create_user(&app.ctx, None, unknown).await), expected);
    }
}

#[tokio::test]
async fn username_and_email_are_unique_whatever_their_case() {
    for app in apps().await {
        create_user(&app.ctx, None, form("Ada", Role::Admin)).await.expect("created");
        let again = UserForm { username: "aDA".into(), email: "ADA@Example.EDU".into(), ..form("x", Role::Admin) };
        let expected = invalid(&[
            ("username", &["User with this username already exists"]),
            ("email", &["User with this email already exists"]),
        ]);
        assert_eq!(refusal(create_user(&app.ctx, None, again).await), expected);
        assert_eq!(list_users(&app.ctx, &AccountFilter::default()).await.expect("listed").count, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_creations_at_once_make_one_account() {
    for app in apps().await {
        let creations = (0..4).map(|number| {
            let ctx = app.ctx.clone();
            let form = UserForm { email: format!("{number}@example.edu"), ..form("ada", Role::Admin) };
            tokio::spawn(async move { create_user(&ctx, None, form).await })
        });
        let mut created = 0;
        for creation in creations.collect::<Vec<_>>() {
            match creation.await.expect("no panic") {
                Ok(_) => created += 1,
                other => {
                    assert_eq!(refusal(other), AppError::field("username", "User with this username already exists"))
                }
            }
        }
        assert_eq!(created, 1);
    }
}

#[tokio::test]
async fn accounts_are_listed_by_username_with_role_and_departments_in_order() {
    for app in apps().await {
        let (first, second) = (app.department("CS").await, app.department("AA").await);
        let teacher = UserForm {
            departments: vec![first, second, first],
            first_name: "Zoe".into(),
            ..form("zoe", Role::Teacher)
        };
        create_user(&app.ctx, None, teacher).await.expect("created");
        create_user(&app.ctx, None, form("Ada", Role::Admin)).await.expect("created");
        let rows = list_users(&app.ctx, &AccountFilter::default()).await.expect("listed").results;
        let told = |row: &UserRow| {
            let codes: Vec<String> = row.departments.iter().map(|department| department.code.clone()).collect();
            (row.username.clone(), row.name.clone(), row.role, codes)
        };
        let expected = [
            ("Ada".to_owned(), "Ada".to_owned(), Role::Admin, vec![]),
            ("zoe".to_owned(), "Zoe".to_owned(), Role::Teacher, vec!["CS".to_owned(), "AA".to_owned()]),
        ];
        assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), expected);
    }
}

#[tokio::test]
async fn a_student_account_is_linked_to_the_student_with_its_email() {
    for app in apps().await {
        let department = app.department("CS").await;
        let grace = app.student("Grace Hopper", department).await;
        let alan = app.student("Alan Turing", department).await;
        let account = UserForm { email: grace.email.to_uppercase(), ..form("grace", Role::Student) };
        let created = create_user(&app.ctx, None, account).await.expect("created");
        let staff = UserForm { email: alan.email.clone(), ..form("alan", Role::Admin) };
        create_user(&app.ctx, None, staff).await.expect("created");
        let linked = students::Entity::find()
            .filter(students::Column::UserId.is_not_null())
            .all(&app.ctx.db)
            .await
            .expect("rows");
        let linked: Vec<(i64, Option<i64>)> = linked.iter().map(|row| (row.id, row.user_id)).collect();
        assert_eq!(linked, [(grace.id.0, Some(created.user.id.0))]);
    }
}

#[tokio::test]
async fn switching_an_account_off_ends_its_logins_and_switching_it_on_needs_a_new_one() {
    for app in apps().await {
        let admin = app.admin().await;
        let id = app.account("ada", Role::Admin, &[]).await;
        app.api("ada").await;
        set_user_active(&app.ctx, &admin, id, false).await.expect("switched off");
        let off = stored(&app, id).await;
        let logins = login_sessions::Entity::find()
            .filter(login_sessions::Column::UserId.eq(id.0))
            .all(&app.ctx.db)
            .await
            .expect("rows");
        assert!(!off.is_active && off.session_epoch == 1);
        assert!(logins.len() == 1 && logins.iter().all(|login| login.revoked_at.is_some()));
        set_user_active(&app.ctx, &admin, id, false).await.expect("nothing to do");
        set_user_active(&app.ctx, &admin, id, true).await.expect("switched on");
        assert_eq!(stored(&app, id).await.session_epoch, 2);
        app.api("ada").await;
        let changes: Vec<String> =
            app.audited().await.into_iter().filter(|action| action.contains("activate")).collect();
        assert_eq!(changes, ["user.deactivate", "user.activate"]);
    }
}

#[tokio::test]
async fn nobody_switches_off_their_own_account() {
    for app in apps().await {
        let admin = app.admin().await;
        let refused = refusal(set_user_active(&app.ctx, &admin, admin.user_id, false).await);
        assert_eq!(refused, AppError::Rule("You cannot switch off your own account.".to_owned()));
        let missing = refusal(set_user_active(&app.ctx, &admin, UserId(99), false).await);
        assert_eq!(missing, AppError::not_found("User", 99));
    }
}
