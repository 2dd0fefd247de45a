//! Applying: all rows in one transaction, then each student's photos in one of their own.

use super::findings::{Findings, cells_of, changed};
use super::job::{self, Progress};
use super::judge::{Fields, Judgement, School, Seen, judge};
use super::photos::{Of, SOURCE, look};
use super::rehearse::{PHOTO_ROWS_PER_STEP, is_here, open_photos};
use super::{ROWS_PER_STATEMENT, acting, columns, files, setup_of};
use crate::app::error::AppError;
use crate::app::types::{FieldChange, ImportColumn, ImportState, RowOutcome, RowVerdict, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{departments, import_rows, imports, students as rows},
};
use crate::server::domain::audit::{self, Change};
use crate::server::domain::{enrolment, roll_numbers, students};
use crate::server::error::{Error, Result};
use crate::server::state::Ctx;
use anyhow::Context;
use chrono::Datelike;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

/// Step of an import whose rows are written and whose photos follow.
const PHOTOS: &str = "photos";

/// The next step of applying.
///
/// # Errors
/// What stops it.
pub async fn step(ctx: &Ctx, import: &imports::Model) -> Result<Progress> {
    let actor = acting(ctx, import).await?;
    if import.step.is_empty() {
        write_rows(ctx, import, &actor).await?;
        return Ok(Progress::More);
    }
    let waiting = import_rows::Entity::find()
        .filter(import_rows::Column::ImportId.eq(import.id))
        .filter(import_rows::Column::Todo.eq(true))
        .order_by_asc(import_rows::Column::Line)
        .limit(PHOTO_ROWS_PER_STEP)
        .all(&ctx.db)
        .await?;
    if waiting.is_empty() {
        finish(ctx, import, &actor).await?;
        return Ok(Progress::Done);
    }
    let mut photos = open_photos(ctx, import).await?;
    for row in waiting {
        write_photos(ctx, import, &actor, &mut photos, row).await?;
    }
    Ok(Progress::More)
}

/// Writes all rows or none. What changed since the rehearsal is judged anew, and a row that would now do something
/// else than what was shown is skipped.
async fn write_rows(ctx: &Ctx, import: &imports::Model, actor: &Actor) -> Result<()> {
    let setup = setup_of(import)?;
    let txn = db::begin_write(&ctx.db).await?;
    if !is_here(&txn, import).await? {
        return Ok(());
    }
    let all = import_rows::Entity::find()
        .filter(import_rows::Column::ImportId.eq(import.id))
        .order_by_asc(import_rows::Column::Line)
        .all(&txn)
        .await?;
    let school = School::load(&txn).await?;
    let mut seen = Seen::default();
    let mut plan = Plan::default();
    for row in all {
        let (cells, findings) = (cells_of(&row)?, Findings::of(&row)?);
        let judged = judge(&school, &mut seen, row.line.unsigned_abs(), &cells, setup.department);
        plan.take(row, findings, judged);
    }
    let created = insert(&txn, ctx, &plan.created).await?;
    update(&txn, ctx, &plan.changed).await?;
    let emails = plan.created.iter().chain(&plan.changed).map(|(_, findings)| findings.fields.email.as_str());
    students::link_students(&txn, &emails.collect::<Vec<_>>()).await?;
    plan.save(&txn, &created).await?;
    audit::record_all(&txn, ctx, Some(actor), &plan.told(import, actor, &created)).await?;
    let change = imports::ActiveModel { id: Unchanged(import.id), step: Set(PHOTOS.to_owned()), ..Default::default() };
    change.update(&txn).await?;
    Ok(txn.commit().await?)
}

/// What is to be done with each row.
#[derive(Default)]
struct Plan {
    created: Vec<(import_rows::Model, Findings)>,
    changed: Vec<(import_rows::Model, Findings)>,
    skipped: Vec<(import_rows::Model, Findings)>,
}

/// What a student got: id and roll number, by email.
type Created = HashMap<String, (i64, String)>;

impl Plan {
    fn take(&mut self, row: import_rows::Model, mut findings: Findings, judged: Judgement) {
        let verdict = RowVerdict::named(&row.verdict).unwrap_or(RowVerdict::Problem);
        if matches!(verdict, RowVerdict::Problem | RowVerdict::Unchanged) {
            return;
        }
        let same = judged.verdict == findings.by_fields
            && judged.student == row.student_id
            && judged.changes.iter().eq(findings.changes.iter().filter(|change| !is_photo(change)));
        if !same {
            let why = judged.problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ");
            findings.words = format!("The students have changed since the rehearsal. {why}").trim_end().to_owned();
            self.skipped.push((row, findings));
        } else if findings.by_fields == RowVerdict::Created {
            self.created.push((row, findings));
        } else {
            self.changed.push((row, findings));
        }
    }

    /// Writes beside each row what became of it.
    async fn save(&self, txn: &impl ConnectionTrait, created: &Created) -> Result<()> {
        for (list, outcome) in [
            (&self.created, RowOutcome::Created),
            (&self.changed, RowOutcome::Changed),
            (&self.skipped, RowOutcome::Skipped),
        ] {
            for (row, findings) in list {
                let mut findings = findings.clone();
                let mut change = import_rows::ActiveModel { id: Unchanged(row.id), ..Default::default() };
                if let Some((student, roll_no)) = created.get(&findings.fields.email)
                    && outcome == RowOutcome::Created
                {
                    change.student_id = Set(Some(*student));
                    findings.fields.roll_no.clone_from(roll_no);
                }
                let stores = findings.photos.iter().any(|photo| photo.quality.is_some());
                change.findings = changed(row, &findings)?.findings;
                change.outcome = Set(outcome.as_str().to_owned());
                change.todo = Set(stores && outcome != RowOutcome::Skipped);
                import_rows::Entity::update(change).exec(txn).await?;
            }
        }
        Ok(())
    }

    /// What the audit log tells, a sentence per student.
    fn told(&self, import: &imports::Model, actor: &Actor, created: &Created) -> Vec<Change<'static>> {
        let new = self.created.iter().filter_map(|(_, findings)| {
            let (id, roll_no) = created.get(&findings.fields.email)?;
            Some(("student.create", *id, format!("{} created the student {roll_no}", actor.name), json!({})))
        });
        let known = self.changed.iter().filter_map(|(row, findings)| {
            let fields: Vec<&str> = findings.changes.iter().map(|change| change.field.as_str()).collect();
            let sentence = format!("{} changed the student {}", actor.name, findings.fields.roll_no);
            Some(("student.update", row.student_id?, sentence, json!({ "fields": fields })))
        });
        let told = new.chain(known).map(|(action, id, sentence, mut details)| {
            details["import"] = import.id.into();
            let sentence = format!("{sentence} by the import of {}", import.csv_name);
            Change { action, object_type: "student", object_id: id.to_string(), sentence, details }
        });
        told.collect()
    }
}

fn is_photo(change: &FieldChange) -> bool {
    change.field == columns::kept(ImportColumn::Photo)
}

/// Creates all new students; those who bring their roll number come first, so that no other gets it.
async fn insert(txn: &impl ConnectionTrait, ctx: &Ctx, list: &[(import_rows::Model, Findings)]) -> Result<Created> {
    let fields: Vec<&Fields> = list.iter().map(|(_, findings)| &findings.fields).collect();
    insert_students(txn, ctx, &fields).await
}

/// Creates students with the roll numbers they bring, or the next ones of their departments.
///
/// # Errors
/// [`AppError::Rule`] when a department has no number left, or database trouble.
pub async fn insert_students(txn: &impl ConnectionTrait, ctx: &Ctx, list: &[&Fields]) -> Result<Created> {
    let (bring, need): (Vec<&Fields>, Vec<&Fields>) = list.iter().partition(|fields| !fields.roll_no.is_empty());
    let brought = bring.into_iter().map(|fields| model(ctx, fields, fields.roll_no.clone())).collect();
    insert_models(txn, brought).await?;
    let mut by_department: BTreeMap<i64, Vec<&Fields>> = BTreeMap::new();
    for fields in need {
        by_department.entry(fields.department).or_default().push(fields);
    }
    let year = ctx.clock.wall().year();
    for (department, list) in by_department {
        let department = departments::Entity::find_by_id(department).one(txn).await?.context("a department is gone")?;
        let numbers = roll_numbers::take_many(txn, &department, year, list.len()).await?;
        let models = list.into_iter().zip(numbers).map(|(fields, roll_no)| model(ctx, fields, roll_no)).collect();
        insert_models(txn, models).await?;
    }
    let emails: Vec<&str> = list.iter().map(|fields| fields.email.as_str()).collect();
    let mut created = Created::new();
    for some in emails.chunks(ROWS_PER_STATEMENT) {
        let found: Vec<(String, i64, String)> = rows::Entity::find()
            .select_only()
            .columns([rows::Column::Email, rows::Column::Id, rows::Column::RollNo])
            .filter(rows::Column::Email.is_in(some.iter().copied()))
            .into_tuple()
            .all(txn)
            .await?;
        created.extend(found.into_iter().map(|(email, id, roll_no)| (email, (id, roll_no))));
    }
    Ok(created)
}

fn model(ctx: &Ctx, fields: &Fields, roll_no: String) -> rows::ActiveModel {
    let now = ctx.clock.now();
    rows::ActiveModel {
        roll_no: Set(roll_no),
        name: Set(fields.name.clone()),
        // Inserts of many rows pass the entity's own hook by.
        name_key: Set(rows::search_key(&fields.name)),
        email: Set(fields.email.clone()),
        phone: Set(fields.phone.clone()),
        department_id: Set(fields.department),
        is_active: Set(true),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    }
}

async fn insert_models(txn: &impl ConnectionTrait, models: Vec<rows::ActiveModel>) -> Result<()> {
    for some in models.chunks(ROWS_PER_STATEMENT) {
        rows::Entity::insert_many(some.to_vec()).exec_without_returning(txn).await?;
    }
    Ok(())
}

/// Changes known students; fields that the file leaves stay as they are.
async fn update(txn: &impl ConnectionTrait, ctx: &Ctx, list: &[(import_rows::Model, Findings)]) -> Result<()> {
    for (row, findings) in list {
        if findings.changes.iter().all(is_photo) {
            continue;
        }
        let id = row.student_id.context("a known student without an id")?;
        update_student(txn, ctx, id, &findings.fields, &findings.changes).await?;
    }
    Ok(())
}

/// Gives a known student the fields in which a row differs from what was rehearsed; the others stay what somebody has
/// made of them since.
///
/// # Errors
/// [`AppError::Rule`](crate::app::error::AppError::Rule) for who was erased meanwhile, or when the database fails.
pub async fn update_student(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    id: i64,
    fields: &Fields,
    changes: &[FieldChange],
) -> Result<()> {
    students::lock(txn, StudentId(id)).await?;
    let named = |column| changes.iter().any(|change| change.field == columns::kept(column));
    let mut row = rows::ActiveModel { id: Unchanged(id), updated_at: Set(ctx.clock.now()), ..Default::default() };
    if named(ImportColumn::Name) {
        row.name = Set(fields.name.clone());
    }
    if named(ImportColumn::Email) {
        row.email = Set(fields.email.clone());
    }
    if named(ImportColumn::Phone) {
        row.phone = Set(fields.phone.clone());
    }
    if named(ImportColumn::Department) {
        row.department_id = Set(fields.department);
    }
    row.update(txn).await?;
    Ok(())
}

/// Stores the photos of one student: consent, photos, templates and audit row in one transaction.
async fn write_photos(
    ctx: &Ctx,
    import: &imports::Model,
    actor: &Actor,
    photos: &mut super::archive::Photos,
    row: import_rows::Model,
) -> Result<()> {
    let (cells, mut findings) = (cells_of(&row)?, Findings::of(&row)?);
    let own = row.student_id.map(StudentId);
    // The rehearsal knew no roll number that came since, so no file is found by it.
    let is_new = row.outcome == RowOutcome::Created.as_str();
    let roll_no = if is_new { cells.roll_no.clone() } else { findings.fields.roll_no.clone() };
    let email = findings.fields.email.clone();
    let looked = look(ctx, photos, &cells, Of { own, roll_no: &roll_no, email: &email }).await?;
    findings.photos.clone_from(&looked.told);
    let txn = db::begin_write(&ctx.db).await?;
    let stored = async {
        let now = import_rows::Entity::find_by_id(row.id).one(&txn).await?;
        if !is_here(&txn, import).await? || !now.is_some_and(|now| now.todo) {
            return Ok(None);
        }
        let student = match own {
            Some(own) => students::lock(&txn, own).await.ok(),
            None => None,
        };
        let mut templates = Vec::new();
        if let Some(student) = &student
            && !looked.prepared.is_empty()
        {
            templates = enrolment::store(&txn, ctx, actor, StudentId(student.id), &looked.prepared, SOURCE).await?;
            let count = looked.prepared.len();
            let photos = if count == 1 { "a photo".to_owned() } else { format!("{count} photos") };
            let sentence =
                format!("{} added {photos} of {} by the import of {}", actor.name, student.roll_no, import.csv_name);
            audit::record(&txn, ctx, Some(actor), "student.photo_add", "student", student.id, &sentence).await?;
        }
        if student.is_none() {
            findings.photos.clear();
        }
        let mut change = changed(&row, &findings)?;
        change.todo = Set(false);
        change.update(&txn).await?;
        job::beat(&txn, ctx, import.id).await?;
        Ok::<_, Error>(Some((templates, student)))
    };
    let stored = match stored.await {
        Ok(stored) => txn.commit().await.map(|()| stored).map_err(Error::from),
        Err(error) => Err(error),
    };
    match stored {
        Ok(Some((templates, Some(student)))) => {
            if student.is_active {
                enrolment::publish(ctx, &templates).await;
            }
            Ok(())
        }
        Ok(_) => {
            enrolment::discard(ctx, looked.prepared).await;
            Ok(())
        }
        // A consent that was withdrawn a moment ago: the next look says so.
        Err(Error::User(AppError::ConsentRequired)) => {
            enrolment::discard(ctx, looked.prepared).await;
            Ok(())
        }
        Err(error) => {
            enrolment::discard(ctx, looked.prepared).await;
            Err(error)
        }
    }
}

/// Everything is written: the files go, and the time for undoing begins.
async fn finish(ctx: &Ctx, import: &imports::Model, actor: &Actor) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    if !is_here(&txn, import).await? {
        return Ok(());
    }
    let now = ctx.clock.now();
    let change = imports::ActiveModel {
        id: Unchanged(import.id),
        state: Set(ImportState::Applied.as_str().to_owned()),
        step: Set(String::new()),
        applied_at: Set(Some(now)),
        finished_at: Set(Some(now)),
        ..Default::default()
    };
    change.update(&txn).await?;
    let sentence = format!("The import of {} by {} is applied", import.csv_name, actor.name);
    audit::record(&txn, ctx, Some(actor), "import.applied", "import", import.id, &sentence).await?;
    txn.commit().await?;
    files::remove(ctx, import.id).await;
    Ok(())
}
