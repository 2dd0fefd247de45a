//! Choosing enrolment photos by file or camera, with the verdict beside each.
//!
//! Before and without a script it is a plain file input named `photo`.

use super::camera::Camera;
use super::icon::{Icon, IconName};
use super::photo_file::{PickedPhoto, refusal, shrink};
use super::photo_verdict::PickedTile;
use crate::app::components::when::changing;
use crate::tr;
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use web_sys::{Blob, HtmlInputElement, Url};

/// Most photos of one form; the server takes no more.
pub const PHOTOS_MAX: usize = 5;

/// The photos of one form and the events about them.
#[derive(Clone, Copy)]
pub struct Picker {
    pub photos: RwSignal<Vec<PickedPhoto>>,
    /// Why the last file was not taken.
    refused: RwSignal<Vec<String>>,
    next: StoredValue<u64>,
    /// Told about each new photo, so that the page can have it checked.
    on_photo: Callback<PickedPhoto>,
}

impl Picker {
    /// An empty list.
    pub fn new(on_photo: Callback<PickedPhoto>) -> Self {
        Self {
            photos: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            on_photo,
        }
    }

    /// Takes everything out, as after it was sent.
    pub fn clear(self) {
        self.photos.update(|photos| photos.drain(..).for_each(|photo| photo.release()));
    }

    /// Takes one photo out.
    pub fn remove(self, id: u64) {
        self.photos.update(|photos| {
            photos.iter().filter(|photo| photo.id == id).for_each(PickedPhoto::release);
            photos.retain(|photo| photo.id != id);
        });
    }

    fn add(self, blob: Blob, name: String) {
        spawn_local(async move {
            if self.photos.read_untracked().len() >= PHOTOS_MAX {
                let why = tr!("picker-too-many", most = PHOTOS_MAX);
                self.refused.update(|list| list.push(tr!("picker-refused", name = name, why = why)));
                return;
            }
            let blob = shrink(blob).await;
            let Ok(url) = Url::create_object_url_with_blob(&blob) else {
                return;
            };
            let id = self.next.try_update_value(|next| {
                *next += 1;
                *next
            });
            let photo = PickedPhoto {
                id: id.unwrap_or_default(),
                name,
                url,
                blob: SendWrapper::new(blob),
                verdict: ArcRwSignal::new(None),
            };
            self.photos.update(|photos| photos.push(photo.clone()));
            self.on_photo.run(photo);
        });
    }

    fn take_files(self, input: &HtmlInputElement) {
        self.refused.set(Vec::new());
        let Some(files) = input.files() else { return };
        for file in (0..files.length()).filter_map(|at| files.get(at)) {
            match refusal(&file.type_(), file.size()) {
                Some(why) => {
                    self.refused.update(|list| list.push(tr!("picker-refused", name = file.name(), why = why)));
                }
                None => self.add(file.clone().into(), file.name()),
            }
        }
        // The same file can be chosen again after it was removed.
        input.set_value("");
    }
}

/// Buttons, camera and the list of photos.
#[component]
pub fn PhotoPicker(
    picker: Picker,
    /// Several photos, or one at a time.
    #[prop(default = true)]
    several: bool,
    /// What the server said about the photos together.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let camera_open = RwSignal::new(false);
    let on_camera = move |blob: Blob| {
        picker.add(blob, tr!("picker-camera-photo"));
    };
    view! {
        <div class="picker" data-test="photo-picker">
            <div class="picker-ways">
                <label class="button picker-file">
                    <Icon name=IconName::Photo/>
                    {if several { tr!("picker-choose") } else { tr!("picker-choose-one") }}
                    <input
                        type="file"
                        name="photo"
                        accept="image/jpeg,image/png"
                        multiple=several
                        data-test="photo-input"
                        on:change=move |event| picker.take_files(&event_target(&event))
                    />
                </label>
                <button
                    type="button"
                    class="button"
                    aria-expanded=move || camera_open.get().to_string()
                    data-test="use-camera"
                    on:click=move |_| camera_open.update(|open| *open = !*open)
                >
                    <Icon name=IconName::Camera/>
                    {changing(move || if camera_open.get() { tr!("picker-close-camera") } else { tr!("picker-use-camera") })}
                </button>
            </div>
            <p class="field-hint">
                {tr!("picker-hint")}
            </p>
            {changing(move || camera_open.get().then(|| view! { <Camera on_photo=on_camera at_once=true/> }))}
            <div role="alert" class="live-region" data-test="photo-refused">
                {changing(move || picker.refused.get().into_iter().map(|text| view! { <p class="field-error">{text}</p> }).collect_view())}
            </div>
            <PickerError error=error/>
            <div class="picker-list" aria-live="polite">
                <For each=move || picker.photos.get() key=|photo| photo.id let:photo>
                    <PickedTile photo=photo.clone() on_remove=move |()| picker.remove(photo.id)/>
                </For>
            </div>
        </div>
    }
}

/// What the server said about the photos together.
#[component]
fn PickerError(error: Signal<Option<String>>) -> impl IntoView {
    move || {
        error.get().map(|text| {
            view! {
                <p class="field-error" role="alert" data-test="field-error">
                    <Icon name=IconName::Warning class="icon-small"/>
                    <span>{text}</span>
                </p>
            }
        })
    }
}
