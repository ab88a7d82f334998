//! What the observer sees of the server's memory.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AuditRow, Credential, KeyRow, Lane, SessionRow, StorePlace};

use super::families::Families;
use super::stale_role::StaleRole;
use crate::browser::local_time;
use crate::state::Playground;
use crate::state::memo;
use crate::wording;

/// What the server holds.
#[component]
pub(crate) fn OnTheServer(
    /// Which server.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_token = memo(move || playground.scheme(lane).credential.is_token());
    move || {
        if is_token.get() {
            view! { <KeysPanel lane=lane /> }.into_any()
        } else {
            view! { <SessionsPanel lane=lane /> }.into_any()
        }
    }
}

#[component]
fn SessionsPanel(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let rows = move || {
        playground.observation.with(|seen| {
            let seen = seen.as_ref()?;
            let own: Vec<SessionRow> = seen
                .sessions
                .iter()
                .filter(|row| row.lane == lane)
                .cloned()
                .collect();
            let unseen = (seen.session_count as usize).saturating_sub(seen.sessions.len());
            let more = unseen + own.len().saturating_sub(SHOWN);
            (!own.is_empty()).then_some((own, more))
        })
    };
    view! {
        <div>
            <h3>"On the server · sessions " <small>"what the observer sees"</small></h3>
            {move || {
                playground
                    .observation_trouble
                    .get()
                    .map(|why| {
                        view! {
                            <p class="note trouble" role="status">
                                {why}
                                " What stands here was seen before."
                            </p>
                        }
                    })
            }}
            {move || match rows() {
                Some((own, more)) => {
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
                                {own.iter().take(SHOWN).map(|row| session_line(row, playground)).collect_view()}
                            </tbody>
                        </table>
                        {(more > 0).then(|| view! { <p class="note">"and " {more} " more"</p> })}
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <p class="empty">"No session. After sign-in a row appears here: the server’s record of you."</p>
                    }
                        .into_any()
                }
            }}
            <AuditLines lane=lane />
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
            <td class="mono">{wording::short_hash(&row.id_hash)} " " {where_it_is(row)}</td>
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

/// Said where a session is not in the database alone.
fn where_it_is(row: &SessionRow) -> Option<AnyView> {
    let word = match (row.place, row.cached_since) {
        (StorePlace::ServerMemory, _) => "in memory",
        (_, Some(_)) => "cached",
        (_, None) => return None,
    };
    Some(view! { <span class="tag">{word}</span> }.into_any())
}

/// What the lane's server wrote down, newest first.
#[component]
fn AuditLines(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    move || {
        let lines: Vec<AnyView> = playground.observation.with(|seen| {
            let rows = seen.iter().flat_map(|seen| &seen.audit);
            rows.filter(|row| row.lane.is_none_or(|of| of == lane))
                .map(audit_line)
                .collect()
        });
        let title = wording::audit_log(&playground.scheme(lane));
        (!lines.is_empty()).then(|| {
            view! {
                <details class="audit">
                    <summary>{title}</summary>
                    <ul>{lines}</ul>
                </details>
            }
        })
    }
}

fn audit_line(row: &AuditRow) -> AnyView {
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
    .into_any()
}

#[component]
fn KeysPanel(lane: Lane) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let keys = memo(move || {
        playground.observation.with(|seen| {
            seen.as_ref()
                .map(|seen| seen.keys.clone())
                .unwrap_or_default()
        })
    });
    let denied = move || {
        playground
            .observation
            .with(|seen| seen.as_ref().map_or(0, |seen| *lane.of(&seen.denied)))
    };
    view! {
        <div>
            <h3>"On the server · keys " <small>"what the observer sees"</small></h3>
            {move || keys.get().into_iter().map(|key| view! { <KeyLine key=key /> }).collect_view()}
            {move || {
                let scheme = playground.scheme(lane);
                let families = scheme.credential == Credential::AccessAndRefresh;
                view! {
                    <p class="note">{wording::kept_for_tokens(&scheme, denied())}</p>
                    {(!scheme.writes_audit_log())
                        .then(|| view! { <p class="note">{wording::NO_AUDIT_LOG}</p> })}
                    {families.then(|| view! { <Families lane=lane /> })}
                }
            }}
            <StaleRole lane=lane />
            <AuditLines lane=lane />
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
    let state = match (key.distrusted, key.retired) {
        (Some(_), _) => " · not accepted any more",
        (None, Some(_)) => " · signs no more, still accepted",
        (None, None) => "",
    };
    let text = format!(
        "key kid={} · {} · {} bits{state}",
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
