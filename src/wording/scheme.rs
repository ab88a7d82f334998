//! What schemes are called, and what each means in a few words.

use protocol::{
    Carrier, Credential, Lifetime, Lifetimes, Preset, Revocation, Scheme, SchemeProblem, StorePlace,
};

/// A preset's name.
pub(crate) const fn preset_name(preset: Preset) -> &'static str {
    match preset {
        Preset::Stateful => "Stateful",
        Preset::Stateless => "Stateless",
        Preset::Hybrid => "Hybrid",
        Preset::TokenInCookie => "JWT in a cookie",
        Preset::Denylist => "JWT and denylist",
        Preset::UserVersion => "JWT and version",
    }
}

/// What a scheme is called: its preset's name, or that it is someone's own.
pub(crate) fn scheme_title(scheme: &Scheme) -> &'static str {
    Preset::of(scheme).map_or("Own scheme", preset_name)
}

/// What proves who one is.
pub(crate) const fn credential_word(credential: Credential) -> &'static str {
    match credential {
        Credential::SessionId => "session ID",
        Credential::AccessToken | Credential::AccessAndRefresh => "JWT",
    }
}

/// Where it waits between requests.
pub(crate) const fn carrier_word(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Cookie => "cookie",
        Carrier::LocalStorage => "localStorage",
        Carrier::SessionStorage => "sessionStorage",
        Carrier::Memory => "memory",
    }
}

/// The same with what the sentence needs around it.
pub(super) const fn place_of(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Cookie => "a cookie",
        Carrier::LocalStorage => "localStorage",
        Carrier::SessionStorage => "sessionStorage",
        Carrier::Memory => "memory",
    }
}

/// What it comes to: credential, carrier, and what the server keeps.
pub(crate) fn scheme_in_short(scheme: &Scheme) -> String {
    let kept = match (scheme.credential, scheme.revocation) {
        (Credential::SessionId, _) => Some("a record"),
        (Credential::AccessToken, Revocation::Denylist) => Some("a denylist"),
        (Credential::AccessToken, Revocation::UserVersion) => Some("a version number"),
        (Credential::AccessToken, _) => None,
        (_, Revocation::Denylist) => Some("refresh tokens and a denylist"),
        (_, Revocation::UserVersion) => Some("refresh tokens and a version number"),
        (_, _) => Some("refresh tokens"),
    };
    let kept = kept.map_or_else(
        || String::from("nothing on the server"),
        |kept| format!("{kept} in {}", store_word(scheme.store.place)),
    );
    format!(
        "{} in {}, {kept}",
        credential_word(scheme.credential),
        place_of(scheme.carrier)
    )
}

const fn store_word(place: StorePlace) -> &'static str {
    match place {
        StorePlace::ServerMemory => "the server’s memory",
        StorePlace::SessionCache | StorePlace::Database => "SQLite",
    }
}

/// What a lane says before anything has happened in it.
pub(crate) fn expects(scheme: &Scheme) -> String {
    let will = match (scheme.credential, scheme.revocation) {
        (Credential::SessionId, _) => "it will make a session, and look it up on every request",
        (Credential::AccessToken, Revocation::Denylist) => {
            "it will sign a token, and on every request check the signature and look whether the token is denied"
        }
        (Credential::AccessToken, Revocation::UserVersion) => {
            "it will sign a token, and on every request check the signature and look up the user’s version number"
        }
        (Credential::AccessToken, _) => {
            "it will sign a token, check the signature on every request, and look nothing up"
        }
        (Credential::AccessAndRefresh, _) => {
            "it will sign a short token and store a refresh token, check the signature on every request, and look something up where the token is renewed"
        }
    };
    format!(
        "Press “Sign in to both”. Each thing that this server does will stand here, in order: {will}."
    )
}

/// What stands where the browser holds nothing yet that page script keeps.
pub(crate) const fn may_be_empty(credential: Credential) -> &'static str {
    match credential {
        Credential::SessionId => "No session ID. After sign-in it stands here, and in ",
        Credential::AccessToken | Credential::AccessAndRefresh => {
            "No token. After sign-in it stands here, and in "
        }
    }
}

/// What the server keeps of users whose tokens it takes. How many are denied was counted.
pub(crate) fn kept_for_tokens(scheme: &Scheme, denied: u32) -> String {
    let rest = match scheme.credential {
        Credential::AccessAndRefresh => {
            "Of each sign-in it keeps the hashes of its refresh tokens:"
        }
        Credential::AccessToken | Credential::SessionId => "",
    };
    let store = store_word(scheme.store.place);
    let kept = match scheme.revocation {
        Revocation::Denylist => format!(
            "A list in {store} of tokens that it refuses: {denied} now. It asks the list on each request with a token."
        ),
        Revocation::UserVersion => format!(
            "A version number for each user in {store}. It asks for the number on each request with a token."
        ),
        Revocation::Expiry | Revocation::Record if rest.is_empty() => String::from(
            "No record of your sign-in. It can check a passport; it can’t call one back.",
        ),
        Revocation::Expiry | Revocation::Record => {
            String::from("No record of the token. It can check a passport; it can’t call one back.")
        }
    };
    format!("{kept} {rest}").trim_end().to_owned()
}

/// What stands above the audit log's entries.
pub(crate) const fn audit_log(scheme: &Scheme) -> &'static str {
    if scheme.writes_audit_log() {
        "Audit log: what the server wrote down"
    } else {
        "Audit log: what the administrator did"
    }
}

/// Why a server writes nothing into the audit log.
pub(crate) const NO_AUDIT_LOG: &str = "Nor does it write an audit log, to leave the tables as they were. A server at work is to log each sign-in and each refusal, whatever it hands out (ASVS 16.3).";

/// Why a scheme makes no sense.
pub(crate) fn scheme_problem(problem: SchemeProblem) -> String {
    let days = Lifetimes::LONGEST_SECONDS / 86_400;
    match problem {
        SchemeProblem::RecordIsTheRevocation => {
            String::from("A session ID is revoked by deleting its record, and needs nothing else.")
        }
        SchemeProblem::NoRecord => String::from(
            "An access token has no record that could be deleted: it ends by expiry, by a denylist or by the user’s version.",
        ),
        SchemeProblem::LifetimeOutOfRange(lifetime) => {
            let least = match lifetime {
                Lifetime::TouchInterval | Lifetime::Leeway | Lifetime::RefreshGrace => 0,
                _ => 1,
            };
            format!(
                "The {} is out of range: it is at least {least} s and at most {days} days.",
                lifetime_word(lifetime)
            )
        }
        SchemeProblem::RoundTripOutOfRange => {
            String::from("The round trip to the database is ten seconds at most.")
        }
        SchemeProblem::CacheOutOfRange => {
            format!("A session cache holds {days} days at most.")
        }
        SchemeProblem::NothingToCache => {
            String::from("There is nothing to cache: tokens are not looked up as sessions are.")
        }
    }
}

const fn lifetime_word(lifetime: Lifetime) -> &'static str {
    match lifetime {
        Lifetime::IdleTimeout => "idle timeout",
        Lifetime::AbsoluteTimeout => "absolute timeout",
        Lifetime::TouchInterval => "interval in which the last use is written",
        Lifetime::AccessToken => "access token’s lifetime",
        Lifetime::Leeway => "leeway",
        Lifetime::RefreshToken => "refresh tokens’ lifetime",
        Lifetime::RefreshGrace => "grace window of refresh tokens",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_reads_as_what_it_comes_to() {
        for (preset, title, short) in [
            (
                Preset::Stateful,
                "Stateful",
                "session ID in a cookie, a record in SQLite",
            ),
            (
                Preset::Stateless,
                "Stateless",
                "JWT in localStorage, nothing on the server",
            ),
            (
                Preset::Hybrid,
                "Hybrid",
                "JWT in memory, refresh tokens in SQLite",
            ),
            (
                Preset::Denylist,
                "JWT and denylist",
                "JWT in localStorage, a denylist in SQLite",
            ),
        ] {
            let scheme = preset.scheme();
            assert_eq!(
                (scheme_title(&scheme), &*scheme_in_short(&scheme)),
                (title, short)
            );
        }
    }
}
