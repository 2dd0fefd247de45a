//! A user's state: active or not, and whether the account can go.

use crate::app::components::dialog::Confirm;
use crate::app::components::field::SubmitButton;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::server_fns::{DeleteUser, SetUserActive};
use crate::app::types::UserCard;
use crate::tr;
use leptos::prelude::*;

/// Switches the account on or off, and says what that does.
#[component]
pub fn StateCard(user: UserCard) -> impl IntoView {
    let switch = FormAction::<SetUserActive>::new();
    let (words, label, question, consequence, class) = if user.is_active {
        (
            tr!("user-state-active"),
            tr!("user-deactivate"),
            tr!("user-deactivate-question", name = user.name.as_str()),
            tr!("user-deactivate-consequence"),
            "button button-danger-solid button-wide",
        )
    } else {
        (
            tr!("user-state-inactive"),
            tr!("user-activate"),
            tr!("user-activate-question", name = user.name.as_str()),
            tr!("user-activate-consequence"),
            "button button-primary button-wide",
        )
    };
    let fixed = match (user.is_me, user.is_last_admin) {
        (true, _) => Some(tr!("user-state-own")),
        (_, true) => Some(tr!("user-state-last-admin")),
        _ => None,
    };
    view! {
        <section class="card" aria-labelledby="state-title">
            <div class="card-head"><h2 id="state-title">{tr!("users-state")}</h2></div>
            <div class="stack">
                <ErrorNotice error=switch.error()/>
                <p data-test="user-state">{words}</p>
                {match fixed {
                    Some(reason) => view! { <p class="muted">{reason}</p> }.into_any(),
                    None => view! {
                        <div>
                            <Confirm label=label.clone() question=question consequence=consequence left=true test="user-switch">
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
            <div class="card-head"><h2 id="delete-title">{tr!("word-delete")}</h2></div>
            <div class="stack">
                <ErrorNotice error=delete.error()/>
                {match user.kept_because {
                    Some(reason) => view! {
                        <p data-test="user-kept">{tr!("user-kept", reason = reason)}</p>
                    }
                    .into_any(),
                    None => view! {
                        <p>{tr!("user-delete-free")}</p>
                        <div>
                            <Confirm label=tr!("user-delete") class="button button-danger" left=true
                                question=tr!("user-delete-question", name = user.name)
                                consequence=tr!("user-delete-consequence")
                                test="user-delete">
                                <ServerForm action=delete>
                                    <input type="hidden" name="id" value=user.id.to_string()/>
                                    <SubmitButton label=tr!("user-delete-go") class="button button-danger-solid button-wide"
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
