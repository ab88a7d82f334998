//! The making of a key for the token studio.

use leptos::prelude::*;
use protocol::KeyProgress;

use crate::browser::Lab;

/// It, and who does it. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct KeyMaker {
    /// How far it is; `None` where none is being made. `Err` says why it came to nothing.
    pub(crate) state: RwSignal<Option<Result<KeyProgress, String>>>,
    pub(super) lab: StoredValue<Option<Lab>, LocalStorage>,
}

impl KeyMaker {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(None),
            lab: StoredValue::new_local(None),
        }
    }

    /// Gives up what is being made.
    pub(crate) fn cancel(self) {
        self.end(None);
    }

    /// Ends the lab worker.
    pub(super) fn end(self, state: Option<Result<KeyProgress, String>>) {
        self.lab.set_value(None);
        self.state.set(state);
    }
}
