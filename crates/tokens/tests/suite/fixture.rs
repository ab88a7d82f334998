//! A good token, the verifier that accepts it, and the one helper that says where a token is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use protocol::{
    GivenKey, KeyEncoding, KeyKind, NewKey, Timestamp, TokenCheck, TokenFact, TokenOutcome,
    TokenRejection,
};
use tokens::{Algorithm, Claims, Key, Verifier, make_key, read_keys, verify};

/// All checks in the order in which they are promised to run.
pub(crate) const ORDER: [TokenCheck; 17] = [
    TokenCheck::Parts,
    TokenCheck::Base64url,
    TokenCheck::HeaderJson,
    TokenCheck::HeaderNamesUnique,
    TokenCheck::CriticalUnderstood,
    TokenCheck::AlgorithmAllowed,
    TokenCheck::KeyFound,
    TokenCheck::KeyFits,
    TokenCheck::KeyLongEnough,
    TokenCheck::Signature,
    TokenCheck::PayloadJson,
    TokenCheck::ClaimNamesUnique,
    TokenCheck::Expiry,
    TokenCheck::NotBefore,
    TokenCheck::Issuer,
    TokenCheck::Audience,
    TokenCheck::Type,
];

pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
pub(crate) const SECRET: &[u8] = b"0123456789abcdef0123456789ABCDEF";
pub(crate) const HEADER: &str = r#"{"alg":"HS256","typ":"at+jwt","kid":"k1"}"#;
pub(crate) const PAYLOAD: &str = r#"{"iss":"me","sub":"42","aud":"api","exp":1700000600}"#;

/// A text as someone pastes it.
pub(crate) fn given(text: impl Into<String>) -> GivenKey {
    GivenKey {
        text: text.into(),
        encoding: KeyEncoding::Detect,
    }
}

/// The one key that this text holds.
#[track_caller]
pub(crate) fn read_one(text: &str) -> Key {
    let (keys, report) = read_keys(&given(text));
    assert_eq!(report.problems, [], "{text}");
    <[Key; 1]>::try_from(keys).expect("one key")[0].clone()
}

pub(crate) fn key(kid: &str, secret: &[u8]) -> Key {
    Key::secret(secret)
        .with_kid(kid)
        .with_algorithm(Algorithm::Hs256)
}

/// Accepts [`HEADER`] with [`PAYLOAD`], signed with [`SECRET`].
pub(crate) fn verifier() -> Verifier {
    Verifier {
        keys: vec![key("k1", SECRET)],
        allowed: vec!["HS256".to_owned()],
        issuer: Some("me".to_owned()),
        audience: Some("api".to_owned()),
        token_type: Some("at+jwt".to_owned()),
        any_kid: false,
        leeway_seconds: 0,
        left_out: Vec::new(),
    }
}

/// Accepts whatever [`SECRET`] signed and has not expired.
pub(crate) fn lax_verifier() -> Verifier {
    Verifier {
        issuer: None,
        audience: None,
        token_type: None,
        ..verifier()
    }
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A token of these two texts, whatever they say, with a signature that holds.
pub(crate) fn forge(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    signed(&format!("{}.{}", encode(header), encode(payload)))
}

/// The text with its HS256 signature behind it.
pub(crate) fn signed(signing_input: &str) -> String {
    let key = EncodingKey::from_secret(SECRET);
    let algorithm = jsonwebtoken::Algorithm::HS256;
    let signature = jsonwebtoken::crypto::sign(signing_input.as_bytes(), &key, algorithm)
        .expect("HMAC takes any key");
    format!("{signing_input}.{signature}")
}

pub(crate) fn good_token() -> String {
    forge(HEADER, PAYLOAD)
}

/// The token is refused by exactly this check, for this reason: all before it hold, and none after it is reached.
#[track_caller]
pub(crate) fn assert_refused(
    token: &str,
    verifier: &Verifier,
    now: Timestamp,
    check: TokenCheck,
    expected: &TokenRejection,
) {
    let verification = verify(token, verifier, now);
    assert_eq!(verification.rejection(), Some(expected), "{token:.400}");
    assert_eq!(verification.claims, None, "claims of a refused token");
    assert_eq!(verification.steps.len(), ORDER.len());
    for (step, expected_check) in verification.steps.iter().zip(ORDER) {
        assert_eq!(step.check, expected_check);
        let as_it_should = match &step.outcome {
            TokenOutcome::Passed(_) => step.check < check,
            TokenOutcome::Failed(_) => step.check == check,
            TokenOutcome::NotReached => step.check > check,
            TokenOutcome::LeftOut => verifier.left_out.contains(&step.check),
        };
        assert!(as_it_should, "{step:?} where {check:?} should fail");
    }
}

/// The token is accepted, and the check saw this.
#[track_caller]
pub(crate) fn assert_accepted(
    token: &str,
    verifier: &Verifier,
    now: Timestamp,
    check: TokenCheck,
    expected: &TokenFact,
) {
    let verification = verify(token, verifier, now);
    assert_eq!(verification.rejection(), None, "{token:.400}");
    assert!(verification.claims.is_some());
    let step = verification.steps.iter().find(|step| step.check == check);
    let outcome = step.map(|step| &step.outcome);
    assert_eq!(outcome, Some(&TokenOutcome::Passed(expected.clone())));
}

/// The claims of [`PAYLOAD`].
pub(crate) fn claims() -> Claims {
    Claims {
        iss: Some("me".to_owned()),
        sub: Some("42".to_owned()),
        aud: vec!["api".to_owned()],
        exp: NOW.plus_seconds(600),
        ..Claims::default()
    }
}

/// Octets that look like chance and are the same each time (SplitMix64).
pub(crate) fn chance(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut state = seed;
    move |octets: &mut [u8]| {
        for chunk in octets.chunks_mut(8) {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_be_bytes()[..chunk.len()]);
        }
    }
}

/// A key for this algorithm, the same each time: a new one, or of RSA one that OpenSSL has made.
pub(crate) fn key_for(algorithm: Algorithm) -> Key {
    let new = match algorithm.kind() {
        KeyKind::Rsa => return read_one(include_str!("../keys/rsa.pkcs8.pem")),
        KeyKind::Hmac => NewKey::Hmac { octets: 64 },
        KeyKind::P256 => NewKey::P256,
        KeyKind::P384 => NewKey::P384,
        KeyKind::Ed25519 => NewKey::Ed25519,
    };
    make_key(new, &mut chance(7), &mut |_| ())
}

/// Accepts what one of these keys signed with that algorithm, and what says what [`PAYLOAD`] says.
pub(crate) fn verifier_of(keys: Vec<Key>, algorithm: Algorithm) -> Verifier {
    Verifier {
        keys,
        allowed: vec![algorithm.name().to_owned()],
        ..verifier()
    }
}
