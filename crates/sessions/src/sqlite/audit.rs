//! The audit log in SQLite. Never needs a second statement to forget the oldest entry.

use protocol::Timestamp;
use rusqlite::{Row, params};

use super::{SqliteStore, moment, named, store_error};
use crate::{AuditEntry, AuditEvent, AuditLog, StoreError, statement};

impl AuditLog for SqliteStore {
    fn record(
        &mut self,
        at: Timestamp,
        event: AuditEvent,
        user: Option<u32>,
        subject: Option<&str>,
    ) -> Result<(), StoreError> {
        self.write(
            statement::RECORD_AUDIT,
            params![at.milliseconds(), event.as_str(), user, subject],
        )
        .map_err(store_error)?;
        Ok(())
    }
}

/// The entry in the five columns.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        id: row.get(0)?,
        at: moment(row, 1)?,
        event: named(row, 2, "event", AuditEvent::parse)?,
        user: row.get(3)?,
        subject: row.get(4)?,
    })
}
