//! Which steps of a lane are pointed at: the list marks the arrows, the arrows mark the list.

use std::ops::Range;

use leptos::prelude::*;

/// What is pointed at. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Marking {
    /// Of which exchange, and which of its steps.
    marked: RwSignal<Option<(u32, Range<usize>)>>,
}

impl Marking {
    /// Nothing is pointed at.
    pub(crate) fn new() -> Self {
        Self {
            marked: RwSignal::new(None),
        }
    }

    /// The part of one exchange in it.
    pub(crate) const fn of(self, exchange: u32) -> ExchangeMarking {
        ExchangeMarking {
            marking: self,
            exchange,
        }
    }
}

/// What is pointed at in one exchange.
#[derive(Clone, Copy)]
pub(crate) struct ExchangeMarking {
    marking: Marking,
    exchange: u32,
}

impl ExchangeMarking {
    /// These steps are pointed at.
    pub(crate) fn point(self, steps: Range<usize>) {
        self.marking.marked.set(Some((self.exchange, steps)));
    }

    /// Nothing is pointed at any more.
    pub(crate) fn leave(self) {
        self.marking.marked.set(None);
    }

    /// Whether one of these steps is pointed at.
    pub(crate) fn marks(self, steps: &Range<usize>) -> bool {
        self.marking.marked.with(|marked| {
            marked.as_ref().is_some_and(|(exchange, marked)| {
                *exchange == self.exchange && marked.start < steps.end && steps.start < marked.end
            })
        })
    }
}
