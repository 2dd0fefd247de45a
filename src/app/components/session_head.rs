//! The top of a session page: when and what, how it stands, and closing it.

use super::{
    counters::CountersBar,
    dialog::Confirm,
    live::{Answer, Connection, LiveBadge, Register},
    notice::{Notice, NoticeKind},
    status_chip::StageChip,
};
use crate::app::components::when::{ShowWhen, changing};
use crate::app::types::{SessionDetail, SessionRow, SessionStage};
use crate::app::words::dates;
use crate::tr;
use leptos::{prelude::*, task::spawn_local};

/// "09:00–10:00", or "09:00" for a session without an end.
pub fn clock_words(session: &SessionRow) -> String {
    let start = session.start_time.format("%H:%M");
    match session.end_time {
        Some(end) => format!("{start}–{}", end.format("%H:%M")),
        None => start.to_string(),
    }
}

/// Department, day, time and teacher in one line.
pub fn lead_words(session: &SessionRow) -> String {
    tr!(
        "session-lead",
        department = &session.department.name,
        day = dates::day(session.date, "%A, %-d %B %Y"),
        clock = clock_words(session),
        teacher = &session.teacher
    )
}

/// Stage, counters, line to other devices, and what the stage means.
#[component]
pub fn SessionHead(register: Register, #[prop(into)] connection: Signal<Connection>) -> impl IntoView {
    let stage = Memo::new(move |_| register.session.read().stage);
    view! {
        <section class="session-head card" aria-label=tr!("session-stands") data-test="session-head">
            <div class="session-stage">
                {changing(move || view! { <StageChip stage=stage.get()/> })}
                <LiveBadge connection=connection/>
            </div>
            <CountersBar counters=register.counters/>
            {changing(move || stage_notice(register, stage.get()))}
            <p class="visually-hidden" aria-live="polite" data-test="news">{changing(move || register.news.get())}</p>
        </section>
    }
}

/// What a reader has to know about the stage, when it is not the usual one.
fn stage_notice(register: Register, stage: SessionStage) -> Option<AnyView> {
    let notice = match stage {
        SessionStage::NotStarted | SessionStage::Open => return None,
        SessionStage::ToConfirm => view! {
            <Notice kind=NoticeKind::Warning title=tr!("session-to-confirm") test="to-confirm">
                <p>{tr!("session-to-confirm-why")}</p>
            </Notice>
        }
        .into_any(),
        SessionStage::Done => view! {
            <Notice kind=NoticeKind::Success title=tr!("session-saved") test="saved">
                <p>
                    {changing(move || {
                        if register.may_correct.get() {
                            tr!("session-correctable")
                        } else {
                            tr!("session-not-correctable")
                        }
                    })}
                </p>
            </Notice>
        }
        .into_any(),
        SessionStage::Cancelled => view! {
            <Notice kind=NoticeKind::Info title=tr!("session-cancelled") test="cancelled">
                <p>{tr!("session-cancelled-why")}</p>
            </Notice>
        }
        .into_any(),
    };
    Some(notice)
}

/// Runs a call that answers with the whole session, once at a time.
fn run(register: Register, pending: RwSignal<bool>, call: Callback<(), Answer<SessionDetail>>, done: String) {
    if pending.get_untracked() {
        return;
    }
    pending.set(true);
    spawn_local(async move {
        let Some(answer) = call.try_run(()) else { return };
        match answer.await {
            Ok(detail) if !register.session.is_disposed() => {
                register.replace(detail);
                register.say(NoticeKind::Success, done);
            }
            Ok(_) => {}
            Err(error) => register.say(NoticeKind::Error, error.sentence()),
        }
        pending.try_set(false);
    });
}

/// The button of an answered question, in a form that works without a script.
#[component]
fn Sure(
    register: Register,
    #[prop(into)] words: String,
    class: &'static str,
    url: &'static str,
    call: Callback<(), Answer<SessionDetail>>,
    /// Said afterwards.
    #[prop(into)]
    done: String,
    test: &'static str,
) -> impl IntoView {
    let pending = RwSignal::new(false);
    view! {
        <form method="post" action=url>
            <input type="hidden" name="id" value=register.id.to_string()/>
            <button
                type="submit"
                class=class
                disabled=move || pending.get()
                aria-busy=move || pending.get().then_some("true")
                data-test=test
                on:click=move |event| {
                    event.prevent_default();
                    run(register, pending, call, done.clone());
                }
            >
                {words}
            </button>
        </form>
    }
}

/// Saving or confirming the register; stays in reach while the list scrolls.
#[component]
pub fn SessionBar(register: Register) -> impl IntoView {
    let unmarked = move || register.counters.read().unmarked;
    let is_confirmable = move || register.session.read().stage == SessionStage::ToConfirm && register.is_own;
    let calls = register.calls;
    view! {
        <ShowWhen when=move || register.is_open()>
            <div class="session-bar" data-test="session-bar">
                <p>
                    {changing(move || match unmarked() {
                        0 => tr!("session-all-marked"),
                        many => tr!("session-still-unmarked", count = many),
                    })}
                </p>
                <Confirm
                    label=tr!("session-save")
                    class="button button-primary"
                    question=tr!("session-save-question")
                    test="save-register"
                >
                    <p data-test="save-consequence">
                        {changing(move || match unmarked() {
                            0 => tr!("session-save-nobody"),
                            many => tr!("session-save-absent", count = many),
                        })}
                        {format!(" {}", tr!("session-save-afterwards"))}
                    </p>
                    <Sure
                        register=register
                        words=tr!("session-save-go")
                        class="button button-primary"
                        url=calls.urls.complete
                        call=calls.complete
                        done=tr!("session-save-done")
                        test="save-register-sure"
                    />
                </Confirm>
            </div>
        </ShowWhen>
        <ShowWhen when=is_confirmable>
            <div class="session-bar" data-test="session-bar">
                <p>{tr!("session-confirm-question")}</p>
                <Sure
                    register=register
                    words=tr!("session-confirm")
                    class="button button-primary"
                    url=calls.urls.complete
                    call=calls.complete
                    done=tr!("session-confirm-done")
                    test="confirm-register"
                />
            </div>
        </ShowWhen>
    }
}

/// Cancelling, for a class that did not take place.
#[component]
pub fn CancelSession(register: Register) -> impl IntoView {
    let calls = register.calls;
    view! {
        <ShowWhen when=move || register.is_open()>
            <div class="session-end">
            <p class="muted">{tr!("session-cancel-lead")}</p>
            <Confirm
                label=tr!("session-cancel")
                class="button"
                question=tr!("session-cancel-question")
                consequence=tr!("session-cancel-consequence")
                test="cancel-session"
            >
                <Sure
                    register=register
                    words=tr!("session-cancel-go")
                    class="button button-danger-solid"
                    url=calls.urls.cancel
                    call=calls.cancel
                    done=tr!("session-cancel-done")
                    test="cancel-session-sure"
                />
            </Confirm>
            </div>
        </ShowWhen>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, NaiveTime};

    #[test]
    fn lead_names_day_and_hours() {
        let mut session = SessionRow {
            id: Default::default(),
            department: crate::app::types::DepartmentRef { name: "Physics".into(), ..Default::default() },
            subject: "Optics".into(),
            date: NaiveDate::from_ymd_opt(2025, 11, 3).unwrap(),
            start_time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
            end_time: NaiveTime::from_hms_opt(10, 0, 0),
            status: Default::default(),
            stage: SessionStage::Open,
            teacher: "Asha Rao".into(),
            counters: Default::default(),
        };
        assert_eq!(lead_words(&session), "Physics · Monday, 3 November 2025 · 09:00–10:00 · Asha Rao");
        session.end_time = None;
        assert_eq!(clock_words(&session), "09:00");
    }
}
