//! What the load simulation's half of the fleet scene remembers and works out. It simulates nothing itself: lab workers
//! do.

mod fields;
pub(crate) mod load_lab;
mod playing;
mod running;
mod series;
mod settings;
mod studio;
mod sweep;
mod theory;

pub(crate) use fields::{Field, Part, TimeOf};
pub(crate) use playing::SPEEDS;
pub(crate) use running::{LoadRun, RunState};
pub(crate) use series::{
    Measure, SQUARE, axis_end, axis_most, line, moment, path, piece_at, steps,
};
pub(crate) use settings::{FieldTrouble, Ground, LoadForm};
pub(crate) use studio::{LinkOutcome, LoadStudio};
pub(crate) use sweep::{Sweep, SweepState, Sweeping};
pub(crate) use theory::{TheoryCheck, TheoryState};
