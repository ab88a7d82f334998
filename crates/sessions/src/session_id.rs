//! The session ID, and the hash under which the store knows a session ID or a refresh token. Never prints an ID, and
//! never makes randomness.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The opaque, random reference to a session: base64url without padding of 256 random bits. ASVS 7.2.3.
///
/// Whoever holds it is the user. So it can't be printed by accident: `Debug` leaves it out, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId(String);

impl SessionId {
    /// How many random bytes are in an ID: twice the 128 bits that ASVS 7.2.3 asks for.
    pub const RANDOM_BYTES: usize = 32;

    /// How many characters an ID has.
    pub const LENGTH: usize = 43;

    /// The ID of these bytes, which must come from a cryptographically secure generator.
    pub fn from_random(bytes: [u8; Self::RANDOM_BYTES]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The ID that a client sent, if it has exactly the form that is given out: 43 characters of base64url, no padding,
    /// the two bits left over zero. RFC 4648, 3.5 and 5.
    pub fn parse(text: &str) -> Option<Self> {
        // The length first, so that a text of any size costs nothing more.
        if text.len() != Self::LENGTH {
            return None;
        }
        // One byte more than an ID has: the decoder wants room for its estimate, which rounds up.
        let mut bytes = [0; Self::RANDOM_BYTES + 1];
        let written = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
        (written == Self::RANDOM_BYTES).then(|| Self(text.to_owned()))
    }

    /// The ID as the cookie carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the store keeps in place of the ID: SHA-256 of its text. Whoever reads the store can't sign in with it.
    pub fn hash(&self) -> CredentialHash {
        CredentialHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(hidden)")
    }
}

/// SHA-256 of the text of a session ID or of a refresh token. `Display` writes it as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialHash([u8; 32]);

impl CredentialHash {
    /// The hash of these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash that `Display` wrote: exactly 64 lower-case hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
            return None;
        };
        let pairs: &[[u8; 2]; 32] = pairs.try_into().ok()?;
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = hex_digit(*high)? << 4 | hex_digit(*low)?;
        }
        Some(Self(bytes))
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

const fn hex_digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for CredentialHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CredentialHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CredentialHash({self})")
    }
}
