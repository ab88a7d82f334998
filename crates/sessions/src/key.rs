//! Signing keys as the store keeps them. Never signs, and never prints a secret.

use std::fmt;

use protocol::Timestamp;

/// A key that signs tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// Its ID. RFC 7517, 4.5.
    pub kid: String,
    /// The algorithm that it is for, by its JOSE name, such as `HS256`. RFC 7518, 3.1.
    pub algorithm: String,
    /// The key itself: a secret's octets, or the text of a private key's PEM.
    pub secret: Vec<u8>,
    /// When it was made.
    pub created: Timestamp,
    /// Since when it signs no more.
    pub retired: Option<Timestamp>,
    /// Since when nothing that it signed is accepted.
    pub distrusted: Option<Timestamp>,
}

impl fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret stays out: what is printed ends up in logs.
        f.debug_struct("StoredKey")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .field("created", &self.created)
            .field("retired", &self.retired)
            .field("distrusted", &self.distrusted)
            .finish_non_exhaustive()
    }
}
