//! `GET /me` with a bearer token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{Check, Fact, Lane, Outcome, Rejection, TokenCheck, TokenPart, TokenRejection};

use crate::fixture::{
    NOW, SECRET, Verdict, World, assert_verdict, bearer, check, cookie, get, json, operations,
    outcome, with, worlds,
};
use crate::plans::{NO_ROUTE, TOKEN_ME};

const HEADER: &str = r#"{"alg":"HS256","typ":"at+jwt","kid":"k1"}"#;
const PAYLOAD: &str = r#"{"iss":"ticket-or-passport","sub":"42","aud":"api","iat":1700000000,"exp":1700000900,"jti":"x","role":"member","name":"Mira Lind"}"#;

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A token of these two texts, with a signature that holds.
fn signed(header: &str, payload: &str) -> String {
    let input = format!("{}.{}", encode(header), encode(payload));
    let key = jsonwebtoken::EncodingKey::from_secret(SECRET);
    let algorithm = jsonwebtoken::Algorithm::HS256;
    let signature =
        jsonwebtoken::crypto::sign(input.as_bytes(), &key, algorithm).expect("HMAC takes any key");
    format!("{input}.{signature}")
}

/// The member's token, issued now.
pub(crate) fn good_token() -> String {
    signed(HEADER, PAYLOAD)
}

#[test]
fn a_good_token_is_known_by_one_signature_and_no_read() {
    for mut world in worlds() {
        let handled = world.send(Lane::B, &bearer(get("/me"), &good_token()));
        assert_verdict(world.name, &handled, TOKEN_ME, &Verdict::Done(200));
        assert!(operations(&handled.steps).is_empty());
        let checked: u32 = handled
            .steps
            .iter()
            .map(|step| step.cost.signature_checks)
            .sum();
        assert_eq!(checked, 1);
        assert_eq!(
            json(&handled.response),
            serde_json::json!({ "id": 42, "name": "Mira Lind", "role": "member" })
        );
    }
}

/// The scheme's name has no case. RFC 9110, 11.1.
#[test]
fn the_authorization_field_is_read_as_written() {
    let token = good_token();
    for (field, accepted) in [
        (format!("Bearer {token}"), true),
        (format!("bearer {token}"), true),
        (format!("BEARER   {token}"), true),
    ] {
        let verdict = Verdict::Done(if accepted { 200 } else { 401 });
        let request = |_: &mut World| with(get("/me"), "Authorization", &field);
        check(Lane::B, request, TOKEN_ME, &verdict);
    }
    for (field, scheme) in [
        ("Basic bWVtYmVyOnNlY3JldA==", "Basic"),
        ("", ""),
        ("Bearer\ta.b.c", "Bearer\ta.b.c"),
        ("BearerX a.b.c", "BearerX"),
        ("Token a.b.c", "Token"),
    ] {
        let rejection = Rejection::AuthorizationNotBearer {
            scheme: scheme.to_owned(),
        };
        let verdict = Verdict::Refused(401, Check::BearerFound, rejection);
        let request = |_: &mut World| with(get("/me"), "Authorization", field);
        check(Lane::B, request, TOKEN_ME, &verdict);
    }
    let verdict = Verdict::Refused(401, Check::BearerFound, Rejection::AuthorizationMissing);
    check(Lane::B, |_| get("/me"), TOKEN_ME, &verdict);
}

#[test]
fn a_session_cookie_means_nothing_to_the_token_lane() {
    let with_session = |world: &mut World| {
        let id = world.session(1, NOW);
        cookie(get("/me"), id.as_str())
    };
    let verdict = Verdict::Refused(401, Check::BearerFound, Rejection::AuthorizationMissing);
    check(Lane::B, with_session, TOKEN_ME, &verdict);
}

#[test]
fn a_token_of_a_megabyte_is_refused_at_the_door() {
    for mut world in worlds() {
        let request = bearer(get("/me"), &"A".repeat(1 << 20));
        let octets = u32::try_from(request.to_string().len()).expect("it is a megabyte");
        let limit = 16 * 1024;
        let rejection = Rejection::FieldsTooLarge { octets, limit };
        let verdict = Verdict::Refused(431, Check::SizeLimited, rejection);
        let handled = world.send(Lane::B, &request);
        assert_verdict(world.name, &handled, NO_ROUTE, &verdict);
    }
}

/// The good payload with one claim changed.
fn payload(from: &str, to: &str) -> String {
    assert!(PAYLOAD.contains(from));
    signed(HEADER, &PAYLOAD.replace(from, to))
}

fn header(text: &str) -> String {
    signed(text, PAYLOAD)
}

fn unexpected(name: &str, found: &str, expected: &str) -> TokenRejection {
    TokenRejection::Unexpected {
        name: name.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
    }
}

fn missing(name: &str) -> TokenRejection {
    TokenRejection::Missing {
        name: name.to_owned(),
    }
}

fn broken_form() -> Vec<(String, TokenCheck, TokenRejection)> {
    let parts = |parts| TokenRejection::PartCount { parts };
    let not_json = |part| TokenRejection::NotObject { part };
    vec![
        (String::new(), TokenCheck::Parts, TokenRejection::Empty),
        (String::from("garbage"), TokenCheck::Parts, parts(1)),
        (String::from("a.b"), TokenCheck::Parts, parts(2)),
        (String::from("a.b.c.d"), TokenCheck::Parts, parts(4)),
        (
            String::from("a.b.c.d.e"),
            TokenCheck::Parts,
            TokenRejection::Encrypted,
        ),
        (
            format!("{}=", good_token()),
            TokenCheck::Base64url,
            TokenRejection::ForeignCharacter {
                part: TokenPart::Signature,
                offset: 43,
                character: '=',
            },
        ),
        (
            header("[]"),
            TokenCheck::HeaderJson,
            not_json(TokenPart::Header),
        ),
        (
            signed(HEADER, "[]"),
            TokenCheck::PayloadJson,
            not_json(TokenPart::Payload),
        ),
        (
            header(r#"{"alg":"HS256","alg":"HS256"}"#),
            TokenCheck::HeaderNamesUnique,
            TokenRejection::NameRepeated {
                part: TokenPart::Header,
                name: String::from("alg"),
            },
        ),
        (
            payload(r#""sub":"42""#, r#""sub":"42","sub":"1""#),
            TokenCheck::ClaimNamesUnique,
            TokenRejection::NameRepeated {
                part: TokenPart::Payload,
                name: String::from("sub"),
            },
        ),
        (
            header(r#"{"alg":"HS256","crit":["b64"],"b64":false}"#),
            TokenCheck::CriticalUnderstood,
            TokenRejection::CriticalUnknown {
                name: String::from("b64"),
            },
        ),
    ]
}

fn broken_trust() -> Vec<(String, TokenCheck, TokenRejection)> {
    let none = format!("{}.{}.", encode(r#"{"alg":"none"}"#), encode(PAYLOAD));
    let unknown_algorithm = |name: &str| TokenRejection::AlgorithmNotAllowed {
        name: name.to_owned(),
        allowed: vec![String::from("HS256")],
    };
    vec![
        (
            none,
            TokenCheck::AlgorithmAllowed,
            TokenRejection::AlgorithmNone,
        ),
        (
            header(r#"{"alg":"NonE","typ":"at+jwt"}"#),
            TokenCheck::AlgorithmAllowed,
            TokenRejection::AlgorithmNone,
        ),
        (
            header(r#"{"alg":"HS512","typ":"at+jwt","kid":"k1"}"#),
            TokenCheck::AlgorithmAllowed,
            unknown_algorithm("HS512"),
        ),
        (
            header(r#"{"alg":"RS256","typ":"at+jwt","kid":"k1"}"#),
            TokenCheck::AlgorithmAllowed,
            unknown_algorithm("RS256"),
        ),
        (
            header(r#"{"typ":"at+jwt","kid":"k1"}"#),
            TokenCheck::AlgorithmAllowed,
            TokenRejection::AlgorithmMissing,
        ),
        (
            header(r#"{"alg":"HS256","typ":"at+jwt","kid":"k2"}"#),
            TokenCheck::KeyFound,
            TokenRejection::KeyUnknown {
                kid: Some(String::from("k2")),
            },
        ),
        (
            payload("1700000900", "1700000000"),
            TokenCheck::Expiry,
            TokenRejection::Expired { at: NOW, now: NOW },
        ),
        (
            payload(r#""exp":1700000900,"#, ""),
            TokenCheck::Expiry,
            missing("exp"),
        ),
        (
            payload(r#""jti":"x""#, r#""nbf":1700000001"#),
            TokenCheck::NotBefore,
            TokenRejection::NotYetValid {
                from: NOW.plus_seconds(1),
                now: NOW,
            },
        ),
        (
            payload("ticket-or-passport", "someone"),
            TokenCheck::Issuer,
            unexpected("iss", "someone", "ticket-or-passport"),
        ),
        (
            payload(r#""api""#, r#"["other"]"#),
            TokenCheck::Audience,
            unexpected("aud", "other", "api"),
        ),
        (
            header(r#"{"alg":"HS256","typ":"JWT","kid":"k1"}"#),
            TokenCheck::Type,
            unexpected("typ", "JWT", "at+jwt"),
        ),
        (
            header(r#"{"alg":"HS256","kid":"k1"}"#),
            TokenCheck::Type,
            missing("typ"),
        ),
    ]
}

#[test]
fn a_token_broken_in_any_way_is_refused_by_the_check_for_it() {
    for (token, refused_at, rejection) in broken_form().into_iter().chain(broken_trust()) {
        let verdict = Verdict::Refused(401, Check::Token(refused_at), Rejection::Token(rejection));
        check(Lane::B, |_| bearer(get("/me"), &token), TOKEN_ME, &verdict);
    }
}

#[test]
fn another_signature_is_refused_and_still_counts_as_a_check() {
    let good = good_token();
    let (input, right) = good.rsplit_once('.').expect("it has three parts");
    let wrong = "A".repeat(43);
    let rejection = TokenRejection::SignatureMismatch {
        given: wrong.clone(),
        computed: Some(right.to_owned()),
    };
    for mut world in worlds() {
        let handled = world.send(Lane::B, &bearer(get("/me"), &format!("{input}.{wrong}")));
        let verdict = Verdict::Refused(
            401,
            Check::Token(TokenCheck::Signature),
            Rejection::Token(rejection.clone()),
        );
        assert_verdict(world.name, &handled, TOKEN_ME, &verdict);
        let checked: u32 = handled
            .steps
            .iter()
            .map(|step| step.cost.signature_checks)
            .sum();
        assert_eq!(checked, 1);
        // The right signature is for the observer's eyes, never for the client's.
        assert!(!handled.response.to_string().contains(right));
    }
}

/// The signature holds, and still there is no such user.
#[test]
fn a_subject_that_is_no_user_number_is_refused() {
    for subject in [
        r#""sub":"mira""#,
        r#""sub":42"#,
        r#""sub":"-1""#,
        r#""x":"42""#,
    ] {
        let token = payload(r#""sub":"42""#, subject);
        let rejection = TokenRejection::Malformed {
            name: String::from("sub"),
        };
        let verdict = Verdict::Refused(401, Check::UserIdentified, Rejection::Token(rejection));
        check(Lane::B, |_| bearer(get("/me"), &token), TOKEN_ME, &verdict);
    }
}

/// RFC 6750, 3 and 3.1: without any token no error is named.
#[test]
fn challenges_are_those_of_bearer_tokens() {
    let expired = payload("1700000900", "1699999999");
    for (request, challenge) in [
        (get("/me"), r#"Bearer realm="ticket-or-passport""#),
        (
            with(get("/me"), "Authorization", "Basic x"),
            r#"Bearer realm="ticket-or-passport""#,
        ),
        (
            bearer(get("/me"), "garbage"),
            r#"Bearer realm="ticket-or-passport", error="invalid_token", error_description="The token is not valid.""#,
        ),
        (
            bearer(get("/me"), &expired),
            r#"Bearer realm="ticket-or-passport", error="invalid_token", error_description="The token has expired.""#,
        ),
    ] {
        for mut world in worlds() {
            let handled = world.send(Lane::B, &request);
            assert_eq!(handled.response.header("WWW-Authenticate"), Some(challenge));
        }
    }
}

/// The lane's price: what the token says holds until it expires, whatever has become of the user.
#[test]
fn a_suspension_does_not_reach_a_token() {
    for mut world in worlds() {
        world.change_member(|member| member.suspended = true);
        let handled = world.send(Lane::B, &bearer(get("/me"), &good_token()));
        assert_verdict(world.name, &handled, TOKEN_ME, &Verdict::Done(200));
        let expected = Fact::User {
            id: 42,
            name: String::from("Mira Lind"),
            role: String::from("member"),
        };
        assert_eq!(
            outcome(&handled, Check::UserIdentified),
            &Outcome::Passed(expected)
        );
    }
}
