//! The key, and the signature that it gives. The key is always one of the verifier's own: `jwk`, `jku`, `x5u` and `x5c`
//! in a header are not looked at. RFC 8725, 3.10; ASVS 9.1.3.

use protocol::{KeyKind, TokenFact, TokenRejection};

use super::Verdict;
use crate::excerpt::excerpt;
use crate::object::Json;
use crate::reading::Reading;
use crate::{Algorithm, Key};

/// The verifier holds a key for this `kid`, or one key alone and the token names none. RFC 7515, 4.1.4.
pub(super) fn key_found(reading: &mut Reading<'_>) -> Verdict {
    let verifier = reading.verifier;
    if verifier.keys.is_empty() {
        return Err(TokenRejection::NoKey);
    }
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
        (keys, Some(kid)) => (named(keys, kid, reading.algorithm), Some(kid)),
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

/// The key of that ID; of keys of several kinds that share it, the one that fits. RFC 7517, 4.5.
fn named<'a>(keys: &'a [Key], kid: &str, algorithm: Option<Algorithm>) -> Option<&'a Key> {
    let mut of_this_id = keys.iter().filter(|key| key.kid.as_deref() == Some(kid));
    let first = of_this_id.next()?;
    let fits = |key: &&Key| algorithm.is_some_and(|algorithm| key.fits(algorithm));
    if fits(&first) {
        return Some(first);
    }
    of_this_id.find(fits).or(Some(first))
}

/// The key is of the kind that the header's algorithm takes, and not one for another algorithm: a public RSA key is never
/// an HMAC secret, nor the other way round. RFC 8725, 3.1.
pub(super) fn key_fits(reading: &mut Reading<'_>) -> Verdict {
    let (key, algorithm) = chosen(reading)?;
    if key.fits(algorithm) {
        Ok(TokenFact::Held)
    } else {
        Err(TokenRejection::KeyUnfit {
            algorithm: algorithm.name().to_owned(),
        })
    }
}

/// The key is long enough for the algorithm. RFC 7518, 3.2, 3.3 and 3.5.
pub(super) fn key_long_enough(reading: &mut Reading<'_>) -> Verdict {
    let (key, algorithm) = chosen(reading)?;
    let (bits, needed) = (key.bits(), algorithm.least_key_bits());
    if bits < needed {
        return Err(TokenRejection::KeyTooShort { bits, needed });
    }
    Ok(TokenFact::KeyBits(bits))
}

/// The signature is one that the key gives for the received text. RFC 7515, 5.2.
pub(super) fn signature(reading: &mut Reading<'_>) -> Verdict {
    let (key, algorithm) = chosen(reading)?;
    let (given, message) = (reading.parts.signature, reading.parts.signing_input);
    // Four characters are three octets. Strictly decoded already, so that none are left over.
    let octets = u32::try_from(given.len() / 4 * 3 + (given.len() % 4).saturating_sub(1));
    let (octets, needed) = (octets.unwrap_or(u32::MAX), key.signature_octets(algorithm));
    if octets != needed {
        return Err(TokenRejection::SignatureLength { octets, needed });
    }
    if key.recognises(given, algorithm, message) {
        return Ok(TokenFact::SignatureMatches {
            signature: given.to_owned(),
        });
    }
    // RSA has one right signature too (RFC 8017, 8.2), but it takes too long to be made for each token that is refused.
    let is_shown = matches!(key.kind(), KeyKind::Hmac | KeyKind::Ed25519);
    Err(TokenRejection::SignatureMismatch {
        given: excerpt(given),
        computed: is_shown
            .then(|| key.signature(algorithm, message).ok())
            .flatten(),
    })
}

/// The key and the algorithm, as the checks before have found them.
fn chosen<'a>(reading: &Reading<'a>) -> Result<(&'a Key, Algorithm), TokenRejection> {
    Ok((
        reading.key.ok_or(TokenRejection::NoKey)?,
        reading.algorithm.ok_or(TokenRejection::AlgorithmMissing)?,
    ))
}
