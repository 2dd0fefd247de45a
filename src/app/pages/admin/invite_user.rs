//! An invitation: an account whose owner chooses the password by a link.

use super::user::DepartmentBoxes;
use super::users::role_word;
use crate::app::components::field::{SelectField, SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::resource::fetch;
use crate::app::server_fns::{InviteUser, all_departments, front_desk};
use crate::app::types::{DepartmentRef, FrontDesk, INVITATION_DAYS, Role};
use leptos::prelude::*;

/// `/admin/users/invite`
#[component]
pub fn InviteUserPage() -> impl IntoView {
    let data = fetch(|| (), |()| async { Ok((all_departments().await?, front_desk().await?)) });
    loaded(data, |(departments, desk): (Vec<DepartmentRef>, FrontDesk)| {
        view! { <Invitation departments=departments sends_mail=desk.sends_mail/> }
    })
}

#[component]
fn Invitation(departments: Vec<DepartmentRef>, sends_mail: bool) -> impl IntoView {
    const FIELDS: &[&str] = &["username", "email", "first_name", "last_name", "phone", "role", "departments"];
    let invite = FormAction::<InviteUser>::new();
    let error = invite.error();
    let roles =
        [Role::Teacher, Role::Student, Role::Admin].map(|role| (role.as_str().to_owned(), role_word(role).to_owned()));
    let lead = format!(
        "The account is made at once. Its owner gets a link to choose a password, which counts for {INVITATION_DAYS} \
         days and works once; you can send a new one later."
    );
    let way = if sends_mail {
        "The link goes to this address by mail."
    } else {
        "No mail server is set: the message waits in the outbox, from where you pass its link on."
    };
    let above = vec![("/admin/users".to_owned(), "Users".to_owned())];
    view! {
        <PageFrame title="Invite somebody" lead=lead above=above narrow=true test="invite">
            <section class="card">
                <ServerForm action=invite>
                    <div class="form">
                        <ErrorNotice error=form_error(error, FIELDS)/>
                        <SelectField label="Role" name="form[role]" required=true value="teacher" options=roles.to_vec()
                            hint="A student’s account is linked to the student with the same email address."
                            error=field_error(error, "role") test="invite-role"/>
                        <TextField label="Username" name="form[username]" required=true autocomplete="off" spellcheck="false"
                            autocapitalize="none" pattern="[A-Za-z0-9_]{3,150}"
                            pattern_words="3 to 150 letters, digits and underscores" hint="Letters, digits and underscores."
                            error=field_error(error, "username") test="invite-username"/>
                        <TextField label="Email" name="form[email]" kind="email" required=true maxlength="254"
                            autocomplete="off" hint=way error=field_error(error, "email") test="invite-email"/>
                        <div class="form-pair">
                            <TextField label="First name" name="form[first_name]" maxlength="150" autocomplete="off"
                                error=field_error(error, "first_name") test="invite-first-name"/>
                            <TextField label="Last name" name="form[last_name]" maxlength="150" autocomplete="off"
                                error=field_error(error, "last_name") test="invite-last-name"/>
                        </div>
                        <TextField label="Phone" name="form[phone]" kind="tel" autocomplete="off" hint="10 to 15 digits."
                            error=field_error(error, "phone") test="invite-phone"/>
                        <DepartmentBoxes departments=departments chosen=Vec::new() error=field_error(error, "departments")/>
                        <div class="form-actions">
                            <SubmitButton label="Invite" test="invite-submit"/>
                            <a class="button" href="/admin/users">"Cancel"</a>
                        </div>
                    </div>
                </ServerForm>
            </section>
        </PageFrame>
    }
}
