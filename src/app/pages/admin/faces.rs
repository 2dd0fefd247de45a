//! How well the stored faces serve, on the models' page: what is not searched, what does not agree, who looks alike.

use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::SubmitButton;
use crate::app::components::icon::IconName;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::pagination::Pagination;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::table::Table;
use crate::app::server_fns::UseTemplateAgain;
use crate::app::types::{
    GalleryHealth, IncoherentStudent, LookalikePair, Page, SetAsideReason, SetAsideTemplate, StudentRef,
};
use crate::tr;
use leptos::prelude::*;

/// Counts and three lists, the worst first.
#[component]
pub fn FacesSection(health: GalleryHealth) -> impl IntoView {
    let GalleryHealth { with_face, without_face, with_one, incoherent, set_aside, lookalikes } = health;
    let again = FormAction::<UseTemplateAgain>::new();
    let longest = [incoherent.count, set_aside.count, lookalikes.count].into_iter().max().unwrap_or_default();
    let (page, page_size) = (set_aside.page, set_aside.page_size);
    let lists = if longest == 0 {
        view! {
            <EmptyState icon=IconName::Check title=tr!("faces-fine") why=tr!("faces-fine-why") test="faces-fine">
                <a class="button" href="/students?has_face=false">{tr!("faces-without-list")}</a>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <SetAside templates=set_aside again=again/>
            <Incoherent students=incoherent/>
            <Lookalikes pairs=lookalikes/>
            <Pagination count=longest page=page page_size=page_size path="/admin/models" query=Vec::new()/>
        }
        .into_any()
    };
    view! {
        <section class="card card-flush" aria-labelledby="faces-title" data-test="faces">
            <div class="card-head"><h2 id="faces-title">{tr!("faces-title")}</h2></div>
            <div class="card-body stack">
                <ErrorNotice error=again.error()/>
                <dl class="facts">
                    <dt>{tr!("faces-with")}</dt>
                    <dd data-test="faces-with">{with_face}</dd>
                    <dt>{tr!("faces-without")}</dt>
                    <dd data-test="faces-without">{without_face}</dd>
                    <dt>{tr!("faces-with-one")}</dt>
                    <dd data-test="faces-with-one">{with_one}</dd>
                </dl>
            </div>
            {lists}
        </section>
    }
}

/// A student by name, leading to their page.
#[component]
fn Student(student: StudentRef) -> impl IntoView {
    view! {
        <span class="cell-person-text">
            <a class="cell-link" href=format!("/students/{}", student.id) data-test="faces-student">{student.name}</a>
            <span class="muted small">{student.roll_no}</span>
        </span>
    }
}

#[component]
fn SetAside(templates: Page<SetAsideTemplate>, again: FormAction<UseTemplateAgain>) -> impl IntoView {
    let row = move |template: SetAsideTemplate| {
        let severe = template.reason == SetAsideReason::NearerToOther;
        view! {
            <tr data-test="set-aside" data-reason=template.reason.as_str()>
                <th scope="row"><Student student=template.student/></th>
                <td data-label=tr!("faces-why")>
                    <span class=if severe { "strong" } else { "" }>{template.sentence}</span>
                    {template.photo.map(|path| view! { " " <a href=path>{tr!("faces-photo")}</a> })}
                </td>
                <td>
                    <ServerForm action=again>
                        <input type="hidden" name="template" value=template.id.to_string()/>
                        <SubmitButton label=tr!("faces-use-again") pending=again.pending() class="button" test="use-again"/>
                    </ServerForm>
                </td>
            </tr>
        }
    };
    (templates.count > 0).then(|| {
        view! {
            <Table
                caption=tr!("faces-set-aside", count = templates.count)
                columns=vec![tr!("faces-student"), tr!("faces-why"), String::new()]
                test="set-aside-table"
            >
                {templates.results.into_iter().map(row).collect_view()}
            </Table>
        }
    })
}

#[component]
fn Incoherent(students: Page<IncoherentStudent>) -> impl IntoView {
    let row = |found: IncoherentStudent| {
        view! {
            <tr data-test="incoherent">
                <th scope="row"><Student student=found.student/></th>
                <td data-label=tr!("faces-templates")>{found.templates}</td>
                <td data-label=tr!("faces-spread")>{format!("{:.2}", found.spread)}</td>
            </tr>
        }
    };
    (students.count > 0).then(|| {
        view! {
            <Table
                caption=tr!("faces-incoherent", count = students.count)
                columns=vec![tr!("faces-student"), tr!("faces-templates"), tr!("faces-spread")]
                test="incoherent-table"
            >
                {students.results.into_iter().map(row).collect_view()}
            </Table>
        }
    })
}

#[component]
fn Lookalikes(pairs: Page<LookalikePair>) -> impl IntoView {
    let row = |pair: LookalikePair| {
        let [one, other] = pair.students;
        view! {
            <tr data-test="lookalikes">
                <th scope="row"><Student student=one/></th>
                <td data-label=tr!("faces-looks-like")><Student student=other/></td>
                <td data-label=tr!("faces-distance")>{format!("{:.2}", pair.distance)}</td>
            </tr>
        }
    };
    (pairs.count > 0).then(|| {
        view! {
            <Table
                caption=tr!("faces-lookalikes", count = pairs.count)
                columns=vec![tr!("faces-student"), tr!("faces-looks-like"), tr!("faces-distance")]
                test="lookalikes-table"
            >
                {pairs.results.into_iter().map(row).collect_view()}
            </Table>
        }
    })
}
