//! Which steps of a lane are pointed at: the list marks the arrows, the arrows mark the list.

use std::ops::Range;

use leptos::prelude::*;

/// What is pointed at. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Marking {
    /// Which of the steps that the lane shows.
    marked: RwSignal<Option<Range<usize>>>,
}

impl Marking {
    /// Nothing is pointed at.
    pub(crate) fn new() -> Self {
        Self {
            marked: RwSignal::new(None),
        }
    }

    /// These steps are pointed at.
    pub(crate) fn point(self, steps: Range<usize>) {
        self.marked.set(Some(steps));
    }

    /// Nothing is pointed at any more.
    pub(crate) fn leave(self) {
        // The lane may be on its way out, and the signal gone with it.
        if self.marked.try_with_untracked(Option::is_some) == Some(true) {
            self.marked.set(None);
        }
    }

    /// Whether one of these steps is pointed at.
    pub(crate) fn marks(self, steps: &Range<usize>) -> bool {
        self.marked.with(|marked| {
            marked
                .as_ref()
                .is_some_and(|marked| marked.start < steps.end && steps.start < marked.end)
        })
    }
}
