//! The text of a token: its parts, their base64url, and their JSON.

use protocol::{TokenCheck, TokenPart, TokenRejection as Rejection};
use tokens::verify;

use crate::fixture::{HEADER, NOW, PAYLOAD, assert_refused, encode, forge, good_token, verifier};

#[test]
fn a_token_has_three_parts() {
    let table = [
        ("", Rejection::Empty),
        ("abc", Rejection::PartCount { parts: 1 }),
        ("a.b", Rejection::PartCount { parts: 2 }),
        (".", Rejection::PartCount { parts: 2 }),
        ("a.b.c.d", Rejection::PartCount { parts: 4 }),
        ("a.b.c.d.e", Rejection::Encrypted),
        ("a.b.c.d.e.f", Rejection::PartCount { parts: 6 }),
    ];
    for (token, rejection) in table {
        assert_refused(token, &verifier(), NOW, TokenCheck::Parts, &rejection);
    }
}

#[test]
fn base64url_is_strict() {
    let foreign = |offset, character| {
        move |part| Rejection::ForeignCharacter {
            part,
            offset,
            character,
        }
    };
    let ending = |part| Rejection::BadEnding { part };
    type Expected = Box<dyn Fn(TokenPart) -> Rejection>;
    let table: [(&str, Expected); 12] = [
        ("A", Box::new(ending)),
        ("AAAAA", Box::new(ending)),
        // "AA" and "AAA" are zero octets; the others would be too if left-over bits did not count. RFC 4648, 3.5.
        ("AB", Box::new(ending)),
        ("AAB", Box::new(ending)),
        ("AA==", Box::new(foreign(2, '='))),
        ("AA+A", Box::new(foreign(2, '+'))),
        ("/AAA", Box::new(foreign(0, '/'))),
        ("AAAA ", Box::new(foreign(4, ' '))),
        ("AA\nAA", Box::new(foreign(2, '\n'))),
        ("AAéA", Box::new(foreign(2, 'é'))),
        ("🂡AAA", Box::new(foreign(0, '🂡'))),
        // The length is wrong too, but the character is what a person can find.
        ("AAAA!", Box::new(foreign(4, '!'))),
    ];
    for (text, expected) in &table {
        let (header, payload, signature) = (encode(HEADER), encode(PAYLOAD), encode([0; 32]));
        for (token, part) in [
            (format!("{text}.{payload}.{signature}"), TokenPart::Header),
            (format!("{header}.{text}.{signature}"), TokenPart::Payload),
            (format!("{header}.{payload}.{text}"), TokenPart::Signature),
        ] {
            let check = TokenCheck::Base64url;
            assert_refused(&token, &verifier(), NOW, check, &expected(part));
        }
    }
}

#[test]
fn white_space_around_a_token_is_not_overlooked() {
    let token = good_token();
    for around in [
        format!(" {token}"),
        format!("{token} "),
        format!("{token}\n"),
    ] {
        assert!(verify(&around, &verifier(), NOW).rejection().is_some());
    }
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    let deep = "[".repeat(200_000);
    let deep_object = r#"{"a":"#.repeat(200_000);
    let table: [(&[u8], u32, u32, &str); 14] = [
        (b"", 1, 1, "EOF while parsing a value"),
        (b"{", 1, 1, "EOF while parsing an object"),
        (b"nonsense", 1, 2, "expected ident"),
        (b"{} {}", 1, 4, "trailing characters"),
        (b"[1,2", 1, 4, "EOF while parsing a list"),
        (b"{\"a\":1,}", 1, 8, "trailing comma"),
        (b"{\"a\":\n  01}", 2, 4, "invalid number"),
        (b"\xEF\xBB\xBF{}", 1, 1, "expected value"),
        (b"{\"a\":\"\xFF\"}", 1, 7, "invalid unicode code point"),
        // A lone surrogate is no character, wherever it stands.
        (br#"{"a":"\ud800"}"#, 1, 13, "unexpected end of hex escape"),
        (
            br#"{"a":{"b":["\udc00"]}}"#,
            1,
            18,
            "lone leading surrogate in hex escape",
        ),
        (
            br#"{"a":{"\udc00":1}}"#,
            1,
            13,
            "lone leading surrogate in hex escape",
        ),
        (deep.as_bytes(), 1, 128, "recursion limit exceeded"),
        (deep_object.as_bytes(), 1, 636, "recursion limit exceeded"),
    ];
    for (json, line, column, message) in table {
        for part in [TokenPart::Header, TokenPart::Payload] {
            let (token, check) = match part {
                TokenPart::Header => (forge(json, PAYLOAD), TokenCheck::HeaderJson),
                _ => (forge(HEADER, json), TokenCheck::PayloadJson),
            };
            let rejection = Rejection::NotJson {
                part,
                line,
                column,
                message: message.to_owned(),
            };
            assert_refused(&token, &verifier(), NOW, check, &rejection);
        }
    }
}

#[test]
fn what_is_json_but_no_object_is_refused() {
    for json in ["[]", "[{}]", "\"text\"", "1", "-1", "1.5", "true", "null"] {
        let part = TokenPart::Header;
        let token = forge(json, PAYLOAD);
        let rejection = Rejection::NotObject { part };
        assert_refused(&token, &verifier(), NOW, TokenCheck::HeaderJson, &rejection);

        let part = TokenPart::Payload;
        let token = forge(HEADER, json);
        let rejection = Rejection::NotObject { part };
        assert_refused(
            &token,
            &verifier(),
            NOW,
            TokenCheck::PayloadJson,
            &rejection,
        );
    }
}

#[test]
fn a_name_that_stands_twice_is_found_by_what_it_says() {
    let long = "n".repeat(300);
    let table = [
        // Written differently, and yet the same name.
        (r#"{"exp":1700000600,"\u0065xp":1}"#.to_owned(), "exp"),
        (r#"{"a":1,"b":2,"b":3,"a":4}"#.to_owned(), "b"),
        (r#"{"":1,"":2}"#.to_owned(), ""),
        (format!(r#"{{"{long}":1,"{long}":2}}"#), &long[..200]),
    ];
    for (payload, name) in table {
        let rejection = Rejection::NameRepeated {
            part: TokenPart::Payload,
            name: name.to_owned(),
        };
        let token = forge(HEADER, payload);
        assert_refused(
            &token,
            &verifier(),
            NOW,
            TokenCheck::ClaimNamesUnique,
            &rejection,
        );
    }
}

#[test]
fn names_inside_a_claim_and_names_in_another_case_are_not_counted() {
    let payload = r#"{"iss":"me","aud":"api","exp":1700000600,"EXP":1,"a":{"b":1,"b":2}}"#;
    let token = forge(HEADER, payload);
    assert_eq!(verify(&token, &verifier(), NOW).rejection(), None);
}
