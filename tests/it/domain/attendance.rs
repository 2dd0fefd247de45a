//! Lists, statistics and the audit log, whose queries both databases have to read alike.

use super::apps;
use chrono::NaiveDate;
use rollcall::app::types::*;
use rollcall::server::domain::audit::{AuditFilter, list_audit};
use rollcall::server::domain::exports::{Format, export_records, export_session};
use rollcall::server::domain::record_list::{RecordFilter, list_records, record_history};
use rollcall::server::domain::records::{Decision, set_records};
use rollcall::server::domain::session_facts::{change_session, get_facts};
use rollcall::server::domain::session_form::SessionChange;
use rollcall::server::domain::sessions::{complete_session, list_sessions};
use rollcall::server::domain::settings::{ConfidenceFormula, SettingsForm, save_settings};

fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[tokio::test]
async fn every_filter_and_order_works() {
    for app in apps().await {
        let admin = app.admin().await;
        let cs = app.department("CS").await;
        let ann = app.student("Ann Ace", cs).await;
        app.account_with_email("ann", &ann.email, Role::Student, &[]).await;
        let student = app.actor("ann").await;
        let session = app.session("boss", cs).await.id;
        for ordering in SessionOrdering::ALL {
            let filter = SessionFilter {
                department: Some(cs),
                date_from: date("0001-01-01"),
                date_to: date("9999-12-31"),
                status: Some(SessionStatus::Active),
                subject: "LG\0".into(),
                created_by: Some(admin.user_id),
                ordering,
                ..SessionFilter::default()
            };
            assert_eq!(list_sessions(&app.ctx, &admin, &filter).await.expect("listed").count, 0, "a NUL is no letter");
            let filter = SessionFilter { subject: "LGEB".into(), ..filter };
            assert_eq!(list_sessions(&app.ctx, &admin, &filter).await.expect("listed").count, 1);
            assert_eq!(list_sessions(&app.ctx, &student, &filter).await.expect("listed").count, 1);
            let far = SessionFilter { page: u64::MAX, ..filter };
            assert_eq!(list_sessions(&app.ctx, &admin, &far).await.expect("listed").results, []);
        }
        let change = SessionChange { end_time: Some("11:00:00".into()), ..SessionChange::default() };
        change_session(&app.ctx, &admin, session, change).await.expect("changed");
        let decision =
            Decision { student: ann.id, status: Some(RecordStatus::Late), notes: Some("=1".into()), made_at: None };
        let changed = set_records(&app.ctx, &admin, session, vec![decision.clone()], "").await.expect("set");
        assert_eq!(changed, [ann.id]);
        assert_eq!(set_records(&app.ctx, &admin, session, vec![decision], "").await.expect("set again"), []);
        complete_session(&app.ctx, &admin, session).await.expect("saved");
        assert_eq!(get_facts(&app.ctx, &student, session).await.expect("facts").closed_by.as_deref(), Some("person"));
        let filter = RecordFilter {
            session: Some(session),
            student: Some(ann.id),
            department: Some(cs),
            date_from: date("2025-11-03"),
            date_to: date("2025-11-03"),
            status: Some(RecordStatus::Late),
            ..RecordFilter::default()
        };
        let page = list_records(&app.ctx, &student, &filter, 1, 20).await.expect("listed");
        let id = page.results[0].id;
        assert_eq!((page.count, page.results[0].confidence), (1, None));
        assert_eq!(list_records(&app.ctx, &admin, &filter, u64::MAX, 100).await.expect("listed").results, []);
        let history = record_history(&app.ctx, id).await.expect("a history");
        let actions: Vec<&str> = history.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["record.set", "session.complete"]);
        for format in Format::ALL {
            export_session(&app.ctx, &admin, session, format).await.expect("exported");
            export_records(&app.ctx, &admin, &filter, format).await.expect("exported");
        }
        let settings = SettingsForm {
            institution: Some("Uni".into()),
            late_after_minutes: Some(5),
            correction_window_hours: Some(0),
            session_hours_max: Some(24),
            session_days_ahead_max: Some(366),
            confidence_formula: Some(ConfidenceFormula::Calibrated),
            low_attendance_percent: Some(80),
            self_enrolment: Some(true),
        };
        let saved = save_settings(&app.ctx, &admin, settings).await.expect("saved");
        assert_eq!((saved.institution.as_str(), saved.late_after_minutes), ("Uni", 5));
        let filter = AuditFilter {
            action: "record.set".into(),
            object_type: "record".into(),
            object_id: format!("{session}/{}", ann.id),
            actor: "boss".into(),
            date_from: date("2025-11-03"),
            date_to: date("9999-12-31"),
            ..AuditFilter::default()
        };
        assert_eq!(list_audit(&app.ctx, &filter, 1, 20).await.expect("the log").count, 1);
    }
}
