//! A store in the server's memory. Never outlasts the server, and never counts steps: it has none to count.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use protocol::{Access, KeyRow, Purpose, StoreOperation, Timestamp};

use crate::operation_log::{Counts, OperationLog};
use crate::{
    KeyStore, ObserverAccess, Session, SessionIdHash, SessionStore, Store, StoreError, StoredKey,
    User, UserStore,
};

/// A store in the server's memory.
#[derive(Debug)]
pub struct MemoryStore {
    users: BTreeMap<u32, User>,
    /// The number of each account's user.
    accounts: BTreeMap<String, u32>,
    sessions: BTreeMap<SessionIdHash, Session>,
    /// By moment and ID: the order in which they are listed.
    keys: BTreeMap<(Timestamp, String), StoredKey>,
    log: OperationLog,
}

impl MemoryStore {
    /// A store that knows these users and has no session and no key. Where two users share a number or an account, the
    /// first is kept.
    pub fn new(users: Vec<User>) -> Self {
        let mut store = Self::empty();
        for user in users {
            // Refusing the second is all that is to be done: the first stays as it is.
            let _ = store.add_user(user);
        }
        store
    }

    const fn empty() -> Self {
        Self {
            users: BTreeMap::new(),
            accounts: BTreeMap::new(),
            sessions: BTreeMap::new(),
            keys: BTreeMap::new(),
            log: OperationLog::new(),
        }
    }

    fn add_user(&mut self, user: User) -> Result<(), StoreError> {
        let duplicate = StoreError::Duplicate { what: "user" };
        if self.accounts.contains_key(&user.account) {
            return Err(duplicate);
        }
        let Entry::Vacant(place) = self.users.entry(user.id) else {
            return Err(duplicate);
        };
        self.accounts.insert(user.account.clone(), user.id);
        place.insert(user);
        Ok(())
    }

    fn record(&mut self, access: Access, operation: &str, rows: usize) {
        let counts = Counts {
            rows,
            ..Counts::default()
        };
        self.log.record(access, operation, counts);
    }

    fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let Entry::Vacant(place) = self.sessions.entry(session.id_hash) else {
            return Err(StoreError::Duplicate { what: "session" });
        };
        if !self.users.contains_key(&session.user) {
            return Err(StoreError::UnknownUser { user: session.user });
        }
        place.insert(*session);
        Ok(())
    }

    fn replace_user(&mut self, user: &User) -> Result<bool, StoreError> {
        let Some(known) = self.users.get_mut(&user.id) else {
            return Ok(false);
        };
        if known.account != user.account {
            let Entry::Vacant(place) = self.accounts.entry(user.account.clone()) else {
                return Err(StoreError::Duplicate { what: "user" });
            };
            place.insert(user.id);
            self.accounts.remove(&known.account);
        }
        known.clone_from(user);
        Ok(true)
    }

    fn insert_key(&mut self, key: &StoredKey) -> Result<(), StoreError> {
        if self.keys.values().any(|known| known.kid == key.kid) {
            return Err(StoreError::Duplicate {
                what: "signing key",
            });
        }
        self.keys
            .insert((key.created, key.kid.clone()), key.clone());
        Ok(())
    }
}

impl SessionStore for MemoryStore {
    fn create(&mut self, session: &Session) -> Result<(), StoreError> {
        let created = self.insert_session(session);
        self.record(
            Access::Write,
            "sessions.create",
            usize::from(created.is_ok()),
        );
        created
    }

    fn find(&mut self, id_hash: &SessionIdHash) -> Result<Option<(Session, User)>, StoreError> {
        let found = self.sessions.get(id_hash).and_then(|session| {
            let user = self.users.get(&session.user)?;
            Some((*session, user.clone()))
        });
        self.record(Access::Read, "sessions.get", usize::from(found.is_some()));
        Ok(found)
    }

    fn touch(
        &mut self,
        id_hash: &SessionIdHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) -> Result<(), StoreError> {
        let session = self.sessions.get_mut(id_hash);
        let rows = usize::from(session.is_some());
        if let Some(session) = session {
            session.last_seen = last_seen;
            session.idle_expires = idle_expires;
        }
        self.record(Access::Write, "sessions.touch", rows);
        Ok(())
    }

    fn end(&mut self, id_hash: &SessionIdHash) -> Result<bool, StoreError> {
        let was_there = self.sessions.remove(id_hash).is_some();
        self.record(Access::Write, "sessions.end", usize::from(was_there));
        Ok(was_there)
    }
}

impl UserStore for MemoryStore {
    fn find_by_account(&mut self, account: &str) -> Result<Option<User>, StoreError> {
        let id = self.accounts.get(account);
        let user = id.and_then(|id| self.users.get(id)).cloned();
        self.record(
            Access::Read,
            "users.get_by_account",
            usize::from(user.is_some()),
        );
        Ok(user)
    }

    fn update_user(&mut self, user: &User) -> Result<bool, StoreError> {
        let updated = self.replace_user(user);
        let rows = usize::from(updated == Ok(true));
        self.record(Access::Write, "users.update", rows);
        updated
    }
}

impl KeyStore for MemoryStore {
    fn keys(&mut self) -> Result<Vec<StoredKey>, StoreError> {
        let keys: Vec<StoredKey> = self.keys.values().cloned().collect();
        self.record(Access::Read, "signing_keys.list", keys.len());
        Ok(keys)
    }

    fn add_key(&mut self, key: &StoredKey) -> Result<(), StoreError> {
        let added = self.insert_key(key);
        self.record(
            Access::Write,
            "signing_keys.add",
            usize::from(added.is_ok()),
        );
        added
    }
}

impl Store for MemoryStore {
    fn take_operations(&mut self) -> Vec<StoreOperation> {
        self.log.take()
    }

    fn set_purpose(&mut self, purpose: Purpose) {
        self.log.set_purpose(purpose);
    }
}

impl ObserverAccess for MemoryStore {
    fn list_sessions(&self, limit: usize) -> Result<(Vec<Session>, u32), StoreError> {
        let mut sessions: Vec<Session> = self.sessions.values().copied().collect();
        // The sort is stable, so sessions of one moment stay in the order of their hashes.
        sessions.sort_by_key(|session| std::cmp::Reverse(session.created));
        let count = u32::try_from(sessions.len()).unwrap_or(u32::MAX);
        sessions.truncate(limit);
        Ok((sessions, count))
    }

    fn list_keys(&self) -> Result<Vec<KeyRow>, StoreError> {
        Ok(self.keys.values().map(KeyRow::from).collect())
    }

    fn reset(&mut self, users: &[User]) -> Result<(), StoreError> {
        let mut fresh = Self::empty();
        users
            .iter()
            .try_for_each(|user| fresh.add_user(user.clone()))?;
        *self = fresh;
        Ok(())
    }
}
