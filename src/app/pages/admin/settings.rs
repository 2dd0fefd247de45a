//! Settings: what may be changed here, each with what changes with it, and what the server's environment fixes.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::amounts::share_words;
use crate::app::components::done::Done;
use crate::app::components::field::{SelectField, SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::table::Table;
use crate::app::plain::relation;
use crate::app::resource::fetch;
use crate::app::server_fns::{SaveSettings, get_settings_page};
use crate::app::types::{FixedSetting, PackView, SettingsPageData, SettingsValues};
use crate::tr;
use leptos::prelude::*;

const FIELDS: &[&str] = &[
    "institution",
    "late_after_minutes",
    "correction_window_hours",
    "session_hours_max",
    "session_days_ahead_max",
    "low_attendance_percent",
    "confidence_formula",
    "self_enrolment",
];

/// `/admin/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let data = fetch(|| (), |()| get_settings_page());
    view! {
        <PageFrame title=tr!("nav-settings") lead=tr!("settings-lead") test="settings">
            <AdminTabs/>
            <Done sentences=vec![("saved", tr!("settings-saved"))]/>
            {loaded(data, |page: SettingsPageData| view! {
                <Editable values=page.settings/>
                <Lines pack=page.pack/>
                <Fixed list=page.fixed/>
            })}
        </PageFrame>
    }
}

#[component]
fn Editable(values: SettingsValues) -> impl IntoView {
    let save = FormAction::<SaveSettings>::new();
    let error = save.error();
    let formulas = vec![
        ("calibrated".to_owned(), tr!("settings-formula-calibrated")),
        ("linear".to_owned(), tr!("settings-formula-linear")),
    ];
    let choices =
        vec![("false".to_owned(), tr!("settings-self-not-allowed")), ("true".to_owned(), tr!("settings-self-allowed"))];
    view! {
        <ServerForm action=save>
            <div class="stack">
                <ErrorNotice error=form_error(error, FIELDS)/>
                <section class="card" aria-labelledby="group-institution">
                    <div class="card-head"><h2 id="group-institution">{tr!("settings-institution")}</h2></div>
                    <div class="form">
                        <TextField label=tr!("settings-institution-name") name="form[institution]" value=values.institution
                            required=true maxlength="100" hint=tr!("settings-institution-hint")
                            error=field_error(error, "institution") test="setting-institution"/>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-register">
                    <div class="card-head"><h2 id="group-register">{tr!("settings-registers")}</h2></div>
                    <div class="form">
                        <div class="form-pair">
                            <TextField label=tr!("settings-late") name="form[late_after_minutes]" kind="number"
                                inputmode="numeric" value=values.late_after_minutes required=true
                                hint=tr!("settings-late-hint")
                                error=field_error(error, "late_after_minutes") test="setting-late"/>
                            <TextField label=tr!("settings-corrections") name="form[correction_window_hours]" kind="number"
                                inputmode="numeric" value=values.correction_window_hours required=true
                                hint=tr!("settings-corrections-hint")
                                error=field_error(error, "correction_window_hours") test="setting-correction"/>
                        </div>
                        <div class="form-pair">
                            <TextField label=tr!("settings-longest") name="form[session_hours_max]" kind="number"
                                inputmode="numeric" value=values.session_hours_max required=true
                                hint=tr!("settings-longest-hint")
                                error=field_error(error, "session_hours_max") test="setting-hours"/>
                            <TextField label=tr!("settings-ahead") name="form[session_days_ahead_max]" kind="number"
                                inputmode="numeric" value=values.session_days_ahead_max required=true
                                hint=tr!("settings-ahead-hint")
                                error=field_error(error, "session_days_ahead_max") test="setting-days"/>
                        </div>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-percentage">
                    <div class="card-head"><h2 id="group-percentage">{tr!("settings-percentage")}</h2></div>
                    <div class="form">
                        <p class="measure">{tr!("settings-percentage-rule")}</p>
                        <TextField label=tr!("settings-low") name="form[low_attendance_percent]" kind="number"
                            inputmode="numeric" value=values.low_attendance_percent required=true
                            hint=tr!("settings-low-hint")
                            error=field_error(error, "low_attendance_percent") test="setting-low"/>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-recognition">
                    <div class="card-head"><h2 id="group-recognition">{tr!("settings-recognition")}</h2></div>
                    <div class="form">
                        <SelectField label=tr!("settings-formula") name="form[confidence_formula]"
                            value=values.confidence_formula options=formulas required=true hint=tr!("settings-formula-hint")
                            error=field_error(error, "confidence_formula") test="setting-formula"/>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-faces">
                    <div class="card-head"><h2 id="group-faces">{tr!("settings-own-photos")}</h2></div>
                    <div class="form">
                        <SelectField label=tr!("settings-self") name="form[self_enrolment]" value=values.self_enrolment
                            options=choices required=true hint=tr!("settings-self-hint")
                            error=field_error(error, "self_enrolment") test="setting-self-enrolment"/>
                    </div>
                </section>
                <div class="form-actions">
                    <SubmitButton label=tr!("settings-save") test="settings-save"/>
                </div>
            </div>
        </ServerForm>
    }
}

/// The loaded pack's lines, in words of what was measured.
#[component]
fn Lines(pack: Option<PackView>) -> impl IntoView {
    let inside = match pack {
        None => view! {
            <p>
                {format!("{} ", tr!("settings-lines-none"))}
                <a href="/admin/models" rel=relation("/admin/models")>{tr!("settings-lines-none-why")}</a>
            </p>
        }
        .into_any(),
        Some(pack) => {
            let meaning = match &pack.figures {
                Some(figures) => tr!(
                    "settings-lines-measured",
                    people = figures.measured_on.as_str(),
                    false_match = share_words(figures.false_match),
                    missed = share_words(figures.false_non_match),
                    right = share_words(figures.roster_right),
                    wrong = share_words(figures.roster_wrong),
                    shown = share_words(figures.roster_review),
                    strangers = share_words(figures.stranger_accepted),
                ),
                None => tr!("settings-lines-not-measured", why = pack.measured.as_str()),
            };
            view! {
                <dl class="facts">
                    <dt>{tr!("models-accept")}</dt>
                    <dd>
                        {format!("{:.2}", pack.accept)}
                        <span class="muted">{format!(" {}", tr!("settings-accept-means"))}</span>
                    </dd>
                    <dt>{tr!("models-review")}</dt>
                    <dd>
                        {format!("{:.2}", pack.review)}
                        <span class="muted">{format!(" {}", tr!("settings-review-means"))}</span>
                    </dd>
                    <dt>{tr!("settings-pack")}</dt>
                    <dd>{pack.title} " (" {pack.name} ")"</dd>
                </dl>
                <p class="measure">{meaning}</p>
                <p class="muted small measure">
                    {format!("{} ", tr!("settings-lines-belong"))}
                    <a href="/admin/models" rel=relation("/admin/models")>{tr!("settings-other-pack")}</a>
                </p>
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="group-lines" data-test="setting-lines">
            <div class="card-head"><h2 id="group-lines">{tr!("settings-lines")}</h2></div>
            <div class="stack">{inside}</div>
        </section>
    }
}

#[component]
fn Fixed(list: Vec<FixedSetting>) -> impl IntoView {
    let rows = list
        .into_iter()
        .map(|setting| {
            view! {
                <tr data-test="fixed-setting">
                    <th scope="row">
                        <span class="cell-person-text">
                            <span>{setting.title}</span>
                            <span class="muted small">{setting.effect}</span>
                        </span>
                    </th>
                    <td data-label=tr!("settings-now")>{setting.value}</td>
                    <td data-label=tr!("settings-variable")><code class="mono break">{setting.variable}</code></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card card-flush" aria-labelledby="group-fixed">
            <div class="card-head"><h2 id="group-fixed">{tr!("settings-fixed")}</h2></div>
            <Table
                caption=tr!("settings-fixed-caption")
                columns=vec![tr!("settings-setting"), tr!("settings-now"), tr!("settings-variable")]
                test="fixed-settings"
            >
                {rows}
            </Table>
        </section>
    }
}
