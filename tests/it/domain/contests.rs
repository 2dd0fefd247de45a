//! Objections to records, on both databases.

use super::{App, apps, refusal};
use chrono::Duration;
use rollcall::app::error::AppError;
use rollcall::app::types::*;
use rollcall::server::auth::actor::Actor;
use rollcall::server::db::entities::{attendance_records, audit_log, record_contests};
use rollcall::server::domain::contest_list::{count_open, list_contests, my_record};
use rollcall::server::domain::contests::{CONTEST_DAYS, accept_contest, decline_contest, open_contest};
use rollcall::server::domain::me::my_page;
use rollcall::server::domain::records::set_record;
use rollcall::server::domain::sessions::complete_session;
use rollcall::server::domain::{student_removal, user_changes};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Ann was marked absent, Bob present, in a saved register of the teacher's.
struct School {
    app: App,
    teacher: Actor,
    ann: Actor,
    bob: Actor,
    session: SessionId,
    /// Ann's and Bob's.
    records: [RecordId; 2],
}

async fn schools() -> Vec<School> {
    let mut schools = Vec::new();
    for app in apps().await {
        let cs = app.department("CS").await;
        let ee = app.department("EE").await;
        let (a, b) = (app.student("Ann Ace", cs).await, app.student("Bob Best", cs).await);
        app.account("teacher", Role::Teacher, &[cs]).await;
        app.account("stranger", Role::Teacher, &[ee]).await;
        app.account("boss", Role::Admin, &[]).await;
        app.account_with_email("ann", &a.email, Role::Student, &[]).await;
        app.account_with_email("bob", &b.email, Role::Student, &[]).await;
        let teacher = app.actor("teacher").await;
        let session = app.session("teacher", cs).await.id;
        let form = RecordForm {
            session,
            student: b.id,
            status: Some(RecordStatus::Present),
            keep_status: false,
            notes: None,
            reason: String::new(),
        };
        set_record(&app.ctx, &teacher, form).await.expect("marked");
        complete_session(&app.ctx, &teacher, session).await.expect("saved");
        let records = [record_of(&app, a.id).await.id, record_of(&app, b.id).await.id].map(RecordId);
        let (ann, bob) = (app.actor("ann").await, app.actor("bob").await);
        schools.push(School { teacher, ann, bob, session, records, app });
    }
    schools
}

async fn record_of(app: &App, student: StudentId) -> attendance_records::Model {
    let found = attendance_records::Entity::find().filter(attendance_records::Column::StudentId.eq(student.0));
    found.one(&app.ctx.db).await.expect("the database answers").expect("a record")
}

impl School {
    fn form(&self, at: usize) -> ContestForm {
        ContestForm { record: self.records[at], note: "I sat in the last row.".into() }
    }

    async fn object(&self) -> ContestId {
        open_contest(&self.app.ctx, &self.ann, self.form(0)).await.expect("written");
        self.open().await.pop().expect("one").id
    }

    async fn open(&self) -> Vec<ContestRow> {
        let filter = ContestFilter { state: Some(ContestState::Open), ..ContestFilter::default() };
        list_contests(&self.app.ctx, &self.teacher, &filter).await.expect("listed").results
    }

    async fn mine(&self) -> MySession {
        my_page(&self.app.ctx, &self.ann, &MyFilter::default()).await.expect("shown").sessions.results.remove(0)
    }
}

fn rule(sentence: &str) -> AppError {
    AppError::Rule(sentence.to_owned())
}

#[tokio::test]
async fn an_accepted_objection_corrects_the_record_and_is_told() {
    for school in schools().await {
        let (ctx, teacher) = (&school.app.ctx, &school.teacher);
        assert!(school.mine().await.may_contest);
        let id = school.object().await;
        assert_eq!(count_open(ctx, teacher).await.expect("counted"), 1);
        for (oldest_first, page_size) in [(None, 0), (Some(true), 1), (Some(false), 500)] {
            let filter = ContestFilter { oldest_first, page_size, ..ContestFilter::default() };
            let page = list_contests(ctx, teacher, &filter).await.expect("listed");
            assert_eq!((page.count, page.results.len(), page.page_size <= PAGE_SIZE_MAX), (1, 1, true));
        }
        let row = school.open().await.remove(0);
        assert_eq!((row.student.name.as_str(), row.status, row.may_accept), ("Ann Ace", RecordStatus::Absent, true));
        assert_eq!((row.note.as_str(), row.teacher.as_str()), ("I sat in the last row.", "teacher"));
        let mine = school.mine().await;
        assert_eq!(mine.contest.map(|contest| contest.state), Some(ContestState::Open));
        assert!(!mine.may_contest, "one open objection a record");

        accept_contest(ctx, teacher, id, RecordStatus::Late, "Yes, you came at ten past.").await.expect("accepted");
        let mine = school.mine().await;
        assert_eq!((mine.status, mine.how.as_str()), (Some(RecordStatus::Late), "by teacher"));
        let contest = mine.contest.expect("an objection");
        assert_eq!((contest.state, contest.answer.as_str()), (ContestState::Accepted, "Yes, you came at ten past."));
        let record = record_of(&school.app, my_student(&school.app, &school.ann).await).await;
        assert_eq!((record.manual_override, record.method.as_str()), (true, "manual"));
        assert_eq!(record.marked_by_id, Some(teacher.user_id.0));
        let log = audit_log::Entity::find().filter(audit_log::Column::Action.eq("record.correct"));
        let log = log.one(&ctx.db).await.expect("the log").expect("a correction");
        assert!(log.details.contains("contested: Yes, you came at ten past."), "{}", log.details);
        assert_eq!(count_open(ctx, teacher).await.expect("counted"), 0);
        let again = accept_contest(ctx, teacher, id, RecordStatus::Present, "").await;
        assert_eq!(refusal(again), rule("Somebody has decided this already."));
        for action in ["contest.open", "contest.accept"] {
            assert_eq!(school.app.audited().await.iter().filter(|done| *done == action).count(), 1, "{action}");
        }
    }
}

async fn my_student(app: &App, actor: &Actor) -> StudentId {
    let found = rollcall::server::domain::me::own_student(&app.ctx, actor).await.expect("found");
    StudentId(found.expect("a student").id)
}

#[tokio::test]
async fn a_declined_objection_leaves_the_record_and_needs_an_answer() {
    for school in schools().await {
        let ctx = &school.app.ctx;
        let id = school.object().await;
        let silent = decline_contest(ctx, &school.teacher, id, " ").await;
        assert_eq!(refusal(silent), AppError::field("answer", "This field is required."));
        decline_contest(ctx, &school.teacher, id, "Nobody saw you.").await.expect("declined");
        let mine = school.mine().await;
        assert_eq!(mine.status, Some(RecordStatus::Absent));
        assert_eq!(mine.contest.map(|contest| contest.answer), Some("Nobody saw you.".to_owned()));
        assert!(mine.may_contest, "what was decided may be objected to again");
        school.object().await;
        let deleted = user_changes::delete_user(ctx, &school.app.actor("boss").await, school.teacher.user_id).await;
        assert!(matches!(refusal(deleted), AppError::Deletion { .. }), "who decided stays");
    }
}

#[tokio::test]
async fn nobody_objects_twice_at_once_or_to_records_of_others() {
    for school in schools().await {
        let ctx = &school.app.ctx;
        school.object().await;
        let twice = open_contest(ctx, &school.ann, school.form(0)).await;
        assert_eq!(refusal(twice), rule("You have written about this record already. Wait for the answer."));
        for (actor, at) in [(&school.ann, 1), (&school.bob, 0), (&school.teacher, 0)] {
            let foreign = refusal(open_contest(ctx, actor, school.form(at)).await);
            assert_eq!(foreign, AppError::not_found("Record", school.records[at]), "{}", actor.username);
            assert_eq!(refusal(my_record(ctx, actor, school.records[at]).await), foreign);
        }
        let nowhere = ContestForm { record: RecordId(999), note: "x".into() };
        assert_eq!(refusal(open_contest(ctx, &school.ann, nowhere).await), AppError::not_found("Record", 999));
        let present = open_contest(ctx, &school.bob, school.form(1)).await;
        assert_eq!(refusal(present), rule("Only an absence or a late mark can be objected to."));
        let empty = ContestForm { record: school.records[0], note: "  ".into() };
        let empty = open_contest(ctx, &school.ann, empty).await;
        assert_eq!(refusal(empty), AppError::field("note", "This field is required."));
        let long = ContestForm { record: school.records[0], note: "x".repeat(501) };
        assert!(matches!(refusal(open_contest(ctx, &school.ann, long).await), AppError::Invalid(_)));
    }
}

#[tokio::test]
async fn an_objection_comes_in_time_or_not_at_all() {
    for school in schools().await {
        let ctx = &school.app.ctx;
        school.app.pass(Duration::days(CONTEST_DAYS));
        assert!(school.mine().await.may_contest, "on the last day");
        school.app.pass(Duration::seconds(1));
        assert!(!school.mine().await.may_contest);
        let late = open_contest(ctx, &school.ann, school.form(0)).await;
        assert_eq!(refusal(late), rule("The time for objections is over. Ask the office."));
        assert_eq!(record_contests::Entity::find().all(&ctx.db).await.expect("none"), []);
    }
}

#[tokio::test]
async fn an_open_register_is_not_objected_to() {
    for app in apps().await {
        let cs = app.department("CS").await;
        let ann = app.student("Ann Ace", cs).await;
        app.account("boss", Role::Admin, &[]).await;
        app.account_with_email("ann", &ann.email, Role::Student, &[]).await;
        let (boss, session) = (app.actor("boss").await, app.session("boss", cs).await.id);
        let status = Some(RecordStatus::Absent);
        let form =
            RecordForm { session, student: ann.id, status, keep_status: false, notes: None, reason: String::new() };
        set_record(&app.ctx, &boss, form).await.expect("marked");
        let form = ContestForm { record: RecordId(record_of(&app, ann.id).await.id), note: "Here".into() };
        let refused = open_contest(&app.ctx, &app.actor("ann").await, form).await;
        assert_eq!(refusal(refused), rule("This register is not closed yet. Tell your teacher."));
    }
}

#[tokio::test]
async fn only_the_department_decides_and_after_its_window_admins_alone() {
    for school in schools().await {
        let ctx = &school.app.ctx;
        let id = school.object().await;
        let stranger = school.app.actor("stranger").await;
        let missing = AppError::not_found("Objection", id);
        assert_eq!(refusal(accept_contest(ctx, &stranger, id, RecordStatus::Present, "").await), missing);
        assert_eq!(refusal(decline_contest(ctx, &stranger, id, "No.").await), missing);
        assert_eq!(count_open(ctx, &stranger).await.expect("counted"), 0);
        let all = list_contests(ctx, &stranger, &ContestFilter::default()).await.expect("listed");
        assert_eq!((all.count, all.results), (0, vec![]));
        let absent = accept_contest(ctx, &school.teacher, id, RecordStatus::Absent, "").await;
        assert_eq!(refusal(absent), AppError::field("status", "Choose present, late or excused."));

        school.app.pass(Duration::hours(49));
        assert!(!school.open().await[0].may_accept);
        let late = accept_contest(ctx, &school.teacher, id, RecordStatus::Present, "").await;
        assert!(matches!(refusal(late), AppError::Rule(_)));
        assert_eq!(school.mine().await.status, Some(RecordStatus::Absent), "nothing was written");
        assert_eq!(school.open().await.len(), 1);
        let boss = school.app.actor("boss").await;
        accept_contest(ctx, &boss, id, RecordStatus::Present, "").await.expect("accepted");
        assert_eq!(school.mine().await.status, Some(RecordStatus::Present));
    }
}

#[tokio::test]
async fn a_record_corrected_meanwhile_is_settled_by_the_same_word() {
    for school in schools().await {
        let ctx = &school.app.ctx;
        let id = school.object().await;
        let student = my_student(&school.app, &school.ann).await;
        let form = RecordForm {
            session: school.session,
            student,
            status: Some(RecordStatus::Present),
            keep_status: false,
            notes: None,
            reason: "Seen.".into(),
        };
        set_record(ctx, &school.teacher, form).await.expect("corrected");
        accept_contest(ctx, &school.teacher, id, RecordStatus::Present, "").await.expect("accepted");
        let corrections = school.app.audited().await.iter().filter(|done| *done == "record.correct").count();
        assert_eq!(corrections, 1, "the same again changes nothing");
        let removed = student_removal::delete_student(ctx, &school.app.actor("boss").await, student).await;
        assert!(matches!(refusal(removed), AppError::Deletion { .. }));
    }
}

#[tokio::test]
async fn subjects_days_and_filters_of_the_own_page_agree() {
    for school in schools().await {
        let ctx = &school.app.ctx;
        let page = my_page(ctx, &school.ann, &MyFilter::default()).await.expect("shown");
        assert_eq!((page.summary.attended, page.summary.counted, page.limit), (0, 1, 75));
        assert_eq!(page.forecast, Forecast::Attend(3));
        assert_eq!(page.subjects.iter().map(|row| row.subject.as_str()).collect::<Vec<_>>(), ["Algebra"]);
        assert_eq!(
            page.days.iter().map(|day| day.statuses.clone()).collect::<Vec<_>>(),
            [[Some(RecordStatus::Absent)]]
        );
        let day = page.sessions.results[0].date;
        let shown = async |subject: &str, from: i64, to: i64| {
            let (from, to) = (Some(day + Duration::days(from)), Some(day + Duration::days(to)));
            let filter = MyFilter { subject: subject.into(), from, to, page: 0 };
            my_page(ctx, &school.ann, &filter).await.expect("shown").sessions.count
        };
        assert_eq!(shown("Algebra", 0, 0).await, 1);
        assert_eq!((shown("Geometry", 0, 0).await, shown("", 1, 2).await, shown("", 1, -1).await), (0, 0, 0));
        let far = MyFilter { page: u64::MAX, ..MyFilter::default() };
        let far = my_page(ctx, &school.ann, &far).await.expect("shown").sessions;
        assert_eq!((far.count, far.results.len()), (1, 0));
    }
}
