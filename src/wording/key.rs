//! What is said of keys, and of why nothing was signed.

use protocol::{KeyFacts, KeyFormat, KeyKind, KeyProblem, KeyReport, SigningProblem};

/// What a key's text was read as.
pub(crate) fn key_summary(report: &KeyReport) -> String {
    let Some(format) = report.format else {
        return String::new();
    };
    let format = match format {
        KeyFormat::Text => "a secret, as text",
        KeyFormat::Base64 => "a secret, from base64",
        KeyFormat::Base64url => "a secret, from base64url",
        KeyFormat::Spki => "PEM, a public key (SPKI)",
        KeyFormat::Pkcs1 => "PEM, an RSA key (PKCS#1)",
        KeyFormat::Pkcs8 => "PEM, a private key (PKCS#8)",
        KeyFormat::Sec1 => "PEM, a private key on a curve (SEC 1)",
        KeyFormat::Jwk => "a JWK",
        KeyFormat::Jwks => "a JWKS",
    };
    let kids = report.keys.len();
    let count = if report.format == Some(KeyFormat::Jwks) {
        format!(" of {kids} {}", if kids == 1 { "key" } else { "keys" })
    } else {
        String::new()
    };
    format!("Read as {format}{count}.")
}

/// What can be said of a key without showing it.
pub(crate) fn key_facts(facts: &KeyFacts) -> String {
    let (kind, is_pair) = match facts.kind {
        KeyKind::Hmac => ("HMAC secret", false),
        KeyKind::Rsa => ("RSA", true),
        KeyKind::P256 => ("P-256", true),
        KeyKind::P384 => ("P-384", true),
        KeyKind::Ed25519 => ("Ed25519", true),
    };
    let mut said = format!("{kind} · {} bits", facts.bits);
    if is_pair {
        said.push_str(if facts.private {
            " · private: it signs, and verifies"
        } else {
            " · public: it verifies, and can’t sign"
        });
    } else {
        said.push_str(" · who can verify can sign");
    }
    for (name, value) in [("kid", &facts.kid), ("alg", &facts.algorithm)] {
        if let Some(value) = value {
            said.push_str(&format!(" · {name} {value}"));
        }
    }
    said
}

/// Why a key can't be read.
pub(crate) fn key_problem(problem: &KeyProblem) -> String {
    String::from(match problem {
        KeyProblem::Empty => "There is no key yet.",
        KeyProblem::TooLarge => "Over 64 KiB: no key is that long.",
        KeyProblem::NotBase64 => "This is not the base64 that it is to be read as.",
        KeyProblem::BrokenPem => "A PEM block without its end, or with content that is not base64.",
        KeyProblem::UnknownPem { label } => {
            return format!("PEM of a kind that is not read here: “{label}”.");
        }
        KeyProblem::UnknownContent => "PEM, but its content is no key of a kind that is read here.",
        KeyProblem::NotJson {
            line,
            column,
            message,
        } => {
            return format!(
                "It looks like JSON and is none: line {line}, column {column}. {message}"
            );
        }
        KeyProblem::NotJwk => "JSON, but neither a key (JWK) nor a set of keys (JWKS).",
        KeyProblem::UnsupportedType { name } => {
            return format!("A key of the type `{name}`, which is not read here.");
        }
        KeyProblem::NotForSignatures { member, value } => {
            return format!(
                "The key says itself that it is not for the signatures of this page: `{member}` is “{value}”."
            );
        }
        KeyProblem::TooLong { bits, most } => {
            return format!("The key has {bits} bits: more than the {most} that are read here.");
        }
        KeyProblem::TooMany => "More keys than are read here: the rest is left out.",
        KeyProblem::Missing { name } => return format!("The key has no `{name}`."),
        KeyProblem::Malformed { name } => {
            return format!(
                "The key’s `{name}` has no meaning: not base64url, or of a wrong length, or not on the curve."
            );
        }
    })
}

/// Why nothing was signed.
pub(crate) fn signing_problem(problem: &SigningProblem) -> String {
    match problem {
        SigningProblem::NoKey => String::from("Not signed: there is no key."),
        SigningProblem::Unreadable(problem) => {
            format!(
                "Not signed: the key can’t be read. {}",
                key_problem(problem)
            )
        }
        SigningProblem::NotChosen => {
            String::from("Not signed: several keys, and the header’s `kid` names none of them.")
        }
        SigningProblem::Unsupported { algorithm } if algorithm.is_empty() => {
            String::from("Not signed: the header names no algorithm.")
        }
        SigningProblem::Unsupported { algorithm } => {
            format!("Not signed: `{algorithm}` is no algorithm that signs here.")
        }
        SigningProblem::Unfit { algorithm } => {
            format!("Not signed: the key is not one for `{algorithm}`.")
        }
        SigningProblem::TooShort { bits, needed } => {
            format!("Not signed: the key has {bits} bits, and the algorithm needs {needed}.")
        }
        SigningProblem::PublicOnly => String::from(
            "Not signed: this is the public half of a pair. It verifies, and can’t sign.",
        ),
        SigningProblem::Refused { reason } => format!("Not signed: {reason}"),
    }
}

/// A secret can't be shared in part.
pub(crate) const NO_PUBLIC_HALF: &str = "There is none: a secret has no half that could be given away. Who is to verify needs all of it, and can sign as well.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_can_sign_is_said() {
        let facts = |kind, private| KeyFacts {
            kid: Some(String::from("1")),
            kind,
            bits: 256,
            private,
            algorithm: None,
        };
        for (facts, words) in [
            (facts(KeyKind::Hmac, true), "who can verify can sign"),
            (facts(KeyKind::P256, true), "private"),
            (facts(KeyKind::Ed25519, false), "can’t sign"),
        ] {
            let said = key_facts(&facts);
            assert!(said.contains(words) && said.contains("kid 1"), "{said}");
        }
    }
}
