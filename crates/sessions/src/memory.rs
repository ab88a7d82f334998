//! A store in the server's memory. Never outlasts the server, and never counts steps: it has none to count.

mod credentials;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use protocol::{Access, Lane, Purpose, StoreOperation, StorePlace, Timestamp};

use crate::counted_records::CountedRecords;
use crate::operation_log::{Counts, OperationLog};
use crate::records::Records;
use crate::{
    AUDIT_LOG_CAPACITY, AuditEntry, AuditLog, AuditRecord, CredentialHash, KeyStore,
    LISTED_ORDERS_LIMIT, LISTED_USERS_LIMIT, ObserverAccess, Order, OrderStore, RefreshToken,
    Session, Store, StoreError, StoredKey, User, UserStore, UserSummary,
};

/// A store in the server's memory.
#[derive(Debug)]
pub struct MemoryStore {
    users: BTreeMap<u32, User>,
    /// The number of each account's user.
    accounts: BTreeMap<String, u32>,
    records: Records,
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
            records: Records::new(),
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
        let place = self.place();
        self.log.record(access, place, operation, Counts::of(rows));
    }

    /// The credentials' records, to be asked with each operation counted.
    const fn counted(&mut self) -> CountedRecords<'_> {
        CountedRecords {
            records: &mut self.records,
            log: &mut self.log,
        }
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

    fn append_audit(&mut self, record: &AuditRecord<'_>) -> Result<(), StoreError> {
        let id = number_after(self.audit.back().map_or(0, |last| last.id))?;
        if self.audit.len() == AUDIT_LOG_CAPACITY {
            self.audit.pop_front();
        }
        self.audit.push_back(AuditEntry {
            id,
            at: record.at,
            event: record.event,
            lane: record.lane,
            user: record.user,
            subject: record.subject.map(str::to_owned),
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

    fn find_user(&mut self, id: u32) -> Result<Option<User>, StoreError> {
        let user = self.users.get(&id).cloned();
        self.count(Access::Read, "users.get", usize::from(user.is_some()));
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
    fn record(&mut self, record: &AuditRecord<'_>) -> Result<(), StoreError> {
        let recorded = self.append_audit(record);
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

    fn retire_key(
        &mut self,
        kid: &str,
        retired: Timestamp,
        distrusted: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let key = self.keys.values_mut().find(|key| key.kid == kid);
        let was_there = key
            .map(|key| {
                key.retired = Some(retired);
                key.distrusted = distrusted;
            })
            .is_some();
        self.count(Access::Write, "signing_keys.retire", usize::from(was_there));
        Ok(was_there)
    }
}

impl Store for MemoryStore {
    fn take_operations(&mut self) -> Vec<StoreOperation> {
        self.log.take()
    }

    fn set_purpose(&mut self, purpose: Purpose) {
        self.log.set_purpose(purpose);
    }

    fn place(&self) -> StorePlace {
        StorePlace::ServerMemory
    }
}

impl ObserverAccess for MemoryStore {
    fn list_sessions(&self, limit: usize) -> Result<(Vec<Session>, u32), StoreError> {
        Ok(self.records.list_sessions(limit))
    }

    fn look_up_session(&self, id_hash: &CredentialHash) -> Result<Option<Session>, StoreError> {
        Ok(self.records.session(id_hash).cloned())
    }

    fn count_sessions_of(&self, user: u32, lane: Lane) -> Result<u32, StoreError> {
        Ok(self.records.count_sessions_of(user, lane))
    }

    fn list_refresh_tokens(&self, limit: usize) -> Result<Vec<RefreshToken>, StoreError> {
        Ok(self.records.list_refresh_tokens(limit))
    }

    fn count_denied(&self) -> Result<[u32; 2], StoreError> {
        Ok(self.records.count_denied())
    }

    fn count_expired_denied(&self, lane: Lane, now: Timestamp) -> Result<u32, StoreError> {
        Ok(self.records.count_expired_denied(lane, now))
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

    fn kill_session(&mut self, id_hash: &CredentialHash) -> Result<bool, StoreError> {
        Ok(self.records.kill(id_hash))
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
