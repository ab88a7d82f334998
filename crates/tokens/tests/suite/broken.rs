//! Broken tokens: each with the check that refuses it, and why. Whoever reads them in order has walked through all
//! checks.

mod content;
mod form;

use protocol::{TokenCheck as Check, TokenPart as Part, TokenRejection as Rejection};
use tokens::{Verifier, inspect, verify};

use crate::fixture::{NOW, ORDER, assert_refused, encode, forge, verifier};

/// A token under a verifier that refuses it.
struct Broken {
    token: String,
    verifier: Verifier,
    check: Check,
    rejection: Rejection,
}

/// Under the terms that accept [`crate::fixture::good_token`].
fn text(token: impl Into<String>, check: Check, rejection: Rejection) -> Broken {
    Broken {
        token: token.into(),
        verifier: verifier(),
        check,
        rejection,
    }
}

/// A header before a good payload, signed.
fn header(header: impl AsRef<[u8]>, check: Check, rejection: Rejection) -> Broken {
    text(forge(header, crate::fixture::PAYLOAD), check, rejection)
}

/// More members of a good header.
fn member(members: &str, check: Check, rejection: Rejection) -> Broken {
    let json = format!(r#"{{"alg":"HS256","typ":"at+jwt","kid":"k1",{members}}}"#);
    header(json, check, rejection)
}

/// A payload behind a good header, signed.
fn payload(payload: impl AsRef<[u8]>, check: Check, rejection: Rejection) -> Broken {
    text(forge(crate::fixture::HEADER, payload), check, rejection)
}

fn foreign(part: Part, offset: u32, character: char) -> Rejection {
    Rejection::ForeignCharacter {
        part,
        offset,
        character,
    }
}

fn not_json(part: Part, line: u32, column: u32, message: &str) -> Rejection {
    Rejection::NotJson {
        part,
        line,
        column,
        message: message.to_owned(),
    }
}

fn repeated(part: Part, name: &str) -> Rejection {
    Rejection::NameRepeated {
        part,
        name: name.to_owned(),
    }
}

fn malformed(name: &str) -> Rejection {
    Rejection::Malformed {
        name: name.to_owned(),
    }
}

fn missing(name: &str) -> Rejection {
    Rejection::Missing {
        name: name.to_owned(),
    }
}

fn unexpected(name: &str, found: &str, expected: &str) -> Rejection {
    Rejection::Unexpected {
        name: name.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
    }
}

#[test]
fn each_is_refused_by_its_check_and_for_its_reason() {
    let all: Vec<Broken> = form::all().into_iter().chain(content::all()).collect();
    assert!(all.len() >= 100, "{}", all.len());
    for check in ORDER {
        assert!(all.iter().any(|broken| broken.check == check), "{check:?}");
    }
    for broken in &all {
        let (token, verifier) = (&broken.token, &broken.verifier);
        assert_refused(token, verifier, NOW, broken.check, &broken.rejection);
        assert_eq!(
            inspect(token, verifier, NOW).checks,
            verify(token, verifier, NOW).steps
        );
    }
}

/// A signing input of these texts, without a signature.
fn input(header: &str, payload: &str) -> String {
    format!("{}.{}", encode(header), encode(payload))
}
