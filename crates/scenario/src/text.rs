//! A run as the text of a link: pairs `name:value` between commas, the parts of a value between tildes, and only what
//! differs from the default run. No character of it needs to be encoded in a fragment. It holds no seed of secrets:
//! what is read here is hostile until it was looked through.

mod read;
mod write;

use std::fmt;

use protocol::SimulationProblem;

pub use read::from_text;
pub use write::to_text;

/// The longest text that is read, in octets. None that is written is longer.
pub const LONGEST_TEXT: usize = 8 * 1024;
/// How much of what could not be read is told, in characters.
const LONGEST_EXCERPT: usize = 40;

/// Why a text can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextProblem {
    /// It is longer than any that is written.
    TooLong,
    /// There is no such setting.
    Unknown {
        /// What stands there, cut where it is long.
        name: String,
    },
    /// The setting stands there twice.
    Twice {
        /// Its name.
        name: &'static str,
    },
    /// The setting's value can't be read.
    Value {
        /// The setting's name.
        name: &'static str,
    },
    /// All of it can be read, and it makes no sense.
    Senseless(SimulationProblem),
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the settings are longer than {LONGEST_TEXT} octets"),
            Self::Unknown { name } => write!(f, "there is no setting “{name}”"),
            Self::Twice { name } => write!(f, "the setting “{name}” stands there twice"),
            Self::Value { name } => write!(f, "the value of “{name}” can’t be read"),
            Self::Senseless(problem) => write!(
                f,
                "the value of “{}” is out of range",
                crate::problem::key(*problem)
            ),
        }
    }
}

impl std::error::Error for TextProblem {}

/// So much of a text as can be shown.
fn excerpt(text: &str) -> String {
    text.chars().take(LONGEST_EXCERPT).collect()
}
