//! What the observer does to a store in SQLite. Never logs any of it: no request did it.

use protocol::{Lane, Timestamp};
use rusqlite::{StatementStatus, params};

use super::sessions::session;
use super::{
    SqliteStore, audit, duplicate, first, limit as sql_limit, named, refresh, store_error,
};
use crate::operation_log::OperationLog;
use crate::{
    AuditEntry, CredentialHash, ObserverAccess, RefreshToken, Session, StoreError, User, schema,
    statement,
};

impl ObserverAccess for SqliteStore {
    fn list_sessions(&self, limit: usize) -> Result<(Vec<Session>, u32), StoreError> {
        let sessions = self.look(statement::LIST_SESSIONS, params![sql_limit(limit)], session)?;
        let count = self.session_count()?;
        Ok((sessions, u32::try_from(count).unwrap_or(u32::MAX)))
    }

    fn look_up_session(&self, id_hash: &CredentialHash) -> Result<Option<Session>, StoreError> {
        self.look(
            statement::LOOK_UP_SESSION,
            params![id_hash.as_bytes()],
            session,
        )
        .map(first)
    }

    fn count_sessions_of(&self, user: u32, lane: Lane) -> Result<u32, StoreError> {
        let parameters = params![user, lane.as_str()];
        let counts = self.look(statement::COUNT_SESSIONS_OF, parameters, |row| row.get(0))?;
        Ok(first(counts).unwrap_or_default())
    }

    fn list_refresh_tokens(&self, limit: usize) -> Result<Vec<RefreshToken>, StoreError> {
        self.look(
            statement::LIST_REFRESH_TOKENS,
            params![sql_limit(limit)],
            refresh::token,
        )
    }

    fn count_denied(&self) -> Result<[u32; 2], StoreError> {
        let counts = self.look(statement::COUNT_DENIED, [], |row| {
            Ok((named(row, 0, "lane", Lane::parse)?, row.get(1)?))
        })?;
        let mut of_lanes = [0; 2];
        for (lane, count) in counts {
            *lane.of_mut(&mut of_lanes) = count;
        }
        Ok(of_lanes)
    }

    fn count_expired_denied(&self, lane: Lane, now: Timestamp) -> Result<u32, StoreError> {
        let parameters = params![lane.as_str(), now.milliseconds()];
        let counts = self.look(statement::COUNT_EXPIRED_DENIED, parameters, |row| {
            row.get(0)
        })?;
        Ok(first(counts).unwrap_or_default())
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

    fn kill_session(&mut self, id_hash: &CredentialHash) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached(statement::KILL_SESSION)
            .and_then(|mut statement| {
                statement.reset_status(StatementStatus::VmStep);
                statement.execute(params![id_hash.as_bytes()])
            })
            .map(|rows| rows > 0)
            .map_err(store_error)
    }

    fn reset(&mut self, users: &[User]) -> Result<(), StoreError> {
        schema::create(&mut self.connection, users).map_err(|error| duplicate(error, "user"))?;
        self.log = OperationLog::new();
        self.counts.forget();
        Ok(())
    }
}
