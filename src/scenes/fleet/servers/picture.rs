//! The picture of a lane's servers, between their balancer and their store: one by one while there are few, as a dense
//! grid where there are many, and in a sentence however many there are.

use leptos::prelude::*;
use protocol::{Credential, Lane, Revocation, Scheme, ServerView, StorePlace};

use super::grid::grid;
use super::tiles::tiles;
use crate::state::fleet::{FleetStudio, answered_by, census, session_server};
use crate::state::{Playground, memo};
use crate::wording::servers;

/// What is shown of a lane's servers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shown {
    /// The servers, by their numbers.
    pub(super) servers: Vec<ServerView>,
    /// Whether the lane's credential is a token, so that keys count.
    pub(super) is_token: bool,
    /// Who answered last.
    pub(super) last: Option<u32>,
    /// Who has this browser's session in memory.
    pub(super) session: Option<u32>,
}

impl Shown {
    /// What there is to say of one server.
    pub(super) fn words(&self, number: u32) -> String {
        let Some(server) = self.server(number) else {
            return String::new();
        };
        let mut said = servers::server_values(number, server, self.is_token);
        if self.session == Some(number) {
            said.push_str(" · your session lives here");
        }
        if self.last == Some(number) {
            said.push_str(" · answered last");
        }
        said
    }

    /// The server of that number.
    pub(super) fn server(&self, number: u32) -> Option<&ServerView> {
        self.servers
            .get(usize::try_from(number.checked_sub(1)?).ok()?)
    }
}

/// What is shown of a lane's servers now.
pub(super) fn shown(studio: FleetStudio, playground: Playground, lane: Lane) -> Memo<Shown> {
    memo(move || {
        let servers = studio.seen.answer.with(|seen| match seen {
            Some(Ok(view)) => lane.of(&view.lanes).clone(),
            _ => Vec::new(),
        });
        let session = playground.history.with(|history| {
            playground
                .observation
                .with(|seen| session_server(history, seen.as_ref()?, lane))
        });
        let last = playground.history.with(|history| {
            let last = history.last_by(lane, None)?;
            answered_by(last.exchange()?)
        });
        Shown {
            servers,
            is_token: playground.scheme(lane).credential.is_token(),
            last,
            session,
        }
    })
}

/// Whether a sign-in leaves no record, in a server or in the store.
pub(super) fn keeps_nothing(scheme: &Scheme) -> bool {
    scheme.revocation == Revocation::Expiry && scheme.credential == Credential::AccessToken
}

/// Where the words stand that say all of one server.
pub(super) fn words_id(lane: Lane) -> String {
    format!("fleet-words-{lane}")
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
