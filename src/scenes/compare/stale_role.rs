//! Says where a token tells another role than the server knows by now: how old that is, and how long it goes on.

use leptos::prelude::*;
use protocol::{Lane, Timestamp, TokenPart};

use crate::browser::{JsonObject, local_time};
use crate::state::token_parts::{expiry, part_text};
use crate::state::{Playground, credential_cookie};
use crate::wording;

/// Shown while the token that the browser holds is behind.
#[component]
pub(super) fn StaleRole(
    /// Whose token.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let sentence = move || {
        let token = held_token(playground, lane)?;
        let payload = part_text(&token, TokenPart::Payload).text;
        let payload = JsonObject::read(&payload);
        let told = payload.text("role")?;
        let user: u32 = payload.text("sub")?.parse().ok()?;
        let known = playground.observation.with(|seen| {
            let users = &seen.as_ref()?.users;
            let user = users.iter().find(|row| row.id == user);
            user.map(|row| row.role.clone())
        })?;
        let now = playground
            .second
            .get()
            .plus_seconds(playground.clock_offset_seconds.get());
        let expires = expiry(&token).filter(|expires| now < *expires)?;
        let issued = Timestamp::from_seconds(payload.number("iat")? as i64);
        (told != known).then(|| {
            format!(
                "The token says role {told}, the users table says {known}. The token is {} old, and the server goes by it until {}.",
                wording::duration(issued, now),
                local_time(expires)
            )
        })
    };
    // Not a live region: it says another age each second.
    move || sentence().map(|sentence| view! { <p class="note trouble">{sentence}</p> })
}

/// The token that the browser holds: where page script keeps it, or in the jar, which the observer sees.
fn held_token(playground: Playground, lane: Lane) -> Option<String> {
    let settings = playground.session_cookie.get();
    match credential_cookie(lane, &playground.scheme(lane), &settings) {
        None => playground.browser.with(|view| view.bearer(lane).cloned()),
        Some(name) => playground.observation.with(|seen| {
            let jar = &seen.as_ref()?.jar;
            let cookie = jar.iter().find(|cookie| cookie.name == name);
            cookie.map(|cookie| cookie.value.clone())
        }),
    }
}
