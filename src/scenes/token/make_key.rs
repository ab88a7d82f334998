//! Making a key or a pair, in a worker of its own.

use leptos::prelude::*;
use protocol::NewKey;

use crate::components::ToolButton;
use crate::state::Studio;
use crate::wording;

/// What can be made.
const KINDS: [(NewKey, &str); 7] = [
    (NewKey::Hmac { octets: 32 }, "HMAC, 256 bits"),
    (NewKey::Rsa { bits: 2048 }, "RSA, 2,048 bits"),
    (NewKey::Rsa { bits: 3072 }, "RSA, 3,072 bits"),
    (NewKey::Rsa { bits: 4096 }, "RSA, 4,096 bits"),
    (NewKey::P256, "P-256"),
    (NewKey::P384, "P-384"),
    (NewKey::Ed25519, "Ed25519"),
];

/// Makes keys.
#[component]
pub(super) fn MakeKey() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let kind = RwSignal::new(KINDS[0].0);
    let state = studio.maker.state;
    let is_making = Signal::derive(move || state.with(|state| matches!(state, Some(Ok(_)))));
    let choose = move |event| {
        let index: usize = event_target_value(&event).parse().unwrap_or_default();
        if let Some((chosen, _)) = KINDS.get(index) {
            kind.set(*chosen);
        }
    };
    view! {
        <div class="switch-row">
            <label for="studio-new-key">"New key"</label>
            <select id="studio-new-key" on:change=choose>
                {KINDS
                    .into_iter()
                    .enumerate()
                    .map(|(index, (_, name))| {
                        view! { <option value=index.to_string()>{name}</option> }
                    })
                    .collect_view()}
            </select>
            <ToolButton
                label="Make a key"
                idle=is_making
                on_press=Callback::new(move |()| studio.make_key(kind.get_untracked()))
            />
            <Show when=move || is_making.get()>
                <ToolButton
                    label="Cancel"
                    on_press=Callback::new(move |()| studio.maker.cancel())
                />
            </Show>
        </div>
        <p class="note" role="status">
            {move || {
                state
                    .get()
                    .map(|state| match state {
                        Ok(progress) => wording::key_progress(progress),
                        Err(reason) => reason,
                    })
            }}
        </p>
    }
}
