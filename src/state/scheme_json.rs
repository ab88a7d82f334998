//! A scheme as JSON: in the console and in a shared link. What can't be read is said in a sentence, and never guessed.

use protocol::{Carrier, Credential, Lifetimes, Preset, Revocation, Scheme, StorePlace};
use serde_json::{Map, Value, json};

use super::json_words::{meant, unknown, word};
use crate::wording;

/// Where one of the lifetimes stands.
type OfLifetimes = fn(&mut Lifetimes) -> &mut u32;

/// The presets by name.
pub(crate) const PRESETS: [(&str, Preset); 6] = [
    ("stateful", Preset::Stateful),
    ("stateless", Preset::Stateless),
    ("hybrid", Preset::Hybrid),
    ("token-in-cookie", Preset::TokenInCookie),
    ("denylist", Preset::Denylist),
    ("user-version", Preset::UserVersion),
];
const CREDENTIALS: [(&str, Credential); 3] = [
    ("session-id", Credential::SessionId),
    ("access-token", Credential::AccessToken),
    ("access-and-refresh", Credential::AccessAndRefresh),
];
const CARRIERS: [(&str, Carrier); 4] = [
    ("cookie", Carrier::Cookie),
    ("local-storage", Carrier::LocalStorage),
    ("session-storage", Carrier::SessionStorage),
    ("memory", Carrier::Memory),
];
const REVOCATIONS: [(&str, Revocation); 4] = [
    ("record", Revocation::Record),
    ("expiry", Revocation::Expiry),
    ("denylist", Revocation::Denylist),
    ("user-version", Revocation::UserVersion),
];
const PLACES: [(&str, StorePlace); 2] = [
    ("database", StorePlace::Database),
    ("server-memory", StorePlace::ServerMemory),
];
/// The lifetimes in seconds.
const SECONDS: [(&str, OfLifetimes); 7] = [
    ("idleTimeout", |it| &mut it.idle_timeout_seconds),
    ("absoluteTimeout", |it| &mut it.absolute_timeout_seconds),
    ("touchInterval", |it| &mut it.touch_interval_seconds),
    ("accessToken", |it| &mut it.access_token_seconds),
    ("leeway", |it| &mut it.leeway_seconds),
    ("refreshToken", |it| &mut it.refresh_token_seconds),
    ("refreshGrace", |it| &mut it.refresh_grace_seconds),
];

/// A preset that fits wholly goes by its name.
pub(crate) fn scheme_value(scheme: &Scheme) -> Value {
    let preset = PRESETS
        .into_iter()
        .find(|(_, preset)| preset.scheme() == *scheme);
    match preset {
        Some((name, _)) => Value::from(name),
        None => scheme_to_json(scheme),
    }
}

/// A scheme, whole.
pub(crate) fn scheme_to_json(scheme: &Scheme) -> Value {
    let mut lifetimes = scheme.lifetimes;
    let mut seconds: Map<String, Value> = SECONDS
        .iter()
        .map(|(name, of)| ((*name).to_owned(), json!(*of(&mut lifetimes))))
        .collect();
    seconds.insert(String::from("sliding"), json!(lifetimes.sliding));
    json!({
        "credential": word(&CREDENTIALS, scheme.credential),
        "carrier": word(&CARRIERS, scheme.carrier),
        "revocation": word(&REVOCATIONS, scheme.revocation),
        "store": {
            "place": word(&PLACES, scheme.store.place),
            "roundTripMilliseconds": f64::from(scheme.store.round_trip_microseconds) / 1000.0,
            "sessionCacheSeconds": scheme.store.session_cache_seconds,
        },
        "lifetimes": seconds,
    })
}

/// The scheme that this describes. What it leaves out is as in `present`, or as in the preset that it names.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub(crate) fn scheme_from_json(value: &Value, present: &Scheme) -> Result<Scheme, String> {
    let scheme = match value {
        Value::String(_) => meant("preset", &PRESETS, value)?.scheme(),
        Value::Object(parts) => {
            let mut scheme = match parts.get("preset") {
                Some(name) => meant("preset", &PRESETS, name)?.scheme(),
                None => *present,
            };
            for (name, part) in parts {
                match name.as_str() {
                    "preset" => {}
                    "credential" => scheme.credential = meant(name, &CREDENTIALS, part)?,
                    "carrier" => scheme.carrier = meant(name, &CARRIERS, part)?,
                    "revocation" => scheme.revocation = meant(name, &REVOCATIONS, part)?,
                    "store" => read_store(&mut scheme, part)?,
                    "lifetimes" => read_lifetimes(&mut scheme.lifetimes, part)?,
                    _ => return Err(unknown("A scheme", name)),
                }
            }
            scheme
        }
        _ => {
            return Err(String::from(
                "A scheme is a preset’s name, such as \"hybrid\", or an object.",
            ));
        }
    };
    match scheme.problem() {
        Some(problem) => Err(wording::scheme_problem(problem)),
        None => Ok(scheme),
    }
}

fn read_store(scheme: &mut Scheme, value: &Value) -> Result<(), String> {
    for (name, part) in object("store", value)? {
        match name.as_str() {
            "place" => scheme.store.place = meant(name, &PLACES, part)?,
            "roundTripMilliseconds" => {
                let milliseconds = part
                    .as_f64()
                    .filter(|it| (0.0..=f64::from(u32::MAX) / 1000.0).contains(it))
                    .ok_or_else(|| format!("“{name}” is a number of milliseconds."))?;
                scheme.store.round_trip_microseconds = (milliseconds * 1000.0).round() as u32;
            }
            "sessionCacheSeconds" => scheme.store.session_cache_seconds = seconds(name, part)?,
            _ => return Err(unknown("A store", name)),
        }
    }
    Ok(())
}

fn read_lifetimes(lifetimes: &mut Lifetimes, value: &Value) -> Result<(), String> {
    for (name, part) in object("lifetimes", value)? {
        if name == "sliding" {
            lifetimes.sliding = part
                .as_bool()
                .ok_or_else(|| String::from("“sliding” is true or false."))?;
        } else if let Some((_, of)) = SECONDS.iter().find(|(known, _)| known == name) {
            *of(lifetimes) = seconds(name, part)?;
        } else {
            return Err(unknown("A lifetime", name));
        }
    }
    Ok(())
}

fn object<'a>(name: &str, value: &'a Value) -> Result<&'a Map<String, Value>, String> {
    value
        .as_object()
        .ok_or_else(|| format!("“{name}” is an object."))
}

fn seconds(name: &str, value: &Value) -> Result<u32, String> {
    value
        .as_u64()
        .and_then(|seconds| u32::try_from(seconds).ok())
        .ok_or_else(|| format!("“{name}” is a whole number of seconds, zero or more."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_read_as_it_was_written() {
        for preset in Preset::ALL {
            let mut scheme = preset.scheme();
            scheme.store.round_trip_microseconds = 50;
            scheme.lifetimes.sliding = false;
            scheme.lifetimes.refresh_grace_seconds = 7;
            let written = scheme_to_json(&scheme);
            assert_eq!(scheme_from_json(&written, &Scheme::STATEFUL), Ok(scheme));
        }
    }

    #[test]
    fn a_preset_is_named_and_what_is_left_out_is_as_it_was() {
        let read = |text: &str, present: Scheme| {
            let value = serde_json::from_str(text).expect("it is JSON");
            scheme_from_json(&value, &present)
        };
        assert_eq!(
            read("\"hybrid\"", Scheme::STATEFUL),
            Ok(Preset::Hybrid.scheme())
        );
        assert_eq!(read("{}", Scheme::STATELESS), Ok(Scheme::STATELESS));
        let mut expected = Preset::Denylist.scheme();
        expected.lifetimes.access_token_seconds = 60;
        assert_eq!(
            read(
                "{\"preset\":\"denylist\",\"lifetimes\":{\"accessToken\":60}}",
                Scheme::STATEFUL
            ),
            Ok(expected)
        );
        let mut expected = Scheme::STATEFUL;
        expected.store.place = StorePlace::ServerMemory;
        expected.store.round_trip_microseconds = 150_000;
        assert_eq!(
            read(
                "{\"store\":{\"place\":\"server-memory\",\"roundTripMilliseconds\":150}}",
                Scheme::STATEFUL
            ),
            Ok(expected)
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, said) in [
            ("7", "A scheme is a preset’s name"),
            ("null", "A scheme is a preset’s name"),
            (
                "\"nonsense\"",
                "“preset” is one of stateful, stateless, hybrid",
            ),
            ("{\"preset\":3}", "“preset” is one of"),
            (
                "{\"carrier\":\"pigeon\"}",
                "“carrier” is one of cookie, local-storage",
            ),
            ("{\"colour\":\"red\"}", "A scheme has no “colour”."),
            ("{\"store\":[]}", "“store” is an object."),
            (
                "{\"store\":{\"roundTripMilliseconds\":-1}}",
                "“roundTripMilliseconds” is a number",
            ),
            (
                "{\"store\":{\"roundTripMilliseconds\":20000}}",
                "The round trip to the database",
            ),
            (
                "{\"lifetimes\":{\"idleTimeout\":1.5}}",
                "“idleTimeout” is a whole number",
            ),
            (
                "{\"lifetimes\":{\"idleTimeout\":-5}}",
                "“idleTimeout” is a whole number",
            ),
            (
                "{\"lifetimes\":{\"idleTimeout\":0}}",
                "The idle timeout is out of range",
            ),
            (
                "{\"lifetimes\":{\"sliding\":1}}",
                "“sliding” is true or false.",
            ),
            ("{\"lifetimes\":{\"tea\":1}}", "A lifetime has no “tea”."),
            (
                "{\"revocation\":\"denylist\"}",
                "A session ID is revoked by",
            ),
            (
                "{\"credential\":\"access-token\"}",
                "An access token has no record",
            ),
        ] {
            let value = serde_json::from_str(text).expect("it is JSON");
            let problem = scheme_from_json(&value, &Scheme::STATEFUL).expect_err(text);
            assert!(problem.starts_with(said), "{text}: {problem}");
        }
    }
}
