//! What the observer sees of the server's memory.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AuditRow, Credential, KeyRow, Lane, SessionRow};

use crate::browser::local_time;
use crate::state::{Playground, scheme};
use crate::wording;

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
                                    <th>
                                        <span class="visually-hidden">"kill"</span>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                {seen.sessions.iter().take(SHOWN).map(|row| session_line(row, playground)).collect_view()}
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
            {move || {
                observed()
                    .filter(|seen| !seen.audit.is_empty())
                    .map(|seen| audit_lines(&seen.audit))
            }}
        </div>
    }
}

/// How many sessions the panel lists.
const SHOWN: usize = 5;

fn session_line(row: &SessionRow, playground: Playground) -> impl IntoView + use<> {
    let id_hash = row.id_hash.clone();
    let label = format!("Kill session {}", wording::short_hash(&id_hash));
    let kill = move |_| {
        let id_hash = id_hash.clone();
        spawn_local(async move { playground.kill(id_hash).await });
    };
    view! {
        <tr>
            <td class="mono">{wording::short_hash(&row.id_hash)}</td>
            <td>"#" {row.user}</td>
            <td>{local_time(row.last_seen)}</td>
            <td>{local_time(row.idle_expires)}</td>
            <td>
                <button type="button" class="quiet kill" aria-label=label on:click=kill>
                    "Kill"
                </button>
            </td>
        </tr>
    }
}

/// What the server wrote down, newest first.
fn audit_lines(rows: &[AuditRow]) -> impl IntoView + use<> {
    let lines = rows
        .iter()
        .map(|row| {
            let user = row.user.map(|user| format!(" · user #{user}"));
            let subject = row
                .subject
                .as_deref()
                .map(|subject| format!(" · {}", wording::short_hash(subject)));
            view! {
                <li>
                    <span class="mono">{local_time(row.at)}</span>
                    " "
                    {wording::audit_event(row.event)}
                    {user}
                    {subject}
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="audit">
            <summary>"Audit log: what the server wrote down"</summary>
            <ul>{lines}</ul>
        </details>
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
                    .map(|seen| {
                        seen.keys
                            .into_iter()
                            .map(|key| view! { <KeyLine key=key /> })
                            .collect_view()
                    })
            }}
            <p class="note">
                "No record of you, signed in or not. It can check a passport; it can’t call one back."
            </p>
        </div>
    }
}

#[component]
fn KeyLine(
    /// The key.
    key: KeyRow,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let secret = RwSignal::new(None::<String>);
    let text = format!(
        "key kid={} · {} · {} bits",
        key.kid, key.algorithm, key.bits
    );
    let reveal = move |_| {
        let kid = key.kid.clone();
        spawn_local(async move {
            let shown = secret.with_untracked(Option::is_some);
            let revealed = if shown {
                None
            } else {
                playground.reveal_key(kid).await
            };
            secret.set(revealed);
        });
    };
    view! {
        <div class="cell">
            {text} " "
            {move || secret.get().unwrap_or_else(|| String::from("••••••••"))}
        </div>
        <button type="button" class="quiet small" on:click=reveal>
            {move || if secret.with(Option::is_some) { "Hide the key" } else { "Show the key" }}
        </button>
    }
}
