//! Filling the store slice by slice, measuring on the way, and undoing it. Between two slices it looks whether it was
//! cancelled.

use leptos::prelude::*;
use protocol::{Filled, GrowthPoint};

use super::growth::{is_measured_at, next_slice};
use crate::state::Playground;

/// How many rows are removed at a time.
const UNDONE_AT_ONCE: u32 = 20_000;

/// How far a filling is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Growing {
    /// Nothing was begun.
    #[default]
    Idle,
    /// Rows are being added.
    Filling(Progress),
    /// All that was wanted is there.
    Filled(Progress),
    /// It was cancelled.
    Cancelled(Progress),
    /// It stopped.
    Failed {
        /// How far it was.
        progress: Progress,
        /// Why.
        why: String,
    },
    /// A batch is being removed, or was, or can't be.
    Emptying(Result<Filled, String>),
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Progress {
    /// How many sessions there are to be.
    pub(crate) target: u64,
    /// How many there are.
    pub(crate) sessions: u64,
    /// How many were added.
    pub(crate) added: u64,
    /// How long the adding took, in microseconds. Measured.
    pub(crate) microseconds: f64,
}

/// A filling. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Filling {
    playground: Playground,
    /// How far it is.
    pub(crate) state: RwSignal<Growing>,
    /// What was measured, by size.
    pub(crate) points: RwSignal<Vec<GrowthPoint>>,
    /// Whether something is under way.
    pub(crate) is_busy: RwSignal<bool>,
    is_cancelled: StoredValue<bool>,
}

impl Filling {
    pub(super) fn new(playground: Playground) -> Self {
        Self {
            playground,
            state: RwSignal::new(Growing::Idle),
            points: RwSignal::new(Vec::new()),
            is_busy: RwSignal::new(false),
            is_cancelled: StoredValue::new(false),
        }
    }

    /// Ends what is under way once the present slice is done.
    pub(crate) fn cancel(self) {
        self.is_cancelled.set_value(true);
    }

    /// Adds sessions until there are that many.
    pub(crate) async fn fill(self, target: u64) {
        if !self.begin() {
            return;
        }
        let state = self.fill_up(target).await;
        self.end(state).await;
    }

    async fn fill_up(self, target: u64) -> Growing {
        let mut progress = Progress {
            target,
            ..Progress::default()
        };
        match self.playground.observe().await {
            Ok(seen) => progress.sessions = u64::from(seen.session_count),
            Err(why) => return Growing::Failed { progress, why },
        }
        let mut batch = None;
        while let Some(rows) = next_slice(progress.sessions, target) {
            if self.is_cancelled.get_value() {
                return Growing::Cancelled(progress);
            }
            self.state.set(Growing::Filling(progress));
            match self.playground.fill(batch, rows).await {
                Ok(filled) => {
                    batch = Some(filled.batch);
                    progress.sessions = filled.sessions;
                    progress.added += u64::from(filled.rows);
                    progress.microseconds += filled.microseconds;
                    if filled.rows == 0 {
                        let why = String::from("No more rows were added.");
                        return Growing::Failed { progress, why };
                    }
                }
                Err(why) => return Growing::Failed { progress, why },
            }
            self.state.set(Growing::Filling(progress));
            if is_measured_at(progress.sessions)
                && let Err(why) = self.measure_now().await
            {
                return Growing::Failed { progress, why };
            }
        }
        Growing::Filled(progress)
    }

    /// Measures at the present size.
    pub(crate) async fn measure(self) {
        if !self.begin() {
            return;
        }
        let state = match self.measure_now().await {
            Ok(()) => self.state.get_untracked(),
            Err(why) => Growing::Emptying(Err(why)),
        };
        self.end(state).await;
    }

    async fn measure_now(self) -> Result<(), String> {
        let point = self.playground.measure_growth().await?;
        self.points.update(|points| {
            points.retain(|it| it.sessions != point.sessions);
            points.push(point);
            points.sort_by_key(|it| it.sessions);
        });
        Ok(())
    }

    /// Removes a batch.
    pub(crate) async fn empty(self, batch: u32) {
        if !self.begin() {
            return;
        }
        let state = loop {
            let removed = self.playground.empty(batch, UNDONE_AT_ONCE).await;
            let is_done = removed
                .as_ref()
                .map_or(true, |it| it.batch_rows == 0 || it.rows == 0);
            let state = Growing::Emptying(removed);
            if is_done || self.is_cancelled.get_value() {
                break state;
            }
            self.state.set(state);
        };
        self.end(state).await;
    }

    fn begin(self) -> bool {
        if self.is_busy.get_untracked() {
            return false;
        }
        self.is_cancelled.set_value(false);
        self.is_busy.set(true);
        true
    }

    async fn end(self, state: Growing) {
        self.state.set(state);
        self.is_busy.set(false);
        let _ = self.playground.observe().await;
    }
}
