//! The receipt of an erasure: every place that may hold something of a person, and what was done there.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::done::Done;
use crate::app::components::loaded::loaded;
use crate::app::components::moment::moment_words;
use crate::app::components::notice::{Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::get_erasure;
use crate::app::types::{ErasedHow, ErasurePlace, ErasureReceipt};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Who acts without signing in: the start of a server whose database was restored.
const SYSTEM: &str = "system";

/// `/admin/erasures/:id`
#[component]
pub fn ErasurePage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let data = fetch(move || id.clone(), get_erasure);
    loaded(data, |receipt: ErasureReceipt| view! { <Receipt receipt=receipt/> })
}

#[component]
fn Receipt(receipt: ErasureReceipt) -> impl IntoView {
    let above = vec![("/admin/audit".to_owned(), tr!("area-audit"))];
    let by = match receipt.by.as_str() {
        SYSTEM => tr!("erasure-by-system"),
        _ => receipt.by.clone(),
    };
    let row = match receipt.student {
        Some(id) => view! {
            <a href=format!("/students/{id}/history") data-test="erasure-row">{tr!("erasure-row-kept")}</a>
        }
        .into_any(),
        None => tr!("erasure-row-gone").into_any(),
    };
    let cleaned = match receipt.cleaned_at {
        Some(at) => moment_words(at),
        None => tr!("erasure-cleaned-later"),
    };
    let (nothing, found): (Vec<_>, Vec<_>) =
        receipt.places.into_iter().partition(|place| place.how == ErasedHow::Nothing);
    let lines = found.into_iter().map(|place| view! { <Line place=place/> }).collect_view();
    let nothing: Vec<String> = nothing.iter().map(|place| place_words(&place.place)).collect();
    let nothing = (!nothing.is_empty()).then(|| {
        let list = nothing.into_iter().map(|place| view! { <li>{place}</li> }).collect_view();
        view! {
            <div class="card-body stack" data-test="erasure-nothing">
                <h3>{tr!("erasure-nothing")}</h3>
                <ul>{list}</ul>
            </div>
        }
    });
    view! {
        <PageFrame title=tr!("erasure-title") lead=tr!("erasure-lead") above=above test="erasure">
            <AdminTabs/>
            <Done sentences=vec![("erased", tr!("erasure-done"))]/>
            <Copies copies=receipt.copies/>
            <section class="card" aria-labelledby="facts-title">
                <div class="card-head"><h2 id="facts-title">{tr!("erasure-facts")}</h2></div>
                <dl class="facts">
                    <dt>{tr!("erasure-at")}</dt>
                    <dd>{moment_words(receipt.at)}</dd>
                    <dt>{tr!("erasure-by")}</dt>
                    <dd>{by}</dd>
                    <dt>{tr!("erasure-row")}</dt>
                    <dd>{row}</dd>
                    <dt>{tr!("erasure-cleaned")}</dt>
                    <dd data-test="erasure-cleaned">{cleaned}</dd>
                    <dt>{tr!("erasure-number")}</dt>
                    <dd><code class="mono break">{receipt.id}</code></dd>
                </dl>
            </section>
            <section class="card card-flush" aria-labelledby="places-title">
                <div class="card-head"><h2 id="places-title">{tr!("erasure-places")}</h2></div>
                <Table
                    caption=tr!("erasure-places-caption")
                    columns=vec![tr!("erasure-place"), tr!("erasure-what")]
                    test="erasure-places"
                >
                    {lines}
                </Table>
                {nothing}
            </section>
        </PageFrame>
    }
}

/// Copies that nobody but the reader can take care of.
#[component]
fn Copies(copies: Vec<String>) -> impl IntoView {
    (!copies.is_empty()).then(|| {
        let list =
            copies.into_iter().map(|path| view! { <li><code class="mono break">{path}</code></li> }).collect_view();
        view! {
            <Notice kind=NoticeKind::Warning test="erasure-copies">
                <p>{tr!("erasure-copies")}</p>
                <ul>{list}</ul>
                <p><a href="/admin/backup">{tr!("area-backup")}</a></p>
            </Notice>
        }
    })
}

#[component]
fn Line(place: ErasurePlace) -> impl IntoView {
    let ErasurePlace { place, how, count } = place;
    let done = match how {
        ErasedHow::Deleted => tr!("erasure-how-deleted", count = count),
        ErasedHow::Emptied => tr!("erasure-how-emptied", count = count),
        ErasedHow::Replaced => tr!("erasure-how-replaced", count = count),
        ErasedHow::Rewritten => tr!("erasure-how-rewritten"),
        ErasedHow::Nothing => tr!("erasure-nothing"),
    };
    view! {
        <tr data-test="erasure-place">
            <th scope="row">{place_words(&place)}</th>
            <td data-label=tr!("erasure-what")>{done}</td>
        </tr>
    }
}

/// A place as people call it.
fn place_words(place: &str) -> String {
    match place {
        "students" => tr!("erasure-place-students"),
        "users" => tr!("erasure-place-users"),
        "user_profiles" => tr!("erasure-place-profiles"),
        "photos" => tr!("erasure-place-photos"),
        "face_templates" => tr!("erasure-place-templates"),
        "consents" => tr!("erasure-place-consents"),
        "attendance_records" => tr!("erasure-place-records"),
        "record_contests" => tr!("erasure-place-contests"),
        "attendance_sessions" => tr!("erasure-place-sessions"),
        "departments" => tr!("erasure-place-departments"),
        "imports" => tr!("erasure-place-imports"),
        "import_rows" => tr!("erasure-place-import-rows"),
        "audit_log" => tr!("erasure-place-log"),
        "outbox" => tr!("erasure-place-messages"),
        "email_tokens" => tr!("erasure-place-links"),
        "login_sessions" => tr!("erasure-place-logins"),
        "browser_sessions" => tr!("erasure-place-browsers"),
        "login_failures" => tr!("erasure-place-failures"),
        "sent_requests" => tr!("erasure-place-answers"),
        "photo_files" => tr!("erasure-place-photo-files"),
        "import_files" => tr!("erasure-place-import-files"),
        "search_index" => tr!("erasure-place-search"),
        "statistics" => tr!("erasure-place-statistics"),
        "write_ahead_log" => tr!("erasure-place-wal"),
        other => other.to_owned(),
    }
}
