//! What claims and header parameters mean, and moments in words.

use protocol::{Timestamp, TokenPart};

use super::time::{ago, duration};

/// Names, what they mean, and where that stands.
type Meanings = &'static [(&'static str, &'static str)];

const CLAIMS: Meanings = &[
    ("iss", "Who issued it. RFC 7519, 4.1.1"),
    ("sub", "Whom it is about. RFC 7519, 4.1.2"),
    ("aud", "For whom it is meant. RFC 7519, 4.1.3"),
    ("exp", "When it expires. RFC 7519, 4.1.4"),
    ("nbf", "Not valid before. RFC 7519, 4.1.5"),
    ("iat", "When it was issued. RFC 7519, 4.1.6"),
    ("jti", "Its own ID. RFC 7519, 4.1.7"),
    (
        "client_id",
        "The application that it was issued to. RFC 9068, 2.2",
    ),
    ("scope", "What it allows. RFC 9068, 2.2.3"),
    ("auth_time", "When the user signed in. RFC 9068, 2.2.1"),
    ("acr", "How strongly the user signed in. RFC 9068, 2.2.1"),
    ("amr", "By what means the user signed in. RFC 9068, 2.2.1"),
    ("roles", "The user’s roles. RFC 9068, 2.2.3.1"),
    ("groups", "The user’s groups. RFC 9068, 2.2.3.1"),
    ("entitlements", "What the user may do. RFC 9068, 2.2.3.1"),
    (
        "cnf",
        "The key that its holder must prove to have. RFC 7800, 3.1",
    ),
    ("act", "Who acts for the user. RFC 8693, 4.1"),
    (
        "azp",
        "The application that it was issued to. OpenID Connect Core, 2",
    ),
    ("nonce", "Ties it to one sign-in. OpenID Connect Core, 2"),
    (
        "at_hash",
        "The hash of an access token. OpenID Connect Core, 3.1.3.6",
    ),
    (
        "sid",
        "The session’s ID. OpenID Connect Back-Channel Logout, 2.1",
    ),
    ("name", "The user’s name. OpenID Connect Core, 5.1"),
    (
        "given_name",
        "The user’s first name. OpenID Connect Core, 5.1",
    ),
    (
        "family_name",
        "The user’s last name. OpenID Connect Core, 5.1",
    ),
    (
        "preferred_username",
        "The name to call the user by. OpenID Connect Core, 5.1",
    ),
    ("email", "The user’s address. OpenID Connect Core, 5.1"),
    (
        "email_verified",
        "Whether the address was proved. OpenID Connect Core, 5.1",
    ),
    ("locale", "The user’s language. OpenID Connect Core, 5.1"),
    (
        "updated_at",
        "When these claims last changed. OpenID Connect Core, 5.1",
    ),
    ("role", "The user’s role: a claim of this server’s own"),
    ("admin", "The issuer’s own; often “may do anything”"),
];

const PARAMETERS: Meanings = &[
    (
        "alg",
        "The algorithm of the signature. The verifier’s list decides, not this. RFC 7515, 4.1.1",
    ),
    ("typ", "What kind of token it is. RFC 7515, 4.1.9"),
    (
        "cty",
        "What is inside, where that is a token again. RFC 7515, 4.1.10",
    ),
    (
        "kid",
        "Which key signed it. A hint, and hostile input. RFC 7515, 4.1.4; RFC 8725, 3.10",
    ),
    (
        "crit",
        "Extensions that must be understood. RFC 7515, 4.1.11",
    ),
    (
        "jku",
        "An address of keys. Whoever follows it trusts the sender. RFC 7515, 4.1.2; RFC 8725, 3.10",
    ),
    (
        "jwk",
        "A key that came along. Whoever takes it trusts the sender. RFC 7515, 4.1.3; ASVS 9.1.3",
    ),
    (
        "x5u",
        "An address of certificates. Hostile input. RFC 7515, 4.1.5; RFC 8725, 3.10",
    ),
    ("x5c", "Certificates that came along. RFC 7515, 4.1.6"),
    ("x5t", "The hash of a certificate. RFC 7515, 4.1.7"),
    ("x5t#S256", "The hash of a certificate. RFC 7515, 4.1.8"),
    ("b64", "Whether the payload is base64url. RFC 7797, 3"),
    (
        "enc",
        "The algorithm that encrypted the content. RFC 7516, 4.1.2",
    ),
    ("zip", "How the content was made smaller. RFC 7516, 4.1.3"),
];

/// What a claim means.
pub(crate) fn claim_meaning(name: &str) -> &'static str {
    meaning(CLAIMS, name)
}

/// What a header parameter means.
pub(crate) fn parameter_meaning(name: &str) -> &'static str {
    meaning(PARAMETERS, name)
}

fn meaning(meanings: Meanings, name: &str) -> &'static str {
    meanings
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("The issuer’s own", |(_, meaning)| meaning)
}

/// Whether a member of that name is a date: seconds since 1970. RFC 7519, 2, NumericDate.
pub(crate) fn is_date(part: TokenPart, name: &str) -> bool {
    part == TokenPart::Payload && matches!(name, "exp" | "nbf" | "iat" | "auth_time" | "updated_at")
}

/// A moment against the clock: `in 14:59 min`, `3 days ago`.
pub(crate) fn moment(at: Timestamp, clock: Timestamp) -> String {
    if at > clock {
        format!("in {}", duration(clock, at))
    } else {
        ago(at, clock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_registered_is_explained_and_the_rest_is_the_issuers_own() {
        for (part, name, words) in [
            (TokenPart::Payload, "exp", "RFC 7519, 4.1.4"),
            (TokenPart::Payload, "alg", "The issuer’s own"),
            (TokenPart::Payload, "", "The issuer’s own"),
            (TokenPart::Header, "jku", "trusts the sender"),
            (TokenPart::Header, "exp", "The issuer’s own"),
        ] {
            let meaning = match part {
                TokenPart::Header => parameter_meaning(name),
                _ => claim_meaning(name),
            };
            assert!(meaning.contains(words), "{name}: {meaning}");
        }
        assert!(is_date(TokenPart::Payload, "exp"));
        assert!(!is_date(TokenPart::Header, "exp"));
    }

    #[test]
    fn a_moment_is_told_against_the_clock() {
        let clock = Timestamp::from_seconds(100);
        for (seconds, said) in [(160, "in 1:00 min"), (100, "just now"), (70, "30 s ago")] {
            assert_eq!(moment(Timestamp::from_seconds(seconds), clock), said);
        }
    }
}
