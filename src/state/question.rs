//! A question whose answer is shown while it is being changed. It never asks by itself, and knows nothing of the answer.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

/// A question that is asked again and again, one at a time: while it is open, only that it must be asked anew is
/// remembered, so that quick typing never makes a queue.
pub(crate) struct Question<T: Send + Sync + 'static> {
    answer: RwSignal<Option<T>>,
    is_open: StoredValue<bool>,
    is_stale: StoredValue<bool>,
}

impl<T: Send + Sync> Clone for Question<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Question<T> {}

impl<T: Send + Sync> Question<T> {
    /// One whose answers go there.
    pub(crate) fn new(answer: RwSignal<Option<T>>) -> Self {
        Self {
            answer,
            is_open: StoredValue::new(false),
            is_stale: StoredValue::new(false),
        }
    }

    /// Asks, at once or as soon as the last answer has come.
    pub(crate) fn ask<F, A>(self, question: F)
    where
        F: Fn() -> A + 'static,
        A: Future<Output = T>,
    {
        // The component may be gone by the time an answer comes.
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
