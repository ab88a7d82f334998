//! What a store does, and how it fails. Never says how: that is each store's own.
//!
//! What the server does through [`SessionStore`], [`RefreshStore`], [`RevocationStore`], [`UserStore`], [`OrderStore`],
//! [`AuditLog`] and [`KeyStore`] is counted: one method, one operation. What the observer does through [`ObserverAccess`] is not.

use std::error::Error;
use std::fmt;

use protocol::{Lane, Purpose, StoreOperation, StorePlace, Timestamp};

use crate::{
    AuditEntry, AuditRecord, CredentialHash, FamilyId, Order, RefreshToken, Role, Session,
    StoredKey, User, UserSummary,
};

/// Where sessions live.
pub trait SessionStore {
    /// Keeps a new session.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where there is one of this hash, [`StoreError::UnknownUser`] where its user is none.
    fn create(&mut self, session: &Session) -> Result<(), StoreError>;

    /// The session of this hash and the user whose it is, in one lookup. Expired sessions and suspended users are
    /// found too: what follows from that is the server's to decide.
    ///
    /// # Errors
    /// Where the store fails; that there is no such session is `Ok(None)`.
    fn find(&mut self, id_hash: &CredentialHash) -> Result<Option<(Session, User)>, StoreError>;

    /// Writes down a session's last use. Where there is no such session, nothing happens: none is ever made.
    ///
    /// # Errors
    /// Where the store fails.
    fn touch(
        &mut self,
        id_hash: &CredentialHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) -> Result<(), StoreError>;

    /// Ends a session of this lane, and says whether there was one: whoever holds an ID of the other lane ends nothing
    /// here. ASVS 7.4.1.
    ///
    /// # Errors
    /// Where the store fails.
    fn end(&mut self, lane: Lane, id_hash: &CredentialHash) -> Result<bool, StoreError>;

    /// Since when the answer of the last [`find`](Self::find) is remembered; `None` where the store was asked.
    fn cached_since(&self) -> Option<Timestamp> {
        None
    }

    /// Lets a session go on under another ID, for this role, and says whether there was one. All else of it stays.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where there is one of the new hash.
    fn renew(
        &mut self,
        id_hash: &CredentialHash,
        new_id_hash: &CredentialHash,
        role: Role,
    ) -> Result<bool, StoreError>;

    /// The user's sessions in this lane, the last used first, at most
    /// [`LISTED_SESSIONS_LIMIT`](crate::LISTED_SESSIONS_LIMIT).
    ///
    /// # Errors
    /// Where the store fails.
    fn sessions_of(&mut self, user: u32, lane: Lane) -> Result<Vec<Session>, StoreError>;

    /// Ends this session if it is that user's, in this lane, and says whether there was one. ASVS 7.5.2.
    ///
    /// # Errors
    /// Where the store fails.
    fn end_one_of(
        &mut self,
        user: u32,
        lane: Lane,
        id_hash: &CredentialHash,
    ) -> Result<bool, StoreError>;

    /// Ends the user's sessions in this lane, but for the one that is kept, and says how many there were. ASVS 7.4.2.
    ///
    /// # Errors
    /// Where the store fails.
    fn end_all_of(
        &mut self,
        user: u32,
        lane: Lane,
        kept: Option<&CredentialHash>,
    ) -> Result<u32, StoreError>;
}

/// Where refresh tokens live.
pub trait RefreshStore {
    /// Keeps a new refresh token.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where there is one of this hash, [`StoreError::UnknownUser`] where its user is none.
    fn add_refresh(&mut self, token: &RefreshToken) -> Result<(), StoreError>;

    /// The refresh token of this hash and the user whose it is, in one lookup. Used, ended and expired ones are found too.
    ///
    /// # Errors
    /// Where the store fails; that there is no such token is `Ok(None)`.
    fn find_refresh(
        &mut self,
        token_hash: &CredentialHash,
    ) -> Result<Option<(RefreshToken, User)>, StoreError>;

    /// Writes down that it was used, if it was not used before, and says whether it was not: of two that come at once,
    /// one has it.
    ///
    /// # Errors
    /// Where the store fails.
    fn use_refresh(
        &mut self,
        token_hash: &CredentialHash,
        at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Ends all tokens of a family that were not ended before, and says how many. RFC 9700, 4.14.2.
    ///
    /// # Errors
    /// Where the store fails.
    fn end_family(&mut self, family: &FamilyId, at: Timestamp) -> Result<u32, StoreError>;

    /// Ends all families of a user in this lane, and says how many refresh tokens that were.
    ///
    /// # Errors
    /// Where the store fails.
    fn end_families_of(&mut self, user: u32, lane: Lane, at: Timestamp) -> Result<u32, StoreError>;
}

/// Where that lives by which an access token is refused before it expires.
pub trait RevocationStore {
    /// Puts a token's ID on the lane's list. One that is there already stays.
    ///
    /// # Errors
    /// Where the store fails.
    fn deny(
        &mut self,
        lane: Lane,
        jti: &str,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError>;

    /// Removes from the lane's list what has expired, and says how many: their `exp` refuses them.
    ///
    /// # Errors
    /// Where the store fails.
    fn forget_denied(&mut self, lane: Lane, now: Timestamp) -> Result<u32, StoreError>;

    /// Since when a token's ID is on the lane's list.
    ///
    /// # Errors
    /// Where the store fails; that it is not there is `Ok(None)`.
    fn denied_since(&mut self, lane: Lane, jti: &str) -> Result<Option<Timestamp>, StoreError>;

    /// The version number of the user's tokens in this lane: 0 until it is raised.
    ///
    /// # Errors
    /// Where the store fails.
    fn token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError>;

    /// Raises it by one, and says to what.
    ///
    /// # Errors
    /// Where the store fails.
    fn raise_token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError>;
}

/// Where users live.
pub trait UserStore {
    /// The user of this account.
    ///
    /// # Errors
    /// Where the store fails; that there is no such account is `Ok(None)`.
    fn find_by_account(&mut self, account: &str) -> Result<Option<User>, StoreError>;

    /// The user of this number.
    ///
    /// # Errors
    /// Where the store fails; that there is no such user is `Ok(None)`.
    fn find_user(&mut self, id: u32) -> Result<Option<User>, StoreError>;

    /// Replaces all that is known of the user of this number, and says whether there was one.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where another user has the account.
    fn update_user(&mut self, user: &User) -> Result<bool, StoreError>;

    /// The users by their numbers, without their passwords' hashes: the first
    /// [`LISTED_USERS_LIMIT`](crate::LISTED_USERS_LIMIT).
    ///
    /// # Errors
    /// Where the store fails.
    fn list_users(&mut self) -> Result<Vec<UserSummary>, StoreError>;
}

/// Where orders live.
pub trait OrderStore {
    /// The user's orders, newest first, at most [`LISTED_ORDERS_LIMIT`](crate::LISTED_ORDERS_LIMIT). Whoever does not
    /// exist has none.
    ///
    /// # Errors
    /// Where the store fails.
    fn orders_of(&mut self, user: u32) -> Result<Vec<Order>, StoreError>;

    /// Keeps a new order and gives it its number.
    ///
    /// # Errors
    /// [`StoreError::UnknownUser`] where its user is none.
    fn add_order(&mut self, user: u32, item: &str, created: Timestamp)
    -> Result<Order, StoreError>;
}

/// Where the audit log lives.
pub trait AuditLog {
    /// Writes down what happened. Once there are [`AUDIT_LOG_CAPACITY`](crate::AUDIT_LOG_CAPACITY) entries, the oldest
    /// goes. What `subject` is, and must never be, says [`AuditEntry::subject`]; that it is short is the caller's to
    /// see to.
    ///
    /// # Errors
    /// Where the store fails. The user need not exist.
    fn record(&mut self, record: &AuditRecord<'_>) -> Result<(), StoreError>;
}

/// Where the keys live that sign tokens.
pub trait KeyStore {
    /// Whether there is a store behind it by now. It is known when a program is made, so that one which starts with
    /// [`UnopenedStore`](crate::UnopenedStore) alone is without what comes after a record or a key.
    fn is_open() -> bool
    where
        Self: Sized,
    {
        true
    }

    /// All keys with their secrets, oldest first.
    ///
    /// # Errors
    /// Where the store fails.
    fn keys(&mut self) -> Result<Vec<StoredKey>, StoreError>;

    /// Keeps a new key.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where there is one of this ID.
    fn add_key(&mut self, key: &StoredKey) -> Result<(), StoreError>;

    /// Writes down since when a key signs no more, and since when nothing that it signed is accepted, and says whether
    /// there is such a key.
    ///
    /// # Errors
    /// Where the store fails.
    fn retire_key(
        &mut self,
        kid: &str,
        retired: Timestamp,
        distrusted: Option<Timestamp>,
    ) -> Result<bool, StoreError>;
}

/// What the server needs while it handles a request, with the count of what it did.
pub trait Store:
    SessionStore + RefreshStore + RevocationStore + UserStore + OrderStore + AuditLog
{
    /// The operations since the last call, in order; of a great many, the last
    /// [`OPERATION_LOG_CAPACITY`](crate::OPERATION_LOG_CAPACITY). One that failed is among them if it had begun.
    fn take_operations(&mut self) -> Vec<StoreOperation>;

    /// Says what the operations that follow are for. Until it is called they count as authentication, so that an
    /// omission can't make authentication look cheaper than it is.
    fn set_purpose(&mut self, purpose: Purpose);

    /// Where credentials' records are kept.
    fn place(&self) -> StorePlace;

    /// Where users, orders and the audit log are kept.
    fn database_place(&self) -> StorePlace {
        self.place()
    }

    /// Whether the database could be asked now.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] where it is out of reach.
    fn reach_database(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Says that one of the keys is needed, which the servers read when they started. It is no operation.
    fn note_key_use(&self) {}
}

/// What the observer does, from outside any request: none of it is logged as an operation.
pub trait ObserverAccess {
    /// The sessions, newest first, at most `limit` of them, and how many there are in all.
    ///
    /// # Errors
    /// Where the store fails.
    fn list_sessions(&self, limit: usize) -> Result<(Vec<Session>, u32), StoreError>;

    /// The session of this hash. It is always the store that is asked, whatever a server remembers.
    ///
    /// # Errors
    /// Where the store fails; that there is no such session is `Ok(None)`.
    fn look_up_session(&self, id_hash: &CredentialHash) -> Result<Option<Session>, StoreError>;

    /// How many sessions the user has in this lane.
    ///
    /// # Errors
    /// Where the store fails.
    fn count_sessions_of(&self, user: u32, lane: Lane) -> Result<u32, StoreError>;

    /// The audit log, newest first, at most `limit` entries. The newest is the one written last, whatever its moment.
    ///
    /// # Errors
    /// Where the store fails.
    fn list_audit(&self, limit: usize) -> Result<Vec<AuditEntry>, StoreError>;

    /// The refresh tokens, newest first, at most `limit` of them.
    ///
    /// # Errors
    /// Where the store fails.
    fn list_refresh_tokens(&self, limit: usize) -> Result<Vec<RefreshToken>, StoreError>;

    /// How many tokens are on each lane's denylist.
    ///
    /// # Errors
    /// Where the store fails.
    fn count_denied(&self) -> Result<[u32; 2], StoreError>;

    /// How many tokens on the lane's denylist have expired.
    ///
    /// # Errors
    /// Where the store fails.
    fn count_expired_denied(&self, lane: Lane, now: Timestamp) -> Result<u32, StoreError>;

    /// The number that this user's next order would get.
    ///
    /// # Errors
    /// What [`OrderStore::add_order`] would fail with.
    fn next_order_number(&self, user: u32) -> Result<u32, StoreError>;

    /// Ends a session from outside, and says whether there was one. The audit log says nothing of it unless it is told.
    ///
    /// # Errors
    /// Where the store fails.
    fn kill_session(&mut self, id_hash: &CredentialHash) -> Result<bool, StoreError>;

    /// Empties all, the operations not taken yet too, and starts afresh with these users.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] where two users share a number or an account; nothing has changed then.
    fn reset(&mut self, users: &[User]) -> Result<(), StoreError>;
}

/// Why a store did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// There is one already.
    Duplicate {
        /// Of what: `session`, `refresh token`, `user` or `signing key`.
        what: &'static str,
    },
    /// A session or an order can't be that of a user who does not exist.
    UnknownUser {
        /// The user's number.
        user: u32,
    },
    /// There is no room left.
    Full,
    /// The server does not reach it.
    Unreachable,
    /// Anything else.
    Failed {
        /// What the store says.
        message: String,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate { what } => write!(f, "the store has such a {what} already"),
            Self::UnknownUser { user } => write!(f, "the store has no user {user}"),
            Self::Full => f.write_str("the store is full"),
            Self::Unreachable => f.write_str("the store is out of reach"),
            Self::Failed { message } => write!(f, "the store failed: {message}"),
        }
    }
}

impl Error for StoreError {}
