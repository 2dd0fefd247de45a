//! A user's state: active or not, and whether the account can go.

use crate::app::components::dialog::Confirm;
use crate::app::components::field::SubmitButton;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::server_fns::{DeleteUser, SetUserActive};
use crate::app::types::UserCard;
use leptos::prelude::*;

/// Switches the account on or off, and says what that does.
#[component]
pub fn StateCard(user: UserCard) -> impl IntoView {
    let switch = FormAction::<SetUserActive>::new();
    let (words, label, question, consequence, class) = if user.is_active {
        (
            "The account is active: its owner can sign in.",
            "Deactivate",
            format!("Deactivate {}?", user.name),
            "They are signed out everywhere at once, links that were sent count no more, and nobody can sign in with \
             the account until it is activated again. Records stay.",
            "button button-danger-solid button-wide",
        )
    } else {
        (
            "The account is inactive: nobody can sign in with it.",
            "Activate",
            format!("Activate {}?", user.name),
            "They can sign in again with their password. You vouch that the email address is theirs.",
            "button button-primary button-wide",
        )
    };
    let fixed = match (user.is_me, user.is_last_admin) {
        (true, _) => Some("It is your own account, which you cannot switch off."),
        (_, true) => Some("It is the last active administrator, who cannot be switched off."),
        _ => None,
    };
    view! {
        <section class="card" aria-labelledby="state-title">
            <div class="card-head"><h2 id="state-title">"State"</h2></div>
            <div class="stack">
                <ErrorNotice error=switch.error()/>
                <p data-test="user-state">{words}</p>
                {match fixed {
                    Some(reason) => view! { <p class="muted">{reason}</p> }.into_any(),
                    None => view! {
                        <div>
                            <Confirm label=label question=question consequence=consequence left=true test="user-switch">
                                <ServerForm action=switch>
                                    <input type="hidden" name="id" value=user.id.to_string()/>
                                    <input type="hidden" name="is_active" value=(!user.is_active).to_string()/>
                                    <SubmitButton label=label class=class test="user-switch-sure"/>
                                </ServerForm>
                            </Confirm>
                        </div>
                    }
                    .into_any(),
                }}
            </div>
        </section>
    }
}

/// Deletes the account, or says why it stays.
#[component]
pub fn DeleteCard(user: UserCard) -> impl IntoView {
    let delete = FormAction::<DeleteUser>::new();
    view! {
        <section class="card" aria-labelledby="delete-title">
            <div class="card-head"><h2 id="delete-title">"Delete"</h2></div>
            <div class="stack">
                <ErrorNotice error=delete.error()/>
                {match user.kept_because {
                    Some(reason) => view! {
                        <p data-test="user-kept">{format!("This account cannot be deleted. {reason}")}</p>
                    }
                    .into_any(),
                    None => view! {
                        <p>"Nothing in the registers names this account, so it can be deleted."</p>
                        <div>
                            <Confirm label="Delete the account" class="button button-danger" left=true
                                question=format!("Delete {} for good?", user.name)
                                consequence="The account, its password and its sign-ins are lost, and links that were sent count no more. \
                                             The audit log keeps what was done. This cannot be undone."
                                test="user-delete">
                                <ServerForm action=delete>
                                    <input type="hidden" name="id" value=user.id.to_string()/>
                                    <SubmitButton label="Delete for good" class="button button-danger-solid button-wide"
                                        test="user-delete-sure"/>
                                </ServerForm>
                            </Confirm>
                        </div>
                    }
                    .into_any(),
                }}
            </div>
        </section>
    }
}
