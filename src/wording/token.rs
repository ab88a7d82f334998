//! What the checks of a token say.

use protocol::{TokenCheck, TokenFact, TokenOutcome, TokenPart, TokenRejection, TokenStep};

use super::said::Said;
use super::time::{ago, duration};

/// The check's name, as the console gives it.
pub(crate) const fn token_check_name(check: TokenCheck) -> &'static str {
    match check {
        TokenCheck::Parts => "parts",
        TokenCheck::Base64url => "base64url",
        TokenCheck::HeaderJson => "headerJson",
        TokenCheck::HeaderNamesUnique => "headerNamesUnique",
        TokenCheck::CriticalUnderstood => "critical",
        TokenCheck::AlgorithmAllowed => "algorithm",
        TokenCheck::KeyFound => "key",
        TokenCheck::KeyFits => "keyFits",
        TokenCheck::KeyLongEnough => "keyLength",
        TokenCheck::Signature => "signature",
        TokenCheck::PayloadJson => "payloadJson",
        TokenCheck::ClaimNamesUnique => "claimNamesUnique",
        TokenCheck::Expiry => "expiry",
        TokenCheck::NotBefore => "notBefore",
        TokenCheck::Issuer => "issuer",
        TokenCheck::Audience => "audience",
        TokenCheck::Type => "type",
    }
}

/// What one check of a token says.
pub(crate) fn token_step(step: &TokenStep) -> Said {
    match &step.outcome {
        TokenOutcome::Passed(fact) => passed(step.check, fact),
        TokenOutcome::Failed(reason) => rejection(reason),
        TokenOutcome::NotReached => Said::of(title(step.check)),
        TokenOutcome::LeftOut => Said::with(title(step.check), "left out by these terms"),
    }
}

/// What a check is for, said where it has not run.
pub(super) const fn title(check: TokenCheck) -> &'static str {
    match check {
        TokenCheck::Parts => "The token has three parts",
        TokenCheck::Base64url => "Each part is base64url",
        TokenCheck::HeaderJson => "The header is a JSON object",
        TokenCheck::HeaderNamesUnique => "No header parameter stands twice",
        TokenCheck::CriticalUnderstood => "Critical extensions are understood",
        TokenCheck::AlgorithmAllowed => "Its algorithm is on the server’s list",
        TokenCheck::KeyFound => "The server has the key for it",
        TokenCheck::KeyFits => "The key fits the algorithm",
        TokenCheck::KeyLongEnough => "The key is long enough",
        TokenCheck::Signature => "The signature is the one that the server’s key gives",
        TokenCheck::PayloadJson => "The payload is a JSON object",
        TokenCheck::ClaimNamesUnique => "No claim stands twice",
        TokenCheck::Expiry => "It has not expired",
        TokenCheck::NotBefore => "It is valid already",
        TokenCheck::Issuer => "This server issued it",
        TokenCheck::Audience => "It is meant for this server",
        TokenCheck::Type => "It is an access token",
    }
}

/// A check that held.
pub(super) fn passed(check: TokenCheck, fact: &TokenFact) -> Said {
    match fact {
        TokenFact::Algorithm(name) => {
            Said::of(format!("Its algorithm, `{name}`, is on the server’s list"))
        }
        TokenFact::Lengths([header, payload, signature]) => Said::with(
            title(check),
            format!("{header} + {payload} + {signature} characters"),
        ),
        TokenFact::Key { kid: Some(kid) } => Said::with(title(check), format!("kid = {kid}")),
        TokenFact::Key { kid: None } => Said::with(title(check), "no kid: the only key"),
        TokenFact::KeyBits(bits) => Said::with(title(check), format!("{bits} bits")),
        TokenFact::SignatureMatches { signature } => {
            Said::with(title(check), format!("computed {signature} = given"))
        }
        TokenFact::ExpiresAt { at, now } => {
            Said::with(title(check), format!("exp in {}", duration(*now, *at)))
        }
        TokenFact::ValidFrom(None) => Said::with(title(check), "no nbf"),
        TokenFact::Value(value) => Said::with(title(check), value.clone()),
        TokenFact::NotExpected => Said::with(title(check), "the server expects nothing of it"),
        TokenFact::ValidFrom(Some(_)) | TokenFact::Held => Said::of(title(check)),
    }
}

/// Why a token was refused.
pub(super) fn rejection(rejection: &TokenRejection) -> Said {
    match rejection {
        TokenRejection::Empty => Said::of("The token is empty."),
        TokenRejection::PartCount { parts } => Said::of(format!(
            "A token has three parts between two dots. This one has {parts}."
        )),
        TokenRejection::Encrypted => Said::of(
            "Five parts: this is an encrypted token (JWE), which this server does not open.",
        ),
        TokenRejection::JsonSerialization => Said::of(
            "This is JSON: the JSON serialisation of a token. A bearer token is the compact one: three parts between two dots.",
        ),
        TokenRejection::NoKey => Said::of("There is no key to check the signature with."),
        TokenRejection::AlgorithmUnsupported { name } => Said::of(format!(
            "`{name}` is on the list, but can’t be computed here."
        )),
        TokenRejection::SignatureLength { octets, needed } => Said::of(format!(
            "The signature has {octets} octets. With this algorithm and key it has {needed}."
        )),
        TokenRejection::ForeignCharacter {
            part,
            offset,
            character,
        } => Said::of(format!(
            "The {} has a character that base64url does not have, at position {}: {}",
            part_name(*part),
            offset + 1,
            visible(*character)
        )),
        TokenRejection::BadEnding { part } => Said::of(format!(
            "The end of the {} is not what base64url gives for any bytes.",
            part_name(*part)
        )),
        TokenRejection::NotJson {
            part,
            line,
            column,
            message,
        } => Said::with(
            format!(
                "The {} is not JSON: line {line}, column {column}.",
                part_name(*part)
            ),
            message.clone(),
        ),
        TokenRejection::NotObject { part } => Said::of(format!(
            "The {} is JSON, but not an object.",
            part_name(*part)
        )),
        TokenRejection::NameRepeated { part, name } => Said::with(
            format!(
                "A name stands twice in the {}: which one counts is anybody’s guess.",
                part_name(*part)
            ),
            name.clone(),
        ),
        TokenRejection::CriticalMalformed => {
            Said::of("`crit` is not a list of names that stand in the header.")
        }
        TokenRejection::CriticalUnknown { name } => Said::with(
            "`crit` demands an extension that this server does not understand.",
            name.clone(),
        ),
        TokenRejection::AlgorithmMissing => Said::of("The header names no algorithm."),
        TokenRejection::AlgorithmNone => Said::of(
            "The header says `none`: an unsigned token. Whoever can write could be anyone.",
        ),
        TokenRejection::AlgorithmNotAllowed { name, allowed } => Said::with(
            "Its algorithm is not on the server’s list.",
            format!("{name} is not one of {}", allowed.join(", ")),
        ),
        TokenRejection::KeyUnknown { kid: Some(kid) } => {
            Said::with("The server has no key of this ID.", format!("kid = {kid}"))
        }
        TokenRejection::KeyUnknown { kid: None } => {
            Said::of("The token names no key, and the server does not guess among several.")
        }
        TokenRejection::KeyUnfit { algorithm } => Said::of(format!(
            "The key that it names is not one for `{algorithm}`."
        )),
        TokenRejection::KeyTooShort { bits, needed } => Said::of(format!(
            "The key has {bits} bits. The algorithm needs {needed}."
        )),
        TokenRejection::SignatureMismatch { given, computed } => Said::with(
            "The signature does not match: the header or the payload was changed, or another key signed.",
            match computed {
                Some(computed) => format!("given {given} · computed {computed}"),
                None => format!("given {given}"),
            },
        ),
        TokenRejection::Missing { name } => {
            Said::of(format!("`{name}` is missing, and the server needs it."))
        }
        TokenRejection::Malformed { name } => {
            Said::of(format!("`{name}` is not of the type that it must have."))
        }
        TokenRejection::Expired { at, now } => {
            Said::of(format!("The token expired {}.", ago(*at, *now)))
        }
        TokenRejection::NotYetValid { from, now } => Said::of(format!(
            "The token is not valid yet: `nbf` is {} away.",
            duration(*now, *from)
        )),
        TokenRejection::Unexpected {
            name,
            found,
            expected,
        } => Said::with(
            format!("`{name}` is not what this server expects."),
            format!("{found}, expected {expected}"),
        ),
    }
}

const fn part_name(part: TokenPart) -> &'static str {
    match part {
        TokenPart::Header => "header",
        TokenPart::Payload => "payload",
        TokenPart::Signature => "signature",
    }
}

fn visible(character: char) -> String {
    if character.is_control() || character.is_whitespace() {
        format!("U+{:04X}", u32::from(character))
    } else {
        format!("“{character}” (U+{:04X})", u32::from(character))
    }
}
