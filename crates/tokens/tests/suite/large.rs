//! Tokens of a megabyte. Work that grew with the square of their size would not come to an end here.

use protocol::{TokenCheck, TokenRejection as Rejection};
use tokens::{inspect, verify};

use crate::fixture::{HEADER, NOW, PAYLOAD, assert_refused, forge, good_token, verifier};

const MEGABYTE: usize = 1 << 20;

/// Members or items, each of them another, up to about a megabyte.
fn many(item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..MEGABYTE / 10).map(item).collect();
    items.join(",")
}

#[test]
fn text_of_any_kind_is_refused() {
    let texts = [
        ".".repeat(MEGABYTE),
        "a".repeat(MEGABYTE),
        "é".repeat(MEGABYTE),
        format!("{}.{}.{}", "A".repeat(MEGABYTE), "A".repeat(MEGABYTE), "A"),
        format!("{}{}", good_token(), "A".repeat(MEGABYTE)),
    ];
    for text in texts {
        let inspection = inspect(&text, &verifier(), NOW);
        assert_eq!(inspection.checks, verify(&text, &verifier(), NOW).steps);
        assert!(verify(&text, &verifier(), NOW).rejection().is_some());
    }
}

#[test]
fn many_names_are_compared_once() {
    let members = many(|number| format!(r#""{number:06x}":1"#));
    let payload = format!(r#"{{"iss":"me","aud":"api","exp":1700000600,{members}}}"#);
    assert_eq!(
        verify(&forge(HEADER, payload), &verifier(), NOW).rejection(),
        None
    );

    let names = many(|number| format!(r#""{number:06x}""#));
    let header =
        format!(r#"{{"alg":"HS256","typ":"at+jwt","kid":"k1",{members},"crit":[{names}]}}"#);
    let rejection = Rejection::CriticalUnknown {
        name: "000000".to_owned(),
    };
    let check = TokenCheck::CriticalUnderstood;
    assert_refused(&forge(header, PAYLOAD), &verifier(), NOW, check, &rejection);
}

#[test]
fn long_values_are_compared_and_cut() {
    let audiences = many(|number| format!(r#""{number:06x}""#));
    let payload = format!(r#"{{"iss":"me","aud":[{audiences},"api"],"exp":1700000600}}"#);
    assert_eq!(
        verify(&forge(HEADER, payload), &verifier(), NOW).rejection(),
        None
    );

    let long = "x".repeat(MEGABYTE);
    let payload = format!(r#"{{"iss":"{long}","aud":"api","exp":1700000600}}"#);
    let rejection = Rejection::Unexpected {
        name: "iss".to_owned(),
        found: long[..200].to_owned(),
        expected: "me".to_owned(),
    };
    let token = forge(HEADER, payload);
    assert_refused(&token, &verifier(), NOW, TokenCheck::Issuer, &rejection);
}
