//! Looking at a token: the server's own verdict, and what can be read of it whatever is broken.

use protocol::{Inspection, InspectionOptions, KeyReport, Timestamp};

use crate::key::MOST_KEYS;
use crate::{Key, Verifier, base64url, read_keys, verify};

/// Verifies the token, and shows its header and payload as text: as far as their characters are base64url, whether or
/// not the rest of the token, or its number of parts, is right. Neither text is to be believed before the checks say so.
///
/// The keys that are told are the verifier's. Who has read them from a text knows more of them.
pub fn inspect(token: &str, verifier: &Verifier, now: Timestamp) -> Inspection {
    let mut parts = token.split('.');
    Inspection {
        checks: verify(token, verifier, now).steps,
        header: parts.next().and_then(base64url::readable),
        payload: parts.next().and_then(base64url::readable),
        key: KeyReport {
            keys: verifier
                .keys
                .iter()
                .take(MOST_KEYS)
                .map(Key::facts)
                .collect(),
            ..KeyReport::default()
        },
    }
}

/// A verifier's own terms, with those that the options replace, and what was read of a key that they give.
///
/// A given key takes the place of all its own. A sole one is tried whatever `kid` says; of several it decides. Beside a
/// key, the list of allowed algorithms stays what it is where the options name none: a key never allows an algorithm.
pub fn with_options(own: &Verifier, options: &InspectionOptions) -> (Verifier, Option<KeyReport>) {
    let given = options.key.as_ref().map(read_keys);
    let (keys, report) = given.unzip();
    let or_own = |given: &Option<String>, own: &Option<String>| given.clone().or(own.clone());
    let verifier = Verifier {
        any_kid: own.any_kid || keys.is_some(),
        keys: keys.unwrap_or_else(|| own.keys.clone()),
        allowed: options.algorithms.as_ref().unwrap_or(&own.allowed).clone(),
        issuer: or_own(&options.issuer, &own.issuer),
        audience: or_own(&options.audience, &own.audience),
        token_type: or_own(&options.token_type, &own.token_type),
        leeway_seconds: options.leeway_seconds.unwrap_or(own.leeway_seconds),
        left_out: options.left_out.clone(),
    };
    (verifier, report)
}
