//! Who holds which key of the stateless design, and what each could do with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{HeldKey, ServerAlgorithm, Service};

use crate::components::ToolButton;
use crate::state::memo;
use crate::state::{KeyMaking, Playground, Studio};
use crate::wording;

/// The table, the server's algorithm, and a forgery.
#[component]
pub(super) fn Holders() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = expect_context::<Studio>();
    let held = memo(move || {
        playground.observation.with(|seen| {
            seen.as_ref()
                .map(|seen| seen.held_keys.clone())
                .unwrap_or_default()
        })
    });
    let forged = RwSignal::new(None::<String>);
    let forge = move |()| {
        spawn_local(async move {
            let problem = studio.forge(Service::Billing).await;
            forged.set(Some(wording::forgery(problem.as_ref())));
        });
    };
    view! {
        <section aria-labelledby="studio-holders">
            <h2 id="studio-holders">
                "Who holds which key " <small>"what the observer sees"</small>
            </h2>
            <ServersAlgorithm />
            <table class="holders">
                <thead>
                    <tr>
                        <th scope="col">"service"</th>
                        <th scope="col">"key"</th>
                        <th scope="col">"signs"</th>
                    </tr>
                </thead>
                <tbody>{move || held.get().into_iter().map(holder).collect_view()}</tbody>
            </table>
            <div class="tools">
                <ToolButton
                    label="Let billing forge an administrator’s token"
                    idle=Signal::derive(move || studio.token.with(|it| it.text().is_empty()))
                    on_press=Callback::new(forge)
                />
            </div>
            <p class="note" role="status">
                {forged}
            </p>
            <p class="note">
                "A secret that verifies signs as well, so with HS256 each service could issue tokens in the server’s name. Of a pair, services need the public half alone; the server publishes it at "
                <code>"/.well-known/jwks.json"</code> "."
            </p>
        </section>
    }
}

fn holder(held: HeldKey) -> AnyView {
    let (class, could) = if held.key.private {
        ("no", "✓ could sign")
    } else {
        ("ok", "– can’t sign")
    };
    // That the server itself can sign is what it is for.
    let class = if held.service == Service::Main {
        ""
    } else {
        class
    };
    view! {
        <tr>
            <td>{wording::service(held.service)}</td>
            <td>{wording::key_facts(&held.key)}</td>
            <td class=class>{could}</td>
        </tr>
    }
    .into_any()
}

/// With what the server signs from the next sign-in on.
#[component]
fn ServersAlgorithm() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let state = playground.server_key.state;
    let choose = move |event| {
        let name = event_target_value(&event);
        let chosen = ServerAlgorithm::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name);
        if let Some(algorithm) = chosen {
            playground.choose_algorithm(algorithm);
        }
    };
    let making = memo(move || state.with(|state| matches!(state, KeyMaking::Making { .. })));
    let said = move || {
        state.with(|state| match state {
            KeyMaking::Idle => None,
            KeyMaking::Making { progress, .. } => Some(wording::key_progress(*progress)),
            KeyMaking::Failed { reason } => Some(reason.clone()),
        })
    };
    view! {
        <div class="switch-row">
            <label for="studio-algorithm">"The server signs with"</label>
            <select id="studio-algorithm" class="mono" on:change=choose>
                {ServerAlgorithm::ALL
                    .map(|algorithm| {
                        view! {
                            <option
                                value=algorithm.name()
                                prop:selected=move || {
                                    playground.token_algorithm.get() == algorithm
                                }
                            >
                                {algorithm.name()}
                            </option>
                        }
                    })}
            </select>
            <Show when=move || making.get()>
                <ToolButton
                    label="Cancel the server’s key"
                    on_press=Callback::new(move |()| playground.cancel_key())
                />
            </Show>
        </div>
        <p class="note" role="status">
            {said}
        </p>
    }
}
