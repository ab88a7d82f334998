//! What page script sees of the lane's credential.

use leptos::prelude::*;
use protocol::{Carrier, Lane};

use super::kept_copy::KeptCopy;
use crate::browser::TOKEN_KEY;
use crate::components::TokenText;
use crate::state::{Outcome, Playground, Readback, Recorded, scheme};
use crate::wording;

/// What the browser holds.
#[component]
pub(crate) fn InTheBrowser(
    /// Whose credential.
    lane: Lane,
) -> impl IntoView {
    match scheme(lane).carrier {
        Carrier::Cookie => view! { <CookiePanel lane=lane /> }.into_any(),
        Carrier::LocalStorage => view! { <StoragePanel lane=lane /> }.into_any(),
    }
}

#[component]
fn CookiePanel(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let cookie = Memo::new(move |_| playground.browser.with(|view| view.cookie.clone()));
    let effects = move || {
        playground
            .history
            .with(|history| history.last(lane).map(|last| cookie_effects(last)))
            .unwrap_or_default()
    };
    view! {
        <div>
            <h3>"In the browser · cookie " <small>"what page script sees"</small></h3>
            {move || match cookie.get() {
                None => {
                    view! {
                        <p class="empty">
                            "This browser has cookies disabled for this page, so the session ID has nowhere to stay."
                        </p>
                    }
                        .into_any()
                }
                Some(text) if text.is_empty() => {
                    view! {
                        <p class="empty">
                            "No cookie yet. After sign-in the session ID stands here, and in your browser’s developer tools."
                        </p>
                    }
                        .into_any()
                }
                Some(text) => {
                    view! {
                        <div class="cell">{text}</div>
                        <p class="note">
                            "A real site turns HttpOnly on, so that no script can read this. It is off here so that you find it. Change or delete it in your browser’s developer tools: the next request uses that."
                        </p>
                    }
                        .into_any()
                }
            }}
            {move || {
                effects()
                    .into_iter()
                    .map(|(line, readback)| {
                        let agrees = readback == Readback::AsModelled;
                        view! {
                            <p class="note" class:trouble=!agrees>
                                "The answer’s line: "
                                <code>{line}</code>
                                " — "
                                {wording::readback(&readback)}
                                "."
                            </p>
                        }
                    })
                    .collect_view()
            }}
            <KeptCopy lane=lane />
        </div>
    }
}

/// The `Set-Cookie` lines of the last answer, with what the real browser made of each.
fn cookie_effects(recorded: &Recorded) -> Vec<(String, Readback)> {
    match &recorded.outcome {
        Outcome::Answered {
            exchange,
            readbacks,
        } => exchange
            .cookies
            .iter()
            .map(|effect| effect.line.clone())
            .zip(readbacks.iter().cloned())
            .collect(),
        Outcome::NoAnswer { .. } => Vec::new(),
    }
}

#[component]
fn StoragePanel(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let token = Memo::new(move |_| playground.browser.with(|view| view.token.clone()));
    let in_memory = move || playground.browser.with(|view| view.token_in_memory);
    view! {
        <div>
            <h3>"In the browser · localStorage " <small>"what page script sees"</small></h3>
            {move || match token.get() {
                None => {
                    view! {
                        <p class="empty">
                            "No token yet. After sign-in it stands here, and in localStorage under "
                            <code>{TOKEN_KEY}</code> "."
                        </p>
                    }
                        .into_any()
                }
                Some(token) => {
                    view! {
                        <div class="cell" tabindex="0" role="region" aria-label="Access token">
                            <TokenText token=token />
                        </div>
                        <p class="note">
                            "Signed, not encrypted: whoever holds it can read it, and any script on this page can take it. OWASP advises against localStorage; it is used here because the comparison asks for it."
                        </p>
                    }
                        .into_any()
                }
            }}
            <Show when=in_memory>
                <p class="note trouble">
                    "This browser lets the page store nothing, so the token is in memory: it is gone when you leave the page."
                </p>
            </Show>
            <KeptCopy lane=lane />
        </div>
    }
}
