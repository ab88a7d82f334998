//! The whole numbers of a trial, read from what was typed. What they mean is not known here.

use protocol::FaultTrial;

/// How many newcomers a text says: none, or as many as there can be users.
pub(crate) fn newcomers(text: &str) -> Option<u32> {
    match text.trim() {
        "0" => Some(0),
        text => number_up_to(text, FaultTrial::MOST_USERS),
    }
}

/// A whole number from 1 up to that one.
pub(crate) fn number_up_to(text: &str, most: u32) -> Option<u32> {
    let number = text.trim().parse().ok()?;
    (1..=most).contains(&number).then_some(number)
}
