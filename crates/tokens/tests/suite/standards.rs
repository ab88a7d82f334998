//! The standards' own examples, as facts.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{KeyProblem, Timestamp, TokenCheck, TokenFact, TokenPart, TokenRejection};
use tokens::{Algorithm, Claims, Verifier, inspect, read_keys, signature, verify};

use crate::fixture::{assert_accepted, assert_refused, given};

/// An example, with the key as the standard prints it: of a pair both halves.
struct Example {
    token: String,
    jwk: String,
}

impl Example {
    /// RFC 7515, appendix A; RFC 8037, A.4; RFC 7520, 4.1 to 4.4.
    fn from(source: &str) -> Self {
        let all: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../vectors/standards.json")).expect("JSON");
        let example = all.iter().find(|example| example["from"] == source);
        let example = example.expect("an example of that name");
        Self {
            token: example["token"].as_str().expect("text").to_owned(),
            jwk: example["key"].to_string(),
        }
    }

    /// Knows the key, both halves where there are two, and allows this algorithm.
    fn verifier(&self, algorithm: &str) -> Verifier {
        Verifier {
            keys: read_keys(&given(&self.jwk)).0,
            allowed: vec![algorithm.to_owned()],
            ..Verifier::default()
        }
    }

    fn signature(&self) -> &str {
        self.token.rsplit('.').next().unwrap_or_default()
    }
}

const A_EXP: Timestamp = Timestamp::from_seconds(1_300_819_380);
const BEFORE: Timestamp = A_EXP.plus_seconds(-1);
const A_HEADERS: [(&str, &str, &str); 3] = [
    (
        "RFC 7515, A.1",
        "HS256",
        "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}",
    ),
    ("RFC 7515, A.2", "RS256", r#"{"alg":"RS256"}"#),
    ("RFC 7515, A.3", "ES256", r#"{"alg":"ES256"}"#),
];

#[test]
fn rfc_7515_a_1_to_a_3_verify_until_they_expire() {
    for (source, algorithm, header) in A_HEADERS {
        let example = Example::from(source);
        let token = &example.token;
        let mut verifier = Verifier {
            issuer: Some("joe".to_owned()),
            ..example.verifier(algorithm)
        };
        let inspection = inspect(token, &verifier, BEFORE);
        assert_eq!(inspection.header.as_deref(), Some(header));
        let payload =
            "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
        assert_eq!(inspection.payload.as_deref(), Some(payload));

        // With both halves of the key, and with the public one alone.
        for _ in 0..2 {
            let signature = example.signature().to_owned();
            let fact = TokenFact::SignatureMatches { signature };
            assert_accepted(token, &verifier, BEFORE, TokenCheck::Signature, &fact);
            let claims = Claims {
                iss: Some("joe".to_owned()),
                exp: A_EXP,
                ..Claims::default()
            };
            assert_eq!(verify(token, &verifier, BEFORE).claims, Some(claims));

            let expired = TokenRejection::Expired {
                at: A_EXP,
                now: A_EXP,
            };
            assert_refused(token, &verifier, A_EXP, TokenCheck::Expiry, &expired);
            if let Some(half) = verifier.keys[0].public_half() {
                verifier.keys = vec![half];
            }
        }
    }
}

#[test]
fn rfc_7515_a_1_has_no_audience() {
    let example = Example::from("RFC 7515, A.1");
    let verifier = Verifier {
        audience: Some("api".to_owned()),
        ..example.verifier("HS256")
    };
    let missing = TokenRejection::Missing {
        name: "aud".to_owned(),
    };
    assert_refused(
        &example.token,
        &verifier,
        BEFORE,
        TokenCheck::Audience,
        &missing,
    );
}

#[test]
fn rfc_7515_a_5_is_unsigned_and_refused() {
    let example = Example::from("RFC 7515, A.5");
    let (check, rejection) = (TokenCheck::AlgorithmAllowed, TokenRejection::AlgorithmNone);
    for allowed in ["HS256", "none"] {
        let verifier = example.verifier(allowed);
        assert_refused(&example.token, &verifier, BEFORE, check, &rejection);
    }
}

/// Their payloads are texts.
#[test]
fn what_is_signed_right_and_is_no_json_fails_there() {
    for (source, algorithm, column, message) in [
        ("RFC 8037, A.4", "EdDSA", 1, "expected value"),
        ("RFC 7520, 4.1", "RS256", 1, "expected value"),
        ("RFC 7520, 4.2", "PS384", 1, "expected value"),
        ("RFC 7520, 4.4", "HS256", 1, "expected value"),
    ] {
        let example = Example::from(source);
        let rejection = TokenRejection::NotJson {
            part: TokenPart::Payload,
            line: 1,
            column,
            message: message.to_owned(),
        };
        assert_refused(
            &example.token,
            &example.verifier(algorithm),
            BEFORE,
            TokenCheck::PayloadJson,
            &rejection,
        );
    }
}

#[test]
fn es512_is_said_to_be_unsupported() {
    for source in ["RFC 7515, A.4", "RFC 7520, 4.3"] {
        let example = Example::from(source);
        let unsupported = TokenRejection::AlgorithmUnsupported {
            name: "ES512".to_owned(),
        };
        assert_refused(
            &example.token,
            &example.verifier("ES512"),
            BEFORE,
            TokenCheck::AlgorithmAllowed,
            &unsupported,
        );
        let (keys, report) = read_keys(&given(&example.jwk));
        assert_eq!(keys, []);
        let name = "P-521".to_owned();
        assert_eq!(report.problems, [KeyProblem::UnsupportedType { name }]);
    }
}

/// Where an algorithm has one right signature, ours is the standard's; of the others it is as good.
#[test]
fn our_signatures_are_the_standards() {
    for (source, algorithm) in [
        ("RFC 7515, A.1", Algorithm::Hs256),
        ("RFC 7515, A.2", Algorithm::Rs256),
        ("RFC 7515, A.3", Algorithm::Es256),
        ("RFC 8037, A.4", Algorithm::EdDsa),
        ("RFC 7520, 4.1", Algorithm::Rs256),
        ("RFC 7520, 4.2", Algorithm::Ps384),
        ("RFC 7520, 4.4", Algorithm::Hs256),
    ] {
        let example = Example::from(source);
        let key = &example.verifier(algorithm.name()).keys[0];
        let (input, theirs) = example.token.rsplit_once('.').expect("three parts");
        let ours = signature(input, key, algorithm).expect("the key fits");
        assert!(key.recognises(&ours, algorithm, input), "{source}");
        assert_eq!(
            ours == theirs,
            algorithm.is_deterministic(),
            "{source}: {ours}"
        );
        // Of another text it is not.
        assert!(!key.recognises(theirs, algorithm, &input[1..]), "{source}");
    }
}

#[test]
fn rfc_7520_4_4_can_be_read_though_it_is_no_json() {
    let example = Example::from("RFC 7520, 4.4");
    let payload = inspect(&example.token, &example.verifier("HS256"), BEFORE).payload;
    let payload = payload.expect("it is text");
    assert!(payload.starts_with("It’s a dangerous business, Frodo"));
    let octets = URL_SAFE_NO_PAD.decode(example.token.split('.').nth(1).unwrap_or_default());
    assert_eq!(octets, Ok(payload.into_bytes()));
}
