//! What is shown of a lane's servers, whether one by one or as a grid.

use leptos::prelude::*;
use protocol::{Lane, ServerView};

use crate::state::fleet::{FleetStudio, answered_by, session_server};
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

/// Where the words stand that say all of one server.
pub(super) fn words_id(lane: Lane) -> String {
    format!("fleet-words-{lane}")
}
