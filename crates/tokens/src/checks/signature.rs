//! The key, and the signature that it gives. The key is always one of the verifier's own: `jwk`, `jku` and `x5u` in a
//! header are not looked at. RFC 8725, 3.10; ASVS 9.1.3.

use protocol::{TokenFact, TokenRejection};

use super::Verdict;
use crate::Algorithm;
use crate::excerpt::excerpt;
use crate::object::Json;
use crate::reading::Reading;

/// The verifier holds a key for this `kid`, or one key alone and the token names none. RFC 7515, 4.1.4.
pub(super) fn key_found(reading: &mut Reading<'_>) -> Verdict {
    let verifier = reading.verifier;
    let kid = match reading.header.get("kid") {
        None => None,
        Some(Json::Text(kid)) => Some(&**kid),
        Some(_) => {
            return Err(TokenRejection::Malformed {
                name: "kid".to_owned(),
            });
        }
    };
    let (key, found_by) = match (verifier.keys.as_slice(), kid) {
        ([key], kid) if kid.is_none() || verifier.any_kid => (Some(key), None),
        (keys, Some(kid)) => (keys.iter().find(|key| key.kid == kid), Some(kid)),
        (_, None) => (None, None),
    };
    match key {
        Some(_) => {
            reading.key = key;
            Ok(TokenFact::Key {
                kid: found_by.map(str::to_owned),
            })
        }
        None => Err(TokenRejection::KeyUnknown {
            kid: kid.map(excerpt),
        }),
    }
}

/// The key is of the kind that the header's algorithm takes: a public RSA key is never an HMAC secret, nor the other
/// way round. RFC 8725, 3.1.
pub(super) fn key_fits(reading: &mut Reading<'_>) -> Verdict {
    let name = reading.header.text("alg").unwrap_or_default();
    let key = reading
        .key
        .ok_or(TokenRejection::KeyUnknown { kid: None })?;
    let algorithm = Algorithm::from_name(name)
        .filter(|algorithm| algorithm.family() == key.algorithm.family())
        .ok_or_else(|| TokenRejection::KeyUnfit {
            algorithm: excerpt(name),
        })?;
    reading.algorithm = Some(algorithm);
    Ok(TokenFact::Held)
}

/// The key is long enough for the algorithm. RFC 7518, 3.2.
pub(super) fn key_long_enough(reading: &mut Reading<'_>) -> Verdict {
    let key = reading
        .key
        .ok_or(TokenRejection::KeyUnknown { kid: None })?;
    let algorithm = reading.algorithm.ok_or(TokenRejection::AlgorithmMissing)?;
    let (bits, needed) = (key.bits(), algorithm.least_key_bits());
    if bits < needed {
        return Err(TokenRejection::KeyTooShort { bits, needed });
    }
    Ok(TokenFact::KeyBits(bits))
}

/// The signature is the one that the key gives for the received text. RFC 7515, 5.2.
pub(super) fn signature(reading: &mut Reading<'_>) -> Verdict {
    let key = reading
        .key
        .ok_or(TokenRejection::KeyUnknown { kid: None })?;
    let algorithm = reading.algorithm.ok_or(TokenRejection::AlgorithmMissing)?;
    let (given, message) = (reading.parts.signature, reading.parts.signing_input);
    if key.recognises(given, algorithm, message) {
        Ok(TokenFact::SignatureMatches {
            signature: given.to_owned(),
        })
    } else {
        Err(TokenRejection::SignatureMismatch {
            given: excerpt(given),
            computed: key.signature(algorithm, message).ok(),
        })
    }
}
