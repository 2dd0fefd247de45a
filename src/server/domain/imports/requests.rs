//! What admins ask of imports. Each request checks that it fits the state, and writes it down.

use super::files::Incoming;
use super::{archive, columns, files, job, kept_words, lock, setup_of, state_of, table, to_json, undo as undoing};
use crate::app::error::AppError;
use crate::app::types::{ImportForm, ImportId, ImportSetup, ImportState};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{departments, import_rows, imports},
};
use crate::server::domain::audit;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};

/// Rows of the file that are shown beside the guessed columns.
const SAMPLES: usize = 3;
/// Longest file name that is kept, characters.
const FILE_NAME_CHARS_MAX: usize = 200;

/// Names of the files as they were uploaded.
#[derive(Clone, Debug, Default)]
pub struct FileNames {
    pub csv: String,
    /// Empty: no photos.
    pub zip: String,
}

/// Takes the uploaded files in and guesses the columns; nothing is written to students.
///
/// # Errors
/// Field errors for files that cannot be read or break a bound; internals.
pub async fn upload(ctx: &Ctx, actor: &Actor, incoming: Incoming, names: FileNames) -> Result<ImportId> {
    if names.csv.is_empty() {
        return Err(AppError::field("csv", tr!("domain-import-no-csv")).into());
    }
    let (csv, zip) = (incoming.csv(), incoming.zip());
    let with_photos = !names.zip.is_empty();
    // Both may be large: neither is read on the threads that answer requests.
    let read = tokio::task::spawn_blocking(move || {
        let bytes = std::fs::read(&csv).map_err(|_| AppError::field("csv", "The file did not arrive whole."))?;
        let table = table::read(&bytes)?;
        let photos = if with_photos { archive::Photos::zip(&zip)?.len() } else { 0 };
        Ok::<_, AppError>((table, photos))
    });
    let (table, photos) = read.await.context("reading an upload")?.map_err(kept_words::retell_faults)?;
    let setup = ImportSetup {
        delimiter: table.delimiter.to_owned(),
        encoding: table.encoding.to_owned(),
        columns: columns::guess(&table.headings),
        samples: table.rows.iter().take(SAMPLES).map(|row| row.cells.clone()).collect(),
        headings: table.headings,
        photos: photos as u64,
        ..ImportSetup::default()
    };
    let txn = db::begin_write(&ctx.db).await?;
    let row = imports::ActiveModel {
        state: Set(ImportState::Uploaded.as_str().to_owned()),
        created_by_id: Set((actor.user_id.0 != 0).then_some(actor.user_id.0)),
        created_by_name: Set(actor.username.clone()),
        csv_name: Set(shown_name(&names.csv)),
        zip_name: Set(shown_name(&names.zip)),
        setup: Set(to_json(&setup)?),
        rows_total: Set(i32::try_from(table.rows.len()).unwrap_or(i32::MAX)),
        message: Set(String::new()),
        created_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    let row = row.insert(&txn).await?;
    let sentence = format!("{} uploaded {} with {} rows for import", actor.name, row.csv_name, row.rows_total);
    audit::record(&txn, ctx, Some(actor), "import.upload", "import", row.id, &sentence).await?;
    // Before the commit: an import without its files could never go on.
    incoming.keep(ctx, row.id)?;
    if let Err(error) = txn.commit().await {
        files::remove(ctx, row.id).await;
        return Err(error.into());
    }
    Ok(ImportId(row.id))
}

/// A file's name without its folders, as far as it is kept.
fn shown_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    base.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARS_MAX).collect()
}

/// Has the file rehearsed with these columns; an earlier rehearsal is forgotten.
///
/// # Errors
/// [`AppError::NotFound`], field errors for the columns, [`AppError::Rule`] once it is applied, or internals.
pub async fn rehearse(ctx: &Ctx, actor: &Actor, form: ImportForm) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let import = lock(&txn, form.id).await?;
    require(&import, &[ImportState::Uploaded, ImportState::Rehearsed], |state| {
        tr!("domain-import-cannot-rehearse", state = state)
    })?;
    let mut setup = setup_of(&import)?;
    columns::check(&form, setup.headings.len())?;
    if form.department != 0 && departments::Entity::find_by_id(form.department).one(&txn).await?.is_none() {
        return Err(AppError::field("department", tr!("domain-no-department")).into());
    }
    (setup.columns, setup.department) = (form.columns, form.department);
    setup.photos_must_fit = form.photos_must_fit;
    import_rows::Entity::delete_many().filter(import_rows::Column::ImportId.eq(import.id)).exec(&txn).await?;
    let mut change = begin(ctx, &import, actor, ImportState::Rehearsing);
    change.setup = Set(to_json(&setup)?);
    (change.created, change.changed, change.unchanged, change.problems) = (Set(0), Set(0), Set(0), Set(0));
    change.update(&txn).await?;
    let sentence = format!("{} had the import of {} rehearsed", actor.name, import.csv_name);
    audit::record(&txn, ctx, Some(actor), "import.rehearse", "import", import.id, &sentence).await?;
    Ok(txn.commit().await?)
}

/// Has all rows without problems written.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] when it is not rehearsed or has nothing to write, or internals.
pub async fn apply(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let import = lock(&txn, id).await?;
    require(&import, &[ImportState::Rehearsed], |state| tr!("domain-import-cannot-apply", state = state))?;
    if import.created + import.changed == 0 {
        return Err(AppError::Rule(tr!("domain-import-nothing")).into());
    }
    begin(ctx, &import, actor, ImportState::Applying).update(&txn).await?;
    let sentence = format!(
        "{} had the import of {} applied: {} new and {} changed students",
        actor.name, import.csv_name, import.created, import.changed
    );
    audit::record(&txn, ctx, Some(actor), "import.apply", "import", id, &sentence).await?;
    Ok(txn.commit().await?)
}

/// Throws an import away that was not applied, files and rows.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] once it is being applied, or internals.
pub async fn discard(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let import = lock(&txn, id).await?;
    let open = [ImportState::Uploaded, ImportState::Rehearsing, ImportState::Rehearsed];
    require(&import, &open, |state| tr!("domain-import-cannot-discard", state = state))?;
    import_rows::Entity::delete_many().filter(import_rows::Column::ImportId.eq(import.id)).exec(&txn).await?;
    let mut change = begin(ctx, &import, actor, ImportState::Discarded);
    change.finished_at = Set(Some(ctx.clock.now()));
    change.update(&txn).await?;
    let sentence = format!("{} discarded the import of {}", actor.name, import.csv_name);
    audit::record(&txn, ctx, Some(actor), "import.discard", "import", id, &sentence).await?;
    txn.commit().await?;
    files::remove(ctx, import.id).await;
    Ok(())
}

/// Has an applied import taken back, as far as nothing depends on it.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] when it is not applied or too old, or internals.
pub async fn undo(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let import = lock(&txn, id).await?;
    require(&import, &[ImportState::Applied], |state| tr!("domain-import-cannot-undo", state = state))?;
    if !undoing::is_open(ctx, &import) {
        return Err(AppError::Rule(tr!("domain-import-undo-over", hours = super::UNDO_HOURS)).into());
    }
    begin(ctx, &import, actor, ImportState::Undoing).update(&txn).await?;
    let sentence = format!("{} had the import of {} undone", actor.name, import.csv_name);
    audit::record(&txn, ctx, Some(actor), "import.undo", "import", id, &sentence).await?;
    Ok(txn.commit().await?)
}

/// Has work that stopped tried again from where it stopped.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] when nothing stopped, or internals.
pub async fn proceed(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let import = lock(&txn, id).await?;
    if !state_of(&import).is_running() || import.message.is_empty() {
        return Err(AppError::Rule(tr!("domain-import-not-stopped")).into());
    }
    let change = imports::ActiveModel {
        id: Unchanged(import.id),
        acting_id: Set((actor.user_id.0 != 0).then_some(actor.user_id.0)),
        message: Set(String::new()),
        worker: Set(job::own_name().to_owned()),
        beat_at: Set(Some(ctx.clock.now())),
        ..Default::default()
    };
    change.update(&txn).await?;
    Ok(txn.commit().await?)
}

/// The change into a state, at its beginning. The files lie here, so this program has the first right to the work.
fn begin(ctx: &Ctx, import: &imports::Model, actor: &Actor, state: ImportState) -> imports::ActiveModel {
    imports::ActiveModel {
        id: Unchanged(import.id),
        state: Set(state.as_str().to_owned()),
        step: Set(String::new()),
        acting_id: Set((actor.user_id.0 != 0).then_some(actor.user_id.0)),
        message: Set(String::new()),
        worker: Set(job::own_name().to_owned()),
        beat_at: Set(Some(ctx.clock.now())),
        ..Default::default()
    }
}

/// Refuses what does not fit the import's state; `refusal` says so with the word for the state.
fn require(import: &imports::Model, states: &[ImportState], refusal: fn(String) -> String) -> Result<()> {
    let state = state_of(import);
    if states.contains(&state) {
        return Ok(());
    }
    let message = if state.is_running() { tr!("domain-import-at-work") } else { refusal(state_word(state)) };
    Err(AppError::Rule(message).into())
}

/// A state inside of a sentence.
fn state_word(state: ImportState) -> String {
    match state {
        ImportState::Uploaded => tr!("domain-import-state-uploaded"),
        ImportState::Rehearsing => tr!("domain-import-state-rehearsing"),
        ImportState::Rehearsed => tr!("domain-import-state-rehearsed"),
        ImportState::Applying => tr!("domain-import-state-applying"),
        ImportState::Applied => tr!("domain-import-state-applied"),
        ImportState::Undoing => tr!("domain-import-state-undoing"),
        ImportState::Undone => tr!("domain-import-state-undone"),
        ImportState::Discarded => tr!("domain-import-state-discarded"),
    }
}
