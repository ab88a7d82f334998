//! The audit log in SQLite. Never needs a second statement to forget the oldest entry.

use protocol::Lane;
use rusqlite::{Row, params};

use super::{SqliteStore, moment, named, named_if_any, store_error};
use crate::{AuditEntry, AuditEvent, AuditLog, AuditRecord, StoreError, statement};

impl AuditLog for SqliteStore {
    fn record(&mut self, record: &AuditRecord<'_>) -> Result<(), StoreError> {
        self.write(
            statement::RECORD_AUDIT,
            params![
                record.at.milliseconds(),
                record.event.as_str(),
                record.lane.map(Lane::as_str),
                record.user,
                record.subject
            ],
        )
        .map_err(store_error)?;
        Ok(())
    }
}

/// The entry in the six columns.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        id: row.get(0)?,
        at: moment(row, 1)?,
        event: named(row, 2, "event", AuditEvent::parse)?,
        lane: named_if_any(row, 3, "lane", Lane::parse)?,
        user: row.get(4)?,
        subject: row.get(5)?,
    })
}
