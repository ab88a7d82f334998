//! A run as JSON, as the console takes it: named as queueing theory names things, times in seconds.

mod read;
mod value;
mod write;

use std::fmt;

use protocol::SimulationProblem;

pub use read::from_json;
pub use write::to_json;

/// Why JSON is no run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonProblem {
    /// Where: the keys that lead there, with dots between; empty for the whole.
    pub key: String,
    /// What is wrong there.
    pub fault: JsonFault,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// There is no such key.
    Unknown,
    /// It is missing.
    Missing,
    /// It is of another kind than this.
    Expected(&'static str),
    /// It is out of range, or does not fit the rest.
    Senseless(SimulationProblem),
}

impl fmt::Display for JsonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = if self.key.is_empty() {
            "the settings"
        } else {
            &self.key
        };
        match self.fault {
            JsonFault::Unknown => write!(f, "{key}: there is no such setting"),
            JsonFault::Missing => write!(f, "{key}: it is missing"),
            JsonFault::Expected(what) => write!(f, "{key}: it must be {what}"),
            JsonFault::Senseless(_) => {
                write!(f, "{key}: it is out of range, or does not fit the rest")
            }
        }
    }
}

impl std::error::Error for JsonProblem {}
