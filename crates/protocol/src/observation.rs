//! What the observer is shown of server and user agent, and what single operations cost.

use serde::{Deserialize, Serialize};

use crate::{AuditRow, Batch, Cookie, HeldKey, Lane, RefreshRow, StorePlace, Timestamp, UserRow};

/// What server and user agent hold, for the observer's eyes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// When it was looked at.
    pub at: Timestamp,
    /// The sessions, of the database and of the servers' memory, newest first, at most 100.
    pub sessions: Vec<SessionRow>,
    /// How many sessions there are in all.
    pub session_count: u32,
    /// The signing keys, without their secrets.
    pub keys: Vec<KeyRow>,
    /// Which services hold which key of the stateless design, as they are deployed now.
    pub held_keys: Vec<HeldKey>,
    /// The audit log, newest first, at most 20.
    pub audit: Vec<AuditRow>,
    /// The users, at most 100.
    pub users: Vec<UserRow>,
    /// The refresh tokens, newest first, at most 100.
    pub refresh_tokens: Vec<RefreshRow>,
    /// How many access tokens are on each lane's denylist.
    pub denied: [u32; 2],
    /// The batches that were filled in.
    pub batches: Vec<Batch>,
    /// The user agent's cookies, in the order in which they were first stored.
    pub jar: Vec<Cookie>,
}

/// A row of the sessions table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// SHA-256 of the session ID, hex. The ID itself is stored nowhere on the server.
    pub id_hash: String,
    /// Whose session it is.
    pub user: u32,
    /// In which lane.
    pub lane: Lane,
    /// Where it is.
    pub place: StorePlace,
    /// In which server's memory it is, where it is in one.
    pub server: Option<u32>,
    /// From which device the user signed in, as far as it said.
    pub device: String,
    /// The role that its ID was issued for.
    pub role: String,
    /// Since when the server remembers it without asking the store; `None` where it would ask.
    pub cached_since: Option<Timestamp>,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, as far as written down.
    pub last_seen: Timestamp,
    /// When it ends if it is not used.
    pub idle_expires: Timestamp,
    /// When it ends in any case.
    pub absolute_expires: Timestamp,
}

/// A signing key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRow {
    /// Its ID.
    pub kid: String,
    /// Its algorithm.
    pub algorithm: String,
    /// Its length.
    pub bits: u32,
    /// When it was made.
    pub created: Timestamp,
    /// Since when it signs no more.
    pub retired: Option<Timestamp>,
    /// Since when nothing that it signed is accepted.
    pub distrusted: Option<Timestamp>,
}

/// What single operations cost in this browser. Calibrated: medians of many runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// SHA-256 of a session ID.
    pub session_id_hash: CalibratedCost,
    /// The lookup of a session and its user.
    pub session_lookup: CalibratedCost,
    /// The check of a token's signature.
    pub signature_check: CalibratedCost,
    /// All checks of a token.
    pub token_checks: CalibratedCost,
}

/// What one operation costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CalibratedCost {
    /// The median of a run, in microseconds.
    pub microseconds: f64,
    /// How many times it ran in all.
    pub runs: u32,
}
