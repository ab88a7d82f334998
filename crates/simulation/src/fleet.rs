//! The servers: who waits where, who works at what, and what chooses among them.

use std::collections::VecDeque;

use protocol::{Balancer, Queue};

use crate::chance::{Chance, mixed};
use crate::wrong::Wrong;

/// No request, no server.
pub(crate) const NONE: u32 = u32::MAX;

/// A queue of requests. Each request knows the one behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) head: u32,
    pub(crate) tail: u32,
    pub(crate) length: u32,
}

impl Line {
    pub(crate) const EMPTY: Self = Self {
        head: NONE,
        tail: NONE,
        length: 0,
    };
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// Who waits at it.
    pub(crate) line: Line,
    /// At which request it works.
    pub(crate) working_at: u32,
    /// Whether it stands among those that wait for work, where all share a queue.
    is_listed: bool,
    pub(crate) is_down: bool,
}

impl Server {
    const NEW: Self = Self {
        line: Line::EMPTY,
        working_at: NONE,
        is_listed: false,
        is_down: false,
    };
}

/// All servers, and the balancer before them.
#[derive(Debug)]
pub(crate) struct Fleet {
    pub(crate) servers: Vec<Server>,
    /// How many requests are under way at each, also at the store: apart, as balancers look at nothing else.
    pub(crate) under_way: Vec<u32>,
    /// What is wrong with each.
    pub(crate) wrongs: Vec<Wrong>,
    /// Those that are not down, in the order of their numbers.
    pub(crate) alive: Vec<u32>,
    /// Who waits for whichever server is free, where all share a queue.
    pub(crate) line: Line,
    queue: Queue,
    turn: usize,
    chance: Chance,
    /// To which server the balancer's cookie pins each user.
    pinned: Vec<u32>,
    /// Servers without work, where all share a queue: who has waited longest comes first.
    idle: VecDeque<u32>,
}

impl Fleet {
    pub(crate) fn new(servers: u32, queue: Queue, users: usize, seed: u64) -> Self {
        let is_sticky = queue == Queue::OneEach(Balancer::StickyCookie);
        let mut fleet = Self {
            servers: Vec::new(),
            under_way: Vec::new(),
            wrongs: Vec::new(),
            alive: Vec::new(),
            line: Line::EMPTY,
            queue,
            turn: 0,
            chance: Chance::new(seed, 5),
            pinned: vec![NONE; if is_sticky { users } else { 0 }],
            idle: VecDeque::new(),
        };
        fleet.add(servers);
        for user in 0..fleet.pinned.len() {
            fleet.pinned[user] = user as u32 % servers;
        }
        fleet
    }

    /// To which server a user's requests go at the start, where that does not change with each request.
    pub(crate) fn starts_at(&self, user: u32) -> Option<u32> {
        match self.queue {
            Queue::OneEach(Balancer::StickyCookie) => self.pinned.get(user as usize).copied(),
            Queue::OneEach(Balancer::HashOfId) => Some(self.by_hash(user)),
            _ => None,
        }
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.queue == Queue::Shared
    }

    /// Adds servers that have nothing to do.
    pub(crate) fn add(&mut self, servers: u32) {
        for _ in 0..servers {
            self.servers.push(Server::NEW);
            self.under_way.push(0);
            self.wrongs.push(Wrong::NOTHING);
        }
        self.count_alive();
    }

    /// Takes note of who is down and who is not.
    pub(crate) fn count_alive(&mut self) {
        self.alive = (0..self.servers.len() as u32)
            .filter(|&server| !self.servers[server as usize].is_down)
            .collect();
        if self.is_shared() {
            for place in 0..self.alive.len() {
                self.list_idle(self.alive[place]);
            }
        }
    }

    /// Puts a server among those that wait for work, where all share a queue.
    #[inline]
    pub(crate) fn list_idle(&mut self, server: u32) {
        let state = &mut self.servers[server as usize];
        if state.working_at == NONE && !state.is_down && !state.is_listed {
            state.is_listed = true;
            self.idle.push_back(server);
        }
    }

    /// A server without work.
    #[inline]
    pub(crate) fn take_idle(&mut self) -> Option<u32> {
        while let Some(server) = self.idle.pop_front() {
            let state = &mut self.servers[server as usize];
            state.is_listed = false;
            if !state.is_down && state.working_at == NONE {
                return Some(server);
            }
        }
        None
    }

    /// The server for a request of this user, where each has a queue of its own; `None` where all are down.
    #[inline]
    pub(crate) fn choose(&mut self, user: u32) -> Option<u32> {
        let count = self.alive.len();
        if count <= 1 {
            return self.alive.first().copied();
        }
        let Queue::OneEach(balancer) = self.queue else {
            return None;
        };
        Some(match balancer {
            Balancer::RoundRobin => self.next_turn(),
            Balancer::Random => self.any(),
            Balancer::LeastBusy => self.least_busy(),
            Balancer::TwoChoices => {
                let first = self.chance.below(count as u32) as usize;
                let mut second = self.chance.below(count as u32 - 1) as usize;
                second += usize::from(second >= first);
                let (first, second) = (self.alive[first], self.alive[second]);
                if self.busy(second) < self.busy(first) {
                    second
                } else {
                    first
                }
            }
            Balancer::StickyCookie => {
                let pinned = self.pinned[user as usize];
                if pinned != NONE && !self.servers[pinned as usize].is_down {
                    pinned
                } else {
                    let next = self.next_turn();
                    self.pinned[user as usize] = next;
                    next
                }
            }
            Balancer::HashOfId => self.by_hash(user),
        })
    }

    #[inline]
    fn busy(&self, server: u32) -> u32 {
        self.under_way[server as usize]
    }

    fn next_turn(&mut self) -> u32 {
        self.turn = if self.turn + 1 < self.alive.len() {
            self.turn + 1
        } else {
            0
        };
        self.alive[self.turn]
    }

    fn any(&mut self) -> u32 {
        match self.alive.len() as u32 {
            0 => NONE,
            count => self.alive[self.chance.below(count) as usize],
        }
    }

    /// The one with the fewest under way, looked for from the one whose turn it is.
    fn least_busy(&mut self) -> u32 {
        let first = self.next_turn();
        let mut best = (self.busy(first), first);
        let (before, after) = self.alive.split_at(self.turn);
        for &server in after.iter().chain(before) {
            if best.0 == 0 {
                break;
            }
            let busy = self.busy(server);
            if busy < best.0 {
                best = (busy, server);
            }
        }
        best.1
    }

    /// By a consistent hash (Lamping and Veach, 2014): a server more or less moves few users. Where it leads to one that
    /// is down, the hash's hash decides.
    fn by_hash(&self, user: u32) -> u32 {
        let mut key = mixed(u64::from(user));
        for _ in 0..64 {
            let server = jump(key, self.servers.len() as u32);
            if !self.servers[server as usize].is_down {
                return server;
            }
            key = mixed(key);
        }
        self.alive.first().copied().unwrap_or(NONE)
    }
}

fn jump(mut key: u64, buckets: u32) -> u32 {
    let (mut bucket, mut next) = (0_u32, 0_u32);
    while next < buckets {
        bucket = next;
        key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        let share = (1_u64 << 31) as f64 / ((key >> 33) + 1) as f64;
        next = (f64::from(bucket + 1) * share).min(4e9) as u32;
    }
    bucket
}
