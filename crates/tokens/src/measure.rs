//! How many signatures are made and checked in a second, here and now. It reads no clock: the stopwatch is the caller's.

use std::hint::black_box;

use protocol::{GivenKey, KeyEncoding, KeyKind, NewKey, SignatureRate};

use crate::{Algorithm, Key, make_key, read_keys, signature};

/// How long each of the two is measured.
const MICROSECONDS: f64 = 100_000.0;
/// About as much as the header and claims of an access token take.
const MESSAGE_OCTETS: usize = 300;

/// Makes a key, signs and verifies one message over and over for about a tenth of a second each, and says how often that
/// went. `stopwatch` tells microseconds since some fixed moment; one that stands still ends the measuring as well.
///
/// The RSA key is a fixed one of 2,048 bits: it is public, and signs nothing else.
pub fn measure(
    algorithm: Algorithm,
    stopwatch: &dyn Fn() -> f64,
    random: &mut dyn FnMut(&mut [u8]),
) -> SignatureRate {
    let mut rate = SignatureRate {
        algorithm: algorithm.name().to_owned(),
        ..SignatureRate::default()
    };
    let Some(key) = key_for(algorithm, random) else {
        return rate;
    };
    let message = "m".repeat(MESSAGE_OCTETS);
    // The first signature warms up, and is what is verified.
    let Ok(made) = signature(&message, &key, algorithm) else {
        return rate;
    };
    let (signed_per_second, signed) = repeat(stopwatch, || {
        black_box(signature(black_box(&message), &key, algorithm)).is_ok()
    });
    let (verified_per_second, verified) = repeat(stopwatch, || {
        black_box(key.recognises(black_box(&made), algorithm, &message))
    });
    rate.signed_per_second = signed_per_second;
    rate.verified_per_second = verified_per_second;
    rate.runs = signed.saturating_add(verified);
    rate
}

fn key_for(algorithm: Algorithm, random: &mut dyn FnMut(&mut [u8])) -> Option<Key> {
    let new = match algorithm.kind() {
        KeyKind::Rsa => {
            let given = GivenKey {
                text: include_str!("measure/rsa_2048.json").to_owned(),
                encoding: KeyEncoding::Detect,
            };
            return read_keys(&given).0.pop();
        }
        KeyKind::Hmac => NewKey::Hmac {
            octets: algorithm.least_key_bits() / 8,
        },
        KeyKind::P256 => NewKey::P256,
        KeyKind::P384 => NewKey::P384,
        KeyKind::Ed25519 => NewKey::Ed25519,
    };
    Some(make_key(new, random, &mut |_| ()))
}

/// How often a second the work was done, and how often in all; nothing where it failed once.
fn repeat(stopwatch: &dyn Fn() -> f64, mut work: impl FnMut() -> bool) -> (f64, u32) {
    /// More than any machine does in a tenth of a second.
    const MOST_RUNS: u32 = 1_000_000;
    let begun = stopwatch();
    let mut runs = 0;
    // Looking at the clock costs something too: ever more runs go by between two looks.
    let mut next_look = 1;
    loop {
        if !work() {
            return (0.0, runs);
        }
        runs += 1;
        if runs < next_look {
            continue;
        }
        let microseconds = stopwatch() - begun;
        if microseconds >= MICROSECONDS || runs >= MOST_RUNS {
            let per_second = f64::from(runs) / microseconds.max(1.0) * 1_000_000.0;
            return (per_second, runs);
        }
        next_look = runs + (runs / 4).max(1);
    }
}
