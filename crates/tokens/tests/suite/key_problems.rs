//! Texts that hold no key, or no whole one, and what is said of each.

use std::slice;

use protocol::{GivenKey, KeyEncoding, KeyProblem as Problem};
use tokens::read_keys;

use crate::fixture::given;

pub(crate) fn unsupported(name: &str) -> Problem {
    Problem::UnsupportedType {
        name: name.to_owned(),
    }
}

fn unknown_pem(label: &str) -> Problem {
    Problem::UnknownPem {
        label: label.to_owned(),
    }
}

/// The text holds no key, for this reason alone.
#[track_caller]
pub(crate) fn assert_problem(text: &str, encoding: KeyEncoding, expected: &Problem) {
    let (keys, report) = read_keys(&GivenKey {
        text: text.to_owned(),
        encoding,
    });
    assert_eq!(keys, [], "{text:.200}");
    assert_eq!(report.keys, [], "{text:.200}");
    assert_eq!(report.problems, slice::from_ref(expected), "{text:.200}");
}

#[test]
fn nothing_and_too_much_are_no_key() {
    use KeyEncoding::{Base64, Base64url, Detect, Text};
    let huge = "a".repeat(64 * 1024 + 1);
    for encoding in [Detect, Text, Base64, Base64url] {
        assert_problem("", encoding, &Problem::Empty);
        assert_problem(&huge, encoding, &Problem::TooLarge);
    }
    for encoding in [Detect, Base64, Base64url] {
        assert_problem(" \r\n\t ", encoding, &Problem::Empty);
    }
    let (keys, _) = read_keys(&given(&huge[1..]));
    assert_eq!(keys.len(), 1, "a secret of 64 KiB");
}

#[test]
fn what_is_not_base64_is_no_secret() {
    use KeyEncoding::{Base64, Base64url};
    let jwk = r#"{"kty":"oct","k":"AAAA"}"#;
    let pem = include_str!("../keys/rsa.spki.pem");
    for text in ["!", "A", "AAAAA", "AB", "=", "ä", "AAA=AAAA", jwk, pem] {
        assert_problem(text, Base64, &Problem::NotBase64);
        assert_problem(text, Base64url, &Problem::NotBase64);
    }
    assert_problem("_-__", Base64, &Problem::NotBase64);
    assert_problem("/+//", Base64url, &Problem::NotBase64);
}

#[test]
fn pem_that_holds_no_key_says_why() {
    let spki = include_str!("../keys/rsa.spki.pem");
    let as_label = |pem: &str, label: &str| {
        let body: Vec<&str> = pem
            .lines()
            .filter(|line| !line.starts_with("---"))
            .collect();
        format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----",
            body.join("\n")
        )
    };
    let block = |label: &str, body: &str| as_label(body, label);
    let table: [(String, Problem); 28] = [
        (
            spki.trim_end().trim_end_matches('-').to_owned(),
            Problem::BrokenPem,
        ),
        (spki.lines().take(3).collect(), Problem::BrokenPem),
        (
            spki.replace("END PUBLIC", "END PRIVATE"),
            Problem::BrokenPem,
        ),
        ("-----BEGIN".to_owned(), Problem::BrokenPem),
        ("-----BEGIN ".to_owned(), Problem::BrokenPem),
        ("-----BEGIN PUBLIC KEY-----".to_owned(), Problem::BrokenPem),
        (block("PUBLIC KEY", "!"), Problem::BrokenPem),
        (block("PUBLIC KEY", "AAA"), Problem::BrokenPem),
        (spki.replacen("MII", "MI*", 1), Problem::BrokenPem),
        (block("PUBLIC KEY", ""), Problem::UnknownContent),
        (block("PUBLIC KEY", "AAAA"), Problem::UnknownContent),
        (block("PRIVATE KEY", "MAA="), Problem::UnknownContent),
        // A key under the label of another form.
        (as_label(spki, "PRIVATE KEY"), Problem::UnknownContent),
        (as_label(spki, "RSA PUBLIC KEY"), Problem::UnknownContent),
        (as_label(spki, "RSA PRIVATE KEY"), Problem::UnknownContent),
        (as_label(spki, "EC PRIVATE KEY"), Problem::UnknownContent),
        (
            as_label(include_str!("../keys/rsa.pkcs8.pem"), "PUBLIC KEY"),
            Problem::UnknownContent,
        ),
        (
            include_str!("../keys/p521.spki.pem").to_owned(),
            unsupported("P-521"),
        ),
        (
            include_str!("../keys/rsa-pss.spki.pem").to_owned(),
            unsupported("RSASSA-PSS"),
        ),
        (
            include_str!("../keys/ed448.pkcs8.pem").to_owned(),
            unsupported("Ed448"),
        ),
        (
            include_str!("../keys/certificate.pem").to_owned(),
            unknown_pem("CERTIFICATE"),
        ),
        (
            include_str!("../keys/ed25519.encrypted.pem").to_owned(),
            unknown_pem("ENCRYPTED PRIVATE KEY"),
        ),
        (
            include_str!("../keys/rsa.encrypted-pkcs1.pem").to_owned(),
            unknown_pem("RSA PRIVATE KEY, encrypted"),
        ),
        (
            block("OPENSSH PRIVATE KEY", "AAAA"),
            unknown_pem("OPENSSH PRIVATE KEY"),
        ),
        (block("", "AAAA"), unknown_pem("")),
        (block("public key", "AAAA"), unknown_pem("public key")),
        (
            block(&"x".repeat(300), "AAAA"),
            unknown_pem(&"x".repeat(200)),
        ),
        // The curve alone is no key.
        (
            block("EC PARAMETERS", "BggqhkjOPQMBBw=="),
            Problem::BrokenPem,
        ),
    ];
    for (text, problem) in &table {
        assert_problem(text, KeyEncoding::Detect, problem);
    }
}

#[test]
fn json_that_is_no_key_says_so() {
    let not_json = |line, column, message: &str| Problem::NotJson {
        line,
        column,
        message: message.to_owned(),
    };
    let table = [
        ("{}", Problem::NotJwk),
        (r#"{"a":1}"#, Problem::NotJwk),
        (r#"{"k":"AAAA"}"#, Problem::NotJwk),
        (r#"{"keys":{}}"#, Problem::NotJwk),
        (r#"{"keys":5,"kty":"oct"}"#, Problem::NotJwk),
        (r#"{"keys":[]}"#, Problem::Empty),
        (r#"{"keys":[5]}"#, Problem::NotJwk),
        ("{", not_json(1, 1, "EOF while parsing an object")),
        ("{\"kty\":\n\"oct\",}", not_json(2, 7, "trailing comma")),
        ("{} {}", not_json(1, 4, "trailing characters")),
    ];
    for (text, problem) in table {
        assert_problem(text, KeyEncoding::Detect, &problem);
    }
}

#[test]
fn of_a_set_the_first_hundred_are_read() {
    let jwk = r#"{"kty":"oct","k":"AAAA"}"#;
    let pem = include_str!("../keys/ed25519.spki.pem");
    for (count, problems) in [(100, vec![]), (101, vec![Problem::TooMany])] {
        let jwks = format!(r#"{{"keys":[{}]}}"#, vec![jwk; count].join(","));
        for text in [jwks, pem.repeat(count)] {
            let (keys, report) = read_keys(&given(text));
            assert_eq!(keys.len(), 100);
            assert_eq!(report.keys.len(), 100);
            assert_eq!(report.problems, problems);
        }
    }
}
