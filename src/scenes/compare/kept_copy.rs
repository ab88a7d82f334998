//! The logout truth: a copy of the credential, sent by whoever kept one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Errand, Lane, Presented, Revocation};

use crate::state::memo;
use crate::state::token_parts::expiry;
use crate::state::{Held, Playground};
use crate::wording;

/// Offered once the browser no longer holds what it held before.
#[component]
pub(crate) fn KeptCopy(
    /// Whose credential.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let copy = memo(move || playground.kept_copy(lane));
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
    let view_of = move |copy: String| {
        let scheme = playground.scheme(lane);
        let thing = match Held::by(&scheme) {
            Held::Cookie => "cookie",
            Held::Token => "token",
            Held::SessionId => "session ID",
        };
        // Of a token, the copy says itself until when it works; where nothing ends it earlier.
        let outlives = scheme.credential.is_token() && scheme.revocation == Revocation::Expiry;
        view! {
            <div class="kept-copy">
                <p>{format!("The browser has let go of a {thing} that it held. Someone may have kept a copy.")}</p>
                {outlives.then(|| view! { <Countdown token=token_in(&copy) /> })}
                <button type="button" class="quiet small" on:click=send>
                    {format!("Send the kept {thing}")}
                </button>
            </div>
        }
    };
    move || copy.get().map(view_of)
}

/// The token in what was kept: a `Cookie` field has its name before it.
fn token_in(copy: &str) -> String {
    let pair = copy.split("; ").find(|pair| pair.contains("=ey"));
    let value = pair.and_then(|pair| pair.split_once('='));
    value.map_or(copy, |(_, value)| value).to_owned()
}

/// How long a token still works, no matter who signs out.
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
                    "It works for another {}, no matter who signs out.",
                    wording::duration(clock, expires)
                )
            } else {
                String::from("It has expired: no server that looks at the clock takes it.")
            }
        })
    };
    view! { <p>{sentence}</p> }
}
