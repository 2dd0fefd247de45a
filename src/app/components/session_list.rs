//! Sessions as cards of a list: one tap into each.

use super::{
    counters::CountersMini,
    icon::{Icon, IconName},
    session_head::clock_words,
    status_chip::StageChip,
};
use crate::app::types::SessionRow;
use crate::app::words::dates;
use leptos::prelude::*;

/// A list of sessions in the given order.
#[component]
pub fn SessionCards(
    sessions: Vec<SessionRow>,
    /// Shows the day beside the hour.
    #[prop(optional)]
    with_day: bool,
    #[prop(default = "session-cards")] test: &'static str,
) -> impl IntoView {
    let cards =
        sessions.into_iter().map(|session| view! { <SessionCard session=session with_day=with_day/> }).collect_view();
    view! { <ul class="session-cards" data-test=test>{cards}</ul> }
}

#[component]
fn SessionCard(session: SessionRow, with_day: bool) -> impl IntoView {
    let href = format!("/sessions/{}", session.id);
    let day = with_day.then(|| view! { <span class="session-day">{dates::day(session.date, "%a %-d %b")}</span> });
    view! {
        <li>
            <a class="session-card" href=href data-test="session-link" data-session=session.id.to_string()>
                <span class="session-clock">{day} <span>{clock_words(&session)}</span></span>
                <span class="session-what">
                    <strong>{session.subject}</strong>
                    <span class="muted small">{format!("{} · {}", session.department.name, session.teacher)}</span>
                </span>
                <span class="session-stand">
                    <StageChip stage=session.stage/>
                    <CountersMini counters=session.counters/>
                </span>
                <Icon name=IconName::Forward/>
            </a>
        </li>
    }
}
