//! The picture of a lane's servers, between their balancer and their store: one by one while there are few, as a dense
//! grid where there are many, and in a sentence however many there are.

use leptos::prelude::*;
use protocol::{Credential, Lane, Revocation, Scheme, StorePlace};

use super::grid::grid;
use super::shown::{shown, words_id};
use super::tiles::tiles;
use crate::state::fleet::{FleetStudio, census};
use crate::state::{Playground, memo};
use crate::wording::servers;

/// Whether a sign-in leaves no record, in a server or in the store.
pub(super) fn keeps_nothing(scheme: &Scheme) -> bool {
    scheme.revocation == Revocation::Expiry && scheme.credential == Credential::AccessToken
}

/// The picture.
pub(super) fn picture(studio: FleetStudio, playground: Playground, lane: Lane) -> AnyView {
    let shown = shown(studio, playground, lane);
    let pointed = RwSignal::new(None::<u32>);
    let count = memo(move || shown.with(|shown| shown.servers.len()));
    let trouble = memo(move || {
        studio.seen.answer.with(|seen| match seen {
            Some(Err(why)) => Some(why.clone()),
            _ => None,
        })
    });
    let counted =
        memo(move || shown.with(|shown| servers::census(&census(&shown.servers, shown.is_token))));
    let session = move || {
        shown.with(|shown| {
            let number = shown.session?;
            Some(format!(
                " Your session lives in the memory of server {number}."
            ))
        })
    };
    let balancer = memo(move || {
        playground
            .fleet
            .with(|fleet| servers::deployed(fleet.servers, fleet.balancer))
    });
    let store = memo(move || {
        let scheme = playground.scheme(lane);
        let place = (!keeps_nothing(&scheme)).then_some(scheme.store.place);
        let (is_down, slower) = playground.fleet.with(|fleet| {
            let mut is_down = false;
            let mut slower = 0;
            for fault in &fleet.faults {
                match fault.kind {
                    protocol::FaultKind::StoreDown => is_down = true,
                    protocol::FaultKind::StoreSlow { milliseconds } => {
                        slower = slower.max(milliseconds);
                    }
                    _ => {}
                }
            }
            (is_down, slower)
        });
        servers::store_state(place, is_down, slower)
    });
    let in_memory = memo(move || playground.scheme(lane).store.place == StorePlace::ServerMemory);
    let words = move || {
        let chosen = move || studio.chosen_among(count.get());
        let number = pointed.get().unwrap_or_else(chosen);
        shown.with(|shown| shown.words(number))
    };
    let servers_view = move || match count.get() {
        0 => match trouble.get() {
            Some(why) => view! { <p class="note trouble">{why}</p> }.into_any(),
            None => view! { <p class="empty">"The servers were not looked at yet."</p> }.into_any(),
        },
        count if servers::is_shown_singly(count) => tiles(studio, lane, count, shown, pointed),
        count => grid(studio, lane, count, shown, pointed),
    };
    view! {
        <div class="fleet-picture">
            <p class="note fleet-end">
                <span aria-hidden="true">"▼ "</span>
                "balancer: "
                {balancer}
            </p>
            {servers_view}
            <p class="note fleet-end" class:own-memory=move || in_memory.get()>
                <span aria-hidden="true">"▼ "</span>
                {store}
            </p>
            <p class="note said census">{counted} "." {session}</p>
            <p class="note server-words" id=words_id(lane)>
                {words}
            </p>
        </div>
    }
    .into_any()
}
