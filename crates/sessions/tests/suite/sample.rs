//! Users, sessions and keys to test with, and one trait for all that both stores do.

use protocol::Timestamp;
use rusqlite::Connection;
use sessions::{
    KeyStore, MemoryStore, ObserverAccess, Role, Session, SessionIdHash, SqliteStore, Store,
    StoredKey, User,
};

/// All that a store does.
pub(crate) trait WholeStore: Store + KeyStore + ObserverAccess {}

impl<S: Store + KeyStore + ObserverAccess> WholeStore for S {}

pub(crate) const MEMBER: u32 = 42;
pub(crate) const ADMINISTRATOR: u32 = 1;
pub(crate) const NOBODY: u32 = 7;

pub(crate) fn member() -> User {
    User {
        id: MEMBER,
        account: String::from("ada"),
        name: String::from("Ada Lovelace"),
        role: Role::Member,
        suspended: false,
        password_hash: String::from("$argon2id$of-ada"),
    }
}

pub(crate) fn administrator() -> User {
    User {
        id: ADMINISTRATOR,
        account: String::from("grace"),
        name: String::from("Grace Hopper"),
        role: Role::Administrator,
        suspended: false,
        password_hash: String::from("$argon2id$of-grace"),
    }
}

pub(crate) fn users() -> Vec<User> {
    vec![member(), administrator()]
}

pub(crate) fn hash(number: u8) -> SessionIdHash {
    SessionIdHash::from_bytes([number; 32])
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// A session of that hash, begun at that second.
pub(crate) fn session(number: u8, user: u32, created: i64) -> Session {
    Session {
        id_hash: hash(number),
        user,
        created: at(created),
        last_seen: at(created),
        idle_expires: at(created + 900),
        absolute_expires: at(created + 86_400),
    }
}

pub(crate) fn key(kid: &str, created: i64) -> StoredKey {
    StoredKey {
        kid: kid.to_owned(),
        algorithm: String::from("HS256"),
        secret: vec![0xA7; 32],
        created: at(created),
    }
}

/// Runs a test on a fresh store of each kind.
pub(crate) fn on_both(test: fn(&mut dyn WholeStore)) {
    test(&mut memory_store());
    test(&mut sqlite_store());
}

pub(crate) fn memory_store() -> MemoryStore {
    MemoryStore::new(users())
}

pub(crate) fn sqlite_store() -> SqliteStore {
    let connection = Connection::open_in_memory().expect("memory is there");
    SqliteStore::open(connection, &users()).expect("an empty database opens")
}
