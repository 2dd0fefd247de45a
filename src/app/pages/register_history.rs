//! Every change of one register in plain sentences.

use crate::app::components::{
    empty_state::EmptyState, history_lines::HistoryLines, icon::IconName, loaded::loaded, page::PageFrame,
    pagination::Pagination, session_head::lead_words,
};
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::get_register_history;
use crate::app::types::{RegisterHistory, SessionId};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The address's word for corrections alone.
const CORRECTIONS: &str = "corrections";

/// `/sessions/{id}/history`
#[component]
pub fn RegisterHistoryPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<SessionId>().ok());
    let query = use_query_map().get_untracked();
    let corrections_only = query.get("only").as_deref() == Some(CORRECTIONS);
    let page = query.get("page").and_then(|text| text.parse().ok()).unwrap_or(1);
    let history = fetch(
        || (),
        move |()| async move {
            match id {
                Some(id) => get_register_history(id, corrections_only, page).await,
                None => Err(AppError::NoSuchPage),
            }
        },
    );
    loaded(history, move |history| view! { <History history=history corrections_only=corrections_only/> })
}

#[component]
fn History(history: RegisterHistory, corrections_only: bool) -> impl IntoView {
    let RegisterHistory { session, lines, corrections } = history;
    let here = format!("/sessions/{}/history", session.id);
    let above = vec![
        ("/sessions".to_owned(), tr!("nav-sessions")),
        (format!("/sessions/{}", session.id), session.subject.clone()),
    ];
    let query = if corrections_only { vec![("only", CORRECTIONS.to_owned())] } else { Vec::new() };
    let (count, page, page_size) = (lines.count, lines.page, lines.page_size);
    let only_here = format!("{here}?only={CORRECTIONS}");
    let (every, all) = (here.clone(), here.clone());
    let list = if lines.results.is_empty() {
        let (title, why) = match (corrections_only, count) {
            (true, _) => (tr!("register-history-no-corrections"), tr!("register-history-no-corrections-why")),
            (false, 0) => (tr!("register-history-none"), tr!("register-history-none-why")),
            (false, _) => (tr!("register-history-past-end"), tr!("register-history-past-end-why")),
        };
        let is_elsewhere = corrections_only || count > 0;
        view! {
            <EmptyState icon=IconName::List title=title why=why test="history-empty">
                {is_elsewhere.then(|| view! { <a class="button" href=every>{tr!("register-history-show-all")}</a> })}
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <HistoryLines lines=lines.results/>
            <Pagination count=count page=page page_size=page_size path=here query=query/>
        }
        .into_any()
    };
    view! {
        <PageFrame title=tr!("register-history-title") lead=lead_words(&session) above=above test="register-history">
            <nav class="area-tabs" aria-label=tr!("register-history-which")>
                <ul class="area-tabs-list">
                    <li>
                        <a class="area-tab" href=all aria-current=(!corrections_only).then_some("page") data-test="history-all">
                            {tr!("register-history-all")}
                        </a>
                    </li>
                    <li>
                        <a
                            class="area-tab"
                            href=only_here
                            aria-current=corrections_only.then_some("page")
                            data-test="history-corrections"
                        >
                            {tr!("register-history-corrections", count = corrections)}
                        </a>
                    </li>
                </ul>
            </nav>
            <section class="card card-flush" aria-label=tr!("register-history-list")>{list}</section>
        </PageFrame>
    }
}
