//! A student's own face: what is stored, consent, photos of oneself, and everything to take away.

use super::me::not_linked;
use crate::app::components::done::Done;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::url_error;
use crate::app::components::status_chip::{Chip, QualityChip};
use crate::app::components::table::Table;
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{EnrolMyFace, GiveMyConsent, WithdrawMyConsent, my_face};
use crate::app::types::{ConsentKind, FaceReceipt, FaceStores, MyConsent, MyFace, MyPhoto, NOTICE};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

const DONE: &[(&str, &str)] = &[
    ("given", "Thank you. Photos of you may be stored from now on."),
    ("withdrawn", "Your face is gone. The receipt stands below."),
    ("enrolled", "Your photos are stored. You can be recognised from now on."),
];
/// Fields of the form, their words and what to do.
const SHOTS: [(&str, &str, &str); 3] = [
    ("front", "From the front", "Look straight into the camera, face to the light, nothing in front of it."),
    ("left", "Slightly left", "Turn your head a little to the left; both eyes stay in the picture."),
    ("right", "Slightly right", "Turn your head a little to the right; both eyes stay in the picture."),
];

/// `/me/face`
#[component]
pub fn MyFacePage() -> impl IntoView {
    let data = fetch(|| (), |()| my_face());
    loaded(data, |face| view! { <Face face=face/> })
}

#[component]
fn Face(face: MyFace) -> impl IntoView {
    let Some(student) = face.student.clone() else {
        return not_linked("My face", "What is stored of you");
    };
    let lead = format!("{} · {}", student.name, student.roll_no);
    let error = url_error::<WithdrawMyConsent>().or_else(url_error::<GiveMyConsent>);
    view! {
        <PageFrame title="My face" lead=lead test="my-face">
            <Done sentences=DONE/>
            <ErrorNotice error=Signal::stored(error)/>
            {face.receipt.clone().map(|receipt| view! { <Receipt receipt=receipt left=face.stored/> })}
            <Stored face=face.clone()/>
            <Consent face=face.clone()/>
            {face.self_enrolment.then(|| view! { <Enrol face=face/> })}
            <section class="card stack" aria-labelledby="data-title">
                <h2 id="data-title">"My data"</h2>
                <p>
                    "Everything that is stored about you in one file: your entry, your attendance, your consents, who changed what, and your photos."
                </p>
                <p>
                    <a class="button" href="/me/data.zip" rel="external" download="" data-test="my-data">"Download my data (ZIP)"</a>
                </p>
            </section>
        </PageFrame>
    }
    .into_any()
}

fn many(count: u64, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}

#[component]
fn Stored(face: MyFace) -> impl IntoView {
    let inside = if face.photos.is_empty() {
        view! {
            <p class="muted" data-test="nothing-stored">
                "No photo and no face data of you is stored. Your attendance is taken by hand."
            </p>
        }
        .into_any()
    } else {
        let words = format!(
            "{} and {} made from them. Only templates of the model in use are searched: {} now.",
            many(face.stored.photos, "photo", "photos"),
            many(face.stored.templates, "template", "templates"),
            face.stored.searched,
        );
        let photos = face.photos.into_iter().map(|photo| view! { <Photo photo=photo/> }).collect_view();
        view! {
            <p data-test="stored-words">{words}</p>
            <div class="photo-grid" data-test="my-photos">{photos}</div>
        }
        .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="stored-title">
            <h2 id="stored-title">"What is stored"</h2>
            {inside}
        </section>
    }
}

#[component]
fn Photo(photo: MyPhoto) -> impl IntoView {
    let since = photo.at.format("%-d %b %Y").to_string();
    let by = if photo.by_student { "by you" } else { "by your institution" };
    let quality = match photo.quality {
        Some(verdict) => view! { <QualityChip verdict=verdict/> }.into_any(),
        None => view! { <Chip hue="late" icon=IconName::Warning word="Not usable yet"/> }.into_any(),
    };
    view! {
        <figure class="photo-tile" data-test="my-photo">
            <img src=photo.path alt=format!("Photo of you, stored since {since}") loading="lazy" width="160" height="160"/>
            <figcaption>
                <span>{quality}</span>
                <span class="muted small">{format!("Since {since}, {by}")}</span>
                <span class="muted small">
                    {many(photo.templates, "template", "templates")}
                    {photo.is_current.then_some(" · shown to staff")}
                </span>
            </figcaption>
        </figure>
    }
}

/// Who said what, in a sentence.
fn consent_words(consent: &MyConsent) -> String {
    let by = if consent.by.is_empty() { "your institution".to_owned() } else { consent.by.clone() };
    match (consent.kind, consent.by_student) {
        (ConsentKind::Given, true) => "You agreed".to_owned(),
        (ConsentKind::Given, false) => format!("{by} wrote down that you agreed"),
        (ConsentKind::Attested, _) => format!("{by} confirmed your consent when adding a photo"),
        (ConsentKind::Withdrawn, true) => "You withdrew".to_owned(),
        (ConsentKind::Withdrawn, false) => format!("{by} removed your face and wrote down that consent is withdrawn"),
    }
}

#[component]
fn Consent(face: MyFace) -> impl IntoView {
    let latest = face.consents.first().map(|consent| consent.kind);
    let stands = matches!(latest, Some(ConsentKind::Given | ConsentKind::Attested));
    let (hue, icon, word) = match latest {
        Some(ConsentKind::Given) => ("present", IconName::Check, "Given"),
        Some(ConsentKind::Attested) => ("present", IconName::Check, "Confirmed by your institution"),
        Some(ConsentKind::Withdrawn) => ("absent", IconName::Close, "Withdrawn"),
        None => ("unmarked", IconName::Question, "Not given yet"),
    };
    let rows = face.consents.into_iter().map(|consent| {
        let at = consent.at.format("%-d %b %Y, %H:%M").to_string();
        view! {
            <li data-test="consent-entry" data-kind=consent.kind.as_str()>
                <strong>{at}</strong>
                {format!(" · {}", consent_words(&consent))}
                <span class="muted small">{format!(" · notice {}", consent.notice_version)}</span>
                {(!consent.note.is_empty()).then(|| view! { <q class="small">{consent.note}</q> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    let notice = NOTICE.iter().map(|line| view! { <p>{*line}</p> }).collect_view();
    let has_face = face.stored != FaceStores::default();
    view! {
        <section class="card stack" aria-labelledby="consent-title">
            <h2 id="consent-title">"Consent"</h2>
            <p class="row"><Chip hue=hue icon=icon word=word test="consent-state"/></p>
            <ul class="consent-list">{rows}</ul>
            <details class="consent-notice" open=!stands>
                <summary>{format!("The notice, version {}", face.notice_version)}</summary>
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
                {if again { "Agree again" } else { "I have read this and agree" }}
            </button>
        </form>
    }
}

#[component]
fn Withdraw(has_face: bool, stands: bool, stores: FaceStores) -> impl IntoView {
    let (label, question, consequence) = if has_face {
        let photos = many(stores.photos, "photo", "photos");
        let templates = many(stores.templates, "template", "templates");
        (
            "Withdraw and delete my face",
            "Delete your face now?",
            format!(
                "{photos} and {templates} are deleted at once and cannot be brought back. Your account and your attendance stay; from now on it is taken by hand.",
            ),
        )
    } else if stands {
        (
            "Withdraw",
            "Withdraw your consent?",
            "Nobody can then add a photo of you. Nothing is stored now, and your attendance is taken by hand."
                .to_owned(),
        )
    } else {
        (
            "Refuse",
            "Refuse that your face is stored?",
            "Nobody can then add a photo of you. Your attendance is taken by hand.".to_owned(),
        )
    };
    view! {
        <details class="confirm confirm-left">
            <summary class="button" data-test="withdraw">{label}</summary>
            <div class="confirm-panel" role="group" aria-label=question>
                <p class="confirm-title">{question}</p>
                <p>{consequence}</p>
                <form method="post" action=WithdrawMyConsent::url()>
                    <button type="submit" class="button button-danger-solid button-wide" data-test="withdraw-sure">{label}</button>
                </form>
            </div>
        </details>
    }
}

#[component]
fn Receipt(receipt: FaceReceipt, left: FaceStores) -> impl IntoView {
    let FaceReceipt { at, by_student, removed } = receipt;
    let stores = [
        ("Photos in the database", removed.photos, left.photos),
        ("Photo files on the disk", removed.files, left.files),
        ("Templates in the database", removed.templates, left.templates),
        ("Templates in the running search", removed.searched, left.searched),
    ];
    let rows = stores.map(|(store, removed, left)| {
        view! {
            <tr data-test="receipt-row">
                <th scope="row">{store}</th>
                <td data-label="Removed" class="number">{removed}</td>
                <td data-label="Left now" class="number" data-test="receipt-left">{left}</td>
            </tr>
        }
    });
    let who = if by_student { "You withdrew" } else { "Your institution removed your face" };
    view! {
        <section class="card card-flush" aria-labelledby="receipt-title" data-test="receipt">
            <div class="card-head"><h2 id="receipt-title">"Receipt"</h2></div>
            <Table
                caption=format!("{who} on {}. Your account and your attendance stay.", at.format("%-d %B %Y at %H:%M"))
                columns=vec!["Store", "Removed", "Left now"]
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
            let shots = SHOTS
                .into_iter()
                .map(|(name, label, hint)| {
                    let fault = error.as_ref().and_then(|error| error.of_field(name));
                    view! { <Shot name=name label=label hint=hint fault=fault/> }
                })
                .collect_view();
            let refused = error.is_some().then(|| {
                view! {
                    <Notice kind=NoticeKind::Warning test="enrol-refused">
                        <p>"Nothing was stored. Take the marked photos again and choose the others once more: browsers do not keep files."</p>
                    </Notice>
                }
            });
            view! {
                {refused}
                <form method="post" action=EnrolMyFace::url() enctype="multipart/form-data" class="form" data-test="enrol-form">
                    <div class="shots">{shots}</div>
                    <p class="field-hint">{format!("One photo is enough, three are better. {left} more can be stored.")}</p>
                    <div class="form-actions">
                        <button type="submit" class="button button-primary" data-test="enrol-send">
                            <Icon name=IconName::Camera/>
                            "Store these photos"
                        </button>
                    </div>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <section class="card stack" aria-labelledby="enrol-title">
            <h2 id="enrol-title">"Add photos of yourself"</h2>
            <ErrorNotice error=Signal::stored(whole)/>
            {inside}
        </section>
    }
}

#[component]
fn Shot(name: &'static str, label: &'static str, hint: &'static str, fault: Option<String>) -> impl IntoView {
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
