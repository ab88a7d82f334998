//! What the server writes down about sign-ins, kills and refusals. It never holds a session ID or a token.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// An entry of the audit log, as the observer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When it was written.
    pub at: Timestamp,
    /// What happened.
    pub event: AuditEvent,
    /// Whom it is about, where that is known.
    pub user: Option<u32>,
    /// The first hex digits of the session ID's hash, where there is one.
    pub subject: Option<String>,
}

/// What the audit log tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditEvent {
    /// A user signed in.
    SignedIn,
    /// Someone could not sign in.
    SignInRefused,
    /// A user signed out.
    SignedOut,
    /// A session ended because its user signed in anew. ASVS 7.2.4.
    SessionEnded,
    /// A session was ended by someone else. ASVS 7.4.5.
    SessionKilled,
    /// A request was refused.
    RequestRefused,
}

impl AuditEvent {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::SignedIn,
        Self::SignInRefused,
        Self::SignedOut,
        Self::SessionEnded,
        Self::SessionKilled,
        Self::RequestRefused,
    ];

    /// The event's name as stores carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
            Self::SessionEnded => "session_ended",
            Self::SessionKilled => "session_killed",
            Self::RequestRefused => "request_refused",
        }
    }

    /// The event of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == name)
    }
}
