//! Copying, with the outcome said.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::copy;

/// How long the outcome stands.
const SAID_FOR: Duration = Duration::from_secs(2);

/// A button that copies a text.
#[component]
pub(crate) fn CopyButton(
    /// What the button says.
    label: &'static str,
    /// What it copies.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let copy_text = move |_| {
        spawn_local(async move {
            let outcome = if copy(&text.get_untracked()).await {
                "copied"
            } else {
                "the browser did not let the page copy"
            };
            said.set(Some(outcome));
            set_timeout(move || said.set(None), SAID_FOR);
        });
    };
    view! {
        <span class="copying">
            <button type="button" class="quiet" on:click=copy_text>
                {label}
            </button>
            <span role="status">{said}</span>
        </span>
    }
}
