//! What the payload must be and claim, under the one clock that the caller gives.

use protocol::{Timestamp, TokenFact, TokenPart, TokenRejection};

use super::Verdict;
use super::header::{expect, unique};
use crate::claims::audiences;
use crate::excerpt::excerpt;
use crate::numeric_date;
use crate::object::Object;
use crate::reading::Reading;

/// The payload is a JSON object. RFC 7519, 7.2.
pub(super) fn json(reading: &mut Reading<'_>) -> Verdict {
    let bytes = reading.decoded.payload.get().map_or(&[][..], Vec::as_slice);
    reading.payload = Object::read(TokenPart::Payload, bytes)?;
    Ok(TokenFact::Held)
}

/// No claim stands twice. RFC 7519, 4.
pub(super) fn names_unique(reading: &mut Reading<'_>) -> Verdict {
    unique(TokenPart::Payload, &reading.payload)
}

/// It has not expired: from `exp` on it is refused. RFC 7519, 4.1.4. That it must say when it expires is our policy.
pub(super) fn expiry(reading: &mut Reading<'_>) -> Verdict {
    let at = moment(&reading.payload, "exp")?.ok_or_else(|| TokenRejection::Missing {
        name: "exp".to_owned(),
    })?;
    let now = reading.now;
    if now >= at.plus_seconds(i64::from(reading.verifier.leeway_seconds)) {
        return Err(TokenRejection::Expired { at, now });
    }
    Ok(TokenFact::ExpiresAt { at, now })
}

/// It is valid already, if it says since when. RFC 7519, 4.1.5.
pub(super) fn not_before(reading: &mut Reading<'_>) -> Verdict {
    let Some(from) = moment(&reading.payload, "nbf")? else {
        return Ok(TokenFact::ValidFrom(None));
    };
    let now = reading.now;
    if now < from.plus_seconds(-i64::from(reading.verifier.leeway_seconds)) {
        return Err(TokenRejection::NotYetValid { from, now });
    }
    Ok(TokenFact::ValidFrom(Some(from)))
}

/// It was issued by whom the verifier expects. RFC 8725, 3.8.
pub(super) fn issuer(reading: &mut Reading<'_>) -> Verdict {
    match &reading.verifier.issuer {
        Some(expected) => expect("iss", &reading.payload, expected, |found| found == expected),
        None => Ok(TokenFact::NotExpected),
    }
}

/// It is meant for the verifier, perhaps among others. RFC 8725, 3.9; RFC 7519, 4.1.3.
pub(super) fn audience(reading: &mut Reading<'_>) -> Verdict {
    let name = || "aud".to_owned();
    let Some(expected) = &reading.verifier.audience else {
        return Ok(TokenFact::NotExpected);
    };
    let value = reading
        .payload
        .get("aud")
        .ok_or_else(|| TokenRejection::Missing { name: name() })?;
    let found = audiences(value).ok_or_else(|| TokenRejection::Malformed { name: name() })?;
    if found.contains(&expected.as_str()) {
        Ok(TokenFact::Value(excerpt(expected)))
    } else {
        Err(TokenRejection::Unexpected {
            name: name(),
            found: excerpt(&found.join(", ")),
            expected: expected.clone(),
        })
    }
}

/// The moment that a claim names; `None` where it is absent.
fn moment(payload: &Object<'_>, name: &str) -> Result<Option<Timestamp>, TokenRejection> {
    let Some(value) = payload.get(name) else {
        return Ok(None);
    };
    let moment = numeric_date::read(value);
    moment.map(Some).ok_or_else(|| TokenRejection::Malformed {
        name: name.to_owned(),
    })
}
