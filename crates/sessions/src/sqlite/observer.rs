//! What the observer does to a store in SQLite. Never logs any of it: no request did it.

use rusqlite::params;

use super::{SqliteStore, audit, duplicate, limit as sql_limit, session, store_error};
use crate::operation_log::OperationLog;
use crate::{
    AuditEntry, ObserverAccess, Session, SessionIdHash, StoreError, User, schema, statement,
};

impl ObserverAccess for SqliteStore {
    fn list_sessions(&self, limit: usize) -> Result<(Vec<Session>, u32), StoreError> {
        let sessions = self.look(statement::LIST_SESSIONS, params![sql_limit(limit)], session)?;
        let counts = self.look(statement::COUNT_SESSIONS, [], |row| row.get(0))?;
        Ok((sessions, counts.into_iter().next().unwrap_or_default()))
    }

    fn list_audit(&self, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        self.look(
            statement::LIST_AUDIT,
            params![sql_limit(limit)],
            audit::entry,
        )
    }

    fn next_order_number(&self, user: u32) -> Result<u32, StoreError> {
        let numbers = self.look(statement::NEXT_ORDER_NUMBER, params![user], |row| {
            row.get::<_, i64>(0)
        })?;
        let number = numbers.first().ok_or(StoreError::UnknownUser { user })?;
        u32::try_from(*number).map_err(|_| StoreError::Full)
    }

    fn kill_session(&mut self, id_hash: &SessionIdHash) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached(statement::END_SESSION)
            .and_then(|mut statement| statement.execute(params![id_hash.as_bytes()]))
            .map(|rows| rows > 0)
            .map_err(store_error)
    }

    fn reset(&mut self, users: &[User]) -> Result<(), StoreError> {
        schema::create(&mut self.connection, users).map_err(|error| duplicate(error, "user"))?;
        self.log = OperationLog::new();
        Ok(())
    }
}
