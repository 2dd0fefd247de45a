//! Photos of oneself with the camera, one after another; they stay in the page until they are stored together.

use crate::app::components::guided_camera::{Guide, GuidedCamera, Step};
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::error::{AppError, AppResult};
use crate::app::pages::check::check_own_now;
use crate::app::plain::relation;
use crate::app::resource::fetch;
use crate::app::server_fns::{enrol_my_face, my_enrolment};
use crate::app::types::MyEnrolment;
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::codec::MultipartData;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::FormData;

/// The page with the form for files and everything that is stored.
const MY_FACE: &str = "/me/face";

/// `/me/face/camera`
#[component]
pub fn MyCameraPage() -> impl IntoView {
    let data = fetch(|| (), |()| my_enrolment());
    view! {
        <PageFrame
            title=tr!("my-camera-title")
            lead=tr!("my-camera-lead")
            above=vec![(MY_FACE.to_owned(), tr!("nav-my-face"))]
            test="my-camera"
        >
            {loaded_part(data, |enrolment| view! { <Enrolment enrolment=enrolment/> })}
        </PageFrame>
    }
}

#[component]
fn Enrolment(enrolment: MyEnrolment) -> impl IntoView {
    let MyEnrolment { obstacle, room } = enrolment;
    match obstacle {
        Some(why) => view! {
            <section class="card stack">
                <Notice kind=NoticeKind::Info test="no-enrolment"><p>{why}</p></Notice>
                <p><a class="button" href=MY_FACE rel=relation(MY_FACE) data-test="my-camera-back">{tr!("my-camera-back")}</a></p>
            </section>
        }
        .into_any(),
        None => view! {
            <section class="card stack">
                <p class="without-scripts">{tr!("my-camera-no-scripts")}</p>
                <Taking room=room/>
                <p><a href=MY_FACE rel=relation(MY_FACE) data-test="my-camera-files">{tr!("my-camera-files")}</a></p>
            </section>
        }
        .into_any(),
    }
}

/// As many of the photos as there is room for.
fn steps(room: u64) -> Vec<Step> {
    let steps = [
        Step::new("front", tr!("my-photos-front"), tr!("my-photos-front-hint")),
        Step::new("left", tr!("my-photos-left"), tr!("my-photos-left-hint")),
        Step::new("right", tr!("my-photos-right"), tr!("my-photos-right-hint")),
    ];
    steps.into_iter().take(usize::try_from(room).unwrap_or(usize::MAX)).collect()
}

#[component]
fn Taking(room: u64) -> impl IntoView {
    let guide = Guide::new(steps(room), Callback::new(check_own_now));
    let (pending, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let on_store = move |()| {
        pending.set(true);
        error.set(None);
        spawn_local(async move {
            match store(guide).await {
                // The plain page is asked for at the server; the button rests until it is there.
                Ok(()) => drop(window().location().set_href("/me/face?done=enrolled")),
                Err(refused) => {
                    pending.try_set(false);
                    if !guide.refuse(&refused) {
                        error.try_set(Some(refused));
                    }
                }
            }
        });
    };
    view! {
        <ErrorNotice error=error/>
        <GuidedCamera guide=guide store=tr!("my-photos-store") on_store=Callback::new(on_store) pending=pending/>
    }
}

/// Sends all photos as the form for files would.
async fn store(guide: Guide) -> AppResult<()> {
    let form = form_of(guide).map_err(|_| AppError::Malformed(tr!("check-not-sent")))?;
    enrol_my_face(MultipartData::from(form)).await
}

fn form_of(guide: Guide) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    for (name, photo) in guide.photos() {
        form.append_with_blob_and_filename(name, &photo.blob, "photo.jpg")?;
    }
    Ok(form)
}
