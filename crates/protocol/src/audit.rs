//! What the server writes down about sign-ins, kills and refusals. It never holds a session ID or a token.

use serde::{Deserialize, Serialize};

use crate::{Lane, Timestamp};

/// An entry of the audit log, as the observer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When it was written.
    pub at: Timestamp,
    /// What happened.
    pub event: AuditEvent,
    /// Whom it is about, where that is known.
    pub user: Option<u32>,
    /// In which lane's server; `None` for what concerns both.
    pub lane: Option<Lane>,
    /// The first hex digits of a session ID's or refresh token's hash or of a family, or a token's `jti`.
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
    /// A user ended one of the user's own sessions from another, or all others. ASVS 7.5.2.
    SessionEnded,
    /// A session was ended by someone else. ASVS 7.4.5.
    SessionKilled,
    /// A request was refused.
    RequestRefused,
    /// A session goes on under a new ID, as its user's role changed.
    SessionRenewed,
    /// A refresh token came a second time: its family ended. RFC 9700, 4.14.2.
    RefreshTokenReused,
    /// A user's role was changed.
    RoleChanged,
    /// An account was suspended. ASVS 7.4.2.
    AccountSuspended,
    /// An account may be used again.
    AccountRestored,
    /// A user's sign-ins were all ended by an administrator. ASVS 7.4.5.
    UserSignedOut,
    /// Another key signs from now on.
    KeyRotated,
}

impl AuditEvent {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::SignedIn,
        Self::SignInRefused,
        Self::SignedOut,
        Self::SessionEnded,
        Self::SessionKilled,
        Self::RequestRefused,
        Self::SessionRenewed,
        Self::RefreshTokenReused,
        Self::RoleChanged,
        Self::AccountSuspended,
        Self::AccountRestored,
        Self::UserSignedOut,
        Self::KeyRotated,
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
            Self::SessionRenewed => "session_renewed",
            Self::RefreshTokenReused => "refresh_token_reused",
            Self::RoleChanged => "role_changed",
            Self::AccountSuspended => "account_suspended",
            Self::AccountRestored => "account_restored",
            Self::UserSignedOut => "user_signed_out",
            Self::KeyRotated => "key_rotated",
        }
    }

    /// The event of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == name)
    }
}
