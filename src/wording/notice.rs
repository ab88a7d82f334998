//! What is said of the worker and its database.

use protocol::{Persistence, SetAside, SetAsideReason};

use crate::browser::NoAnswer;

/// Why a request got no answer.
pub(crate) fn no_answer(reason: &NoAnswer) -> String {
    match reason {
        NoAnswer::Died { reason } => format!("The server died before it answered. {reason}"),
        NoAnswer::Elsewhere => String::from("The server runs in another tab."),
    }
}

/// Where the database is, if that needs saying.
pub(crate) fn persistence(persistence: &Persistence) -> Option<String> {
    match persistence {
        Persistence::Opfs => None,
        Persistence::Memory { reason } => Some(format!(
            "This browser gives the page no file system, so the database is in memory: it will not outlast the tab. ({reason})"
        )),
    }
}

/// That a database file was set aside.
pub(crate) fn set_aside(set_aside: &SetAside) -> String {
    let why = match &set_aside.reason {
        SetAsideReason::Corrupt { message } => {
            format!("SQLite finds the database file damaged ({message})")
        }
        SetAsideReason::OtherVersion { found, expected } => {
            format!("the database file is of schema version {found}, and this page has {expected}")
        }
    };
    format!(
        "The server started with a new database: {why}. The old file was kept as {}. Sessions and tokens of before are void.",
        set_aside.name
    )
}
