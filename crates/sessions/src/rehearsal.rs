//! A store on which a request can be tried: it reads from another one, answers writes as that one would, and never
//! writes anything.

mod credentials;

use protocol::{Access, Purpose, StoreOperation, StorePlace, Timestamp};

use crate::operation_log::{Counts, OperationLog};
use crate::{
    AuditLog, AuditRecord, CredentialHash, ObserverAccess, Order, OrderStore, Store, StoreError,
    User, UserStore, UserSummary,
};

/// A store that keeps nothing of one request. What a write would have changed it answers once: a second request on the
/// same rehearsal finds all as it was before the first.
///
/// Reads are logged as the other store logs them. A write, which no statement made, is logged by its name.
#[derive(Debug)]
pub struct Rehearsal<'a, S> {
    store: &'a mut S,
    log: OperationLog,
    /// The hash that a session would have got, and the one that it has: what follows in the same request knows it by
    /// the first.
    renewed: Option<(CredentialHash, CredentialHash)>,
}

impl<'a, S: Store + ObserverAccess> Rehearsal<'a, S> {
    /// On this store, whose operations not taken yet are forgotten, as at the start of any request.
    pub fn new(store: &'a mut S) -> Self {
        store.take_operations();
        Self {
            store,
            log: OperationLog::new(),
            renewed: None,
        }
    }

    /// Reads from the store, for this request.
    fn read<T>(&mut self, read: impl FnOnce(&mut S) -> T) -> T {
        let value = read(self.store);
        for operation in self.store.take_operations() {
            self.log.take_over(operation);
        }
        value
    }

    /// Looks what a write would find. Nothing of it is logged: the write would have found it by itself.
    fn look<T>(&mut self, look: impl FnOnce(&mut S) -> T) -> T {
        let value = look(self.store);
        self.store.take_operations();
        value
    }

    /// Whoever could order something exists.
    fn is_user(&self, user: u32) -> Result<bool, StoreError> {
        match self.store.next_order_number(user) {
            Ok(_) | Err(StoreError::Full) => Ok(true),
            Err(StoreError::UnknownUser { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Counts a write of the application's own.
    fn count_write(&mut self, name: &str, rows: usize) {
        let place = self.store.database_place();
        self.log
            .record(Access::Write, place, name, Counts::of(rows));
    }

    /// Counts a write of what concerns credentials.
    fn count_credential_write(&mut self, name: &str, rows: usize) {
        let place = self.store.place();
        self.log
            .record(Access::Write, place, name, Counts::of(rows));
    }
}

impl<S: Store + ObserverAccess> UserStore for Rehearsal<'_, S> {
    fn find_by_account(&mut self, account: &str) -> Result<Option<User>, StoreError> {
        self.read(|store| store.find_by_account(account))
    }

    fn find_user(&mut self, id: u32) -> Result<Option<User>, StoreError> {
        self.read(|store| store.find_user(id))
    }

    fn update_user(&mut self, user: &User) -> Result<bool, StoreError> {
        let known = self.is_user(user.id)?;
        let other = self.look(|store| store.find_by_account(&user.account))?;
        let taken = known && other.is_some_and(|other| other.id != user.id);
        self.count_write("users.update", usize::from(known && !taken));
        if taken {
            return Err(StoreError::Duplicate { what: "user" });
        }
        Ok(known)
    }

    fn list_users(&mut self) -> Result<Vec<UserSummary>, StoreError> {
        self.read(S::list_users)
    }
}

impl<S: Store + ObserverAccess> OrderStore for Rehearsal<'_, S> {
    fn orders_of(&mut self, user: u32) -> Result<Vec<Order>, StoreError> {
        self.read(|store| store.orders_of(user))
    }

    fn add_order(
        &mut self,
        user: u32,
        item: &str,
        created: Timestamp,
    ) -> Result<Order, StoreError> {
        self.store.reach_database()?;
        let number = self.store.next_order_number(user);
        self.count_write("orders.add", usize::from(number.is_ok()));
        Ok(Order {
            id: number?,
            user,
            item: item.to_owned(),
            created,
        })
    }
}

impl<S: Store + ObserverAccess> AuditLog for Rehearsal<'_, S> {
    fn record(&mut self, _: &AuditRecord<'_>) -> Result<(), StoreError> {
        self.store.reach_database()?;
        self.count_write("audit_log.add", 1);
        Ok(())
    }
}

impl<S: Store + ObserverAccess> Store for Rehearsal<'_, S> {
    fn take_operations(&mut self) -> Vec<StoreOperation> {
        self.log.take()
    }

    fn set_purpose(&mut self, purpose: Purpose) {
        self.log.set_purpose(purpose);
    }

    fn place(&self) -> StorePlace {
        self.store.place()
    }

    fn database_place(&self) -> StorePlace {
        self.store.database_place()
    }

    fn reach_database(&self) -> Result<(), StoreError> {
        self.store.reach_database()
    }

    fn note_key_use(&self) {
        self.store.note_key_use();
    }
}
