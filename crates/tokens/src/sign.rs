//! Signing: the compact serialisation of RFC 7515, 7.1. It never signs with a key that a verifier would find unfit or too
//! short, and never leaves a token unsigned.
//!
//! PSS takes a new salt for each signature, so that no two are the same. ECDSA's here are, as its number comes from key
//! and message (RFC 6979), but another signer's may differ.

use std::fmt;

use protocol::{GivenKey, SigningProblem, TokenPart};
use serde::Serialize;

use crate::excerpt::excerpt;
use crate::object::Object;
use crate::{Algorithm, Claims, Key, base64url, read_keys};

/// The header that we write, in this order.
#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
}

/// Signs the claims. `token_type` becomes the header's `typ`, such as `at+jwt`; the key's ID, if it has one, its `kid`.
///
/// # Errors
///
/// The key does not fit the algorithm, can't sign, is too short, or is refused.
pub fn sign(
    claims: &Claims,
    token_type: &str,
    key: &Key,
    algorithm: Algorithm,
) -> Result<String, SigningProblem> {
    let header = Header {
        alg: algorithm.name(),
        typ: token_type,
        kid: key.kid.as_deref(),
    };
    let mut token = part(&header)?;
    token.push('.');
    token.push_str(&part(claims)?);
    let signature = signature(&token, key, algorithm)?;
    token.push('.');
    token.push_str(&signature);
    Ok(token)
}

/// The signature over a signing input, as base64url: by this key and algorithm, whatever the input's header says, and
/// whether or not it has one. RFC 7515, 5.1, step 5.
///
/// # Errors
///
/// The key does not fit the algorithm, can't sign, is too short, or is refused.
pub fn signature(
    signing_input: &str,
    key: &Key,
    algorithm: Algorithm,
) -> Result<String, SigningProblem> {
    if !key.fits(algorithm) {
        return Err(SigningProblem::Unfit {
            algorithm: algorithm.name().to_owned(),
        });
    }
    if !key.can_sign() {
        return Err(SigningProblem::PublicOnly);
    }
    let (bits, needed) = (key.bits(), algorithm.least_key_bits());
    if bits < needed {
        return Err(SigningProblem::TooShort { bits, needed });
    }
    key.signature(algorithm, signing_input)
        .map_err(|error| refused(&error))
}

/// The same with a key as someone gave it, and an algorithm by its name. Of a set it is the key that the input's header
/// names, or the only one that could sign so.
///
/// # Errors
///
/// There is no such algorithm, or no such key, or it can't sign so.
pub fn sign_given(
    signing_input: &str,
    given: &GivenKey,
    algorithm_name: &str,
) -> Result<String, SigningProblem> {
    let algorithm =
        Algorithm::from_name(algorithm_name).ok_or_else(|| SigningProblem::Unsupported {
            algorithm: excerpt(algorithm_name),
        })?;
    let (keys, report) = read_keys(given);
    let key = match keys.as_slice() {
        [] => {
            let problem = report.problems.into_iter().next();
            return Err(problem.map_or(SigningProblem::NoKey, SigningProblem::Unreadable));
        }
        [key] => key,
        keys => choose(signing_input, keys, algorithm).ok_or(SigningProblem::NotChosen)?,
    };
    signature(signing_input, key, algorithm)
}

/// The key that the header names, where one of that name could sign so; else the only one that could.
fn choose<'a>(signing_input: &str, keys: &'a [Key], algorithm: Algorithm) -> Option<&'a Key> {
    let kid = header_kid(signing_input);
    let able = || {
        keys.iter()
            .filter(|key| key.fits(algorithm) && key.can_sign())
    };
    let named = able().find(|key| kid.is_some() && key.kid == kid);
    named.or_else(|| {
        let mut able = able();
        able.next().filter(|_| able.next().is_none())
    })
}

/// The `kid` of a signing input's header, where it has one.
fn header_kid(signing_input: &str) -> Option<String> {
    let (header, _) = signing_input.split_once('.')?;
    let octets = base64url::decode(TokenPart::Header, header).ok()?;
    let header = Object::read(TokenPart::Header, &octets).ok()?;
    header.text("kid").map(str::to_owned)
}

fn part(content: &impl Serialize) -> Result<String, SigningProblem> {
    let json = serde_json::to_vec(content).map_err(|error| refused(&error))?;
    Ok(base64url::encode(&json))
}

fn refused(error: &dyn fmt::Display) -> SigningProblem {
    SigningProblem::Refused {
        reason: error.to_string(),
    }
}
