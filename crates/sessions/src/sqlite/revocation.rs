//! In SQLite: what access tokens are refused by before they expire.

use protocol::{Access, Lane, Timestamp};
use rusqlite::params;

use super::{SqliteStore, all, first, moment, store_error};
use crate::{RevocationStore, StoreError, statement};

impl RevocationStore for SqliteStore {
    fn deny(
        &mut self,
        lane: Lane,
        jti: &str,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(
            statement::DENY,
            params![
                lane.as_str(),
                jti,
                since.milliseconds(),
                until.milliseconds()
            ],
        )
        .map_err(store_error)?;
        Ok(())
    }

    fn forget_denied(&mut self, lane: Lane, now: Timestamp) -> Result<u32, StoreError> {
        self.write_many(
            statement::FORGET_DENIED,
            params![lane.as_str(), now.milliseconds()],
        )
    }

    fn denied_since(&mut self, lane: Lane, jti: &str) -> Result<Option<Timestamp>, StoreError> {
        self.read(
            statement::DENIED_SINCE,
            params![lane.as_str(), jti],
            |row| moment(row, 0),
        )
        .map(first)
    }

    fn token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        self.read(
            statement::TOKEN_VERSION,
            params![lane.as_str(), user],
            |row| row.get(0),
        )
        .map(|rows| first(rows).unwrap_or_default())
    }

    fn raise_token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        let versions = self
            .run(Access::Write, statement::RAISE_TOKEN_VERSION, |statement| {
                let rows = all(statement, params![lane.as_str(), user], |row| {
                    row.get::<_, i64>(0)
                })?;
                let changed = rows.len();
                Ok((rows, changed))
            })
            .map_err(store_error)?;
        let version = first(versions).unwrap_or_default();
        u32::try_from(version).map_err(|_| StoreError::Full)
    }
}
