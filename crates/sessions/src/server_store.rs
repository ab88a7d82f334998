//! The store of one server: its database, with what it remembers by itself in front. Never outlasts a request: the
//! database and the memory are lent to it.

mod credentials;
mod observer;

use protocol::{Purpose, StoreOperation, StorePlace, StoreSettings, Timestamp};

use crate::counted_records::CountedRecords;
use crate::operation_log::OperationLog;
use crate::{
    AuditLog, AuditRecord, KeyStore, Order, OrderStore, ServerMemory, Store, StoreError, StoredKey,
    User, UserStore, UserSummary,
};

/// The store of one server. Users, orders, keys and the audit log are the database's; where the records of credentials are
/// kept, the settings say. A session that was looked up is believed for as long as the settings say.
///
/// A memory knows no users: it takes the word of whoever adds a record that there is such a user. A record of a user
/// whom the database does not know is not found.
#[derive(Debug)]
pub struct ServerStore<'a, S> {
    database: &'a mut S,
    memory: &'a mut ServerMemory,
    settings: StoreSettings,
    now: Timestamp,
    fills_cache: bool,
    is_cut_off: bool,
    cached_since: Option<Timestamp>,
    log: OperationLog,
}

impl<'a, S: Store> ServerStore<'a, S> {
    /// For one request at this moment. What operations the database has not told of yet are forgotten.
    pub fn new(
        database: &'a mut S,
        memory: &'a mut ServerMemory,
        settings: StoreSettings,
        now: Timestamp,
    ) -> Self {
        database.take_operations();
        Self {
            database,
            memory,
            settings,
            now,
            fills_cache: true,
            is_cut_off: false,
            cached_since: None,
            log: OperationLog::new(),
        }
    }

    /// The same for a request that is only tried: what it looks up is not remembered. Whoever asks it to write, writes.
    pub fn rehearsing(
        database: &'a mut S,
        memory: &'a mut ServerMemory,
        settings: StoreSettings,
        now: Timestamp,
    ) -> Self {
        Self {
            fills_cache: false,
            ..Self::new(database, memory, settings, now)
        }
    }

    /// The same where the server does not reach its database: whatever needs it fails. What the server remembers by
    /// itself is there all the same.
    #[must_use]
    pub fn cut_off(self, is_cut_off: bool) -> Self {
        Self { is_cut_off, ..self }
    }

    /// Fails where the database is out of reach.
    const fn reach(&self) -> Result<(), StoreError> {
        if self.is_cut_off {
            Err(StoreError::Unreachable)
        } else {
            Ok(())
        }
    }

    /// Asks the database, and takes over what it counted.
    fn ask<T>(
        &mut self,
        ask: impl FnOnce(&mut S) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.reach()?;
        let answer = ask(self.database);
        for operation in self.database.take_operations() {
            self.log.take_over(operation);
        }
        answer
    }

    /// The records in memory, to be asked with each operation counted.
    const fn counted(&mut self) -> CountedRecords<'_> {
        CountedRecords {
            records: &mut self.memory.records,
            log: &mut self.log,
        }
    }

    const fn is_in_memory(&self) -> bool {
        matches!(self.settings.place, StorePlace::ServerMemory)
    }
}

impl<S: Store> UserStore for ServerStore<'_, S> {
    fn find_by_account(&mut self, account: &str) -> Result<Option<User>, StoreError> {
        self.ask(|database| database.find_by_account(account))
    }

    fn find_user(&mut self, id: u32) -> Result<Option<User>, StoreError> {
        self.ask(|database| database.find_user(id))
    }

    fn update_user(&mut self, user: &User) -> Result<bool, StoreError> {
        let was_there = self.ask(|database| database.update_user(user))?;
        if was_there {
            self.memory.update_cached_user(user);
        }
        Ok(was_there)
    }

    fn list_users(&mut self) -> Result<Vec<UserSummary>, StoreError> {
        self.ask(S::list_users)
    }
}

impl<S: Store> OrderStore for ServerStore<'_, S> {
    fn orders_of(&mut self, user: u32) -> Result<Vec<Order>, StoreError> {
        self.ask(|database| database.orders_of(user))
    }

    fn add_order(
        &mut self,
        user: u32,
        item: &str,
        created: Timestamp,
    ) -> Result<Order, StoreError> {
        self.ask(|database| database.add_order(user, item, created))
    }
}

impl<S: Store> AuditLog for ServerStore<'_, S> {
    fn record(&mut self, record: &AuditRecord<'_>) -> Result<(), StoreError> {
        self.ask(|database| database.record(record))
    }
}

impl<S: Store + KeyStore> KeyStore for ServerStore<'_, S> {
    fn keys(&mut self) -> Result<Vec<StoredKey>, StoreError> {
        self.ask(S::keys)
    }

    fn add_key(&mut self, key: &StoredKey) -> Result<(), StoreError> {
        self.ask(|database| database.add_key(key))
    }

    fn retire_key(
        &mut self,
        kid: &str,
        retired: Timestamp,
        distrusted: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.ask(|database| database.retire_key(kid, retired, distrusted))
    }
}

impl<S: Store> Store for ServerStore<'_, S> {
    fn take_operations(&mut self) -> Vec<StoreOperation> {
        self.log.take()
    }

    fn set_purpose(&mut self, purpose: Purpose) {
        self.log.set_purpose(purpose);
    }

    fn place(&self) -> StorePlace {
        if self.is_in_memory() {
            StorePlace::ServerMemory
        } else {
            self.database.place()
        }
    }

    fn database_place(&self) -> StorePlace {
        self.database.database_place()
    }

    fn reach_database(&self) -> Result<(), StoreError> {
        self.reach()
    }

    fn note_key_use(&self) {
        self.database.note_key_use();
    }
}
