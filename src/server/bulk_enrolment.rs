//! `enroll`: students from a CSV file and a folder of photos, a verdict per row.

use super::auth::actor::{self, Actor};
use super::config::Config;
use super::db::entities::{departments, user_profiles, users};
use super::domain::{enrolment::Intake, students};
use super::error::Error;
use super::start;
use super::state::Ctx;
use super::upload::UploadedPhoto;
use crate::app::types::{DepartmentId, Role, StudentForm};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Arguments of `enroll`.
#[derive(Debug, Args)]
pub struct EnrollArgs {
    /// Columns: name, email, phone, department (code), photos (file names, several separated by `;`).
    #[arg(long)]
    pub csv: PathBuf,
    /// Folder of the photos.
    #[arg(long)]
    pub photos: PathBuf,
}

/// One row of the CSV file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    email: String,
    #[serde(default)]
    phone: String,
    department: String,
    #[serde(default)]
    photos: String,
}

/// Creates each row's student, or says why not; other rows go on.
///
/// # Errors
/// When the file cannot be read, there is no admin to act for, or any row was refused.
pub async fn run(config: Config, args: EnrollArgs) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(&args.csv)
        .with_context(|| format!("reading {}", args.csv.display()))?;
    let ctx = start::open(config).await?;
    let actor = first_admin(&ctx).await?;
    let codes: HashMap<String, i64> =
        departments::Entity::find().all(&ctx.db).await?.into_iter().map(|row| (row.code, row.id)).collect();
    let (mut created, mut refused) = (0, 0);
    for (at, row) in reader.deserialize::<Row>().enumerate() {
        let line = at + 2;
        let verdict = match row {
            Ok(row) => enrol_row(&ctx, &actor, &codes, &args.photos, row).await,
            Err(error) => Err(anyhow::anyhow!("the row cannot be read: {error}")),
        };
        match verdict {
            Ok(sentence) => {
                created += 1;
                println!("line {line}: {sentence}");
            }
            Err(error) => {
                refused += 1;
                println!("line {line}: refused: {error:#}");
            }
        }
    }
    println!("{created} created, {refused} refused");
    ensure!(refused == 0, "{refused} rows were refused; mend them and run the command again with those rows");
    Ok(())
}

async fn enrol_row(ctx: &Ctx, actor: &Actor, codes: &HashMap<String, i64>, folder: &Path, row: Row) -> Result<String> {
    let code = row.department.to_uppercase();
    let Some(department) = codes.get(&code) else { bail!("there is no department {code}") };
    let mut photos = Vec::new();
    for name in row.photos.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        ensure!(!name.contains(['/', '\\']) && !name.starts_with('.'), "{name} is not a plain file name");
        let bytes = std::fs::read(folder.join(name)).with_context(|| format!("reading the photo {name}"))?;
        photos.push(UploadedPhoto { field: "photos".into(), file_name: name.to_owned(), bytes });
    }
    let faces = photos.len();
    let department = DepartmentId(*department);
    let form = StudentForm { id: None, name: row.name, email: row.email, phone: row.phone, department };
    match students::create_student_from(ctx, actor, form, photos, Intake { source: "import", ..Intake::upload() }).await
    {
        Ok(done) => {
            let quality = done.face_quality.map_or("no photo", |quality| quality.as_str());
            let mut sentence = format!("{} {}: {faces} photos, {quality}", done.student.roll_no, done.student.name);
            if let Some(other) = done.lookalike {
                sentence.push_str(&format!(" - this face is already {} {}", other.roll_no, other.name));
            }
            Ok(sentence)
        }
        Err(Error::User(error)) => bail!("{}", error.sentence()),
        Err(Error::Internal(error)) => Err(error),
    }
}

/// The command line acts for the institution's first admin.
async fn first_admin(ctx: &Ctx) -> Result<Actor> {
    let row = user_profiles::Entity::find()
        .filter(user_profiles::Column::Role.eq(Role::Admin.as_str()))
        .order_by_asc(user_profiles::Column::Id)
        .find_also_related(users::Entity)
        .one(&ctx.db)
        .await?;
    let Some((_, Some(user))) = row else {
        bail!("there is no administrator yet; make one with: rollcall user create --role admin");
    };
    actor::of_user(ctx, user, "").await.map_err(|error| anyhow::anyhow!(error))
}
