//! `enroll`: students from a CSV file and a folder of photos, a verdict per row. The rules are those of imports.

use super::auth::actor::{self, Actor};
use super::config::Config;
use super::db::entities::{user_profiles, users};
use super::domain::imports::archive::Photos;
use super::domain::imports::judge::{Cells, School, Seen, judge};
use super::domain::imports::single::{Written, write_row};
use super::domain::imports::{columns, table};
use super::error::Error;
use super::start;
use super::state::Ctx;
use crate::app::error::AppError;
use crate::app::types::{ImportForm, ImportId, Role, RowVerdict};
use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Args;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::path::PathBuf;

/// Arguments of `enroll`.
#[derive(Debug, Args)]
pub struct EnrollArgs {
    /// Columns by their headings: name, email, phone, department (code or name), roll number, photo (file names,
    /// several separated by `;`; without one, the file called like the roll number or the email).
    #[arg(long)]
    pub csv: PathBuf,
    /// Folder of the photos.
    #[arg(long)]
    pub photos: PathBuf,
}

/// Writes each row's student, or says why not; other rows go on.
///
/// # Errors
/// When the file cannot be read, there is no admin to act for, or any row was refused.
pub async fn run(config: Config, args: EnrollArgs) -> Result<()> {
    let bytes = std::fs::read(&args.csv).with_context(|| format!("reading {}", args.csv.display()))?;
    let table = table::read(&bytes).map_err(told)?;
    let columns = columns::guess(&table.headings);
    let form = ImportForm { id: ImportId::default(), columns, department: 0, photos_must_fit: true };
    columns::check(&form, table.headings.len()).map_err(told)?;
    let mut photos = Photos::folder(&args.photos)?;
    let (ctx, lease) = start::open_alone(config).await?;
    let actor = first_admin(&ctx).await?;
    let school = School::load(&ctx.db).await.map_err(Error::into_app).map_err(told)?;
    let mut seen = Seen::default();
    let (mut written, mut refused) = (0, 0);
    for row in &table.rows {
        let cells = Cells::pick(row, &columns, table.headings.len());
        let judged = judge(&school, &mut seen, row.line, &cells, 0);
        match write_row(&ctx, &actor, &mut photos, &cells, &judged).await {
            Ok(done) => {
                written += usize::from(done.verdict != RowVerdict::Unchanged);
                println!("line {}: {}", row.line, sentence(&done, &judged.fields.name));
            }
            Err(error) => {
                refused += 1;
                println!("line {}: refused: {}", row.line, error.into_app().sentence());
            }
        }
    }
    lease.give_back().await;
    println!("{written} written, {refused} refused");
    ensure!(refused == 0, "{refused} rows were refused; mend them and run the command again");
    Ok(())
}

fn told(error: AppError) -> anyhow::Error {
    anyhow!(error.sentence())
}

fn sentence(done: &Written, name: &str) -> String {
    let mut sentence = format!("{} {}, {name}", done.verdict.as_str(), done.roll_no);
    for photo in &done.photos {
        let quality = photo.quality.map_or("", |quality| quality.as_str());
        sentence.push_str(&format!("; {}: {quality} {}", photo.file, photo.words));
    }
    sentence.trim_end().to_owned()
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
    actor::of_user(ctx, user, "").await.map_err(|error| anyhow!(error))
}
