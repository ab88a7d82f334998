//! What the observer does to one server's store: where the records are, there it looks. Never looks into the cache.

use protocol::{Lane, Timestamp};

use super::ServerStore;
use crate::operation_log::OperationLog;
use crate::{
    AuditEntry, CredentialHash, ObserverAccess, RefreshToken, Session, Store, StoreError, User,
};

impl<S: Store + ObserverAccess> ObserverAccess for ServerStore<'_, S> {
    fn list_sessions(&self, limit: usize) -> Result<(Vec<Session>, u32), StoreError> {
        if self.is_in_memory() {
            return Ok(self.memory.list_sessions(limit));
        }
        self.reach()?;
        self.database.list_sessions(limit)
    }

    fn look_up_session(&self, id_hash: &CredentialHash) -> Result<Option<Session>, StoreError> {
        if self.is_in_memory() {
            return Ok(self.memory.records.session(id_hash).cloned());
        }
        self.reach()?;
        self.database.look_up_session(id_hash)
    }

    fn count_sessions_of(&self, user: u32, lane: Lane) -> Result<u32, StoreError> {
        if self.is_in_memory() {
            return Ok(self.memory.records.count_sessions_of(user, lane));
        }
        self.reach()?;
        self.database.count_sessions_of(user, lane)
    }

    fn list_audit(&self, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        self.reach()?;
        self.database.list_audit(limit)
    }

    fn list_refresh_tokens(&self, limit: usize) -> Result<Vec<RefreshToken>, StoreError> {
        if self.is_in_memory() {
            return Ok(self.memory.list_refresh_tokens(limit));
        }
        self.reach()?;
        self.database.list_refresh_tokens(limit)
    }

    fn count_denied(&self) -> Result<[u32; 2], StoreError> {
        if self.is_in_memory() {
            return Ok(self.memory.count_denied());
        }
        self.reach()?;
        self.database.count_denied()
    }

    fn count_expired_denied(&self, lane: Lane, now: Timestamp) -> Result<u32, StoreError> {
        if self.is_in_memory() {
            return Ok(self.memory.records.count_expired_denied(lane, now));
        }
        self.reach()?;
        self.database.count_expired_denied(lane, now)
    }

    fn next_order_number(&self, user: u32) -> Result<u32, StoreError> {
        self.reach()?;
        self.database.next_order_number(user)
    }

    fn kill_session(&mut self, id_hash: &CredentialHash) -> Result<bool, StoreError> {
        if self.is_in_memory() {
            return Ok(self.memory.kill_session(id_hash));
        }
        self.reach()?;
        self.database.kill_session(id_hash)
    }

    fn reset(&mut self, users: &[User]) -> Result<(), StoreError> {
        self.database.reset(users)?;
        self.memory.clear();
        self.cached_since = None;
        self.log = OperationLog::new();
        Ok(())
    }
}
