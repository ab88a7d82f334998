//! The server's record of one sign-in. Never holds the session ID, and never says whether the session still holds.

use protocol::{SessionRow, Timestamp};

use crate::SessionIdHash;

/// The server's record of one sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of its ID.
    pub id_hash: SessionIdHash,
    /// Whose it is.
    pub user: u32,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, as far as written down.
    pub last_seen: Timestamp,
    /// When it ends if it is not used. ASVS 7.3.1.
    pub idle_expires: Timestamp,
    /// When it ends in any case. ASVS 7.3.2.
    pub absolute_expires: Timestamp,
}

impl From<&Session> for SessionRow {
    /// The session as the observer sees it.
    fn from(session: &Session) -> Self {
        Self {
            id_hash: session.id_hash.to_string(),
            user: session.user,
            created: session.created,
            last_seen: session.last_seen,
            idle_expires: session.idle_expires,
            absolute_expires: session.absolute_expires,
        }
    }
}
