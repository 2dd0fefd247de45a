//! Undoing: what an import made goes, what it changed comes back, as far as nothing depends on it since.

use super::findings::{Findings, changed};
use super::job::Progress;
use super::judge::Fields;
use super::rehearse::is_here;
use super::{ROWS_PER_STATEMENT, UNDO_HOURS, acting, columns, kept_words};
use crate::app::types::{ImportColumn, ImportState, KeptStudent, RowOutcome, StudentId, StudentRef, UndoPlan};
use crate::server::db::{
    self,
    entities::{attendance_records, departments, import_rows, imports, photos, students},
};
use crate::server::domain::audit::{self, Change};
use crate::server::domain::student_photos::{self, Gone};
use crate::server::domain::student_removal;
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::Duration;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Students that the page names.
const NAMES_MAX: usize = 50;

/// Whether an applied import is young enough.
pub fn is_open(ctx: &Ctx, import: &imports::Model) -> bool {
    import.applied_at.is_some_and(|at| ctx.clock.now() < at + Duration::hours(UNDO_HOURS))
}

/// What happens to the student of one row.
enum Fate {
    /// They go.
    Remove,
    /// They get back what they had; what was changed since stays.
    Restore { back: Box<students::ActiveModel>, left: Vec<String> },
    /// They stay as they are.
    Keep(String),
    /// They stay and are not on rosters any more.
    Deactivate(String),
}

/// One row, its student, and what happens to them.
struct Undoing {
    row: import_rows::Model,
    findings: Findings,
    student: students::Model,
    fate: Fate,
}

/// What undoing would do now.
///
/// # Errors
/// When the database fails.
pub async fn plan(ctx: &Ctx, import: &imports::Model) -> Result<UndoPlan> {
    let mut plan = UndoPlan::default();
    for undoing in judge(&ctx.db, import).await? {
        let why = match undoing.fate {
            Fate::Remove => {
                plan.removed += 1;
                continue;
            }
            Fate::Restore { left, .. } if left.is_empty() => {
                plan.restored += 1;
                continue;
            }
            Fate::Restore { left, .. } => {
                plan.restored += 1;
                left.join(" ")
            }
            Fate::Keep(why) | Fate::Deactivate(why) => why,
        };
        plan.kept += 1;
        if plan.kept_names.len() < NAMES_MAX {
            let student = undoing.student;
            let student = StudentRef { id: StudentId(student.id), roll_no: student.roll_no, name: student.name };
            plan.kept_names.push(KeptStudent { student, why: kept_words::retell(&why) });
        }
    }
    Ok(plan)
}

/// Undoes the whole import in one transaction.
///
/// # Errors
/// What stops it.
pub async fn step(ctx: &Ctx, import: &imports::Model) -> Result<Progress> {
    let actor = acting(ctx, import).await?;
    let txn = db::begin_write(&ctx.db).await?;
    if !is_here(&txn, import).await? {
        return Ok(Progress::Done);
    }
    let all = judge(&txn, import).await?;
    let mut after = After::default();
    let mut told = Vec::new();
    for undoing in &all {
        let did = undo_one(&txn, ctx, undoing, &mut after).await?;
        let sentence = format!("{} {did} {} by undoing an import", actor.name, undoing.student.roll_no);
        let action = match undoing.fate {
            Fate::Remove => "student.delete",
            Fate::Restore { .. } => "student.update",
            Fate::Deactivate(_) => "student.deactivate",
            Fate::Keep(_) => continue,
        };
        let object_id = undoing.student.id.to_string();
        told.push(Change {
            action,
            object_type: "student",
            object_id,
            sentence,
            details: json!({ "import": import.id }),
        });
    }
    for some in after.removed.chunks(ROWS_PER_STATEMENT) {
        let names = photos::Entity::find().select_only().column(photos::Column::Name);
        let names: Vec<String> =
            names.filter(photos::Column::StudentId.is_in(some.iter().copied())).into_tuple().all(&txn).await?;
        after.files.extend(names);
        student_removal::delete_rows(&txn, some).await?;
    }
    audit::record_all(&txn, ctx, Some(&actor), &told).await?;
    let now = ctx.clock.now();
    let change = imports::ActiveModel {
        id: Unchanged(import.id),
        state: Set(ImportState::Undone.as_str().to_owned()),
        finished_at: Set(Some(now)),
        ..Default::default()
    };
    change.update(&txn).await?;
    let sentence = format!("The import of {} is undone", import.csv_name);
    audit::record(&txn, ctx, Some(&actor), "import.undone", "import", import.id, &sentence).await?;
    txn.commit().await?;
    after.follow(ctx).await;
    Ok(Progress::Done)
}

/// What follows the commit.
#[derive(Default)]
struct After {
    /// Students who go.
    removed: Vec<i64>,
    /// Their photos.
    files: Vec<String>,
    deactivated: Vec<i64>,
    photos: Vec<Gone>,
}

impl After {
    async fn follow(self, ctx: &Ctx) {
        for id in self.removed {
            student_photos::forget_student(ctx, StudentId(id), &[]).await;
        }
        for id in self.deactivated {
            student_photos::forget_student(ctx, StudentId(id), &[]).await;
        }
        student_photos::remove_files(ctx, &self.files).await;
        for gone in self.photos {
            student_photos::forget(ctx, gone).await;
        }
    }
}

/// Undoes one row, but for the students who go, who go together; says what it did.
async fn undo_one(txn: &impl ConnectionTrait, ctx: &Ctx, undoing: &Undoing, after: &mut After) -> Result<&'static str> {
    let id = undoing.student.id;
    let mut findings = undoing.findings.clone();
    let mut change = import_rows::ActiveModel { id: Unchanged(undoing.row.id), ..Default::default() };
    let (outcome, did) = match &undoing.fate {
        Fate::Remove => {
            // The row outlives the student for as long as the import's page shows it.
            change.student_id = Set(None);
            after.removed.push(id);
            (RowOutcome::Undone, "deleted the student")
        }
        Fate::Restore { back, left } => {
            if back.is_changed() {
                let mut back = (**back).clone();
                back.updated_at = Set(ctx.clock.now());
                back.update(txn).await?;
            }
            let stored: Vec<&str> =
                findings.photos.iter().map(|photo| photo.stored.as_str()).filter(|name| !name.is_empty()).collect();
            let of_import = photos::Entity::find()
                .filter(photos::Column::StudentId.eq(id))
                .filter(photos::Column::Name.is_in(stored));
            for photo in of_import.all(txn).await? {
                after.photos.push(student_photos::delete_photo(txn, photo).await?);
            }
            student_photos::choose_current(txn, StudentId(id)).await?;
            findings.words = left.join(" ");
            (if left.is_empty() { RowOutcome::Undone } else { RowOutcome::Kept }, "changed back the student")
        }
        Fate::Keep(why) => {
            findings.words.clone_from(why);
            (RowOutcome::Kept, "kept the student")
        }
        Fate::Deactivate(why) => {
            let off = students::ActiveModel {
                id: Unchanged(id),
                is_active: Set(false),
                updated_at: Set(ctx.clock.now()),
                ..Default::default()
            };
            off.update(txn).await?;
            after.deactivated.push(id);
            findings.words.clone_from(why);
            (RowOutcome::Kept, "deactivated the student")
        }
    };
    change.findings = changed(&undoing.row, &findings)?.findings;
    change.outcome = Set(outcome.as_str().to_owned());
    import_rows::Entity::update(change).exec(txn).await?;
    Ok(did)
}

/// All rows that were applied, and what would happen to their students.
async fn judge(db: &impl ConnectionTrait, import: &imports::Model) -> Result<Vec<Undoing>> {
    let applied = [RowOutcome::Created, RowOutcome::Changed].map(RowOutcome::as_str);
    let rows = import_rows::Entity::find()
        .filter(import_rows::Column::ImportId.eq(import.id))
        .filter(import_rows::Column::Outcome.is_in(applied))
        .order_by_asc(import_rows::Column::Line)
        .all(db)
        .await?;
    let facts = Facts::read(db, &rows).await?;
    let mut all = Vec::new();
    for row in rows {
        // Somebody has deleted the student since: nothing is left to undo.
        let Some(student) = row.student_id.and_then(|id| facts.students.get(&id)).cloned() else { continue };
        let findings = Findings::of(&row)?;
        let fate = if row.outcome == RowOutcome::Created.as_str() {
            facts.of_created(&student, &findings)
        } else {
            facts.of_changed(&student, &findings)
        };
        all.push(Undoing { row, findings, student, fate });
    }
    Ok(all)
}

/// What may depend on the students of an import.
struct Facts {
    students: HashMap<i64, students::Model>,
    recorded: HashSet<i64>,
    /// Names of the files of their photos.
    photos: HashMap<i64, Vec<String>>,
    /// Whose address each is, among those that rows would give back.
    emails: HashMap<String, i64>,
    codes: HashMap<String, i64>,
}

impl Facts {
    async fn read(db: &impl ConnectionTrait, rows: &[import_rows::Model]) -> Result<Self> {
        let mut facts = Self {
            students: HashMap::new(),
            recorded: HashSet::new(),
            photos: HashMap::new(),
            emails: HashMap::new(),
            codes: HashMap::new(),
        };
        let ids: Vec<i64> = rows.iter().filter_map(|row| row.student_id).collect();
        for some in ids.chunks(ROWS_PER_STATEMENT) {
            let ids = || some.iter().copied();
            // Locked where this is a transaction, so that nobody changes them between judgement and undoing.
            let found = students::Entity::find()
                .filter(students::Column::Id.is_in(ids()))
                .order_by_asc(students::Column::Id)
                .lock_exclusive()
                .all(db)
                .await?;
            facts.students.extend(found.into_iter().map(|student| (student.id, student)));
            let recorded: Vec<i64> = attendance_records::Entity::find()
                .select_only()
                .column(attendance_records::Column::StudentId)
                .filter(attendance_records::Column::StudentId.is_in(ids()))
                .distinct()
                .into_tuple()
                .all(db)
                .await?;
            facts.recorded.extend(recorded);
            let stored: Vec<(i64, String)> = photos::Entity::find()
                .select_only()
                .columns([photos::Column::StudentId, photos::Column::Name])
                .filter(photos::Column::StudentId.is_in(ids()))
                .into_tuple()
                .all(db)
                .await?;
            for (student, name) in stored {
                facts.photos.entry(student).or_default().push(name);
            }
        }
        let departments = departments::Entity::find().all(db).await?;
        facts.codes = departments.into_iter().map(|department| (department.code, department.id)).collect();
        let mut before = Vec::new();
        for row in rows {
            let changes = Findings::of(row)?.changes;
            before.extend(
                changes.into_iter().filter(|change| change.field == columns::kept(ImportColumn::Email)).map(|c| c.from),
            );
        }
        for some in before.chunks(ROWS_PER_STATEMENT) {
            let of_others = students::Entity::find().filter(students::Column::Email.is_in(some.iter().cloned()));
            let of_others = of_others.select_only().columns([students::Column::Email, students::Column::Id]);
            facts.emails.extend(of_others.into_tuple::<(String, i64)>().all(db).await?);
        }
        Ok(facts)
    }

    fn of_created(&self, student: &students::Model, findings: &Findings) -> Fate {
        if self.recorded.contains(&student.id) {
            return Fate::Deactivate("Attendance is recorded: the student stays, and is switched off.".to_owned());
        }
        if self.fields_of(student) != findings.fields {
            return Fate::Keep("Somebody has changed the student since: the student stays.".to_owned());
        }
        let by_hand = |name: &String| !findings.photos.iter().any(|photo| photo.stored == *name);
        if self.photos.get(&student.id).is_some_and(|names| names.iter().any(by_hand)) {
            return Fate::Keep("Somebody has added a photo since: the student stays.".to_owned());
        }
        Fate::Remove
    }

    fn fields_of(&self, student: &students::Model) -> Fields {
        Fields {
            name: student.name.clone(),
            email: student.email.clone(),
            phone: student.phone.clone(),
            department: student.department_id,
            roll_no: student.roll_no.clone(),
        }
    }

    fn of_changed(&self, student: &students::Model, findings: &Findings) -> Fate {
        let mut back = students::ActiveModel { id: Unchanged(student.id), ..Default::default() };
        let mut left = Vec::new();
        for change in &findings.changes {
            let field = change.field.as_str();
            let mut stays = |why: &str| left.push(format!("{field}: {why}"));
            let changed_since = "changed since, so it stays.";
            if field == columns::kept(ImportColumn::Name) {
                if student.name == change.to { back.name = Set(change.from.clone()) } else { stays(changed_since) }
            } else if field == columns::kept(ImportColumn::Phone) {
                if student.phone == change.to { back.phone = Set(change.from.clone()) } else { stays(changed_since) }
            } else if field == columns::kept(ImportColumn::Email) {
                let taken = self.emails.get(&change.from).is_some_and(|other| *other != student.id);
                if taken {
                    stays("the old address belongs to somebody else now.");
                } else if student.email == change.to {
                    back.email = Set(change.from.clone());
                } else {
                    stays(changed_since);
                }
            } else if field == columns::kept(ImportColumn::Department) {
                match self.codes.get(&change.from) {
                    None => stays("the old department is gone."),
                    Some(before) if student.department_id == findings.fields.department => {
                        back.department_id = Set(*before);
                    }
                    Some(_) => stays(changed_since),
                }
            }
        }
        Fate::Restore { back: Box::new(back), left }
    }
}
