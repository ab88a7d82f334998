//! The tour: which stop someone is at, what was done there, what was foreseen, and what came of it. It reads what came of
//! it from the history, whoever pressed what; it never makes it up.

mod deed;
mod guess;
mod outcome;
mod reason;
mod tour;

pub(crate) use guess::{Guess, GuessedStatus, Hit};
pub(crate) use outcome::{Came, Ending};
pub(crate) use reason::Reason;
pub(crate) use tour::Tour;
