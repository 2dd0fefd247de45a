//! One session: camera, review and register of the same roster, kept current.

use crate::app::components::{
    capture::Capture,
    export_links::ExportLinks,
    live::{Answer, Register, SessionCalls, calls::SessionUrls, follow},
    loaded::loaded,
    notice::ErrorNotice,
    page::PageFrame,
    register_grid::RegisterGrid,
    review_sheet::{ReviewSheet, SeenFaces, pile_up},
    session_head::{CancelSession, SessionBar, SessionHead, lead_words},
};
use crate::app::error::{AppError, AppResult};
use crate::app::resource::fetch;
use crate::app::server_fns::{
    CancelSession as CancelSessionFn, CompleteSession, MarkPhoto, MarkRest, SetRecord, cancel_session,
    complete_session, get_session, mark_photo, mark_rest, set_record,
};
use crate::app::types::{MarkOutcome, SessionDetail, SessionId, StudentId};
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::{ServerFn, error::ServerFnUrlError};
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/sessions/{id}`
#[component]
pub fn SessionPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<SessionId>().ok()));
    let detail = fetch(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => get_session(id).await,
                None => Err(AppError::NoSuchPage),
            }
        },
    );
    loaded(detail, |detail| view! { <Room detail=detail/> })
}

/// A link to a plain page about this session.
fn plain_part(id: SessionId, part: &'static str) -> impl IntoView {
    let words = if part == "print" { tr!("session-print") } else { tr!("session-history") };
    view! {
        <a class="button button-quiet" href=format!("/sessions/{id}/{part}") rel="external" data-test=format!("session-{part}")>{words}</a>
    }
}

/// Parts of the page with their words, in the order of the tabs.
fn parts() -> [(&'static str, String); 3] {
    [("camera", tr!("capture-title")), ("review", tr!("review-title")), ("register", tr!("grid-title"))]
}

#[component]
fn Room(detail: SessionDetail) -> impl IntoView {
    let id = detail.session.id;
    let (title, lead) = (detail.session.subject.clone(), lead_words(&detail.session));
    let register = Register::new(detail, calls_of(id));
    register.opened.set(row_asked_for());
    let connection = follow(register);
    let faces = SeenFaces::new();
    let piles = pile_up(register, faces);
    let questions = Memo::new(move |_| piles.read().check.len());
    let above = vec![("/sessions".to_owned(), tr!("sessions-title"))];
    let contests = format!("/contests?state=all&session={id}");
    let actions = move || {
        view! {
            {["history", "print"].map(|part| plain_part(id, part))}
            <a class="button button-quiet" href=contests rel="external" data-test="session-contests">{tr!("session-contests")}</a>
        }
    };
    view! {
        <PageFrame title=title lead=lead above=above actions=actions test="session">
            <ErrorNotice error=Signal::stored(plain_form_error())/>
            <SessionHead register=register connection=connection/>
            <div class="session-parts">
                <Tabs questions=questions first=if register.opened.get_untracked().is_some() { "register" } else { "camera" }/>
                <div class="session-part session-part-camera"><Capture register=register faces=faces/></div>
                <div class="session-part session-part-review">
                    <ReviewSheet register=register faces=faces piles=piles/>
                </div>
                <div class="session-side">
                    <div class="session-part session-part-register"><RegisterGrid register=register/></div>
                    <SessionBar register=register/>
                </div>
            </div>
            <CancelSession register=register/>
            <ExportLinks label=tr!("session-file") path=format!("/exports/sessions/{id}") test="export-register"/>
        </PageFrame>
    }
}

/// The choice of a part on narrow screens. Plain radio buttons and the style
/// sheet do it, so that it works before and without a script.
#[component]
fn Tabs(#[prop(into)] questions: Signal<usize>, first: &'static str) -> impl IntoView {
    let tabs = parts()
        .map(|(name, words)| {
            let count = move || {
                let open = questions.get();
                (name == "review" && open > 0).then(|| view! { <span class="tab-count">{open}</span> })
            };
            view! {
                <label class="tab" data-test=format!("tab-{name}")>
                    <input type="radio" name="part" id=format!("part-{name}") value=name checked={name == first}/>
                    <span>{words} {count}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="tabs">
            <legend class="visually-hidden">{tr!("session-parts")}</legend>
            {tabs}
        </fieldset>
    }
}

/// The student whose note or correction the page's address has open.
fn row_asked_for() -> Option<StudentId> {
    use_query_map().get_untracked().get("row")?.parse().ok()
}

/// What a form without a script was refused for, out of the page's address; the
/// same on the server and in the browser.
fn plain_form_error() -> Option<AppError> {
    let query = use_query_map().get_untracked();
    let path = query.get("__path")?;
    let own = [MarkPhoto::PATH, SetRecord::PATH, MarkRest::PATH, CompleteSession::PATH, CancelSessionFn::PATH];
    if !own.contains(&path.as_str()) {
        return None;
    }
    query.get("__err").map(|error| ServerFnUrlError::<AppError>::decode_err(&error))
}

/// The server functions of one session, for its parts.
fn calls_of(id: SessionId) -> SessionCalls {
    SessionCalls {
        mark_photo: Callback::new(move |photo| -> Answer<MarkOutcome> { Box::pin(send_photo(id, photo)) }),
        set_record: Callback::new(|form| -> Answer<_> { Box::pin(set_record(form)) }),
        mark_rest: Callback::new(move |status| -> Answer<_> { Box::pin(mark_rest(id, status)) }),
        get_session: Callback::new(move |()| -> Answer<_> { Box::pin(get_session(id)) }),
        complete: Callback::new(move |()| -> Answer<_> { Box::pin(complete_session(id)) }),
        cancel: Callback::new(move |()| -> Answer<_> { Box::pin(cancel_session(id)) }),
        urls: SessionUrls {
            mark_photo: MarkPhoto::url(),
            set_record: SetRecord::url(),
            mark_rest: MarkRest::url(),
            complete: CompleteSession::url(),
            cancel: CancelSessionFn::url(),
        },
    }
}

async fn send_photo(id: SessionId, photo: web_sys::Blob) -> AppResult<MarkOutcome> {
    let form = || {
        let form = web_sys::FormData::new()?;
        form.append_with_str("session", &id.to_string())?;
        form.append_with_blob_and_filename("image", &photo, &file_name(&photo.type_()))?;
        Ok::<_, wasm_bindgen::JsValue>(form)
    };
    match form() {
        Ok(form) => mark_photo(form.into()).await,
        Err(_) => Err(AppError::Malformed(tr!("session-photo-not-sent"))),
    }
}

/// A name whose ending fits the content; the photo's own name stays on the device.
fn file_name(kind: &str) -> String {
    let ending = if kind == "image/png" { "png" } else { "jpg" };
    format!("photo.{ending}")
}
