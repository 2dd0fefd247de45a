//! What an admin reads about the gallery's health.

use super::gallery_health::{reason_sentence, tend};
use super::listing::offset_of;
use crate::app::types::*;
use crate::recognition::coherence::spread;
use crate::server::db::entities::{face_templates, photos, students};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::server::storage::media_path;
use anyhow::Context;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use std::sync::Arc;

/// Counts, and one page of each list, the worst first. `page` and `page_size` of 0 mean the first and the default.
///
/// # Errors
/// When the database or the index fails.
pub async fn get_gallery_health(ctx: &Ctx, page: u64, page_size: u64) -> Result<GalleryHealth> {
    tend(ctx).await?;
    let page = page.max(1);
    let page_size = if page_size == 0 { PAGE_SIZE_DEFAULT } else { page_size.min(PAGE_SIZE_MAX) };
    let bounds = Bounds { page, page_size };
    let active = students::Entity::find().filter(students::Column::IsActive.eq(true)).count(&ctx.db).await?;
    let looked = look_at_templates(ctx).await?;
    let pairs = ctx.gallery.index().lookalikes().pairs();
    let some_loose = bounds.cut(&looked.incoherent);
    let some_pairs = bounds.cut(&pairs);
    let loose_ids = some_loose.iter().map(|(person, ..)| *person);
    let ids = loose_ids.chain(some_pairs.iter().flat_map(|pair| pair.people)).map(u64::cast_signed);
    let names = names_of(ctx, ids.collect()).await?;
    let name = |person: u64| names.get(&person.cast_signed()).cloned();
    let incoherent = some_loose.iter().filter_map(|(person, templates, spread)| {
        Some(IncoherentStudent { student: name(*person)?, templates: *templates, spread: *spread })
    });
    let lookalikes = some_pairs.iter().filter_map(|pair| {
        let [one, other] = pair.people;
        Some(LookalikePair { students: [name(one)?, name(other)?], distance: pair.distance })
    });
    let with_face = looked.people;
    Ok(GalleryHealth {
        with_face,
        without_face: active.saturating_sub(with_face),
        with_one: looked.with_one,
        incoherent: bounds.page(looked.incoherent.len() as u64, incoherent.collect()),
        set_aside: set_aside(ctx, bounds).await?,
        lookalikes: bounds.page(pairs.len() as u64, lookalikes.collect()),
    })
}

#[derive(Clone, Copy)]
struct Bounds {
    page: u64,
    page_size: u64,
}

impl Bounds {
    fn cut<T: Clone>(self, all: &[T]) -> Vec<T> {
        let skipped = usize::try_from(offset_of(self.page, self.page_size)).unwrap_or(usize::MAX);
        all.iter().skip(skipped).take(self.page_size as usize).cloned().collect()
    }

    fn page<T>(self, count: u64, results: Vec<T>) -> Page<T> {
        Page { count, page: self.page, page_size: self.page_size, results }
    }
}

/// What the searched templates tell.
struct Looked {
    people: u64,
    with_one: u64,
    /// Person, templates and spread; the widest first.
    incoherent: Vec<(u64, u64, f32)>,
}

async fn look_at_templates(ctx: &Ctx) -> Result<Looked> {
    let review = ctx.recognizer.engine().map_or(f32::MAX, |engine| engine.thresholds().distance_review);
    let index = Arc::clone(ctx.gallery.index());
    let looked = tokio::task::spawn_blocking(move || -> anyhow::Result<Looked> {
        let everybody = index.everybody();
        let mut looked = Looked { people: everybody.len() as u64, with_one: 0, incoherent: Vec::new() };
        for person in everybody {
            let vectors: Vec<Vec<f32>> = index.vectors_of(person)?.into_iter().map(|(_, vector)| vector).collect();
            match spread(&vectors) {
                None => looked.with_one += 1,
                Some(spread) if spread > review => looked.incoherent.push((person, vectors.len() as u64, spread)),
                Some(_) => {}
            }
        }
        looked.incoherent.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        Ok(looked)
    });
    Ok(looked.await.context("comparing templates")??)
}

async fn names_of(ctx: &Ctx, ids: Vec<i64>) -> Result<HashMap<i64, StudentRef>> {
    let rows = students::Entity::find().filter(students::Column::Id.is_in(ids)).all(&ctx.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, reference(row))).collect())
}

fn reference(row: students::Model) -> StudentRef {
    StudentRef { id: StudentId(row.id), roll_no: row.roll_no, name: row.name }
}

/// Templates that are not searched; those that are nearer to somebody else first, then the latest.
async fn set_aside(ctx: &Ctx, bounds: Bounds) -> Result<Page<SetAsideTemplate>> {
    let all = face_templates::Entity::find()
        .filter(face_templates::Column::SetAsideReason.is_not_null())
        .filter(face_templates::Column::ModelSha256.eq(ctx.gallery.model_sha256()));
    let count = all.clone().count(&ctx.db).await?;
    let rows = all
        .find_also_related(students::Entity)
        .order_by_asc(face_templates::Column::SetAsideReason)
        .order_by_desc(face_templates::Column::Id)
        .offset(offset_of(bounds.page, bounds.page_size))
        .limit(bounds.page_size)
        .all(&ctx.db)
        .await?;
    let wanted = rows.iter().filter_map(|(template, _)| template.photo_id);
    let paths = photos::Entity::find().filter(photos::Column::Id.is_in(wanted)).all(&ctx.db).await?;
    let paths: HashMap<i64, String> = paths.into_iter().map(|photo| (photo.id, media_path(&photo.name))).collect();
    let results = rows.into_iter().filter_map(|(template, student)| {
        let reason = SetAsideReason::from_word(template.set_aside_reason.as_deref()?)?;
        Some(SetAsideTemplate {
            id: template.id,
            student: reference(student?),
            reason,
            sentence: reason_sentence(reason),
            photo: template.photo_id.and_then(|photo| paths.get(&photo).cloned()),
        })
    });
    Ok(bounds.page(count, results.collect()))
}
