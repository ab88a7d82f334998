//! Broken in content: the wrong key, the wrong signature, and claims that do not hold.

use protocol::{Timestamp, TokenCheck as Check, TokenPart as Part, TokenRejection as Rejection};
use tokens::{Algorithm, Key, Verifier, signature};

use super::{
    Broken, header, input, malformed, missing, not_json, payload, repeated, text, unexpected,
};
use crate::fixture::{
    HEADER, NOW, PAYLOAD, SECRET, encode, key_for, read_one, verifier, verifier_of,
};

pub(super) fn all() -> Vec<Broken> {
    [
        keys(),
        signatures(),
        payload_json(),
        times(),
        parties(),
        types(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A good header and payload under that algorithm.
fn input_for(algorithm: Algorithm) -> String {
    let header = format!(r#"{{"alg":"{algorithm}","typ":"at+jwt","kid":"k1"}}"#);
    input(&header, PAYLOAD)
}

fn under(key: Key, algorithm: Algorithm, signature: &str, check: Check, why: Rejection) -> Broken {
    Broken {
        verifier: verifier_of(vec![key.with_kid("k1")], algorithm),
        ..text(format!("{}.{signature}", input_for(algorithm)), check, why)
    }
}

/// A key of another kind for each algorithm, one for another algorithm of its kind, and one that is too short.
fn keys() -> Vec<Broken> {
    let mut all = Vec::new();
    for algorithm in Algorithm::ALL {
        let unfit = || Rejection::KeyUnfit {
            algorithm: algorithm.name().to_owned(),
        };
        let others = Algorithm::ALL
            .into_iter()
            .filter(|other| *other != algorithm);
        for other in others.step_by(5) {
            let key = key_for(other).with_algorithm(other);
            all.push(under(key, algorithm, "AA", Check::KeyFits, unfit()));
        }
        let (short, bits) = match algorithm {
            Algorithm::Hs256 => (Key::secret(&SECRET[1..]), 248),
            Algorithm::Hs384 => (Key::secret(SECRET), 256),
            Algorithm::Hs512 => (Key::secret([1; 63]), 504),
            Algorithm::Rs256 | Algorithm::Ps512 => (
                read_one(include_str!("../../keys/rsa-1024.pkcs8.pem")),
                1024,
            ),
            _ => continue,
        };
        let needed = algorithm.least_key_bits();
        let too_short = Rejection::KeyTooShort { bits, needed };
        all.push(under(
            short,
            algorithm,
            "AA",
            Check::KeyLongEnough,
            too_short,
        ));
    }
    all
}

/// For each algorithm: none, one of another length, one with a changed bit, one of another text.
fn signatures() -> Vec<Broken> {
    let mut all = Vec::new();
    for algorithm in Algorithm::ALL {
        let key = key_for(algorithm);
        let good = signature(&input_for(algorithm), &key, algorithm).expect("the key fits");
        let needed = (good.len() * 3 / 4) as u32;
        for given in ["", "AA", "AAAAAAAAAAAAAAAA"] {
            let octets = (given.len() * 3 / 4) as u32;
            let length = Rejection::SignatureLength { octets, needed };
            all.push(under(
                key.clone(),
                algorithm,
                given,
                Check::Signature,
                length,
            ));
        }
        let of_another = signature("a.b", &key, algorithm).expect("the key fits");
        let first = if good.starts_with('A') { 'B' } else { 'A' };
        let zeros = encode(vec![0; needed as usize]);
        for given in [format!("{first}{}", &good[1..]), of_another, zeros] {
            let is_shown = algorithm == Algorithm::EdDsa || algorithm.name().starts_with("HS");
            let mismatch = Rejection::SignatureMismatch {
                given: given.chars().take(200).collect(),
                computed: is_shown.then(|| good.clone()),
            };
            all.push(under(
                key.clone(),
                algorithm,
                &given,
                Check::Signature,
                mismatch,
            ));
        }
    }
    all
}

fn payload_json() -> Vec<Broken> {
    let part = Part::Payload;
    let json = Check::PayloadJson;
    let names = Check::ClaimNamesUnique;
    let twice = |json: &str, name: &str| payload(json, names, repeated(part, name));
    vec![
        payload("", json, not_json(part, 1, 1, "EOF while parsing a value")),
        payload("hello", json, not_json(part, 1, 1, "expected value")),
        payload(
            &PAYLOAD[1..],
            json,
            not_json(part, 1, 6, "trailing characters"),
        ),
        payload(
            "{\"exp\":1\n\"iss\":2}",
            json,
            not_json(part, 2, 1, "expected `,` or `}`"),
        ),
        payload("{\"exp\":.5}", json, not_json(part, 1, 8, "expected value")),
        payload(
            "{\"exp\":1e999}",
            json,
            not_json(part, 1, 12, "number out of range"),
        ),
        payload(
            "{\"exp\":NaN}",
            json,
            not_json(part, 1, 8, "expected value"),
        ),
        payload([0x80], json, not_json(part, 1, 1, "expected value")),
        payload("[]", json, Rejection::NotObject { part }),
        payload("true", json, Rejection::NotObject { part }),
        payload("1700000600", json, Rejection::NotObject { part }),
        payload("\"{}\"", json, Rejection::NotObject { part }),
        twice(r#"{"exp":1700000600,"exp":1}"#, "exp"),
        twice(r#"{"exp":1,"\u0065xp":1700000600}"#, "exp"),
        twice(r#"{"iss":"me","aud":"api","role":"a","role":"b"}"#, "role"),
        twice(r#"{"":1,"":1}"#, ""),
    ]
}

fn times() -> Vec<Broken> {
    let seconds = Timestamp::from_seconds;
    let expired = |at| Rejection::Expired { at, now: NOW };
    let early = |from| Rejection::NotYetValid { from, now: NOW };
    let exp = [
        ("1700000000", expired(NOW)),
        (
            "1699999999.999",
            expired(Timestamp::from_milliseconds(1_699_999_999_999)),
        ),
        ("0", expired(seconds(0))),
        ("-1", expired(seconds(-1))),
        ("-1e300", expired(Timestamp::from_milliseconds(i64::MIN))),
        ("\"1700000600\"", malformed("exp")),
        ("null", malformed("exp")),
        ("true", malformed("exp")),
        ("[1700000600]", malformed("exp")),
        ("{}", malformed("exp")),
    ];
    let nbf = [
        ("1700000001", early(NOW.plus_seconds(1))),
        (
            "1700000000.001",
            early(Timestamp::from_milliseconds(1_700_000_000_001)),
        ),
        ("1e300", early(Timestamp::from_milliseconds(i64::MAX))),
        ("\"0\"", malformed("nbf")),
        ("null", malformed("nbf")),
    ];
    let mut all = vec![
        payload("{}", Check::Expiry, missing("exp")),
        payload(r#"{"EXP":1700000600}"#, Check::Expiry, missing("exp")),
    ];
    all.extend(
        exp.map(|(exp, rejection)| {
            payload(format!(r#"{{"exp":{exp}}}"#), Check::Expiry, rejection)
        }),
    );
    all.extend(nbf.map(|(nbf, rejection)| {
        let json = format!(r#"{{"exp":1700000600,"nbf":{nbf}}}"#);
        payload(json, Check::NotBefore, rejection)
    }));
    all
}

fn parties() -> Vec<Broken> {
    let iss = [
        ("", missing("iss")),
        (r#","iss":"you""#, unexpected("iss", "you", "me")),
        (r#","iss":"me ""#, unexpected("iss", "me ", "me")),
        (r#","iss":"""#, unexpected("iss", "", "me")),
        (r#","iss":["me"]"#, malformed("iss")),
        (r#","iss":null"#, malformed("iss")),
    ];
    let aud = [
        ("", missing("aud")),
        (r#","aud":"app""#, unexpected("aud", "app", "api")),
        (r#","aud":"API""#, unexpected("aud", "API", "api")),
        (r#","aud":"api,app""#, unexpected("aud", "api,app", "api")),
        (r#","aud":[]"#, unexpected("aud", "", "api")),
        (r#","aud":["a","b"]"#, unexpected("aud", "a, b", "api")),
        (r#","aud":["api",1]"#, malformed("aud")),
        (r#","aud":{"api":1}"#, malformed("aud")),
        (r#","aud":1"#, malformed("aud")),
    ];
    let iss = iss.map(|(claim, rejection)| {
        let json = format!(r#"{{"exp":1700000600{claim}}}"#);
        payload(json, Check::Issuer, rejection)
    });
    let aud = aud.map(|(claim, rejection)| {
        let json = format!(r#"{{"exp":1700000600,"iss":"me"{claim}}}"#);
        payload(json, Check::Audience, rejection)
    });
    iss.into_iter().chain(aud).collect()
}

fn types() -> Vec<Broken> {
    let typ = [
        ("", missing("typ")),
        (r#","typ":"JWT""#, unexpected("typ", "JWT", "at+jwt")),
        (
            r#","typ":"refresh+jwt""#,
            unexpected("typ", "refresh+jwt", "at+jwt"),
        ),
        (
            r#","typ":"at+jwt ""#,
            unexpected("typ", "at+jwt ", "at+jwt"),
        ),
        (r#","typ":5"#, malformed("typ")),
    ];
    let mut all: Vec<Broken> = typ
        .map(|(member, rejection)| {
            let json = format!(r#"{{"alg":"HS256","kid":"k1"{member}}}"#);
            header(json, Check::Type, rejection)
        })
        .into();
    // The last check runs where those before it are left out.
    all.push(Broken {
        verifier: Verifier {
            token_type: Some("other".to_owned()),
            left_out: vec![Check::Expiry, Check::Issuer, Check::Audience],
            ..verifier()
        },
        ..text(
            crate::fixture::forge(HEADER, "{}"),
            Check::Type,
            unexpected("typ", "at+jwt", "other"),
        )
    });
    all
}
