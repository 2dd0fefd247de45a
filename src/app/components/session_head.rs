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
    let day = session.date.format("%A, %-d %B %Y");
    format!("{} · {day} · {} · {}", session.department.name, clock_words(session), session.teacher)
}

/// Stage, counters, line to other devices, and what the stage means.
#[component]
pub fn SessionHead(register: Register, #[prop(into)] connection: Signal<Connection>) -> impl IntoView {
    let stage = Memo::new(move |_| register.session.read().stage);
    view! {
        <section class="session-head card" aria-label="How this session stands" data-test="session-head">
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
            <Notice kind=NoticeKind::Warning title="Closed by the clock: please confirm" test="to-confirm">
                <p>
                    "Nobody saved this register in time, so everybody without a mark was entered as absent. "
                    "Correct who was there, then confirm."
                </p>
            </Notice>
        }
        .into_any(),
        SessionStage::Done => view! {
            <Notice kind=NoticeKind::Success title="This register is saved" test="saved">
                <p>
                    {changing(move || {
                        if register.may_correct.get() {
                            "Single records can still be corrected, with a reason."
                        } else {
                            "It cannot be changed here any more. An administrator can still correct a record."
                        }
                    })}
                </p>
            </Notice>
        }
        .into_any(),
        SessionStage::Cancelled => view! {
            <Notice kind=NoticeKind::Info title="This session was cancelled" test="cancelled">
                <p>"It takes no marks and does not count for anybody."</p>
            </Notice>
        }
        .into_any(),
    };
    Some(notice)
}

/// Runs a call that answers with the whole session, once at a time.
fn run(register: Register, pending: RwSignal<bool>, call: Callback<(), Answer<SessionDetail>>, done: &'static str) {
    if pending.get_untracked() {
        return;
    }
    pending.set(true);
    spawn_local(async move {
        let Some(answer) = call.try_run(()) else { return };
        match answer.await {
            Ok(detail) if !register.session.is_disposed() => {
                register.replace(detail);
                register.say(NoticeKind::Success, done.to_owned());
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
    words: &'static str,
    class: &'static str,
    url: &'static str,
    call: Callback<(), Answer<SessionDetail>>,
    /// Said afterwards.
    done: &'static str,
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
                    run(register, pending, call, done);
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
                        0 => "Everybody is marked.".to_owned(),
                        1 => "1 still unmarked.".to_owned(),
                        many => format!("{many} still unmarked."),
                    })}
                </p>
                <Confirm
                    label="Save register"
                    class="button button-primary"
                    question="Save this register?"
                    test="save-register"
                >
                    <p data-test="save-consequence">
                        {changing(move || match unmarked() {
                            0 => "Everybody is marked; nobody changes.".to_owned(),
                            1 => "1 unmarked student becomes absent.".to_owned(),
                            many => format!("{many} unmarked students become absent."),
                        })}
                        " Afterwards photos mark nobody any more; single records can be corrected with a reason."
                    </p>
                    <Sure
                        register=register
                        words="Save it"
                        class="button button-primary"
                        url=calls.urls.complete
                        call=calls.complete
                        done="The register is saved."
                        test="save-register-sure"
                    />
                </Confirm>
            </div>
        </ShowWhen>
        <ShowWhen when=is_confirmable>
            <div class="session-bar" data-test="session-bar">
                <p>"Are the absences right?"</p>
                <Sure
                    register=register
                    words="Confirm register"
                    class="button button-primary"
                    url=calls.urls.complete
                    call=calls.complete
                    done="The register is confirmed."
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
            <p class="muted">"The class did not take place?"</p>
            <Confirm
                label="Cancel session"
                class="button"
                question="Cancel this session?"
                consequence="For a class that did not take place: it takes no marks and counts for nobody. This cannot be undone."
                test="cancel-session"
            >
                <Sure
                    register=register
                    words="Cancel the session"
                    class="button button-danger-solid"
                    url=calls.urls.cancel
                    call=calls.cancel
                    done="The session is cancelled."
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
