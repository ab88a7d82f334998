//! The model held against theory in a lab worker, system by system. It knows no formula: the model's own crate does.

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use protocol::{LoadOrder, LoadReport, TheoryRow};

use super::load_lab;
use crate::browser::Lab;

/// How many requests each system gets here.
pub(crate) const REQUESTS: u64 = 1_000_000;
/// Where chance starts.
const SEED: u64 = 1;

/// How far the comparison is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum TheoryState {
    /// Nothing was compared yet.
    #[default]
    Idle,
    /// A worker is at it.
    Running,
    /// All systems are there.
    Done,
    /// It was stopped.
    Stopped,
    /// The worker died.
    Died {
        /// Why.
        why: String,
    },
}

/// The comparison. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct TheoryCheck {
    /// How far it is.
    pub(crate) state: RwSignal<TheoryState>,
    /// The systems so far.
    pub(crate) rows: RwSignal<Vec<TheoryRow>>,
    lab: StoredValue<Option<Lab>, LocalStorage>,
}

impl TheoryCheck {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(TheoryState::Idle),
            rows: RwSignal::new(Vec::new()),
            lab: StoredValue::new_local(None),
        }
    }

    /// Begins anew.
    pub(crate) fn begin(self) {
        self.rows.set(Vec::new());
        self.state.set(TheoryState::Running);
        let order = LoadOrder::CheckTheory {
            requests: REQUESTS,
            seed: SEED,
        };
        let lab = load_lab::start(&order, move |report| self.hear(report));
        if self.state.get_untracked() == TheoryState::Running {
            self.lab.set_value(Some(lab));
        }
    }

    /// Ends it.
    pub(crate) fn stop(self) {
        if self.state.get_untracked() == TheoryState::Running {
            self.end(TheoryState::Stopped);
        }
    }

    fn end(self, state: TheoryState) {
        self.lab.set_value(None);
        self.state.set(state);
    }

    fn hear(self, report: Result<LoadReport, String>) {
        match report {
            Ok(LoadReport::Theory(row)) => self.rows.update(|rows| rows.push(row)),
            Ok(LoadReport::Done | LoadReport::Refused(_)) => {
                self.end(TheoryState::Done);
            }
            Ok(_) => {}
            Err(why) => self.end(TheoryState::Died { why }),
        }
    }
}
