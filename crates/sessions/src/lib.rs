//! Sessions, the users whose they are and their orders, the keys that sign tokens, the audit log, and the stores that
//! keep them.
//!
//! A store counts its own operations where they run, so that what the screen says a request cost is what it did cost.
//! A session ID is never stored, only its SHA-256. Nothing here ever reads a clock, makes randomness, decides whether
//! a session still holds, or opens a file: moments, random bytes and the database connection are handed in.

mod audit;
mod counted_records;
mod key;
mod latest;
mod memory;
mod migration;
mod opening;
mod operation_log;
mod order;
mod records;
mod refresh;
mod rehearsal;
mod repair;
mod schema;
mod server_memory;
mod server_store;
mod session;
mod session_id;
mod sqlite;
mod statement;
mod store;
mod unopened;
mod user;

pub use audit::{AUDIT_LOG_CAPACITY, AuditEntry, AuditRecord};
pub use key::StoredKey;
pub use latest::latest;
pub use memory::MemoryStore;
pub use opening::OpenError;
pub use operation_log::OPERATION_LOG_CAPACITY;
pub use order::{LISTED_ORDERS_LIMIT, Order};
pub use protocol::AuditEvent;
pub use refresh::{FamilyId, RefreshSecret, RefreshToken};
pub use rehearsal::Rehearsal;
pub use schema::{APPLICATION_ID, SCHEMA_VERSION};
pub use server_memory::{SESSION_CACHE_CAPACITY, ServerMemory};
pub use server_store::ServerStore;
pub use session::{DEVICE_CHARACTERS, LISTED_SESSIONS_LIMIT, Session};
pub use session_id::{CredentialHash, SessionId};
pub use sqlite::SqliteStore;
pub use store::{
    AuditLog, KeyStore, ObserverAccess, OrderStore, RefreshStore, RevocationStore, SessionStore,
    Store, StoreError, UserStore,
};
pub use unopened::UnopenedStore;
pub use user::{LISTED_USERS_LIMIT, Role, User, UserSummary};
