//! Sessions whose register is still owed: not saved, or closed by the clock and not confirmed.

use super::frame::{Filters, Trouble, UNSAVED, filter_here, lead};
use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::session_list::SessionCards;
use crate::app::resource::fetch;
use crate::app::server_fns::list_without_register;
use crate::app::types::{ReportFilter, ReportList, SessionRow};
use crate::tr;
use leptos::prelude::*;

/// `/reports/without-register`
#[component]
pub fn WithoutRegisterPage() -> impl IntoView {
    let filter = ReportFilter { student: String::new(), ..filter_here() };
    let asked = filter.clone();
    let data = fetch(move || asked.clone(), list_without_register);
    loaded(data, move |list| view! { <Screen list=list filter=filter.clone()/> })
}

#[component]
fn Screen(list: ReportList<SessionRow>, filter: ReportFilter) -> impl IntoView {
    let ReportList { frame, page } = list;
    let body = if !frame.trouble.is_empty() {
        ().into_any()
    } else if page.results.is_empty() {
        view! {
            <section class="card card-flush">
                <EmptyState
                    icon=IconName::Check
                    title=tr!("reports-none-owed")
                    why=tr!("reports-none-owed-why")
                    test="no-register-missing"
                >
                    <a class="button" href="/sessions">{tr!("reports-all-sessions")}</a>
                </EmptyState>
            </section>
        }
        .into_any()
    } else {
        view! {
            <section class="card card-flush" aria-label=tr!("reports-sessions", count = page.count)>
                <SessionCards sessions=page.results with_day=true test="without-register-list"/>
                <Pagination count=page.count page=page.page page_size=page.page_size path=UNSAVED query=filter.pairs()/>
            </section>
        }
        .into_any()
    };
    view! {
        <PageFrame
            title=tr!("reports-without-register")
            lead=lead(&frame, &filter)
            above=vec![("/reports".to_owned(), tr!("nav-reports"))]
            test="report-without-register"
        >
            <Filters path=UNSAVED filter=filter.clone() frame=frame.clone()/>
            <Trouble path=UNSAVED filter=filter frame=frame/>
            {body}
        </PageFrame>
    }
}
