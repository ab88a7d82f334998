//! The requests under way, and the queues in which they stand. A place is used again once its request has ended, so that
//! memory grows with what is under way and not with the run.

use crate::fleet::{Line, NONE};
use crate::workload::Brought;

/// A request under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    pub(super) arrived: f64,
    pub(super) network: f64,
    pub(super) service: f64,
    pub(super) sign_in: f64,
    /// When it came to the balancer.
    pub(super) waiting_since: f64,
    /// How long it waited for a server.
    pub(super) waited: f64,
    pub(super) user: u32,
    /// Its server, once it has one.
    pub(super) server: u32,
    /// Who stands behind it; in a place that is free, the next one that is.
    next: u32,
    /// What is left of it to do at the store.
    pub(super) reads: u8,
    pub(super) writes: u8,
    operations: u8,
    pub(super) is_refused: bool,
    pub(super) is_measured: bool,
    /// Whether its ending is counted, though it still takes its way: its user gave up.
    pub(super) has_ended: bool,
    /// Whether it was lost with its server, and only its last event is left of it.
    pub(super) is_dead: bool,
    pub(super) is_free: bool,
}

impl Request {
    pub(super) const fn new(now: f64, brought: Brought, is_measured: bool) -> Self {
        Self {
            arrived: now,
            network: brought.network,
            service: brought.service,
            sign_in: brought.sign_in,
            waiting_since: now,
            waited: 0.0,
            user: brought.user,
            server: NONE,
            next: NONE,
            reads: 0,
            writes: 0,
            operations: brought.operations,
            is_refused: false,
            is_measured,
            has_ended: false,
            is_dead: false,
            is_free: false,
        }
    }

    pub(super) const fn operations_left(&self) -> u32 {
        self.reads as u32 + self.writes as u32 + self.operations as u32
    }

    /// Takes the next operation: what authentication reads and writes, then what the application reads. Whether it is a
    /// write.
    pub(super) const fn take_operation(&mut self) -> bool {
        if self.reads > 0 {
            self.reads -= 1;
        } else if self.writes > 0 {
            self.writes -= 1;
            return true;
        } else {
            self.operations = self.operations.saturating_sub(1);
        }
        false
    }
}

/// All of them.
#[derive(Debug)]
pub(super) struct Requests {
    places: Vec<Request>,
    first_free: u32,
    under_way: usize,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            first_free: NONE,
            under_way: 0,
        }
    }
}

impl Requests {
    pub(super) const fn under_way(&self) -> usize {
        self.under_way
    }

    #[inline]
    pub(super) fn at(&mut self, id: u32) -> &mut Request {
        &mut self.places[id as usize]
    }

    #[inline]
    pub(super) fn add(&mut self, request: Request) -> u32 {
        self.under_way += 1;
        let id = self.first_free;
        if id == NONE {
            self.places.push(request);
            return self.places.len() as u32 - 1;
        }
        self.first_free = self.places[id as usize].next;
        self.places[id as usize] = request;
        id
    }

    #[inline]
    pub(super) fn remove(&mut self, id: u32) {
        let request = &mut self.places[id as usize];
        request.is_free = true;
        request.next = self.first_free;
        self.first_free = id;
        self.under_way -= 1;
    }

    #[inline]
    pub(super) fn put_last(&mut self, line: &mut Line, id: u32) {
        self.places[id as usize].next = NONE;
        if line.length == 0 {
            line.head = id;
        } else {
            self.places[line.tail as usize].next = id;
        }
        line.tail = id;
        line.length += 1;
    }

    #[inline]
    pub(super) fn take_first(&mut self, line: &mut Line) -> Option<u32> {
        if line.length == 0 {
            return None;
        }
        let id = line.head;
        line.head = self.places[id as usize].next;
        line.length -= 1;
        Some(id)
    }

    /// Those that are at one of these servers, and neither dead nor free.
    pub(super) fn at_servers(&self, is_one: impl Fn(u32) -> bool) -> Vec<u32> {
        (0..self.places.len() as u32)
            .filter(|&id| {
                let request = &self.places[id as usize];
                let is_there = request.server != NONE && is_one(request.server);
                is_there && !request.is_dead && !request.is_free
            })
            .collect()
    }

    /// Whether the user of the request in this place still waits, and gives up at that time. The place may be another
    /// request's by now.
    pub(super) fn could_give_up(&self, id: u32, at: f64, patience: f64) -> bool {
        let request = &self.places[id as usize];
        request.arrived + patience == at && !request.has_ended && !request.is_free
    }
}
