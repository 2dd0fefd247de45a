//! The five counts of a register, which always add up to its roster.

use super::icon::Icon;
use super::status_chip::{status_icon, status_name, status_word};
use crate::app::components::when::changing;
use crate::app::types::{Counters, RecordStatus};
use crate::tr;
use leptos::prelude::*;

/// Counts in the order of the bar.
fn parts(counters: Counters) -> [(Option<RecordStatus>, u64); 5] {
    [
        (Some(RecordStatus::Present), counters.present),
        (Some(RecordStatus::Late), counters.late),
        (Some(RecordStatus::Absent), counters.absent),
        (Some(RecordStatus::Excused), counters.excused),
        (None, counters.unmarked),
    ]
}

/// The counts in words, for the bar's text alternative.
fn sentence(counters: Counters) -> String {
    tr!(
        "counters-sentence",
        present = counters.present,
        late = counters.late,
        absent = counters.absent,
        excused = counters.excused,
        unmarked = counters.unmarked,
        total = counters.total
    )
}

/// The coloured bar alone; its parts are as wide as their counts.
#[component]
pub fn CountersStrip(#[prop(into)] counters: Signal<Counters>) -> impl IntoView {
    let strip = move || {
        let mut from = 0;
        parts(counters.get())
            .map(|(status, count)| {
                let x = from;
                from += count;
                view! {
                    <rect
                        class=format!("fill-{}", status_name(status))
                        x=x.to_string()
                        y="0"
                        width=count.to_string()
                        height="1"
                    ></rect>
                }
            })
            .collect_view()
    };
    view! {
        <svg
            class="counters-bar"
            viewBox=move || format!("0 0 {} 1", counters.get().total.max(1))
            preserveAspectRatio="none"
            role="img"
            aria-label=move || sentence(counters.get())
        >
            {strip}
        </svg>
    }
}

/// Bar and list, for the head of a register.
#[component]
pub fn CountersBar(
    #[prop(into)] counters: Signal<Counters>,
    /// What the sum counts; the roster where nothing is said.
    #[prop(optional, into)]
    total_words: String,
) -> impl IntoView {
    let total_words = if total_words.is_empty() { tr!("counters-on-roster") } else { total_words };
    let items = move || {
        parts(counters.get())
            .map(|(status, count)| {
                let name = status_name(status);
                view! {
                    <div class=format!("counter counter-{name}") data-test=format!("count-{name}")>
                        <dt>
                            <Icon name=status_icon(status) class="icon-small"/>
                            {status_word(status).to_lowercase()}
                        </dt>
                        <dd>{count}</dd>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="counters" data-test="counters">
            <CountersStrip counters=counters/>
            <dl class="counters-list">
                {items}
                <div class="counter counter-total" data-test="count-total">
                    <dt>{total_words}</dt>
                    <dd>{changing(move || counters.get().total)}</dd>
                </div>
            </dl>
        </div>
    }
}

/// One line for a row of a list: strip and "21 of 24".
#[component]
pub fn CountersMini(counters: Counters) -> impl IntoView {
    let here = counters.present + counters.late;
    view! {
        <span class="counters-mini">
            <CountersStrip counters=counters/>
            <span>{tr!("counters-mini", here = here, total = counters.total)}</span>
        </span>
    }
}
