//! Tokens as we sign them.

use protocol::{SigningProblem, Timestamp};
use tokens::{Algorithm, Claims, Key, sign, signature, verify};

use crate::fixture::{HEADER, NOW, PAYLOAD, SECRET, encode, key, signed, verifier};

fn claims() -> Claims {
    Claims {
        iss: Some("me".to_owned()),
        sub: Some("42".to_owned()),
        aud: vec!["api".to_owned()],
        iat: Some(NOW),
        exp: NOW.plus_seconds(600),
        jti: Some("t1".to_owned()),
        role: Some("member".to_owned()),
        name: Some("Zoë \"Z\"".to_owned()),
    }
}

#[test]
fn a_token_has_header_and_claims_in_order() {
    let token = sign(&claims(), "at+jwt", &key("k1", SECRET), Algorithm::Hs256)
        .expect("the key is long enough");
    let header = r#"{"alg":"HS256","typ":"at+jwt","kid":"k1"}"#;
    let payload = r#"{"iss":"me","sub":"42","aud":"api","iat":1700000000,"exp":1700000600,"jti":"t1","role":"member","name":"Zoë \"Z\""}"#;
    assert_eq!(
        token,
        signed(&format!("{}.{}", encode(header), encode(payload)))
    );
    assert_eq!(verify(&token, &verifier(), NOW).claims, Some(claims()));
}

#[test]
fn what_is_absent_is_left_out_and_times_are_whole_seconds() {
    let claims = Claims {
        aud: vec!["a".to_owned(), "b".to_owned()],
        iat: Some(Timestamp::from_milliseconds(-1)),
        exp: Timestamp::from_milliseconds(1999),
        ..Claims::default()
    };
    let token = sign(&claims, "JWT", &Key::secret(SECRET), Algorithm::Hs256)
        .expect("the key is long enough");
    let header = r#"{"alg":"HS256","typ":"JWT"}"#;
    let payload = r#"{"aud":["a","b"],"iat":-1,"exp":1}"#;
    assert_eq!(
        token,
        signed(&format!("{}.{}", encode(header), encode(payload)))
    );
}

/// What was issued, or edited, or is no token at all.
#[test]
fn whatever_is_signed_gets_the_signature_that_issuing_gives() {
    let key = key("k1", SECRET);
    let issued = sign(&claims(), "at+jwt", &key, Algorithm::Hs256).expect("the key is long enough");
    let (issued, _) = issued.rsplit_once('.').expect("it has a signature");
    for input in [
        issued,
        &format!("{}.{}", encode(HEADER), encode(PAYLOAD)),
        &format!("{}.{}", encode(r#"{"alg":"none"}"#), encode("{}")),
        "",
        ".",
        "no token ä",
    ] {
        let made = signature(input, &key, Algorithm::Hs256).expect("the key is long enough");
        assert_eq!(format!("{input}.{made}"), signed(input));
    }
}

#[test]
fn what_is_signed_again_passes_where_its_header_is_the_servers() {
    for (header, passes) in [(HEADER, true), (r#"{"alg":"none","typ":"at+jwt"}"#, false)] {
        let input = format!("{}.{}", encode(header), encode(PAYLOAD));
        let made = signature(&input, &key("k1", SECRET), Algorithm::Hs256)
            .expect("the key is long enough");
        let verification = verify(&format!("{input}.{made}"), &verifier(), NOW);
        assert_eq!(verification.claims.is_some(), passes, "{header}");
    }
}

#[test]
fn no_short_key_signs() {
    let refused = signature("a.b", &Key::secret(b"short"), Algorithm::Hs256);
    let (bits, needed) = (40, 256);
    assert_eq!(refused, Err(SigningProblem::TooShort { bits, needed }));
}

#[test]
fn a_key_never_shows_its_secret() {
    let key = Key::secret([171; 32]).with_kid("k1");
    let shown = format!(
        "{key:?} {:#?}",
        tokens::Verifier {
            keys: vec![key.clone()],
            ..verifier()
        }
    );
    assert!(shown.contains("k1") && shown.contains("256"), "{shown}");
    for secret in ["171", "ab", "AB"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
