//! The server's record of one sign-in. Never holds the session ID, and never says whether the session still holds.

use protocol::{Lane, SessionRow, StorePlace, Timestamp};

use crate::{CredentialHash, Role};

/// How many of a user's sessions are listed at most.
pub const LISTED_SESSIONS_LIMIT: usize = 100;

/// The most characters of a device's name that a session keeps.
pub const DEVICE_CHARACTERS: usize = 100;

/// The server's record of one sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of its ID.
    pub id_hash: CredentialHash,
    /// Whose it is.
    pub user: u32,
    /// In which lane.
    pub lane: Lane,
    /// From which device the user signed in, as far as it said.
    pub device: String,
    /// The role that its ID was issued for: with another role it gets another ID.
    pub role: Role,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, as far as written down.
    pub last_seen: Timestamp,
    /// When it ends if it is not used. ASVS 7.3.1.
    pub idle_expires: Timestamp,
    /// When it ends in any case. ASVS 7.3.2.
    pub absolute_expires: Timestamp,
}

impl Session {
    /// The session as the observer sees it, in that place.
    pub fn to_row(
        &self,
        place: StorePlace,
        server: Option<u32>,
        cached_since: Option<Timestamp>,
    ) -> SessionRow {
        SessionRow {
            id_hash: self.id_hash.to_string(),
            user: self.user,
            lane: self.lane,
            place,
            server,
            device: self.device.clone(),
            role: self.role.as_str().to_owned(),
            cached_since,
            created: self.created,
            last_seen: self.last_seen,
            idle_expires: self.idle_expires,
            absolute_expires: self.absolute_expires,
        }
    }
}
