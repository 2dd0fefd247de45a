//! Objections to records.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// One record of the signed-in student.
#[server(name = MyRecordFn, prefix = "/fn", endpoint = "my_record", output = Postcard)]
pub async fn my_record(record: RecordId) -> Result<MyRecord, AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| domain::contest_list::my_record(&ctx, &actor, record).await).await
}

/// "I was there": a student's objection to a record of their own.
#[server(prefix = "/fn", endpoint = "open_contest", output = Postcard)]
pub async fn open_contest(form: ContestForm) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| {
        domain::contests::open_contest(&ctx, &actor, form).await?;
        door::redirect_plain_form("/me?done=contested");
        Ok(())
    })
    .await
}

/// One page of objections in the reader's departments.
#[server(prefix = "/fn", endpoint = "list_contests", output = Postcard)]
pub async fn list_contests(filter: ContestFilter) -> Result<Page<ContestRow>, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::contest_list::list_contests(&ctx, &actor, &filter).await).await
}

/// How many objections wait for the reader.
#[server(prefix = "/fn", endpoint = "count_contests", output = Postcard)]
pub async fn count_contests() -> Result<u64, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::contest_list::count_open(&ctx, &actor).await).await
}

/// Corrects the record that was objected to.
#[server(prefix = "/fn", endpoint = "accept_contest", output = Postcard)]
pub async fn accept_contest(id: ContestId, status: RecordStatus, answer: Option<String>) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| {
        domain::contests::accept_contest(&ctx, &actor, id, status, &answer.unwrap_or_default()).await?;
        door::redirect_plain_form("/contests?done=accepted");
        Ok(())
    })
    .await
}

/// Leaves the record as it is, with an answer to the student.
#[server(prefix = "/fn", endpoint = "decline_contest", output = Postcard)]
pub async fn decline_contest(id: ContestId, answer: Option<String>) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| {
        domain::contests::decline_contest(&ctx, &actor, id, &answer.unwrap_or_default()).await?;
        door::redirect_plain_form("/contests?done=declined");
        Ok(())
    })
    .await
}
