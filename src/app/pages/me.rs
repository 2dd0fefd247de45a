//! A student's own attendance: the percentage with its arithmetic, and every session.

use crate::app::components::counters::CountersBar;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::status_chip::{StageChip, StatusChip};
use crate::app::resource::fetch;
use crate::app::server_fns::my_attendance;
use crate::app::types::{Counters, MyAttendance, MySession, MySummary, SessionStage};
use leptos::prelude::*;

/// `/me`
#[component]
pub fn MePage() -> impl IntoView {
    let data = fetch(|| (), |()| my_attendance());
    loaded(data, |mine| view! { <Mine mine=mine/> })
}

#[component]
fn Mine(mine: MyAttendance) -> impl IntoView {
    let Some(student) = mine.student else {
        return view! {
            <PageFrame title="My attendance" test="me">
                <section class="card">
                    <EmptyState
                        icon=IconName::Person
                        title="Your account is not linked yet"
                        why="An administrator has to connect it with your entry in the list of students. \
                             Your attendance then appears here by itself."
                        test="me-not-linked"
                    />
                </section>
            </PageFrame>
        }
        .into_any();
    };
    let lead = format!("{} · {}", student.name, student.roll_no);
    let sessions = mine.sessions;
    let list = if sessions.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Calendar
                title="No classes yet"
                why="As soon as a teacher takes attendance in a class of yours, it is listed here."
                test="me-no-sessions"
            />
        }
        .into_any()
    } else {
        view! {
            <ul class="my-sessions" data-test="my-sessions">
                {sessions.into_iter().map(|session| view! { <MySessionRow session=session/> }).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <PageFrame title="My attendance" lead=lead test="me">
            <Share summary=mine.summary/>
            <section class="card card-flush" aria-labelledby="my-sessions-title">
                <div class="card-head"><h2 id="my-sessions-title">"Sessions"</h2></div>
                {list}
            </section>
        </PageFrame>
    }
    .into_any()
}

/// The arithmetic under the percentage, in one sentence.
fn arithmetic(summary: MySummary) -> String {
    summary.arithmetic()
}

#[component]
fn Share(summary: MySummary) -> impl IntoView {
    if summary.sessions == 0 {
        return ().into_any();
    }
    let counters = Counters {
        total: summary.sessions,
        present: summary.present,
        late: summary.late,
        absent: summary.absent,
        excused: summary.excused,
        unmarked: summary.sessions.saturating_sub(summary.attended + summary.absent + summary.excused),
    };
    let number = summary.percentage_words();
    view! {
        <section class="card share" aria-label="Percentage">
            <div>
                <p class="share-number" data-test="my-percentage">{number}</p>
                <p class="share-arithmetic" data-test="my-arithmetic">{arithmetic(summary)}</p>
                <p class="muted small">"Present and late count as attended. Only completed sessions are counted."</p>
            </div>
            <CountersBar counters=counters total_words="sessions"/>
        </section>
    }
    .into_any()
}

#[component]
fn MySessionRow(session: MySession) -> impl IntoView {
    let times = match session.end_time {
        Some(end) => format!("{}–{}", session.start_time.format("%H:%M"), end.format("%H:%M")),
        None => session.start_time.format("%H:%M").to_string(),
    };
    let unsettled = session.status.is_none() && session.stage != SessionStage::Done;
    let state = if unsettled {
        view! { <StageChip stage=session.stage/> }.into_any()
    } else {
        view! { <StatusChip status=session.status/> }.into_any()
    };
    view! {
        <li data-test="my-session">
            <time datetime=session.date.to_string()>
                {session.date.format("%-d %b").to_string()}
                <span class="muted small">{session.date.format("%a %Y").to_string()}</span>
            </time>
            <div>
                <p><strong>{session.subject}</strong></p>
                <p class="muted small">{format!("{times} · {} · {}", session.department, session.teacher)}</p>
            </div>
            <div class="my-session-state">
                {state}
                {(!session.how.is_empty()).then(|| view! { <span class="muted small" data-test="my-session-how">{session.how}</span> })}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_names_what_is_not_counted() {
        let summary = MySummary {
            sessions: 26,
            present: 21,
            late: 2,
            absent: 2,
            excused: 1,
            attended: 23,
            counted: 25,
            percentage: 92.0,
        };
        assert_eq!(arithmetic(summary), "23 of 25 (21 present, 2 late); 1 excused not counted");
        let plain =
            MySummary { sessions: 4, present: 4, attended: 4, counted: 4, percentage: 100.0, ..MySummary::default() };
        assert_eq!(arithmetic(plain), "4 of 4");
    }
}
