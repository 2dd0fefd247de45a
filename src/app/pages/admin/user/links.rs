//! What ties a user to the world: links by mail, and the student whom the account stands for.

use crate::app::components::dialog::Confirm;
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::moment::Moment;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::pages::admin::outbox::MessageChip;
use crate::app::server_fns::{LinkUserStudent, SendUserLink, UnlinkUserStudent, VerifyUser};
use crate::app::types::{INVITATION_DAYS, LinkKind, RESET_HOURS, UserCard, VERIFY_DAYS};
use leptos::prelude::*;

/// The link that the account needs, sent by hand, and where the messages are.
#[component]
pub fn LinkCard(user: UserCard) -> impl IntoView {
    let send = FormAction::<SendUserLink>::new();
    let verify = FormAction::<VerifyUser>::new();
    let hours = if RESET_HOURS == 1 { "one hour".to_owned() } else { format!("{RESET_HOURS} hours") };
    let words = match user.link {
        None => ("The account is inactive. Activate it, then it can be sent a link.".to_owned(), None),
        Some(LinkKind::Verify) => (
            format!("The email address was never verified. The link to verify it counts for {VERIFY_DAYS} days."),
            Some("Send the link again"),
        ),
        Some(LinkKind::Invite) => (
            format!(
                "Nobody has signed in yet. The link of an invitation lets the owner choose a password; it counts for \
                 {INVITATION_DAYS} days and works once."
            ),
            Some(if user.messages.is_empty() { "Send an invitation" } else { "Send a new invitation" }),
        ),
        Some(LinkKind::Reset) => (
            format!(
                "The link lets the owner choose a new password; it counts for {hours} and works once. Until then the \
                 old password stays."
            ),
            Some("Send a link for a new password"),
        ),
    };
    let unverified = user.link == Some(LinkKind::Verify);
    let id = user.id.to_string();
    let way = if user.sends_mail {
        format!("It goes by mail to {}.", user.email)
    } else {
        "No mail server is set: the message waits in the outbox. Open it there and pass its link on.".to_owned()
    };
    view! {
        <section class="card" aria-labelledby="links-title">
            <div class="card-head"><h2 id="links-title">"Links by mail"</h2></div>
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
                        <Confirm label="Verify by hand" left=true question=format!("Verify {} by hand?", user.email)
                            consequence="You vouch that this address belongs to the account's owner. The account becomes active."
                            test="user-verify">
                            <ServerForm action=verify>
                                <input type="hidden" name="id" value=user.id.to_string()/>
                                <SubmitButton label="Verify the address" class="button button-primary button-wide"
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
            <h3>"Newest messages"</h3>
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
                "Stands for "
                <a href=format!("/students/{}", student.id) data-test="user-student">
                    {format!("{} ({})", student.name, student.roll_no)}
                </a>
                " and sees this student’s attendance."
            </p>
            <div>
                <Confirm label="Unlink" left=true question=format!("Unlink {}?", student.name)
                    consequence="The user no longer sees this student's attendance. Account, student and records stay."
                    test="user-unlink">
                    <ServerForm action=unlink>
                        <input type="hidden" name="id" value=id/>
                        <SubmitButton label="Unlink" class="button button-danger-solid button-wide" test="user-unlink-sure"/>
                    </ServerForm>
                </Confirm>
            </div>
        }
        .into_any(),
        None => view! {
            <p data-test="user-unlinked">"Stands for no student yet, so there is no attendance to see."</p>
            <ServerForm action=link>
                <div class="form">
                    <ErrorNotice error=form_error(error, &["roll_no"])/>
                    <input type="hidden" name="id" value=id/>
                    <TextField label="Roll number" name="roll_no" required=true autocomplete="off" spellcheck="false"
                        autocapitalize="characters" value=user.suggested.as_ref().map(|student| student.roll_no.clone()).unwrap_or_default()
                        hint=match user.suggested {
                            Some(student) => format!("{} has the same email address.", student.name),
                            None => "It stands in the list of students.".to_owned(),
                        }
                        error=field_error(error, "roll_no") test="user-roll-no"/>
                    <div class="form-actions"><SubmitButton label="Link to the student" class="button" test="user-link-student"/></div>
                </div>
            </ServerForm>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="student-title">
            <div class="card-head"><h2 id="student-title">"Student"</h2></div>
            <div class="stack">
                <ErrorNotice error=unlink.error()/>
                {inside}
            </div>
        </section>
    }
}
