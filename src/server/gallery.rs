//! Keeps the searchable gallery equal to the templates in the database.
//!
//! The database is the truth; this is a cache, built at start and changed after
//! each commit, never before.

use super::db::entities::{face_templates, students};
use super::error;
use crate::app::error::EnginePart;
use crate::recognition::index::{Gallery, Hit};
use anyhow::{Context, Result};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Templates read from the database at once.
const LOAD_ROWS: u64 = 2_000;

/// A template that was committed and may now be searched.
#[derive(Clone, Debug)]
pub struct NewTemplate {
    pub template_id: i64,
    pub student_id: i64,
    pub vector: Vec<f32>,
}

/// The gallery of the loaded model, or an empty one of no model.
#[derive(Clone)]
pub struct FaceGallery {
    index: Arc<Gallery>,
    model_sha256: Arc<str>,
    tending: Arc<Mutex<()>>,
}

impl FaceGallery {
    /// An empty gallery for vectors of this length.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub fn new(dimension: usize, model_sha256: &str) -> Result<Self> {
        let index = Gallery::new(dimension).context("making the gallery")?;
        Ok(Self { index: Arc::new(index), model_sha256: model_sha256.into(), tending: Arc::default() })
    }

    /// Fills it with the templates of active students that this model made.
    ///
    /// # Errors
    /// When the database fails or a stored vector is damaged.
    pub async fn load(&self, db: &DatabaseConnection) -> Result<()> {
        let mut after = 0;
        loop {
            let rows: Vec<(i64, i64, Vec<u8>)> = face_templates::Entity::find()
                .select_only()
                .columns([
                    face_templates::Column::Id,
                    face_templates::Column::StudentId,
                    face_templates::Column::Vector,
                ])
                .join(JoinType::InnerJoin, face_templates::Relation::Student.def())
                .filter(face_templates::Column::ModelSha256.eq(&*self.model_sha256))
                .filter(students::Column::IsActive.eq(true))
                .filter(face_templates::Column::SetAsideReason.is_null())
                .filter(face_templates::Column::Id.gt(after))
                .order_by_asc(face_templates::Column::Id)
                .limit(LOAD_ROWS)
                .into_tuple()
                .all(db)
                .await
                .context("reading templates")?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.0;
            self.add_rows(&rows)?;
        }
    }

    fn add_rows(&self, rows: &[(i64, i64, Vec<u8>)]) -> Result<()> {
        let vectors: Vec<Vec<f32>> = rows.iter().map(|(_, _, bytes)| vector_from_bytes(bytes)).collect();
        let templates: Vec<(u64, u64, &[f32])> = rows
            .iter()
            .zip(&vectors)
            .map(|((id, student, _), vector)| (id.cast_unsigned(), student.cast_unsigned(), vector.as_slice()))
            .collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        self.index.add_all(&templates, threads).context("filling the gallery")
    }

    /// Makes committed templates searchable.
    ///
    /// # Errors
    /// When a vector does not fit the gallery.
    pub fn publish(&self, templates: &[NewTemplate]) -> Result<()> {
        for template in templates {
            let (id, student) = (template.template_id.cast_unsigned(), template.student_id.cast_unsigned());
            self.index.add(id, student, &template.vector).context("adding a template")?;
        }
        Ok(())
    }

    /// Takes one template out.
    ///
    /// # Errors
    /// When the index refuses.
    pub fn remove_template(&self, template_id: i64) -> Result<()> {
        self.index.remove_template(template_id.cast_unsigned()).context("removing a template")?;
        Ok(())
    }

    /// Takes a student out, with all templates.
    ///
    /// # Errors
    /// When the index refuses.
    pub fn remove_student(&self, student_id: i64) -> Result<()> {
        self.index.remove_person(student_id.cast_unsigned()).context("removing a student's templates")?;
        Ok(())
    }

    /// How many templates of a student are searched now.
    pub fn templates_of(&self, student_id: i64) -> usize {
        self.index.templates_of(student_id.cast_unsigned())
    }

    /// The nearest students of the whole gallery.
    ///
    /// # Errors
    /// `faiss_index_error` when the probe has the wrong length or the index fails.
    pub fn search(&self, probe: &[f32], k: usize) -> error::Result<Vec<Hit>> {
        let found = self.index.search(probe, k).context("searching the gallery");
        found.map_err(|error| error::Error::engine(EnginePart::Index, &error))
    }

    /// The engine's index.
    pub fn index(&self) -> &Arc<Gallery> {
        &self.index
    }

    /// Held while somebody looks after the gallery's health, so that nobody decides on what is half known.
    pub fn tending(&self) -> &Mutex<()> {
        &self.tending
    }

    /// SHA-256 of the recogniser whose templates these are.
    pub fn model_sha256(&self) -> &str {
        &self.model_sha256
    }
}

/// Little-endian f32, as stored.
pub fn vector_to_bytes(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// The reverse of [`vector_to_bytes`]; a torn tail is dropped and the gallery refuses the length.
pub fn vector_from_bytes(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect()
}
