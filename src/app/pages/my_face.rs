//! A student's own face: what is stored, consent, photos of oneself, and everything to take away.

use super::me::not_linked;
use crate::app::components::done::Done;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::moment::moment_words;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::url_error;
use crate::app::components::status_chip::{Chip, QualityChip};
use crate::app::components::table::Table;
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{EnrolMyFace, GiveMyConsent, WithdrawMyConsent, my_face};
use crate::app::types::{ConsentKind, FaceReceipt, FaceStores, MyConsent, MyFace, MyPhoto, notice_words};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What forms that lead here have done.
fn done_words() -> Vec<(&'static str, String)> {
    vec![
        ("given", tr!("my-face-done-given")),
        ("withdrawn", tr!("my-face-done-withdrawn")),
        ("enrolled", tr!("my-face-done-enrolled")),
    ]
}

/// Fields of the form, their words and what to do.
fn shots() -> [(&'static str, String, String); 3] {
    [
        ("front", tr!("my-photos-front"), tr!("my-photos-front-hint")),
        ("left", tr!("my-photos-left"), tr!("my-photos-left-hint")),
        ("right", tr!("my-photos-right"), tr!("my-photos-right-hint")),
    ]
}

/// `/me/face`
#[component]
pub fn MyFacePage() -> impl IntoView {
    let data = fetch(|| (), |()| my_face());
    loaded(data, |face| view! { <Face face=face/> })
}

#[component]
fn Face(face: MyFace) -> impl IntoView {
    let Some(student) = face.student.clone() else {
        return not_linked(tr!("nav-my-face"), tr!("my-face-not-linked-why"));
    };
    let lead = format!("{} · {}", student.name, student.roll_no);
    let error = url_error::<WithdrawMyConsent>().or_else(url_error::<GiveMyConsent>);
    view! {
        <PageFrame title=tr!("nav-my-face") lead=lead test="my-face">
            <Done sentences=done_words()/>
            <ErrorNotice error=Signal::stored(error)/>
            {face.receipt.clone().map(|receipt| view! { <Receipt receipt=receipt left=face.stored/> })}
            <Stored face=face.clone()/>
            <Consent face=face.clone()/>
            {face.self_enrolment.then(|| view! { <Enrol face=face/> })}
            <section class="card stack" aria-labelledby="data-title">
                <h2 id="data-title">{tr!("my-face-data")}</h2>
                <p>{tr!("my-face-data-what")}</p>
                <p>
                    <a class="button" href="/me/data.zip" rel="external" download="" data-test="my-data">{tr!("my-face-data-download")}</a>
                </p>
            </section>
        </PageFrame>
    }
    .into_any()
}

#[component]
fn Stored(face: MyFace) -> impl IntoView {
    let inside = if face.photos.is_empty() {
        view! {
            <p class="muted" data-test="nothing-stored">
                {tr!("my-face-stored-nothing")}
            </p>
        }
        .into_any()
    } else {
        let FaceStores { photos, templates, searched, .. } = face.stored;
        let words = tr!("my-face-stored", photos = photos, templates = templates, searched = searched);
        let photos = face.photos.into_iter().map(|photo| view! { <Photo photo=photo/> }).collect_view();
        view! {
            <p data-test="stored-words">{words}</p>
            <div class="photo-grid" data-test="my-photos">{photos}</div>
        }
        .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="stored-title">
            <h2 id="stored-title">{tr!("my-face-stored-title")}</h2>
            {inside}
        </section>
    }
}

#[component]
fn Photo(photo: MyPhoto) -> impl IntoView {
    let since = dates::moment(photo.at, "%-d %b %Y");
    let added = if photo.by_student {
        tr!("my-face-photo-by-you", since = since.as_str())
    } else {
        tr!("my-face-photo-by-institution", since = since.as_str())
    };
    let templates = if photo.is_current {
        tr!("my-face-templates-shown", count = photo.templates)
    } else {
        tr!("my-face-templates", count = photo.templates)
    };
    let quality = match photo.quality {
        Some(verdict) => view! { <QualityChip verdict=verdict/> }.into_any(),
        None => view! { <Chip hue="late" icon=IconName::Warning word=tr!("my-face-not-usable")/> }.into_any(),
    };
    view! {
        <figure class="photo-tile" data-test="my-photo">
            <img src=photo.path alt=tr!("my-face-photo", since = since.as_str()) loading="lazy" width="160" height="160"/>
            <figcaption>
                <span>{quality}</span>
                <span class="muted small">{added}</span>
                <span class="muted small">{templates}</span>
            </figcaption>
        </figure>
    }
}

/// Who said what, in a sentence.
fn consent_words(consent: &MyConsent) -> String {
    let by = if consent.by.is_empty() { tr!("my-consent-your-institution") } else { consent.by.clone() };
    match (consent.kind, consent.by_student) {
        (ConsentKind::Given, true) => tr!("my-consent-agreed"),
        (ConsentKind::Given, false) => tr!("my-consent-written", by = by),
        (ConsentKind::Attested, _) => tr!("my-consent-attested", by = by),
        (ConsentKind::Withdrawn, true) => tr!("my-consent-withdrew"),
        (ConsentKind::Withdrawn, false) => tr!("my-consent-removed", by = by),
    }
}

#[component]
fn Consent(face: MyFace) -> impl IntoView {
    let latest = face.consents.first().map(|consent| consent.kind);
    let stands = matches!(latest, Some(ConsentKind::Given | ConsentKind::Attested));
    let (hue, icon, word) = match latest {
        Some(ConsentKind::Given) => ("present", IconName::Check, tr!("my-consent-state-given")),
        Some(ConsentKind::Attested) => ("present", IconName::Check, tr!("my-consent-state-attested")),
        Some(ConsentKind::Withdrawn) => ("absent", IconName::Close, tr!("my-consent-state-withdrawn")),
        None => ("unmarked", IconName::Question, tr!("my-consent-state-none")),
    };
    let rows = face.consents.into_iter().map(|consent| {
        let at = moment_words(consent.at);
        view! {
            <li data-test="consent-entry" data-kind=consent.kind.as_str()>
                <strong>{at}</strong>
                {format!(" · {}", consent_words(&consent))}
                <span class="muted small">{format!(" · {}", tr!("my-consent-of-notice", version = consent.notice_version.as_str()))}</span>
                {(!consent.note.is_empty()).then(|| view! { <q class="small">{consent.note}</q> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    let notice = notice_words().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let has_face = face.stored != FaceStores::default();
    view! {
        <section class="card stack" aria-labelledby="consent-title">
            <h2 id="consent-title">{tr!("my-consent-title")}</h2>
            <p class="row"><Chip hue=hue icon=icon word=word test="consent-state"/></p>
            <ul class="consent-list">{rows}</ul>
            <details class="consent-notice" open=!stands>
                <summary>{tr!("my-consent-notice", version = face.notice_version.as_str())}</summary>
                <div class="stack" data-test="consent-notice">{notice}</div>
            </details>
            {(latest != Some(ConsentKind::Given)).then(|| view! { <Give again={latest == Some(ConsentKind::Withdrawn)}/> })}
            {(stands || has_face || latest.is_none()).then(|| view! { <Withdraw has_face=has_face stands=stands stores=face.stored/> })}
        </section>
    }
}

#[component]
fn Give(again: bool) -> impl IntoView {
    view! {
        <form method="post" action=GiveMyConsent::url()>
            <button type="submit" class="button button-primary" data-test="give-consent">
                {if again { tr!("my-consent-agree-again") } else { tr!("my-consent-agree") }}
            </button>
        </form>
    }
}

#[component]
fn Withdraw(has_face: bool, stands: bool, stores: FaceStores) -> impl IntoView {
    let (label, question, consequence) = if has_face {
        let FaceStores { photos, templates, .. } = stores;
        (
            tr!("my-consent-delete"),
            tr!("my-consent-delete-question"),
            tr!("my-consent-delete-consequence", photos = photos, templates = templates),
        )
    } else if stands {
        (tr!("my-consent-withdraw"), tr!("my-consent-withdraw-question"), tr!("my-consent-withdraw-consequence"))
    } else {
        (tr!("my-consent-refuse"), tr!("my-consent-refuse-question"), tr!("my-consent-refuse-consequence"))
    };
    let (again, name) = (label.clone(), question.clone());
    view! {
        <details class="confirm confirm-left">
            <summary class="button" data-test="withdraw">{label}</summary>
            <div class="confirm-panel" role="group" aria-label=name>
                <p class="confirm-title">{question}</p>
                <p>{consequence}</p>
                <form method="post" action=WithdrawMyConsent::url()>
                    <button type="submit" class="button button-danger-solid button-wide" data-test="withdraw-sure">{again}</button>
                </form>
            </div>
        </details>
    }
}

#[component]
fn Receipt(receipt: FaceReceipt, left: FaceStores) -> impl IntoView {
    let FaceReceipt { at, by_student, removed } = receipt;
    let stores = [
        (tr!("my-receipt-photos"), removed.photos, left.photos),
        (tr!("my-receipt-files"), removed.files, left.files),
        (tr!("my-receipt-templates"), removed.templates, left.templates),
        (tr!("my-receipt-searched"), removed.searched, left.searched),
    ];
    let rows = stores.map(|(store, removed, left)| {
        view! {
            <tr data-test="receipt-row">
                <th scope="row">{store}</th>
                <td data-label=tr!("my-receipt-removed") class="number">{removed}</td>
                <td data-label=tr!("my-receipt-left") class="number" data-test="receipt-left">{left}</td>
            </tr>
        }
    });
    let (day, time) = (dates::moment(at, "%-d %B %Y"), at.format("%H:%M").to_string());
    let caption = if by_student {
        tr!("my-receipt-by-you", day = day, time = time)
    } else {
        tr!("my-receipt-by-institution", day = day, time = time)
    };
    view! {
        <section class="card card-flush" aria-labelledby="receipt-title" data-test="receipt">
            <div class="card-head"><h2 id="receipt-title">{tr!("my-receipt-title")}</h2></div>
            <Table
                caption=caption
                columns=vec![tr!("my-receipt-store"), tr!("my-receipt-removed"), tr!("my-receipt-left")]
                test="receipt-table"
            >
                {rows.collect_view()}
            </Table>
        </section>
    }
}

#[component]
fn Enrol(face: MyFace) -> impl IntoView {
    let error = url_error::<EnrolMyFace>();
    let whole = error.clone().filter(|error| !matches!(error, AppError::Invalid(_)));
    let inside = match face.no_enrolment {
        Some(why) => view! {
            <Notice kind=NoticeKind::Info test="no-enrolment"><p>{why}</p></Notice>
        }
        .into_any(),
        None => {
            let left = face.photos_max.saturating_sub(face.stored.photos);
            let shots = shots()
                .into_iter()
                .map(|(name, label, hint)| {
                    let fault = error.as_ref().and_then(|error| error.of_field(name));
                    view! { <Shot name=name label=label hint=hint fault=fault/> }
                })
                .collect_view();
            let refused = error.is_some().then(|| {
                view! {
                    <Notice kind=NoticeKind::Warning test="enrol-refused">
                        <p>{tr!("my-photos-refused")}</p>
                    </Notice>
                }
            });
            view! {
                {refused}
                <div class="needs-scripts stack">
                    <p>{tr!("my-photos-guided")}</p>
                    <p>
                        <a class="button button-primary camera-start" href="/me/face/camera" data-test="my-camera">
                            <Icon name=IconName::Camera/>
                            {tr!("picker-use-camera")}
                        </a>
                    </p>
                    <h3>{tr!("my-photos-files")}</h3>
                </div>
                <form method="post" action=EnrolMyFace::url() enctype="multipart/form-data" class="form" data-test="enrol-form">
                    <div class="shots">{shots}</div>
                    <p class="field-hint">{tr!("my-photos-room", count = left)}</p>
                    <div class="form-actions">
                        <button type="submit" class="button button-primary" data-test="enrol-send">
                            <Icon name=IconName::Camera/>
                            {tr!("my-photos-store")}
                        </button>
                    </div>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <section class="card stack" aria-labelledby="enrol-title">
            <h2 id="enrol-title">{tr!("my-photos-title")}</h2>
            <ErrorNotice error=Signal::stored(whole)/>
            {inside}
        </section>
    }
}

#[component]
fn Shot(name: &'static str, label: String, hint: String, fault: Option<String>) -> impl IntoView {
    let (id, hint_id, fault_id) = (format!("shot-{name}"), format!("shot-{name}-hint"), format!("shot-{name}-fault"));
    let described = if fault.is_some() { format!("{fault_id} {hint_id}") } else { hint_id.clone() };
    let invalid = fault.is_some().then_some("true");
    let fault = fault.map(|fault| {
        view! {
            <p class="field-error" id=fault_id role="alert" data-test=format!("shot-{name}-fault")>
                <Icon name=IconName::Warning class="icon-small"/>
                <span>{fault}</span>
            </p>
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input
                class="control"
                id=id
                type="file"
                name=name
                accept="image/jpeg,image/png"
                capture="user"
                aria-describedby=described
                aria-invalid=invalid
                data-test=format!("shot-{name}")
            />
            <p class="field-hint" id=hint_id>{hint}</p>
            {fault}
        </div>
    }
}
