//! Looking at a token under other terms than the verifier's own.

use protocol::{
    GivenKey, InspectionOptions, KeyEncoding, KeyFormat, KeyProblem, KeyReport,
    TokenCheck as Check, TokenOutcome, TokenRejection as Rejection,
};
use tokens::{Algorithm, Key, Verifier, inspect, jwks, sign, verify, with_options};

use crate::fixture::{
    HEADER, NOW, SECRET, assert_refused, claims, forge, given, good_token, key, key_for, verifier,
};

#[test]
fn without_options_the_own_terms_hold() {
    let own = Verifier {
        leeway_seconds: 5,
        ..verifier()
    };
    assert_eq!(
        with_options(&own, &InspectionOptions::default()),
        (own, None)
    );
}

#[test]
fn each_option_takes_the_place_of_one_term() {
    let own = verifier();
    let text = |text: &str| Some(text.to_owned());
    let options = InspectionOptions {
        key: None,
        algorithms: Some(Vec::new()),
        now: Some(NOW),
        issuer: text("i"),
        audience: text("a"),
        token_type: text("t"),
        leeway_seconds: Some(7),
        left_out: vec![Check::Type],
    };
    let expected = Verifier {
        keys: own.keys.clone(),
        any_kid: false,
        allowed: Vec::new(),
        issuer: text("i"),
        audience: text("a"),
        token_type: text("t"),
        leeway_seconds: 7,
        left_out: vec![Check::Type],
    };
    assert_eq!(with_options(&own, &options), (expected, None));
}

#[test]
fn a_given_key_takes_the_place_of_all_and_allows_nothing() {
    let pair = key_for(Algorithm::Es256).with_kid("other");
    let token = sign(&claims(), "at+jwt", &pair, Algorithm::Es256).expect("the key fits");
    let mut options = InspectionOptions {
        key: Some(pair.to_given()),
        ..InspectionOptions::default()
    };
    let (terms, report) = with_options(&verifier(), &options);
    let report = report.expect("a key was given");
    assert_eq!(report.format, Some(KeyFormat::Pkcs8));
    assert!(report.keys[0].private, "the public half would do");
    let not_allowed = Rejection::AlgorithmNotAllowed {
        name: "ES256".to_owned(),
        allowed: vec!["HS256".to_owned()],
    };
    assert_refused(&token, &terms, NOW, Check::AlgorithmAllowed, &not_allowed);

    // Whatever `kid` says: there is one key alone.
    options.algorithms = Some(vec!["ES256".to_owned()]);
    let (terms, _) = with_options(&verifier(), &options);
    assert_eq!(verify(&token, &terms, NOW).claims, Some(claims()));

    // The own key is not known any more.
    options.algorithms = Some(vec!["HS256".to_owned()]);
    let (terms, _) = with_options(&verifier(), &options);
    let unfit = Rejection::KeyUnfit {
        algorithm: "HS256".to_owned(),
    };
    assert_refused(&good_token(), &terms, NOW, Check::KeyFits, &unfit);
}

#[test]
fn of_given_keys_the_id_decides() {
    let keys = ["a", "b"].map(|kid| {
        let pair = match kid {
            "a" => key_for(Algorithm::EdDsa),
            _ => key_for(Algorithm::Es384),
        };
        pair.with_kid(kid)
    });
    let options = InspectionOptions {
        key: Some(given(jwks(&keys))),
        algorithms: Some(vec!["EdDSA".to_owned(), "ES384".to_owned()]),
        ..InspectionOptions::default()
    };
    let (terms, report) = with_options(&verifier(), &options);
    assert_eq!(report.map(|report| report.keys.len()), Some(2));
    let signed = |key: &Key, algorithm| sign(&claims(), "at+jwt", key, algorithm).expect("fits");
    for (key, algorithm) in [(&keys[0], Algorithm::EdDsa), (&keys[1], Algorithm::Es384)] {
        let rejection = verify(&signed(key, algorithm), &terms, NOW);
        assert_eq!(rejection.rejection(), None, "{algorithm}");
    }
    let other = keys[0].clone().with_kid("c");
    let unknown = Rejection::KeyUnknown {
        kid: Some("c".to_owned()),
    };
    let token = signed(&other, Algorithm::EdDsa);
    assert_refused(&token, &terms, NOW, Check::KeyFound, &unknown);
}

/// RFC 7517, 4.5: keys of several kinds may share an ID.
#[test]
fn of_keys_that_share_an_id_the_one_that_fits_is_taken() {
    let algorithms = [Algorithm::Hs512, Algorithm::EdDsa, Algorithm::Es256];
    let keys = algorithms.map(|algorithm| key_for(algorithm).with_kid("k1"));
    let terms = Verifier {
        keys: keys.to_vec(),
        allowed: algorithms
            .map(|algorithm| algorithm.name().to_owned())
            .into(),
        ..verifier()
    };
    for (key, algorithm) in keys.iter().zip(algorithms) {
        let token = sign(&claims(), "at+jwt", key, algorithm).expect("the key fits");
        assert_eq!(verify(&token, &terms, NOW).rejection(), None, "{algorithm}");
    }
}

#[test]
fn a_key_that_cannot_be_read_is_no_key() {
    for (text, problem) in [
        ("", KeyProblem::Empty),
        ("{}", KeyProblem::NotJwk),
        ("-----BEGIN PUBLIC KEY-----", KeyProblem::BrokenPem),
    ] {
        let options = InspectionOptions {
            key: Some(given(text)),
            ..InspectionOptions::default()
        };
        let (terms, report) = with_options(&verifier(), &options);
        assert_eq!(report.map(|report| report.problems), Some(vec![problem]));
        assert_refused(
            &good_token(),
            &terms,
            NOW,
            Check::KeyFound,
            &Rejection::NoKey,
        );
    }
}

#[test]
fn an_inspection_tells_the_verifiers_keys() {
    let keys = vec![key("k1", SECRET), key_for(Algorithm::Rs256)];
    let terms = Verifier {
        keys: keys.clone(),
        ..verifier()
    };
    let expected = KeyReport {
        format: None,
        keys: keys.iter().map(Key::facts).collect(),
        problems: Vec::new(),
    };
    assert_eq!(inspect(&good_token(), &terms, NOW).key, expected);
    let many = Verifier {
        keys: vec![key("k1", SECRET); 200],
        ..verifier()
    };
    assert_eq!(inspect("", &many, NOW).key.keys.len(), 100);
}

#[test]
fn what_is_left_out_does_not_run_and_what_passes_so_is_not_believed() {
    let all = [
        (Check::Expiry, "exp"),
        (Check::NotBefore, "nbf"),
        (Check::Issuer, "iss"),
        (Check::Audience, "aud"),
    ];
    // A payload without claims, or with one that is all wrong.
    for left_out in all {
        let payload = format!(r#"{{"{}":null}}"#, left_out.1);
        let token = forge(HEADER, payload);
        let terms = Verifier {
            left_out: all.map(|(check, _)| check).into(),
            ..verifier()
        };
        let verification = verify(&token, &terms, NOW);
        assert_eq!(verification.rejection(), None, "{left_out:?}");
        assert_eq!(verification.claims, None);
        for step in &verification.steps {
            let is_left_out = step.outcome == TokenOutcome::LeftOut;
            assert_eq!(
                is_left_out,
                terms.left_out.contains(&step.check),
                "{step:?}"
            );
        }
        // One that is not left out refuses it, after the others have been.
        let one = Verifier {
            left_out: all
                .iter()
                .map(|(check, _)| *check)
                .filter(|check| *check != left_out.0)
                .collect(),
            ..verifier()
        };
        let malformed = Rejection::Malformed {
            name: left_out.1.to_owned(),
        };
        assert_refused(&token, &one, NOW, left_out.0, &malformed);
    }
}

#[test]
fn a_token_that_is_all_good_is_not_believed_either_where_something_was_left_out() {
    for check in [
        Check::Expiry,
        Check::NotBefore,
        Check::Issuer,
        Check::Audience,
        Check::Type,
    ] {
        let terms = Verifier {
            left_out: vec![check],
            ..verifier()
        };
        let verification = verify(&good_token(), &terms, NOW);
        assert_eq!(verification.rejection(), None, "{check:?}");
        assert_eq!(verification.claims, None, "{check:?}");
    }
}

#[test]
fn what_makes_a_token_believable_is_never_left_out() {
    let terms = Verifier {
        left_out: tokens::check_order().collect(),
        ..verifier()
    };
    let cases = [
        (forge("[", "{}"), Check::HeaderJson),
        (forge(r#"{"alg":"none"}"#, "{}"), Check::AlgorithmAllowed),
        (forge(r#"{"alg":"HS256","kid":"x"}"#, "{}"), Check::KeyFound),
        (format!("{}=", good_token()), Check::Base64url),
        (good_token().replacen(".ey", ".eY", 1), Check::Signature),
        (forge(HEADER, "[]"), Check::PayloadJson),
        (forge(HEADER, r#"{"a":1,"a":1}"#), Check::ClaimNamesUnique),
    ];
    for (token, check) in cases {
        let verification = verify(&token, &terms, NOW);
        let failed = verification
            .steps
            .iter()
            .find(|step| matches!(step.outcome, TokenOutcome::Failed(_)));
        assert_eq!(failed.map(|step| step.check), Some(check), "{token}");
    }
}

/// The page's first studio key: the text as the secret.
#[test]
fn a_given_text_is_the_secret_itself() {
    let text = std::str::from_utf8(SECRET).expect("ASCII");
    for encoding in [KeyEncoding::Detect, KeyEncoding::Text] {
        let options = InspectionOptions {
            key: Some(GivenKey {
                text: text.to_owned(),
                encoding,
            }),
            ..InspectionOptions::default()
        };
        let (terms, _) = with_options(&verifier(), &options);
        assert_eq!(verify(&good_token(), &terms, NOW).claims, Some(claims()));
    }
}
