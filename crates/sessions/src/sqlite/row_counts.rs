//! How many sessions there are, remembered: counting a million takes as long as thousands of lookups. Never believes
//! what was remembered where a change may have gone unseen.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rusqlite::{Connection, params_from_iter};

use super::{SqliteStore, store_error};
use crate::{StoreError, statement};

/// The number of the user whose the batch of number 0 would be.
pub(super) const FIRST_USER: u32 = 1_000_000;
/// How many batches there can be.
pub(super) const BATCHES: u32 = 999_999;

const BATCH_USERS: &str = "SELECT id FROM users WHERE id > ?1 AND id <= ?2 ORDER BY id";
const COUNT_BATCH: &str = "SELECT count(*) FROM sessions WHERE user_id = ?1";
const COUNT_OTHERS: &str = "SELECT count(*) FROM sessions WHERE user_id <= ?1";

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct RowCounts(RefCell<Counted>);

#[derive(Debug, Default)]
struct Counted {
    /// How many changes the connection had seen by then.
    changes: u64,
    sessions: Option<u64>,
    /// Each batch's rows by its number.
    batches: BTreeMap<u32, u32>,
}

impl RowCounts {
    /// Forgets what was counted, where a change may have gone unseen.
    pub(super) fn forget(&self) {
        *self.0.borrow_mut() = Counted::default();
    }

    /// Takes over what one of the server's statements did, before which the connection had seen that many changes.
    pub(super) fn follow(&self, connection: &Connection, before: u64, sql: &str, rows: usize) {
        let mut counted = self.0.borrow_mut();
        if counted.changes != before {
            return;
        }
        counted.changes = connection.total_changes();
        let rows = rows as u64;
        if counted.changes - before != rows {
            // Someone's own trigger changed more, or less.
            *counted = Counted::default();
            return;
        }
        counted.sessions = counted.sessions.and_then(|sessions| match sql {
            statement::CREATE_SESSION => sessions.checked_add(rows),
            statement::END_SESSION | statement::END_ONE_OF | statement::END_ALL_OF => {
                sessions.checked_sub(rows)
            }
            _ => Some(sessions),
        });
    }

    /// Takes over what a slice of a batch has changed; a batch without rows is gone.
    pub(super) fn set(
        &self,
        connection: &Connection,
        sessions: u64,
        batch: u32,
        rows: Option<u32>,
    ) {
        let mut counted = self.0.borrow_mut();
        counted.changes = connection.total_changes();
        counted.sessions = Some(sessions);
        match rows {
            Some(rows) => counted.batches.insert(batch, rows),
            None => counted.batches.remove(&batch),
        };
    }
}

impl SqliteStore {
    /// How many sessions there are.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn session_count(&self) -> Result<u64, StoreError> {
        self.sessions_counted().map_err(store_error)
    }

    /// How many sessions there are, as SQLite says it.
    pub(super) fn sessions_counted(&self) -> rusqlite::Result<u64> {
        let mut counted = self.counts.0.borrow_mut();
        let changes = self.connection.total_changes();
        if let Some(sessions) = counted.sessions
            && counted.changes == changes
        {
            return Ok(sessions);
        }
        let sessions = self.count(statement::COUNT_SESSIONS, None)?;
        counted.changes = changes;
        counted.sessions = Some(sessions);
        Ok(sessions)
    }

    /// The batches and how many rows each has. Rows are added to one by a filling alone, so where they are as many in
    /// all as they were, each has what it had.
    pub(super) fn batches_counted(&self) -> rusqlite::Result<BTreeMap<u32, u32>> {
        let others = self.count(COUNT_OTHERS, Some(FIRST_USER))?;
        let in_batches = self.sessions_counted()?.saturating_sub(others);
        let numbers: Vec<u32> = self
            .connection
            .prepare(BATCH_USERS)?
            .query_map([FIRST_USER, FIRST_USER + BATCHES], |row| {
                Ok(row.get::<_, u32>(0)? - FIRST_USER)
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut counted = self.counts.0.borrow_mut();
        let remembered = counted
            .batches
            .values()
            .copied()
            .map(u64::from)
            .sum::<u64>();
        if remembered != in_batches || !counted.batches.keys().eq(&numbers) {
            counted.batches.clear();
            for number in numbers {
                let rows = self.count(COUNT_BATCH, Some(FIRST_USER + number))?;
                counted
                    .batches
                    .insert(number, u32::try_from(rows).unwrap_or(u32::MAX));
            }
        }
        Ok(counted.batches.clone())
    }

    /// The number that this statement gives, which may ask for a user's.
    pub(super) fn count(&self, sql: &str, user: Option<u32>) -> rusqlite::Result<u64> {
        let mut statement = self.connection.prepare(sql)?;
        let count: i64 = statement.query_row(params_from_iter(user), |row| row.get(0))?;
        // No table has fewer rows than none.
        Ok(u64::try_from(count).unwrap_or_default())
    }
}
