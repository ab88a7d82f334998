//! Says where a token that the server takes tells another role than it knows by now: how old that is, and how long it
//! goes on.

use leptos::prelude::*;
use protocol::{Lane, Timestamp, TokenPart};

use crate::browser::{JsonObject, local_time};
use crate::state::token_parts::{expiry, part_text};
use crate::state::{LiveQuestion, Playground, credential_cookie, memo};
use crate::wording::{self, Tone, Verdict};

/// A token that tells another role than the server knows.
#[derive(Clone, PartialEq)]
struct Behind {
    token: String,
    told: String,
    known: String,
    issued: Timestamp,
    expires: Timestamp,
}

/// Shown while the token that the browser holds is behind, and the server takes it.
#[component]
pub(super) fn StaleRole(
    /// Whose token.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let behind = memo(move || behind(playground, lane));
    // The token that the server was last found to take.
    let taken = LiveQuestion::<Option<String>>::new();
    Effect::new(move |_| {
        lane.of(&playground.schemes).track();
        playground.clock_offset_seconds.track();
        playground.observation.track();
        if behind.with(Option::is_some) {
            taken.ask(move || async move {
                let token =
                    behind.with_untracked(|behind| behind.as_ref().map(|it| it.token.clone()));
                let preview = playground.preview(lane, playground.page_context()).await;
                let is_taken = Verdict::of_preview(preview).tone == Tone::Accepted;
                token.filter(|_| is_taken)
            });
        }
    });
    let sentence = move || {
        let Behind {
            token,
            told,
            known,
            issued,
            expires,
        } = behind.get()?;
        let is_taken = taken.answer.with(|taken| *taken == Some(Some(token)));
        let now = playground
            .second
            .get()
            .plus_seconds(playground.clock_offset_seconds.get());
        (is_taken && now < expires).then(|| {
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

fn behind(playground: Playground, lane: Lane) -> Option<Behind> {
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
    let expires = expiry(&token)?;
    let issued = Timestamp::from_seconds(payload.number("iat")? as i64);
    (told != known).then_some(Behind {
        token,
        told,
        known,
        issued,
        expires,
    })
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
