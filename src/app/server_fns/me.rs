//! A student's own attendance.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// The signed-in student's percentage, subjects, calendar, and sessions under the filter.
#[server(name = MyAttendanceFn, prefix = "/fn", endpoint = "my_attendance", output = Postcard)]
pub async fn my_attendance(filter: Option<MyFilter>) -> Result<MyPage, AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| domain::me::my_page(&ctx, &actor, &filter.unwrap_or_default()).await).await
}
