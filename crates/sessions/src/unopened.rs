//! The store of servers whose database is not open yet. It knows nothing, and never says that there is nothing: it notes
//! that it was asked, so that what was answered by it can be thrown away.

use std::cell::Cell;

use protocol::{Lane, Purpose, StoreOperation, StorePlace, Timestamp};

use crate::{
    AuditEntry, AuditLog, AuditRecord, CredentialHash, FamilyId, KeyStore, ObserverAccess, Order,
    OrderStore, RefreshStore, RefreshToken, RevocationStore, Role, Session, SessionStore, Store,
    StoreError, StoredKey, User, UserStore, UserSummary,
};

/// A store that only notes whether it was asked. Each answer is [`StoreError::Unreachable`].
#[derive(Clone, Debug, Default)]
pub struct UnopenedStore {
    was_asked: Cell<bool>,
}

impl UnopenedStore {
    /// Whether anything was asked of it since the last call, or a key was needed that it has.
    pub const fn take_asked(&self) -> bool {
        self.was_asked.replace(false)
    }

    fn ask<T>(&self) -> Result<T, StoreError> {
        self.was_asked.set(true);
        Err(StoreError::Unreachable)
    }
}

impl SessionStore for UnopenedStore {
    fn create(&mut self, _: &Session) -> Result<(), StoreError> {
        self.ask()
    }

    fn find(&mut self, _: &CredentialHash) -> Result<Option<(Session, User)>, StoreError> {
        self.ask()
    }

    fn touch(&mut self, _: &CredentialHash, _: Timestamp, _: Timestamp) -> Result<(), StoreError> {
        self.ask()
    }

    fn end(&mut self, _: Lane, _: &CredentialHash) -> Result<bool, StoreError> {
        self.ask()
    }

    fn renew(
        &mut self,
        _: &CredentialHash,
        _: &CredentialHash,
        _: Role,
    ) -> Result<bool, StoreError> {
        self.ask()
    }

    fn sessions_of(&mut self, _: u32, _: Lane) -> Result<Vec<Session>, StoreError> {
        self.ask()
    }

    fn end_one_of(&mut self, _: u32, _: Lane, _: &CredentialHash) -> Result<bool, StoreError> {
        self.ask()
    }

    fn end_all_of(
        &mut self,
        _: u32,
        _: Lane,
        _: Option<&CredentialHash>,
    ) -> Result<u32, StoreError> {
        self.ask()
    }
}

impl RefreshStore for UnopenedStore {
    fn add_refresh(&mut self, _: &RefreshToken) -> Result<(), StoreError> {
        self.ask()
    }

    fn find_refresh(
        &mut self,
        _: &CredentialHash,
    ) -> Result<Option<(RefreshToken, User)>, StoreError> {
        self.ask()
    }

    fn use_refresh(&mut self, _: &CredentialHash, _: Timestamp) -> Result<bool, StoreError> {
        self.ask()
    }

    fn end_family(&mut self, _: &FamilyId, _: Timestamp) -> Result<u32, StoreError> {
        self.ask()
    }

    fn end_families_of(&mut self, _: u32, _: Lane, _: Timestamp) -> Result<u32, StoreError> {
        self.ask()
    }
}

impl RevocationStore for UnopenedStore {
    fn deny(&mut self, _: Lane, _: &str, _: Timestamp, _: Timestamp) -> Result<(), StoreError> {
        self.ask()
    }

    fn forget_denied(&mut self, _: Lane, _: Timestamp) -> Result<u32, StoreError> {
        self.ask()
    }

    fn denied_since(&mut self, _: Lane, _: &str) -> Result<Option<Timestamp>, StoreError> {
        self.ask()
    }

    fn token_version(&mut self, _: Lane, _: u32) -> Result<u32, StoreError> {
        self.ask()
    }

    fn raise_token_version(&mut self, _: Lane, _: u32) -> Result<u32, StoreError> {
        self.ask()
    }
}

impl UserStore for UnopenedStore {
    fn find_by_account(&mut self, _: &str) -> Result<Option<User>, StoreError> {
        self.ask()
    }

    fn find_user(&mut self, _: u32) -> Result<Option<User>, StoreError> {
        self.ask()
    }

    fn update_user(&mut self, _: &User) -> Result<bool, StoreError> {
        self.ask()
    }

    fn list_users(&mut self) -> Result<Vec<UserSummary>, StoreError> {
        self.ask()
    }
}

impl OrderStore for UnopenedStore {
    fn orders_of(&mut self, _: u32) -> Result<Vec<Order>, StoreError> {
        self.ask()
    }

    fn add_order(&mut self, _: u32, _: &str, _: Timestamp) -> Result<Order, StoreError> {
        self.ask()
    }
}

impl AuditLog for UnopenedStore {
    fn record(&mut self, _: &AuditRecord<'_>) -> Result<(), StoreError> {
        self.ask()
    }
}

impl KeyStore for UnopenedStore {
    fn is_open() -> bool {
        false
    }

    fn keys(&mut self) -> Result<Vec<StoredKey>, StoreError> {
        self.ask()
    }

    fn add_key(&mut self, _: &StoredKey) -> Result<(), StoreError> {
        self.ask()
    }

    fn retire_key(
        &mut self,
        _: &str,
        _: Timestamp,
        _: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.ask()
    }
}

impl Store for UnopenedStore {
    fn take_operations(&mut self) -> Vec<StoreOperation> {
        Vec::new()
    }

    fn set_purpose(&mut self, _: Purpose) {}

    fn place(&self) -> StorePlace {
        StorePlace::Database
    }

    fn note_key_use(&self) {
        self.was_asked.set(true);
    }
}

impl ObserverAccess for UnopenedStore {
    fn list_sessions(&self, _: usize) -> Result<(Vec<Session>, u32), StoreError> {
        self.ask()
    }

    fn look_up_session(&self, _: &CredentialHash) -> Result<Option<Session>, StoreError> {
        self.ask()
    }

    fn count_sessions_of(&self, _: u32, _: Lane) -> Result<u32, StoreError> {
        self.ask()
    }

    fn list_audit(&self, _: usize) -> Result<Vec<AuditEntry>, StoreError> {
        self.ask()
    }

    fn list_refresh_tokens(&self, _: usize) -> Result<Vec<RefreshToken>, StoreError> {
        self.ask()
    }

    fn count_denied(&self) -> Result<[u32; 2], StoreError> {
        self.ask()
    }

    fn count_expired_denied(&self, _: Lane, _: Timestamp) -> Result<u32, StoreError> {
        self.ask()
    }

    fn next_order_number(&self, _: u32) -> Result<u32, StoreError> {
        self.ask()
    }

    fn kill_session(&mut self, _: &CredentialHash) -> Result<bool, StoreError> {
        self.ask()
    }

    fn reset(&mut self, _: &[User]) -> Result<(), StoreError> {
        self.ask()
    }
}
