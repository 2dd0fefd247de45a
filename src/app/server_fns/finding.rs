//! Finding things, and what has happened to them.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// Students, sessions and, for admins, accounts and departments that a text names. An exact roll number leads straight
/// to its student.
#[server(prefix = "/fn", endpoint = "search_everything", output = Postcard)]
pub async fn search_everything(text: String) -> Result<Found, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| {
        let found = domain::search::search_everything(&ctx, &actor, &text).await?;
        if let Some(student) = found.exact {
            leptos_axum::redirect(&format!("/students/{student}"));
        }
        Ok(found)
    })
    .await
}

/// Every change of a register, or its corrections alone; the latest first.
#[server(prefix = "/fn", endpoint = "get_register_history", output = Postcard)]
pub async fn get_register_history(
    id: SessionId,
    corrections_only: bool,
    page: u64,
) -> Result<RegisterHistory, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| {
        domain::history::get_register_history(&ctx, &actor, id, corrections_only, page).await
    })
    .await
}

/// A register with what its sheet of paper says besides.
#[server(prefix = "/fn", endpoint = "get_register_sheet", output = Postcard)]
pub async fn get_register_sheet(id: SessionId) -> Result<RegisterSheet, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::session_facts::get_register_sheet(&ctx, &actor, id).await).await
}

/// A student's attendance with its arithmetic, and what was done.
#[server(prefix = "/fn", endpoint = "get_student_history", output = Postcard)]
pub async fn get_student_history(id: StudentId, page: u64) -> Result<StudentHistory, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::student_history::get_student_history(&ctx, &actor, id, page).await).await
}

/// Takes a student off new rosters, or puts them back.
#[server(prefix = "/fn", endpoint = "set_student_active", output = Postcard)]
pub async fn set_student_active(id: StudentId, is_active: bool) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::student_changes::set_student_active(&ctx, &actor, id, is_active).await?;
        let done = if is_active { "activated" } else { "deactivated" };
        door::redirect_plain_form(&format!("/students/{id}/history?done={done}"));
        Ok(())
    })
    .await
}

/// Erases a student for good; `confirmed` is the roll number, typed once more.
#[server(prefix = "/fn", endpoint = "erase_student", output = Postcard)]
pub async fn erase_student(id: StudentId, confirmed: String) -> Result<(), AppError> {
    use crate::server::{domain::erasure, door};
    door::admin(async |ctx, actor| {
        let erased = erasure::erase_student(&ctx, &actor, id, &confirmed).await?;
        door::redirect_plain_form(&format!("/admin/erasures/{}?done=erased", erased.receipt));
        Ok(())
    })
    .await
}

/// What an erasure did in which place.
#[server(prefix = "/fn", endpoint = "get_erasure", output = Postcard)]
pub async fn get_erasure(id: String) -> Result<ErasureReceipt, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::erasure::get_receipt(&ctx, &id).await).await
}
