//! Users, sessions and keys to test with, and one trait for all that both stores do.

use protocol::{AuditEvent, Lane, StorePlace, StoreSettings, Timestamp};
use rusqlite::Connection;
use sessions::{
    AuditRecord, CredentialHash, FamilyId, KeyStore, MemoryStore, ObserverAccess, RefreshToken,
    Role, ServerMemory, ServerStore, Session, SqliteStore, Store, StoredKey, User,
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

pub(crate) fn hash(number: u8) -> CredentialHash {
    CredentialHash::from_bytes([number; 32])
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// A session of that hash, begun at that second.
pub(crate) fn session(number: u8, user: u32, created: i64) -> Session {
    Session {
        id_hash: hash(number),
        user,
        lane: Lane::A,
        device: String::from("Firefox on Linux"),
        role: Role::Member,
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
        retired: None,
        distrusted: None,
    }
}

pub(crate) fn family(number: u8) -> FamilyId {
    FamilyId::from_bytes([number; 16])
}

/// A refresh token of that hash and family, issued at that second.
pub(crate) fn refresh_token(number: u8, of: u8, user: u32, created: i64) -> RefreshToken {
    RefreshToken {
        token_hash: hash(number),
        family: family(of),
        user,
        lane: Lane::B,
        created: at(created),
        used: None,
        expires: at(created + 604_800),
        ended: None,
    }
}

/// What is written down of a sign-in.
pub(crate) fn signed_in(second: i64) -> AuditRecord<'static> {
    AuditRecord {
        at: at(second),
        event: AuditEvent::SignedIn,
        lane: Some(Lane::A),
        user: Some(MEMBER),
        subject: None,
    }
}

/// Runs a test on a fresh store of each kind: also on a server's, which remembers nothing by itself.
pub(crate) fn on_each(test: fn(&mut dyn WholeStore)) {
    test(&mut memory_store());
    test(&mut sqlite_store());
    let mut memory = ServerMemory::new();
    let settings = StoreSettings::DEFAULT;
    test(&mut ServerStore::new(
        &mut sqlite_store(),
        &mut memory,
        settings,
        at(0),
    ));
}

/// Where a server keeps credentials' records in its own memory, and for how many seconds it believes what it looked up.
pub(crate) const fn in_memory(session_cache_seconds: u32) -> StoreSettings {
    StoreSettings {
        place: StorePlace::ServerMemory,
        round_trip_microseconds: 0,
        session_cache_seconds,
    }
}

/// Where all is in the database, and for how many seconds the server believes what it looked up.
pub(crate) const fn in_database(session_cache_seconds: u32) -> StoreSettings {
    StoreSettings {
        session_cache_seconds,
        ..StoreSettings::DEFAULT
    }
}

pub(crate) fn memory_store() -> MemoryStore {
    MemoryStore::new(users())
}

pub(crate) fn sqlite_store() -> SqliteStore {
    let connection = Connection::open_in_memory().expect("memory is there");
    SqliteStore::open(connection, &users()).expect("an empty database opens")
}
