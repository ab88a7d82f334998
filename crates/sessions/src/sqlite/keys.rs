//! The keys that sign tokens, in SQLite.

use protocol::Timestamp;
use rusqlite::params;

use super::{SqliteStore, duplicate, milliseconds, moment, moment_if_any, store_error};
use crate::{KeyStore, StoreError, StoredKey, statement};

impl KeyStore for SqliteStore {
    fn keys(&mut self) -> Result<Vec<StoredKey>, StoreError> {
        self.read(statement::KEYS, [], |row| {
            Ok(StoredKey {
                kid: row.get(0)?,
                algorithm: row.get(1)?,
                secret: row.get(2)?,
                created: moment(row, 3)?,
                retired: moment_if_any(row, 4)?,
                distrusted: moment_if_any(row, 5)?,
            })
        })
    }

    fn add_key(&mut self, key: &StoredKey) -> Result<(), StoreError> {
        self.write(
            statement::ADD_KEY,
            params![
                key.kid,
                key.algorithm,
                key.secret,
                key.created.milliseconds(),
                milliseconds(key.retired),
                milliseconds(key.distrusted),
            ],
        )
        .map_err(|error| duplicate(error, "signing key"))?;
        Ok(())
    }

    fn retire_key(
        &mut self,
        kid: &str,
        retired: Timestamp,
        distrusted: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.write(
            statement::RETIRE_KEY,
            params![kid, retired.milliseconds(), milliseconds(distrusted)],
        )
        .map(|rows| rows > 0)
        .map_err(store_error)
    }
}
