//! The standards' own examples, as facts.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{Timestamp, TokenCheck, TokenFact, TokenOutcome, TokenPart, TokenRejection};
use tokens::{Claims, Verifier, inspect, verify};

use crate::fixture::{assert_accepted, assert_refused, key};

fn verifier(kid: &str, jwk_k: &str) -> Verifier {
    let secret = URL_SAFE_NO_PAD.decode(jwk_k).expect("base64url");
    Verifier {
        keys: vec![key(kid, &secret)],
        allowed: vec!["HS256".to_owned()],
        ..Verifier::default()
    }
}

/// RFC 7515, A.1.1.
const A1: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9\
    .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ\
    .dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const A1_KEY: &str =
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
const A1_EXP: Timestamp = Timestamp::from_seconds(1_300_819_380);

#[test]
fn rfc_7515_a_1_verifies_until_it_expires() {
    let verifier = Verifier {
        issuer: Some("joe".to_owned()),
        token_type: Some("JWT".to_owned()),
        ..verifier("any", A1_KEY)
    };
    let before = A1_EXP.plus_seconds(-1);
    let signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
    let fact = TokenFact::SignatureMatches { signature };
    assert_accepted(A1, &verifier, before, TokenCheck::Signature, &fact);
    let claims = Claims {
        iss: Some("joe".to_owned()),
        exp: A1_EXP,
        ..Claims::default()
    };
    assert_eq!(verify(A1, &verifier, before).claims, Some(claims));

    let expired = TokenRejection::Expired {
        at: A1_EXP,
        now: A1_EXP,
    };
    assert_refused(A1, &verifier, A1_EXP, TokenCheck::Expiry, &expired);

    let inspection = inspect(A1, &verifier, before);
    let header = "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}";
    let payload =
        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
    assert_eq!(inspection.header.as_deref(), Some(header));
    assert_eq!(inspection.payload.as_deref(), Some(payload));
}

#[test]
fn rfc_7515_a_1_has_no_audience() {
    let verifier = Verifier {
        audience: Some("api".to_owned()),
        ..verifier("any", A1_KEY)
    };
    let missing = TokenRejection::Missing {
        name: "aud".to_owned(),
    };
    let now = A1_EXP.plus_seconds(-1);
    assert_refused(A1, &verifier, now, TokenCheck::Audience, &missing);
}

#[test]
fn rfc_7515_a_5_is_unsigned_and_refused() {
    let token = "eyJhbGciOiJub25lIn0\
        .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";
    let verifier = verifier("any", A1_KEY);
    let (check, rejection) = (TokenCheck::AlgorithmAllowed, TokenRejection::AlgorithmNone);
    assert_refused(token, &verifier, Timestamp::default(), check, &rejection);
}

#[test]
fn rfc_7520_4_4_is_signed_right_and_is_no_json() {
    let token = "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9\
        .SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAg\
        b250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dp\
        bmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4\
        .s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0";
    let kid = "018c0ae5-4d9b-471b-bfd6-eef314bc7037";
    let verifier = verifier(kid, "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg");
    let now = Timestamp::default();
    let not_json = TokenRejection::NotJson {
        part: TokenPart::Payload,
        line: 1,
        column: 1,
        message: "expected value".to_owned(),
    };
    assert_refused(token, &verifier, now, TokenCheck::PayloadJson, &not_json);

    let inspection = inspect(token, &verifier, now);
    let signature = "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0".to_owned();
    let matches = TokenOutcome::Passed(TokenFact::SignatureMatches { signature });
    let step = inspection
        .checks
        .into_iter()
        .find(|step| step.check == TokenCheck::Signature);
    assert_eq!(step.map(|step| step.outcome), Some(matches));
    let payload = inspection.payload.expect("it is text");
    assert!(payload.starts_with("It’s a dangerous business, Frodo"));
}
