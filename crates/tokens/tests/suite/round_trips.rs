//! From a new key over its texts to a token that verifies, for every algorithm.

use protocol::{
    KeyFormat, KeyKind, KeyProgress, NewKey, SigningProblem, TokenCheck, TokenRejection,
};
use tokens::{
    Algorithm, Key, jwks, make_key, measure, read_keys, sign, sign_given, signature, verify,
};

use crate::fixture::{NOW, assert_refused, chance, claims, given, key_for, read_one, verifier_of};

/// A key of each kind, newly made.
fn new_keys() -> Vec<Key> {
    let all = [
        NewKey::Hmac { octets: 64 },
        NewKey::Rsa { bits: 2048 },
        NewKey::P256,
        NewKey::P384,
        NewKey::Ed25519,
    ];
    let make = |new| make_key(new, &mut chance(1), &mut |_| ());
    all.map(make).into()
}

#[test]
fn what_a_new_key_signs_verifies_with_each_text_of_its_public_half() {
    let keys = new_keys();
    for algorithm in Algorithm::ALL {
        let made = keys.iter().find(|key| key.kind() == algorithm.kind());
        let made = made.expect("a key of each kind").clone().with_kid("k1");
        let (again, report) = read_keys(&made.to_given());
        assert_eq!(report.problems, []);
        let key = again[0].clone().with_kid("k1");
        assert_eq!(key, made, "{algorithm}");
        let token = sign(&claims(), "at+jwt", &key, algorithm).expect("the key fits");

        let mut verifying = vec![key.clone()];
        let public = key.clone().with_algorithm(algorithm).publish();
        assert_eq!(public.is_none(), key.kind() == KeyKind::Hmac);
        if let (Some(public), Some(half)) = (public, key.public_half()) {
            let formats = [
                (public.pem, KeyFormat::Spki),
                (public.jwk, KeyFormat::Jwk),
                (public.jwks, KeyFormat::Jwks),
                (half.to_given().text, KeyFormat::Spki),
            ];
            for (text, format) in formats {
                let (keys, report) = read_keys(&given(&text));
                assert_eq!(report.format, Some(format));
                assert!(!report.keys[0].private, "{text}");
                // PEM has no place for ID and algorithm.
                let named = matches!(format, KeyFormat::Jwk | KeyFormat::Jwks);
                assert_eq!(keys[0].kid.is_some(), named);
                assert_eq!(keys[0].algorithm, named.then_some(algorithm));
                verifying.push(keys[0].clone().with_kid("k1"));
            }
            // It verifies, and signs nothing.
            let refused = signature("a.b", &half, algorithm);
            assert_eq!(refused, Err(SigningProblem::PublicOnly));
        }
        for key in verifying {
            let verification = verify(&token, &verifier_of(vec![key], algorithm), NOW);
            assert_eq!(verification.rejection(), None, "{algorithm}");
            assert_eq!(verification.claims, Some(claims()), "{algorithm}");
        }
    }
}

#[test]
fn a_token_verifies_with_its_own_algorithm_and_key_alone() {
    let keys = Algorithm::ALL.map(key_for);
    for (key, algorithm) in keys.iter().zip(Algorithm::ALL) {
        let key = key.clone().with_kid("k1");
        let token = sign(&claims(), "at+jwt", &key, algorithm).expect("the key fits");
        let (input, _) = token.rsplit_once('.').expect("three parts");
        for (other_key, other) in keys.iter().zip(Algorithm::ALL) {
            // Under the same header, whatever the other algorithm makes of the same text is no signature.
            let made = signature(input, other_key, other).expect("the key fits");
            let forged = format!("{input}.{made}");
            let verifier = verifier_of(vec![key.clone()], algorithm);
            let accepted = verify(&forged, &verifier, NOW).rejection().is_none();
            assert_eq!(accepted, other == algorithm, "{other} under {algorithm}");

            // With a key of another kind it does not come to that.
            if other.kind() != algorithm.kind() {
                let verifier = verifier_of(vec![other_key.clone().with_kid("k1")], algorithm);
                let unfit = TokenRejection::KeyUnfit {
                    algorithm: algorithm.name().to_owned(),
                };
                assert_refused(&token, &verifier, NOW, TokenCheck::KeyFits, &unfit);
            }
        }
    }
}

/// RFC 8725, 3.1: a key is for one algorithm alone, if it says so.
#[test]
fn a_key_for_one_algorithm_is_for_no_other() {
    for algorithm in Algorithm::ALL {
        for other in Algorithm::ALL {
            if other.kind() != algorithm.kind() || other == algorithm {
                continue;
            }
            let key = key_for(algorithm).with_kid("k1");
            let token = sign(&claims(), "at+jwt", &key, algorithm).expect("the key fits");
            let key = key.with_algorithm(other);
            let verifier = verifier_of(vec![key.clone()], algorithm);
            let name = algorithm.name().to_owned();
            let unfit = TokenRejection::KeyUnfit {
                algorithm: name.clone(),
            };
            assert_refused(&token, &verifier, NOW, TokenCheck::KeyFits, &unfit);
            let problem = SigningProblem::Unfit { algorithm: name };
            assert_eq!(signature("a.b", &key, algorithm), Err(problem));
        }
    }
}

/// The oldest forgery: an HMAC whose secret is the text of the public key, which anyone has.
#[test]
fn a_public_key_is_no_secret() {
    let key = key_for(Algorithm::Rs256).with_kid("k1");
    let public = key.publish().expect("a pair");
    for text in [public.pem, public.jwk, public.jwks] {
        let secret = Key::secret(&text).with_kid("k1");
        let forged = sign(&claims(), "at+jwt", &secret, Algorithm::Hs256).expect("long enough");
        let mut verifier = verifier_of(vec![key.clone()], Algorithm::Hs256);
        let name = "HS256".to_owned();
        let unfit = TokenRejection::KeyUnfit { algorithm: name };
        assert_refused(&forged, &verifier, NOW, TokenCheck::KeyFits, &unfit);
        verifier.keys = vec![read_one(&text).with_kid("k1")];
        verifier.keys[0].algorithm = None;
        assert_refused(&forged, &verifier, NOW, TokenCheck::KeyFits, &unfit);
        verifier.allowed = vec!["RS256".to_owned()];
        let not_allowed = TokenRejection::AlgorithmNotAllowed {
            name: "HS256".to_owned(),
            allowed: verifier.allowed.clone(),
        };
        let check = TokenCheck::AlgorithmAllowed;
        assert_refused(&forged, &verifier, NOW, check, &not_allowed);
    }
}

#[test]
fn a_set_of_public_keys_has_no_secrets() {
    assert_eq!(jwks(&[]), r#"{"keys":[]}"#);
    assert_eq!(jwks(&[key_for(Algorithm::Hs256)]), r#"{"keys":[]}"#);
    let keys = [
        Algorithm::Hs256,
        Algorithm::Rs256,
        Algorithm::Es384,
        Algorithm::EdDsa,
    ]
    .map(|algorithm| {
        key_for(algorithm)
            .with_kid(algorithm.name())
            .with_algorithm(algorithm)
    });
    let (read, report) = read_keys(&given(jwks(&keys)));
    assert_eq!(report.problems, []);
    let halves: Vec<Key> = keys.iter().filter_map(Key::public_half).collect();
    assert_eq!(read, halves);
    assert_eq!(read.len(), 3);
}

/// RFC 8037, A.2, but for `use` and `alg`.
#[test]
fn a_jwk_is_written_as_the_standard_prints_it() {
    let key = read_one(
        r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
            "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    );
    let public = key
        .with_algorithm(Algorithm::EdDsa)
        .with_kid("\"1\"")
        .publish()
        .expect("a pair");
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"sig","alg":"EdDSA","kid":"\"1\""}"#;
    assert_eq!(public.jwk, jwk);
    assert_eq!(public.jwks, format!(r#"{{"keys":[{jwk}]}}"#));
    // RFC 8410, 10.1, prints the form.
    assert_eq!(
        public.pem,
        "-----BEGIN PUBLIC KEY-----\n\
         MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n\
         -----END PUBLIC KEY-----\n"
    );
}

#[test]
fn our_pem_is_openssls() {
    for (private, public) in [
        (
            include_str!("../keys/rsa.pkcs8.pem"),
            include_str!("../keys/rsa.spki.pem"),
        ),
        (
            include_str!("../keys/ed25519.pkcs8.pem"),
            include_str!("../keys/ed25519.spki.pem"),
        ),
    ] {
        assert_eq!(read_one(private).to_given().text, private);
        assert_eq!(read_one(public).to_given().text, public);
    }
    // Of a curve OpenSSL repeats the public half in the private one.
    for (private, public) in [
        (
            include_str!("../keys/p256.pkcs8.pem"),
            include_str!("../keys/p256.spki.pem"),
        ),
        (
            include_str!("../keys/p384.pkcs8.pem"),
            include_str!("../keys/p384.spki.pem"),
        ),
    ] {
        let ours = read_one(private).to_given().text;
        assert_eq!(read_one(&ours), read_one(private));
        assert_eq!(read_one(public).to_given().text, public);
    }
}

#[test]
fn chance_alone_makes_the_key_and_its_length_is_what_was_asked_for() {
    for (new, kind, bits) in [
        (NewKey::Hmac { octets: 32 }, KeyKind::Hmac, 256),
        (NewKey::Hmac { octets: 0 }, KeyKind::Hmac, 8),
        (NewKey::Hmac { octets: u32::MAX }, KeyKind::Hmac, 8192),
        (NewKey::Rsa { bits: 2064 }, KeyKind::Rsa, 2064),
        (NewKey::P256, KeyKind::P256, 256),
        (NewKey::P384, KeyKind::P384, 384),
        (NewKey::Ed25519, KeyKind::Ed25519, 255),
    ] {
        let make = |seed| make_key(new, &mut chance(seed), &mut |_| ());
        let key = make(1);
        assert_eq!((key.kind(), key.bits()), (kind, bits), "{new:?}");
        assert!(key.can_sign());
        assert_eq!(key.facts().kid, None);
        assert!(key == make(1), "{new:?}");
        assert!(key != make(2), "{new:?}");
    }
}

#[test]
fn the_making_of_an_rsa_pair_tells_how_far_it_is() {
    let mut told: Vec<KeyProgress> = Vec::new();
    let key = make_key(NewKey::Rsa { bits: 0 }, &mut chance(1), &mut |progress| {
        told.push(progress);
    });
    assert_eq!(key.bits(), 2048, "the least");
    assert_eq!(told.first(), Some(&KeyProgress::default()));
    assert_eq!(told.last().map(|progress| progress.primes), Some(2));
    for pair in told.windows(2) {
        assert!(pair[0].candidates < pair[1].candidates, "{pair:?}");
        assert!(pair[0].primes <= pair[1].primes, "{pair:?}");
        assert!(pair[1].candidates - pair[0].candidates <= 16, "{pair:?}");
    }
}

#[test]
fn signatures_are_counted_by_the_callers_clock() {
    for algorithm in [
        Algorithm::Hs256,
        Algorithm::Rs256,
        Algorithm::Es256,
        Algorithm::EdDsa,
    ] {
        // Each look at the clock takes ten milliseconds.
        let now = std::cell::Cell::new(0.0);
        let stopwatch = || now.replace(now.get() + 10_000.0);
        let rate = measure(algorithm, &stopwatch, &mut chance(3));
        assert_eq!(rate.algorithm, algorithm.name());
        assert!(
            rate.signed_per_second > 0.0 && rate.verified_per_second > 0.0,
            "{rate:?}"
        );
        // Ten looks each.
        let each = f64::from(rate.runs) / 2.0;
        assert!(
            (rate.signed_per_second - each * 10.0).abs() < 1e-6,
            "{rate:?}"
        );
    }
}

/// Most of a measurement is signatures, and not looks at the clock; and it ends soon after its time is up.
#[test]
fn a_measurement_looks_at_the_clock_ever_more_seldom() {
    // Thirty looks each.
    let now = std::cell::Cell::new(0.0);
    let stopwatch = || now.replace(now.get() + 100_000.0 / 30.0);
    let rate = measure(Algorithm::Hs256, &stopwatch, &mut chance(3));
    assert!((1_000..10_000).contains(&rate.runs), "{rate:?}");
}

#[test]
fn what_is_measured_has_a_secret_of_the_length_that_the_algorithm_asks_for() {
    for (algorithm, octets) in [
        (Algorithm::Hs256, 32),
        (Algorithm::Hs384, 48),
        (Algorithm::Hs512, 64),
    ] {
        let mut drawn = 0;
        let now = std::cell::Cell::new(0.0);
        let stopwatch = || now.replace(now.get() + 100_000.0);
        measure(algorithm, &stopwatch, &mut |bytes| drawn += bytes.len());
        assert_eq!(drawn, octets, "{algorithm:?}");
    }
}

#[test]
fn of_a_set_the_header_chooses_who_signs() {
    let keys = [
        ("a", Algorithm::Es256),
        ("b", Algorithm::EdDsa),
        ("c", Algorithm::EdDsa),
    ]
    .map(|(kid, algorithm)| {
        let d = match algorithm {
            Algorithm::Es256 => NewKey::P256,
            _ => NewKey::Ed25519,
        };
        make_key(d, &mut chance(u64::from(kid.as_bytes()[0])), &mut |_| ()).with_kid(kid)
    });
    let pems: String = keys.iter().map(|key| key.to_given().text).collect();
    let header = |json: &str| format!("{}.e30", crate::fixture::encode(json));
    // PEM names no keys: ES256 has one that fits, EdDSA two.
    let input = header(r#"{"alg":"ES256","kid":"a"}"#);
    let made = sign_given(&input, &given(&pems), "ES256").expect("one fits");
    assert!(keys[0].recognises(&made, Algorithm::Es256, &input));
    for input in [&input, &header("{}")] {
        let refused = sign_given(input, &given(&pems), "EdDSA");
        assert_eq!(refused, Err(SigningProblem::NotChosen));
    }
    assert_eq!(
        sign_given(&input, &given(&pems), "HS256"),
        Err(SigningProblem::NotChosen)
    );

    // A set of secrets names them.
    let set = given(
        r#"{"keys":[{"kty":"oct","kid":"x","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
            {"kty":"oct","kid":"y","k":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}"#,
    );
    let input = header(r#"{"kid":"y"}"#);
    let made = sign_given(&input, &set, "HS256").expect("one is named");
    let mut secret = [0; 32];
    secret[0] = 1;
    assert!(Key::secret(secret).recognises(&made, Algorithm::Hs256, &input));
    for input in [
        header(r#"{"kid":"z"}"#),
        header("{}"),
        header("["),
        String::new(),
        "a.b".to_owned(),
    ] {
        let refused = sign_given(&input, &set, "HS256");
        assert_eq!(refused, Err(SigningProblem::NotChosen), "{input}");
    }
}
