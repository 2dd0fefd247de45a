//! Messages to people: what waits, what was sent, what was given up.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SelectField, TextField};
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded_part;
use crate::app::components::moment::Moment;
use crate::app::components::notice::{Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::status_chip::Chip;
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::{front_desk, list_messages};
use crate::app::types::{FrontDesk, MessageFilter, MessageRow, MessageState, PAGE_SIZE_DEFAULT, Page};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const DONE: &[(&str, &str)] = &[("deleted", "The message is deleted.")];

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
        <PageFrame title="Outbox" lead="Messages with links to people, kept for 30 days." test="outbox">
            <AdminTabs/>
            <Done sentences=DONE/>
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
        <Notice kind=NoticeKind::Info title="Messages wait here: no mail server is set" test="no-mail-server">
            <p>"Open a message and pass its link on by hand. Or have them sent by themselves:"</p>
            <details>
                <summary>"How to set a mail server"</summary>
                <p>"Put these two lines, with your own values, into the environment or the .env file of the server, and start it again."</p>
                <code class="secret">"SMTP_URL=smtps://user:password@mail.example.edu"</code>
                <code class="secret">"MAIL_FROM=Rollcall <rollcall@example.edu>"</code>
                <p>"Messages whose links still count then leave within seconds."</p>
            </details>
        </Notice>
    }
}

/// How a message stands.
#[component]
pub fn MessageChip(state: MessageState) -> impl IntoView {
    let (hue, icon, word) = match state {
        MessageState::Waiting => ("late", IconName::Clock, "Waiting"),
        MessageState::Sent => ("present", IconName::Check, "Sent"),
        MessageState::Failed => ("absent", IconName::Warning, "Given up"),
    };
    view! { <Chip hue=hue icon=icon word=word test="message-state"/> }
}

#[component]
fn Filters(filter: MessageFilter) -> impl IntoView {
    let words = [("", "All"), ("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Given up")];
    let states = words.map(|(value, word)| (value.to_owned(), word.to_owned())).to_vec();
    let sizes = ["20", "50", "100"].map(|size| (size.to_owned(), format!("{size} a page"))).to_vec();
    let size = if filter.page_size == 0 { PAGE_SIZE_DEFAULT } else { filter.page_size };
    view! {
        <form method="get" action="/admin/outbox" class="card" role="search" aria-label="Messages">
            <div class="filters">
                <TextField label="Search" name="search" value=filter.search bare=true maxlength="100" autocomplete="off"
                    test="outbox-search"/>
                <SelectField label="State" name="state" value=filter.state.map(MessageState::as_str).unwrap_or_default()
                    options=states submits=true test="outbox-state"/>
                <SelectField label="Show" name="page_size" value=size.to_string() options=sizes submits=true
                    test="outbox-page-size"/>
                <button type="submit" class="button" data-test="outbox-apply">"Apply"</button>
            </div>
        </form>
    }
}

#[component]
fn Messages(messages: Page<MessageRow>, filter: MessageFilter) -> impl IntoView {
    let is_filtered = filter.state.is_some() || !filter.search.trim().is_empty();
    if messages.count == 0 {
        let (title, why) = if is_filtered {
            ("No such message", "No message of the last 30 days fits this search.")
        } else {
            ("Nothing was written yet", "Invitations, links for new passwords and for verifying addresses appear here.")
        };
        return view! {
            <section class="card card-flush">
                <EmptyState icon=IconName::List title=title why=why test="outbox-empty">
                    {if is_filtered {
                        view! { <a class="button" href="/admin/outbox">"Show all messages"</a> }.into_any()
                    } else {
                        view! { <a class="button" href="/admin/users/invite">"Invite somebody"</a> }.into_any()
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
            <Table caption="Messages, the newest first" columns=vec!["Message", "Written", "State", "Sent"] test="outbox-table">
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
        0 => "Not yet".to_owned(),
        1 => "1 try failed".to_owned(),
        many => format!("{many} tries failed"),
    };
    view! {
        <tr data-test="message-row" data-state=message.state.as_str()>
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=format!("/admin/outbox/{}", message.id) data-test="message-link">{message.subject}</a>
                    <span class="muted small">{message.recipient}</span>
                </span>
            </th>
            <td data-label="Written"><Moment at=message.written/></td>
            <td data-label="State"><MessageChip state=message.state/></td>
            <td data-label="Sent">
                {match message.sent {
                    Some(at) => view! { <Moment at=at/> }.into_any(),
                    None => tries.into_any(),
                }}
            </td>
        </tr>
    }
}
