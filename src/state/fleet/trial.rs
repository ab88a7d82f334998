//! A trial of faults as it is written: fields that keep what was typed, read into what the servers are asked. It never
//! says what comes of it.

mod numbers;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use protocol::{
    Fault, FaultKind, FaultOutcome, FaultTrial, Fleet, FleetChange, FleetProblem, LabOrder,
    LabReport, Lane, Scheduled, Sealed,
};

pub(crate) use self::numbers::{newcomers, number_up_to};
use crate::browser::Lab;
use crate::state::Playground;
use crate::wording::{servers, trial};

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happens {
    /// Servers die.
    ServerDown,
    /// Servers lose the way to the store.
    CutOff,
    /// Servers lose their keys.
    KeyTaken,
    /// The newest key does not reach servers.
    KeyOld,
    /// Servers' clocks are off.
    ClockOff,
    /// The store dies.
    StoreDown,
    /// The store slows down.
    StoreSlow,
    /// Servers are added.
    ServersAdded,
}

impl Happens {
    /// All of it.
    pub(crate) const ALL: [Self; 8] = [
        Self::ServerDown,
        Self::CutOff,
        Self::KeyTaken,
        Self::KeyOld,
        Self::ClockOff,
        Self::StoreDown,
        Self::StoreSlow,
        Self::ServersAdded,
    ];
}

/// Whether it happens to servers that are named.
pub(crate) const fn is_of_servers(happens: Happens) -> bool {
    !matches!(
        happens,
        Happens::StoreDown | Happens::StoreSlow | Happens::ServersAdded
    )
}

/// What a number more says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// By how many seconds a clock is off.
    Seconds,
    /// By how many milliseconds the store is slower.
    Milliseconds,
    /// How many servers.
    Servers,
}

/// Which number it needs.
pub(crate) const fn amount_of(happens: Happens) -> Option<Amount> {
    match happens {
        Happens::ClockOff => Some(Amount::Seconds),
        Happens::StoreSlow => Some(Amount::Milliseconds),
        Happens::ServersAdded => Some(Amount::Servers),
        _ => None,
    }
}

/// An entry of the schedule, as written. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// By which it is told from others.
    pub(crate) id: u32,
    /// What happens.
    pub(crate) happens: RwSignal<Happens>,
    /// To the servers from this number on.
    pub(crate) first: RwSignal<String>,
    /// Up to this one.
    pub(crate) last: RwSignal<String>,
    /// The number that it needs.
    pub(crate) amount: RwSignal<String>,
    /// When, in seconds.
    pub(crate) from: RwSignal<String>,
    /// When it is over; empty where it stays.
    pub(crate) until: RwSignal<String>,
}

impl Entry {
    fn new(id: u32, written: &Written) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            id,
            happens: RwSignal::new(written.happens),
            first: text(&written.first),
            last: text(&written.last),
            amount: text(&written.amount),
            from: text(&written.from),
            until: text(&written.until),
        }
    }

    fn written(self) -> Written {
        Written {
            happens: self.happens.get(),
            first: self.first.get(),
            last: self.last.get(),
            amount: self.amount.get(),
            from: self.from.get(),
            until: self.until.get(),
        }
    }

    /// What it says; `None` where that makes no sense. Tracked where the caller tracks.
    pub(crate) fn read(self) -> Option<Scheduled> {
        read(&self.written())
    }
}

/// An entry's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Written {
    happens: Happens,
    first: String,
    last: String,
    amount: String,
    from: String,
    until: String,
}

fn read(written: &Written) -> Option<Scheduled> {
    let at = seconds(&written.from)?;
    let until = match written.until.trim() {
        "" => None,
        text => Some(seconds(text).filter(|until| *until > at)?),
    };
    let change = match written.happens {
        Happens::ServersAdded => FleetChange::ServersAdded {
            servers: written.amount.trim().parse().ok().filter(|it| *it > 0)?,
        },
        happens => {
            let (first, last) = if is_of_servers(happens) {
                let first = written.first.trim().parse().ok()?;
                (first, written.last.trim().parse().ok()?)
            } else {
                (1, Fleet::MOST_SERVERS)
            };
            let kind = match happens {
                Happens::ServerDown => FaultKind::ServerDown,
                Happens::CutOff => FaultKind::StoreUnreachable,
                Happens::KeyTaken => FaultKind::KeyTaken,
                Happens::KeyOld => FaultKind::KeyOld,
                Happens::ClockOff => FaultKind::ClockOff {
                    seconds: written.amount.trim().parse().ok()?,
                },
                Happens::StoreDown => FaultKind::StoreDown,
                Happens::StoreSlow | Happens::ServersAdded => FaultKind::StoreSlow {
                    milliseconds: written.amount.trim().parse().ok()?,
                },
            };
            let fault = Fault { kind, first, last };
            if fault.problem(Fleet::MOST_SERVERS).is_some() {
                return None;
            }
            FleetChange::Fault(fault)
        }
    };
    Some(Scheduled { at, until, change })
}

fn seconds(text: &str) -> Option<f64> {
    let seconds: f64 = text.trim().parse().ok()?;
    (0.0..=1e6).contains(&seconds).then_some(seconds)
}

/// A trial that is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TrialPreset {
    /// One server dies, and is started again.
    ServerDies,
    /// The store dies for a while.
    StoreDies,
    /// Half of the servers lose the way to the store.
    Split,
    /// A new key reaches half of the servers at first.
    KeyRollout,
    /// One server's clock goes wrong.
    ClockDrift,
    /// As many servers are added as there are.
    ServersAdded,
}

/// Those that are at hand.
pub(crate) const PRESETS: [TrialPreset; 6] = [
    TrialPreset::ServerDies,
    TrialPreset::StoreDies,
    TrialPreset::Split,
    TrialPreset::KeyRollout,
    TrialPreset::ClockDrift,
    TrialPreset::ServersAdded,
];

/// What a preset writes into the schedule, among that many servers.
fn written_by(preset: TrialPreset, servers: u32) -> Written {
    let one = servers.min(3);
    let half = (servers / 2 + 1).min(servers);
    let (happens, first, last, amount) = match preset {
        TrialPreset::ServerDies => (Happens::ServerDown, one, one, 0),
        TrialPreset::StoreDies => (Happens::StoreDown, 1, servers, 0),
        TrialPreset::Split => (Happens::CutOff, half, servers, 0),
        TrialPreset::KeyRollout => (Happens::KeyOld, half, servers, 0),
        // Longer than a token is good for.
        TrialPreset::ClockDrift => (Happens::ClockOff, one, one, 1_200),
        TrialPreset::ServersAdded => {
            let room = Fleet::MOST_SERVERS.saturating_sub(servers).max(1);
            (Happens::ServersAdded, 1, servers, servers.min(room))
        }
    };
    let stays = happens == Happens::ServersAdded;
    Written {
        happens,
        first: first.to_string(),
        last: last.to_string(),
        amount: amount.to_string(),
        from: String::from("30"),
        until: String::from(if stays { "" } else { "80" }),
    }
}

/// How many users there are at first.
const USERS: u32 = 100;

/// What was tried, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tried {
    /// What was asked.
    pub(crate) trial: FaultTrial,
    /// What came of it.
    pub(crate) outcome: FaultOutcome,
}

/// A trial. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Trial {
    playground: Playground,
    /// The schedule.
    pub(crate) entries: RwSignal<Vec<Entry>>,
    /// How many users, as typed.
    pub(crate) users: RwSignal<String>,
    /// How many more come in the course of it, as typed.
    pub(crate) newcomers: RwSignal<String>,
    /// How many rounds, as typed.
    pub(crate) rounds: RwSignal<String>,
    /// The seconds from one round to the next, as typed.
    pub(crate) round_seconds: RwSignal<String>,
    /// What came of the last one, or why there is nothing.
    pub(crate) tried: RwSignal<Option<Result<Tried, String>>>,
    /// Whether one is running.
    pub(crate) runs: RwSignal<bool>,
    last_id: StoredValue<u32>,
    lab: StoredValue<Option<Lab>, LocalStorage>,
}

impl Trial {
    /// A server that dies.
    pub(crate) fn new(playground: Playground) -> Self {
        let trial = Self {
            playground,
            entries: RwSignal::new(Vec::new()),
            users: RwSignal::new(USERS.to_string()),
            newcomers: RwSignal::new(String::from("24")),
            rounds: RwSignal::new(String::from("12")),
            round_seconds: RwSignal::new(String::from("10")),
            tried: RwSignal::new(None),
            runs: RwSignal::new(false),
            last_id: StoredValue::new(0),
            lab: StoredValue::new_local(None),
        };
        trial.choose(TrialPreset::ServerDies);
        trial
    }

    /// Writes a preset into the schedule.
    pub(crate) fn choose(self, preset: TrialPreset) {
        let servers = self.playground.fleet_now().servers;
        let entry = self.entry(&written_by(preset, servers));
        self.entries.set(vec![entry]);
    }

    /// Adds an entry to the schedule.
    pub(crate) fn add(self) {
        let servers = self.playground.fleet_now().servers;
        let entry = self.entry(&written_by(TrialPreset::ServerDies, servers));
        self.entries.update(|entries| entries.push(entry));
    }

    /// Removes one.
    pub(crate) fn remove(self, id: u32) {
        self.entries
            .update(|entries| entries.retain(|entry| entry.id != id));
    }

    fn entry(self, written: &Written) -> Entry {
        let id = self.last_id.get_value() + 1;
        self.last_id.set_value(id);
        Entry::new(id, written)
    }

    /// What is asked; why that makes no sense, where it makes none.
    fn asked(self) -> Result<FaultTrial, FleetProblem> {
        let number = |text: RwSignal<String>, most: u32, problem: FleetProblem| {
            number_up_to(&text.get_untracked(), most).ok_or(problem)
        };
        let mut fleet = self.playground.fleet_now();
        fleet.faults.clear();
        Ok(FaultTrial {
            schemes: Lane::BOTH.map(|lane| self.playground.scheme_now(lane)),
            fleet,
            users: number(self.users, FaultTrial::MOST_USERS, FleetProblem::Users)?,
            newcomers: newcomers(&self.newcomers.get_untracked()).ok_or(FleetProblem::Newcomers)?,
            rounds: number(self.rounds, FaultTrial::MOST_ROUNDS, FleetProblem::Rounds)?,
            round_seconds: number(
                self.round_seconds,
                FaultTrial::LONGEST_ROUND_SECONDS,
                FleetProblem::Schedule,
            )?,
            schedule: self
                .entries
                .get_untracked()
                .into_iter()
                .map(|entry| untrack(|| entry.read()).ok_or(FleetProblem::Schedule))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Has it tried, by a worker of its own: the user's servers go on to answer meanwhile.
    pub(crate) fn run(self) {
        if self.runs.get_untracked() {
            return;
        }
        let trial = match self.asked() {
            Ok(trial) => trial,
            Err(problem) => {
                self.tried.set(Some(Err(servers::problem(problem))));
                return;
            }
        };
        self.runs.set(true);
        let order = LabOrder::TryFaults(Sealed::new(&trial));
        let lab = Lab::start(order, move |report| self.hear(&trial, &report));
        if self.runs.get_untracked() {
            self.lab.set_value(Some(lab));
        }
    }

    /// Ends it. What was tried before stays.
    pub(crate) fn stop(self) {
        self.lab.set_value(None);
        self.runs.set(false);
    }

    fn hear(self, trial: &FaultTrial, report: &LabReport) {
        let tried = match report {
            LabReport::FaultsTried(sealed) => match sealed.open() {
                Ok(Ok(outcome)) => Ok(Tried {
                    trial: trial.clone(),
                    outcome,
                }),
                Ok(Err(problem)) => Err(servers::problem(problem)),
                Err(error) => Err(error.to_string()),
            },
            LabReport::Died { message } => Err(trial::trial_died(message)),
            _ => return,
        };
        self.tried.set(Some(tried));
        self.stop();
    }
}

#[cfg(test)]
mod tests;
