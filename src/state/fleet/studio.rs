//! What was begun in the scene Fleet's half of real servers, for as long as the page lives.

use leptos::prelude::*;
use protocol::{FleetView, Lane};

use super::claims::Claims;
use super::fleet_json::fleet_from_json;
use super::link;
use super::trial::Trial;
use crate::state::{LiveQuestion, Playground, scheme_from_json};
use crate::wording::{servers, store};

/// What was begun. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct FleetStudio {
    playground: Playground,
    /// What the observer sees of the servers, or why not.
    pub(crate) seen: LiveQuestion<Result<FleetView, String>>,
    /// The server that is chosen.
    pub(crate) chosen: RwSignal<u32>,
    /// What came of the last click, where it came to nothing.
    pub(crate) said: RwSignal<Option<String>>,
    /// What came of a link.
    pub(crate) link_said: RwSignal<Option<String>>,
    /// The claims that can be tried.
    pub(crate) claims: Claims,
    /// The trial.
    pub(crate) trial: Trial,
    opened: StoredValue<String>,
}

impl FleetStudio {
    /// With nothing begun.
    pub(crate) fn new(playground: Playground) -> Self {
        Self {
            playground,
            seen: LiveQuestion::new(),
            chosen: RwSignal::new(1),
            said: RwSignal::new(None),
            link_said: RwSignal::new(None),
            claims: Claims::new(playground),
            trial: Trial::new(playground),
            opened: StoredValue::new(String::new()),
        }
    }

    /// The server that is chosen, among that many: the last one where there are fewer by now.
    pub(crate) fn chosen_among(self, servers: usize) -> u32 {
        let last = u32::try_from(servers).unwrap_or(u32::MAX);
        self.chosen.get().min(last)
    }

    /// Looks at the servers again.
    pub(crate) fn look(self) {
        let playground = self.playground;
        self.seen.ask(move || playground.observe_fleet());
    }

    /// Opens what a link says, once. What can't be used of it is said, and the rest is.
    pub(crate) fn open_link(self, fragment: &str) {
        let Some(linked) = link::read(fragment) else {
            return;
        };
        if self.opened.with_value(|opened| opened == fragment) {
            return;
        }
        self.opened.set_value(fragment.to_owned());
        // The load says itself what came of its part.
        let is_of_load_alone =
            linked.fleet.is_none() && linked.schemes == [None, None] && linked.broken.is_empty();
        if is_of_load_alone {
            self.link_said.set(None);
            return;
        }
        let mut wrong: Vec<String> = linked
            .broken
            .iter()
            .map(|name| servers::broken_part(name))
            .collect();
        let mut schemes = Lane::BOTH.map(|lane| self.playground.scheme_now(lane));
        let mut fleet = self.playground.fleet_now();
        for lane in Lane::BOTH {
            let scheme = lane.of_mut(&mut schemes);
            match lane
                .of(&linked.schemes)
                .as_ref()
                .map(|it| scheme_from_json(it, scheme))
            {
                Some(Ok(linked)) => *scheme = linked,
                Some(Err(why)) => wrong.push(servers::bad_scheme(store::lane_title(lane), &why)),
                None => {}
            }
        }
        if let Some(value) = &linked.fleet {
            let problems;
            (fleet, schemes, problems) = fleet_from_json(value, &fleet, &schemes);
            wrong.extend(problems);
        }
        for lane in Lane::BOTH {
            self.playground.change_scheme(lane, *lane.of(&schemes));
        }
        let deployed = self.playground.deploy(fleet);
        wrong.extend(deployed.err().map(servers::problem));
        self.link_said.set(Some(servers::link_opened(&wrong)));
    }
}
