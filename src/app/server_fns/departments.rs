//! Departments.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// All departments, by code.
#[server(prefix = "/fn", endpoint = "list_departments", output = Postcard)]
pub async fn list_departments() -> Result<Vec<Department>, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, _| domain::departments::list_departments(&ctx).await).await
}

/// Creates a department, or changes it when the form carries an id.
#[server(prefix = "/fn", endpoint = "save_department", output = Postcard)]
pub async fn save_department(form: DepartmentForm) -> Result<Department, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        let department = domain::departments::save_department(&ctx, &actor, form).await?;
        door::redirect_plain_form("/admin/departments?done=saved");
        Ok(department)
    })
    .await
}

/// Deletes a department that has neither students nor sessions.
#[server(prefix = "/fn", endpoint = "delete_department", output = Postcard)]
pub async fn delete_department(id: DepartmentId) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::departments::delete_department(&ctx, &actor, id).await?;
        door::redirect_plain_form("/admin/departments?done=deleted");
        Ok(())
    })
    .await
}
