//! What can be read of a token, whatever is broken.

use tokens::{inspect, verify};

use crate::fixture::{HEADER, NOW, PAYLOAD, encode, good_token, verifier};

#[test]
fn both_texts_are_shown_as_far_as_they_decode() {
    let (header, payload) = (encode(HEADER), encode(PAYLOAD));
    let accented = encode(r#"{"a":"é"}"#);
    let table: [(String, Option<&str>, Option<&str>); 16] = [
        (good_token(), Some(HEADER), Some(PAYLOAD)),
        (String::new(), None, None),
        ("..".to_owned(), None, None),
        (header.clone(), Some(HEADER), None),
        (format!("{header}."), Some(HEADER), None),
        (format!("{header}.{payload}"), Some(HEADER), Some(PAYLOAD)),
        (
            format!("{header}.{payload}.a.b.c"),
            Some(HEADER),
            Some(PAYLOAD),
        ),
        (format!("{header}.{payload}.!"), Some(HEADER), Some(PAYLOAD)),
        (format!("!.{payload}."), None, Some(PAYLOAD)),
        // Up to the foreign character: eight characters are six octets.
        (
            format!("{}!{}.{payload}.", &header[..8], &header[8..]),
            Some(r#"{"alg""#),
            Some(PAYLOAD),
        ),
        // A length that no octets encode to: the last six bits are left out.
        (
            format!("{}.{payload}.", &header[..9]),
            Some(r#"{"alg""#),
            Some(PAYLOAD),
        ),
        // The break goes through a character of two octets.
        (
            format!("{}=.{payload}.", &accented[..10]),
            Some(r#"{"a":""#),
            Some(PAYLOAD),
        ),
        // Octets that are no text are not shown as one.
        (
            format!("{}.{payload}.", encode([0xFF, 0xFE, 0x41])),
            None,
            Some(PAYLOAD),
        ),
        // Nor where a break follows, or where they end within a character and no break has cut it.
        (
            format!("{}!.{payload}.", encode([b'A', 0xFF, b'B'])),
            None,
            Some(PAYLOAD),
        ),
        (
            format!("{}.{payload}.", encode([b'A', b'B', 0xC3])),
            None,
            Some(PAYLOAD),
        ),
        // Bits left over at the end are an error, and yet the text is there.
        ("QR.QR.".to_owned(), Some("A"), Some("A")),
    ];
    for (token, header, payload) in table {
        let inspection = inspect(&token, &verifier(), NOW);
        assert_eq!(inspection.header.as_deref(), header, "{token}");
        assert_eq!(inspection.payload.as_deref(), payload, "{token}");
        assert_eq!(inspection.checks, verify(&token, &verifier(), NOW).steps);
    }
}
