//! Tokens as we sign them.

use protocol::{KeyProblem, SigningProblem, Timestamp};
use tokens::{Algorithm, Claims, Key, read_keys, sign, sign_given, signature, verify};

use crate::fixture::{HEADER, NOW, PAYLOAD, SECRET, encode, given, key, key_for, signed, verifier};

fn claims() -> Claims {
    Claims {
        iss: Some("me".to_owned()),
        sub: Some("42".to_owned()),
        aud: vec!["api".to_owned()],
        iat: Some(NOW),
        exp: NOW.plus_seconds(600),
        jti: Some("t1".to_owned()),
        ver: Some(3),
        sid: Some("f1".to_owned()),
        role: Some("member".to_owned()),
        name: Some("Zoë \"Z\"".to_owned()),
    }
}

#[test]
fn a_token_has_header_and_claims_in_order() {
    let token = sign(&claims(), "at+jwt", &key("k1", SECRET), Algorithm::Hs256)
        .expect("the key is long enough");
    let header = r#"{"alg":"HS256","typ":"at+jwt","kid":"k1"}"#;
    let payload = r#"{"iss":"me","sub":"42","aud":"api","iat":1700000000,"exp":1700000600,"jti":"t1","ver":3,"sid":"f1","role":"member","name":"Zoë \"Z\""}"#;
    assert_eq!(
        token,
        signed(&format!("{}.{}", encode(header), encode(payload)))
    );
    assert_eq!(verify(&token, &verifier(), NOW).claims, Some(claims()));
}

#[test]
fn what_is_absent_is_left_out_and_times_are_whole_seconds() {
    let claims = Claims {
        aud: vec!["a".to_owned(), "b".to_owned()],
        iat: Some(Timestamp::from_milliseconds(-1)),
        exp: Timestamp::from_milliseconds(1999),
        ..Claims::default()
    };
    let token = sign(&claims, "JWT", &Key::secret(SECRET), Algorithm::Hs256)
        .expect("the key is long enough");
    let header = r#"{"alg":"HS256","typ":"JWT"}"#;
    let payload = r#"{"aud":["a","b"],"iat":-1,"exp":1}"#;
    assert_eq!(
        token,
        signed(&format!("{}.{}", encode(header), encode(payload)))
    );
}

/// What was issued, or edited, or is no token at all.
#[test]
fn whatever_is_signed_gets_the_signature_that_issuing_gives() {
    let key = key("k1", SECRET);
    let issued = sign(&claims(), "at+jwt", &key, Algorithm::Hs256).expect("the key is long enough");
    let (issued, _) = issued.rsplit_once('.').expect("it has a signature");
    for input in [
        issued,
        &format!("{}.{}", encode(HEADER), encode(PAYLOAD)),
        &format!("{}.{}", encode(r#"{"alg":"none"}"#), encode("{}")),
        "",
        ".",
        "no token ä",
    ] {
        let made = signature(input, &key, Algorithm::Hs256).expect("the key is long enough");
        assert_eq!(format!("{input}.{made}"), signed(input));
    }
}

#[test]
fn what_is_signed_again_passes_where_its_header_is_the_servers() {
    for (header, passes) in [(HEADER, true), (r#"{"alg":"none","typ":"at+jwt"}"#, false)] {
        let input = format!("{}.{}", encode(header), encode(PAYLOAD));
        let made = signature(&input, &key("k1", SECRET), Algorithm::Hs256)
            .expect("the key is long enough");
        let verification = verify(&format!("{input}.{made}"), &verifier(), NOW);
        assert_eq!(verification.claims.is_some(), passes, "{header}");
    }
}

#[test]
fn no_short_key_signs() {
    let refused = signature("a.b", &Key::secret(b"short"), Algorithm::Hs256);
    let (bits, needed) = (40, 256);
    assert_eq!(refused, Err(SigningProblem::TooShort { bits, needed }));
}

#[test]
fn a_key_never_shows_its_secret() {
    let key = Key::secret([171; 32]).with_kid("k1");
    let shown = format!(
        "{key:?} {:#?}",
        tokens::Verifier {
            keys: vec![key.clone()],
            ..verifier()
        }
    );
    assert!(shown.contains("k1") && shown.contains("256"), "{shown}");
    for secret in ["171", "ab", "AB"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

/// Neither prime, nor refused while reading: the numbers fit each other as those of a key do.
#[test]
fn an_rsa_key_whose_numbers_are_not_prime_signs_nothing_and_breaks_nothing() {
    let jwk = include_str!("../keys/rsa-not-prime.json");
    let (keys, report) = read_keys(&given(jwk));
    assert_eq!(report.problems, []);
    for algorithm in [Algorithm::Rs256, Algorithm::Ps512] {
        for input in ["a.b", "c.d", ""] {
            let refused = signature(input, &keys[0], algorithm);
            let is_refused = matches!(refused, Err(SigningProblem::Refused { .. }));
            assert!(is_refused, "{refused:?}");
        }
    }
}

#[test]
fn what_cannot_be_signed_says_why() {
    let rsa = include_str!("../keys/rsa.pkcs8.pem");
    let rsa_public = include_str!("../keys/rsa.spki.pem");
    let rsa_short = include_str!("../keys/rsa-1024.pkcs8.pem");
    let p384 = include_str!("../keys/p384.pkcs8.pem");
    let long = "0123456789abcdef0123456789abcdef";
    let unfit = |algorithm: &str| SigningProblem::Unfit {
        algorithm: algorithm.to_owned(),
    };
    let unsupported = |algorithm: &str| SigningProblem::Unsupported {
        algorithm: algorithm.to_owned(),
    };
    let too_short = |bits, needed| SigningProblem::TooShort { bits, needed };
    let unreadable = SigningProblem::Unreadable;
    let table = [
        (long, "none", unsupported("none")),
        (long, "", unsupported("")),
        (long, "ES512", unsupported("ES512")),
        (long, "hs256", unsupported("hs256")),
        (rsa, "HS256", unfit("HS256")),
        (rsa_public, "HS256", unfit("HS256")),
        (rsa, "ES256", unfit("ES256")),
        (p384, "ES256", unfit("ES256")),
        (long, "RS256", unfit("RS256")),
        (rsa_public, "RS256", SigningProblem::PublicOnly),
        (rsa_public, "PS512", SigningProblem::PublicOnly),
        (rsa_short, "RS256", too_short(1024, 2048)),
        ("short", "HS256", too_short(40, 256)),
        (long, "HS384", too_short(256, 384)),
        (long, "HS512", too_short(256, 512)),
        ("", "HS256", unreadable(KeyProblem::Empty)),
        (
            "{",
            "HS256",
            unreadable(KeyProblem::NotJson {
                line: 1,
                column: 1,
                message: "EOF while parsing an object".to_owned(),
            }),
        ),
        ("{}", "HS256", unreadable(KeyProblem::NotJwk)),
        ("-----BEGIN X", "HS256", unreadable(KeyProblem::BrokenPem)),
        // For one algorithm alone.
        (
            r#"{"kty":"oct","alg":"HS256","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,
            "HS512",
            unfit("HS512"),
        ),
    ];
    for (key, algorithm, problem) in table {
        let refused = sign_given("a.b", &given(key), algorithm);
        assert_eq!(refused, Err(problem), "{algorithm} with {key:.40}");
    }
    // Each of these keys is good for something.
    for (key, algorithm) in [
        (long, "HS256"),
        (rsa, "RS256"),
        (rsa, "PS512"),
        (p384, "ES384"),
        (include_str!("../keys/ed25519.pkcs8.pem"), "EdDSA"),
        (include_str!("../keys/ed25519.pkcs8.pem"), "Ed25519"),
    ] {
        assert!(
            sign_given("a.b", &given(key), algorithm).is_ok(),
            "{algorithm}"
        );
    }
}

#[test]
fn pss_signs_differently_each_time_and_the_others_do_not() {
    for algorithm in Algorithm::ALL {
        let key = key_for(algorithm);
        let twice = [(); 2].map(|()| signature("a.b", &key, algorithm));
        let is_pss = algorithm.name().starts_with("PS");
        assert_eq!(twice[0] != twice[1], is_pss, "{algorithm}");
    }
}
