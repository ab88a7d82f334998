//! A key, and the signatures that it makes and recognises. It never shows its secret.

use std::fmt;

use jsonwebtoken::errors::Error;
use jsonwebtoken::{DecodingKey, EncodingKey, crypto};

use crate::Algorithm;

/// A key for signatures. RFC 7517, 4.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// Its ID, as a header's `kid` names it. RFC 7517, 4.5.
    pub kid: String,
    /// The algorithm that it signs with. It verifies any that takes the same kind of key and is on the verifier's list.
    pub algorithm: Algorithm,
    /// The secret octets of an HMAC key. RFC 7518, 6.4.1.
    pub secret: Vec<u8>,
}

impl Key {
    /// Its length in bits.
    pub fn bits(&self) -> u32 {
        u32::try_from(self.secret.len())
            .unwrap_or(u32::MAX)
            .saturating_mul(8)
    }

    /// The signature over a message, as base64url.
    pub(crate) fn signature(&self, algorithm: Algorithm, message: &str) -> Result<String, Error> {
        let key = EncodingKey::from_secret(&self.secret);
        crypto::sign(message.as_bytes(), &key, algorithm.of_jsonwebtoken())
    }

    /// Whether the base64url text is the signature over the message, compared in constant time. It says nothing of
    /// what was signed: [`crate::verify`] decides about tokens.
    pub fn recognises(&self, signature: &str, algorithm: Algorithm, message: &str) -> bool {
        let key = DecodingKey::from_secret(&self.secret);
        let message = message.as_bytes();
        crypto::verify(signature, message, &key, algorithm.of_jsonwebtoken()).unwrap_or(false)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Key")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .field("bits", &self.bits())
            .finish_non_exhaustive()
    }
}
