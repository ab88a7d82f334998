//! What a header may say: extensions, algorithm, key and type.

use protocol::{SigningProblem, TokenCheck, TokenFact, TokenRejection as Rejection};
use tokens::{Algorithm, Key, Verifier, sign, verify};

use crate::fixture::{
    NOW, PAYLOAD, SECRET, assert_accepted, assert_refused, encode, forge, good_token, key, verifier,
};

#[test]
fn extensions_that_must_be_understood_are_refused() {
    let unknown = |name: &str| Rejection::CriticalUnknown {
        name: name.to_owned(),
    };
    let long = "x".repeat(250);
    let table = [
        (r#""crit":[]"#.to_owned(), Rejection::CriticalMalformed),
        (
            r#""crit":"b64","b64":true"#.to_owned(),
            Rejection::CriticalMalformed,
        ),
        (r#""crit":null"#.to_owned(), Rejection::CriticalMalformed),
        (
            r#""crit":{"b64":1}"#.to_owned(),
            Rejection::CriticalMalformed,
        ),
        (r#""crit":[1]"#.to_owned(), Rejection::CriticalMalformed),
        (
            r#""crit":["b64",1],"b64":true"#.to_owned(),
            Rejection::CriticalMalformed,
        ),
        (r#""crit":["b64"]"#.to_owned(), Rejection::CriticalMalformed),
        (r#""crit":["b64"],"b64":false"#.to_owned(), unknown("b64")),
        (
            r#""crit":["ö","b64"],"b64":true,"ö":1"#.to_owned(),
            unknown("ö"),
        ),
        (
            format!(r#""crit":["{long}"],"{long}":1"#),
            unknown(&long[..200]),
        ),
    ];
    for (members, rejection) in table {
        let header = format!(r#"{{"alg":"HS256","typ":"at+jwt","kid":"k1",{members}}}"#);
        let token = forge(header, PAYLOAD);
        let check = TokenCheck::CriticalUnderstood;
        assert_refused(&token, &verifier(), NOW, check, &rejection);
    }
}

#[test]
fn the_verifier_chooses_the_algorithm() {
    // Even a verifier that lists `none` never takes it.
    let verifier = Verifier {
        allowed: ["HS256", "none", "None"].map(str::to_owned).into(),
        ..verifier()
    };
    let not_allowed = |name: &str| Rejection::AlgorithmNotAllowed {
        name: name.to_owned(),
        allowed: verifier.allowed.clone(),
    };
    let table = [
        (r#"{}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":5}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":null}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":["HS256"]}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":"none"}"#, Rejection::AlgorithmNone),
        (r#"{"alg":"None"}"#, Rejection::AlgorithmNone),
        (r#"{"alg":"NONE"}"#, Rejection::AlgorithmNone),
        (r#"{"alg":"n\u006fne"}"#, Rejection::AlgorithmNone),
        (r#"{"alg":""}"#, not_allowed("")),
        (r#"{"alg":"hs256"}"#, not_allowed("hs256")),
        (r#"{"alg":"HS256 "}"#, not_allowed("HS256 ")),
        (r#"{"alg":"HS512"}"#, not_allowed("HS512")),
        (r#"{"alg":"ES256"}"#, not_allowed("ES256")),
    ];
    for (header, rejection) in table {
        let check = TokenCheck::AlgorithmAllowed;
        let token = forge(header, PAYLOAD);
        assert_refused(&token, &verifier, NOW, check, &rejection);
        let unsigned = format!("{}.{}.", encode(header), encode(PAYLOAD));
        assert_refused(&unsigned, &verifier, NOW, check, &rejection);
    }
}

#[test]
fn an_algorithm_takes_keys_of_its_own_kind() {
    for name in ["RS256", "PS256", "ES256", "ES384", "EdDSA"] {
        let verifier = Verifier {
            allowed: vec![name.to_owned()],
            ..verifier()
        };
        let header = format!(r#"{{"alg":"{name}","typ":"at+jwt","kid":"k1"}}"#);
        let rejection = Rejection::KeyUnfit {
            algorithm: name.to_owned(),
        };
        let token = forge(header, PAYLOAD);
        assert_refused(&token, &verifier, NOW, TokenCheck::KeyFits, &rejection);
    }
}

#[test]
fn an_algorithm_that_is_allowed_and_not_computed_is_said_to_be_so() {
    for name in ["ES512", "ES256K", "Ed448", "RS1", "HS1", "dir", "whatever"] {
        let verifier = Verifier {
            allowed: vec![name.to_owned()],
            ..verifier()
        };
        let header = format!(r#"{{"alg":"{name}","typ":"at+jwt","kid":"k1"}}"#);
        let rejection = Rejection::AlgorithmUnsupported {
            name: name.to_owned(),
        };
        let token = forge(header, PAYLOAD);
        let check = TokenCheck::AlgorithmAllowed;
        assert_refused(&token, &verifier, NOW, check, &rejection);
    }
}

#[test]
fn the_key_id_names_the_key() {
    let one = verifier();
    let two = Verifier {
        keys: vec![key("other", &[1; 32]), key("k1", SECRET)],
        ..verifier()
    };
    let none = Verifier {
        keys: Vec::new(),
        ..verifier()
    };
    let unknown = |kid: Option<&str>| Rejection::KeyUnknown {
        kid: kid.map(str::to_owned),
    };
    let malformed = || Rejection::Malformed {
        name: "kid".to_owned(),
    };
    let long = format!(r#","kid":"{}""#, "ä".repeat(300));
    let table: [(&str, &Verifier, Rejection); 9] = [
        (r#","kid":"K1""#, &one, unknown(Some("K1"))),
        (r#","kid":"""#, &one, unknown(Some(""))),
        (r#","kid":7"#, &one, malformed()),
        (r#","kid":null"#, &one, malformed()),
        (r#","kid":["k1"]"#, &one, malformed()),
        ("", &two, unknown(None)),
        ("", &none, Rejection::NoKey),
        (r#","kid":"k1""#, &none, Rejection::NoKey),
        (&long, &one, unknown(Some(&"ä".repeat(200)))),
    ];
    for (kid, verifier, rejection) in table {
        let token = forge(format!(r#"{{"alg":"HS256","typ":"at+jwt"{kid}}}"#), PAYLOAD);
        assert_refused(&token, verifier, NOW, TokenCheck::KeyFound, &rejection);
    }

    let check = TokenCheck::KeyFound;
    let kid = |kid: Option<&str>| TokenFact::Key {
        kid: kid.map(str::to_owned),
    };
    assert_accepted(&good_token(), &two, NOW, check, &kid(Some("k1")));
    let nameless = forge(r#"{"alg":"HS256","typ":"at+jwt"}"#, PAYLOAD);
    assert_accepted(&nameless, &one, NOW, check, &kid(None));
}

#[test]
fn a_sole_key_is_tried_whatever_the_key_id_where_the_verifier_says_so() {
    let sole = Verifier {
        keys: vec![key("", SECRET)],
        any_kid: true,
        ..verifier()
    };
    let (check, fact) = (TokenCheck::KeyFound, TokenFact::Key { kid: None });
    assert_accepted(&good_token(), &sole, NOW, check, &fact);

    let malformed = Rejection::Malformed {
        name: "kid".to_owned(),
    };
    let token = forge(r#"{"alg":"HS256","typ":"at+jwt","kid":1}"#, PAYLOAD);
    assert_refused(&token, &sole, NOW, check, &malformed);

    let two = Verifier {
        keys: vec![key("a", SECRET), key("b", SECRET)],
        ..sole
    };
    let unknown = Rejection::KeyUnknown {
        kid: Some("k1".to_owned()),
    };
    assert_refused(&good_token(), &two, NOW, check, &unknown);
}

#[test]
fn a_key_that_the_token_brings_along_is_not_used() {
    let jwk = format!(r#"{{"kty":"oct","k":"{}"}}"#, encode(SECRET));
    let header = format!(r#"{{"alg":"HS256","typ":"at+jwt","kid":"k1","jwk":{jwk}}}"#);
    let verifier = Verifier {
        keys: vec![key("k1", &[1; 32])],
        ..verifier()
    };
    let verification = verify(&forge(header, PAYLOAD), &verifier, NOW);
    let refused = matches!(
        verification.rejection(),
        Some(Rejection::SignatureMismatch { .. })
    );
    assert!(refused, "{verification:?}");
}

#[test]
fn each_algorithm_has_its_own_shortest_key() {
    let table = [
        ("HS256", 31, Some(256)),
        ("HS256", 32, None),
        ("HS384", 47, Some(384)),
        ("HS384", 48, None),
        ("HS512", 63, Some(512)),
        ("HS512", 64, None),
        ("HS256", 0, Some(256)),
        ("HS256", 1000, None),
    ];
    for (name, octets, too_short_for) in table {
        let key = Key::secret(vec![3; octets]).with_kid("k1");
        let bits = octets as u32 * 8;
        let verifier = Verifier {
            keys: vec![key.clone()],
            allowed: vec![name.to_owned()],
            ..verifier()
        };
        let signature = jsonwebtoken::crypto::sign(
            format!("{}.{}", encode(header_for(name)), encode(PAYLOAD)).as_bytes(),
            &jsonwebtoken::EncodingKey::from_secret(&vec![3; octets]),
            name.parse().expect("a known name"),
        );
        let signature = signature.expect("HMAC takes any key");
        let token = format!(
            "{}.{}.{signature}",
            encode(header_for(name)),
            encode(PAYLOAD)
        );
        let check = TokenCheck::KeyLongEnough;
        match too_short_for {
            Some(needed) => {
                let rejection = Rejection::KeyTooShort { bits, needed };
                assert_refused(&token, &verifier, NOW, check, &rejection);
                let claims = tokens::Claims::default();
                let algorithm = Algorithm::from_name(name).expect("a known name");
                let problem = SigningProblem::TooShort { bits, needed };
                let refused = sign(&claims, "at+jwt", &key, algorithm);
                assert_eq!(refused, Err(problem));
            }
            None => assert_accepted(&token, &verifier, NOW, check, &TokenFact::KeyBits(bits)),
        }
    }
}

fn header_for(algorithm: &str) -> String {
    format!(r#"{{"alg":"{algorithm}","typ":"at+jwt","kid":"k1"}}"#)
}

#[test]
fn any_other_signature_is_shown_beside_the_right_one() {
    let good = good_token();
    let (signing_input, right) = good.rsplit_once('.').expect("three parts");
    for given in [encode([0; 32]), encode([255; 32]), encode(SECRET)] {
        let rejection = Rejection::SignatureMismatch {
            given: given.clone(),
            computed: Some(right.to_owned()),
        };
        let token = format!("{signing_input}.{given}");
        assert_refused(&token, &verifier(), NOW, TokenCheck::Signature, &rejection);
    }
}

#[test]
fn a_signature_of_another_length_is_told_by_its_length() {
    let good = good_token();
    let (signing_input, right) = good.rsplit_once('.').expect("three parts");
    let twice = format!("{}{}", &right[..40], &right[..40]);
    let table = [
        (String::new(), 0),
        ("AAAA".to_owned(), 3),
        ("AAA".to_owned(), 2),
        ("AA".to_owned(), 1),
        (right[..20].to_owned(), 15),
        (twice, 60),
        (encode([0; 31]), 31),
        (encode([0; 33]), 33),
        ("A".repeat(400), 300),
    ];
    for (given, octets) in table {
        let rejection = Rejection::SignatureLength { octets, needed: 32 };
        let token = format!("{signing_input}.{given}");
        assert_refused(&token, &verifier(), NOW, TokenCheck::Signature, &rejection);
    }
}

#[test]
fn the_type_is_a_media_type() {
    let verifier_of = |expected: &str| Verifier {
        token_type: Some(expected.to_owned()),
        ..verifier()
    };
    let accepted = [
        ("at+jwt", "at+jwt"),
        ("AT+JWT", "at+jwt"),
        ("application/at+jwt", "at+jwt"),
        ("APPLICATION/at+JWT", "at+jwt"),
        ("at+jwt", "application/at+jwt"),
    ];
    for (typ, expected) in accepted {
        let token = forge(
            format!(r#"{{"alg":"HS256","kid":"k1","typ":"{typ}"}}"#),
            PAYLOAD,
        );
        let fact = TokenFact::Value(typ.to_owned());
        assert_accepted(&token, &verifier_of(expected), NOW, TokenCheck::Type, &fact);
    }

    let unexpected = |found: &str| Rejection::Unexpected {
        name: "typ".to_owned(),
        found: found.to_owned(),
        expected: "at+jwt".to_owned(),
    };
    let name = || "typ".to_owned();
    let refused = [
        (r#""typ":"jwt""#, unexpected("jwt")),
        (r#""typ":"""#, unexpected("")),
        (r#""typ":"application/""#, unexpected("application/")),
        (r#""typ":"text/at+jwt""#, unexpected("text/at+jwt")),
        (
            r#""typ":"application/x/at+jwt""#,
            unexpected("application/x/at+jwt"),
        ),
        (
            r#""typ":"application/application/at+jwt""#,
            unexpected("application/application/at+jwt"),
        ),
        (
            r#""typ":"äpplicatiön/at+jwt""#,
            unexpected("äpplicatiön/at+jwt"),
        ),
        (r#""typ":null"#, Rejection::Malformed { name: name() }),
        (r#""typ":["at+jwt"]"#, Rejection::Malformed { name: name() }),
        (r#""cty":"at+jwt""#, Rejection::Missing { name: name() }),
    ];
    for (member, rejection) in refused {
        let token = forge(format!(r#"{{"alg":"HS256","kid":"k1",{member}}}"#), PAYLOAD);
        assert_refused(&token, &verifier(), NOW, TokenCheck::Type, &rejection);
    }
    // `application/` is only left out where nothing else says what kind of type it is.
    let found = "application/text/at+jwt".to_owned();
    let token = forge(
        format!(r#"{{"alg":"HS256","kid":"k1","typ":"{found}"}}"#),
        PAYLOAD,
    );
    let expected = "text/at+jwt".to_owned();
    let rejection = Rejection::Unexpected {
        name: name(),
        found,
        expected: expected.clone(),
    };
    assert_refused(
        &token,
        &verifier_of(&expected),
        NOW,
        TokenCheck::Type,
        &rejection,
    );
}
