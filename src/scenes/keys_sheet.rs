//! The sheet that lists all keys, over whatever is shown.

use leptos::prelude::*;

use super::keys_switch::KeysSwitch;
use crate::browser::{close_dialogue, next_frame, open_dialogue};
use crate::wording::keys;

/// The dialogue's ID.
const SHEET: &str = "keys-sheet";

/// The sheet, which opens at once; where it is closed, nobody wants it any more.
pub(super) fn keys_sheet(switch: KeysSwitch) -> AnyView {
    let KeysSwitch {
        is_wanted,
        opens_by_key,
    } = switch;
    next_frame(|| open_dialogue(SHEET));
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
        <dialog
            id=SHEET
            class="keys"
            aria-labelledby="keys-title"
            on:close=move |_| is_wanted.set(false)
        >
            <h2 id="keys-title" tabindex="-1" autofocus>"Keyboard"</h2>
            {groups}
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || opens_by_key.get()
                    on:change:target=move |event| switch.open_by_key(event.target().checked())
                />
                " "
                {keys::SWITCH}
            </label>
            <button type="button" class="main small" on:click=move |_| close_dialogue(SHEET)>
                "Close"
            </button>
        </dialog>
    }
    .into_any()
}
