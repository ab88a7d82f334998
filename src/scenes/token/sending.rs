//! The token on its way: into the browser, to a server, to both lanes; and the server's answer beside the studio's verdict.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{ToolButton, VerdictLine};
use crate::state::{Playground, Studio};
use crate::wording;

/// Where it can be sent.
const PATHS: [&str; 5] = [
    "/me",
    "/orders",
    "/admin/users",
    "/services/orders",
    "/services/billing",
];

/// Sending.
#[component]
pub(super) fn Sending() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = expect_context::<Studio>();
    let path = RwSignal::new(PATHS[0]);
    let text = move || studio.text();
    let is_empty = Signal::derive(move || studio.token.with(|token| token.text().is_empty()));
    let is_held = Signal::derive(move || studio.browsers_token() == Some(text()) || is_empty.get());
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Some(known) = PATHS.into_iter().find(|path| **path == chosen) {
            path.set(known);
        }
    };
    let send = move |()| spawn_local(async move { studio.send(path.get_untracked()).await });
    let send_to_both = move |()| {
        spawn_local(async move { studio.send_to_both(path.get_untracked()).await });
    };
    view! {
        <section aria-labelledby="studio-send">
            <h2 id="studio-send">"Send it"</h2>
            <div class="switch-row">
                <label for="studio-path">"Request"</label>
                <select id="studio-path" class="mono" on:change=choose>
                    {PATHS
                        .map(|path| view! { <option value=path>{format!("GET {path}")}</option> })}
                </select>
            </div>
            <div class="tools">
                <ToolButton
                    label="Send it"
                    main=true
                    idle=is_empty
                    on_press=Callback::new(send)
                />
                <ToolButton
                    label="Put it into the browser"
                    idle=is_held
                    on_press=Callback::new(move |()| playground.put_bearer(studio.lane(), &untrack(text)))
                />
                <ToolButton
                    label="Put it there and send to both"
                    idle=is_empty
                    on_press=Callback::new(send_to_both)
                />
            </div>
            <p class="note">
                "“Send it” sends this token as someone does who holds a copy: localStorage stays as it is."
            </p>
            <div class="studio-answer" role="status">
                {move || studio.sent.get().map(|sent| answer(studio, &sent))}
            </div>
        </section>
    }
}

fn answer(studio: Studio, sent: &crate::state::Sent) -> AnyView {
    let verdict = wording::verdict(&sent.recorded);
    let asked = &sent.recorded.errand;
    let asked = format!("The server’s answer to {} {}", asked.method, asked.path);
    let agreement = wording::agreement(sent);
    let token = sent.token.clone();
    let is_older = move || studio.token.with(|now| now.text() != token);
    view! {
        <p class="note">{asked}</p>
        <VerdictLine verdict=verdict />
        <p class="note">
            {move || if is_older() { "The token has been changed since it was sent." } else { agreement }}
        </p>
    }
    .into_any()
}
