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
const DONE: &[(&str, &str)] =
    &[("saved", "The settings are saved and hold from now on. The audit log tells what changed.")];

/// `/admin/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let data = fetch(|| (), |()| get_settings_page());
    view! {
        <PageFrame title="Settings" lead="The rules of the institution. Each change is written to the audit log." test="settings">
            <AdminTabs/>
            <Done sentences=DONE/>
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
        ("calibrated".to_owned(), "Measured: 0.80 is exactly the accept line".to_owned()),
        ("linear".to_owned(), "1 − distance ÷ 2, for clients that expect it".to_owned()),
    ];
    let choices = vec![
        ("false".to_owned(), "Not allowed: administrators add photos".to_owned()),
        ("true".to_owned(), "Allowed, once they have agreed to it".to_owned()),
    ];
    view! {
        <ServerForm action=save>
            <div class="stack">
                <ErrorNotice error=form_error(error, FIELDS)/>
                <section class="card" aria-labelledby="group-institution">
                    <div class="card-head"><h2 id="group-institution">"Institution"</h2></div>
                    <div class="form">
                        <TextField label="Name of the institution" name="form[institution]" value=values.institution required=true maxlength="100"
                            hint="Stands on exports and printed registers." error=field_error(error, "institution") test="setting-institution"/>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-register">
                    <div class="card-head"><h2 id="group-register">"Sessions and registers"</h2></div>
                    <div class="form">
                        <div class="form-pair">
                            <TextField label="Late after, minutes" name="form[late_after_minutes]" kind="number" inputmode="numeric" value=values.late_after_minutes required=true
                                hint="0 to 240. Whom a photo marks later than this after the start is late. Holds for sessions created from now on."
                                error=field_error(error, "late_after_minutes") test="setting-late"/>
                            <TextField label="Time for corrections, hours" name="form[correction_window_hours]" kind="number" inputmode="numeric" value=values.correction_window_hours required=true
                                hint="0 to 8784. So long after a register was saved its teacher may correct it, with a reason. Administrators always may."
                                error=field_error(error, "correction_window_hours") test="setting-correction"/>
                        </div>
                        <div class="form-pair">
                            <TextField label="Longest session, hours" name="form[session_hours_max]" kind="number" inputmode="numeric" value=values.session_hours_max required=true
                                hint="1 to 24. A session with a later end is refused."
                                error=field_error(error, "session_hours_max") test="setting-hours"/>
                            <TextField label="Sessions ahead, days" name="form[session_days_ahead_max]" kind="number" inputmode="numeric" value=values.session_days_ahead_max required=true
                                hint="0 to 366. A session further in the future is refused."
                                error=field_error(error, "session_days_ahead_max") test="setting-days"/>
                        </div>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-percentage">
                    <div class="card-head"><h2 id="group-percentage">"Attendance percentage"</h2></div>
                    <div class="form">
                        <p class="measure">
                            "People see (present + late) ÷ (sessions − excused), with the arithmetic under it. Only registers that a person saved or confirmed count. This is the same everywhere and is not a setting."
                        </p>
                        <TextField label="Low attendance, percent" name="form[low_attendance_percent]" kind="number" inputmode="numeric" value=values.low_attendance_percent required=true
                            hint="0 to 100. Who lies below this counts as low; programs that use the API read the same line."
                            error=field_error(error, "low_attendance_percent") test="setting-low"/>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-recognition">
                    <div class="card-head"><h2 id="group-recognition">"Recognition"</h2></div>
                    <div class="form">
                        <SelectField label="Confidence formula" name="form[confidence_formula]" value=values.confidence_formula options=formulas required=true
                            hint="How the API’s recognition answers turn a distance into a confidence. Marking is not touched by it."
                            error=field_error(error, "confidence_formula") test="setting-formula"/>
                    </div>
                </section>
                <section class="card" aria-labelledby="group-faces">
                    <div class="card-head"><h2 id="group-faces">"Students’ own photos"</h2></div>
                    <div class="form">
                        <SelectField label="Photos by students" name="form[self_enrolment]" value=values.self_enrolment options=choices required=true
                            hint="Whether students may add photos of their own face on their pages."
                            error=field_error(error, "self_enrolment") test="setting-self-enrolment"/>
                    </div>
                </section>
                <div class="form-actions">
                    <SubmitButton label="Save settings" test="settings-save"/>
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
                "No models are loaded, so no line is in force and registers are marked by hand. "
                <a href="/admin/models" rel=relation("/admin/models")>"See why"</a>
            </p>
        }
        .into_any(),
        Some(pack) => {
            let meaning = match &pack.figures {
                Some(figures) => format!(
                    "Measured on {}: of comparisons of different people at most {} lie within the accept line, of comparisons of one person at most {} lie beyond it. On rosters of thirty the machine alone marked {} right and {} wrong, and showed {} to a person; {} of strangers were taken for somebody.",
                    figures.measured_on,
                    share_words(figures.false_match),
                    share_words(figures.false_non_match),
                    share_words(figures.roster_right),
                    share_words(figures.roster_wrong),
                    share_words(figures.roster_review),
                    share_words(figures.stranger_accepted)
                ),
                None => format!("This pack was not measured at these lines ({}).", pack.measured),
            };
            view! {
                <dl class="facts">
                    <dt>"Accept line"</dt>
                    <dd>{format!("{:.2}", pack.accept)} <span class="muted">" – up to this distance the machine may mark by itself"</span></dd>
                    <dt>"Review line"</dt>
                    <dd>{format!("{:.2}", pack.review)} <span class="muted">" – up to this a person is asked; beyond it the face is unknown"</span></dd>
                    <dt>"Pack"</dt>
                    <dd>{pack.title} " (" {pack.name} ")"</dd>
                </dl>
                <p class="measure">{meaning}</p>
                <p class="muted small measure">
                    "The lines belong to the pack and are measured with it, so they are not typed in here. "
                    <a href="/admin/models" rel=relation("/admin/models")>"Choose another pack"</a>
                </p>
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="group-lines" data-test="setting-lines">
            <div class="card-head"><h2 id="group-lines">"Lines of the loaded models"</h2></div>
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
                    <td data-label="Now">{setting.value}</td>
                    <td data-label="Variable"><code class="mono break">{setting.variable}</code></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card card-flush" aria-labelledby="group-fixed">
            <div class="card-head"><h2 id="group-fixed">"Fixed on the server"</h2></div>
            <Table
                caption="Set as variables of the environment, or lines of the file .env, by whoever runs the server; they hold after a restart."
                columns=vec!["Setting", "Now", "Variable"]
                test="fixed-settings"
            >
                {rows}
            </Table>
        </section>
    }
}
