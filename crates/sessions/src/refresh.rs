//! Refresh tokens: the secret that the client holds, and the server's record of it. Never prints a secret, and never says
//! whether a token still holds. RFC 6749, 1.5; RFC 9700, 4.14.

use std::fmt;

use protocol::{Lane, RefreshRow, Timestamp};

use crate::{CredentialHash, SessionId};

/// The opaque, random text of a refresh token. It has the form of a [`SessionId`], and is as secret.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshSecret(SessionId);

impl RefreshSecret {
    /// How many random bytes are in it.
    pub const RANDOM_BYTES: usize = SessionId::RANDOM_BYTES;

    /// How many characters it has.
    pub const LENGTH: usize = SessionId::LENGTH;

    /// The secret of these bytes, which must come from a cryptographically secure generator.
    pub fn from_random(bytes: [u8; Self::RANDOM_BYTES]) -> Self {
        Self(SessionId::from_random(bytes))
    }

    /// The secret that a client sent, if it has exactly the form that is given out.
    pub fn parse(text: &str) -> Option<Self> {
        SessionId::parse(text).map(Self)
    }

    /// The secret as the cookie carries it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What the store keeps in its place.
    pub fn hash(&self) -> CredentialHash {
        self.0.hash()
    }
}

impl fmt::Debug for RefreshSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshSecret(hidden)")
    }
}

/// What all refresh tokens of one sign-in share. It lets nobody in. `Display` writes 32 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyId([u8; Self::BYTES]);

impl FamilyId {
    /// How many bytes it has.
    pub const BYTES: usize = 16;

    /// The family of these bytes.
    pub const fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// The family that `Display` wrote: exactly 32 lower-case hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let is_hex = |octet: u8| matches!(octet, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != Self::BYTES * 2 || !text.bytes().all(is_hex) {
            return None;
        }
        let number = u128::from_str_radix(text, 16).ok()?;
        Some(Self(number.to_be_bytes()))
    }
}

impl fmt::Display for FamilyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FamilyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FamilyId({self})")
    }
}

/// The server's record of a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// SHA-256 of its secret.
    pub token_hash: CredentialHash,
    /// Its family.
    pub family: FamilyId,
    /// Whose it is.
    pub user: u32,
    /// In which lane.
    pub lane: Lane,
    /// When it was issued.
    pub created: Timestamp,
    /// When it was exchanged for the next one.
    pub used: Option<Timestamp>,
    /// When its family ends in any case.
    pub expires: Timestamp,
    /// When its family was ended before.
    pub ended: Option<Timestamp>,
}

impl From<&RefreshToken> for RefreshRow {
    /// The token as the observer sees it.
    fn from(token: &RefreshToken) -> Self {
        Self {
            token_hash: token.token_hash.to_string(),
            family: token.family.to_string(),
            user: token.user,
            lane: token.lane,
            created: token.created,
            used: token.used,
            expires: token.expires,
            ended: token.ended,
        }
    }
}
