//! One's own account: names, password, and where it is signed in.

use super::setup::password_hint_words;
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
use crate::tr;
use leptos::prelude::*;

/// What forms that lead here have done.
fn done_words() -> Vec<(&'static str, String)> {
    vec![
        ("saved", tr!("profile-done-saved")),
        ("password", tr!("profile-done-password")),
        ("device", tr!("profile-done-device")),
        ("others", tr!("profile-done-others")),
    ]
}

/// `/profile`
#[component]
pub fn ProfilePage() -> impl IntoView {
    let data = fetch(|| (), |()| my_profile());
    loaded(data, |profile: Profile| {
        let (devices, username) = (profile.devices.clone(), profile.username.clone());
        view! {
            <PageFrame title=tr!("user-menu-profile") lead=tr!("profile-lead") test="profile">
                <Done sentences=done_words()/>
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
        Role::Admin => tr!("role-admin"),
        Role::Teacher => tr!("role-teacher"),
        Role::Student => tr!("role-student"),
    };
    let departments = profile.departments.iter().map(|department| department.name.clone()).collect::<Vec<_>>();
    let departments = (!departments.is_empty()).then(|| departments.join(&tr!("word-list-separator")));
    view! {
        <section class="card" aria-labelledby="about-title">
            <div class="card-head"><h2 id="about-title">{tr!("profile-about")}</h2></div>
            <div class="stack">
                <dl class="facts">
                    <dt>{tr!("account-username")}</dt>
                    <dd data-test="profile-username">{profile.username}</dd>
                    <dt>{tr!("account-email")}</dt>
                    <dd data-test="profile-email">{profile.email}</dd>
                    <dt>{tr!("profile-role")}</dt>
                    <dd>{role}</dd>
                    {departments.map(|names| view! { <dt>{tr!("profile-departments")}</dt><dd>{names}</dd> })}
                    <dt>{tr!("profile-since")}</dt>
                    <dd><Moment at=profile.joined/></dd>
                </dl>
                <ServerForm action=change>
                    <div class="form">
                        <ErrorNotice error=form_error(error, &["first_name", "last_name", "phone"])/>
                        <div class="form-pair">
                            <TextField label=tr!("signup-first-name") name="form[first_name]" value=profile.first_name maxlength="150"
                                autocomplete="given-name" error=field_error(error, "first_name") test="first-name"/>
                            <TextField label=tr!("signup-last-name") name="form[last_name]" value=profile.last_name maxlength="150"
                                autocomplete="family-name" error=field_error(error, "last_name") test="last-name"/>
                        </div>
                        <TextField label=tr!("signup-phone") name="form[phone]" value=profile.phone kind="tel" autocomplete="tel"
                            hint=tr!("signup-phone-hint") error=field_error(error, "phone") test="phone"/>
                        <p class="field-hint">{tr!("profile-kept-by-admins")}</p>
                        <div class="form-actions"><SubmitButton label=tr!("word-save") test="profile-save"/></div>
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
            <div class="card-head"><h2 id="password-title">{tr!("account-password")}</h2></div>
            <ServerForm action=change>
                <div class="form">
                    <ErrorNotice error=form_error(error, FIELDS)/>
                    // For the browser's store of passwords: whose this is.
                    <input type="text" name="username" value=username autocomplete="username" hidden=true/>
                    <p>{tr!("profile-password-lead")}</p>
                    <TextField label=tr!("profile-password-current") name="form[current_password]" kind="password" required=true
                        autocomplete="current-password" maxlength="128"
                        error=field_error(error, "current_password") test="current-password"/>
                    <TextField label=tr!("profile-password-new") name="form[new_password]" kind="password" required=true
                        autocomplete="new-password" minlength="8" maxlength="128" hint=password_hint_words()
                        error=field_error(error, "new_password") test="new-password"/>
                    <TextField label=tr!("profile-password-again") name="form[new_password_again]" kind="password" required=true
                        autocomplete="new-password" maxlength="128"
                        error=field_error(error, "new_password_again") test="new-password-again"/>
                    <div class="form-actions"><SubmitButton label=tr!("profile-password-change") test="password-save"/></div>
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
                <h2 id="devices-title">{tr!("profile-devices")}</h2>
                {has_others.then(|| view! {
                    <Confirm label=tr!("profile-sign-out-others") question=tr!("profile-sign-out-others-question")
                        consequence=tr!("profile-sign-out-others-consequence")
                        test="sign-out-others">
                        <ServerForm action=sign_out_others>
                            <SubmitButton label=tr!("profile-sign-out-others-go") class="button button-danger-solid button-wide"
                                test="sign-out-others-sure"/>
                        </ServerForm>
                    </Confirm>
                })}
            </div>
            <div class="stack">
                <ErrorNotice error=sign_out.error()/>
                <ErrorNotice error=sign_out_others.error()/>
                <ul class="lines" data-test="devices">{rows}</ul>
                <p class="muted small">{tr!("profile-devices-note")}</p>
            </div>
        </section>
    }
}

#[component]
fn DeviceLine(device: SignedInDevice, sign_out: FormAction<SignOutDevice>) -> impl IntoView {
    let (icon, kind, word) = match device.kind {
        DeviceKind::Browser => (IconName::Screen, "browser", tr!("profile-device-browser")),
        DeviceKind::Program => (IconName::Key, "program", tr!("profile-device-program")),
    };
    let label = tr!("profile-device-sign-out", name = device.name.as_str());
    let used = format!("{} ", tr!("profile-device-used", kind = word));
    let since = format!(" {} ", tr!("profile-device-since"));
    view! {
        <li class="line" data-test="device" data-kind=kind>
            <Icon name=icon/>
            <div class="line-text">
                <strong data-test="device-name">{device.name}</strong>
                <span class="muted small">
                    {used} <Moment at=device.last_used/>
                    {since} <Moment at=device.since/>
                </span>
            </div>
            {if device.is_this {
                view! { <Chip hue="present" icon=IconName::Check word=tr!("profile-device-this") test="device-this"/> }.into_any()
            } else {
                view! {
                    <ServerForm action=sign_out>
                        <input type="hidden" name="id" value=device.id/>
                        <button type="submit" class="button" aria-label=label data-test="device-sign-out">{tr!("user-menu-sign-out")}</button>
                    </ServerForm>
                }
                .into_any()
            }}
        </li>
    }
}
