//! The logout truth: a copy of the credential, sent by whoever kept one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Carrier, Errand, Lane, Presented};

use crate::state::memo;
use crate::state::token_parts::expiry;
use crate::state::{Playground, scheme};
use crate::wording;

/// Offered once the browser no longer holds what it held before.
#[component]
pub(crate) fn KeptCopy(
    /// Whose credential.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let carrier = scheme(lane).carrier;
    let copy = memo(move || playground.kept_copy(carrier));
    let send = move |_| {
        if let Some(copy) = copy.get_untracked() {
            let errand = Errand {
                lane,
                method: String::from("GET"),
                path: String::from("/me"),
                headers: Vec::new(),
                body: String::new(),
                credential: Presented::Copy(copy),
            };
            spawn_local(async move {
                playground.send(vec![errand]).await;
            });
        }
    };
    let (label, what) = match carrier {
        Carrier::Cookie => (
            "Send the kept cookie",
            "The browser has let go of this cookie. Someone may have kept a copy.",
        ),
        Carrier::LocalStorage => (
            "Send the kept token",
            "The browser has let go of this token. Someone may have kept a copy.",
        ),
    };
    view! {
        {move || {
            copy.get()
                .map(|copy| {
                    view! {
                        <div class="kept-copy">
                            <p>{what}</p>
                            {(carrier == Carrier::LocalStorage)
                                .then(|| view! { <Countdown token=copy /> })}
                            <button type="button" class="quiet small" on:click=send>
                                {label}
                            </button>
                        </div>
                    }
                })
        }}
    }
}

/// How long a token still works, whatever was signed out.
#[component]
fn Countdown(
    /// The token.
    token: String,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let expires = expiry(&token);
    let sentence = move || {
        let clock = playground
            .second
            .get()
            .plus_seconds(playground.clock_offset_seconds.get());
        expires.map(|expires| {
            if clock < expires {
                format!(
                    "It works for another {}, whatever is signed out.",
                    wording::duration(clock, expires)
                )
            } else {
                String::from("It has expired: no server that looks at the clock takes it.")
            }
        })
    };
    view! { <p class="mono">{sentence}</p> }
}
