//! Tokens, told by their shape alone.

use har_reader::tokens_in;
use proptest::prelude::*;

/// `{"alg":"HS256"}`, `{"sub":"42"}`.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl";

fn found(text: &str) -> Vec<&str> {
    tokens_in(text).into_iter().map(|it| &text[it]).collect()
}

#[test]
fn a_token_is_found_whatever_stands_around_it() {
    for (before, after) in [
        ("", ""),
        ("Bearer ", ""),
        ("{\"access_token\":\"", "\",\"expires\":1}"),
        ("sid=1; access_token=", "; theme=dark"),
        ("https://a.example/x?token=", "&y=1#z"),
        ("%22", "%22"),
        ("%3D", ""),
        ("\\n", "\\n"),
        ("\\u0022", "\\u0022"),
        ("ü", "ü"),
        // Neither an octet's digits nor a letter that JSON escapes.
        ("100%", "%"),
        ("\\", "\\"),
        ("The token is ", "."),
        ("a.b.", ""),
    ] {
        let text = format!("{before}{TOKEN}{after}");
        assert_eq!(found(&text), [TOKEN], "{text}");
    }
}

#[test]
fn what_only_looks_alike_is_none() {
    for text in [
        "",
        "eyJ",
        "ey.ey.ey",
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9",
        // {"typ":"JWT"}: no algorithm.
        "eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiI0MiJ9.c2ln",
        // {"alg":1}: none that is a name.
        "eyJhbGciOjF9.eyJzdWIiOiI0MiJ9.c2ln",
        // Encrypted: five parts.
        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.a.b.c.d",
        "www.example.org",
        "%",
        "\\",
        "%e",
        "\\u",
    ] {
        assert!(found(text).is_empty(), "{text}");
    }
}

#[test]
fn an_unsigned_token_ends_with_its_second_dot() {
    let unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9.";
    assert_eq!(found(&format!("a={unsigned}; b=1")), [unsigned]);
}

#[test]
fn all_of_them_are_found_in_order() {
    let other = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln";
    assert_eq!(
        found(&format!("{TOKEN} {other},{TOKEN}")),
        [TOKEN, other, TOKEN]
    );
}

proptest! {
    #[test]
    fn any_text_is_looked_through(before in ".{0,40}", after in ".{0,40}") {
        for range in tokens_in(&format!("{before}{TOKEN}{after}")) {
            prop_assert!(range.start < range.end);
        }
    }
}
