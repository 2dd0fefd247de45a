//! Bars of percentages: word, bar and number in one line, so that no bar is read by its colour or length alone.

use leptos::prelude::*;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub label: String,
    /// Where the label leads; empty for nowhere.
    pub href: String,
    /// 0 to 100.
    pub percent: f64,
    /// The number beside the bar.
    pub words: String,
}

/// Bars in the given order. A table with the same numbers stands beside them.
#[component]
pub fn Bars(bars: Vec<Bar>, #[prop(default = "bars")] test: &'static str) -> impl IntoView {
    let rows = bars.into_iter().map(|bar| {
        let label = if bar.href.is_empty() {
            bar.label.into_any()
        } else {
            view! { <a href=bar.href>{bar.label}</a> }.into_any()
        };
        let width = format!("{:.2}", bar.percent.clamp(0.0, 100.0));
        view! {
            <li class="bar">
                <span class="bar-label">{label}</span>
                <svg class="bar-plot" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect class="bar-track" width="100" height="1"></rect>
                    <rect class="bar-fill" width=width height="1"></rect>
                </svg>
                <span class="bar-number">{bar.words}</span>
            </li>
        }
    });
    view! { <ul class="bars" data-test=test>{rows.collect_view()}</ul> }
}
