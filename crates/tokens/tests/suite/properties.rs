//! What holds for every text, every changed bit and every set of claims.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use protocol::Timestamp;
use tokens::{Algorithm, Claims, Key, Verifier, inspect, sign, verify};

use crate::fixture::{
    HEADER, NOW, ORDER, PAYLOAD, encode, forge, good_token, key, lax_verifier, verifier,
};

/// Whatever the text: all checks are listed in order, and there are claims where nothing was refused, and only there.
fn assert_sound(token: &str, verifier: &Verifier) {
    let verification = verify(token, verifier, NOW);
    let checks: Vec<_> = verification.steps.iter().map(|step| step.check).collect();
    assert_eq!(checks, ORDER);
    assert_eq!(
        verification.claims.is_some(),
        verification.rejection().is_none()
    );
    assert_eq!(inspect(token, verifier, NOW).checks, verification.steps);
}

/// JSON-like texts out of what tokens are made of, well-formed or not.
fn json() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "alg",
        "HS256",
        "none",
        "kid",
        "k1",
        "crit",
        "typ",
        "at+jwt",
        "iss",
        "me",
        "aud",
        "api",
        "exp",
        "nbf",
        "iat",
        "sub",
        "",
        "\\u0065xp",
        "\\ud800",
        "é",
    ]);
    let leaf = prop_oneof![
        4 => word.clone().prop_map(|word| format!("\"{word}\"")),
        2 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<f64>().prop_map(|number| format!("{number:e}")),
        1 => prop::sample::select(vec!["null", "true", "1e999", "-", "{", "]", " "])
            .prop_map(str::to_owned),
    ];
    let value = leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            vec((word.clone(), inner), 0..6).prop_map(|members| object(&members)),
        ]
    });
    // Some break off in the middle.
    let broken = value
        .clone()
        .prop_map(|text| text.chars().take(text.len() / 2).collect());
    prop_oneof![3 => value, 1 => broken]
}

fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Claims whose times are whole seconds, as they are signed, and that have not expired.
fn claims() -> impl Strategy<Value = Claims> {
    let text = || option::of(any::<String>());
    let seconds = i64::MIN / 1000..=i64::MAX / 1000;
    let later = NOW.seconds() + 1..=i64::MAX / 1000;
    (
        (
            text(),
            text(),
            vec(any::<String>(), 0..4),
            option::of(seconds),
        ),
        (later, text(), text(), text()),
        (option::of(any::<u32>()), text()),
    )
        .prop_map(
            |((iss, sub, aud, iat), (exp, jti, role, name), (ver, sid))| Claims {
                iss,
                sub,
                aud,
                iat: iat.map(Timestamp::from_seconds),
                exp: Timestamp::from_seconds(exp),
                jti,
                ver,
                sid,
                role,
                name,
            },
        )
}

#[test]
fn no_changed_bit_of_a_signed_token_verifies() {
    let token = good_token();
    assert_eq!(verify(&token, &verifier(), NOW).rejection(), None);
    for bit in 0..token.len() * 8 {
        let mut bytes = token.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let changed = String::from_utf8_lossy(&bytes);
        assert_sound(&changed, &lax_verifier());
        let verification = verify(&changed, &lax_verifier(), NOW);
        assert!(verification.rejection().is_some(), "bit {bit}: {changed}");
    }
}

proptest! {
    #[test]
    fn any_text_gets_a_verdict(text in any::<String>(), dotted in "[A-Za-z0-9_=é-]{0,9}([.][A-Za-z0-9_-]{0,9}){0,5}") {
        assert_sound(&text, &verifier());
        assert_sound(&dotted, &verifier());
    }

    #[test]
    fn any_octets_behind_base64url_get_a_verdict(
        header in vec(any::<u8>(), 0..40), payload in vec(any::<u8>(), 0..40),
    ) {
        assert_sound(&forge(&header, &payload), &verifier());
        assert_sound(&forge(HEADER, &payload), &lax_verifier());
    }

    #[test]
    fn any_json_gets_a_verdict(header in json(), payload in json(), signature in any::<[u8; 32]>()) {
        assert_sound(&forge(&header, &payload), &verifier());
        assert_sound(&forge(&header, PAYLOAD), &verifier());
        assert_sound(&forge(HEADER, &payload), &lax_verifier());
        let token = format!("{}.{}.{}", encode(header), encode(payload), encode(signature));
        assert_sound(&token, &verifier());
    }

    #[test]
    fn any_times_get_a_verdict(
        exp in any::<f64>(), nbf in any::<i64>(), now in any::<i64>(), leeway_seconds in any::<u32>(),
    ) {
        let verifier = Verifier { leeway_seconds, ..lax_verifier() };
        let token = forge(HEADER, format!(r#"{{"exp":{exp:e},"nbf":{nbf}}}"#));
        let now = Timestamp::from_milliseconds(now);
        let verification = verify(&token, &verifier, now);
        prop_assert_eq!(verification.claims.is_some(), verification.rejection().is_none());
    }

    #[test]
    fn no_changed_piece_of_a_signed_token_verifies(
        place in any::<prop::sample::Index>(), length in 0..9_usize, piece in "[A-Za-z0-9_.=é-]{0,9}",
    ) {
        let token = good_token();
        let start = place.index(token.len());
        let end = (start + length).min(token.len());
        let changed = format!("{}{piece}{}", &token[..start], &token[end..]);
        assert_sound(&changed, &verifier());
        let accepted = verify(&changed, &verifier(), NOW).rejection().is_none();
        prop_assert_eq!(accepted, changed == token);
    }

    #[test]
    fn what_is_signed_verifies_and_says_the_same(
        claims in claims(),
        kid in any::<String>(),
        secret in vec(any::<u8>(), 64..100),
        algorithm in prop::sample::select(vec![Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512]),
        token_type in "[a-z]{1,9}[+]jwt",
    ) {
        let key = Key::secret(&secret).with_kid(kid).with_algorithm(algorithm);
        let token = sign(&claims, &token_type, &key, algorithm).expect("the key is long enough");
        let mut verifier = Verifier {
            keys: vec![key],
            allowed: vec![algorithm.name().to_owned()],
            issuer: claims.iss.clone(),
            audience: claims.aud.last().cloned(),
            token_type: Some(token_type),
            any_kid: false,
            leeway_seconds: 0,
            left_out: Vec::new(),
        };
        let verification = verify(&token, &verifier, NOW);
        prop_assert_eq!(verification.rejection(), None);
        prop_assert_eq!(verification.claims, Some(claims));

        // With any other secret it does not.
        let mut other = secret;
        other[0] ^= 1;
        let kid = verifier.keys[0].kid.take().unwrap_or_default();
        verifier.keys = vec![Key::secret(other).with_kid(kid)];
        prop_assert!(verify(&token, &verifier, NOW).rejection().is_some());
    }

    #[test]
    fn only_the_key_that_signed_verifies(secret in any::<[u8; 32]>()) {
        let verifier = Verifier { keys: vec![key("k1", &secret)], ..verifier() };
        prop_assert!(verify(&good_token(), &verifier, NOW).rejection().is_some());
    }
}
