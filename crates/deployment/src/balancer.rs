//! The balancer: which of a lane's servers gets a request. It sees what a request carries and how many it has under way
//! at each server; it never knows what a server remembers.
//!
//! It has no checks of health: it sends a request to the server whose turn it is, and where the connection is refused, to
//! the next one by the same rule. So each request finds out anew who is dead, and a server that runs again gets requests
//! at once. Tries take no modelled time: a refused connection is answered within the data centre.
//!
//! A request is under way at its server from when it arrives there until its answer is in the browser.

pub(crate) mod reading;

use std::collections::{BTreeMap, BTreeSet};

use protocol::{Balancer, ChosenBy};

/// Where the balancer's chance starts from, so that the same requests take the same ways.
const SEED: u64 = 0x005e_ed0f_ba1a_0ce5;
/// How often chance is asked for a server that was not tried yet, before the next one after it is taken.
const DRAWS: usize = 64;

/// What the balancer of one lane remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BalancerState {
    /// Whose turn it is, counted from 0.
    turn: u32,
    chance: u64,
    /// How many requests are under way at each server that has any.
    under_way: BTreeMap<u32, u32>,
}

impl Default for BalancerState {
    fn default() -> Self {
        Self {
            turn: 0,
            chance: SEED,
            under_way: BTreeMap::new(),
        }
    }
}

/// What the balancer reads of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The server that its own cookie names.
    pub(crate) pinned: Option<u32>,
    /// The hash of the session ID or of the token.
    pub(crate) id_hash: Option<u64>,
    /// Whether the first server alone can answer it.
    pub(crate) needs_signature: bool,
}

/// What the balancer came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The servers that did not answer, in the order in which they were tried.
    pub(crate) tried: Vec<u32>,
    /// The server that did, and why it was asked; `None` where none does.
    pub(crate) chosen: Option<(u32, ChosenBy)>,
}

/// The servers that did not answer this request.
#[derive(Default)]
struct Tried {
    in_order: Vec<u32>,
    all: BTreeSet<u32>,
}

impl BalancerState {
    /// Chooses among so many servers.
    pub(crate) fn choose(
        &mut self,
        balancer: Balancer,
        servers: u32,
        asked: &Asked,
        is_down: impl Fn(u32) -> bool,
    ) -> Choice {
        let mut tried = Tried::default();
        let candidates = if asked.needs_signature { 1 } else { servers };
        while tried.in_order.len() < candidates as usize {
            let (server, by) = if asked.needs_signature {
                (1, ChosenBy::SignsAlone)
            } else {
                self.candidate(balancer, servers, asked, &tried)
            };
            if !is_down(server) {
                return Choice {
                    tried: tried.in_order,
                    chosen: Some((server, by)),
                };
            }
            tried.in_order.push(server);
            tried.all.insert(server);
        }
        Choice {
            tried: tried.in_order,
            chosen: None,
        }
    }

    /// A request is under way at this server.
    pub(crate) fn begin(&mut self, server: u32) {
        *self.under_way.entry(server).or_default() += 1;
    }

    /// It is no longer.
    pub(crate) fn end(&mut self, server: u32) {
        if let Some(under_way) = self.under_way.get_mut(&server) {
            *under_way -= 1;
            if *under_way == 0 {
                self.under_way.remove(&server);
            }
        }
    }

    fn candidate(
        &mut self,
        balancer: Balancer,
        servers: u32,
        asked: &Asked,
        tried: &Tried,
    ) -> (u32, ChosenBy) {
        match balancer {
            Balancer::RoundRobin => (self.next_turn(servers, tried), ChosenBy::Turn),
            Balancer::Random => (self.any(servers, tried), ChosenBy::Chance),
            Balancer::LeastBusy => self.least_busy(servers, tried),
            Balancer::TwoChoices => self.less_busy_of_two(servers, tried),
            Balancer::StickyCookie => match asked.pinned {
                None => (self.next_turn(servers, tried), ChosenBy::TurnWithoutCookie),
                Some(pinned) if tried.all.contains(&pinned) => (
                    self.next_turn(servers, tried),
                    ChosenBy::TurnAsPinnedIsDown { pinned },
                ),
                Some(pinned) => (pinned, ChosenBy::Cookie),
            },
            Balancer::HashOfId => match asked.id_hash {
                None => (self.next_turn(servers, tried), ChosenBy::TurnWithoutId),
                Some(id_hash) => (heaviest(id_hash, servers, tried), ChosenBy::Hash),
            },
        }
    }

    /// The next server by turns that was not tried.
    fn next_turn(&mut self, servers: u32, tried: &Tried) -> u32 {
        loop {
            let server = self.turn % servers + 1;
            self.turn = server % servers;
            if !tried.all.contains(&server) {
                return server;
            }
        }
    }

    /// Any server that was not tried.
    fn any(&mut self, servers: u32, tried: &Tried) -> u32 {
        let mut server = 1;
        for _ in 0..DRAWS {
            server = self.below(servers) + 1;
            if !tried.all.contains(&server) {
                return server;
            }
        }
        while tried.all.contains(&server) {
            server = server % servers + 1;
        }
        server
    }

    /// The next one by turns of those with the fewest requests under way. No walk is longer than there are servers that
    /// are busy or were tried.
    fn least_busy(&mut self, servers: u32, tried: &Tried) -> (u32, ChosenBy) {
        let busy = self
            .under_way
            .iter()
            .filter(|(server, _)| **server <= servers && !tried.all.contains(server));
        let left = servers as usize - tried.in_order.len();
        let under_way = if busy.clone().count() < left {
            0
        } else {
            busy.map(|(_, under_way)| *under_way)
                .min()
                .unwrap_or_default()
        };
        loop {
            let server = self.next_turn(servers, tried);
            if self.under_way_at(server) == under_way {
                return (server, ChosenBy::FewestUnderWay { under_way });
            }
        }
    }

    fn less_busy_of_two(&mut self, servers: u32, tried: &Tried) -> (u32, ChosenBy) {
        let first = self.any(servers, tried);
        if tried.in_order.len() + 1 >= servers as usize {
            return (first, ChosenBy::Chance);
        }
        let mut second = self.any(servers, tried);
        while second == first {
            second = self.any(servers, tried);
        }
        let (at_first, at_second) = (self.under_way_at(first), self.under_way_at(second));
        let (server, other, under_way, other_under_way) = if at_second < at_first {
            (second, first, at_second, at_first)
        } else {
            (first, second, at_first, at_second)
        };
        let by = ChosenBy::TwoChoices {
            other,
            under_way,
            other_under_way,
        };
        (server, by)
    }

    fn under_way_at(&self, server: u32) -> u32 {
        self.under_way.get(&server).copied().unwrap_or_default()
    }

    /// A number below this one.
    fn below(&mut self, count: u32) -> u32 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let drawn = (u128::from(mixed(self.chance)) * u128::from(count)) >> 64;
        u32::try_from(drawn).unwrap_or_default()
    }
}

/// The server whose number and the ID give the largest hash together. Each user's IDs prefer servers in an order of their
/// own, so that a dead server moves its own users alone, and all over the others. Rendezvous hashing: Thaler and
/// Ravishankar, 1998.
fn heaviest(id_hash: u64, servers: u32, tried: &Tried) -> u32 {
    (1..=servers)
        .filter(|server| !tried.all.contains(server))
        .max_by_key(|server| mixed(id_hash ^ mixed(u64::from(*server))))
        .unwrap_or(1)
}

/// Bits that look like chance. SplitMix64: Steele, Lea and Flood, 2014.
const fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
