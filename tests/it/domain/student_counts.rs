//! Counts of students, which are read once between two writes.

use super::students::set_active;
use super::{App, apps};
use rollcall::app::types::{DepartmentForm, DepartmentId, StudentFilter};
use rollcall::server::domain::departments::save_department;
use rollcall::server::domain::student_list::{list_students, student_facets};
use rollcall::server::domain::student_removal::delete_student;

/// Total, active and inactive students, and each department's.
async fn counted(app: &App) -> (u64, u64, u64, Vec<(String, u64)>) {
    let facets = student_facets(&app.ctx).await.expect("counted");
    (facets.total, facets.active, facets.inactive, facets.by_department.into_iter().collect())
}

async fn found(app: &App, department: Option<DepartmentId>, is_active: Option<bool>) -> u64 {
    let filter = StudentFilter { department, is_active, ..StudentFilter::default() };
    let page = list_students(&app.ctx, &filter).await.expect("listed");
    assert_eq!(page.count, u64::try_from(page.results.len()).expect("a count"), "all of them fit on a page");
    page.count
}

#[tokio::test]
async fn every_change_is_counted_at_once() {
    for app in apps().await {
        let admin = app.admin().await;
        assert_eq!(counted(&app).await, (0, 0, 0, Vec::new()));
        let (cs, ph) = (app.department("CS").await, app.department("PH").await);
        let ada = app.student("Ada", cs).await;
        let by_name = |names: &[(&str, u64)]| names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        assert_eq!(counted(&app).await, (1, 1, 0, by_name(&[("Department CS", 1)])));
        app.student("Max", ph).await;
        set_active(&app, &admin, &ada, false).await;
        assert_eq!(counted(&app).await, (2, 1, 1, by_name(&[("Department CS", 1), ("Department PH", 1)])));
        assert_eq!(found(&app, None, None).await, 2);
        assert_eq!(found(&app, Some(cs), None).await, 1);
        assert_eq!(found(&app, Some(cs), Some(true)).await, 0);
        assert_eq!(found(&app, None, Some(false)).await, 1);
        assert_eq!(found(&app, Some(DepartmentId(99)), None).await, 0);
        let form =
            DepartmentForm { id: Some(ph), name: "Physics".into(), code: "PH".into(), description: String::new() };
        save_department(&app.ctx, &admin, form).await.expect("renamed");
        delete_student(&app.ctx, &admin, ada.id).await.expect("deleted");
        assert_eq!(counted(&app).await, (1, 1, 0, by_name(&[("Physics", 1)])));
    }
}
