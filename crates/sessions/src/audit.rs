//! What the server writes down about sign-ins, kills and refusals. Never holds a session ID or a token.

use protocol::{AuditEvent, AuditRow, Lane, Timestamp};

/// How many entries the audit log keeps: with each one more, the oldest goes.
pub const AUDIT_LOG_CAPACITY: usize = 1_000;

/// What is to be written down. What `subject` is, and must never be, says [`AuditEntry::subject`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditRecord<'a> {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: AuditEvent,
    /// In which lane's server; `None` for what concerns both.
    pub lane: Option<Lane>,
    /// The user whom it is about, where one is known.
    pub user: Option<u32>,
    /// What tells this credential from others.
    pub subject: Option<&'a str>,
}

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The entry's number: they count up from 1, and no number is given twice.
    pub id: u32,
    /// When it happened, by the clock of the server that wrote it down.
    pub at: Timestamp,
    /// What happened.
    pub event: AuditEvent,
    /// In which lane's server; `None` for what concerns both.
    pub lane: Option<Lane>,
    /// The user whom it is about, where one is known.
    pub user: Option<u32>,
    /// What tells this credential from others and lets nobody in: the first hex digits of a session ID's hash, or a
    /// token's `jti`. Never a session ID or a token.
    pub subject: Option<String>,
}

impl From<&AuditEntry> for AuditRow {
    fn from(entry: &AuditEntry) -> Self {
        Self {
            at: entry.at,
            event: entry.event,
            lane: entry.lane,
            user: entry.user,
            subject: entry.subject.clone(),
        }
    }
}
