//! A question that is asked again and again, one at a time: while it is open, only that it must be asked anew is
//! remembered, so that quick typing never makes a queue.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

/// A question with its latest answer. A handle: copy it freely.
pub(crate) struct LiveQuestion<T: Send + Sync + 'static> {
    /// What was answered last.
    pub(crate) answer: RwSignal<Option<T>>,
    is_open: StoredValue<bool>,
    is_stale: StoredValue<bool>,
}

impl<T: Send + Sync + 'static> Clone for LiveQuestion<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for LiveQuestion<T> {}

impl<T: Send + Sync + 'static> LiveQuestion<T> {
    /// A question that was not asked yet.
    pub(crate) fn new() -> Self {
        Self {
            answer: RwSignal::new(None),
            is_open: StoredValue::new(false),
            is_stale: StoredValue::new(false),
        }
    }

    /// Asks it, now or as soon as the answer before is there. Called outside of any tracking.
    pub(crate) fn ask<F, A>(self, question: F)
    where
        F: Fn() -> A + 'static,
        A: Future<Output = T>,
    {
        // Whoever asked may be gone by the time an answer comes.
        if self.is_open.try_get_value() != Some(false) {
            self.is_stale.try_set_value(true);
            return;
        }
        self.is_open.set_value(true);
        spawn_local(async move {
            loop {
                self.is_stale.try_set_value(false);
                let answer = question().await;
                self.answer.try_set(Some(answer));
                if self.is_stale.try_get_value() != Some(true) {
                    break;
                }
            }
            self.is_open.try_set_value(false);
        });
    }
}
