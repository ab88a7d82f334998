//! Signing: the compact serialisation of RFC 7515, 7.1. It never signs with a key that a verifier would find too short.

use std::fmt;

use serde::Serialize;

use crate::{Claims, Key, base64url};

/// The header that we write, in this order.
#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    kid: &'a str,
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SigningError {
    /// The key is too short for its algorithm. RFC 7518, 3.2.
    KeyTooShort {
        /// Its length.
        bits: u32,
        /// The least that the algorithm needs.
        needed: u32,
    },
    /// The algorithm's implementation refused the key or the message.
    Refused {
        /// What it says.
        reason: String,
    },
}

impl fmt::Display for SigningError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyTooShort { bits, needed } => {
                write!(formatter, "the key has {bits} bits and needs {needed}")
            }
            Self::Refused { reason } => write!(formatter, "not signed: {reason}"),
        }
    }
}

impl std::error::Error for SigningError {}

/// Signs the claims with the key and its algorithm. `token_type` becomes the header's `typ`, such as `at+jwt`.
///
/// # Errors
///
/// The key is too short, or its algorithm refuses it.
pub fn sign(claims: &Claims, token_type: &str, key: &Key) -> Result<String, SigningError> {
    let header = Header {
        alg: key.algorithm.name(),
        typ: token_type,
        kid: &key.kid,
    };
    let mut token = part(&header)?;
    token.push('.');
    token.push_str(&part(claims)?);
    let signature = signature(&token, key)?;
    token.push('.');
    token.push_str(&signature);
    Ok(token)
}

/// The signature over a signing input, as base64url: by the key and its algorithm, whatever the input's header says, and
/// whether or not it has one. RFC 7515, 5.1, step 5.
///
/// # Errors
///
/// The key is too short, or its algorithm refuses it.
pub fn signature(signing_input: &str, key: &Key) -> Result<String, SigningError> {
    let (bits, needed) = (key.bits(), key.algorithm.least_key_bits());
    if bits < needed {
        return Err(SigningError::KeyTooShort { bits, needed });
    }
    key.signature(key.algorithm, signing_input)
        .map_err(|error| refused(&error))
}

fn part(content: &impl Serialize) -> Result<String, SigningError> {
    let json = serde_json::to_vec(content).map_err(|error| refused(&error))?;
    Ok(base64url::encode(&json))
}

fn refused(error: &dyn fmt::Display) -> SigningError {
    SigningError::Refused {
        reason: error.to_string(),
    }
}
