//! What holds for every text of a key, and for every algorithm.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use protocol::{GivenKey, InspectionOptions, KeyEncoding};
use tokens::{
    Algorithm, Key, Verifier, inspect, read_keys, sign, sign_given, signature, verify, with_options,
};

use crate::fixture::{NOW, chance, claims, given, good_token, key_for, verifier, verifier_of};

/// Of each algorithm a key, made once.
static KEYS: LazyLock<[Key; 12]> =
    LazyLock::new(|| Algorithm::ALL.map(|algorithm| key_for(algorithm).with_kid("k1")));

/// Texts of keys that are in order.
const GOOD: [&str; 9] = [
    include_str!("../keys/rsa.spki.pem"),
    include_str!("../keys/rsa-1024.pkcs8.pem"),
    include_str!("../keys/p256.sec1.pem"),
    include_str!("../keys/p256.pkcs8.pem"),
    include_str!("../keys/p384.spki.pem"),
    include_str!("../keys/ed25519.pkcs8.pem"),
    r#"{"keys":[{"kty":"oct","k":"AAAA","kid":"1","alg":"HS256"},{"kty":"oct","k":"BBBB"}]}"#,
    r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAk","e":"AQAB","d":"Eq5xpGnN"}"#,
];

fn algorithm_and_key() -> impl Strategy<Value = (Algorithm, Key)> {
    (0..Algorithm::ALL.len()).prop_map(|index| (Algorithm::ALL[index], KEYS[index].clone()))
}

/// Whatever the text: there is a key or a problem, each key is told, and using them breaks nothing.
fn assert_sound(given: &GivenKey) -> Result<(), TestCaseError> {
    let (keys, report) = read_keys(given);
    prop_assert_eq!(keys.is_empty() && report.problems.is_empty(), false);
    prop_assert_eq!(
        &report.keys,
        &keys.iter().map(Key::facts).collect::<Vec<_>>()
    );
    prop_assert!(keys.len() <= 100 && report.problems.len() <= 101);

    let options = InspectionOptions {
        key: Some(given.clone()),
        algorithms: Some(
            Algorithm::ALL
                .map(|algorithm| algorithm.name().to_owned())
                .into(),
        ),
        ..InspectionOptions::default()
    };
    let (terms, told) = with_options(&verifier(), &options);
    prop_assert_eq!(told, Some(report));
    let checks = inspect(&good_token(), &terms, NOW).checks;
    prop_assert_eq!(checks, verify(&good_token(), &terms, NOW).steps);
    for algorithm in Algorithm::ALL {
        if let Ok(made) = sign_given("a.b", given, algorithm.name()) {
            let by_one = keys
                .iter()
                .any(|key| key.recognises(&made, algorithm, "a.b"));
            prop_assert!(by_one, "{algorithm} by none of the keys");
        }
    }
    Ok(())
}

#[test]
fn no_changed_bit_of_any_signature_verifies() {
    for (algorithm, key) in Algorithm::ALL.into_iter().zip(KEYS.iter()) {
        let token = sign(&claims(), "at+jwt", key, algorithm).expect("the key fits");
        let terms = verifier_of(vec![key.clone()], algorithm);
        assert_eq!(verify(&token, &terms, NOW).rejection(), None, "{algorithm}");
        // Each octet of header, payload and signature, at one of its bits.
        for (index, bit) in (0..token.len()).zip((0..8).cycle()) {
            let mut octets = token.clone().into_bytes();
            octets[index] ^= 1 << bit;
            let changed = String::from_utf8_lossy(&octets);
            let verification = verify(&changed, &terms, NOW);
            assert!(verification.rejection().is_some(), "{algorithm}: {changed}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_a_key_or_a_problem(
        text in any::<String>(),
        encoding in select(vec![
            KeyEncoding::Detect, KeyEncoding::Text, KeyEncoding::Base64, KeyEncoding::Base64url,
        ]),
        brace in any::<bool>(),
    ) {
        assert_sound(&GivenKey { text: text.clone(), encoding })?;
        let begun = if brace { format!("{{{text}") } else { format!("-----BEGIN {text}") };
        assert_sound(&given(begun))?;
    }

    #[test]
    fn any_octets_in_any_block_of_pem_are_a_key_or_a_problem(
        label in select(vec!["PUBLIC", "PRIVATE", "RSA PUBLIC", "RSA PRIVATE", "EC PRIVATE", "X"]),
        octets in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        use base64::Engine;
        let base64 = base64::engine::general_purpose::STANDARD.encode(octets);
        assert_sound(&given(format!("-----BEGIN {label} KEY-----\n{base64}\n-----END {label} KEY-----")))?;
    }

    #[test]
    fn any_change_to_a_good_key_leaves_a_key_or_a_problem(
        good in select(GOOD.to_vec()), place in any::<prop::sample::Index>(),
        length in 0..6_usize, piece in "[A-Za-z0-9+/=_ {}\"\\[\\]:,\n-]{0,6}",
    ) {
        let start = place.index(good.len());
        let end = (start + length).min(good.len());
        assert_sound(&given(format!("{}{piece}{}", &good[..start], &good[end..])))?;
    }
}

// Unoptimised, each of these cases takes some milliseconds.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_signed_verifies_by_the_public_half_and_under_no_other_name(
        (algorithm, key) in algorithm_and_key(), seed in any::<u64>(), subject in any::<String>(),
    ) {
        let claims = tokens::Claims { sub: Some(subject), ..claims() };
        let token = sign(&claims, "at+jwt", &key, algorithm).expect("the key fits");
        let verifying = key.public_half().unwrap_or_else(|| key.clone());
        let terms = verifier_of(vec![verifying], algorithm);
        let verification = verify(&token, &terms, NOW);
        prop_assert_eq!(verification.rejection(), None);
        prop_assert_eq!(verification.claims, Some(claims));

        let name = Algorithm::ALL[(seed % 12) as usize].name().to_owned();
        let other = Verifier { allowed: vec![name.clone()], ..terms };
        let accepted = verify(&token, &other, NOW).rejection().is_none();
        prop_assert_eq!(accepted, name == algorithm.name());
    }

    #[test]
    fn any_text_gets_a_signature_that_only_that_text_has(
        (algorithm, key) in algorithm_and_key(), input in any::<String>(), more in any::<String>(),
    ) {
        let made = signature(&input, &key, algorithm).expect("the key fits");
        prop_assert!(key.recognises(&made, algorithm, &input));
        let other = format!("{input}{more}");
        prop_assert_eq!(key.recognises(&made, algorithm, &other), more.is_empty());
    }

    #[test]
    fn any_chance_makes_a_key_that_works(seed in any::<u64>(), index in 9..12_usize) {
        use protocol::NewKey;
        let new = [NewKey::P256, NewKey::P384, NewKey::Ed25519][index - 9];
        let key = tokens::make_key(new, &mut chance(seed), &mut |_| ());
        let algorithm = Algorithm::ALL[index];
        prop_assert_eq!(read_keys(&key.to_given()).0, vec![key.clone()]);
        let made = signature("a.b", &key, algorithm).expect("the key fits");
        prop_assert!(key.recognises(&made, algorithm, "a.b"));
    }
}
