//! Changes in plain sentences, the latest first.

use super::icon::{Icon, IconName};
use super::status_chip::StatusChip;
use crate::app::types::{HistoryLine, MarkChange};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;

/// A list of changes.
#[component]
pub fn HistoryLines(lines: Vec<HistoryLine>) -> impl IntoView {
    let lines = lines.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
    view! { <ol class="history" data-test="history">{lines}</ol> }
}

#[component]
fn Line(line: HistoryLine) -> impl IntoView {
    let reason = (!line.reason.is_empty()).then(|| {
        let lead = format!("{} ", tr!("history-reason"));
        view! { <p class="history-reason" data-test="history-reason">{lead} <q>{line.reason}</q></p> }
    });
    view! {
        <li data-test="history-line">
            <time datetime=line.at.format("%Y-%m-%dT%H:%M:%S").to_string()>
                <span>{dates::moment(line.at, "%-d %b %Y")}</span>
                <span class="muted small">{line.at.format("%H:%M").to_string()}</span>
            </time>
            <div>
                <p>{line.sentence}</p>
                {reason}
            </div>
            {line.mark.map(|mark| view! { <FromTo mark=mark/> })}
        </li>
    }
}

/// Old → new; the sentence beside it says the same.
#[component]
fn FromTo(mark: MarkChange) -> impl IntoView {
    view! {
        <p class="history-mark" data-test="history-mark">
            <StatusChip status=Signal::stored(mark.from)/>
            <span class="visually-hidden">{tr!("history-became")}</span>
            <Icon name=IconName::Forward class="icon-small"/>
            <StatusChip status=Signal::stored(mark.to)/>
        </p>
    }
}
