//! The form of the text: three parts of strict base64url. Nothing is read from them here.

use protocol::{TokenFact, TokenPart, TokenRejection};

use super::Verdict;
use crate::base64url;
use crate::reading::{Parts, Reading};

/// Header, payload and signature, with a dot between. RFC 7515, 7.1.
pub(super) fn parts(reading: &mut Reading<'_>) -> Verdict {
    let token = reading.token;
    if token.is_empty() {
        return Err(TokenRejection::Empty);
    }
    // The JSON serialisation, which no JWT has: RFC 7519, 3. No character of it is base64url's.
    if token.trim_start().starts_with('{') {
        return Err(TokenRejection::JsonSerialization);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(match token.split('.').count() {
            // RFC 7516, 3.1.
            5 => TokenRejection::Encrypted,
            count => TokenRejection::PartCount {
                parts: u32::try_from(count).unwrap_or(u32::MAX),
            },
        });
    };
    reading.parts = Parts {
        header,
        payload,
        signature,
        signing_input: &token[..header.len() + 1 + payload.len()],
    };
    let characters = |part: &str| u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
    Ok(TokenFact::Lengths(
        [header, payload, signature].map(characters),
    ))
}

/// Each part is strict base64url without padding. RFC 7515, 2; RFC 4648, 3.5.
pub(super) fn base64url(reading: &mut Reading<'_>) -> Verdict {
    let parts = reading.parts;
    let header = base64url::decode(TokenPart::Header, parts.header)?;
    let payload = base64url::decode(TokenPart::Payload, parts.payload)?;
    // The signature is compared as text later: strictly decoded, a text and its bytes are one and the same.
    base64url::decode(TokenPart::Signature, parts.signature)?;
    reading.decoded.header.get_or_init(|| header);
    reading.decoded.payload.get_or_init(|| payload);
    Ok(TokenFact::Held)
}
