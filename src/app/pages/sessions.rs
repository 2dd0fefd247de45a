//! All sessions, for staff; filters and page stand in the URL.

use crate::app::components::{
    empty_state::EmptyState,
    export_links::ExportLinks,
    field::{SelectField, TextField},
    icon::{Icon, IconName},
    list_fields::{PageSizeField, SortField},
    loaded::loaded,
    page::PageFrame,
    pagination::Pagination,
    session_list::SessionCards,
};
use crate::app::resource::fetch;
use crate::app::server_fns::{list_departments, list_sessions};
use crate::app::types::{Department, Page, SessionFilter, SessionOrdering, SessionRow, SessionStatus};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

const PATH: &str = "/sessions";
/// The state's word for registers that the reader still owes.
const OWED: &str = "owed";

/// Orders that the list offers.
const SORTS: [SessionOrdering; 3] = [SessionOrdering::Latest, SessionOrdering::Earliest, SessionOrdering::Subject];

fn sort_of(query: &ParamsMap) -> SessionOrdering {
    let asked = query.get("sort").unwrap_or_default();
    SORTS.into_iter().find(|sort| sort.as_str() == asked).unwrap_or_default()
}

fn sort_word(sort: SessionOrdering) -> String {
    match sort {
        SessionOrdering::Earliest => tr!("sessions-sort-earliest"),
        SessionOrdering::Subject => tr!("sessions-subject"),
        _ => tr!("sessions-sort-latest"),
    }
}

/// The list's filter as it stands in the URL; what cannot be read is no filter.
fn filter_of(query: &ParamsMap) -> SessionFilter {
    SessionFilter {
        department: query.get("department").and_then(|text| text.parse().ok()),
        date_from: query.get("from").and_then(|text| text.parse().ok()),
        date_to: query.get("to").and_then(|text| text.parse().ok()),
        status: query.get("status").and_then(|text| text.parse().ok()),
        owed: query.get("status").as_deref() == Some(OWED),
        subject: query.get("subject").unwrap_or_default(),
        ordering: sort_of(query),
        page: query.get("page").and_then(|text| text.parse().ok()).unwrap_or_default(),
        page_size: query.get("page_size").and_then(|text| text.parse().ok()).unwrap_or_default(),
        ..SessionFilter::default()
    }
}

/// The filter's pairs for links to other pages of the list.
fn pairs_of(filter: &SessionFilter) -> Vec<(&'static str, String)> {
    let words = |value: Option<String>| value.unwrap_or_default();
    let mut pairs = vec![
        ("subject", filter.subject.clone()),
        ("department", words(filter.department.map(|id| id.to_string()))),
        ("from", words(filter.date_from.map(|date| date.to_string()))),
        ("to", words(filter.date_to.map(|date| date.to_string()))),
        ("status", state_of(filter)),
    ];
    if filter.ordering != SessionOrdering::default() {
        pairs.push(("sort", filter.ordering.as_str().to_owned()));
    }
    if filter.page_size > 0 {
        pairs.push(("page_size", filter.page_size.to_string()));
    }
    pairs
}

/// The state that is asked for, as it stands in the URL.
fn state_of(filter: &SessionFilter) -> String {
    let word = if filter.owed { OWED } else { filter.status.map_or("", SessionStatus::as_str) };
    word.to_owned()
}

/// Whether anything but the page is asked for.
fn is_filtered(filter: &SessionFilter) -> bool {
    pairs_of(filter).iter().any(|(name, value)| !matches!(*name, "page_size" | "sort") && !value.is_empty())
}

/// `/sessions`
#[component]
pub fn SessionsPage() -> impl IntoView {
    let query = use_query_map();
    let filter = filter_of(&query.read_untracked());
    let (asked, filters) = (filter.clone(), filter.clone());
    let departments = fetch(|| (), |()| list_departments());
    let sessions = fetch(move || asked.clone(), list_sessions);
    let actions = || {
        view! {
            <a class="button button-primary" href="/today#new-session" data-test="new-session">
                <Icon name=IconName::Plus/>
                {tr!("sessions-start")}
            </a>
        }
    };
    view! {
        <PageFrame title=tr!("sessions-title") lead=tr!("sessions-lead") actions=actions test="sessions">
            {loaded(departments, move |departments| {
                view! { <Filters filter=filters.clone() departments=departments/> }
            })}
            {loaded(sessions, move |page| view! { <SessionList page=page filter=filter.clone()/> })}
        </PageFrame>
    }
}

#[component]
fn Filters(filter: SessionFilter, departments: Vec<Department>) -> impl IntoView {
    let mut options = vec![(String::new(), tr!("sessions-all-departments"))];
    options.extend(departments.into_iter().map(|d| (d.id.to_string(), format!("{} · {}", d.code, d.name))));
    let mut states = vec![(String::new(), tr!("sessions-any-state"))];
    states.push((OWED.to_owned(), tr!("sessions-owed")));
    states.extend(SessionStatus::ALL.map(|status| (status.as_str().to_owned(), status_words(status))));
    let state = state_of(&filter);
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    view! {
        <form method="get" action=PATH>
            <div class="filters" role="search">
                <TextField
                    label=tr!("sessions-subject")
                    name="subject"
                    kind="search"
                    bare=true
                    value=filter.subject
                    maxlength="200"
                    test="sessions-subject"
                />
                <SelectField
                    label=tr!("sessions-department")
                    name="department"
                    submits=true
                    value=filter.department.map(|id| id.to_string()).unwrap_or_default()
                    options=options
                    test="sessions-department"
                />
                <SelectField
                    label=tr!("sessions-state")
                    name="status"
                    submits=true
                    value=state
                    options=states
                    test="sessions-status"
                />
                <TextField label=tr!("sessions-from") name="from" kind="date" bare=true value=date(filter.date_from) test="sessions-from"/>
                <TextField label=tr!("sessions-to") name="to" kind="date" bare=true value=date(filter.date_to) test="sessions-to"/>
                <SortField value=filter.ordering.as_str() options=SORTS.map(|sort| (sort.as_str(), sort_word(sort))).to_vec()/>
                <PageSizeField page_size=filter.page_size/>
                <button type="submit" class="button" data-test="sessions-filter">
                    <Icon name=IconName::Search/>
                    {tr!("word-search")}
                </button>
            </div>
        </form>
    }
}

/// The word for a status as a filter.
fn status_words(status: SessionStatus) -> String {
    match status {
        SessionStatus::Active => tr!("sessions-open"),
        SessionStatus::Completed => tr!("sessions-saved"),
        SessionStatus::Cancelled => tr!("sessions-cancelled"),
    }
}

#[component]
fn SessionList(page: Page<SessionRow>, filter: SessionFilter) -> impl IntoView {
    if page.results.is_empty() {
        let empty = if is_filtered(&filter) {
            view! {
                <EmptyState
                    icon=IconName::Search
                    title=tr!("sessions-none-match")
                    why=tr!("sessions-none-match-why")
                    test="sessions-none-match"
                >
                    <a class="button" href=PATH data-test="sessions-clear">{tr!("sessions-show-all")}</a>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <EmptyState
                    icon=IconName::Calendar
                    title=tr!("sessions-empty")
                    why=tr!("sessions-empty-why")
                    test="sessions-empty"
                >
                    <a class="button" href="/today#new-session">{tr!("sessions-start")}</a>
                </EmptyState>
            }
            .into_any()
        };
        return view! { <section class="card card-flush">{empty}</section> }.into_any();
    }
    let dated = filter.date_from.is_some() || filter.date_to.is_some();
    let files = if dated { tr!("sessions-file") } else { tr!("sessions-file-recent") };
    view! {
        <section class="card card-flush" aria-label=tr!("sessions-count", count = page.count)>
            <SessionCards sessions=page.results with_day=true test="sessions-list"/>
            <Pagination count=page.count page=page.page page_size=page.page_size path=PATH query=pairs_of(&filter)/>
        </section>
        <ExportLinks label=files path="/exports/records" query=pairs_of(&filter) test="export-records"/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filter_survives_the_url() {
        let mut query = ParamsMap::new();
        for (name, value) in [("from", "2025-11-03"), ("status", "completed"), ("department", "x"), ("page", "3")] {
            query.insert(name, value.to_owned());
        }
        let filter = filter_of(&query);
        assert_eq!((filter.status, filter.department, filter.page), (Some(SessionStatus::Completed), None, 3));
        assert!(is_filtered(&filter) && !is_filtered(&SessionFilter::default()));
        assert!(pairs_of(&filter).contains(&("from", "2025-11-03".to_owned())));
    }
}
