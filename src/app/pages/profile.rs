//! One's own account: names, password, and where it is signed in.

use super::setup::PASSWORD_HINT;
use crate::app::components::dialog::Confirm;
use crate::app::components::done::Done;
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::moment::Moment;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::Chip;
use crate::app::resource::fetch;
use crate::app::server_fns::{ChangePassword, ChangeProfile, SignOutDevice, SignOutOthers, my_profile};
use crate::app::types::{DeviceKind, Profile, Role, SignedInDevice};
use leptos::prelude::*;

const DONE: &[(&str, &str)] = &[
    ("saved", "Your details are saved."),
    ("password", "Your password is changed. All other devices are signed out."),
    ("device", "That device is signed out."),
    ("others", "All other devices are signed out."),
];

/// `/profile`
#[component]
pub fn ProfilePage() -> impl IntoView {
    let data = fetch(|| (), |()| my_profile());
    loaded(data, |profile: Profile| {
        let (devices, username) = (profile.devices.clone(), profile.username.clone());
        view! {
            <PageFrame title="Profile and devices" lead="Your own account." test="profile">
                <Done sentences=DONE/>
                <div class="split split-even">
                    <AboutYou profile=profile/>
                    <PasswordCard username=username/>
                </div>
                <Devices devices=devices/>
            </PageFrame>
        }
    })
}

#[component]
fn AboutYou(profile: Profile) -> impl IntoView {
    let change = FormAction::<ChangeProfile>::new();
    let error = change.error();
    let role = match profile.role {
        Role::Admin => "Administrator",
        Role::Teacher => "Teacher",
        Role::Student => "Student",
    };
    let departments = profile.departments.iter().map(|department| department.name.clone()).collect::<Vec<_>>();
    let departments = (!departments.is_empty()).then(|| departments.join(", "));
    view! {
        <section class="card" aria-labelledby="about-title">
            <div class="card-head"><h2 id="about-title">"About you"</h2></div>
            <div class="stack">
                <dl class="facts">
                    <dt>"Username"</dt>
                    <dd data-test="profile-username">{profile.username}</dd>
                    <dt>"Email"</dt>
                    <dd data-test="profile-email">{profile.email}</dd>
                    <dt>"Role"</dt>
                    <dd>{role}</dd>
                    {departments.map(|names| view! { <dt>"Departments"</dt><dd>{names}</dd> })}
                    <dt>"Since"</dt>
                    <dd><Moment at=profile.joined/></dd>
                </dl>
                <ServerForm action=change>
                    <div class="form">
                        <ErrorNotice error=form_error(error, &["first_name", "last_name", "phone"])/>
                        <div class="form-pair">
                            <TextField label="First name" name="form[first_name]" value=profile.first_name maxlength="150"
                                autocomplete="given-name" error=field_error(error, "first_name") test="first-name"/>
                            <TextField label="Last name" name="form[last_name]" value=profile.last_name maxlength="150"
                                autocomplete="family-name" error=field_error(error, "last_name") test="last-name"/>
                        </div>
                        <TextField label="Phone" name="form[phone]" value=profile.phone kind="tel" autocomplete="tel"
                            hint="10 to 15 digits." error=field_error(error, "phone") test="phone"/>
                        <p class="field-hint">"Username, email and role are changed by an administrator."</p>
                        <div class="form-actions"><SubmitButton label="Save" test="profile-save"/></div>
                    </div>
                </ServerForm>
            </div>
        </section>
    }
}

#[component]
fn PasswordCard(username: String) -> impl IntoView {
    const FIELDS: &[&str] = &["current_password", "new_password", "new_password_again"];
    let change = FormAction::<ChangePassword>::new();
    let error = change.error();
    view! {
        <section class="card" aria-labelledby="password-title">
            <div class="card-head"><h2 id="password-title">"Password"</h2></div>
            <ServerForm action=change>
                <div class="form">
                    <ErrorNotice error=form_error(error, FIELDS)/>
                    // For the browser's store of passwords: whose this is.
                    <input type="text" name="username" value=username autocomplete="username" hidden=true/>
                    <p>"A new password signs all your other devices out."</p>
                    <TextField label="Current password" name="form[current_password]" kind="password" required=true
                        autocomplete="current-password" maxlength="128"
                        error=field_error(error, "current_password") test="current-password"/>
                    <TextField label="New password" name="form[new_password]" kind="password" required=true
                        autocomplete="new-password" minlength="8" maxlength="128" hint=PASSWORD_HINT
                        error=field_error(error, "new_password") test="new-password"/>
                    <TextField label="New password again" name="form[new_password_again]" kind="password" required=true
                        autocomplete="new-password" maxlength="128"
                        error=field_error(error, "new_password_again") test="new-password-again"/>
                    <div class="form-actions"><SubmitButton label="Change the password" test="password-save"/></div>
                </div>
            </ServerForm>
        </section>
    }
}

#[component]
fn Devices(devices: Vec<SignedInDevice>) -> impl IntoView {
    let sign_out = FormAction::<SignOutDevice>::new();
    let sign_out_others = FormAction::<SignOutOthers>::new();
    let has_others = devices.iter().any(|device| !device.is_this);
    let rows = devices.into_iter().map(|device| view! { <DeviceLine device=device sign_out=sign_out/> }).collect_view();
    view! {
        <section class="card" aria-labelledby="devices-title">
            <div class="card-head">
                <h2 id="devices-title">"Signed in on these devices"</h2>
                {has_others.then(|| view! {
                    <Confirm label="Sign out everywhere else" question="Sign out everywhere else?"
                        consequence="All other browsers, and the programs that use your account, have to sign in again."
                        test="sign-out-others">
                        <ServerForm action=sign_out_others>
                            <SubmitButton label="Sign them out" class="button button-danger-solid button-wide"
                                test="sign-out-others-sure"/>
                        </ServerForm>
                    </Confirm>
                })}
            </div>
            <div class="stack">
                <ErrorNotice error=sign_out.error()/>
                <ErrorNotice error=sign_out_others.error()/>
                <ul class="lines" data-test="devices">{rows}</ul>
                <p class="muted small">
                    "Something here that is not yours? Sign it out and change your password. \
                     A browser that is not used for an hour is signed out by itself."
                </p>
            </div>
        </section>
    }
}

#[component]
fn DeviceLine(device: SignedInDevice, sign_out: FormAction<SignOutDevice>) -> impl IntoView {
    let (icon, kind, word) = match device.kind {
        DeviceKind::Browser => (IconName::Screen, "browser", "Browser"),
        DeviceKind::Program => (IconName::Key, "program", "Program with an API token"),
    };
    let label = format!("Sign out {}", device.name);
    view! {
        <li class="line" data-test="device" data-kind=kind>
            <Icon name=icon/>
            <div class="line-text">
                <strong data-test="device-name">{device.name}</strong>
                <span class="muted small">
                    {format!("{word} · last used ")} <Moment at=device.last_used/>
                    " · signed in " <Moment at=device.since/>
                </span>
            </div>
            {if device.is_this {
                view! { <Chip hue="present" icon=IconName::Check word="This device" test="device-this"/> }.into_any()
            } else {
                view! {
                    <ServerForm action=sign_out>
                        <input type="hidden" name="id" value=device.id/>
                        <button type="submit" class="button" aria-label=label data-test="device-sign-out">"Sign out"</button>
                    </ServerForm>
                }
                .into_any()
            }}
        </li>
    }
}
