//! What is said of schemes, lifetimes and stores in the scene Store, and of the statelessness meter.

use protocol::{Carrier, Credential, Lane, Lifetime, Lifetimes, Preset, Revocation, StorePlace};

use super::number::grouped;
use super::side;
use crate::state::store::{Bite, Operations};

/// What a scheme with a name is, in a sentence.
pub(crate) const fn preset_meaning(preset: Option<Preset>) -> &'static str {
    match preset {
        Some(Preset::Stateful) => "A session ID in a cookie, and a record on the server.",
        Some(Preset::Stateless) => "A signed token in localStorage, and no record on the server.",
        Some(Preset::Hybrid) => {
            "A short access token in memory, and a rotating refresh token in an HttpOnly cookie with a narrow path."
        }
        Some(Preset::TokenInCookie) => {
            "A signed token in an HttpOnly cookie: page script can’t read it, CSRF is back, and the origin check with it."
        }
        Some(Preset::Denylist) => {
            "A signed token, and a list of the IDs of those that are refused before they expire: one read a request."
        }
        Some(Preset::UserVersion) => {
            "A signed token that carries the user’s version number: one read a request, and all of a user’s tokens end at once."
        }
        None => "A scheme of your own.",
    }
}

/// A lane’s letter, as it is called.
pub(crate) const fn lane(lane: Lane) -> &'static str {
    side(lane)
}

/// The same at the start of a line.
pub(crate) const fn lane_title(lane: Lane) -> &'static str {
    match lane {
        Lane::A => "Lane A",
        Lane::B => "Lane B",
    }
}

/// A credential’s name.
pub(crate) const fn credential(credential: Credential) -> &'static str {
    match credential {
        Credential::SessionId => "session ID",
        Credential::AccessToken => "access token",
        Credential::AccessAndRefresh => "access token and refresh token",
    }
}

/// A carrier’s name.
pub(crate) const fn carrier(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Cookie => "cookie",
        Carrier::LocalStorage => "Bearer, from localStorage",
        Carrier::SessionStorage => "Bearer, from sessionStorage",
        Carrier::Memory => "Bearer, from page script’s memory",
    }
}

/// A revocation’s name.
pub(crate) const fn revocation(revocation: Revocation) -> &'static str {
    match revocation {
        Revocation::Record => "the record is deleted",
        Revocation::Expiry => "nothing: it expires",
        Revocation::Denylist => "a denylist by `jti`",
        Revocation::UserVersion => "a version number of the user",
    }
}

/// Where a store is.
pub(crate) const fn place(place: StorePlace) -> &'static str {
    match place {
        StorePlace::ServerMemory => "the server’s memory",
        StorePlace::SessionCache => "the server’s session cache",
        StorePlace::Database => "SQLite",
    }
}

/// What a lifetime is called, and what it does.
pub(crate) const fn lifetime(lifetime: Lifetime) -> (&'static str, &'static str) {
    match lifetime {
        Lifetime::IdleTimeout => (
            "Idle timeout",
            "A session ends if it is not used for this long. ASVS 7.3.1.",
        ),
        Lifetime::AbsoluteTimeout => (
            "Absolute timeout",
            "A session ends at this age in any case. ASVS 7.3.2.",
        ),
        Lifetime::TouchInterval => (
            "Touch interval",
            "A session’s last use is written down at most this often; 0 for each time.",
        ),
        Lifetime::AccessToken => (
            "Access token",
            "How long a token is valid: `exp` minus `iat`. RFC 7519, 4.1.4.",
        ),
        Lifetime::Leeway => (
            "Leeway",
            "How far `exp` and `nbf` may be off. RFC 7519, 4.1.4.",
        ),
        Lifetime::RefreshToken => (
            "Refresh token",
            "How long the refresh tokens of one sign-in go on, however often they rotate. RFC 9700, 4.14.2.",
        ),
        Lifetime::RefreshGrace => (
            "Grace window",
            "For how long after its use a refresh token is taken once more. A policy: RFC 9700 knows none.",
        ),
    }
}

/// What a number of seconds must be.
pub(crate) fn seconds_problem(lifetime: Lifetime) -> String {
    let least = match lifetime {
        Lifetime::TouchInterval | Lifetime::Leeway | Lifetime::RefreshGrace => 0,
        _ => 1,
    };
    format!(
        "Not used: it takes a whole number of seconds from {least} to {} (400 days).",
        grouped(u64::from(Lifetimes::LONGEST_SECONDS))
    )
}

/// What a round trip must be.
pub(crate) const ROUND_TRIP_PROBLEM: &str =
    "Not used: it takes milliseconds from 0 to 10,000, such as 0.5.";

/// What a cache’s lifetime must be.
pub(crate) const CACHE_PROBLEM: &str =
    "Not used: it takes a whole number of seconds from 0 to 34,560,000 (400 days).";

/// What a session cache does.
pub(crate) fn cache_meaning(seconds: u32) -> String {
    if seconds == 0 {
        String::from("Each request asks the store. A kill bites at once.")
    } else {
        format!(
            "A session that was looked up is believed for {}. A kill from outside takes up to this long to bite; a sign-out through this server bites at once.",
            seconds_in_words(seconds)
        )
    }
}

/// How far a database is, and who says so. The figures are modelled: nothing waits for them.
pub(crate) const DISTANCES: [(&str, u32, &str); 5] = [
    (
        "same process",
        0,
        "Nothing is sent: SQLite runs in the server.",
    ),
    (
        "same host",
        50,
        "A local socket there and back: an assumption of ours.",
    ),
    (
        "same zone",
        500,
        "A round trip within a data centre: Jeff Dean, “Numbers everyone should know”.",
    ),
    (
        "another zone of the region",
        1_000,
        "Cloud providers promise single-digit milliseconds between the zones of a region: the lowest of them.",
    ),
    (
        "another region",
        150_000,
        "California to the Netherlands and back: Jeff Dean, “Numbers everyone should know”.",
    ),
];

/// What a network of one’s own is.
pub(crate) const OWN_DISTANCE: &str = "Your own figure.";

/// What a restart did.
pub(crate) fn restarted(lost: u32, sessions_left: Option<u32>) -> String {
    let lost = match lost {
        0 => String::from("Nothing was lost: no session and no refresh token was in memory."),
        1 => String::from("1 session or refresh token was in memory, and is gone."),
        lost => format!(
            "{} sessions and refresh tokens were in memory, and are gone.",
            grouped(u64::from(lost))
        ),
    };
    let left = match sessions_left {
        Some(1) => String::from(", with 1 session"),
        Some(left) => format!(", with {} sessions", grouped(u64::from(left))),
        None => String::new(),
    };
    format!(
        "{lost} What the servers remembered of lookups is gone too. The database stayed{left}. Tokens stayed valid: the keys are in the database."
    )
}

/// That a link can't be read.
pub(crate) const BROKEN_LINK: &str = "The link’s schemes can’t be read: it was cut, or changed, or is of another version. Your schemes are unchanged.";

/// That a link's scheme makes no sense.
pub(crate) fn bad_link(why: &str) -> String {
    format!("The link’s schemes can’t be used. {why} Your schemes are unchanged.")
}

/// That a link was opened.
pub(crate) const LINK_OPENED: &str = "The lanes follow the link’s schemes now.";

/// A number of seconds as people say it: `15 min`, `8 h`, `1 h 30 min`.
pub(crate) fn seconds_in_words(seconds: u32) -> String {
    let parts = [
        (seconds / 86_400, "days"),
        (seconds % 86_400 / 3600, "h"),
        (seconds % 3600 / 60, "min"),
        (seconds % 60, "s"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| match (count, unit) {
            (1, "days") => String::from("1 day"),
            _ => format!("{count} {unit}"),
        })
        .collect();
    if said.is_empty() {
        String::from("0 s")
    } else {
        said.join(" ")
    }
}

/// What someone else said, as a sentence.
pub(crate) fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '?', '!', ')', '”']) {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

/// Store operations.
pub(crate) fn operations(counted: Operations) -> String {
    let one = |count: u32, name: &str| match count {
        1 => format!("1 {name}"),
        count => format!("{count} {name}s"),
    };
    format!(
        "{}, {}",
        one(counted.reads, "read"),
        one(counted.writes, "write")
    )
}

/// How long a revocation takes to bite.
pub(crate) fn bite(bite: Bite) -> String {
    match bite {
        Bite::AtOnce => String::from("at once"),
        Bite::CacheSeconds(seconds) => format!(
            "a sign-out at once; a kill up to {}",
            seconds_in_words(seconds)
        ),
        Bite::UntilExpiry { milliseconds } => {
            let seconds = u32::try_from(milliseconds / 1000).unwrap_or(u32::MAX);
            format!("not before `exp`: {}", seconds_in_words(seconds))
        }
    }
}

/// What stands where the meter has too little to go by.
pub(crate) const METER_EMPTY: &str = "not enough requests yet: sign in, send, sign out";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_read_as_people_say_them() {
        for (seconds, said) in [
            (0, "0 s"),
            (45, "45 s"),
            (900, "15 min"),
            (5400, "1 h 30 min"),
            (86_400, "1 day"),
            (34_560_000, "400 days"),
        ] {
            assert_eq!(seconds_in_words(seconds), said);
        }
    }
}
