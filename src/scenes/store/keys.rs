//! The keys that sign tokens: how each stands, and rotation.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::local_time;
use crate::components::ToolButton;
use crate::scenes::controls::{code, columns, line, note, section, status, table, text};
use crate::state::{KeyMaking, Playground, memo};
use crate::wording::{self, store_care};

/// The section.
pub(super) fn keys(playground: Playground) -> AnyView {
    let said = RwSignal::new(None::<String>);
    let rows = memo(move || {
        playground.observation.with(|seen| {
            seen.as_ref()
                .map(|seen| seen.keys.clone())
                .unwrap_or_default()
        })
    });
    let state = playground.server_key.state;
    let making =
        Signal::derive(move || state.with(|state| matches!(state, KeyMaking::Making { .. })));
    let rotate = move |overlap: bool| {
        spawn_local(async move {
            let words = match playground.rotate_key(overlap).await {
                Ok(rotation) => store_care::rotated(&rotation.signs.kid, overlap),
                Err(why) => why,
            };
            said.try_set(Some(words));
        });
    };
    let list = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <p class="empty">"No keys were seen yet."</p> }.into_any();
        }
        let lines = rows
            .iter()
            .map(|key| {
                line(vec![
                    code(key.kid.clone()),
                    code(key.algorithm.clone()),
                    text(format!("{} bits", key.bits)),
                    text(local_time(key.created)),
                    text(store_care::key_state(key, local_time)),
                ])
            })
            .collect();
        let names = columns(&["key ID", "algorithm", "length", "made", "state"]);
        table(
            String::from("Keys by ID, without their secrets"),
            names,
            lines,
        )
    };
    let progress = move || {
        state.with(|state| match state {
            KeyMaking::Idle => None,
            KeyMaking::Making { progress, .. } => Some(wording::key_progress(*progress)),
            KeyMaking::Failed { reason } => Some(reason.clone()),
        })
    };
    let content = view! {
        {list}
        <div class="tools">
            <ToolButton
                label="Rotate with overlap"
                main=true
                idle=making
                on_press=Callback::new(move |()| rotate(true))
            />
            <ToolButton
                label="Rotate without overlap"
                idle=making
                on_press=Callback::new(move |()| rotate(false))
            />
        </div>
        {note(
            "With an overlap the old key signs no more but goes on to verify, until its last token has expired. Without one, every token of it is refused at once: what to do when a key has leaked, and the way to end all access tokens at once.",
        )}
        <p class="note" role="status">
            {progress}
        </p>
        {status(said)}
    }
    .into_any();
    section(
        "store-keys",
        "Keys",
        "what the observer sees",
        "The one thing that a stateless server must keep for its tokens. The header’s `kid` says which key signed. RFC 7515, 4.1.4.",
        content,
    )
}
