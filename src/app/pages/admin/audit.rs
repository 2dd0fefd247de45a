//! The audit log: who did what, in sentences; filters and page stand in the address.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SelectField, TextField};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::{Pagination, address};
use crate::app::components::table::Table;
use crate::app::plain::relation;
use crate::app::resource::fetch;
use crate::app::server_fns::list_audit;
use crate::app::types::{AUDIT_AREAS, AuditLine, AuditQuery, Page};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

const PATH: &str = "/admin/audit";

/// The filters as they stand in the address; what cannot be read is no filter.
fn query_of(query: &ParamsMap) -> AuditQuery {
    let text = |name: &str| query.get(name).unwrap_or_default();
    AuditQuery {
        who: text("who"),
        area: text("area"),
        from: text("from").parse().ok(),
        to: text("to").parse().ok(),
        search: text("search"),
        page: text("page").parse().unwrap_or_default(),
        page_size: text("page_size").parse().unwrap_or_default(),
    }
}

/// The filters for links to other pages of the list.
fn pairs_of(query: &AuditQuery) -> Vec<(&'static str, String)> {
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let size = if query.page_size > 0 { query.page_size.to_string() } else { String::new() };
    vec![
        ("search", query.search.clone()),
        ("area", query.area.clone()),
        ("who", query.who.clone()),
        ("from", date(query.from)),
        ("to", date(query.to)),
        ("page_size", size),
    ]
}

/// Words of an area of actions; its name where it has none.
fn area_words(area: &str) -> String {
    match area {
        "record" => tr!("audit-area-record"),
        "session" => tr!("audit-area-session"),
        "student" => tr!("audit-area-student"),
        "user" => tr!("audit-area-user"),
        "department" => tr!("audit-area-department"),
        "settings" => tr!("audit-area-settings"),
        "backup" => tr!("audit-area-backup"),
        "contest" => tr!("audit-area-contest"),
        "import" => tr!("audit-area-import"),
        "outbox" => tr!("audit-area-outbox"),
        "demo" => tr!("audit-area-demo"),
        other => other.to_owned(),
    }
}

/// `/admin/audit`
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = query_of(&use_query_map().read_untracked());
    let asked = query.clone();
    let lines = fetch(move || asked.clone(), list_audit);
    let export = address("/admin/audit/export", &pairs_of(&query));
    let actions = move || {
        view! {
            <a class="button" href=export rel="external" download="audit-log.csv" data-test="audit-export">
                <Icon name=IconName::List/>
                {tr!("audit-export")}
            </a>
        }
    };
    let shown = query.clone();
    view! {
        <PageFrame title=tr!("area-audit") lead=tr!("audit-lead") actions=actions test="audit">
            <AdminTabs/>
            <Filters query=query/>
            {loaded(lines, move |page| view! { <Lines page=page query=shown.clone()/> })}
        </PageFrame>
    }
}

#[component]
fn Filters(query: AuditQuery) -> impl IntoView {
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let mut areas = vec![(String::new(), tr!("audit-everything"))];
    areas.extend(AUDIT_AREAS.iter().map(|(area, _)| ((*area).to_owned(), area_words(area))));
    view! {
        <form method="get" action=PATH>
            <div class="filters" role="search">
                <TextField label=tr!("word-search") name="search" kind="search" bare=true value=query.search
                    maxlength="100" test="audit-search"/>
                <SelectField label=tr!("audit-what") name="area" submits=true value=query.area options=areas
                    test="audit-area"/>
                <TextField label=tr!("audit-who") name="who" bare=true value=query.who maxlength="150"
                    autocomplete="off" test="audit-who"/>
                <TextField label=tr!("audit-from") name="from" kind="date" bare=true value=date(query.from)
                    test="audit-from"/>
                <TextField label=tr!("audit-to") name="to" kind="date" bare=true value=date(query.to) test="audit-to"/>
                <button type="submit" class="button" data-test="audit-apply">
                    <Icon name=IconName::Search/>
                    {tr!("audit-apply")}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Lines(page: Page<AuditLine>, query: AuditQuery) -> impl IntoView {
    let pairs = pairs_of(&query);
    if page.results.is_empty() {
        let (title, why) = if page.count > 0 {
            (tr!("audit-past-end"), tr!("audit-past-end-why"))
        } else if pairs.iter().any(|(_, value)| !value.is_empty()) {
            (tr!("audit-none-fit"), tr!("audit-none-fit-why"))
        } else {
            (tr!("audit-empty"), tr!("audit-empty-why"))
        };
        return view! {
            <section class="card card-flush">
                <EmptyState icon=IconName::Search title=title why=why test="audit-empty">
                    <a class="button" href=PATH rel=relation(PATH) data-test="audit-clear">{tr!("audit-show-all")}</a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let rows = page.results.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
    view! {
        <section class="card card-flush">
            <Table
                caption=tr!("audit-caption", count = page.count)
                columns=vec![tr!("audit-when"), tr!("audit-happened"), tr!("audit-kind")]
                test="audit-table"
            >
                {rows}
            </Table>
            <Pagination count=page.count page=page.page page_size=page.page_size path=PATH query=pairs/>
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: AuditLine) -> impl IntoView {
    let details =
        line.details.into_iter().map(|(word, value)| view! { <dt>{word}</dt> <dd>{value}</dd> }).collect_view();
    let link = line.href.map(|href| {
        let relation = relation(&href);
        view! { <p><a href=href rel=relation>{tr!("audit-open")}</a></p> }
    });
    view! {
        <tr data-test="audit-line" data-action=line.action>
            <td data-label=tr!("audit-when")>
                <time class="nowrap" datetime=line.at.format("%Y-%m-%dT%H:%M:%S").to_string()>
                    {dates::moment(line.at, "%-d %b %Y, %H:%M")}
                </time>
            </td>
            <td data-label=tr!("audit-happened") class="cell-wide">
                <p data-test="audit-sentence">{line.sentence}</p>
                <details class="more">
                    <summary>{tr!("audit-details")}</summary>
                    <dl class="facts small">{details}</dl>
                    {link}
                </details>
            </td>
            <td data-label=tr!("audit-kind")><span class="muted small">{line.title}</span></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_have_words() {
        for (area, words) in AUDIT_AREAS {
            assert_eq!(area_words(area), *words, "{area}");
        }
    }

    #[test]
    fn filters_survive_the_address() {
        let mut map = ParamsMap::new();
        for (name, value) in [("from", "2025-11-03"), ("to", "x"), ("area", "record"), ("page", "3")] {
            map.insert(name, value.to_owned());
        }
        let query = query_of(&map);
        assert_eq!((query.to, query.area.as_str(), query.page), (None, "record", 3));
        assert!(pairs_of(&query).contains(&("from", "2025-11-03".to_owned())));
    }
}
