//! The keyboard of the register and the review: one letter per decision, arrows
//! between the rows.

use crate::app::types::RecordStatus;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    Up,
    Down,
    Set(RecordStatus),
    Undo,
    Accept,
    /// Counted from 0.
    Choose(usize),
    Nobody,
}

/// The meaning of a key by its name.
fn meaning(key: &str) -> Option<RowKey> {
    Some(match key {
        "ArrowUp" => RowKey::Up,
        "ArrowDown" => RowKey::Down,
        "p" | "P" => RowKey::Set(RecordStatus::Present),
        "l" | "L" => RowKey::Set(RecordStatus::Late),
        "a" | "A" => RowKey::Set(RecordStatus::Absent),
        "e" | "E" => RowKey::Set(RecordStatus::Excused),
        "u" | "U" => RowKey::Undo,
        "n" | "N" => RowKey::Nobody,
        "1" => RowKey::Choose(0),
        "2" => RowKey::Choose(1),
        "Enter" => RowKey::Accept,
        _ => return None,
    })
}

/// The decision a key press asks for. Keys that type text or work a control keep
/// their own meaning, and so do shortcuts.
pub fn row_key(event: &KeyboardEvent) -> Option<RowKey> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
        return None;
    }
    let tag = target(event).map(|target| target.tag_name()).unwrap_or_default();
    if matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT") {
        return None;
    }
    let key = meaning(&event.key())?;
    let works_a_control = matches!(tag.as_str(), "BUTTON" | "SUMMARY" | "A");
    if key == RowKey::Accept && works_a_control { None } else { Some(key) }
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Moves the focus to the row after (`down`) or before the one of the event;
/// rows are the `[data-row]` elements within the nearest `[data-rows]`.
pub fn move_focus(event: &KeyboardEvent, down: bool) {
    if let Some(row) = neighbour(event, down) {
        // Focus that cannot be moved stays where it is.
        let _ = row.focus();
    }
}

/// Moves the focus off a row that is about to go, to the next one or the one before.
pub fn leave_row(event: &KeyboardEvent) {
    if let Some(row) = neighbour(event, true).or_else(|| neighbour(event, false)) {
        let _ = row.focus();
    }
}

/// Puts the focus on the first row within an element.
pub fn focus_first_row(within: &Element) {
    if let Ok(Some(row)) = within.query_selector("[data-row]:not([hidden])")
        && let Some(row) = row.dyn_ref::<HtmlElement>()
    {
        let _ = row.focus();
    }
}

fn neighbour(event: &KeyboardEvent, down: bool) -> Option<HtmlElement> {
    let row = target(event)?.closest("[data-row]").ok()??;
    let rows = row.closest("[data-rows]").ok()??.query_selector_all("[data-row]:not([hidden])").ok()?;
    let at = (0..rows.length()).find(|at| rows.item(*at).is_some_and(|other| other.is_same_node(Some(&row))))?;
    let at = if down { at + 1 } else { at.checked_sub(1)? };
    rows.item(at)?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_mean_statuses_in_either_case() {
        assert_eq!(meaning("p"), Some(RowKey::Set(RecordStatus::Present)));
        assert_eq!(meaning("E"), Some(RowKey::Set(RecordStatus::Excused)));
        assert_eq!(meaning("2"), Some(RowKey::Choose(1)));
        assert_eq!(meaning("x"), None);
    }
}
