//! Backups: the archives made from here, making one, and how to put one back.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::amounts::{bytes_words, counted};
use crate::app::components::dialog::Confirm;
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::SubmitButton;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::Chip;
use crate::app::components::table::Table;
use crate::app::plain::relation;
use crate::app::resource::fetch;
use crate::app::server_fns::{CheckBackup, DeleteBackup, StartBackup, list_backups};
use crate::app::types::{BackupFacts, BackupRow, BackupState, Backups};
use leptos::prelude::*;

const PATH: &str = "/admin/backup";
const DONE: &[(&str, &str)] = &[
    ("started", "The backup was begun and goes on when you leave this page."),
    ("checked", "Every file of the backup was read and is as it was written."),
    ("deleted", "The backup is deleted."),
];

/// `/admin/backup`
#[component]
pub fn BackupPage() -> impl IntoView {
    let data = fetch(|| (), |()| list_backups());
    let (check, delete) = (FormAction::<CheckBackup>::new(), FormAction::<DeleteBackup>::new());
    view! {
        <PageFrame title="Backup" lead="One file with everything that people entered and every photo, made while the server goes on." test="backup">
            <AdminTabs/>
            <Done sentences=DONE/>
            <ErrorNotice error=check.error()/>
            <ErrorNotice error=delete.error()/>
            {loaded(data, move |backups| view! { <Screen backups=backups check=check delete=delete/> })}
        </PageFrame>
    }
}

#[component]
fn Screen(backups: Backups, check: FormAction<CheckBackup>, delete: FormAction<DeleteBackup>) -> impl IntoView {
    let Backups { state, list, folder, database, key_file, disk_free, restore_command } = backups;
    let free = disk_free.map(|free| format!(" There is room for {} more on that disk.", bytes_words(free)));
    let inside = if list.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Building
                title="No backup yet"
                why="Nothing was backed up from here. Backups that were made at the terminal lie where they were written."
                test="no-backups"
            />
        }
        .into_any()
    } else {
        let count = list.len() as u64;
        let rows = list.into_iter().map(|row| view! { <Row row=row check=check delete=delete/> }).collect_view();
        view! {
            <Table caption=format!("{}, the newest first", counted(count, "backup")) columns=vec!["Made", "Holds", "State", ""] test="backups-table">
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        <Now state=state/>
        <section class="card card-flush" aria-labelledby="list-title">
            <div class="card-head"><h2 id="list-title">"Backups made from here"</h2></div>
            {inside}
        </section>
        <section class="card" aria-labelledby="restore-title">
            <div class="card-head"><h2 id="restore-title">"Putting one back"</h2></div>
            <ol class="steps measure">
                <li>"Stop the server."</li>
                <li>"On the server run: " <code class="mono break" data-test="restore-command">{restore_command}</code></li>
                <li>"Start the server. Everybody signs in anew."</li>
            </ol>
            <p class="measure">
                "The archive is checked before anything is touched. With --force what is there is kept in a folder beside it; without it only an empty server is filled. A backup of SQLite can be put back on PostgreSQL and the other way round; this server uses "
                {database} "."
            </p>
        </section>
        <section class="card" aria-labelledby="keep-title">
            <div class="card-head"><h2 id="keep-title">"Keeping them"</h2></div>
            <ul class="steps measure">
                <li>"They lie in " <code class="mono break">{folder}</code> ", on the same disk as the data. " {free} " Download them and keep them somewhere else as well."</li>
                <li>"A backup holds names, attendance, photos and templates of faces in the clear: keep it where only you can read it."</li>
                <li data-test="no-keys">
                    "A backup never holds the server’s keys, anybody’s sign-in or a mailed link. The key file "
                    <code class="mono break">{key_file}</code>
                    " is made anew where it is missing; programs that use the API then sign in anew."
                </li>
                <li>"Who was erased after a backup was made is in that backup. Delete old backups, and erase again after putting one back."</li>
            </ul>
        </section>
    }
}

/// The button, or how far the backup under way has come.
#[component]
fn Now(state: BackupState) -> impl IntoView {
    let start = FormAction::<StartBackup>::new();
    let button = move || {
        view! {
            <ErrorNotice error=start.error()/>
            <ServerForm action=start>
                <SubmitButton label="Make a backup now" test="make-backup"/>
            </ServerForm>
        }
    };
    match state {
        BackupState::Idle => {
            view! { <section class="stack" aria-label="Make a backup">{button()}</section> }.into_any()
        }
        BackupState::Failed { at, why } => view! {
            <section class="stack" aria-label="Make a backup">
                <Notice kind=NoticeKind::Error title="The last backup failed" test="backup-failed">
                    <p>{format!("{}: {why}. Nothing was left behind.", at.format("%-d %b, %H:%M"))}</p>
                </Notice>
                {button()}
            </section>
        }
        .into_any(),
        BackupState::Running { since, by, step, done, total } => {
            let far = match (done, total) {
                (0, 0) => String::new(),
                (done, 0) => format!(": {done}"),
                (done, total) => format!(": {done} of {total}"),
            };
            view! {
                <Notice kind=NoticeKind::Info title="A backup is being made" test="backup-running">
                    <p>{format!("{by} began it at {}. {step}{far}.", since.format("%H:%M"))}</p>
                    <p><a class="button" href=PATH rel=relation(PATH) data-test="backup-refresh">"Look again"</a></p>
                </Notice>
            }
            .into_any()
        }
    }
}

#[component]
fn Row(row: BackupRow, check: FormAction<CheckBackup>, delete: FormAction<DeleteBackup>) -> impl IntoView {
    let BackupRow { name, bytes, holds } = row;
    let file = format!("{PATH}/files/{name}");
    let when = holds.as_ref().ok().map(|facts| facts.made_at.format("%-d %b %Y, %H:%M").to_string());
    let state =
        match &holds {
            Ok(_) => view! { <Chip hue="present" icon=IconName::Check word="Checked when made" test="backup-state"/> }
                .into_any(),
            Err(_) => view! { <Chip hue="absent" icon=IconName::Warning word="Cannot be read" test="backup-state"/> }
                .into_any(),
        };
    let inside = match holds {
        Ok(facts) => view! { <Holds facts=facts/> }.into_any(),
        Err(why) => view! { <p class="small">{why}</p> }.into_any(),
    };
    let question = format!("Delete the backup of {}?", when.clone().unwrap_or_else(|| name.clone()));
    let (named, checked, deleted) = (name.clone(), name.clone(), name.clone());
    view! {
        <tr data-test="backup-row" data-name=named>
            <th scope="row">
                <span class="cell-person-text">
                    <span>{when.unwrap_or_else(|| "Unknown".to_owned())}</span>
                    <span class="muted small break">{name.clone()}</span>
                    <span class="muted small">{bytes_words(bytes)}</span>
                </span>
            </th>
            <td data-label="Holds">{inside}</td>
            <td data-label="State">{state}</td>
            <td class="actions">
                <div class="row backup-actions">
                    <a class="button" href=file rel="external" download=name.clone() data-test="backup-download">"Download"</a>
                    <ServerForm action=check>
                        <input type="hidden" name="name" value=checked/>
                        <SubmitButton label="Check" class="button" test="backup-check"/>
                    </ServerForm>
                    <Confirm
                        label="Delete"
                        class="button button-quiet"
                        question=question
                        consequence="The file is gone for good. What is in the database now stays."
                        test="backup-delete"
                    >
                        <ServerForm action=delete>
                            <input type="hidden" name="name" value=deleted/>
                            <SubmitButton label="Delete this backup" class="button button-danger-solid button-wide" test="backup-delete-sure"/>
                        </ServerForm>
                    </Confirm>
                </div>
            </td>
        </tr>
    }
}

#[component]
fn Holds(facts: BackupFacts) -> impl IntoView {
    let named = |words: &'static str, names: Vec<String>| {
        let count = names.len();
        (count > 0).then(|| {
            let names = names.into_iter().map(|name| view! { <li class="mono small break">{name}</li> }).collect_view();
            view! {
                <details class="more">
                    <summary><Icon name=IconName::Warning class="icon-small"/> {format!(" {count} {words}")}</summary>
                    <ul>{names}</ul>
                </details>
            }
        })
    };
    view! {
        <p>{format!("{}, {}", counted(facts.rows, "row"), counted(facts.photos, "photo"))}</p>
        <p class="muted small">{format!("from {}, version {}", facts.database, facts.version)}</p>
        {named("photos named by a row were not there", facts.photos_missing)}
        {named("photos that no row names were left out", facts.photos_stray)}
    }
}
