//! A crowd to measure with: a department of made-up students, each with a template that belongs to no face.

pub mod classes;

use crate::app::types::{DepartmentForm, DepartmentId};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{consents, face_templates, students},
};
use crate::server::domain::{audit, departments};
use crate::server::error::Result;
use crate::server::gallery::vector_to_bytes;
use crate::server::state::Ctx;
use chrono::Datelike;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};

/// Rows of one statement; both databases limit its parameters.
const ROWS_AT_ONCE: usize = 500;
/// Marks the rows as nobody's: source of the templates, channel of the consents.
const SOURCE: &str = "demo";

/// Adds a department of `count` students with one template each of the loaded pack, all or nothing.
///
/// # Errors
/// Without a loaded pack, or when the database fails.
pub async fn write(ctx: &Ctx, actor: &Actor, count: u32) -> Result<DepartmentId> {
    let engine = ctx.recognizer.engine()?;
    let (now, year) = (ctx.clock.now(), ctx.clock.wall().year());
    let form = DepartmentForm {
        id: None,
        name: "Crowd".to_owned(),
        code: "CROWD".to_owned(),
        description: "Made-up students, to measure with".to_owned(),
    };
    let department = departments::save_department(ctx, actor, form).await?.id;
    let txn = db::begin_write(&ctx.db).await?;
    let rows: Vec<_> = (1..=count)
        .map(|number| {
            let name = format!("Crowd Member {number}");
            students::ActiveModel {
                roll_no: Set(format!("CROWD-{year}-{number:05}")),
                name_key: Set(students::search_key(&name)),
                name: Set(name),
                email: Set(format!("crowd.{number}@example.edu")),
                phone: Set(String::new()),
                department_id: Set(department.0),
                is_active: Set(true),
                created_at: Set(now),
                updated_at: Set(now),
                ..Default::default()
            }
        })
        .collect();
    for some in rows.chunks(ROWS_AT_ONCE) {
        students::Entity::insert_many(some.to_vec()).exec_without_returning(&txn).await?;
    }
    let crowd = students::Entity::find()
        .filter(students::Column::DepartmentId.eq(department.0))
        .order_by_asc(students::Column::Id)
        .all(&txn)
        .await?;
    for some in crowd.chunks(ROWS_AT_ONCE) {
        let attested = some.iter().map(|student| consents::ActiveModel {
            student_id: Set(student.id),
            kind: Set("attested".to_owned()),
            channel: Set(SOURCE.to_owned()),
            notice_version: Set(String::new()),
            note: Set("Nobody: made up to measure with".to_owned()),
            created_at: Set(now),
            ..Default::default()
        });
        consents::Entity::insert_many(attested).exec_without_returning(&txn).await?;
        let consents = consents::Entity::find()
            .filter(consents::Column::StudentId.is_in(some.iter().map(|student| student.id)))
            .all(&txn)
            .await?;
        let templates = consents.iter().map(|consent| face_templates::ActiveModel {
            student_id: Set(consent.student_id),
            consent_id: Set(consent.id),
            model_sha256: Set(engine.model_sha256().to_owned()),
            vector: Set(vector_to_bytes(&vector_of(consent.student_id, engine.embedding_size()))),
            quality: Set("{}".to_owned()),
            verdict: Set("good".to_owned()),
            source: Set(SOURCE.to_owned()),
            created_at: Set(now),
            ..Default::default()
        });
        face_templates::Entity::insert_many(templates).exec_without_returning(&txn).await?;
    }
    let sentence = format!("The demo wrote {count} made-up students");
    audit::record(&txn, ctx, Some(actor), "demo.crowd", "department", department, &sentence).await?;
    txn.commit().await?;
    Ok(department)
}

/// A repeatable unit vector of `size` values; two of them are nearly orthogonal, as those of different people are.
fn vector_of(student: i64, size: usize) -> Vec<f32> {
    let blocks = (0..size.div_ceil(32)).map(|block| Sha256::digest(format!("{student}/{block}")));
    let raw: Vec<f32> = blocks.flatten().take(size).map(|byte| f32::from(byte) - 127.5).collect();
    let length = raw.iter().map(|value| value * value).sum::<f32>().sqrt();
    raw.into_iter().map(|value| value / length).collect()
}
