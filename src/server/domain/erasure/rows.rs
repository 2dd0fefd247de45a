//! The rows of one person: deleted, or left without what tells whose they were.

use super::person::Person;
use super::receipt::Receipt;
use super::{ERASED_NAME, erased_roll_no};
use crate::app::types::ErasedHow::{Deleted, Emptied};
use crate::app::types::{StudentId, UserId};
use crate::server::auth::{failures, password};
use crate::server::db::entities::{
    attendance_records, audit_log, consents, email_tokens, face_templates, imports, login_sessions, outbox, photos,
    record_contests, sent_requests, session_rosters, students as student_rows, user_profiles, users,
};
use crate::server::domain::{records, user_changes};
use crate::server::error::Result;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

/// What a row of the log says whose words were about the person.
const WORDS_GONE: &str = "The words of this row were erased with the person they were about";

/// Everything of the student. Without records the row goes as well; says whether it stayed.
///
/// # Errors
/// When the database fails.
pub async fn erase_student(
    txn: &impl ConnectionTrait,
    receipt: &mut Receipt,
    student: &student_rows::Model,
    now: DateTime<Utc>,
) -> Result<bool> {
    let id = student.id;
    let of = face_templates::Entity::delete_many().filter(face_templates::Column::StudentId.eq(id)).exec(txn).await?;
    receipt.add("face_templates", Deleted, of.rows_affected);
    let of = photos::Entity::delete_many().filter(photos::Column::StudentId.eq(id)).exec(txn).await?;
    receipt.add("photos", Deleted, of.rows_affected);
    let of = consents::Entity::delete_many().filter(consents::Column::StudentId.eq(id)).exec(txn).await?;
    receipt.add("consents", Deleted, of.rows_affected);
    let of = record_contests::Entity::delete_many().filter(record_contests::Column::StudentId.eq(id)).exec(txn).await?;
    receipt.add("record_contests", Deleted, of.rows_affected);
    // Notes may tell who somebody is, and measurements of a face are biometric.
    let emptied = attendance_records::Entity::update_many()
        .col_expr(attendance_records::Column::Notes, Expr::value(""))
        .col_expr(attendance_records::Column::Confidence, Expr::value(None::<f64>))
        .col_expr(attendance_records::Column::Distance, Expr::value(None::<f64>))
        .filter(attendance_records::Column::StudentId.eq(id))
        .exec(txn)
        .await?;
    receipt.add("attendance_records", Emptied, emptied.rows_affected);
    if emptied.rows_affected == 0 {
        // Only registers that nobody saved hold a student without a record.
        session_rosters::Entity::delete_many().filter(session_rosters::Column::StudentId.eq(id)).exec(txn).await?;
        student_rows::Entity::delete_by_id(id).exec(txn).await?;
        receipt.add("students", Deleted, 1);
        return Ok(false);
    }
    let nobody = student_rows::ActiveModel {
        id: Set(id),
        name: Set(ERASED_NAME.to_owned()),
        roll_no: Set(erased_roll_no(StudentId(id))),
        email: Set(format!("erased-{id}@erased.invalid")),
        phone: Set(String::new()),
        user_id: Set(None),
        is_active: Set(false),
        updated_at: Set(now),
        ..Default::default()
    };
    nobody.update(txn).await?;
    receipt.add("students", Emptied, 1);
    Ok(true)
}

/// An account with everything that hangs on it. One that other rows name as who did something stays as nobody's, and
/// nobody can sign in with it.
///
/// # Errors
/// When the database fails.
pub async fn erase_account(
    txn: &impl ConnectionTrait,
    receipt: &mut Receipt,
    (user, profile): &(users::Model, user_profiles::Model),
) -> Result<()> {
    let id = user.id;
    let of = email_tokens::Entity::delete_many().filter(email_tokens::Column::UserId.eq(id)).exec(txn).await?;
    receipt.add("email_tokens", Deleted, of.rows_affected);
    let of = login_sessions::Entity::delete_many().filter(login_sessions::Column::UserId.eq(id)).exec(txn).await?;
    receipt.add("login_sessions", Deleted, of.rows_affected);
    let of = sent_requests::Entity::delete_many().filter(sent_requests::Column::UserId.eq(id)).exec(txn).await?;
    receipt.add("sent_requests", Deleted, of.rows_affected);
    let of = outbox::Entity::delete_many()
        .filter(Condition::any().add(outbox::Column::UserId.eq(id)).add(outbox::Column::Recipient.eq(&user.email)))
        .exec(txn)
        .await?;
    receipt.add("outbox", Deleted, of.rows_affected);
    receipt.add("login_failures", Deleted, failures::forget_account(txn, &user.username_key).await?);
    let of = imports::Entity::update_many()
        .col_expr(imports::Column::CreatedByName, Expr::value(erased_username(id)))
        .filter(imports::Column::CreatedById.eq(id))
        .exec(txn)
        .await?;
    receipt.add("imports", Emptied, of.rows_affected);
    if user_changes::count_records(txn, UserId(id)).await? == 0 {
        users::Entity::delete_by_id(id).exec(txn).await?;
        receipt.add("user_profiles", Deleted, 1);
        receipt.add("users", Deleted, 1);
        return Ok(());
    }
    let nobody = users::ActiveModel {
        id: Set(id),
        username: Set(erased_username(id)),
        username_key: Set(erased_username(id)),
        email: Set(format!("erased-account-{id}@erased.invalid")),
        password_hash: Set(password::UNUSABLE.to_owned()),
        first_name: Set(String::new()),
        last_name: Set(String::new()),
        is_active: Set(false),
        email_verified_at: Set(None),
        session_epoch: Set(user.session_epoch + 1),
        last_login: Set(None),
        language: Set(None),
        ..Default::default()
    };
    nobody.update(txn).await?;
    receipt.add("users", Emptied, 1);
    let profile = user_profiles::ActiveModel { id: Set(profile.id), phone: Set(String::new()), ..Default::default() };
    profile.update(txn).await?;
    receipt.add("user_profiles", Emptied, 1);
    Ok(())
}

/// What is written in place of a username.
fn erased_username(id: i64) -> String {
    format!("erased-account-{id}")
}

/// Rows of the audit log about the person, and those of what they did themselves: who else did what, when and to which
/// number stays, the words go. A mark stays readable without its reason.
///
/// # Errors
/// When the database fails.
pub async fn erase_log(txn: &impl ConnectionTrait, receipt: &mut Receipt, person: &Person) -> Result<()> {
    let accounts = person.account_ids();
    let numbers: Vec<String> = accounts.iter().map(ToString::to_string).collect();
    let mut about = Condition::any().add(
        Condition::all()
            .add(audit_log::Column::ObjectType.eq("user"))
            .add(audit_log::Column::ObjectId.is_in(numbers.clone())),
    );
    if let Some(id) = person.student_id() {
        about = about.add(
            Condition::all()
                .add(audit_log::Column::ObjectType.eq("student"))
                .add(audit_log::Column::ObjectId.eq(id.to_string())),
        );
        receipt.add("audit_log", Emptied, forget_reasons(txn, id).await?);
    }
    let emptied = audit_log::Entity::update_many()
        .col_expr(audit_log::Column::Sentence, Expr::value(WORDS_GONE))
        .col_expr(audit_log::Column::Details, Expr::value("{}"))
        .filter(about)
        .exec(txn)
        .await?;
    receipt.add("audit_log", Emptied, emptied.rows_affected);
    for account in accounts {
        let emptied = audit_log::Entity::update_many()
            .col_expr(audit_log::Column::ActorName, Expr::value(erased_username(account)))
            .col_expr(audit_log::Column::Sentence, Expr::value(WORDS_GONE))
            .col_expr(audit_log::Column::Details, Expr::value("{}"))
            .col_expr(audit_log::Column::Ip, Expr::value(""))
            .filter(audit_log::Column::ActorId.eq(account))
            .exec(txn)
            .await?;
        receipt.add("audit_log", Emptied, emptied.rows_affected);
    }
    // A sign-in that failed has no actor, and the address of whoever tried.
    audit_log::Entity::update_many()
        .col_expr(audit_log::Column::Ip, Expr::value(""))
        .filter(audit_log::Column::ActorId.is_null())
        .filter(audit_log::Column::ObjectType.eq("user"))
        .filter(audit_log::Column::ObjectId.is_in(numbers))
        .exec(txn)
        .await?;
    Ok(())
}

/// Reasons of changed marks may tell of health or family.
async fn forget_reasons(txn: &impl ConnectionTrait, student: i64) -> Result<u64> {
    let rows = audit_log::Entity::find()
        .filter(audit_log::Column::ObjectType.eq(records::RECORD))
        .filter(audit_log::Column::ObjectId.like(format!("%/{student}")))
        .order_by_asc(audit_log::Column::Id)
        .all(txn)
        .await?;
    let mut emptied = 0;
    for row in rows {
        let mut details: Value = serde_json::from_str(&row.details).unwrap_or_default();
        let Some(reason) = details.get("reason").and_then(Value::as_str).filter(|reason| !reason.is_empty()) else {
            continue;
        };
        let sentence = row.sentence.strip_suffix(&format!(": {reason}")).unwrap_or(WORDS_GONE).to_owned();
        details["reason"] = "".into();
        let change = audit_log::ActiveModel {
            id: Set(row.id),
            sentence: Set(sentence),
            details: Set(details.to_string()),
            ..Default::default()
        };
        change.update(txn).await?;
        emptied += 1;
    }
    Ok(emptied)
}
