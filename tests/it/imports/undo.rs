//! Undoing an import: everything, unless something depends on it.

use super::schools;
use rollcall::app::types::*;
use rollcall::server::db::entities::students;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

#[tokio::test]
async fn undo_says_what_it_will_do_and_takes_everything_back() {
    for school in schools().await {
        school.app.student("Dora Dale", school.department).await;
        let other = school.app.department("EE").await;
        let before = school.students().await;
        let file = "name,email,phone,department\nDora Dale-Smith,dora.dale@example.edu,+44 1234 567890,EE\nBob,bob@x.edu,,CS\n";
        let id = school.applied(file, None).await;
        assert_eq!(school.students().await[0].department_id, other.0);
        let detail = school.screen(id).await.detail;
        let plan = detail.undo.expect("a plan");
        assert_eq!((plan.removed, plan.restored, plan.kept), (1, 1, 0));
        assert_eq!(detail.undo_until.map(|at| at.to_string()).as_deref(), Some("2025-11-04 10:00:00"));
        school.post("undo_import", id).await;
        school.work().await;
        let after = school.students().await;
        let fields = |list: &[students::Model]| {
            let of = |s: &students::Model| {
                (s.name.clone(), s.email.clone(), s.phone.clone(), s.department_id, s.name_key.clone())
            };
            list.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(fields(&after), fields(&before));
        let screen = school.screen(id).await;
        assert_eq!(screen.detail.import.state, ImportState::Undone);
        assert!(screen.rows.results.iter().all(|row| row.outcome == RowOutcome::Undone));
        assert_eq!(school.app.student("Bob Two", school.department).await.roll_no, "CS-2025-003", "never given twice");
    }
}

#[tokio::test]
async fn undo_keeps_and_names_those_on_whom_something_depends() {
    for school in schools().await {
        school.app.student("Dora Dale", school.department).await;
        let file = "name,email,phone,department\nRecorded,rec@x.edu,,CS\nEdited,edit@x.edu,,CS\nFree,free@x.edu,,CS\nDora D,dora.dale@example.edu,+44 1234 567890,CS\n";
        let id = school.applied(file, None).await;
        let of = |name: &'static str| {
            let school = &school;
            async move { school.students().await.into_iter().find(|s| s.name == name).expect(name) }
        };
        let recorded = of("Recorded").await;
        school.app.account("teacher", Role::Teacher, &[school.department]).await;
        let session = school.app.session("teacher", school.department).await;
        let teacher = school.app.actor("teacher").await;
        let record = RecordForm {
            session: session.id,
            student: StudentId(recorded.id),
            status: Some(RecordStatus::Present),
            keep_status: false,
            notes: None,
            reason: String::new(),
        };
        rollcall::server::domain::records::set_record(&school.app.ctx, &teacher, record).await.expect("a record");
        for (name, to) in [("Edited", "Edited by hand"), ("Dora D", "Dora by hand")] {
            let id = of(name).await.id;
            let change = students::ActiveModel { id: Set(id), name: Set(to.to_owned()), ..Default::default() };
            change.update(&school.app.ctx.db).await.expect("changed");
        }
        let plan = school.screen(id).await.detail.undo.expect("a plan");
        assert_eq!((plan.removed, plan.restored, plan.kept), (1, 1, 3));
        assert!(plan.kept_names.iter().any(|kept| kept.why.contains("Attendance is recorded")));
        let page = school.admin.get(&format!("/admin/import/{id}")).await.text();
        assert!(page.contains("Edited by hand") && page.contains("3 students kept"), "told beforehand");
        school.post("undo_import", id).await;
        school.work().await;
        let left: Vec<(String, bool)> = school.students().await.into_iter().map(|s| (s.name, s.is_active)).collect();
        let expected = [("Dora by hand", true), ("Recorded", false), ("Edited by hand", true)];
        assert_eq!(left, expected.map(|(name, active)| (name.to_owned(), active)));
        assert_eq!(school.students().await[0].phone, "", "what nobody touched comes back");
        assert_eq!(school.screen(id).await.detail.left_out, 3);
    }
}

#[tokio::test]
async fn undo_ends_after_a_day() {
    let school = schools().await.remove(0);
    let id = school.applied("name,email,department\nAnn,ann@x.edu,CS", None).await;
    school.app.pass(chrono::Duration::hours(24));
    let admin = school.app.browser("boss").await;
    let answer = admin.post_form("/fn/undo_import", &format!("id={id}")).await;
    assert_eq!(answer.status, 422);
    assert!(school.screen(id).await.detail.undo.is_none());
    assert_eq!(school.students().await.len(), 1);
}
