//! A sweep: the same run with one number changed from point to point, on as many lab workers as there are cores. It
//! finds no knee itself: the model's own worker does.

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use protocol::{Knee, LoadOrder, LoadReport, Simulation, SweepPoint, Varied};
use scenario::{SweepProblem, sweep_points};

use super::load_lab;
use super::running::Order;
use crate::browser::{Lab, cores, milliseconds};

/// The most workers at a time.
const MOST_WORKERS: usize = 8;

/// What is to be swept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sweep {
    /// The run, and what it stands on.
    pub(crate) order: Order,
    /// What is varied.
    pub(crate) varied: Varied,
    /// Its first value.
    pub(crate) from: f64,
    /// Its last one.
    pub(crate) to: f64,
    /// How many points there are.
    pub(crate) points: u32,
}

impl Sweep {
    /// Its points: each number with its run, or why it has none.
    fn runs(&self) -> Result<Vec<(f64, Simulation)>, SweepProblem> {
        sweep_points(
            &self.order.run,
            self.varied,
            self.from,
            self.to,
            self.points,
        )
    }
}

/// How far a sweep is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum SweepState {
    /// Nothing was swept yet.
    #[default]
    Idle,
    /// So many workers are at it.
    Running {
        /// How many.
        workers: usize,
    },
    /// It was stopped.
    Stopped,
    /// All points are there.
    Done {
        /// How long that took, in milliseconds. Measured.
        milliseconds: f64,
        /// On how many workers.
        workers: usize,
    },
    /// It makes no sense.
    Refused(SweepProblem),
    /// A worker died.
    Died {
        /// Why.
        why: String,
    },
}

/// A sweep at work. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Sweeping {
    /// How far it is.
    pub(crate) state: RwSignal<SweepState>,
    /// What was ordered last.
    pub(crate) ordered: RwSignal<Option<Sweep>>,
    /// The points so far, in the order of their numbers.
    pub(crate) points: RwSignal<Vec<SweepPoint>>,
    /// Each lane's knee, once all points are there.
    pub(crate) knees: RwSignal<Vec<Option<Knee>>>,
    began: StoredValue<f64>,
    at_work: StoredValue<usize>,
    labs: StoredValue<Vec<Lab>, LocalStorage>,
}

impl Sweeping {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(SweepState::Idle),
            ordered: RwSignal::new(None),
            points: RwSignal::new(Vec::new()),
            knees: RwSignal::new(Vec::new()),
            began: StoredValue::new(0.0),
            at_work: StoredValue::new(0),
            labs: StoredValue::new_local(Vec::new()),
        }
    }

    /// Begins; one that is under way ends.
    pub(crate) fn begin(self, sweep: Sweep) {
        self.labs.set_value(Vec::new());
        self.points.set(Vec::new());
        self.knees.set(Vec::new());
        let runs = sweep.runs();
        self.ordered.set(Some(sweep));
        let runs = match runs {
            Ok(runs) => runs,
            Err(problem) => {
                self.state.set(SweepState::Refused(problem));
                return;
            }
        };
        let shares = shared_out(runs, cores().min(MOST_WORKERS));
        let workers = shares.len();
        self.began.set_value(milliseconds());
        self.at_work.set_value(workers);
        self.state.set(SweepState::Running { workers });
        for share in shares {
            let order = LoadOrder::Sweep(share);
            let lab = load_lab::start(&order, move |report| self.hear(report));
            if self.is_running() {
                self.labs.update_value(|labs| labs.push(lab));
            }
        }
    }

    /// Begins again what was swept last.
    pub(crate) fn again(self) {
        if let Some(sweep) = self.ordered.get_untracked() {
            self.begin(sweep);
        }
    }

    /// Ends it. The points that are there stay.
    pub(crate) fn stop(self) {
        if self.is_running() {
            self.end(SweepState::Stopped);
        }
    }

    fn is_running(self) -> bool {
        self.state
            .with_untracked(|state| matches!(state, SweepState::Running { .. }))
    }

    fn end(self, state: SweepState) {
        self.labs.set_value(Vec::new());
        self.state.set(state);
    }

    fn hear(self, report: Result<LoadReport, String>) {
        match report {
            Ok(LoadReport::Swept(point)) => self.points.update(|points| {
                let place = points.partition_point(|other| other.value < point.value);
                points.insert(place, *point);
            }),
            Ok(LoadReport::Knees(knees)) => self.knees.set(knees),
            Ok(LoadReport::Done) => self.one_is_done(),
            Ok(LoadReport::Refused(problem)) => {
                self.end(SweepState::Refused(SweepProblem::Senseless(problem)));
            }
            Ok(_) => {}
            Err(why) => self.end(SweepState::Died { why }),
        }
    }

    /// Once all workers are done one more looks for the knees; once that one is, all is.
    fn one_is_done(self) {
        let left = self.at_work.get_value().saturating_sub(1);
        self.at_work.set_value(left);
        let SweepState::Running { workers } = self.state.get_untracked() else {
            return;
        };
        if left > 0 {
            return;
        }
        if self.knees.with_untracked(Vec::is_empty) {
            let varied = self
                .ordered
                .with_untracked(|sweep| sweep.as_ref().map(|sweep| sweep.varied));
            let order = LoadOrder::FindKnees {
                varied: varied.unwrap_or(Varied::Servers),
                points: self.points.get_untracked(),
            };
            self.at_work.set_value(1);
            let lab = load_lab::start(&order, move |report| self.hear(report));
            if self.is_running() {
                self.labs.set_value(vec![lab]);
            }
            return;
        }
        let milliseconds = milliseconds() - self.began.get_value();
        self.end(SweepState::Done {
            milliseconds,
            workers,
        });
    }
}

/// The points dealt out to so many workers at most, one after another, so that each gets small and large ones.
fn shared_out<T>(points: Vec<T>, workers: usize) -> Vec<Vec<T>> {
    let workers = workers.clamp(1, points.len().max(1));
    let mut shares: Vec<Vec<T>> = (0..workers).map(|_| Vec::new()).collect();
    for (place, point) in points.into_iter().enumerate() {
        if let Some(share) = shares.get_mut(place % workers) {
            share.push(point);
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::shared_out;

    #[test]
    fn each_point_goes_to_one_worker() {
        for (points, workers, expected) in [
            (vec![1, 2, 3, 4, 5], 2, vec![vec![1, 3, 5], vec![2, 4]]),
            (vec![1, 2], 8, vec![vec![1], vec![2]]),
            (vec![1], 0, vec![vec![1]]),
        ] {
            assert_eq!(shared_out(points, workers), expected);
        }
    }
}
