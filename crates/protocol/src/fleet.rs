//! The fleet: how many servers each lane has, what spreads requests over them, and what is wrong with them.

use serde::{Deserialize, Serialize};

use crate::Scheme;

/// How a lane's servers are deployed. Both lanes are deployed alike; where their records are is each lane's own
/// [`Scheme`](crate::Scheme). The servers are numbered from 1. Those of the other services come after them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fleet {
    /// How many servers sign users in and answer: from 1 to [`Fleet::MOST_SERVERS`].
    pub servers: u32,
    /// What chooses among them.
    pub balancer: Balancer,
    /// Who of them holds which half of the signing key.
    pub keys: FleetKeys,
    /// What is wrong at present, at most [`Fleet::MOST_FAULTS`].
    pub faults: Vec<Fault>,
}

impl Fleet {
    /// The largest number of servers.
    pub const MOST_SERVERS: u32 = 1_000;
    /// The largest number of faults at a time.
    pub const MOST_FAULTS: usize = 64;
    /// The longest time, in milliseconds, by which a store can be slowed.
    pub const SLOWEST_STORE_MILLISECONDS: u32 = 60_000;
    /// The furthest, in seconds, that a server's clock can be off.
    pub const FURTHEST_CLOCK_SECONDS: u32 = 10 * 365 * 24 * 3_600;

    /// Why it makes no sense, where it makes none.
    pub fn problem(&self) -> Option<FleetProblem> {
        if !(1..=Self::MOST_SERVERS).contains(&self.servers) {
            return Some(FleetProblem::Servers);
        }
        if self.faults.len() > Self::MOST_FAULTS {
            return Some(FleetProblem::Faults);
        }
        self.faults
            .iter()
            .find_map(|fault| fault.problem(self.servers))
    }
}

impl Default for Fleet {
    fn default() -> Self {
        Self {
            servers: 1,
            balancer: Balancer::RoundRobin,
            keys: FleetKeys::Shared,
            faults: Vec::new(),
        }
    }
}

/// Why a fleet makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FleetProblem {
    /// No server, or too many.
    Servers,
    /// Too many faults at a time.
    Faults,
    /// A fault of servers that do not exist, or none.
    FaultServers,
    /// A store that is slowed too much.
    FaultSlowness,
    /// A clock that is off too far.
    FaultClock,
    /// A trial without users, or with too many.
    Users,
    /// A trial with too many newcomers.
    Newcomers,
    /// A trial without rounds, or with too many.
    Rounds,
    /// An entry of a schedule whose times make no sense.
    Schedule,
}

/// What chooses a server for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Balancer {
    /// One after another.
    RoundRobin,
    /// Any, with the same chance.
    Random,
    /// The one with the fewest requests under way; among equals, one after another.
    LeastBusy,
    /// The one with fewer requests under way of two that chance picked.
    TwoChoices,
    /// The one that the balancer's own cookie names: the one that answered first.
    StickyCookie,
    /// The one that the hash of the session ID, or of the token, leads to.
    HashOfId,
}

impl Balancer {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::RoundRobin,
        Self::Random,
        Self::LeastBusy,
        Self::TwoChoices,
        Self::StickyCookie,
        Self::HashOfId,
    ];
}

/// Who of the servers holds which half of the signing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FleetKeys {
    /// All of them all of it: each can sign.
    Shared,
    /// The first one all of it, and the balancer sends it what needs a signature; the others the public half alone.
    /// Where the algorithm has no public half, as with HMAC, it is as with `Shared`.
    PublicHalves,
}

/// Something that is wrong with servers or with what they need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The number of the first server that it concerns. A fault of the store itself names 1 here, and all below.
    pub first: u32,
    /// The number of the last server that it concerns.
    pub last: u32,
}

impl Fault {
    /// Whether it concerns the server of that number.
    pub const fn concerns(&self, server: u32) -> bool {
        self.first <= server && server <= self.last
    }

    /// Why it makes no sense among that many servers, where it makes none.
    pub const fn problem(&self, servers: u32) -> Option<FleetProblem> {
        if self.first < 1 || self.last < self.first || self.first > servers {
            return Some(FleetProblem::FaultServers);
        }
        match self.kind {
            FaultKind::StoreSlow { milliseconds }
                if milliseconds > Fleet::SLOWEST_STORE_MILLISECONDS =>
            {
                Some(FleetProblem::FaultSlowness)
            }
            FaultKind::ClockOff { seconds }
                if seconds.unsigned_abs() > Fleet::FURTHEST_CLOCK_SECONDS =>
            {
                Some(FleetProblem::FaultClock)
            }
            _ => None,
        }
    }
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// The servers are dead: what they remembered is gone, also once they run again.
    ServerDown,
    /// The store answers nobody.
    StoreDown,
    /// The store takes longer to answer.
    StoreSlow {
        /// By how much.
        milliseconds: u32,
    },
    /// The network is split: the servers don't reach the store.
    StoreUnreachable,
    /// The servers hold no key.
    KeyTaken,
    /// The newest key has not reached the servers yet: they hold those before.
    KeyOld,
    /// The servers' clock is off.
    ClockOff {
        /// By so much: ahead where it is positive.
        seconds: i32,
    },
}

/// How the balancer came to choose a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChosenBy {
    /// It was its turn.
    Turn,
    /// Chance.
    Chance,
    /// It has the fewest requests under way.
    FewestUnderWay {
        /// How many.
        under_way: u32,
    },
    /// It has not more under way than another one that chance picked.
    TwoChoices {
        /// The other one.
        other: u32,
        /// How many requests it has under way.
        under_way: u32,
        /// How many the other has.
        other_under_way: u32,
    },
    /// The balancer's cookie names it.
    Cookie,
    /// There is no such cookie yet, so it was its turn; the cookie names it from now on.
    TurnWithoutCookie,
    /// The server that the cookie names does not answer, so it was the next one's turn; the cookie names that one from
    /// now on.
    TurnAsPinnedIsDown {
        /// The one that the cookie named.
        pinned: u32,
    },
    /// The hash of the session ID or token leads to it.
    Hash,
    /// The request carries neither, so it was its turn.
    TurnWithoutId,
    /// It alone can sign.
    SignsAlone,
}

/// What the observer sees of the fleet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FleetView {
    /// The servers of each lane, in the order of their numbers.
    pub lanes: [Vec<ServerView>; 2],
}

/// What the observer sees of one server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerView {
    /// Whether it is dead.
    pub is_down: bool,
    /// How many requests it has answered since the fleet was set up. Counted.
    pub answered: u32,
    /// How many records of credentials it keeps in its own memory. Counted.
    pub records: u32,
    /// How many sessions it has in its cache. Counted.
    pub cached: u32,
    /// How many keys it trusts. Counted.
    pub keys: u32,
    /// Whether it trusts the newest one.
    pub has_newest_key: bool,
    /// Whether it can sign.
    pub can_sign: bool,
    /// By how many seconds its clock is off.
    pub clock_off_seconds: i32,
    /// Whether it reaches the store.
    pub reaches_store: bool,
}

/// Something that happens to a fleet at some time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scheduled {
    /// When, in seconds since the start.
    pub at: f64,
    /// When it is over; `None` where it stays. Servers that were added stay in any case.
    pub until: Option<f64>,
    /// What happens.
    pub change: FleetChange,
}

/// What happens to a fleet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FleetChange {
    /// A fault begins.
    Fault(Fault),
    /// So many servers are added, with empty memories and the keys of the day.
    ServersAdded {
        /// How many.
        servers: u32,
    },
}

/// A trial of faults among parties of their own: users sign in, send a request in each round, and things go wrong
/// meanwhile. Real servers answer each request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultTrial {
    /// By which scheme each lane's servers know their users.
    pub schemes: [Scheme; 2],
    /// How they are deployed at the start, without faults.
    pub fleet: Fleet,
    /// How many users are there from the start: from 1 to [`FaultTrial::MOST_USERS`].
    pub users: u32,
    /// How many more come one after another, evenly spread over the rounds, and sign in then: up to the same number.
    pub newcomers: u32,
    /// How many rounds: from 1 to [`FaultTrial::MOST_ROUNDS`]. In each one every user who has come sends one request, in
    /// an order that chance decides, the same in both lanes.
    pub rounds: u32,
    /// How much time passes from one round to the next, in seconds.
    pub round_seconds: u32,
    /// What happens, and when.
    pub schedule: Vec<Scheduled>,
}

impl FaultTrial {
    /// The largest number of users.
    pub const MOST_USERS: u32 = 1_000;
    /// The largest number of rounds.
    pub const MOST_ROUNDS: u32 = 60;
    /// The longest time from one round to the next, in seconds: a day.
    pub const LONGEST_ROUND_SECONDS: u32 = 86_400;
}

/// What came of a trial of faults. All of it is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultOutcome {
    /// By lane.
    pub lanes: [LaneOutcome; 2],
}

/// What came of it in one lane. Each user is counted once: `signed_out`, else `refused`, else `failed`, else `unaware`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneOutcome {
    /// Round by round.
    pub rounds: Vec<RoundOutcome>,
    /// How many users are refused in one more request, after all faults are over: they must sign in again.
    pub signed_out: u32,
    /// How many were refused at times, and are known in that request.
    pub refused: u32,
    /// How many got no more than failures of a server or of the store at times.
    pub failed: u32,
    /// How many noticed nothing.
    pub unaware: u32,
    /// Why the first of those who were refused or failed was, as its exchange says.
    pub first_trouble: Option<crate::Rejection>,
}

/// What came of one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundOutcome {
    /// How many requests were answered as asked.
    pub served: u32,
    /// How many were refused: 401 or 403.
    pub refused: u32,
    /// How many failed: 500 and above, or no server at all.
    pub failed: u32,
}
