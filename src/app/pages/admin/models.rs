//! The packs of models: what is loaded, what may be done with the weights, whether the files are right, what was
//! measured, and how to change to another pack.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::amounts::{bytes_words, counted, share_words};
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::status_chip::Chip;
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::get_models;
use crate::app::types::{Figures, FileState, ModelFileView, ModelsPageData, PackView};
use leptos::prelude::*;

/// `/admin/models`
#[component]
pub fn ModelsPage() -> impl IntoView {
    let data = fetch(|| (), |()| get_models());
    view! {
        <PageFrame title="Models" lead="The networks that find faces and tell them apart, and what their makers allow." test="models">
            <AdminTabs/>
            {loaded(data, |page| view! { <Screen page=page/> })}
        </PageFrame>
    }
}

#[component]
fn Screen(page: ModelsPageData) -> impl IntoView {
    let ModelsPageData { packs, reason, self_test, foreign_templates, folder, asked, dimension } = page;
    let restricted = packs.iter().any(|pack| pack.is_loaded && !pack.commercial_use);
    let loaded = packs.iter().find(|pack| pack.is_loaded).map(|pack| format!("{} ({})", pack.title, pack.name));
    let example = packs.iter().find(|pack| pack.commercial_use).or(packs.first()).map(|pack| pack.name.clone());
    let example = example.unwrap_or_else(|| "PACK".to_owned());
    let (fetching, setting) = (format!("rollcall models fetch {example}"), format!("ROLLCALL_PACK={example}"));
    view! {
        {restricted.then(|| view! {
            <Notice kind=NoticeKind::Warning title="The loaded weights are for non-commercial research only" test="licence-warning">
                <p>
                    "Their makers do not allow any other use. A school that is not covered by that loads the pack "
                    <code class="mono">{example}</code>
                    ", whose weights everybody may use; below stands how."
                </p>
            </Notice>
        })}
        <section class="card" aria-labelledby="now-title" data-test="models-now">
            <div class="card-head"><h2 id="now-title">"Now"</h2></div>
            <dl class="facts">
                <dt>"Loaded"</dt>
                <dd data-test="loaded-pack">{loaded.unwrap_or_else(|| format!("None. {}", reason.unwrap_or_default()))}</dd>
                <dt>"Self-test"</dt>
                <dd data-test="self-test">
                    {if self_test {
                        format!("Passed at the start: both networks answer, vectors of {dimension} numbers repeat, and a stored one is found at distance 0 and its opposite at 2. It does not start otherwise.")
                    } else {
                        "Not run: there is nothing to test.".to_owned()
                    }}
                </dd>
                <dt>"Asked for"</dt>
                <dd>{asked.map_or_else(|| "The first pack whose files are there (ROLLCALL_PACK is not set)".to_owned(), |name| format!("{name} (ROLLCALL_PACK)"))}</dd>
                <dt>"Folder"</dt>
                <dd><code class="mono">{folder}</code></dd>
                <dt>"Templates"</dt>
                <dd data-test="foreign-templates">
                    {if foreign_templates == 0 && !self_test {
                        "None are stored.".to_owned()
                    } else if foreign_templates == 0 {
                        "All of them belong to the loaded model.".to_owned()
                    } else {
                        format!("{} of another model: kept, and not compared.", counted(foreign_templates, "template"))
                    }}
                </dd>
            </dl>
        </section>
        {packs.into_iter().map(|pack| view! { <PackCard pack=pack/> }).collect_view()}
        <section class="card" aria-labelledby="switch-title">
            <div class="card-head"><h2 id="switch-title">"Changing to another pack"</h2></div>
            <ol class="steps measure">
                <li>"On the server, bring its files and check them: " <code class="mono">{fetching}</code></li>
                <li>"Set " <code class="mono">{setting}</code> " in the environment or in the file .env."</li>
                <li>"Restart the server. The new pack’s own lines hold from then on."</li>
                <li>
                    "Templates of another model are never compared. They stay in the database, so changing back loses nothing; until a student’s stored photos are embedded anew they are marked by hand. Adding a photo of a student embeds it with the new model; for the photos that are stored a program calls "
                    <code class="mono">"POST /api/students/ID/re-enrol/"</code>
                    " for each student."
                </li>
            </ol>
        </section>
    }
}

#[component]
fn PackCard(pack: PackView) -> impl IntoView {
    let id = format!("pack-{}", pack.name);
    let (labelled_by, name) = (id.clone(), pack.name.clone());
    let rows = pack.files.into_iter().map(|file| view! { <FileLine file=file/> }).collect_view();
    let (hue, icon, word) = if pack.commercial_use {
        ("present", IconName::Check, "Everybody may use it")
    } else {
        ("late", IconName::Warning, "Non-commercial research only")
    };
    let figures = match pack.figures {
        Some(figures) => view! { <FigureList figures=figures/> }.into_any(),
        None => view! { <p class="muted">{format!("No figures: {}.", pack.measured)}</p> }.into_any(),
    };
    view! {
        <section class="card card-flush" aria-labelledby=labelled_by data-test="pack" data-pack=name>
            <div class="card-head">
                <h2 id=id>{pack.title} " " <span class="muted small">{pack.name}</span></h2>
                <div class="row">
                    {pack.is_loaded.then(|| view! { <Chip hue="accent" icon=IconName::Check word="Loaded" test="pack-loaded"/> })}
                    <Chip hue=hue icon=icon word=word test="pack-licence"/>
                </div>
            </div>
            <div class="card-body stack">
                <p>{pack.licence}</p>
                <dl class="facts">
                    <dt>"Accept line"</dt>
                    <dd>{format!("{:.2}", pack.accept)}</dd>
                    <dt>"Review line"</dt>
                    <dd>{format!("{:.2}", pack.review)}</dd>
                    <dt>"Sure, excellent"</dt>
                    <dd>{format!("{:.2}, {:.2}", pack.sure, pack.excellent)}</dd>
                    <dt>"Templates"</dt>
                    <dd>{pack.templates}</dd>
                </dl>
                {figures}
            </div>
            <Table caption="Files" columns=vec!["File", "State", "Size", "SHA-256"] test="pack-files">
                {rows}
            </Table>
        </section>
    }
}

#[component]
fn FigureList(figures: Figures) -> impl IntoView {
    let facts = [
        (
            "False match rate",
            format!(
                "at most {} of comparisons of different people lie within the accept line",
                share_words(figures.false_match)
            ),
        ),
        (
            "False non-match rate",
            format!("at most {} of comparisons of one person lie beyond it", share_words(figures.false_non_match)),
        ),
        (
            "Rosters of thirty",
            format!(
                "{} marked right by the machine alone, {} wrong, {} shown to a person",
                share_words(figures.roster_right),
                share_words(figures.roster_wrong),
                share_words(figures.roster_review)
            ),
        ),
        ("Strangers", format!("{} taken for somebody on the roster", share_words(figures.stranger_accepted))),
    ];
    let rows = facts.map(|(word, value)| view! { <dt>{word}</dt> <dd>{value}</dd> }).collect_view();
    view! {
        <details class="more">
            <summary data-test="pack-figures">"What was measured"</summary>
            <div class="stack">
                <dl class="facts">{rows}</dl>
                <p class="muted small measure">
                    {format!("On {}. Distances are cosine distances: 0 identical, 1 unrelated. The figures say nothing about children, nor about differences between groups of people.", figures.measured_on)}
                </p>
            </div>
        </details>
    }
}

#[component]
fn FileLine(file: ModelFileView) -> impl IntoView {
    let (hue, icon, word) = match file.state {
        FileState::Verified => ("present", IconName::Check, "There, verified"),
        FileState::Missing => ("unmarked", IconName::Close, "Not there"),
        FileState::Wrong => ("absent", IconName::Warning, "Not the expected file"),
    };
    let task = if file.is_detector { "finds faces" } else { "tells faces apart" };
    view! {
        <tr data-test="model-file">
            <th scope="row">
                <span class="cell-person-text">
                    <span class="break">{file.name}</span>
                    <span class="muted small">{format!("{}: {task}. {}", file.title, file.licence)}</span>
                </span>
            </th>
            <td data-label="State"><Chip hue=hue icon=icon word=word test="file-state"/></td>
            <td data-label="Size"><span class="nowrap">{bytes_words(file.bytes)}</span></td>
            <td data-label="SHA-256"><code class="mono break small">{file.sha256}</code></td>
        </tr>
    }
}
