//! A long file: how far it is, then the way to it.

use crate::app::components::amounts::bytes_words;
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::get_long_export;
use crate::app::types::{LongExport, LongExportState};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Seconds after which the page of a file that is being made is asked for again.
const AGAIN_S: &str = "2";

/// `/exports/{id}`
#[component]
pub fn LongExportPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let still = use_query_map().read_untracked().get("still").is_some();
    let asked = id.clone();
    // One that is gone is told what to do, where other pages only say that there is none.
    let found = fetch(
        move || asked.clone(),
        |id| async move {
            match get_long_export(id).await {
                Ok(export) => Ok(Some(export)),
                Err(AppError::NoSuchPage) => Ok(None),
                Err(error) => Err(error),
            }
        },
    );
    loaded(found, move |export: Option<LongExport>| {
        let id = id.clone();
        view! { <Screen id=id export=export still=still/> }
    })
}

#[component]
fn Screen(id: String, export: Option<LongExport>, still: bool) -> impl IntoView {
    let above = vec![("/reports".to_owned(), tr!("nav-reports"))];
    let lead = export.as_ref().map(|export| export.name.clone()).unwrap_or_default();
    let inside = match export.map(|export| export.state) {
        None => view! {
            <Notice kind=NoticeKind::Info title=tr!("exports-gone") test="export-gone"><Back/></Notice>
        }
        .into_any(),
        Some(LongExportState::Waiting) => {
            view! { <Making id=id title=tr!("exports-waiting") done=0 total=0 still=still/> }.into_any()
        }
        Some(LongExportState::Making { total: 0, .. }) => {
            view! { <Making id=id title=tr!("exports-counting") done=0 total=0 still=still/> }.into_any()
        }
        Some(LongExportState::Making { done, total }) => {
            let title = tr!("exports-making", done = done, total = total);
            view! { <Making id=id title=title done=done total=total still=still/> }.into_any()
        }
        Some(LongExportState::Ready { bytes, until }) => {
            let title = tr!("exports-ready", size = bytes_words(bytes));
            view! {
                <Notice kind=NoticeKind::Success title=title test="export-ready">
                    <p>{tr!("exports-until", until = dates::moment(until, "%-d %b %Y, %H:%M"))}</p>
                    <p>
                        <a class="button button-primary" href=format!("/exports/files/{id}") rel="external" data-test="export-download">
                            {tr!("exports-download")}
                        </a>
                    </p>
                    <Back/>
                </Notice>
            }
            .into_any()
        }
        Some(LongExportState::Failed { why }) => view! {
            <Notice kind=NoticeKind::Error title=tr!("exports-failed") test="export-failed">
                <p>{why}</p>
                <p>{tr!("exports-failed-why")}</p>
                <Back/>
            </Notice>
        }
        .into_any(),
    };
    view! { <PageFrame title=tr!("exports-title") lead=lead above=above test="long-export">{inside}</PageFrame> }
}

/// `total` is 0 while nobody knows how much there is to do.
#[component]
fn Making(id: String, title: String, done: u64, total: u64, still: bool) -> impl IntoView {
    let here = format!("/exports/{id}");
    let bar = if total == 0 {
        view! { <progress class="progress" aria-labelledby="making-title"></progress> }.into_any()
    } else {
        let (max, value) = (total.to_string(), done.to_string());
        view! { <progress class="progress" max=max value=value aria-labelledby="making-title"></progress> }.into_any()
    };
    let renew = if still {
        view! { <a class="button" href=here>{tr!("import-show-progress")}</a> }.into_any()
    } else {
        view! { <a class="button button-quiet" href=format!("{here}?still=1")>{tr!("import-stop-renewing")}</a> }
            .into_any()
    };
    view! {
        {(!still).then(|| view! { <Meta http_equiv="refresh" content=AGAIN_S/> })}
        <section class="card" aria-labelledby="making-title" data-test="export-making">
            <div class="card-head"><h2 id="making-title">{title}</h2></div>
            <div class="stack">
                {bar}
                <p class="muted">{tr!("exports-why")}</p>
                <div class="row">{renew}</div>
            </div>
        </section>
    }
}

#[component]
fn Back() -> impl IntoView {
    view! { <p><a href="/reports">{tr!("exports-to-reports")}</a></p> }
}
