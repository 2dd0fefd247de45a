//! A student's own attendance.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// The signed-in student's sessions and percentage.
#[server(name = MyAttendanceFn, prefix = "/fn", endpoint = "my_attendance", output = Postcard)]
pub async fn my_attendance() -> Result<MyAttendance, AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| domain::me::my_attendance(&ctx, &actor).await).await
}
