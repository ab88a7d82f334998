//! What is said of what an administrator did, of refresh tokens, of races, of keys, and of growth.

use protocol::{AdminAct, AdminOutcome, Filled, KeyRow, Timestamp};

use super::number::grouped;
use super::short_hash::short_hash;
use super::store::{lane, sentence};
use super::time::{duration, microseconds};
use crate::state::store::{Act, Family, Scenario, Standing, Who};

/// What came of what an administrator did.
pub(crate) fn administered(act: &AdminAct, outcome: &AdminOutcome, now: Timestamp) -> String {
    if !outcome.found {
        return String::from("There is no such user, or no such role.");
    }
    let mut said = match act {
        AdminAct::SetRole { user, role } => format!(
            "User #{user} has the role {role} now. A session shows it at the next request, under a new ID. A token says the old role until it expires."
        ),
        AdminAct::Suspend {
            user,
            suspended: false,
        } => format!("User #{user} may sign in again."),
        AdminAct::Suspend { user, .. } => format!("User #{user} is suspended. {}", ended(outcome)),
        AdminAct::SignOutUser { user, .. } => format!("User #{user}: {}", ended(outcome)),
    };
    if let Some(until) = outcome.tokens_outlive {
        said.push_str(&format!(
            " Access tokens that are out go on for up to {}: nothing here can end them.",
            duration(now, until)
        ));
    }
    said
}

fn ended(outcome: &AdminOutcome) -> String {
    let mut parts = Vec::new();
    let mut add = |count: u32, one: &str, many: &str| match count {
        0 => {}
        1 => parts.push(format!("1 {one}")),
        count => parts.push(format!("{} {many}", grouped(u64::from(count)))),
    };
    add(outcome.sessions_ended, "session ended", "sessions ended");
    add(
        outcome.families_ended,
        "family of refresh tokens ended",
        "families of refresh tokens ended",
    );
    add(
        outcome.versions_raised,
        "lane’s version number was raised, so older tokens are refused",
        "lanes’ version numbers were raised, so older tokens are refused",
    );
    if parts.is_empty() {
        String::from("There was nothing on the server to end.")
    } else {
        format!("{}.", parts.join(", "))
    }
}

/// What stands where there are no refresh tokens.
pub(crate) const NO_FAMILIES: &str =
    "No refresh tokens. Sign in to a lane with the preset Hybrid, and its family stands here.";

/// How a refresh token stands. `time` writes a moment as people here do.
pub(crate) fn standing(standing: Standing, time: fn(Timestamp) -> String) -> String {
    match standing {
        Standing::Current => String::from("current: the one to use"),
        Standing::Used(at) => format!("used at {}", time(at)),
        Standing::Ended(at) => format!("ended with its family at {}", time(at)),
        Standing::Expired(at) => format!("expired with its family at {}", time(at)),
    }
}

/// How a family of refresh tokens stands.
pub(crate) fn family(family: &Family, now: Timestamp, time: fn(Timestamp) -> String) -> String {
    let ends = match family.ended {
        Some(at) => format!("ended at {}", time(at)),
        None if family.expires <= now => format!("expired at {}", time(family.expires)),
        None => format!("ends in {} in any case", duration(now, family.expires)),
    };
    format!(
        "Family {}, user #{}, {}: {ends}",
        short_hash(&family.id),
        family.user,
        lane(family.lane)
    )
}

/// What a scenario is called.
pub(crate) const fn scenario(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::TwoTabs => "two tabs refresh at once",
        Scenario::Thief => "a thief with a copy is first",
        Scenario::Kill => "a session is killed while its request is on the way",
        Scenario::Restart => "the server restarts while a request is on the way",
    }
}

/// What there is to see in it.
pub(crate) const fn scenario_lesson(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::TwoTabs => {
            "Both tabs send the same refresh token. The server takes it once. The second one looks like theft, and ends the family: unless a grace window is set, in which it gets a token of its own."
        }
        Scenario::Thief => {
            "The thief’s refresh is in order. The browser’s own then comes with a used token, which gives the theft away: the family ends for both. What the thief has by then is an access token, until it expires."
        }
        Scenario::Kill => {
            "What counts is whether the session is there when the request arrives, not when it left. A session cache on the server believes it a while longer."
        }
        Scenario::Restart => {
            "Sessions in the server’s memory are gone with it. Those in the database stay, and tokens need nobody to remember them."
        }
    }
}

/// That the restart takes nothing along.
pub(crate) const NOTHING_IN_MEMORY: &str = "Credentials’ records are in the database here, so a restart takes none of them along. Put them into the server’s memory to see them go.";

/// Who does something in a race.
pub(crate) const fn who(who: Who) -> &'static str {
    match who {
        Who::FirstTab => "the browser’s first tab",
        Who::SecondTab => "the browser’s second tab",
        Who::Thief => "the thief",
        Who::Administrator => "an administrator",
        Who::Operator => "the operator",
    }
}

/// What happens in a race.
pub(crate) const fn act(act: Act) -> &'static str {
    match act {
        Act::Depart => "the request leaves",
        Act::Arrive => "it arrives at the server",
        Act::Deliver => "the answer arrives",
        Act::Kill => "kills the session",
        Act::Restart => "restarts the server",
    }
}

/// How a key stands.
pub(crate) fn key_state(key: &KeyRow, time: fn(Timestamp) -> String) -> String {
    match (key.distrusted, key.retired) {
        (Some(at), _) => format!("refused since {}", time(at)),
        (None, Some(at)) => format!("verifies only, since {}", time(at)),
        (None, None) => String::from("signs and verifies"),
    }
}

/// What follows from a rotation.
pub(crate) fn rotated(kid: &str, overlap: bool) -> String {
    if overlap {
        format!(
            "Key {kid} signs from now on. Tokens of the key before keep working until they expire: it goes on to verify."
        )
    } else {
        format!(
            "Key {kid} signs from now on. Tokens of the key before are refused from now on: whoever has one must sign in again, or refresh it."
        )
    }
}

/// How a filling went so far.
pub(crate) fn filled(sessions: u64, added: u64, spent: f64) -> String {
    let rate = if spent > 0.0 {
        format!(
            ", {} rows a second (measured)",
            grouped((added as f64 / (spent / 1_000_000.0)) as u64)
        )
    } else {
        String::new()
    };
    format!(
        "{} sessions; {} rows added in {} (measured){rate}.",
        grouped(sessions),
        grouped(added),
        if spent < 1_000_000.0 {
            microseconds(spent, 0.0)
        } else {
            format!("{:.1} s", spent / 1_000_000.0)
        }
    )
}

/// How an undoing went so far.
pub(crate) fn emptied(filled: &Filled) -> String {
    if filled.batch_rows == 0 {
        format!(
            "Batch {} is gone. {} sessions are left.",
            filled.batch,
            grouped(filled.sessions)
        )
    } else {
        format!(
            "Batch {} has {} rows left.",
            filled.batch,
            grouped(u64::from(filled.batch_rows))
        )
    }
}

/// That a filling ended before its end.
pub(crate) fn filling_failed(why: &str, sessions: u64) -> String {
    format!(
        "The filling stopped at {} sessions. {} Each slice is a transaction of its own: what earlier ones added stays, as long as the database itself is there.",
        grouped(sessions),
        sentence(why)
    )
}

/// That it was cancelled.
pub(crate) const FILLING_CANCELLED: &str =
    "Cancelled between two slices. What was added stays, and can be undone.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_administrator_did_is_said_with_what_goes_on() {
        let now = Timestamp::from_seconds(0);
        let act = AdminAct::SignOutUser {
            lane: protocol::Lane::B,
            user: 42,
        };
        let outcome = |sessions_ended, tokens_outlive| AdminOutcome {
            found: true,
            sessions_ended,
            tokens_outlive,
            ..AdminOutcome::default()
        };
        for (outcome, said) in [
            (
                AdminOutcome::default(),
                "There is no such user, or no such role.",
            ),
            (outcome(2, None), "User #42: 2 sessions ended."),
            (
                outcome(0, Some(Timestamp::from_seconds(90))),
                "User #42: There was nothing on the server to end. Access tokens that are out go on for up to 1:30 min: nothing here can end them.",
            ),
        ] {
            assert_eq!(administered(&act, &outcome, now), said);
        }
    }
}
