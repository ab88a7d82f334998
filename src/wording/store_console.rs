//! What is said of statements that someone typed, of repairs, and of database files.

use protocol::{ImportProblem, SetAsideReason, SqlOutcome, SqlProblem};

use super::number::grouped;
use super::store::sentence;
use super::time::microseconds;

/// What ran, how long, and what it changed.
pub(crate) fn sql_ran(outcome: &SqlOutcome, grain: f64) -> String {
    let statements = match outcome.statements {
        0 => String::from("No statement"),
        1 => String::from("1 statement"),
        count => format!("{count} statements"),
    };
    let rows = match outcome.changed_rows {
        0 => String::from("no rows changed"),
        1 => String::from("1 row changed"),
        count => format!("{} rows changed", grouped(count)),
    };
    format!(
        "{statements} ran to the end in {} (measured); {rows} (counted).",
        microseconds(outcome.microseconds, grain)
    )
}

/// Why statements did not run to their end.
pub(crate) fn sql_problem(problem: &SqlProblem) -> String {
    match problem {
        SqlProblem::Empty => String::from("There is nothing to run."),
        SqlProblem::TooLong { octets, limit } => format!(
            "The text has {} octets: more than the {} that are taken.",
            grouped(u64::from(*octets)),
            grouped(u64::from(*limit))
        ),
        SqlProblem::Sqlite { message, .. } => format!("SQLite: {message}"),
        SqlProblem::Refused { what } => format!(
            "`{what}` is refused here: it reaches beyond this database, or would take the server’s hold of it."
        ),
        SqlProblem::TookTooLong { milliseconds } => format!(
            "It ran for {} ms and was stopped: the server answers nobody meanwhile.",
            grouped(u64::from(*milliseconds))
        ),
    }
}

/// That a result is cut.
pub(crate) const CUT: &str = "The result is cut: there are more rows, or longer values.";

/// That a transaction was left open.
pub(crate) const ROLLED_BACK: &str =
    "A transaction was left open. It was rolled back: an open one would lock the server out.";

/// That there was a result without rows.
pub(crate) const NO_ROWS: &str = "No rows.";

/// That the server can't work with its store.
pub(crate) fn broken(why: &str) -> String {
    format!(
        "The server can’t work with its database any more: {why}. Requests that need it are answered with 500. What is missing can be made anew; rows that are gone stay gone."
    )
}

/// That a table can't be read.
pub(crate) fn unreadable(why: &str) -> String {
    format!(
        "The table can’t be read: {} What is missing can be made anew; rows that are gone stay gone.",
        sentence(why)
    )
}

/// What a repair made.
pub(crate) fn repaired(made: &[String]) -> String {
    if made.is_empty() {
        String::from("Nothing was missing.")
    } else {
        format!("Made anew: {}.", made.join(", "))
    }
}

/// That the file was given.
pub(crate) fn exported(octets: usize) -> String {
    format!(
        "The database’s file was given to the browser: {} octets. It holds the signing keys’ secrets and the passwords’ hashes: treat it so.",
        grouped(octets as u64)
    )
}

/// That an import took place.
pub(crate) fn imported(octets: u64) -> String {
    format!(
        "The file is the database now: {} octets. Who was signed in by the one before may be unknown to it.",
        grouped(octets)
    )
}

/// Why an import did not take place.
pub(crate) fn import_problem(problem: &ImportProblem) -> String {
    let why = match problem {
        ImportProblem::Unusable(SetAsideReason::Corrupt { message }) => {
            format!("SQLite finds no usable database in it: {message}.")
        }
        ImportProblem::Unusable(SetAsideReason::OtherVersion { found, expected }) => {
            format!("Its schema is of version {found}; this page has version {expected}.")
        }
        ImportProblem::TooLarge { octets, limit } => format!(
            "It has {} octets: more than the {} that are taken.",
            grouped(*octets),
            grouped(*limit)
        ),
        ImportProblem::Failed { message } => format!("It could not be put in place: {message}."),
    };
    format!("The file was not taken. {why} The database is as it was.")
}
