//! What ties a user to the world: links by mail, and the student whom the account stands for.

use crate::app::components::dialog::Confirm;
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::moment::Moment;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::pages::admin::outbox::MessageChip;
use crate::app::server_fns::{LinkUserStudent, SendUserLink, UnlinkUserStudent, VerifyUser};
use crate::app::types::{INVITATION_DAYS, LinkKind, RESET_HOURS, UserCard, VERIFY_DAYS};
use crate::tr;
use leptos::prelude::*;

/// The link that the account needs, sent by hand, and where the messages are.
#[component]
pub fn LinkCard(user: UserCard) -> impl IntoView {
    let send = FormAction::<SendUserLink>::new();
    let verify = FormAction::<VerifyUser>::new();
    let words = match user.link {
        None => (tr!("user-link-inactive"), None),
        Some(LinkKind::Verify) => (tr!("user-link-verify", days = VERIFY_DAYS), Some(tr!("user-link-verify-go"))),
        Some(LinkKind::Invite) => (
            tr!("user-link-invite", days = INVITATION_DAYS),
            Some(if user.messages.is_empty() { tr!("user-link-invite-go") } else { tr!("user-link-invite-again") }),
        ),
        Some(LinkKind::Reset) => (tr!("user-link-reset", hours = RESET_HOURS), Some(tr!("user-link-reset-go"))),
    };
    let unverified = user.link == Some(LinkKind::Verify);
    let id = user.id.to_string();
    let way =
        if user.sends_mail { tr!("user-link-by-mail", email = user.email.as_str()) } else { tr!("user-link-by-hand") };
    view! {
        <section class="card" aria-labelledby="links-title">
            <div class="card-head"><h2 id="links-title">{tr!("user-links")}</h2></div>
            <div class="stack">
                <ErrorNotice error=send.error()/>
                <ErrorNotice error=verify.error()/>
                <p>{words.0}</p>
                {words.1.map(|label| view! {
                    <p class="muted small" data-test="user-link-way">{way}</p>
                    <ServerForm action=send>
                        <input type="hidden" name="id" value=id/>
                        <SubmitButton label=label class="button" test="user-send-link"/>
                    </ServerForm>
                })}
                {unverified.then(|| view! {
                    <div>
                        <Confirm label=tr!("user-verify") left=true
                            question=tr!("user-verify-question", email = user.email.as_str())
                            consequence=tr!("user-verify-consequence")
                            test="user-verify">
                            <ServerForm action=verify>
                                <input type="hidden" name="id" value=user.id.to_string()/>
                                <SubmitButton label=tr!("user-verify-go") class="button button-primary button-wide"
                                    test="user-verify-sure"/>
                            </ServerForm>
                        </Confirm>
                    </div>
                })}
                {(!user.messages.is_empty()).then(|| view! { <Messages user=user/> })}
            </div>
        </section>
    }
}

#[component]
fn Messages(user: UserCard) -> impl IntoView {
    let rows = user.messages.into_iter().map(|message| {
        view! {
            <li class="line">
                <span class="line-text">
                    <a class="cell-link" href=format!("/admin/outbox/{}", message.id) data-test="user-message">{message.subject}</a>
                    <span class="muted small"><Moment at=message.written/></span>
                </span>
                <MessageChip state=message.state/>
            </li>
        }
    });
    view! {
        <div>
            <h3>{tr!("user-messages")}</h3>
            <ul class="lines" data-test="user-messages">{rows.collect_view()}</ul>
        </div>
    }
}

/// The student whom the account stands for: linked and unlinked.
#[component]
pub fn StudentCard(user: UserCard) -> impl IntoView {
    let link = FormAction::<LinkUserStudent>::new();
    let unlink = FormAction::<UnlinkUserStudent>::new();
    let error = link.error();
    let id = user.id.to_string();
    let inside = match user.student {
        Some(student) => view! {
            <p>
                {format!("{} ", tr!("user-student-stands"))}
                <a href=format!("/students/{}", student.id) data-test="user-student">
                    {format!("{} ({})", student.name, student.roll_no)}
                </a>
                {format!(" {}", tr!("user-student-sees"))}
            </p>
            <div>
                <Confirm label=tr!("user-unlink") left=true
                    question=tr!("user-unlink-question", name = student.name.as_str())
                    consequence=tr!("user-unlink-consequence")
                    test="user-unlink">
                    <ServerForm action=unlink>
                        <input type="hidden" name="id" value=id/>
                        <SubmitButton label=tr!("user-unlink") class="button button-danger-solid button-wide"
                            test="user-unlink-sure"/>
                    </ServerForm>
                </Confirm>
            </div>
        }
        .into_any(),
        None => view! {
            <p data-test="user-unlinked">{tr!("user-student-none")}</p>
            <ServerForm action=link>
                <div class="form">
                    <ErrorNotice error=form_error(error, &["roll_no"])/>
                    <input type="hidden" name="id" value=id/>
                    <TextField label=tr!("user-roll-number") name="roll_no" required=true autocomplete="off" spellcheck="false"
                        autocapitalize="characters" value=user.suggested.as_ref().map(|student| student.roll_no.clone()).unwrap_or_default()
                        hint=match user.suggested {
                            Some(student) => tr!("user-roll-number-same", name = student.name),
                            None => tr!("user-roll-number-hint"),
                        }
                        error=field_error(error, "roll_no") test="user-roll-no"/>
                    <div class="form-actions">
                        <SubmitButton label=tr!("user-link-student") class="button" test="user-link-student"/>
                    </div>
                </div>
            </ServerForm>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="student-title">
            <div class="card-head"><h2 id="student-title">{tr!("role-student")}</h2></div>
            <div class="stack">
                <ErrorNotice error=unlink.error()/>
                {inside}
            </div>
        </section>
    }
}
