//! From a place in one list of blocks to the same place in another: for lanes that stand one below the other.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Below this line, in CSS pixels from the viewport's top, begins what is read: a sticky heading may stand above it.
const READING_LINE: f64 = 72.0;

const ROWS: &str = ":scope > *";
/// Not those that are folded away in one of them.
const ITEMS: &str = ":scope > * > ol > li";

/// Where in an element with that ID the reader is, and the same place in the other: its children in order, and the
/// items of its first ordered list. Takes the reader there, and gives that place the focus.
pub(crate) fn go_to_same_place(from: &str, to: &str) {
    let row = reading(&blocks(from, ROWS));
    let item = reading(&blocks(from, ITEMS));
    let rows = blocks(to, ROWS);
    let items = blocks(to, ITEMS);
    let is_in_list = |row: usize| {
        rows.get(row)
            .is_some_and(|block| block.query_selector("ol").ok().flatten().is_some())
    };
    let target = match (row, item) {
        (Some(row), Some(item)) if is_in_list(row) && !items.is_empty() => {
            items.get(item.min(items.len() - 1))
        }
        (Some(row), _) => rows.get(row),
        (None, _) => rows.first(),
    };
    if let Some(target) = target {
        target.scroll_into_view();
        if let Some(target) = target.dyn_ref::<HtmlElement>() {
            // For a moment, so that the keyboard goes on from there.
            target.set_tab_index(-1);
            let _ = target.focus();
        }
    }
}

/// The last block that begins above the reading line.
fn reading(blocks: &[Element]) -> Option<usize> {
    blocks
        .iter()
        .rposition(|block| block.get_bounding_client_rect().top() <= READING_LINE)
}

fn blocks(id: &str, selector: &str) -> Vec<Element> {
    let Some(list) = document()
        .get_element_by_id(id)
        .and_then(|element| element.query_selector_all(selector).ok())
    else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|place| list.item(place)?.dyn_into().ok())
        .collect()
}
