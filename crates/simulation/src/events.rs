//! What will happen, in the order of time. What happens at the same time happens in the order in which it was decided.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// What happens to which request or user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A request reaches the balancer.
    Reached(u32),
    /// A server has done its part of a request.
    Worked(u32),
    /// An operation reaches the store.
    ReachedStore(u32),
    /// The store has done an operation of a request.
    Stored(u32),
    /// A user has thought, and asks.
    Asked(u32),
    /// The user of a request gives up.
    GaveUp(u32),
}

/// The events to come.
#[derive(Debug)]
pub(crate) struct Events {
    /// Time, order and event in one number: times are not negative, so that their bits are ordered as they are.
    heap: BinaryHeap<Reverse<u128>>,
    /// Those at the store, by kind, as long as each comes after the one before: at constant times all of them do, and
    /// then they need no heap.
    in_turn: [VecDeque<u128>; 2],
    /// The first of each of these.
    first_in_turn: [u128; 2],
    order: u32,
}

const KIND_BITS: u32 = 3;
const NEVER: u128 = u128::MAX;

impl Events {
    pub(crate) fn new() -> Self {
        Self {
            heap: BinaryHeap::new(),
            in_turn: [VecDeque::new(), VecDeque::new()],
            first_in_turn: [NEVER; 2],
            order: 0,
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, at: f64, event: Event) {
        let (kind, id) = match event {
            Event::ReachedStore(id) => (0, id),
            Event::Stored(id) => (1, id),
            Event::Reached(id) => (2, id),
            Event::Worked(id) => (3, id),
            Event::Asked(id) => (4, id),
            Event::GaveUp(id) => (5, id),
        };
        self.order = self.order.wrapping_add(1);
        let low = (u64::from(self.order) << 32) | u64::from((id << KIND_BITS) | kind);
        let entry = (u128::from(at.to_bits()) << 64) | u128::from(low);
        if let Some(line) = self.in_turn.get_mut(kind as usize) {
            match line.back() {
                None => self.first_in_turn[kind as usize] = entry,
                Some(last) if *last > entry => {
                    self.heap.push(Reverse(entry));
                    return;
                }
                Some(_) => {}
            }
            line.push_back(entry);
        } else {
            self.heap.push(Reverse(entry));
        }
    }

    #[inline]
    fn first_of_heap(&self) -> u128 {
        self.heap.peek().map_or(NEVER, |Reverse(entry)| *entry)
    }

    /// When the next one happens.
    #[inline]
    pub(crate) fn next_at(&self) -> f64 {
        let [first, second] = self.first_in_turn;
        match self.first_of_heap().min(first).min(second) {
            NEVER => f64::INFINITY,
            entry => time_of(entry),
        }
    }

    /// Leaves out those who give up of whom this does not hold, by when they would: how many are left.
    pub(crate) fn keep_giving_up(&mut self, holds: impl Fn(u32, f64) -> bool) -> usize {
        let mut left = 0;
        self.heap.retain(|&Reverse(entry)| match event_of(entry) {
            Event::GaveUp(id) => {
                let is_kept = holds(id, time_of(entry));
                left += usize::from(is_kept);
                is_kept
            }
            _ => true,
        });
        left
    }

    #[inline]
    pub(crate) fn take(&mut self) -> Option<Event> {
        let of_heap = self.first_of_heap();
        let kind = usize::from(self.first_in_turn[1] < self.first_in_turn[0]);
        let in_turn = self.first_in_turn[kind];
        let entry = if in_turn < of_heap {
            self.in_turn[kind].pop_front();
            self.first_in_turn[kind] = self.in_turn[kind].front().copied().unwrap_or(NEVER);
            in_turn
        } else {
            self.heap.pop()?;
            of_heap
        };
        Some(event_of(entry))
    }
}

#[inline]
fn time_of(entry: u128) -> f64 {
    f64::from_bits((entry >> 64) as u64)
}

#[inline]
fn event_of(entry: u128) -> Event {
    let low = entry as u32;
    let id = low >> KIND_BITS;
    match low & ((1 << KIND_BITS) - 1) {
        0 => Event::ReachedStore(id),
        1 => Event::Stored(id),
        2 => Event::Reached(id),
        3 => Event::Worked(id),
        4 => Event::Asked(id),
        _ => Event::GaveUp(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn what_happens_at_the_same_time_happens_in_the_order_in_which_it_was_decided() {
        let kinds = [
            Event::ReachedStore,
            Event::Stored,
            Event::Reached,
            Event::Worked,
            Event::Asked,
            Event::GaveUp,
        ];
        let mut chance = Chance::new(1, 0);
        let mut events = Events::new();
        let mut expected = Vec::new();
        let mut now = 0;
        for _ in 0..10_000 {
            // As many are added as taken, each for one of four moments.
            if expected.is_empty() || chance.below(2) == 0 {
                let at = now + chance.below(4);
                let event = kinds[chance.below(6) as usize](chance.below(100_000));
                events.add(f64::from(at), event);
                expected.push((at, event));
                expected.sort_by_key(|&(at, _)| at);
            } else {
                let (at, event) = expected.remove(0);
                assert_eq!(events.next_at(), f64::from(at));
                assert_eq!(events.take(), Some(event));
                now = at;
            }
        }
    }
}
