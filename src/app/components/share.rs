//! A student's percentage with the arithmetic under it.

use super::counters::CountersBar;
use crate::app::types::{Counters, MySummary};
use crate::tr;
use leptos::prelude::*;

/// How the percentage comes about, in one sentence.
pub fn arithmetic_words(summary: MySummary) -> String {
    let MySummary { attended, counted, present, late, excused, .. } = summary;
    let sum = if late == 0 {
        tr!("share-sum", attended = attended, counted = counted)
    } else {
        tr!("share-sum-late", attended = attended, counted = counted, present = present, late = late)
    };
    if excused == 0 { sum } else { tr!("share-excused", sum = sum, count = excused) }
}

/// The percentage, or that there is none.
pub fn percentage_words(summary: MySummary) -> String {
    if summary.counted == 0 { "—".to_owned() } else { format!("{:.2} %", summary.percentage) }
}

/// Number, arithmetic and the bar of counts.
#[component]
pub fn AttendanceShare(summary: MySummary) -> impl IntoView {
    let counters = Counters {
        total: summary.sessions,
        present: summary.present,
        late: summary.late,
        absent: summary.absent,
        excused: summary.excused,
        unmarked: 0,
    };
    view! {
        <div class="share">
            <div>
                <p class="share-number" data-test="share-number">{percentage_words(summary)}</p>
                <p class="share-arithmetic" data-test="share-arithmetic">{arithmetic_words(summary)}</p>
                <p class="muted small">{tr!("share-rule")}</p>
            </div>
            <CountersBar counters=counters total_words=tr!("share-sessions")/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_says_what_is_not_counted() {
        let summary = MySummary { present: 21, late: 2, excused: 1, attended: 23, counted: 25, ..MySummary::default() };
        assert_eq!(
            arithmetic_words(summary),
            "23 attended (21 present and 2 late) of 25 counted; 1 excused session is not counted"
        );
        assert_eq!(percentage_words(MySummary::default()), "—");
    }
}
