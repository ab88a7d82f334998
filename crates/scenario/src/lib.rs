//! What the load simulation is told and tells, as people and programs write it: named presets, a lane of a scheme, the
//! text of a link, JSON, CSV; and why a run makes no sense. It never runs one, and asks neither a clock nor chance.

mod json;
mod lane;
pub mod measured;
mod names;
mod preset;
mod problem;
mod report;
mod sweep;
mod table;
mod text;

pub use json::{JsonFault, JsonProblem, from_json, to_json};
pub use lane::{CheckTimes, Habits, lane_model};
pub use measured::{MEASURED, Measured};
pub use preset::{LoadPreset, default_run, plain_station};
pub use problem::{arrival_rate, problem};
pub use report::{report_json, sweep_json, theory_json};
pub use sweep::{MOST_SWEEP_POINTS, SweepProblem, sweep_points};
pub use table::{report_csv, sweep_csv};
pub use text::{LONGEST_TEXT, TextProblem, from_text, to_text};
