//! Backups: the archives made from here, making one, and how to put one back.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::amounts::bytes_words;
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
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_query_map;

const PATH: &str = "/admin/backup";
/// Seconds after which the page is asked for again while a backup is being made.
const AGAIN_S: u8 = 2;

/// When and where the page goes on: without what the address said was done, which is told once.
fn again() -> String {
    format!("{AGAIN_S}; url={PATH}")
}

/// What a form that led here has done.
fn done_words() -> Vec<(&'static str, String)> {
    vec![
        ("started", tr!("backup-done-started")),
        ("checked", tr!("backup-done-checked")),
        ("deleted", tr!("backup-done-deleted")),
    ]
}

/// `/admin/backup`
#[component]
pub fn BackupPage() -> impl IntoView {
    let data = fetch(|| (), |()| list_backups());
    let (check, delete) = (FormAction::<CheckBackup>::new(), FormAction::<DeleteBackup>::new());
    view! {
        <PageFrame title=tr!("area-backup") lead=tr!("backup-lead") test="backup">
            <AdminTabs/>
            <Done sentences=done_words()/>
            <ErrorNotice error=check.error()/>
            <ErrorNotice error=delete.error()/>
            {loaded(data, move |backups| view! { <Screen backups=backups check=check delete=delete/> })}
        </PageFrame>
    }
}

#[component]
fn Screen(backups: Backups, check: FormAction<CheckBackup>, delete: FormAction<DeleteBackup>) -> impl IntoView {
    let Backups { state, list, folder, database, key_file, disk_free, restore_command, ledger } = backups;
    let room = disk_free.map(|free| format!(" {}", tr!("backup-keep-room", amount = bytes_words(free))));
    let inside = if list.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Building
                title=tr!("backup-none")
                why=tr!("backup-none-why")
                test="no-backups"
            />
        }
        .into_any()
    } else {
        let count = list.len();
        let rows = list.into_iter().map(|row| view! { <Row row=row check=check delete=delete/> }).collect_view();
        view! {
            <Table
                caption=tr!("backup-caption", count = count)
                columns=vec![tr!("backup-made"), tr!("backup-holds"), tr!("backup-state"), String::new()]
                test="backups-table"
            >
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        <Now state=state/>
        <section class="card card-flush" aria-labelledby="list-title">
            <div class="card-head"><h2 id="list-title">{tr!("backup-list")}</h2></div>
            {inside}
        </section>
        <section class="card" aria-labelledby="restore-title">
            <div class="card-head"><h2 id="restore-title">{tr!("backup-restore")}</h2></div>
            <ol class="steps measure">
                <li>{tr!("backup-restore-stop")}</li>
                <li>
                    {format!("{} ", tr!("backup-restore-run"))}
                    <code class="mono break" data-test="restore-command">{restore_command}</code>
                </li>
                <li>{tr!("backup-restore-start")}</li>
            </ol>
            <p class="measure">{tr!("backup-restore-rules", database = database)}</p>
        </section>
        <section class="card" aria-labelledby="keep-title">
            <div class="card-head"><h2 id="keep-title">{tr!("backup-keep")}</h2></div>
            <ul class="steps measure">
                <li>
                    {format!("{} ", tr!("backup-keep-lie"))}
                    <code class="mono break">{folder}</code>
                    {tr!("backup-keep-disk")}
                    {room}
                    {format!(" {}", tr!("backup-keep-elsewhere"))}
                </li>
                <li>{tr!("backup-keep-clear")}</li>
                <li data-test="no-keys">
                    {format!("{} ", tr!("backup-keep-no-keys"))}
                    <code class="mono break">{key_file}</code>
                    {format!(" {}", tr!("backup-keep-key-file"))}
                </li>
                <li data-test="ledger">
                    {format!("{} ", tr!("backup-keep-erased"))}
                    <code class="mono break">{ledger}</code>
                </li>
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
                <SubmitButton label=tr!("backup-make-now") test="make-backup"/>
            </ServerForm>
        }
    };
    match state {
        BackupState::Idle => {
            view! { <section class="stack" aria-label=tr!("backup-make")>{button()}</section> }.into_any()
        }
        BackupState::Failed { at, why } => view! {
            <section class="stack" aria-label=tr!("backup-make")>
                <Notice kind=NoticeKind::Error title=tr!("backup-failed") test="backup-failed">
                    <p>{tr!("backup-failed-why", at = dates::moment(at, "%-d %b, %H:%M"), why = why)}</p>
                </Notice>
                {button()}
            </section>
        }
        .into_any(),
        BackupState::Running { since, by, step, done, total } => {
            let far = match (done, total) {
                (0, 0) => tr!("backup-step", step = step),
                (done, 0) => tr!("backup-step-done", step = step, done = done),
                (done, total) => tr!("backup-step-of", step = step, done = done, total = total),
            };
            let begun = tr!("backup-begun", who = by, at = since.format("%H:%M").to_string());
            let still = use_query_map().read_untracked().get("still").is_some();
            // Without a value a bar says that nobody knows how much there is to do.
            let (max, value) = match total {
                0 => (None, None),
                total => (Some(total.to_string()), Some(done.min(total).to_string())),
            };
            let stop = (!still).then(|| {
                let here = format!("{PATH}?still=1");
                view! {
                    <a class="button button-quiet" href=here rel="external" data-test="backup-still">
                        {tr!("import-stop-renewing")}
                    </a>
                }
            });
            view! {
                {(!still).then(|| view! { <Meta http_equiv="refresh" content=again()/> })}
                <Notice kind=NoticeKind::Info title=tr!("backup-running") test="backup-running">
                    <p id="backup-far">{format!("{begun} {far}")}</p>
                    <progress class="progress" max=max value=value aria-labelledby="backup-far"></progress>
                    <div class="row">
                        <a class="button" href=PATH rel=relation(PATH) data-test="backup-refresh">
                            {tr!("backup-look-again")}
                        </a>
                        {stop}
                    </div>
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
    let when = holds.as_ref().ok().map(|facts| dates::moment(facts.made_at, "%-d %b %Y, %H:%M"));
    let (hue, icon, word) = match &holds {
        Ok(_) => ("present", IconName::Check, tr!("backup-state-checked")),
        Err(_) => ("absent", IconName::Warning, tr!("backup-state-unreadable")),
    };
    let inside = match holds {
        Ok(facts) => view! { <Holds facts=facts/> }.into_any(),
        Err(why) => view! { <p class="small">{why}</p> }.into_any(),
    };
    let question = tr!("backup-delete-question", when = when.clone().unwrap_or_else(|| name.clone()));
    let (named, checked, deleted) = (name.clone(), name.clone(), name.clone());
    view! {
        <tr data-test="backup-row" data-name=named>
            <th scope="row">
                <span class="cell-person-text">
                    <span>{when.unwrap_or_else(|| tr!("backup-unknown"))}</span>
                    <span class="muted small break">{name.clone()}</span>
                    <span class="muted small">{bytes_words(bytes)}</span>
                </span>
            </th>
            <td data-label=tr!("backup-holds")>{inside}</td>
            <td data-label=tr!("backup-state")><Chip hue=hue icon=icon word=word test="backup-state"/></td>
            <td class="actions">
                <div class="row backup-actions">
                    <a class="button" href=file rel="external" download=name.clone() data-test="backup-download">
                        {tr!("backup-download")}
                    </a>
                    <ServerForm action=check>
                        <input type="hidden" name="name" value=checked/>
                        <SubmitButton label=tr!("backup-check") class="button" test="backup-check"/>
                    </ServerForm>
                    <Confirm
                        label=tr!("word-delete")
                        class="button button-quiet"
                        question=question
                        consequence=tr!("backup-delete-consequence")
                        test="backup-delete"
                    >
                        <ServerForm action=delete>
                            <input type="hidden" name="name" value=deleted/>
                            <SubmitButton label=tr!("backup-delete-go") class="button button-danger-solid button-wide"
                                test="backup-delete-sure"/>
                        </ServerForm>
                    </Confirm>
                </div>
            </td>
        </tr>
    }
}

#[component]
fn Holds(facts: BackupFacts) -> impl IntoView {
    let holds = [tr!("backup-rows", count = facts.rows), tr!("backup-photos", count = facts.photos)];
    let missing = tr!("backup-photos-missing", count = facts.photos_missing.len());
    let stray = tr!("backup-photos-stray", count = facts.photos_stray.len());
    let named = |words: String, names: Vec<String>| {
        (!names.is_empty()).then(|| {
            let names = names.into_iter().map(|name| view! { <li class="mono small break">{name}</li> }).collect_view();
            view! {
                <details class="more">
                    <summary><Icon name=IconName::Warning class="icon-small"/> {format!(" {words}")}</summary>
                    <ul>{names}</ul>
                </details>
            }
        })
    };
    view! {
        <p>{holds.join(&tr!("word-list-separator"))}</p>
        <p class="muted small">{tr!("backup-from", database = facts.database, version = facts.version)}</p>
        {named(missing, facts.photos_missing)}
        {named(stray, facts.photos_stray)}
    }
}
