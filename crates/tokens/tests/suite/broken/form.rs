//! Broken in form: parts, base64url, and all that the header says.

use protocol::{TokenCheck as Check, TokenPart as Part, TokenRejection as Rejection};
use tokens::Verifier;

use super::{Broken, foreign, header, input, malformed, member, not_json, repeated, text};
use crate::fixture::{HEADER, PAYLOAD, SECRET, encode, good_token, key, verifier};

pub(super) fn all() -> Vec<Broken> {
    [
        parts(),
        base64url(),
        header_json(),
        extensions(),
        algorithms(),
        keys(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn parts() -> Vec<Broken> {
    let count = |parts| Rejection::PartCount { parts };
    let flattened = r#"{"payload":"e30","protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AA"}"#;
    let jwe = r#"{"protected":"e30","iv":"AA","ciphertext":"AA","tag":"AA"}"#;
    [
        (String::new(), Rejection::Empty),
        (" ".to_owned(), count(1)),
        ("token".to_owned(), count(1)),
        (encode(HEADER), count(1)),
        (".".to_owned(), count(2)),
        (input(HEADER, PAYLOAD), count(2)),
        ("...".to_owned(), count(4)),
        (format!("{}.", good_token()), count(4)),
        (format!(".{}", good_token()), count(4)),
        ("....".to_owned(), Rejection::Encrypted),
        (
            "eyJlbmMiOiJBMTI4R0NNIn0.a.b.c.d".to_owned(),
            Rejection::Encrypted,
        ),
        (".....".to_owned(), count(6)),
        (format!("{0}.{0}", good_token()), count(6)),
        (flattened.to_owned(), Rejection::JsonSerialization),
        (format!(" \n{jwe}"), Rejection::JsonSerialization),
        ("{".to_owned(), Rejection::JsonSerialization),
        (HEADER.to_owned(), Rejection::JsonSerialization),
        // An array is no serialisation of anything.
        ("[]".to_owned(), count(1)),
    ]
    .map(|(token, rejection)| text(token, Check::Parts, rejection))
    .into()
}

fn base64url() -> Vec<Broken> {
    let good = good_token();
    let (input, signature) = good.rsplit_once('.').expect("three parts");
    let (head, body) = input.split_once('.').expect("three parts");
    let ending = |part| Rejection::BadEnding { part };
    let at = |part: &str| part.len() as u32;
    [
        (format!(" {good}"), foreign(Part::Header, 0, ' ')),
        (format!("Bearer {good}"), foreign(Part::Header, 6, ' ')),
        (format!("\"{good}\""), foreign(Part::Header, 0, '"')),
        (
            format!("\u{FEFF}{good}"),
            foreign(Part::Header, 0, '\u{FEFF}'),
        ),
        (
            format!("{good} "),
            foreign(Part::Signature, at(signature), ' '),
        ),
        (
            format!("{good}\n"),
            foreign(Part::Signature, at(signature), '\n'),
        ),
        (
            format!("{good};"),
            foreign(Part::Signature, at(signature), ';'),
        ),
        (
            format!("{input}.{signature}="),
            foreign(Part::Signature, at(signature), '='),
        ),
        (
            format!("{head}=.{body}.{signature}"),
            foreign(Part::Header, at(head), '='),
        ),
        (
            format!("{head}.{body}%3D.{signature}"),
            foreign(Part::Payload, at(body), '%'),
        ),
        (
            format!("{head}.+{body}.{signature}"),
            foreign(Part::Payload, 0, '+'),
        ),
        (
            format!("{head}./{body}.{signature}"),
            foreign(Part::Payload, 0, '/'),
        ),
        (
            format!("{head}.ä{body}.{signature}"),
            foreign(Part::Payload, 0, 'ä'),
        ),
        (
            format!("{head}.a\0{body}.{signature}"),
            foreign(Part::Payload, 1, '\0'),
        ),
        (format!("A.{body}.{signature}"), ending(Part::Header)),
        (format!("{head}.AAAAA.{signature}"), ending(Part::Payload)),
        (format!("{head}.{body}.A"), ending(Part::Signature)),
        // The last character says more than the last octet holds: a second spelling.
        (
            format!("{head}.{body}.{}l", &signature[..42]),
            ending(Part::Signature),
        ),
    ]
    .map(|(token, rejection)| text(token, Check::Base64url, rejection))
    .into()
}

fn header_json() -> Vec<Broken> {
    let part = Part::Header;
    let json = Check::HeaderJson;
    let names = Check::HeaderNamesUnique;
    let eof = "EOF while parsing a value";
    let twice = |more: &str, name: &str| member(more, names, repeated(part, name));
    vec![
        text("..", json, not_json(part, 1, 1, eof)),
        text(
            format!(".{}.", encode(PAYLOAD)),
            json,
            not_json(part, 1, 1, eof),
        ),
        text(
            "AAAA.AAAA.AAAA",
            json,
            not_json(part, 1, 1, "expected value"),
        ),
        header(" ", json, not_json(part, 1, 1, eof)),
        header("HS256", json, not_json(part, 1, 1, "expected value")),
        header(
            &HEADER[..20],
            json,
            not_json(part, 1, 20, "EOF while parsing an object"),
        ),
        header(
            format!("{HEADER},"),
            json,
            not_json(part, 1, 42, "trailing characters"),
        ),
        header(
            "{'alg':'HS256'}",
            json,
            not_json(part, 1, 2, "key must be a string"),
        ),
        header(
            "{alg:1}",
            json,
            not_json(part, 1, 2, "key must be a string"),
        ),
        header(
            "{\"alg\":\"HS256\",\n}",
            json,
            not_json(part, 2, 1, "trailing comma"),
        ),
        header([0xFF, 0xFE], json, not_json(part, 1, 1, "expected value")),
        header("null", json, Rejection::NotObject { part }),
        header("[]", json, Rejection::NotObject { part }),
        header(format!("[{HEADER}]"), json, Rejection::NotObject { part }),
        header("\"HS256\"", json, Rejection::NotObject { part }),
        header("256", json, Rejection::NotObject { part }),
        twice(r#""alg":"none""#, "alg"),
        twice(r#""alg":"HS256""#, "alg"),
        twice(r#""k\u0069d":"k1""#, "kid"),
        twice(r#""x":1,"x":1"#, "x"),
        twice(r#""typ":null,"kid":null"#, "typ"),
    ]
}

fn extensions() -> Vec<Broken> {
    let unknown = |name: &str| Rejection::CriticalUnknown {
        name: name.to_owned(),
    };
    let malformed = || Rejection::CriticalMalformed;
    [
        (r#""crit":["exp"],"exp":1"#, unknown("exp")),
        (r#""crit":["b64"],"b64":false"#, unknown("b64")),
        (r#""crit":["alg"]"#, unknown("alg")),
        (r#""crit":["crit"]"#, unknown("crit")),
        (r#""a":1,"b":2,"crit":["b","a"]"#, unknown("b")),
        (r#""crit":[]"#, malformed()),
        (r#""crit":null"#, malformed()),
        (r#""crit":"exp","exp":1"#, malformed()),
        (r#""crit":{"exp":1},"exp":1"#, malformed()),
        (r#""crit":["exp"]"#, malformed()),
        (r#""crit":["exp",1],"exp":1"#, malformed()),
        (r#""crit":[["exp"]],"exp":1"#, malformed()),
    ]
    .map(|(members, rejection)| member(members, Check::CriticalUnderstood, rejection))
    .into()
}

fn algorithms() -> Vec<Broken> {
    let allowed = || vec!["HS256".to_owned()];
    let not_allowed = |name: &str| Rejection::AlgorithmNotAllowed {
        name: name.to_owned(),
        allowed: allowed(),
    };
    let alone = [
        ("{}", Rejection::AlgorithmMissing),
        (r#"{"ALG":"HS256"}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":null}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":["HS256"]}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":{"HS256":1}}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":256}"#, Rejection::AlgorithmMissing),
        (r#"{"alg":"none"}"#, Rejection::AlgorithmNone),
        (r#"{"alg":"NonE"}"#, Rejection::AlgorithmNone),
        (r#"{"alg":"\u006eone"}"#, Rejection::AlgorithmNone),
        (r#"{"alg":"none "}"#, not_allowed("none ")),
        (r#"{"alg":""}"#, not_allowed("")),
        (r#"{"alg":"Hs256"}"#, not_allowed("Hs256")),
        (r#"{"alg":"HS256\u0000"}"#, not_allowed("HS256\0")),
        (r#"{"alg":"HS384"}"#, not_allowed("HS384")),
        (r#"{"alg":"RS256"}"#, not_allowed("RS256")),
        (r#"{"alg":"Ed25519"}"#, not_allowed("Ed25519")),
        (r#"{"alg":"ES512"}"#, not_allowed("ES512")),
    ];
    let check = Check::AlgorithmAllowed;
    let alone = alone.map(|(json, rejection)| header(json, check, rejection));
    // Allowed, and yet nothing to compute with.
    let unsupported = [
        "ES512", "ES256K", "Ed448", "RS1", "A128KW", "EDDSA", "HS256/64",
    ];
    let unsupported = unsupported.map(|name| {
        let name = name.to_owned();
        let json = format!(r#"{{"alg":"{name}"}}"#);
        let allowed = vec![name.clone()];
        let broken = header(json, check, Rejection::AlgorithmUnsupported { name });
        Broken {
            verifier: Verifier {
                allowed,
                ..verifier()
            },
            ..broken
        }
    });
    alone.into_iter().chain(unsupported).collect()
}

fn keys() -> Vec<Broken> {
    let check = Check::KeyFound;
    let named = |kid: &str| format!(r#"{{"alg":"HS256","typ":"at+jwt","kid":{kid}}}"#);
    let unknown = |kid: Option<&str>| Rejection::KeyUnknown {
        kid: kid.map(str::to_owned),
    };
    let nameless = r#"{"alg":"HS256","typ":"at+jwt"}"#;
    let with = |keys, broken| Broken {
        verifier: Verifier { keys, ..verifier() },
        ..broken
    };
    let two = || vec![key("k1", SECRET), key("k2", SECRET)];
    vec![
        header(named("1"), check, malformed("kid")),
        header(named("null"), check, malformed("kid")),
        header(named(r#"["k1"]"#), check, malformed("kid")),
        header(named(r#""K1""#), check, unknown(Some("K1"))),
        header(named(r#""k1 ""#), check, unknown(Some("k1 "))),
        header(named(r#""""#), check, unknown(Some(""))),
        header(
            named(r#""../../dev/null""#),
            check,
            unknown(Some("../../dev/null")),
        ),
        header(
            named(r#""' OR 1=1 --""#),
            check,
            unknown(Some("' OR 1=1 --")),
        ),
        with(two(), header(nameless, check, unknown(None))),
        with(two(), header(named(r#""k3""#), check, unknown(Some("k3")))),
        with(Vec::new(), header(nameless, check, Rejection::NoKey)),
        with(Vec::new(), header(HEADER, check, Rejection::NoKey)),
    ]
}
