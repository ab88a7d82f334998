//! What will happen, in the order of time. What happens at the same time happens in the order in which it was decided.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
#[derive(Debug, Default)]
pub(crate) struct Events {
    /// Time, order and event in one number: times are not negative, so that their bits are ordered as they are.
    heap: BinaryHeap<Reverse<u128>>,
    order: u32,
}

const KIND_BITS: u32 = 3;

impl Events {
    #[inline]
    pub(crate) fn add(&mut self, at: f64, event: Event) {
        let (kind, id) = match event {
            Event::Reached(id) => (0, id),
            Event::Worked(id) => (1, id),
            Event::ReachedStore(id) => (2, id),
            Event::Stored(id) => (3, id),
            Event::Asked(id) => (4, id),
            Event::GaveUp(id) => (5, id),
        };
        self.order = self.order.wrapping_add(1);
        let low = u64::from(self.order) << 32 | u64::from(id << KIND_BITS | kind);
        self.heap
            .push(Reverse(u128::from(at.to_bits()) << 64 | u128::from(low)));
    }

    /// When the next one happens.
    #[inline]
    pub(crate) fn next_at(&self) -> f64 {
        self.heap.peek().map_or(f64::INFINITY, |Reverse(entry)| {
            f64::from_bits((entry >> 64) as u64)
        })
    }

    #[inline]
    pub(crate) fn take(&mut self) -> Option<Event> {
        let Reverse(entry) = self.heap.pop()?;
        let low = entry as u32;
        let id = low >> KIND_BITS;
        Some(match low & ((1 << KIND_BITS) - 1) {
            0 => Event::Reached(id),
            1 => Event::Worked(id),
            2 => Event::ReachedStore(id),
            3 => Event::Stored(id),
            4 => Event::Asked(id),
            _ => Event::GaveUp(id),
        })
    }
}
