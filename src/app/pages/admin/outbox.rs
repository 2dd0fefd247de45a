//! Messages to people: what waits, what was sent, what was given up.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SelectField, TextField};
use crate::app::components::icon::IconName;
use crate::app::components::list_fields::PageSizeField;
use crate::app::components::loaded::loaded_part;
use crate::app::components::moment::Moment;
use crate::app::components::notice::{Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::status_chip::Chip;
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::{front_desk, list_messages};
use crate::app::types::{FrontDesk, MessageFilter, MessageRow, MessageState, Page};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/admin/outbox`
#[component]
pub fn OutboxPage() -> impl IntoView {
    let query = use_query_map().read_untracked().clone();
    let filter = MessageFilter {
        state: query.get("state").and_then(|word| word.parse().ok()),
        search: query.get("search").unwrap_or_default(),
        page: query.get("page").and_then(|text| text.parse().ok()).unwrap_or_default(),
        page_size: query.get("page_size").and_then(|text| text.parse().ok()).unwrap_or_default(),
    };
    let asked = filter.clone();
    let data =
        fetch(move || asked.clone(), |filter| async move { Ok((list_messages(filter).await?, front_desk().await?)) });
    view! {
        <PageFrame title=tr!("area-outbox") lead=tr!("outbox-lead") test="outbox">
            <AdminTabs/>
            <Done sentences=vec![("deleted", tr!("outbox-deleted"))]/>
            <Filters filter=filter.clone()/>
            {loaded_part(data, move |(messages, desk): (Page<MessageRow>, FrontDesk)| {
                view! {
                    {(!desk.sends_mail).then(|| view! { <NoMailServer/> })}
                    <Messages messages=messages filter=filter.clone()/>
                }
            })}
        </PageFrame>
    }
}

/// Why messages wait, and how they are sent.
#[component]
pub fn NoMailServer() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Info title=tr!("outbox-no-server") test="no-mail-server">
            <p>{tr!("outbox-by-hand")}</p>
            <details>
                <summary>{tr!("outbox-server-how")}</summary>
                <p>{tr!("outbox-server-lines")}</p>
                <code class="secret">"SMTP_URL=smtps://user:password@mail.example.edu"</code>
                <code class="secret">"MAIL_FROM=Rollcall <rollcall@example.edu>"</code>
                <p>{tr!("outbox-server-then")}</p>
            </details>
        </Notice>
    }
}

/// Word of where a message is on its way.
fn state_word(state: MessageState) -> String {
    match state {
        MessageState::Waiting => tr!("outbox-state-waiting"),
        MessageState::Sent => tr!("outbox-state-sent"),
        MessageState::Failed => tr!("outbox-state-failed"),
    }
}

/// How a message stands.
#[component]
pub fn MessageChip(state: MessageState) -> impl IntoView {
    let (hue, icon) = match state {
        MessageState::Waiting => ("late", IconName::Clock),
        MessageState::Sent => ("present", IconName::Check),
        MessageState::Failed => ("absent", IconName::Warning),
    };
    view! { <Chip hue=hue icon=icon word=state_word(state) test="message-state"/> }
}

#[component]
fn Filters(filter: MessageFilter) -> impl IntoView {
    let mut states = vec![(String::new(), tr!("outbox-state-all"))];
    states.extend(MessageState::ALL.map(|state| (state.as_str().to_owned(), state_word(state))));
    view! {
        <form method="get" action="/admin/outbox" class="card" role="search" aria-label=tr!("outbox-messages")>
            <div class="filters">
                <TextField label=tr!("word-search") name="search" value=filter.search bare=true maxlength="100" autocomplete="off"
                    test="outbox-search"/>
                <SelectField label=tr!("outbox-state") name="state" value=filter.state.map(MessageState::as_str).unwrap_or_default()
                    options=states submits=true test="outbox-state"/>
                <PageSizeField page_size=filter.page_size/>
                <button type="submit" class="button" data-test="outbox-apply">{tr!("outbox-apply")}</button>
            </div>
        </form>
    }
}

#[component]
fn Messages(messages: Page<MessageRow>, filter: MessageFilter) -> impl IntoView {
    let is_filtered = filter.state.is_some() || !filter.search.trim().is_empty();
    if messages.count == 0 {
        let (title, why) = if is_filtered {
            (tr!("outbox-none-fit"), tr!("outbox-none-fit-why"))
        } else {
            (tr!("outbox-empty"), tr!("outbox-empty-why"))
        };
        return view! {
            <section class="card card-flush">
                <EmptyState icon=IconName::List title=title why=why test="outbox-empty">
                    {if is_filtered {
                        view! { <a class="button" href="/admin/outbox">{tr!("outbox-show-all")}</a> }.into_any()
                    } else {
                        view! { <a class="button" href="/admin/users/invite">{tr!("users-invite")}</a> }.into_any()
                    }}
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let rows = messages.results.into_iter().map(|message| view! { <MessageLine message=message/> }).collect_view();
    let query = vec![
        ("search", filter.search),
        ("state", filter.state.map(MessageState::as_str).unwrap_or_default().to_owned()),
        ("page_size", if filter.page_size == 0 { String::new() } else { filter.page_size.to_string() }),
    ];
    view! {
        <section class="card card-flush">
            <Table
                caption=tr!("outbox-caption")
                columns=vec![
                    tr!("outbox-message"),
                    tr!("outbox-written"),
                    tr!("outbox-state"),
                    tr!("outbox-sent"),
                ]
                test="outbox-table"
            >
                {rows}
            </Table>
        </section>
        <Pagination count=messages.count page=messages.page page_size=messages.page_size path="/admin/outbox" query=query/>
    }
    .into_any()
}

#[component]
fn MessageLine(message: MessageRow) -> impl IntoView {
    let tries = match message.attempts {
        0 => tr!("outbox-not-yet"),
        attempts => tr!("outbox-tries", count = attempts),
    };
    view! {
        <tr data-test="message-row" data-state=message.state.as_str()>
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=format!("/admin/outbox/{}", message.id) data-test="message-link">{message.subject}</a>
                    <span class="muted small">{message.recipient}</span>
                </span>
            </th>
            <td data-label=tr!("outbox-written")><Moment at=message.written/></td>
            <td data-label=tr!("outbox-state")><MessageChip state=message.state/></td>
            <td data-label=tr!("outbox-sent")>
                {match message.sent {
                    Some(at) => view! { <Moment at=at/> }.into_any(),
                    None => tries.into_any(),
                }}
            </td>
        </tr>
    }
}
