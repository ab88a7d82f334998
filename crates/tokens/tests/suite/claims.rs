//! What a payload may claim: times, issuer and audience.

use protocol::{Timestamp, TokenCheck, TokenFact, TokenRejection as Rejection};
use tokens::{Claims, Verifier, verify};

use crate::fixture::{HEADER, NOW, assert_accepted, assert_refused, forge, lax_verifier, verifier};

const fn milliseconds(milliseconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(milliseconds)
}

fn with_leeway(leeway_seconds: u32) -> Verifier {
    Verifier {
        leeway_seconds,
        ..lax_verifier()
    }
}

#[test]
fn a_token_is_refused_from_its_expiry_on() {
    let (first, last) = (i64::MIN, i64::MAX);
    // `exp`, what it says in milliseconds, the leeway in seconds, the clock, and whether it is still good.
    let table: &[(&str, i64, u32, i64, bool)] = &[
        ("1000", 1_000_000, 0, 999_999, true),
        ("1000", 1_000_000, 0, 1_000_000, false),
        ("1000", 1_000_000, 0, 1_000_001, false),
        ("1000", 1_000_000, 5, 1_004_999, true),
        ("1000", 1_000_000, 5, 1_005_000, false),
        ("1000.5", 1_000_500, 0, 1_000_499, true),
        ("1000.5", 1_000_500, 0, 1_000_500, false),
        (
            "1763848132.001",
            1_763_848_132_001,
            0,
            1_763_848_132_000,
            true,
        ),
        (
            "1763848132.001",
            1_763_848_132_001,
            0,
            1_763_848_132_001,
            false,
        ),
        // As a binary fraction 1.001 times 1000 is a little less than 1001.
        ("1.001", 1_001, 0, 1_000, true),
        ("1.001", 1_001, 0, 1_001, false),
        ("1e3", 1_000_000, 0, 999_999, true),
        ("1000.0", 1_000_000, 0, 1_000_000, false),
        ("0", 0, 0, -1, true),
        ("-0", 0, 0, 0, false),
        ("-1.5", -1_500, 0, -1_501, true),
        ("-1", -1_000, 0, 0, false),
        // Beyond what the clock can say: as far as it goes.
        ("9223372036854775807", last, 0, last - 1, true),
        ("9223372036854775807", last, u32::MAX, last, false),
        ("18446744073709551615", last, 0, 0, true),
        ("99999999999999999999999", last, u32::MAX, 0, true),
        ("1e300", last, 0, 0, true),
        ("-1e300", first, 0, first, false),
        ("-9223372036854775808", first, u32::MAX, 0, false),
    ];
    for &(exp, at, leeway, now, good) in table {
        let token = forge(HEADER, format!(r#"{{"exp":{exp}}}"#));
        let (verifier, check) = (with_leeway(leeway), TokenCheck::Expiry);
        let (at, now) = (milliseconds(at), milliseconds(now));
        if good {
            let fact = TokenFact::ExpiresAt { at, now };
            assert_accepted(&token, &verifier, now, check, &fact);
        } else {
            let rejection = Rejection::Expired { at, now };
            assert_refused(&token, &verifier, now, check, &rejection);
        }
    }
}

#[test]
fn a_token_is_refused_before_it_is_valid() {
    let last = i64::MAX;
    let table: &[(&str, i64, u32, i64, bool)] = &[
        ("1000", 1_000_000, 0, 999_999, false),
        ("1000", 1_000_000, 0, 1_000_000, true),
        ("1000", 1_000_000, 5, 994_999, false),
        ("1000", 1_000_000, 5, 995_000, true),
        ("1000.25", 1_000_250, 0, 1_000_249, false),
        ("1000.25", 1_000_250, 0, 1_000_250, true),
        ("-1e300", i64::MIN, u32::MAX, i64::MIN, true),
        ("1e300", last, u32::MAX, 0, false),
    ];
    for &(nbf, from, leeway, now, good) in table {
        let token = forge(HEADER, format!(r#"{{"exp":1e300,"nbf":{nbf}}}"#));
        let (verifier, check) = (with_leeway(leeway), TokenCheck::NotBefore);
        let (from, now) = (milliseconds(from), milliseconds(now));
        if good {
            let fact = TokenFact::ValidFrom(Some(from));
            assert_accepted(&token, &verifier, now, check, &fact);
        } else {
            let rejection = Rejection::NotYetValid { from, now };
            assert_refused(&token, &verifier, now, check, &rejection);
        }
    }
}

#[test]
fn a_time_is_a_number() {
    for value in ["\"1700000600\"", "null", "true", "[1700000600]", "{}"] {
        for (claim, check) in [("exp", TokenCheck::Expiry), ("nbf", TokenCheck::NotBefore)] {
            let other = if claim == "exp" { "a" } else { "exp" };
            let payload = format!(r#"{{"{claim}":{value},"{other}":1700000600}}"#);
            let rejection = Rejection::Malformed {
                name: claim.to_owned(),
            };
            assert_refused(
                &forge(HEADER, payload),
                &lax_verifier(),
                NOW,
                check,
                &rejection,
            );
        }
    }
    let rejection = Rejection::Missing {
        name: "exp".to_owned(),
    };
    let token = forge(HEADER, r#"{"EXP":1700000600,"nbf":0}"#);
    assert_refused(&token, &lax_verifier(), NOW, TokenCheck::Expiry, &rejection);
}

#[test]
fn issuer_and_audience_are_who_the_verifier_expects() {
    let unexpected = |name: &str, found: &str, expected: &str| Rejection::Unexpected {
        name: name.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
    };
    let missing = |name: &str| Rejection::Missing {
        name: name.to_owned(),
    };
    let malformed = |name: &str| Rejection::Malformed {
        name: name.to_owned(),
    };
    let (issuer, audience) = (TokenCheck::Issuer, TokenCheck::Audience);
    let long = "🂡".repeat(300);
    let cut = "🂡".repeat(200);
    let table = [
        (r#""aud":"api""#.to_owned(), issuer, missing("iss")),
        (
            r#""iss":null,"aud":"api""#.to_owned(),
            issuer,
            malformed("iss"),
        ),
        (
            r#""iss":["me"],"aud":"api""#.to_owned(),
            issuer,
            malformed("iss"),
        ),
        (
            r#""iss":"","aud":"api""#.to_owned(),
            issuer,
            unexpected("iss", "", "me"),
        ),
        (
            r#""iss":"me/","aud":"api""#.to_owned(),
            issuer,
            unexpected("iss", "me/", "me"),
        ),
        (
            format!(r#""iss":"{long}""#),
            issuer,
            unexpected("iss", &cut, "me"),
        ),
        (r#""iss":"me""#.to_owned(), audience, missing("aud")),
        (
            r#""iss":"me","aud":5"#.to_owned(),
            audience,
            malformed("aud"),
        ),
        (
            r#""iss":"me","aud":{"api":1}"#.to_owned(),
            audience,
            malformed("aud"),
        ),
        (
            r#""iss":"me","aud":["api",5]"#.to_owned(),
            audience,
            malformed("aud"),
        ),
        (
            r#""iss":"me","aud":[["api"]]"#.to_owned(),
            audience,
            malformed("aud"),
        ),
        (
            r#""iss":"me","aud":[]"#.to_owned(),
            audience,
            unexpected("aud", "", "api"),
        ),
        (
            r#""iss":"me","aud":"API""#.to_owned(),
            audience,
            unexpected("aud", "API", "api"),
        ),
        (
            r#""iss":"me","aud":["a","b"]"#.to_owned(),
            audience,
            unexpected("aud", "a, b", "api"),
        ),
        (
            format!(r#""iss":"me","aud":["{long}","b"]"#),
            audience,
            unexpected("aud", &cut, "api"),
        ),
    ];
    for (members, check, rejection) in table {
        let token = forge(HEADER, format!(r#"{{"exp":1700000600,{members}}}"#));
        assert_refused(&token, &verifier(), NOW, check, &rejection);
    }

    for aud in [
        r#""api""#,
        r#"["api"]"#,
        r#"["other","api"]"#,
        r#""a\u0070i""#,
    ] {
        let token = forge(
            HEADER,
            format!(r#"{{"exp":1700000600,"iss":"me","aud":{aud}}}"#),
        );
        let fact = TokenFact::Value("api".to_owned());
        assert_accepted(&token, &verifier(), NOW, audience, &fact);
    }
}

#[test]
fn what_the_verifier_does_not_expect_is_not_looked_at() {
    let token = forge(
        r#"{"alg":"HS256","kid":"k1","typ":5}"#,
        r#"{"exp":1700000600,"iss":5,"aud":5}"#,
    );
    for check in [TokenCheck::Issuer, TokenCheck::Audience, TokenCheck::Type] {
        assert_accepted(&token, &lax_verifier(), NOW, check, &TokenFact::NotExpected);
    }
}

#[test]
fn claims_are_read_by_name_and_type() {
    let payload = r#"{"name":"Zo\u00eb","role":"member","sub":42,"aud":["a","b"],"iat":1.5,
        "exp":1700000600,"jti":null}"#;
    let verification = verify(&forge(HEADER, payload), &lax_verifier(), NOW);
    let expected = Claims {
        iss: None,
        sub: None,
        aud: vec!["a".to_owned(), "b".to_owned()],
        iat: Some(milliseconds(1500)),
        exp: Timestamp::from_seconds(1_700_000_600),
        jti: None,
        ver: None,
        sid: None,
        role: Some("member".to_owned()),
        name: Some("Zoë".to_owned()),
    };
    assert_eq!(verification.claims, Some(expected));
}

/// A version that is none is as good as absent: who needs one refuses the token.
#[test]
fn a_version_is_a_whole_number_that_counts() {
    for (ver, read) in [
        ("0", Some(0)),
        ("7", Some(7)),
        ("4294967295", Some(u32::MAX)),
        ("4294967296", None),
        ("18446744073709551615", None),
        ("-1", None),
        ("-0", None),
        ("1.0", None),
        ("1e0", None),
        ("\"1\"", None),
        ("null", None),
        ("[1]", None),
    ] {
        let payload = format!(r#"{{"exp":1700000600,"ver":{ver}}}"#);
        let verification = verify(&forge(HEADER, payload), &lax_verifier(), NOW);
        let claims = verification.claims.expect("it is accepted");
        assert_eq!(claims.ver, read, "{ver}");
    }
}
