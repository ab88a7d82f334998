//! What the observer sees of the server's memory.

use leptos::prelude::*;
use protocol::{Credential, KeyRow, Lane, SessionRow};

use crate::browser::local_time;
use crate::state::{Playground, scheme};

/// What the server holds.
#[component]
pub(crate) fn OnTheServer(
    /// Which server.
    lane: Lane,
) -> impl IntoView {
    match scheme(lane).credential {
        Credential::SessionId => view! { <SessionsPanel /> }.into_any(),
        Credential::AccessToken => view! { <KeysPanel /> }.into_any(),
    }
}

#[component]
fn SessionsPanel() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let observed = move || playground.observation.get();
    view! {
        <div>
            <h3>"On the server · sessions " <small>"what the observer sees"</small></h3>
            {move || match observed() {
                Some(seen) if !seen.sessions.is_empty() => {
                    let more = seen.session_count as usize - seen.sessions.len().min(SHOWN);
                    view! {
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">"ID, as SHA-256"</th>
                                    <th scope="col">"user"</th>
                                    <th scope="col">"last seen"</th>
                                    <th scope="col">"ends if idle"</th>
                                </tr>
                            </thead>
                            <tbody>
                                {seen.sessions.iter().take(SHOWN).map(session_line).collect_view()}
                            </tbody>
                        </table>
                        {(more > 0).then(|| view! { <p class="note">"and " {more} " more"</p> })}
                    }
                        .into_any()
                }
                _ => {
                    view! {
                        <p class="empty">"No session. After sign-in a row appears here: the server’s record of you."</p>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// How many sessions the panel lists.
const SHOWN: usize = 5;

fn session_line(row: &SessionRow) -> impl IntoView + use<> {
    let hash: String = row.id_hash.chars().take(8).collect();
    view! {
        <tr>
            <td class="mono">{hash} "…"</td>
            <td>"#" {row.user}</td>
            <td>{local_time(row.last_seen)}</td>
            <td>{local_time(row.idle_expires)}</td>
        </tr>
    }
}

#[component]
fn KeysPanel() -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <div>
            <h3>"On the server · keys " <small>"what the observer sees"</small></h3>
            {move || {
                playground
                    .observation
                    .get()
                    .map(|seen| seen.keys.iter().map(key_line).collect_view())
            }}
            <p class="note">
                "No record of you, signed in or not. It can check a passport; it can’t call one back."
            </p>
        </div>
    }
}

fn key_line(key: &KeyRow) -> impl IntoView + use<> {
    let text = format!(
        "key kid={} · {} · {} bits",
        key.kid, key.algorithm, key.bits
    );
    view! { <div class="cell">{text} " " <span aria-hidden="true">"••••••••"</span></div> }
}
