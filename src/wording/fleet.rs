//! What is said of a fleet of servers.

use protocol::{ChosenBy, Timestamp};

use super::said::Said;
use super::time::{counted, duration};

/// Which server was chosen, and why.
pub(super) fn picked(server: u32, of: u32, by: ChosenBy) -> Said {
    Said::with(
        format!("Server {server} of {of} was chosen"),
        match by {
            ChosenBy::Turn => String::from("its turn"),
            ChosenBy::Chance => String::from("chance"),
            ChosenBy::FewestUnderWay { under_way } => {
                format!("{under_way} under way, the fewest")
            }
            ChosenBy::TwoChoices {
                other,
                under_way,
                other_under_way,
            } => format!("{under_way} under way; server {other} has {other_under_way}"),
            ChosenBy::Cookie => String::from("its cookie names it"),
            ChosenBy::TurnWithoutCookie => String::from("no such cookie yet: its turn"),
            ChosenBy::TurnAsPinnedIsDown { pinned } => {
                format!("server {pinned}, which the cookie names, is down: its turn")
            }
            ChosenBy::Hash => String::from("the hash of the credential leads there"),
            ChosenBy::TurnWithoutId => String::from("nothing to hash yet: its turn"),
            ChosenBy::SignsAlone => String::from("it alone can sign"),
        },
    )
}

/// How far a server's clock is off.
pub(super) fn clock_off(seconds: i32) -> String {
    let direction = if seconds < 0 { "behind" } else { "ahead" };
    let off = duration(
        Timestamp::from_seconds(0),
        Timestamp::from_seconds(i64::from(seconds.unsigned_abs())),
    );
    format!("The server’s own clock is {off} {direction}")
}

/// Who holds the key that this server lacks.
pub(super) fn key_elsewhere(servers: u32, first: u32) -> String {
    let holders = counted(servers, "other server");
    format!("The key is there: {holders}, the first of them server {first}, would take this token")
}
