//! What happens to a fleet, and when: a schedule as turns, one for each moment at which something begins or ends. It
//! carries nothing out.

use std::collections::VecDeque;

use protocol::{Fault, FaultKind, FaultTrial, Fleet, FleetChange, FleetProblem, Scheduled};

/// The turns that are still to come.
pub(super) struct Course(VecDeque<Turn>);

/// One moment at which something begins or ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Turn {
    /// When, in seconds since the start.
    pub(super) at: f64,
    /// How often a new key signs from then on.
    pub(super) rotations: usize,
    /// How many servers are added.
    pub(super) servers_added: u32,
    /// What is wrong from then on.
    pub(super) faults: Vec<Fault>,
}

impl Course {
    /// The turns of a schedule that makes sense.
    pub(super) fn new(schedule: &[Scheduled]) -> Self {
        let turns = moments(schedule).into_iter().map(|at| {
            let begins = schedule.iter().filter(|entry| entry.at == at);
            let rotations = begins.clone().filter(|entry| {
                matches!(entry.change, FleetChange::Fault(fault) if fault.kind == FaultKind::KeyOld)
            });
            Turn {
                at,
                rotations: rotations.count(),
                servers_added: begins.map(|entry| servers_added(&entry.change)).sum(),
                faults: faults_at(schedule, at).collect(),
            }
        });
        Self(turns.collect())
    }

    /// The next turn, where its time has come by then.
    pub(super) fn next_until(&mut self, seconds: f64) -> Option<Turn> {
        self.0.pop_front_if(|turn| turn.at <= seconds)
    }
}

/// Why a trial makes no sense, where it makes none.
pub(super) fn problem(trial: &FaultTrial) -> Option<FleetProblem> {
    if !(1..=FaultTrial::MOST_USERS).contains(&trial.users) {
        return Some(FleetProblem::Users);
    }
    if trial.newcomers > FaultTrial::MOST_USERS {
        return Some(FleetProblem::Newcomers);
    }
    if !(1..=FaultTrial::MOST_ROUNDS).contains(&trial.rounds) {
        return Some(FleetProblem::Rounds);
    }
    if !(1..=FaultTrial::LONGEST_ROUND_SECONDS).contains(&trial.round_seconds) {
        return Some(FleetProblem::Schedule);
    }
    if trial.schedule.len() > Fleet::MOST_FAULTS {
        return Some(FleetProblem::Faults);
    }
    let start = Fleet {
        faults: Vec::new(),
        ..trial.fleet.clone()
    };
    if let Some(problem) = start.problem() {
        return Some(problem);
    }
    if !trial.schedule.iter().all(has_times) {
        return Some(FleetProblem::Schedule);
    }
    moments(&trial.schedule).into_iter().find_map(|at| {
        let servers = trial
            .schedule
            .iter()
            .filter(|entry| entry.at <= at)
            .map(|entry| servers_added(&entry.change))
            .fold(start.servers, u32::saturating_add);
        let then = Fleet {
            servers,
            faults: faults_at(&trial.schedule, at).collect(),
            ..start.clone()
        };
        then.problem()
    })
}

fn has_times(entry: &Scheduled) -> bool {
    let begins = entry.at.is_finite() && entry.at >= 0.0;
    let ends = entry
        .until
        .is_none_or(|until| until.is_finite() && until > entry.at);
    begins && ends
}

/// Each moment at which something begins or ends, in order.
fn moments(schedule: &[Scheduled]) -> Vec<f64> {
    let begins = schedule.iter().map(|entry| entry.at);
    let ends = schedule.iter().filter_map(|entry| match entry.change {
        FleetChange::Fault(_) => entry.until,
        FleetChange::ServersAdded { .. } => None,
    });
    let mut moments: Vec<f64> = begins.chain(ends).collect();
    moments.sort_by(f64::total_cmp);
    moments.dedup();
    moments
}

/// What is wrong at that moment: what ends then is over.
fn faults_at(schedule: &[Scheduled], at: f64) -> impl Iterator<Item = Fault> {
    let going_on = schedule
        .iter()
        .filter(move |entry| entry.at <= at && entry.until.is_none_or(|until| at < until));
    going_on.filter_map(|entry| match entry.change {
        FleetChange::Fault(fault) => Some(fault),
        FleetChange::ServersAdded { .. } => None,
    })
}

const fn servers_added(change: &FleetChange) -> u32 {
    match change {
        FleetChange::Fault(_) => 0,
        FleetChange::ServersAdded { servers } => *servers,
    }
}
