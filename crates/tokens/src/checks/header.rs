//! What the header must be and say. It is hostile input until the signature has held, and chooses nothing but among
//! what the verifier allows.

use std::collections::BTreeSet;

use protocol::{TokenFact, TokenPart, TokenRejection};

use super::Verdict;
use crate::Algorithm;
use crate::excerpt::excerpt;
use crate::object::{Json, Object};
use crate::reading::Reading;

/// The header is a JSON object. RFC 7515, 4.
pub(super) fn json(reading: &mut Reading<'_>) -> Verdict {
    let bytes = reading.decoded.header.get().map_or(&[][..], Vec::as_slice);
    reading.header = Object::read(TokenPart::Header, bytes)?;
    Ok(TokenFact::Held)
}

/// No header parameter stands twice. RFC 7515, 4.
pub(super) fn names_unique(reading: &mut Reading<'_>) -> Verdict {
    unique(TokenPart::Header, &reading.header)
}

/// No member of the object stands twice.
pub(super) fn unique(part: TokenPart, object: &Object<'_>) -> Verdict {
    match object.repeated_name() {
        Some(name) => Err(TokenRejection::NameRepeated {
            part,
            name: excerpt(name),
        }),
        None => Ok(TokenFact::Held),
    }
}

/// Every extension in `crit` is understood. We understand none. RFC 7515, 4.1.11.
pub(super) fn critical_understood(reading: &mut Reading<'_>) -> Verdict {
    let Some(crit) = reading.header.get("crit") else {
        return Ok(TokenFact::Held);
    };
    let Json::List(items) = crit else {
        return Err(TokenRejection::CriticalMalformed);
    };
    let in_header: BTreeSet<&str> = reading.header.names().collect();
    if !items
        .iter()
        .all(|item| item.text().is_some_and(|name| in_header.contains(name)))
    {
        return Err(TokenRejection::CriticalMalformed);
    }
    match items.iter().find_map(Json::text) {
        Some(name) => Err(TokenRejection::CriticalUnknown {
            name: excerpt(name),
        }),
        // A list without names must not be there at all.
        None => Err(TokenRejection::CriticalMalformed),
    }
}

/// The algorithm is on the verifier's list, is not `none`, and can be computed. RFC 8725, 3.1 and 3.2.
pub(super) fn algorithm_allowed(reading: &mut Reading<'_>) -> Verdict {
    let name = reading
        .header
        .text("alg")
        .ok_or(TokenRejection::AlgorithmMissing)?;
    // In any case of letters: lists that forbid `none` alone have been passed by `nOnE`.
    if name.eq_ignore_ascii_case("none") {
        return Err(TokenRejection::AlgorithmNone);
    }
    let allowed = &reading.verifier.allowed;
    if !allowed.iter().any(|allowed| allowed == name) {
        return Err(TokenRejection::AlgorithmNotAllowed {
            name: excerpt(name),
            allowed: allowed.clone(),
        });
    }
    let algorithm =
        Algorithm::from_name(name).ok_or_else(|| TokenRejection::AlgorithmUnsupported {
            name: excerpt(name),
        })?;
    let name = excerpt(name);
    reading.algorithm = Some(algorithm);
    Ok(TokenFact::Algorithm(name))
}

/// The token is of the type that the verifier expects: another kind of token, signed with the same key, is not taken
/// for this one. RFC 8725, 3.11.
pub(super) fn token_type(reading: &mut Reading<'_>) -> Verdict {
    let Some(expected) = &reading.verifier.token_type else {
        return Ok(TokenFact::NotExpected);
    };
    expect("typ", &reading.header, expected, |found| {
        short_media_type(found).eq_ignore_ascii_case(short_media_type(expected))
    })
}

/// The string of that name is one that the verifier expects.
pub(super) fn expect(
    name: &str,
    object: &Object<'_>,
    expected: &str,
    is_expected: impl FnOnce(&str) -> bool,
) -> Verdict {
    let value = object.get(name).ok_or_else(|| TokenRejection::Missing {
        name: name.to_owned(),
    })?;
    let found = value.text().ok_or_else(|| TokenRejection::Malformed {
        name: name.to_owned(),
    })?;
    if is_expected(found) {
        Ok(TokenFact::Value(excerpt(found)))
    } else {
        Err(TokenRejection::Unexpected {
            name: name.to_owned(),
            found: excerpt(found),
            expected: expected.to_owned(),
        })
    }
}

/// A media type without `application/`, which may be left out where no other slash follows. RFC 7515, 4.1.9.
fn short_media_type(name: &str) -> &str {
    const PREFIX: &str = "application/";
    match name.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) && !rest.contains('/') => rest,
        _ => name,
    }
}
