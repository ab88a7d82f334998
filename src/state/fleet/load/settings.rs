//! The settings of the load simulation as they are edited: what is in force, and what was typed that makes no sense. It
//! runs nothing.

use std::collections::BTreeMap;

use leptos::prelude::*;
use protocol::{
    Arrivals, Calibration, Distribution, FleetChange, Lane, Queue, Scheduled, Scheme,
    ServerAlgorithm, Simulation, SimulationProblem,
};
use scenario::{CheckTimes, Habits, LoadPreset, MEASURED, default_run, lane_model, problem};

use super::fields::{Field, TimeOf, kind, turned_into, with_mean};
use crate::state::Playground;

/// What the times of the store and of the checks stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The lanes are those of the present schemes; the times were measured natively.
    Measured,
    /// The lanes are those of the present schemes; the times were calibrated in this browser.
    Browser,
    /// Lanes and times are as a link or a preset says, or as typed.
    Set,
}

impl Ground {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Measured, Self::Browser, Self::Set];
}

/// Settings that make sense.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chosen {
    /// The run. Lanes and the times of store and checks count only where they are set.
    pub(crate) run: Simulation,
    /// What its times stand on.
    pub(crate) ground: Ground,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            run: default_run(),
            ground: Ground::Measured,
        }
    }
}

/// What this browser and the two lanes give.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Around {
    /// The lanes' present schemes.
    pub(crate) schemes: [Scheme; 2],
    /// With what the stateless servers sign.
    pub(crate) algorithm: ServerAlgorithm,
    /// What single operations take here, once it is known.
    pub(crate) calibration: Option<Calibration>,
}

impl Chosen {
    /// What the times of a run stand on now: until this browser is calibrated, on what was measured.
    pub(crate) fn ground(&self, around: &Around) -> Ground {
        match self.ground {
            Ground::Browser if around.calibration.is_none() => Ground::Measured,
            ground => ground,
        }
    }

    /// The run with lanes and times in place.
    pub(crate) fn simulation(&self, around: &Around) -> Simulation {
        let mut run = self.run.clone();
        let (times, lookup) = match (self.ground, &around.calibration) {
            (Ground::Set, _) => return run,
            (Ground::Browser, Some(here)) => (
                CheckTimes {
                    session_id_hash: here.session_id_hash.microseconds / 1e6,
                    token_check: here.token_checks.microseconds / 1e6,
                    signature_octets: CheckTimes::signature_octets(around.algorithm),
                },
                here.session_lookup.microseconds / 1e6,
            ),
            _ => (
                CheckTimes::measured(around.algorithm),
                MEASURED.redis_get_service,
            ),
        };
        run.store.service = with_mean(&run.store.service, lookup);
        let habits = Habits::of(&run);
        run.lanes = around
            .schemes
            .iter()
            .map(|scheme| lane_model(scheme, &times, &habits))
            .collect();
        run
    }
}

/// The settings. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct LoadForm {
    playground: Playground,
    /// What is in force.
    pub(crate) chosen: RwSignal<Chosen>,
    /// What was typed and can't be used, by field.
    pub(crate) typed: RwSignal<BTreeMap<Field, String>>,
    /// Which preset was chosen last, by its place; `None` once something was changed.
    pub(crate) preset: RwSignal<Option<usize>>,
}

impl LoadForm {
    pub(super) fn new(playground: Playground) -> Self {
        Self {
            playground,
            chosen: RwSignal::new(Chosen::default()),
            typed: RwSignal::new(BTreeMap::new()),
            preset: RwSignal::new(Some(0)),
        }
    }

    /// What is around it now. It is followed where it is read reactively.
    pub(crate) fn around(self) -> Around {
        Around {
            schemes: Lane::BOTH.map(|lane| self.playground.scheme(lane)),
            algorithm: self.playground.token_algorithm.get(),
            calibration: self.playground.calibration.get(),
        }
    }

    /// The run that the settings make.
    pub(crate) fn simulation(self) -> Simulation {
        let around = self.around();
        self.chosen.with(|chosen| chosen.simulation(&around))
    }

    /// What a field shows: what was typed, else the number in force.
    pub(crate) fn shown(self, field: Field) -> String {
        self.typed
            .with(|typed| typed.get(&field).cloned())
            .unwrap_or_else(|| field.read(&self.simulation()))
    }

    /// Why what was typed in a field can't be used; `None` where it is used.
    pub(crate) fn trouble(self, field: Field) -> Option<FieldTrouble> {
        let typed = self.typed.with(|typed| typed.get(&field).cloned())?;
        self.check(field, &typed).err()
    }

    /// Takes what was typed: into force where it makes sense, else it stays as typed.
    pub(crate) fn type_in(self, field: Field, typed: &str) {
        match untrack(|| self.check(field, typed)) {
            Ok(changed) => {
                self.typed.update(|all| {
                    all.insert(field, typed.to_owned());
                });
                self.change(changed);
            }
            Err(_) => self.typed.update(|all| {
                all.insert(field, typed.to_owned());
            }),
        }
    }

    /// Whoever typed is done: what is in force shows as the program writes it.
    pub(crate) fn leave(self, field: Field) {
        let is_fine = untrack(|| self.trouble(field)).is_none();
        if is_fine && self.typed.with_untracked(|all| all.contains_key(&field)) {
            self.typed.update(|all| {
                all.remove(&field);
            });
        }
    }

    fn check(self, field: Field, typed: &str) -> Result<Simulation, FieldTrouble> {
        let around = self.around();
        let run = self.chosen.with(|chosen| chosen.run.clone());
        let changed = field.write(&run, typed).ok_or(FieldTrouble::NoNumber)?;
        let chosen = Chosen {
            run: changed,
            ground: self.chosen.with(|chosen| chosen.ground),
        };
        match problem(&chosen.simulation(&around)) {
            Some(problem) => Err(FieldTrouble::NoSense(problem)),
            None => Ok(chosen.run),
        }
    }

    /// Changes the run, where what comes of it makes sense; why not where it makes none.
    pub(crate) fn try_change(
        self,
        change: impl FnOnce(&mut Simulation),
    ) -> Result<(), SimulationProblem> {
        let around = untrack(|| self.around());
        let mut chosen = self.chosen.get_untracked();
        change(&mut chosen.run);
        match problem(&chosen.simulation(&around)) {
            Some(problem) => Err(problem),
            None => {
                self.change(chosen.run);
                Ok(())
            }
        }
    }

    fn change(self, run: Simulation) {
        let is_other = self.chosen.with_untracked(|chosen| chosen.run != run);
        if is_other {
            self.preset.set(None);
            self.chosen.update(|chosen| chosen.run = run);
        }
    }

    /// Takes settings as a whole.
    pub(crate) fn adopt(self, chosen: Chosen) {
        self.typed.set(BTreeMap::new());
        self.preset.set(None);
        self.chosen.set(chosen);
    }

    /// Takes the run of a preset. Where it speaks of lanes of its own, those count.
    pub(crate) fn choose_preset(self, place: usize) {
        let Some(preset) = LoadPreset::ALL.get(place) else {
            return;
        };
        let run = preset.simulation();
        let ground = if has_own_lanes(*preset) {
            Ground::Set
        } else {
            Ground::Measured
        };
        self.adopt(Chosen { run, ground });
        self.preset.set(Some(place));
    }

    /// Puts the times on another ground. What was in force is what can be set.
    pub(crate) fn choose_ground(self, ground: Ground) {
        let run = untrack(|| self.simulation());
        self.typed.set(BTreeMap::new());
        self.chosen.set(Chosen { run, ground });
        if ground == Ground::Browser && self.playground.calibration.get_untracked().is_none() {
            leptos::task::spawn_local(self.playground.calibrate());
        }
    }

    /// How requests arrive, by the place of its kind.
    pub(crate) fn choose_arrivals(self, place: usize) {
        // Users who neither think nor wait come more often than any rate says.
        let rate = untrack(|| scenario::arrival_rate(&self.simulation()))
            .clamp(Simulation::LOWEST_RATE, Simulation::HIGHEST_RATE);
        let chosen = match place {
            1 => Arrivals::Bursty {
                rate,
                burst_factor: 4.0,
                burst_seconds: 2.0,
                calm_seconds: 8.0,
            },
            2 => {
                let users = self.chosen.with_untracked(|chosen| chosen.run.users);
                Arrivals::Users {
                    think_time: Distribution::Exponential {
                        rate: (rate / f64::from(users)).clamp(1.0 / 3_600.0, 1e6),
                    },
                }
            }
            _ => Arrivals::Poisson { rate },
        };
        self.typed.set(BTreeMap::new());
        // It makes sense with whatever else does.
        let _ = self.try_change(|run| run.arrivals = chosen);
    }

    /// Where requests wait.
    pub(crate) fn choose_queue(self, queue: Queue) {
        let _ = self.try_change(|run| run.queue = queue);
    }

    /// The kind of a distribution, by its place.
    pub(crate) fn choose_kind(self, of: TimeOf, place: usize) {
        let _ = self.try_change(|run| {
            if let Some(distribution) = of.of(run) {
                of.put(run, turned_into(of, &distribution, place));
            }
        });
        self.typed.update(|typed| {
            typed.retain(|field, _| !matches!(field, Field::Time(time, _) if *time == of));
        });
    }

    /// The kind that is chosen.
    pub(crate) fn kind(self, of: TimeOf) -> Option<usize> {
        self.chosen
            .with(|chosen| of.of(&chosen.run).as_ref().map(kind))
    }

    /// Adds an entry to the schedule.
    pub(crate) fn schedule(self, entry: Scheduled) -> Result<(), SimulationProblem> {
        self.try_change(|run| run.schedule.push(entry))
    }

    /// Takes an entry off the schedule, and faults of servers along that it would have added.
    pub(crate) fn unschedule(self, place: usize) {
        // What is left makes sense.
        let _ = self.try_change(|run| take_off(run, place));
    }

    /// Whether some field holds what can't be used.
    pub(crate) fn is_troubled(self) -> Option<Field> {
        let fields: Vec<Field> = self.typed.with(|typed| typed.keys().copied().collect());
        fields
            .into_iter()
            .find(|field| self.trouble(*field).is_some())
    }
}

/// Why what was typed can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldTrouble {
    /// It is no number, or not a whole one where it must be.
    NoNumber,
    /// The run would make no sense.
    NoSense(SimulationProblem),
}

/// Takes an entry off, and faults of servers along that it would have added.
fn take_off(run: &mut Simulation, place: usize) {
    if place < run.schedule.len() {
        run.schedule.remove(place);
    }
    let added = |entry: &Scheduled| match entry.change {
        FleetChange::ServersAdded { servers } => servers,
        FleetChange::Fault(_) => 0,
    };
    let servers = run
        .schedule
        .iter()
        .map(added)
        .fold(run.servers, u32::saturating_add);
    run.schedule.retain(|entry| match entry.change {
        FleetChange::Fault(fault) => fault.problem(servers).is_none(),
        FleetChange::ServersAdded { .. } => true,
    });
}

/// Whether a preset is about lanes of its own, and not about the present schemes.
const fn has_own_lanes(preset: LoadPreset) -> bool {
    matches!(
        preset,
        LoadPreset::OneStation | LoadPreset::TenMemories | LoadPreset::ServersDie
    )
}

#[cfg(test)]
mod tests;
