//! The making of a key for the server.

use leptos::prelude::{RwSignal, Set, SetValue, StoredValue};
use leptos::reactive::owner::LocalStorage;
use protocol::{KeyProgress, ServerAlgorithm};

use crate::browser::Lab;

/// It, and who does it.
#[derive(Clone, Copy)]
pub(crate) struct ServerKey {
    /// How far it is.
    pub(crate) state: RwSignal<KeyMaking>,
    pub(super) lab: StoredValue<Option<Lab>, LocalStorage>,
}

/// How far the making of a key is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum KeyMaking {
    /// None is being made.
    #[default]
    Idle,
    /// A lab worker is at it.
    Making {
        /// For which algorithm.
        algorithm: ServerAlgorithm,
        /// How far it is.
        progress: KeyProgress,
    },
    /// It came to nothing.
    Failed {
        /// Why.
        reason: String,
    },
}

impl ServerKey {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(KeyMaking::Idle),
            lab: StoredValue::new_local(None),
        }
    }

    /// Ends the lab worker.
    pub(super) fn end(self, state: KeyMaking) {
        self.lab.set_value(None);
        self.state.set(state);
    }
}
