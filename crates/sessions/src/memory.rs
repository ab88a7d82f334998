//! A store in the server's memory. Never outlasts the server, and never counts steps: it has none to count.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use protocol::{Access, Purpose, StoreOperation, Timestamp};

use crate::operation_log::{Counts, OperationLog};
use crate::{
    AUDIT_LOG_CAPACITY, AuditEntry, AuditEvent, AuditLog, KeyStore, LISTED_ORDERS_LIMIT,
    LISTED_USERS_LIMIT, ObserverAccess, Order, OrderStore, Session, SessionIdHash, SessionStore,
    Store, StoreError, StoredKey, User, UserStore, UserSummary,
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
    /// What was ordered, by user, moment and number: a user's lie together, oldest first.
    orders: BTreeMap<(u32, Timestamp, u32), String>,
    /// Oldest first.
    audit: VecDeque<AuditEntry>,
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
            orders: BTreeMap::new(),
            audit: VecDeque::new(),
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

    fn count(&mut self, access: Access, operation: &str, rows: usize) {
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

    fn insert_order(
        &mut self,
        user: u32,
        item: &str,
        created: Timestamp,
    ) -> Result<Order, StoreError> {
        let id = self.next_order_number(user)?;
        self.orders.insert((user, created, id), item.to_owned());
        Ok(Order {
            id,
            user,
            item: item.to_owned(),
            created,
        })
    }

    fn append_audit(
        &mut self,
        at: Timestamp,
        event: AuditEvent,
        user: Option<u32>,
        subject: Option<&str>,
    ) -> Result<(), StoreError> {
        let id = number_after(self.audit.back().map_or(0, |last| last.id))?;
        if self.audit.len() == AUDIT_LOG_CAPACITY {
            self.audit.pop_front();
        }
        self.audit.push_back(AuditEntry {
            id,
            at,
            event,
            user,
            subject: subject.map(str::to_owned),
        });
        Ok(())
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

fn number_after(last: u32) -> Result<u32, StoreError> {
    last.checked_add(1).ok_or(StoreError::Full)
}

impl SessionStore for MemoryStore {
    fn create(&mut self, session: &Session) -> Result<(), StoreError> {
        let created = self.insert_session(session);
        self.count(
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
        self.count(Access::Read, "sessions.get", usize::from(found.is_some()));
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
        self.count(Access::Write, "sessions.touch", rows);
        Ok(())
    }

    fn end(&mut self, id_hash: &SessionIdHash) -> Result<bool, StoreError> {
        let was_there = self.sessions.remove(id_hash).is_some();
        self.count(Access::Write, "sessions.end", usize::from(was_there));
        Ok(was_there)
    }
}

impl UserStore for MemoryStore {
    fn find_by_account(&mut self, account: &str) -> Result<Option<User>, StoreError> {
        let id = self.accounts.get(account);
        let user = id.and_then(|id| self.users.get(id)).cloned();
        self.count(
            Access::Read,
            "users.get_by_account",
            usize::from(user.is_some()),
        );
        Ok(user)
    }

    fn update_user(&mut self, user: &User) -> Result<bool, StoreError> {
        let updated = self.replace_user(user);
        let rows = usize::from(updated == Ok(true));
        self.count(Access::Write, "users.update", rows);
        updated
    }

    fn list_users(&mut self) -> Result<Vec<UserSummary>, StoreError> {
        let first = self.users.values().take(LISTED_USERS_LIMIT);
        let users: Vec<UserSummary> = first.map(UserSummary::from).collect();
        self.count(Access::Read, "users.list", users.len());
        Ok(users)
    }
}

impl OrderStore for MemoryStore {
    fn orders_of(&mut self, user: u32) -> Result<Vec<Order>, StoreError> {
        let oldest = (user, Timestamp::from_milliseconds(i64::MIN), u32::MIN);
        let newest = (user, Timestamp::from_milliseconds(i64::MAX), u32::MAX);
        let newest_first = self.orders.range(oldest..=newest).rev();
        let orders: Vec<Order> = newest_first
            .take(LISTED_ORDERS_LIMIT)
            .map(|(&(user, created, id), item)| Order {
                id,
                user,
                item: item.clone(),
                created,
            })
            .collect();
        self.count(Access::Read, "orders.list", orders.len());
        Ok(orders)
    }

    fn add_order(
        &mut self,
        user: u32,
        item: &str,
        created: Timestamp,
    ) -> Result<Order, StoreError> {
        let added = self.insert_order(user, item, created);
        self.count(Access::Write, "orders.add", usize::from(added.is_ok()));
        added
    }
}

impl AuditLog for MemoryStore {
    fn record(
        &mut self,
        at: Timestamp,
        event: AuditEvent,
        user: Option<u32>,
        subject: Option<&str>,
    ) -> Result<(), StoreError> {
        let recorded = self.append_audit(at, event, user, subject);
        let rows = usize::from(recorded.is_ok());
        self.count(Access::Write, "audit_log.add", rows);
        recorded
    }
}

impl KeyStore for MemoryStore {
    fn keys(&mut self) -> Result<Vec<StoredKey>, StoreError> {
        let keys: Vec<StoredKey> = self.keys.values().cloned().collect();
        self.count(Access::Read, "signing_keys.list", keys.len());
        Ok(keys)
    }

    fn add_key(&mut self, key: &StoredKey) -> Result<(), StoreError> {
        let added = self.insert_key(key);
        self.count(
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

    fn list_audit(&self, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        Ok(self.audit.iter().rev().take(limit).cloned().collect())
    }

    fn next_order_number(&self, user: u32) -> Result<u32, StoreError> {
        if !self.users.contains_key(&user) {
            return Err(StoreError::UnknownUser { user });
        }
        // None ever goes, so that their count is the last one's number.
        let last = u32::try_from(self.orders.len()).unwrap_or(u32::MAX);
        number_after(last)
    }

    fn kill_session(&mut self, id_hash: &SessionIdHash) -> Result<bool, StoreError> {
        Ok(self.sessions.remove(id_hash).is_some())
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
