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
use crate::tr;
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
    let roles = [Role::Teacher, Role::Student, Role::Admin].map(|role| (role.as_str().to_owned(), role_word(role)));
    let lead = tr!("invite-lead", days = INVITATION_DAYS);
    let way = if sends_mail { tr!("invite-by-mail") } else { tr!("invite-by-hand") };
    let above = vec![("/admin/users".to_owned(), tr!("nav-users"))];
    view! {
        <PageFrame title=tr!("users-invite") lead=lead above=above narrow=true test="invite">
            <section class="card">
                <ServerForm action=invite>
                    <div class="form">
                        <ErrorNotice error=form_error(error, FIELDS)/>
                        <SelectField label=tr!("users-role") name="form[role]" required=true value="teacher" options=roles.to_vec()
                            hint=tr!("invite-role-hint")
                            error=field_error(error, "role") test="invite-role"/>
                        <TextField label=tr!("users-username") name="form[username]" required=true autocomplete="off" spellcheck="false"
                            autocapitalize="none" pattern="[A-Za-z0-9_]{3,150}"
                            pattern_words=tr!("users-username-pattern") hint=tr!("users-username-hint")
                            error=field_error(error, "username") test="invite-username"/>
                        <TextField label=tr!("users-email") name="form[email]" kind="email" required=true maxlength="254"
                            autocomplete="off" hint=way error=field_error(error, "email") test="invite-email"/>
                        <div class="form-pair">
                            <TextField label=tr!("users-first-name") name="form[first_name]" maxlength="150" autocomplete="off"
                                error=field_error(error, "first_name") test="invite-first-name"/>
                            <TextField label=tr!("users-last-name") name="form[last_name]" maxlength="150" autocomplete="off"
                                error=field_error(error, "last_name") test="invite-last-name"/>
                        </div>
                        <TextField label=tr!("user-phone") name="form[phone]" kind="tel" autocomplete="off" hint=tr!("user-phone-hint")
                            error=field_error(error, "phone") test="invite-phone"/>
                        <DepartmentBoxes departments=departments chosen=Vec::new() error=field_error(error, "departments")/>
                        <div class="form-actions">
                            <SubmitButton label=tr!("invite-go") test="invite-submit"/>
                            <a class="button" href="/admin/users">{tr!("word-cancel")}</a>
                        </div>
                    </div>
                </ServerForm>
            </section>
        </PageFrame>
    }
}
