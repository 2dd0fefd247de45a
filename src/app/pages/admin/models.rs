//! The packs of models: what is loaded, what may be done with the weights, whether the files are right, what was
//! measured, and how to change to another pack.

use crate::app::components::admin_tabs::AdminTabs;
use super::faces::FacesSection;
use crate::app::components::amounts::{bytes_words, share_words};
use crate::app::components::done::Done;
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::{Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::status_chip::Chip;
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::{get_gallery_health, get_models};
use crate::app::types::{Figures, FileState, GalleryHealth, ModelFileView, ModelsPageData, PackView};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/admin/models`
#[component]
pub fn ModelsPage() -> impl IntoView {
    let page = use_query_map().read_untracked().get("page").and_then(|text| text.parse().ok()).unwrap_or_default();
    let data =
        fetch(move || page, |page| async move { Ok((get_models().await?, get_gallery_health(page).await?)) });
    view! {
        <PageFrame title=tr!("area-models") lead=tr!("models-lead") test="models">
            <AdminTabs/>
            <Done sentences=vec![("used", tr!("faces-used-again"))]/>
            {loaded_part(data, |(page, health): (ModelsPageData, GalleryHealth)| view! { <Screen page=page health=health/> })}
        </PageFrame>
    }
}

#[component]
fn Screen(page: ModelsPageData, health: GalleryHealth) -> impl IntoView {
    let ModelsPageData { packs, reason, self_test, foreign_templates, folder, asked, dimension } = page;
    let restricted = packs.iter().any(|pack| pack.is_loaded && !pack.commercial_use);
    let loaded = packs.iter().find(|pack| pack.is_loaded).map(|pack| format!("{} ({})", pack.title, pack.name));
    let example = packs.iter().find(|pack| pack.commercial_use).or(packs.first()).map(|pack| pack.name.clone());
    let example = example.unwrap_or_else(|| "PACK".to_owned());
    let (fetching, setting) = (format!("rollcall models fetch {example}"), format!("ROLLCALL_PACK={example}"));
    let self_test_words =
        if self_test { tr!("models-self-test-passed", dimension = dimension) } else { tr!("models-self-test-not-run") };
    let templates = if foreign_templates > 0 {
        tr!("models-templates-foreign", count = foreign_templates)
    } else if self_test {
        tr!("models-templates-own")
    } else {
        tr!("models-templates-none")
    };
    view! {
        {restricted.then(|| view! {
            <Notice kind=NoticeKind::Warning title=tr!("models-restricted") test="licence-warning">
                <p>
                    {format!("{} ", tr!("models-restricted-instead"))}
                    <code class="mono">{example}</code>
                    {tr!("models-restricted-how")}
                </p>
            </Notice>
        })}
        <section class="card" aria-labelledby="now-title" data-test="models-now">
            <div class="card-head"><h2 id="now-title">{tr!("models-now")}</h2></div>
            <dl class="facts">
                <dt>{tr!("models-loaded")}</dt>
                <dd data-test="loaded-pack">
                    {loaded.unwrap_or_else(|| tr!("models-none", reason = reason.unwrap_or_default()))}
                </dd>
                <dt>{tr!("models-self-test")}</dt>
                <dd data-test="self-test">{self_test_words}</dd>
                <dt>{tr!("models-asked")}</dt>
                <dd>{asked.map_or_else(|| tr!("models-asked-none"), |name| format!("{name} (ROLLCALL_PACK)"))}</dd>
                <dt>{tr!("models-folder")}</dt>
                <dd><code class="mono">{folder}</code></dd>
                <dt>{tr!("models-templates")}</dt>
                <dd data-test="foreign-templates">{templates}</dd>
            </dl>
        </section>
        <FacesSection health=health/>
        {packs.into_iter().map(|pack| view! { <PackCard pack=pack/> }).collect_view()}
        <section class="card" aria-labelledby="switch-title">
            <div class="card-head"><h2 id="switch-title">{tr!("models-switch")}</h2></div>
            <ol class="steps measure">
                <li>{format!("{} ", tr!("models-switch-fetch"))} <code class="mono">{fetching}</code></li>
                <li>
                    {format!("{} ", tr!("models-switch-set"))}
                    <code class="mono">{setting}</code>
                    {format!(" {}", tr!("models-switch-set-where"))}
                </li>
                <li>{tr!("models-switch-restart")}</li>
                <li>
                    {format!("{} ", tr!("models-switch-templates"))}
                    <code class="mono">"POST /api/students/ID/re-enrol/"</code>
                    {format!(" {}", tr!("models-switch-templates-each"))}
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
        ("present", IconName::Check, tr!("models-licence-free"))
    } else {
        ("late", IconName::Warning, tr!("models-licence-research"))
    };
    let figures = match pack.figures {
        Some(figures) => view! { <FigureList figures=figures/> }.into_any(),
        None => view! { <p class="muted">{tr!("models-figures-none", why = pack.measured)}</p> }.into_any(),
    };
    view! {
        <section class="card card-flush" aria-labelledby=labelled_by data-test="pack" data-pack=name>
            <div class="card-head">
                <h2 id=id>{pack.title} " " <span class="muted small">{pack.name}</span></h2>
                <div class="row">
                    {pack.is_loaded.then(|| {
                        let word = tr!("models-pack-loaded");
                        view! { <Chip hue="accent" icon=IconName::Check word=word test="pack-loaded"/> }
                    })}
                    <Chip hue=hue icon=icon word=word test="pack-licence"/>
                </div>
            </div>
            <div class="card-body stack">
                <p>{pack.licence}</p>
                <dl class="facts">
                    <dt>{tr!("models-accept")}</dt>
                    <dd>{format!("{:.2}", pack.accept)}</dd>
                    <dt>{tr!("models-review")}</dt>
                    <dd>{format!("{:.2}", pack.review)}</dd>
                    <dt>{tr!("models-sure")}</dt>
                    <dd>{format!("{:.2}, {:.2}", pack.sure, pack.excellent)}</dd>
                    <dt>{tr!("models-templates")}</dt>
                    <dd>{pack.templates}</dd>
                </dl>
                {figures}
            </div>
            <Table
                caption=tr!("models-files")
                columns=vec![tr!("models-file"), tr!("models-state"), tr!("models-size"), "SHA-256".to_owned()]
                test="pack-files"
            >
                {rows}
            </Table>
        </section>
    }
}

#[component]
fn FigureList(figures: Figures) -> impl IntoView {
    let facts = [
        (tr!("models-false-match"), tr!("models-false-match-share", share = share_words(figures.false_match))),
        (tr!("models-missed"), tr!("models-missed-share", share = share_words(figures.false_non_match))),
        (
            tr!("models-rosters"),
            tr!(
                "models-rosters-shares",
                right = share_words(figures.roster_right),
                wrong = share_words(figures.roster_wrong),
                shown = share_words(figures.roster_review),
            ),
        ),
        (tr!("models-strangers"), tr!("models-strangers-share", share = share_words(figures.stranger_accepted))),
    ];
    let rows = facts.map(|(word, value)| view! { <dt>{word}</dt> <dd>{value}</dd> }).collect_view();
    view! {
        <details class="more">
            <summary data-test="pack-figures">{tr!("models-figures")}</summary>
            <div class="stack">
                <dl class="facts">{rows}</dl>
                <p class="muted small measure">{tr!("models-figures-on", people = figures.measured_on)}</p>
            </div>
        </details>
    }
}

#[component]
fn FileLine(file: ModelFileView) -> impl IntoView {
    let (hue, icon, word) = match file.state {
        FileState::Verified => ("present", IconName::Check, tr!("models-file-verified")),
        FileState::Missing => ("unmarked", IconName::Close, tr!("models-file-missing")),
        FileState::Wrong => ("absent", IconName::Warning, tr!("models-file-wrong")),
    };
    let task = if file.is_detector {
        tr!("models-file-finds", title = file.title, licence = file.licence)
    } else {
        tr!("models-file-tells", title = file.title, licence = file.licence)
    };
    view! {
        <tr data-test="model-file">
            <th scope="row">
                <span class="cell-person-text">
                    <span class="break">{file.name}</span>
                    <span class="muted small">{task}</span>
                </span>
            </th>
            <td data-label=tr!("models-state")><Chip hue=hue icon=icon word=word test="file-state"/></td>
            <td data-label=tr!("models-size")><span class="nowrap">{bytes_words(file.bytes)}</span></td>
            <td data-label="SHA-256"><code class="mono break small">{file.sha256}</code></td>
        </tr>
    }
}
