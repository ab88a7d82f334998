//! What is said of keys: what they are, what is wrong with them, and why nothing was signed.

use protocol::{
    KeyFacts, KeyFormat, KeyKind, KeyProblem, KeyProgress, KeyReport, Service, SigningProblem,
};

use super::said::Said;

/// What a key is, in a few words.
pub(crate) fn key_facts(key: &KeyFacts) -> String {
    let (kind, half) = match (key.kind, key.private) {
        (KeyKind::Hmac, _) => ("shared secret", ""),
        (KeyKind::Rsa, true) => ("RSA", ", private half"),
        (KeyKind::Rsa, false) => ("RSA", ", public half"),
        (KeyKind::P256, true) => ("P-256", ", private half"),
        (KeyKind::P256, false) => ("P-256", ", public half"),
        (KeyKind::P384, true) => ("P-384", ", private half"),
        (KeyKind::P384, false) => ("P-384", ", public half"),
        (KeyKind::Ed25519, true) => ("Ed25519", ", private half"),
        (KeyKind::Ed25519, false) => ("Ed25519", ", public half"),
    };
    let kid = key
        .kid
        .as_ref()
        .map_or_else(String::new, |kid| format!(", kid = {kid}"));
    let algorithm = key
        .algorithm
        .as_ref()
        .map_or_else(String::new, |name| format!(", for {name} alone"));
    format!("{kind}, {} bits{half}{kid}{algorithm}", key.bits)
}

/// What a key's text is.
pub(crate) const fn key_format(format: KeyFormat) -> &'static str {
    match format {
        KeyFormat::Text => "text",
        KeyFormat::Base64 => "base64",
        KeyFormat::Base64url => "base64url",
        KeyFormat::Spki => "PEM, SPKI",
        KeyFormat::Pkcs1 => "PEM, PKCS#1",
        KeyFormat::Pkcs8 => "PEM, PKCS#8",
        KeyFormat::Sec1 => "PEM, SEC 1",
        KeyFormat::Jwk => "JWK",
        KeyFormat::Jwks => "JWKS",
    }
}

/// What a given key's text was read as.
pub(crate) fn key_summary(report: &KeyReport) -> Option<String> {
    let count = match report.keys.len() {
        1 => String::new(),
        count => format!(": {count} keys"),
    };
    Some(format!("Read as {}{count}.", key_format(report.format?)))
}

/// What the holder of a key can do with it.
pub(crate) const fn key_power(key: &KeyFacts) -> &'static str {
    match (key.kind, key.private) {
        (KeyKind::Hmac, _) => "Whoever can verify with it can sign with it.",
        (_, true) => "It signs. To verify, its public half would do.",
        (_, false) => "It verifies, and can’t sign.",
    }
}

/// How far the making of a key is. Primes of RSA are found by trying, so it takes as long as it takes.
pub(crate) fn key_progress(progress: KeyProgress) -> String {
    match progress.candidates {
        0 => String::from("A key is being made."),
        tried => format!(
            "A key is being made: {} of 2 primes found, {tried} candidates tried.",
            progress.primes
        ),
    }
}

/// What a service did with the key that it holds to verify; `None` where it could sign.
pub(crate) fn forgery(problem: Option<&SigningProblem>) -> String {
    match problem {
        None => String::from(
            "Billing signed it with the shared secret. No server can tell who of its holders signed: see the answer.",
        ),
        Some(problem) => format!("Billing can’t. {}", signing_problem(problem).sentence),
    }
}

/// A service's name, and what it is.
pub(crate) const fn service(service: Service) -> &'static str {
    match service {
        Service::Main => "the server that signs users in",
        Service::Orders => "orders",
        Service::Billing => "billing",
    }
}

/// A secret can't be shared in part.
pub(crate) const NO_PUBLIC_HALF: &str = "There is none: a secret has no half that could be given away. Whoever is to verify needs all of it, and can sign as well.";

/// Why a key can't be read.
pub(crate) fn key_problem(problem: &KeyProblem) -> String {
    match problem {
        KeyProblem::Empty => String::from("There is no key."),
        KeyProblem::TooLarge => String::from("Over 64 KiB: no key is that long."),
        KeyProblem::NotBase64 => String::from("The key is not in the encoding that was chosen."),
        KeyProblem::BrokenPem => String::from(
            "The PEM block is broken: its end is missing, or its content is not base64.",
        ),
        KeyProblem::UnknownPem { label } => {
            format!("A PEM block “{label}” is not a key that is read here.")
        }
        KeyProblem::UnknownContent => {
            String::from("The PEM block does not hold a key of a kind that is read here.")
        }
        KeyProblem::NotJson {
            line,
            column,
            message,
        } => format!("The key is not JSON: line {line}, column {column}: {message}."),
        KeyProblem::NotJwk => String::from("This is JSON, but neither a key nor a set of keys."),
        KeyProblem::UnsupportedType { name } => {
            format!("Keys of the type “{name}” are not read here.")
        }
        KeyProblem::NotForSignatures { member, value } => {
            format!(
                "The key says itself that it is not for the signatures of this page: `{member}` is “{value}”."
            )
        }
        KeyProblem::TooLong { bits, most } => {
            format!("The key has {bits} bits: more than the {most} that are read here.")
        }
        KeyProblem::TooMany => String::from("More keys than are read here: the rest is left out."),
        KeyProblem::Missing { name } => format!("The key lacks `{name}`."),
        KeyProblem::Malformed { name } => format!("The key’s `{name}` has no meaning."),
    }
}

/// Why nothing was signed.
pub(crate) fn signing_problem(problem: &SigningProblem) -> Said {
    match problem {
        SigningProblem::NoKey => Said::of("There is no key to sign with."),
        SigningProblem::Unreadable(problem) => Said::of(key_problem(problem)),
        SigningProblem::NotChosen => {
            Said::of("There are several keys, and the header’s `kid` names none of them.")
        }
        SigningProblem::Unsupported { algorithm } => {
            Said::of(format!("`{algorithm}` can’t be signed with here."))
        }
        SigningProblem::Unfit { algorithm } => {
            Said::of(format!("The key is not one for `{algorithm}`."))
        }
        SigningProblem::TooShort { bits, needed } => Said::of(format!(
            "The key has {bits} bits. The algorithm needs {needed}."
        )),
        SigningProblem::PublicOnly => {
            Said::of("This is the public half of a pair: it verifies, and can’t sign.")
        }
        SigningProblem::Refused { reason } => {
            Said::with("The key can’t be used to sign.", reason.clone())
        }
    }
}
