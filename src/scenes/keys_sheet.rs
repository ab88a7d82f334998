//! The sheet that lists all keys, over whatever is shown.

use leptos::prelude::*;

use crate::browser::{SettingsStorage, close_dialogue, on_character, open_dialogue};
use crate::wording::keys;

/// The dialogue's ID.
const SHEET: &str = "keys-sheet";
/// The key that opens it, and under which name it is kept that it doesn't.
const KEY: &str = "?";
const TURNED_OFF: &str = "keys_sheet";

/// Opens the sheet.
pub(crate) fn open_keys() {
    open_dialogue(SHEET);
}

/// The sheet, closed.
#[component]
pub(crate) fn KeysSheet() -> impl IntoView {
    let opens_by_key = RwSignal::new(SettingsStorage::read(TURNED_OFF).is_none());
    on_character(KEY, move || {
        if opens_by_key.get_untracked() {
            open_keys();
        }
    });
    let change = move |opens: bool| {
        opens_by_key.set(opens);
        if opens {
            SettingsStorage::remove(TURNED_OFF);
        } else {
            SettingsStorage::write(TURNED_OFF, "off");
        }
    };
    let groups = keys::MAP.map(|(title, lines)| {
        let lines = lines
            .iter()
            .map(|(key, does)| view! { <dt>{*key}</dt><dd>{*does}</dd> })
            .collect_view();
        view! {
            <h3>{title}</h3>
            <dl>{lines}</dl>
        }
    });
    view! {
        <dialog id=SHEET class="keys" aria-labelledby="keys-title">
            <h2 id="keys-title">"Keyboard"</h2>
            {groups}
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || opens_by_key.get()
                    on:change:target=move |event| change(event.target().checked())
                />
                " "
                {keys::SWITCH}
            </label>
            <button type="button" class="main small" on:click=move |_| close_dialogue(SHEET)>
                "Close"
            </button>
        </dialog>
    }
}
