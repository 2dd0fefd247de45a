//! The gallery's health: templates that lower accuracy are set aside, students who look alike are known beforehand.
//!
//! Whose templates changed is noted by the gallery itself; [`tend`] looks at those alone. It runs at the start, after
//! each enrolment, every night over everybody, and before a photo is decided, so that no decision misses a look-alike.

use super::enrolment;
use super::{audit, students};
use crate::app::error::AppError;
use crate::app::types::{SetAsideReason, StudentId};
use crate::recognition::coherence::{Harm, harmful};
use crate::recognition::index::Gallery;
use crate::recognition::lookalikes::Pair;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{face_templates, students as student_rows},
};
use crate::server::error::Result;
use crate::server::gallery::{NewTemplate, vector_from_bytes};
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Students of one query: far under what SQLite binds.
const IDS_PER_QUERY: usize = 500;

/// Looks after everybody whose templates changed since the last time.
///
/// # Errors
/// When the database or the index fails; those students are looked at again the next time.
pub async fn tend(ctx: &Ctx) -> Result<()> {
    let Ok(engine) = ctx.recognizer.engine() else { return Ok(()) };
    let lines = *engine.thresholds();
    // Whoever comes meanwhile waits: what they would decide on is half known.
    let _alone = ctx.gallery.tending().lock().await;
    let mut changed = ctx.gallery.index().lookalikes().take_stale();
    if changed.is_empty() {
        return Ok(());
    }
    let tended = async {
        for harm in find_harmful(ctx, &changed, lines.distance_review).await? {
            set_aside(ctx, &harm).await?;
        }
        changed.extend(ctx.gallery.index().lookalikes().take_stale());
        let pairs = find_pairs(ctx, &changed, lines.distance_accept).await?;
        ctx.gallery.index().lookalikes().settle(&changed, &pairs);
        Ok(())
    };
    let tended: Result<()> = tended.await;
    if tended.is_err() {
        changed.iter().for_each(|person| ctx.gallery.index().lookalikes().note(*person));
    }
    tended
}

/// The same for everybody with a face.
///
/// # Errors
/// As [`tend`].
pub async fn tend_all(ctx: &Ctx) -> Result<()> {
    ctx.gallery.index().everybody().into_iter().for_each(|person| ctx.gallery.index().lookalikes().note(person));
    tend(ctx).await
}

/// The same for work that is done either way: trouble is logged and mended by the next time.
pub async fn tend_and_log(ctx: &Ctx) {
    if let Err(error) = tend(ctx).await {
        tracing::error!("looking after the gallery: {error:?}");
    }
}

/// A template that lowers accuracy.
struct Harmful {
    student: i64,
    template: i64,
    harm: Harm,
}

async fn find_harmful(ctx: &Ctx, changed: &HashSet<u64>, review: f32) -> Result<Vec<Harmful>> {
    let (index, changed) = (Arc::clone(ctx.gallery.index()), changed.clone());
    let found = tokio::task::spawn_blocking(move || -> anyhow::Result<Vec<Harmful>> {
        let mut found = Vec::new();
        for person in changed {
            found.extend(harmful_of(&index, person, review)?);
        }
        Ok(found)
    });
    Ok(found.await.context("comparing templates")??)
}

fn harmful_of(index: &Gallery, person: u64, review: f32) -> anyhow::Result<Vec<Harmful>> {
    let (ids, vectors): (Vec<u64>, Vec<Vec<f32>>) = index.vectors_of(person)?.into_iter().unzip();
    let nearest_other = |at: usize| {
        let hits = vectors.get(at).and_then(|vector| index.search(vector, 2).ok())?;
        hits.iter().find(|hit| hit.person != person).map(|hit| hit.distance)
    };
    let found = harmful(&vectors, review, nearest_other).into_iter().filter_map(|(at, harm)| {
        let template = ids.get(at)?.cast_signed();
        Some(Harmful { student: person.cast_signed(), template, harm })
    });
    Ok(found.collect())
}

/// Takes a template out of the search, unless an admin wants it there; its row stays.
async fn set_aside(ctx: &Ctx, found: &Harmful) -> Result<()> {
    let reason = match found.harm {
        Harm::NearerToOther => SetAsideReason::NearerToOther,
        Harm::UnlikeTheRest => SetAsideReason::UnlikeTheRest,
    };
    let txn = db::begin_write(&ctx.db).await?;
    let written = face_templates::Entity::update_many()
        .col_expr(face_templates::Column::SetAsideReason, Expr::value(reason.as_str()))
        .filter(face_templates::Column::Id.eq(found.template))
        .filter(face_templates::Column::IsKept.eq(false))
        .filter(face_templates::Column::SetAsideReason.is_null())
        .exec(&txn)
        .await?;
    if written.rows_affected == 0 {
        return Ok(());
    }
    let sentence = format!("Template {} of student {} was set aside ({})", found.template, found.student, reason.as_str());
    audit::record(&txn, ctx, None, "student.template_aside", "student", found.student, &sentence).await?;
    txn.commit().await?;
    ctx.gallery.remove_template(found.template)?;
    Ok(())
}

/// Pairs within the accept line of students who share a department, and so may share a roster.
async fn find_pairs(ctx: &Ctx, changed: &HashSet<u64>, accept: f32) -> Result<Vec<Pair>> {
    let groups = departments_of(ctx, changed).await?;
    let (index, changed) = (Arc::clone(ctx.gallery.index()), changed.clone());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let found = tokio::task::spawn_blocking(move || -> anyhow::Result<Vec<Pair>> {
        let mut found = Vec::new();
        for group in groups {
            found.extend(index.pairs_within(&group, &changed, accept, threads)?);
        }
        Ok(found)
    });
    Ok(found.await.context("comparing students")??)
}

/// The active students of each department that one of these is in.
async fn departments_of(ctx: &Ctx, changed: &HashSet<u64>) -> Result<Vec<Vec<u64>>> {
    let mut wanted = HashSet::new();
    let ids: Vec<i64> = changed.iter().map(|person| person.cast_signed()).collect();
    for some in ids.chunks(IDS_PER_QUERY) {
        let found: Vec<i64> = student_rows::Entity::find()
            .select_only()
            .column(student_rows::Column::DepartmentId)
            .distinct()
            .filter(student_rows::Column::Id.is_in(some.iter().copied()))
            .into_tuple()
            .all(&ctx.db)
            .await?;
        wanted.extend(found);
    }
    let members: Vec<(i64, i64)> = student_rows::Entity::find()
        .select_only()
        .columns([student_rows::Column::DepartmentId, student_rows::Column::Id])
        .filter(student_rows::Column::IsActive.eq(true))
        .filter(student_rows::Column::DepartmentId.is_in(wanted))
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let mut groups: HashMap<i64, Vec<u64>> = HashMap::new();
    for (department, student) in members {
        groups.entry(department).or_default().push(student.cast_unsigned());
    }
    Ok(groups.into_values().collect())
}

/// Searches a template again that was set aside, whatever the machine thinks of it from now on.
///
/// # Errors
/// [`AppError::NotFound`], a rule for one that is searched, or internals.
pub async fn use_again(ctx: &Ctx, actor: &Actor, template: i64) -> Result<StudentId> {
    let txn = db::begin_write(&ctx.db).await?;
    let row = find_template(&txn, template).await?;
    let student = students::lock(&txn, StudentId(row.student_id)).await?;
    if row.set_aside_reason.is_none() {
        return Err(AppError::Rule(tr!("domain-template-in-use")).into());
    }
    face_templates::Entity::update_many()
        .col_expr(face_templates::Column::SetAsideReason, Expr::value(Option::<String>::None))
        .col_expr(face_templates::Column::IsKept, Expr::value(true))
        .filter(face_templates::Column::Id.eq(template))
        .exec(&txn)
        .await?;
    let sentence = format!("{} wants template {template} of {} searched again", actor.name, student.roll_no);
    audit::record(&txn, ctx, Some(actor), "student.template_use", "student", student.id, &sentence).await?;
    txn.commit().await?;
    if student.is_active && row.model_sha256 == ctx.gallery.model_sha256() {
        let vector = vector_from_bytes(&row.vector);
        let back = NewTemplate { template_id: row.id, student_id: row.student_id, vector };
        enrolment::publish_current(ctx, &[back]).await?;
    }
    Ok(StudentId(row.student_id))
}

async fn find_template(db: &impl ConnectionTrait, template: i64) -> Result<face_templates::Model> {
    let row = face_templates::Entity::find_by_id(template).one(db).await?;
    Ok(row.ok_or_else(|| AppError::not_found("Template", template))?)
}

/// Why a template is not searched, in a sentence.
pub fn reason_sentence(reason: SetAsideReason) -> String {
    match reason {
        SetAsideReason::NearerToOther => tr!("domain-template-nearer-to-other"),
        SetAsideReason::UnlikeTheRest => tr!("domain-template-unlike-the-rest"),
    }
}
