//! JWKs that are no keys, member by member, and what is said of each.

use protocol::{KeyEncoding, KeyFormat, KeyProblem as Problem};
use tokens::read_keys;

use crate::fixture::{encode, given};
use crate::key_problems::{assert_problem, unsupported};

fn malformed(name: &str) -> Problem {
    Problem::Malformed {
        name: name.to_owned(),
    }
}

fn missing(name: &str) -> Problem {
    Problem::Missing {
        name: name.to_owned(),
    }
}

fn not_for_signatures(member: &str, value: &str) -> Problem {
    Problem::NotForSignatures {
        member: member.to_owned(),
        value: value.to_owned(),
    }
}

const X: &str = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
const Y: &str = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
const D: &str = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE";
const ED_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// Members of a JWK, each by its kind, and what is wrong with them.
fn broken_jwks() -> Vec<(String, Problem)> {
    let other = encode([5; 32]);
    let (n, even) = (encode([0x81; 256]), encode([0x80; 256]));
    let huge = encode([0x81; 1025]);
    let ec = |rest: &str| format!(r#""kty":"EC","crv":"P-256"{rest}"#);
    let okp = |rest: &str| format!(r#""kty":"OKP","crv":"Ed25519"{rest}"#);
    let rsa = |rest: &str| format!(r#""kty":"RSA"{rest}"#);
    let oct = |rest: &str| format!(r#""kty":"oct"{rest}"#);
    vec![
        (r#""kty":5"#.to_owned(), malformed("kty")),
        (r#""kty":null"#.to_owned(), malformed("kty")),
        (r#""kty":"""#.to_owned(), unsupported("")),
        (r#""kty":"rsa""#.to_owned(), unsupported("rsa")),
        (r#""kty":"AKP""#.to_owned(), unsupported("AKP")),
        (oct(""), missing("k")),
        (oct(r#","k":"""#), malformed("k")),
        (oct(r#","k":"A""#), malformed("k")),
        (oct(r#","k":"AA==""#), malformed("k")),
        (oct(r#","k":"AA AA""#), malformed("k")),
        (oct(r#","k":7"#), malformed("k")),
        (oct(r#","k":["AA"]"#), malformed("k")),
        (oct(r#","k":"AAAA","k":"BBBB""#), malformed("k")),
        (oct(r#","k":"AAAA","kid":5"#), malformed("kid")),
        (oct(r#","k":"AAAA","alg":5"#), malformed("alg")),
        (oct(r#","k":"AAAA","alg":"RS256""#), malformed("alg")),
        (
            oct(r#","k":"AAAA","alg":"A128KW""#),
            not_for_signatures("alg", "A128KW"),
        ),
        (
            oct(r#","k":"AAAA","alg":"none""#),
            not_for_signatures("alg", "none"),
        ),
        (
            oct(r#","k":"AAAA","alg":"hs256""#),
            not_for_signatures("alg", "hs256"),
        ),
        (
            oct(r#","k":"AAAA","use":"enc""#),
            not_for_signatures("use", "enc"),
        ),
        (oct(r#","k":"AAAA","use":[]"#), malformed("use")),
        (oct(r#","k":"AAAA","key_ops":"sign""#), malformed("key_ops")),
        (
            oct(r#","k":"AAAA","key_ops":[]"#),
            not_for_signatures("key_ops", ""),
        ),
        (
            oct(r#","k":"AAAA","key_ops":["encrypt",1,"decrypt"]"#),
            not_for_signatures("key_ops", "encrypt, decrypt"),
        ),
        (r#""kty":"EC""#.to_owned(), missing("crv")),
        (r#""kty":"EC","crv":5"#.to_owned(), malformed("crv")),
        (
            r#""kty":"EC","crv":"P-521""#.to_owned(),
            unsupported("P-521"),
        ),
        (
            r#""kty":"EC","crv":"secp256k1""#.to_owned(),
            unsupported("secp256k1"),
        ),
        (ec(""), missing("x")),
        (ec(&format!(r#","x":"{X}""#)), missing("y")),
        (ec(&format!(r#","x":"AA","y":"{Y}""#)), malformed("x")),
        (ec(&format!(r#","x":"{X}","y":"AAAA""#)), malformed("y")),
        // Not on the curve.
        (ec(&format!(r#","x":"{X}","y":"{X}""#)), malformed("x")),
        (
            ec(&format!(r#","x":"{X}","y":"{Y}","d":"AAAA""#)),
            malformed("d"),
        ),
        // Of another pair.
        (
            ec(&format!(r#","x":"{X}","y":"{Y}","d":"{other}""#)),
            malformed("d"),
        ),
        (
            ec(&format!(
                r#","x":"{X}","y":"{Y}","d":"{}""#,
                encode([0; 32])
            )),
            malformed("d"),
        ),
        (
            ec(&format!(
                r#","x":"{X}","y":"{Y}","d":"{}""#,
                encode([255; 32])
            )),
            malformed("d"),
        ),
        (
            ec(&format!(r#","x":"{X}","y":"{Y}","d":"{D}","alg":"ES384""#)),
            malformed("alg"),
        ),
        (
            format!(r#""kty":"EC","crv":"P-384","x":"{X}","y":"{Y}""#),
            malformed("x"),
        ),
        (r#""kty":"OKP""#.to_owned(), missing("crv")),
        (
            r#""kty":"OKP","crv":"X25519""#.to_owned(),
            unsupported("X25519"),
        ),
        (
            r#""kty":"OKP","crv":"Ed448""#.to_owned(),
            unsupported("Ed448"),
        ),
        (okp(""), missing("x")),
        (okp(r#","x":"AAAA""#), malformed("x")),
        (
            okp(&format!(r#","x":"{}""#, encode([2; 32]))),
            malformed("x"),
        ),
        // Of small order: about any signature would hold.
        (
            okp(&format!(r#","x":"{}""#, encode([0; 32]))),
            malformed("x"),
        ),
        (okp(&format!(r#","x":"{ED_X}","d":"AAAA""#)), malformed("d")),
        (
            okp(&format!(r#","x":"{ED_X}","d":"{other}""#)),
            malformed("x"),
        ),
        (rsa(""), missing("n")),
        (rsa(&format!(r#","n":"{n}""#)), missing("e")),
        (rsa(r#","n":"","e":"AQAB""#), malformed("n")),
        (rsa(&format!(r#","n":"{even}","e":"AQAB""#)), malformed("n")),
        (rsa(&format!(r#","n":"{n}","e":"""#)), malformed("e")),
        (rsa(&format!(r#","n":"{n}","e":"AQ""#)), malformed("e")),
        (rsa(&format!(r#","n":"{n}","e":"AQAA""#)), malformed("e")),
        (rsa(&format!(r#","n":"{n}","e":"{n}""#)), malformed("e")),
        (
            rsa(&format!(r#","n":"{n}","e":"AwAAAAAB""#)),
            malformed("e"),
        ),
        (
            rsa(&format!(r#","n":"{huge}","e":"AQAB""#)),
            Problem::TooLong {
                bits: 8200,
                most: 4096,
            },
        ),
        (
            rsa(&format!(r#","n":"{n}","e":"AQAB","d":"AQ""#)),
            malformed("d"),
        ),
        (
            rsa(&format!(r#","n":"{n}","e":"AQAB","d":"""#)),
            malformed("d"),
        ),
        (
            rsa(&format!(r#","n":"{n}","e":"AQAB","d":"{huge}""#)),
            malformed("d"),
        ),
        (
            rsa(&format!(r#","n":"{n}","e":"AQAB","d":"AQ","p":"AQ""#)),
            missing("q"),
        ),
        (
            rsa(&format!(r#","n":"{n}","e":"AQAB","d":"AQ","q":"AQ""#)),
            missing("p"),
        ),
        (
            rsa(&format!(
                r#","n":"{n}","e":"AQAB","d":"AQ","p":"AQ","q":"AQ""#
            )),
            malformed("p"),
        ),
        (
            rsa(&format!(
                r#","n":"{n}","e":"AQAB","d":"AQ","p":"","q":"AQ""#
            )),
            malformed("p"),
        ),
        (
            rsa(&format!(r#","n":"{n}","e":"AQAB","d":"AQ","oth":[]"#)),
            unsupported("RSA, oth"),
        ),
    ]
}

#[test]
fn a_jwk_that_holds_no_key_says_why() {
    let broken = broken_jwks();
    for (members, problem) in &broken {
        let jwk = format!("{{{members}}}");
        assert_problem(&jwk, KeyEncoding::Detect, problem);
    }
    // In a set each is told, and the others are read.
    let mut jwks: Vec<String> = broken
        .iter()
        .map(|(members, _)| format!("{{{members}}}"))
        .collect();
    let mut problems: Vec<Problem> = broken.into_iter().map(|(_, problem)| problem).collect();
    jwks.push(r#"{"kty":"oct","k":"AAAA","kid":"good"}"#.to_owned());
    jwks.push("5".to_owned());
    jwks.push(r#"{"k":"AAAA"}"#.to_owned());
    problems.push(Problem::NotJwk);
    problems.push(missing("kty"));
    let (keys, report) = read_keys(&given(format!(r#"{{"keys":[{}]}}"#, jwks.join(","))));
    assert_eq!(report.format, Some(KeyFormat::Jwks));
    assert_eq!(report.problems, problems);
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].kid.as_deref(), Some("good"));
}

#[test]
fn one_prime_twice_is_no_rsa_key() {
    let jwk = include_str!("../keys/rsa-square.json");
    assert_problem(jwk, KeyEncoding::Detect, &malformed("p"));
}
