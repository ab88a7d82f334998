//! The claims of the scene, each tried with one press: servers are deployed, the user signs in, and ten requests go out
//! in both lanes. It counts what came back, and says nothing of it in words.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{
    Balancer, Errand, Fault, FaultKind, Fleet, FleetKeys, Lane, Presented, Scheme, StorePlace,
};

use super::whereabouts::answered_by;
use crate::state::{History, Playground, Recorded};
use crate::wording;

/// How many requests go out in each lane.
const REQUESTS: usize = 10;
/// After how many of them the server dies, where one does.
const UNTIL_DEATH: usize = 5;
/// The sample account that signs in, and its public password.
const ACCOUNT: [&str; 2] = ["member", "sample-password"];

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Ten servers, each with its own memory.
    OwnMemory,
    /// Ten servers that share a store.
    OneStore,
    /// A thousand servers, one key.
    OneKey,
    /// Ten servers with their own memories, each user at one of them, and that one dies.
    PinnedDies,
}

impl Claim {
    /// All of them, in the order of the lesson.
    pub(crate) const ALL: [Self; 4] = [
        Self::OwnMemory,
        Self::OneStore,
        Self::OneKey,
        Self::PinnedDies,
    ];

    fn fleet(self) -> Fleet {
        let (servers, balancer) = match self {
            Self::OwnMemory | Self::OneStore => (10, Balancer::RoundRobin),
            Self::OneKey => (1_000, Balancer::Random),
            Self::PinnedDies => (10, Balancer::StickyCookie),
        };
        Fleet {
            servers,
            balancer,
            keys: FleetKeys::Shared,
            faults: Vec::new(),
        }
    }

    fn stateful(self) -> Scheme {
        let mut scheme = Scheme::STATEFUL;
        scheme.store.place = match self {
            Self::OwnMemory | Self::PinnedDies => StorePlace::ServerMemory,
            Self::OneStore | Self::OneKey => StorePlace::Database,
        };
        scheme
    }

    /// Deploys servers, signs in, sends, and counts.
    pub(crate) async fn carry_out(self, playground: Playground) -> Outcome {
        playground.end_all_faults();
        playground.change_scheme(Lane::A, self.stateful());
        playground.change_scheme(Lane::B, Scheme::STATELESS);
        // Fleets of claims make sense.
        let _ = playground.deploy(self.fleet());
        let [account, password] = ACCOUNT;
        playground.sign_in(account, password).await;
        let mut outcome = Outcome::default();
        for request in 0..REQUESTS {
            let recorded = playground.send(me_in_both()).await;
            if self == Self::PinnedDies && request + 1 == UNTIL_DEATH {
                outcome.died = kill_who_answered(playground, &recorded);
            }
            for (lane, recorded) in outcome.lanes.iter_mut().zip(&recorded) {
                lane.count(recorded);
            }
        }
        outcome
    }
}

/// What came back in a lane. Counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    /// Which requests were answered by a success, in their order.
    pub(crate) successes: Vec<bool>,
    /// Which servers answered, each once.
    pub(crate) servers: Vec<u32>,
    /// How often a store or a memory was asked who the user is.
    pub(crate) lookups: u32,
    /// Why the first that was refused or failed was so, in words.
    pub(crate) first_reason: Option<String>,
}

impl Answers {
    fn count(&mut self, recorded: &Recorded) {
        let is_success = recorded.status().is_some_and(|status| status < 400);
        self.successes.push(is_success);
        if !is_success && self.first_reason.is_none() {
            self.first_reason = Some(wording::verdict(recorded).sentence);
        }
        if let Some(exchange) = recorded.exchange() {
            self.lookups += exchange.ledger.authentication.reads;
            if let Some(server) = answered_by(exchange)
                && !self.servers.contains(&server)
            {
                self.servers.push(server);
            }
        }
    }
}

/// What came of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// By lane.
    pub(crate) lanes: [Answers; 2],
    /// The server that died.
    pub(crate) died: Option<u32>,
}

/// What came of each claim, for as long as the page lives. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Claims {
    playground: Playground,
    /// What came of each.
    pub(crate) outcomes: [RwSignal<Option<Outcome>>; 4],
    /// The one that is being tried.
    pub(crate) under_way: RwSignal<Option<usize>>,
}

impl Claims {
    /// With nothing tried.
    pub(super) fn new(playground: Playground) -> Self {
        Self {
            playground,
            outcomes: [(); 4].map(|()| RwSignal::new(None)),
            under_way: RwSignal::new(None),
        }
    }

    /// Forgets what came of them, once the user has started over.
    pub(crate) fn forget_with(self, history: &History) {
        if history.entries().next().is_none() && self.under_way.get_untracked().is_none() {
            for outcome in self.outcomes {
                if outcome.with_untracked(Option::is_some) {
                    outcome.set(None);
                }
            }
        }
    }

    /// Tries one of them, unless another one is under way.
    pub(crate) fn try_one(self, place: usize) {
        let (Some(claim), Some(outcome)) = (Claim::ALL.get(place), self.outcomes.get(place)) else {
            return;
        };
        if self.under_way.get_untracked().is_some() {
            return;
        }
        self.under_way.set(Some(place));
        let (claim, outcome) = (*claim, *outcome);
        spawn_local(async move {
            let came = claim.carry_out(self.playground).await;
            outcome.set(Some(came));
            self.under_way.set(None);
        });
    }
}

/// Kills the server that answered in lane A.
fn kill_who_answered(playground: Playground, recorded: &[Arc<Recorded>]) -> Option<u32> {
    let server = answered_by(recorded.first()?.exchange()?)?;
    let fault = Fault {
        kind: FaultKind::ServerDown,
        first: server,
        last: server,
    };
    playground.begin_fault(fault).ok()?;
    Some(server)
}

/// `GET /me` in both lanes, with what the browser holds.
pub(crate) fn me_in_both() -> Vec<Errand> {
    Lane::BOTH
        .into_iter()
        .map(|lane| Errand {
            lane,
            method: String::from("GET"),
            path: String::from("/me"),
            headers: Vec::new(),
            body: String::new(),
            credential: Presented::FromBrowser,
        })
        .collect()
}
