//! What knowing a user takes of a server itself: the hash of a session ID, the checks of a token by algorithm, and the
//! hash of a password at sign-in. All of it is the server's own code.

use std::hint::black_box;

use anyhow::{Context, ensure};
use argon2::{Algorithm as Argon2Algorithm, Argon2, Params, Version};
use protocol::{GivenKey, KeyEncoding, KeyKind, NewKey, Timestamp};
use tokens::{Algorithm, Claims, Key, Verifier, make_key, read_keys, sign, verify};

use crate::remote_store::session_id;
use crate::repeat::{Cost, median_cost, percentile};

/// The algorithms that the server can sign with.
pub const ALGORITHMS: [Algorithm; 4] = [
    Algorithm::Hs256,
    Algorithm::Es256,
    Algorithm::Rs256,
    Algorithm::EdDsa,
];
const NOW: Timestamp = Timestamp::from_seconds(1_760_000_000);
const TOKEN_TYPE: &str = "at+jwt";
const RSA_BITS: u32 = 2_048;
/// argon2id as the server has it: KiB, passes, lanes.
const PASSWORD_PARAMETERS: (u32, u32, u32) = (19_456, 2, 1);
const PASSWORDS: usize = 25;

/// What the checks of a token cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TokenCost {
    /// By which algorithm it is signed.
    pub algorithm: Algorithm,
    /// Its octets.
    pub octets: u32,
    /// The signature alone.
    pub signature: Cost,
    /// All checks, the signature's among them.
    pub checks: Cost,
}

/// What the hash of a session ID costs, as the store has it instead of the ID.
pub fn session_id_hash() -> Cost {
    let id = session_id(42);
    median_cost(|| {
        black_box(black_box(&id).hash());
    })
}

/// What a password costs.
///
/// # Errors
/// Where argon2 refuses its parameters.
pub fn password_hash() -> anyhow::Result<Cost> {
    let (memory, passes, lanes) = PASSWORD_PARAMETERS;
    let parameters = Params::new(memory, passes, lanes, None)
        .map_err(|error| anyhow::anyhow!("argon2 refuses its parameters: {error}"))?;
    let argon2 = Argon2::new(Argon2Algorithm::Argon2id, Version::V0x13, parameters);
    let mut times = Vec::with_capacity(PASSWORDS);
    for _ in 0..PASSWORDS {
        let mut hash = [0; 32];
        let started = std::time::Instant::now();
        argon2
            .hash_password_into(b"sample-password", b"member-42-salt!!", &mut hash)
            .map_err(|error| anyhow::anyhow!("argon2 fails: {error}"))?;
        black_box(hash);
        times.push(started.elapsed().as_secs_f64());
    }
    Ok(Cost {
        seconds: percentile(&mut times, 0.5),
        runs: PASSWORDS as u32,
    })
}

/// What a token costs, by algorithm.
///
/// # Errors
/// Where a key can't be made, or a token of it is refused.
pub fn token_checks() -> anyhow::Result<Vec<TokenCost>> {
    ALGORITHMS.into_iter().map(token_cost).collect()
}

fn token_cost(algorithm: Algorithm) -> anyhow::Result<TokenCost> {
    let mut failed = None;
    let mut random = |bytes: &mut [u8]| {
        if let Err(error) = getrandom::fill(bytes) {
            failed = Some(error);
        }
    };
    let new = match algorithm.kind() {
        KeyKind::Rsa => NewKey::Rsa { bits: RSA_BITS },
        KeyKind::P256 => NewKey::P256,
        KeyKind::P384 => NewKey::P384,
        KeyKind::Ed25519 => NewKey::Ed25519,
        KeyKind::Hmac => NewKey::Hmac { octets: 32 },
    };
    let made = make_key(new, &mut random, &mut |_| ());
    ensure!(failed.is_none(), "the system gives no random bytes");
    let key = as_servers_hold_it(made, algorithm)?;

    let token = sign(&claims(), TOKEN_TYPE, &key, algorithm)
        .map_err(|problem| anyhow::anyhow!("{algorithm:?} does not sign: {problem:?}"))?;
    let verifier = Verifier {
        keys: vec![key.public_half().unwrap_or_else(|| key.clone())],
        allowed: vec![algorithm.name().to_owned()],
        issuer: Some("ticket-or-passport".to_owned()),
        audience: Some("api".to_owned()),
        token_type: Some(TOKEN_TYPE.to_owned()),
        ..Verifier::default()
    };
    ensure!(
        verify(&token, &verifier, NOW).claims.is_some(),
        "{algorithm:?}: the token is refused"
    );
    let (message, signature) = token.rsplit_once('.').context("a token has dots")?;
    let trusted = verifier.keys.first().context("there is one key")?;
    Ok(TokenCost {
        algorithm,
        octets: token.len() as u32,
        signature: median_cost(|| {
            black_box(trusted.recognises(black_box(signature), algorithm, message));
        }),
        checks: median_cost(|| {
            black_box(verify(black_box(&token), &verifier, NOW));
        }),
    })
}

/// The key, written and read again as it is when the server starts, for this algorithm alone.
fn as_servers_hold_it(key: Key, algorithm: Algorithm) -> anyhow::Result<Key> {
    let key = if key.kind() == KeyKind::Hmac {
        key
    } else {
        let given = GivenKey {
            text: key.to_given().text,
            encoding: KeyEncoding::Detect,
        };
        read_keys(&given).0.pop().context("the key is not read")?
    };
    Ok(key.with_algorithm(algorithm).with_kid("1"))
}

/// As the server's own tokens have them.
fn claims() -> Claims {
    Claims {
        iss: Some("ticket-or-passport".to_owned()),
        sub: Some("42".to_owned()),
        aud: vec!["api".to_owned()],
        iat: Some(NOW),
        exp: NOW.plus_seconds(900),
        jti: Some("AAAAAAAAAAAAAAAA".to_owned()),
        role: Some("member".to_owned()),
        name: Some("Mira Lind".to_owned()),
        ..Claims::default()
    }
}
