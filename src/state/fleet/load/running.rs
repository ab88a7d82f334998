//! A run of the load model in a lab worker: how far it is, and what it told last. It goes on while another scene is
//! shown, and ends when it is stopped or another one begins.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use protocol::{LoadOrder, LoadReport, Simulation, SimulationProblem, SimulationReport};

use super::load_lab;
use super::playing::Playing;
use super::settings::Ground;
use crate::browser::{Lab, milliseconds};

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum RunState {
    /// Nothing was run yet.
    #[default]
    Idle,
    /// A lab worker is at it.
    Running,
    /// It was stopped: what it told until then stays.
    Stopped,
    /// It ran to its end.
    Done {
        /// How long that took, in milliseconds. Measured.
        milliseconds: f64,
    },
    /// Its worker died.
    Died {
        /// Why.
        why: String,
    },
    /// It makes no sense.
    Refused(SimulationProblem),
}

/// What is run, and on what its times stand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    /// The run.
    pub(crate) run: Simulation,
    /// What its times stand on.
    pub(crate) ground: Ground,
}

/// A run. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct LoadRun {
    /// How far it is.
    pub(crate) state: RwSignal<RunState>,
    /// What was ordered last.
    ordered: StoredValue<Option<Arc<Order>>>,
    /// What the report is of.
    pub(crate) order: RwSignal<Option<Arc<Order>>>,
    /// What was told last: of the run before until the present one tells something.
    pub(crate) report: RwSignal<Option<Arc<SimulationReport>>>,
    /// The moment that pictures and charts show.
    pub(crate) playing: Playing,
    /// Whether the report is of the present run.
    pub(crate) has_told: RwSignal<bool>,
    began: StoredValue<f64>,
    lab: StoredValue<Option<Lab>, LocalStorage>,
    ahead: StoredValue<Option<Lab>, LocalStorage>,
}

impl LoadRun {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(RunState::Idle),
            ordered: StoredValue::new(None),
            order: RwSignal::new(None),
            report: RwSignal::new(None),
            playing: Playing::new(),
            has_told: RwSignal::new(false),
            began: StoredValue::new(0.0),
            lab: StoredValue::new_local(None),
            ahead: StoredValue::new_local(None),
        }
    }

    /// Starts a worker ahead of the order, so that the first figures come at once.
    pub(crate) fn prepare(self) {
        let has_one = self.ahead.with_value(Option::is_some);
        if !has_one && self.lab.with_value(Option::is_none) {
            self.ahead.set_value(Some(Lab::waiting()));
        }
    }

    /// Ends the worker that waits for an order.
    pub(crate) fn dismiss(self) {
        self.ahead.set_value(None);
    }

    /// Begins a run; one that is under way ends.
    pub(crate) fn begin(self, order: Order) {
        self.lab.set_value(None);
        let run = order.run.clone();
        self.ordered.set_value(Some(Arc::new(order)));
        self.has_told.set(false);
        self.playing.rewind();
        self.state.set(RunState::Running);
        self.began.set_value(milliseconds());
        let lab = self
            .ahead
            .try_update_value(Option::take)
            .flatten()
            .unwrap_or_else(Lab::waiting);
        let order = LoadOrder::Run(Box::new(run));
        load_lab::carry_out(&lab, &order, move |report| self.hear(report));
        if self
            .state
            .with_untracked(|state| *state == RunState::Running)
        {
            self.lab.set_value(Some(lab));
        }
    }

    /// Runs again what was run last.
    pub(crate) fn again(self) {
        if let Some(order) = self.ordered.get_value() {
            self.begin((*order).clone());
        }
    }

    /// Ends it. What it told stays.
    pub(crate) fn stop(self) {
        if self
            .state
            .with_untracked(|state| *state == RunState::Running)
        {
            self.end(RunState::Stopped);
        }
    }

    fn end(self, state: RunState) {
        self.lab.set_value(None);
        if !self.has_told.get_untracked() {
            // What stands there is of another run.
            self.report.set(None);
        }
        // Whatever killed one may kill the next: that one is started when it is asked for.
        if !matches!(state, RunState::Died { .. }) {
            self.prepare();
        }
        self.state.set(state);
    }

    fn hear(self, report: Result<LoadReport, String>) {
        match report {
            Ok(LoadReport::Ran(report)) => {
                if !self.has_told.get_untracked() {
                    self.has_told.set(true);
                    self.order.set(self.ordered.get_value());
                }
                self.report.set(Some(Arc::new(*report)));
            }
            Ok(LoadReport::Done) => {
                let milliseconds = milliseconds() - self.began.get_value();
                let frames = self
                    .report
                    .with_untracked(|report| report.as_ref().map_or(0, |it| it.frames.len()));
                self.playing.settle(frames);
                self.end(RunState::Done { milliseconds });
            }
            Ok(LoadReport::Refused(problem)) => self.end(RunState::Refused(problem)),
            Ok(_) => {}
            Err(why) => self.end(RunState::Died { why }),
        }
    }
}
