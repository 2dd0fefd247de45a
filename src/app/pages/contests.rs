//! Objections to records, for those who may correct them.

use super::my_record::ContestChip;
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::SelectField;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::list_fields::{PageSizeField, SortField};
use crate::app::components::loaded::loaded_part;
use crate::app::components::moment::moment_words;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::server_form::url_error;
use crate::app::components::status_chip::StatusChip;
use crate::app::plain::Typed;
use crate::app::resource::fetch;
use crate::app::server_fns::{AcceptContest, DeclineContest, list_contests};
use crate::app::types::{ContestFilter, ContestId, ContestRow, ContestState, Page, RecordStatus, SessionId};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

const PATH: &str = "/contests";

/// What forms that lead here have done.
fn done_words() -> Vec<(&'static str, String)> {
    vec![("accepted", tr!("contests-done-accepted")), ("declined", tr!("contests-done-declined"))]
}

/// What an accepted objection makes of the record.
fn outcomes() -> [(RecordStatus, String); 3] {
    [
        (RecordStatus::Present, tr!("contests-outcome-present")),
        (RecordStatus::Late, tr!("contests-outcome-late")),
        (RecordStatus::Excused, tr!("contests-outcome-excused")),
    ]
}

/// `/contests`
#[component]
pub fn ContestsPage() -> impl IntoView {
    let filter = filter_of(&use_query_map().read_untracked());
    let asked = filter.clone();
    let data = fetch(move || asked.clone(), list_contests);
    let error = url_error::<AcceptContest>().or_else(url_error::<DeclineContest>);
    let shown = filter.clone();
    view! {
        <PageFrame
            title=tr!("contests-title")
            lead=tr!("contests-lead")
            test="contests"
        >
            <Done sentences=done_words()/>
            <ErrorNotice error=Signal::stored(error)/>
            <Filters filter=filter/>
            {loaded_part(data, move |page| view! { <List page=page filter=shown.clone()/> })}
        </PageFrame>
    }
}

/// Open ones unless the address says otherwise.
fn filter_of(query: &ParamsMap) -> ContestFilter {
    let state = match query.get("state").as_deref() {
        Some("all") => None,
        Some(word) => Some(word.parse().unwrap_or_default()),
        None => Some(ContestState::Open),
    };
    ContestFilter {
        state,
        session: query.get("session").and_then(|id| id.parse::<SessionId>().ok()),
        oldest_first: match query.get("sort").as_deref() {
            Some(OLDEST) => Some(true),
            Some(NEWEST) => Some(false),
            _ => None,
        },
        page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or_default(),
        page_size: query.get("page_size").and_then(|size| size.parse().ok()).unwrap_or_default(),
    }
}

const OLDEST: &str = "oldest";
const NEWEST: &str = "newest";

fn sort_word(oldest_first: bool) -> &'static str {
    if oldest_first { OLDEST } else { NEWEST }
}

fn state_word(state: Option<ContestState>) -> &'static str {
    state.map_or("all", ContestState::as_str)
}

fn session_word(filter: &ContestFilter) -> String {
    filter.session.map(|id| id.to_string()).unwrap_or_default()
}

#[component]
fn Filters(filter: ContestFilter) -> impl IntoView {
    let options = vec![
        ("open".to_owned(), tr!("contests-state-open")),
        ("accepted".to_owned(), tr!("contests-state-accepted")),
        ("declined".to_owned(), tr!("contests-state-declined")),
        ("all".to_owned(), tr!("contests-state-all")),
    ];
    let sorts = vec![(OLDEST, tr!("contests-sort-oldest")), (NEWEST, tr!("contests-sort-newest"))];
    let session = filter.session.map(|id| {
        view! {
            <input type="hidden" name="session" value=id.to_string()/>
            <a class="button button-quiet" href=PATH rel="external" data-test="contests-all-sessions">{tr!("contests-all-sessions")}</a>
        }
    });
    view! {
        <form method="get" action=PATH>
            <div class="filters" role="search">
                <SelectField label=tr!("contests-state") name="state" submits=true value=state_word(filter.state) options=options test="contests-state"/>
                <SortField value=sort_word(filter.goes_oldest_first()) options=sorts/>
                <PageSizeField page_size=filter.page_size/>
                <button type="submit" class="button" data-test="contests-apply">
                    <Icon name=IconName::Search/>
                    {tr!("contests-apply")}
                </button>
                {session}
            </div>
        </form>
    }
}

#[component]
fn List(page: Page<ContestRow>, filter: ContestFilter) -> impl IntoView {
    if page.results.is_empty() {
        let (title, why) = match filter.state {
            Some(ContestState::Open) => (tr!("contests-none-open"), tr!("contests-none-open-why")),
            _ => (tr!("contests-none"), tr!("contests-none-why")),
        };
        let all = (filter.state.is_some() || filter.session.is_some()).then(
            || view! { <a class="button" href="/contests?state=all" rel="external">{tr!("contests-show-all")}</a> },
        );
        return view! {
            <section class="card card-flush">
                <EmptyState icon=IconName::Check title=title why=why test="contests-empty">{all}</EmptyState>
            </section>
        }
        .into_any();
    }
    let mut query = vec![("state", state_word(filter.state).to_owned()), ("session", session_word(&filter))];
    query.extend(filter.oldest_first.map(|oldest| ("sort", sort_word(oldest).to_owned())));
    if filter.page_size > 0 {
        query.push(("page_size", filter.page_size.to_string()));
    }
    let rows = page.results.into_iter().map(|row| view! { <ContestCard row=row/> }).collect_view();
    view! {
        <ul class="contests" data-test="contests-list">{rows}</ul>
        <Pagination count=page.count page=page.page page_size=page.page_size path=PATH query=query/>
    }
    .into_any()
}

#[component]
fn ContestCard(row: ContestRow) -> impl IntoView {
    let when = dates::moment(row.date.and_time(row.start_time), "%a %-d %b %Y, %H:%M");
    let history = row.history.into_iter().map(|change| {
        view! {
            <li>
                <time class="muted small" datetime=change.at.format("%Y-%m-%dT%H:%M:%S").to_string()>
                    {moment_words(change.at)}
                </time>
                " "
                {change.sentence}
            </li>
        }
    });
    let history = history.collect_view();
    let decided = row.decided.map(|(who, at)| {
        view! {
            <p data-test="contest-decided">
                {tr!("contests-decided", who = who, at = moment_words(at))}
                {(!row.answer.is_empty()).then(|| view! { ": " <q>{row.answer}</q> })}
            </p>
        }
    });
    let decide = (row.state == ContestState::Open).then(|| view! { <Decide id=row.id may_accept=row.may_accept/> });
    view! {
        <li class="card stack" data-test="contest">
            <div class="contest-head">
                <div>
                    <h2>
                        <a href=format!("/students/{}", row.student.id) rel="external">{row.student.name}</a>
                        <span class="muted">{format!(" {}", row.student.roll_no)}</span>
                    </h2>
                    <p class="muted">
                        <a href=format!("/sessions/{}", row.session) rel="external">{row.subject}</a>
                        {format!(" · {} · {when} · {}", row.department, row.teacher)}
                    </p>
                </div>
                <p class="row">
                    <StatusChip status=Some(row.status)/>
                    <span class="muted small">{row.how}</span>
                </p>
            </div>
            <blockquote class="contest-note" data-test="contest-said">{row.note}</blockquote>
            <p class="row">
                <ContestChip state=row.state/>
                <span class="muted small">{tr!("contests-written", at = moment_words(row.at))}</span>
            </p>
            {decided}
            <details class="contest-history">
                <summary data-test="contest-history">{tr!("contests-history")}</summary>
                <ol>{history}</ol>
            </details>
            {decide}
        </li>
    }
}

/// What was typed into a form about this objection when it was refused.
fn typed_answer(path: &str, id: ContestId) -> String {
    let Some(typed) = use_context::<Typed>().filter(|typed| &*typed.path == path) else { return String::new() };
    let field = |name: &str| typed.fields.iter().find(|(typed, _)| typed == name).map(|(_, value)| value.clone());
    if field("id") == Some(id.to_string()) { field("answer").unwrap_or_default() } else { String::new() }
}

#[component]
fn Decide(id: ContestId, may_accept: bool) -> impl IntoView {
    let hidden = move || view! { <input type="hidden" name="id" value=id.to_string()/> };
    let options =
        outcomes().map(|(status, word)| view! { <option value=status.as_str()>{word}</option> }).collect_view();
    let accept = if may_accept {
        view! {
            <form class="form contest-form" method="post" action=AcceptContest::url()>
                {hidden()}
                <div class="field">
                    <label class="field-label" for=format!("status-{id}")>{tr!("contests-outcome")}</label>
                    <select class="control" id=format!("status-{id}") name="status" data-test="contest-status">{options}</select>
                </div>
                <Answer id=id path=AcceptContest::url() name="accept" label=tr!("contests-answer") required=false/>
                <button type="submit" class="button button-primary" data-test="contest-accept">{tr!("contests-accept")}</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="muted" data-test="contest-too-late">
                {tr!("contests-too-late")}
            </p>
        }
        .into_any()
    };
    view! {
        <div class="contest-decide">
            {accept}
            <form class="form contest-form" method="post" action=DeclineContest::url()>
                {hidden()}
                <Answer id=id path=DeclineContest::url() name="decline" label=tr!("contests-why") required=true/>
                <button type="submit" class="button" data-test="contest-decline">{tr!("contests-decline")}</button>
            </form>
        </div>
    }
}

#[component]
fn Answer(id: ContestId, path: &'static str, name: &'static str, label: String, required: bool) -> impl IntoView {
    let control = format!("{name}-{id}");
    view! {
        <div class="field">
            <label class="field-label" for=control.clone()>
                {label}
                {(!required).then(|| view! { <span class="field-optional">{format!(" {}", tr!("word-optional"))}</span> })}
            </label>
            <textarea
                class="control"
                id=control
                name="answer"
                rows="2"
                maxlength="480"
                required=required
                data-test=format!("contest-{name}-answer")
            >
                {typed_answer(path, id)}
            </textarea>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_objections_are_shown_first() {
        let query = |pairs: &[(&'static str, &str)]| {
            let mut query = ParamsMap::new();
            pairs.iter().for_each(|(name, value)| query.insert(*name, (*value).to_owned()));
            filter_of(&query)
        };
        assert_eq!(query(&[]).state, Some(ContestState::Open));
        assert_eq!(query(&[("state", "all")]).state, None);
        let filter = query(&[("state", "declined"), ("session", "7"), ("page", "2")]);
        assert_eq!((filter.state, filter.session, filter.page), (Some(ContestState::Declined), Some(SessionId(7)), 2));
    }
}
