//! Each check is there, in its place, and refuses something that no other check refuses.

use std::cell::Cell;

use protocol::{
    Timestamp, TokenCheck as Check, TokenFact as Fact, TokenOutcome, TokenPart,
    TokenRejection as Rejection,
};
use tokens::{Verifier, check_order, verify, verify_timed};

use crate::fixture::{
    HEADER, NOW, ORDER, PAYLOAD, SECRET, assert_refused, encode, forge, good_token, key, signed,
    verifier,
};

#[test]
fn a_good_token_passes_all_checks_in_order_and_says_what_each_saw() {
    let token = good_token();
    let signature = token.rsplit('.').next().unwrap_or_default().to_owned();
    let lengths =
        [encode(HEADER), encode(PAYLOAD), signature.clone()].map(|part| part.len() as u32);
    let facts = [
        Fact::Lengths(lengths),
        Fact::Held,
        Fact::Held,
        Fact::Held,
        Fact::Held,
        Fact::Algorithm("HS256".to_owned()),
        Fact::Key {
            kid: Some("k1".to_owned()),
        },
        Fact::Held,
        Fact::KeyBits(256),
        Fact::SignatureMatches { signature },
        Fact::Held,
        Fact::Held,
        Fact::ExpiresAt {
            at: Timestamp::from_seconds(1_700_000_600),
            now: NOW,
        },
        Fact::ValidFrom(None),
        Fact::Value("me".to_owned()),
        Fact::Value("api".to_owned()),
        Fact::Value("at+jwt".to_owned()),
    ];

    let verification = verify(&token, &verifier(), NOW);

    let steps: Vec<_> = verification
        .steps
        .into_iter()
        .map(|step| (step.check, step.outcome))
        .collect();
    let expected: Vec<_> = ORDER
        .into_iter()
        .zip(facts.map(TokenOutcome::Passed))
        .collect();
    assert_eq!(steps, expected);
    assert!(verification.claims.is_some());
}

/// One token and verifier for each check, good in all but that one thing.
fn one_fault_each() -> Vec<(String, Verifier, Check, Rejection)> {
    let good = good_token();
    let (signing_input, signature) = good.rsplit_once('.').expect("three parts");
    let other_signature = encode([7; 32]);
    let header = |text: &str| (forge(text, PAYLOAD), verifier());
    let payload = |text: &str| (forge(HEADER, text), verifier());
    let with = |((token, verifier), check, rejection)| (token, verifier, check, rejection);
    let named = str::to_owned;
    [
        (
            (format!("{good}.AAAA"), verifier()),
            Check::Parts,
            Rejection::PartCount { parts: 4 },
        ),
        (
            (
                signed(&format!("{}=.{}", encode(HEADER), encode(PAYLOAD))),
                verifier(),
            ),
            Check::Base64url,
            Rejection::ForeignCharacter {
                part: TokenPart::Header,
                offset: encode(HEADER).len() as u32,
                character: '=',
            },
        ),
        (
            header(r#"["HS256"]"#),
            Check::HeaderJson,
            Rejection::NotObject {
                part: TokenPart::Header,
            },
        ),
        (
            header(r#"{"alg":"HS256","typ":"at+jwt","kid":"k1","kid":"k1"}"#),
            Check::HeaderNamesUnique,
            Rejection::NameRepeated {
                part: TokenPart::Header,
                name: named("kid"),
            },
        ),
        (
            header(r#"{"alg":"HS256","typ":"at+jwt","kid":"k1","b64":true,"crit":["b64"]}"#),
            Check::CriticalUnderstood,
            Rejection::CriticalUnknown { name: named("b64") },
        ),
        (
            (
                good.clone(),
                Verifier {
                    allowed: vec![named("HS384")],
                    ..verifier()
                },
            ),
            Check::AlgorithmAllowed,
            Rejection::AlgorithmNotAllowed {
                name: named("HS256"),
                allowed: vec![named("HS384")],
            },
        ),
        (
            header(r#"{"alg":"HS256","typ":"at+jwt","kid":"k2"}"#),
            Check::KeyFound,
            Rejection::KeyUnknown {
                kid: Some(named("k2")),
            },
        ),
        (
            (
                forge(r#"{"alg":"RS256","typ":"at+jwt","kid":"k1"}"#, PAYLOAD),
                Verifier {
                    allowed: vec![named("RS256")],
                    ..verifier()
                },
            ),
            Check::KeyFits,
            Rejection::KeyUnfit {
                algorithm: named("RS256"),
            },
        ),
        (
            (
                good.clone(),
                Verifier {
                    // HMAC pads a short key with zeros, so that a missing octet that is zero changes no signature.
                    keys: vec![key("k1", &SECRET[..31])],
                    ..verifier()
                },
            ),
            Check::KeyLongEnough,
            Rejection::KeyTooShort {
                bits: 248,
                needed: 256,
            },
        ),
        (
            (format!("{signing_input}.{other_signature}"), verifier()),
            Check::Signature,
            Rejection::SignatureMismatch {
                given: other_signature,
                computed: Some(named(signature)),
            },
        ),
        (
            payload(r#""exp""#),
            Check::PayloadJson,
            Rejection::NotObject {
                part: TokenPart::Payload,
            },
        ),
        (
            payload(r#"{"iss":"me","sub":"42","aud":"api","exp":1700000600,"sub":"1"}"#),
            Check::ClaimNamesUnique,
            Rejection::NameRepeated {
                part: TokenPart::Payload,
                name: named("sub"),
            },
        ),
        (
            payload(r#"{"iss":"me","aud":"api","exp":1700000000}"#),
            Check::Expiry,
            Rejection::Expired { at: NOW, now: NOW },
        ),
        (
            payload(r#"{"iss":"me","aud":"api","exp":1700000600,"nbf":1700000001}"#),
            Check::NotBefore,
            Rejection::NotYetValid {
                from: NOW.plus_seconds(1),
                now: NOW,
            },
        ),
        (
            payload(r#"{"iss":"Me","aud":"api","exp":1700000600}"#),
            Check::Issuer,
            Rejection::Unexpected {
                name: named("iss"),
                found: named("Me"),
                expected: named("me"),
            },
        ),
        (
            payload(r#"{"iss":"me","aud":"api2","exp":1700000600}"#),
            Check::Audience,
            Rejection::Unexpected {
                name: named("aud"),
                found: named("api2"),
                expected: named("api"),
            },
        ),
        (
            header(r#"{"alg":"HS256","typ":"JWT","kid":"k1"}"#),
            Check::Type,
            Rejection::Unexpected {
                name: named("typ"),
                found: named("JWT"),
                expected: named("at+jwt"),
            },
        ),
    ]
    .map(with)
    .into()
}

#[test]
fn each_check_refuses_a_token_that_all_others_let_pass() {
    let table = one_fault_each();
    let covered: Vec<Check> = table.iter().map(|&(_, _, check, _)| check).collect();
    assert_eq!(covered, ORDER, "a fault for each check");
    for (token, verifier, check, rejection) in &table {
        assert_refused(token, verifier, NOW, *check, rejection);
    }
}

#[test]
fn the_order_can_be_asked_for() {
    assert_eq!(check_order().collect::<Vec<_>>(), ORDER);
}

#[test]
fn timing_changes_no_verdict_and_times_what_ran() {
    let expired = forge(HEADER, r#"{"exp":0}"#);
    for (token, reached) in [(good_token(), 17), (expired, 13), (String::new(), 1)] {
        // A stopwatch that goes on by a microsecond whenever it is read.
        let readings = Cell::new(0.0);
        let stopwatch = || readings.replace(readings.get() + 1.0);

        let timed = verify_timed(&token, &verifier(), NOW, &stopwatch);

        let verification = verify(&token, &verifier(), NOW);
        assert_eq!(timed.claims, verification.claims);
        let (steps, times): (Vec<_>, Vec<_>) = timed
            .steps
            .into_iter()
            .map(|timed| (timed.step, timed.microseconds))
            .unzip();
        assert_eq!(steps, verification.steps);
        assert!(
            times[..reached].iter().all(|&time| time == 1.0),
            "{times:?}"
        );
        assert!(
            times[reached..].iter().all(|&time| time == 0.0),
            "{times:?}"
        );
    }
}
