//! Which files are opened, and what is said of the others.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;
use sessions::{
    APPLICATION_ID, AuditEvent, AuditLog, KeyStore, ObserverAccess, OpenError, OrderStore,
    SCHEMA_VERSION, SessionStore, SqliteStore, StoreError, UserStore,
};

use crate::sample::{MEMBER, administrator, at, hash, key, member, session, signed_in, users};

/// A file of this test alone, removed at its end.
struct DatabaseFile(PathBuf);

impl DatabaseFile {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sessions-test-{}-{number}.sqlite", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    /// A database of ours, with something in each table.
    fn with_data() -> Self {
        let file = Self::new();
        let mut store = file.open().expect("an empty file opens");
        store.create(&session(1, MEMBER, 1_000)).expect("it is new");
        store.add_key(&key("k1", 1)).expect("it is new");
        store.add_order(MEMBER, "Tea", at(1)).expect("it is hers");
        store.record(&signed_in(1)).expect("it is written");
        file
    }

    fn connect(&self) -> Connection {
        let connection = Connection::open(&self.0).expect("the folder can be written to");
        // A lock that another has is said at once.
        connection
            .busy_timeout(std::time::Duration::ZERO)
            .expect("it can be set");
        connection
    }

    fn open(&self) -> Result<SqliteStore, OpenError> {
        SqliteStore::open(self.connect(), &users())
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(&self.0).expect("it is there")
    }

    fn overwrite(&self, bytes: &[u8]) {
        fs::write(&self.0, bytes).expect("it can be written");
    }
}

impl Drop for DatabaseFile {
    fn drop(&mut self) {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut name = self.0.clone().into_os_string();
            name.push(ending);
            // Most of them never were.
            let _ = fs::remove_file(name);
        }
    }
}

#[derive(Debug, PartialEq)]
enum Said {
    Opened,
    OtherVersion(i32),
    Corrupt,
    Failed,
}

fn said(result: &Result<SqliteStore, OpenError>) -> Said {
    match result {
        Ok(_) => Said::Opened,
        Err(OpenError::OtherVersion { found, expected }) => {
            assert_eq!(*expected, SCHEMA_VERSION);
            Said::OtherVersion(*found)
        }
        Err(OpenError::Corrupt { message }) => {
            assert!(!message.is_empty());
            Said::Corrupt
        }
        Err(OpenError::Failed { message }) => {
            assert!(!message.is_empty());
            Said::Failed
        }
    }
}

#[test]
fn a_new_file_gets_the_users_and_keeps_what_is_written() {
    let file = DatabaseFile::new();
    let mut store = file.open().expect("a new file opens");
    assert_eq!(store.find_by_account("ada"), Ok(Some(member())));
    store.create(&session(1, MEMBER, 1_000)).expect("it is new");
    store.add_key(&key("k1", 1)).expect("it is new");
    let ordered = store.add_order(MEMBER, "Tea", at(1)).expect("it is hers");
    store.record(&signed_in(1)).expect("it is written");
    drop(store);

    // Its own users stay, whoever else is named.
    let mut store = SqliteStore::open(file.connect(), &[administrator()]).expect("it opens again");
    assert_eq!(store.orders_of(MEMBER), Ok(vec![ordered]));
    let written = store.list_audit(10).expect("it lists");
    assert_eq!((written.len(), written[0].event), (1, AuditEvent::SignedIn));
    let found = store.find(&hash(1));
    assert_eq!(found, Ok(Some((session(1, MEMBER, 1_000), member()))));
    assert_eq!(store.keys(), Ok(vec![key("k1", 1)]));
}

#[test]
fn what_was_done_to_a_file_decides_what_is_said() {
    let ours = format!("PRAGMA application_id = {APPLICATION_ID};");
    for (what, sql, expected) in [
        ("nothing", String::new(), Said::Opened),
        (
            "a table more",
            String::from("CREATE TABLE notes (text)"),
            Said::Opened,
        ),
        (
            "a row less",
            String::from("DELETE FROM sessions"),
            Said::Opened,
        ),
        (
            "version 0",
            String::from("PRAGMA user_version = 0"),
            Said::OtherVersion(0),
        ),
        (
            "a version that no build migrates",
            String::from("PRAGMA user_version = 1"),
            Said::OtherVersion(1),
        ),
        (
            "the version after",
            format!("PRAGMA user_version = {}", SCHEMA_VERSION + 1),
            Said::OtherVersion(SCHEMA_VERSION + 1),
        ),
        (
            "version -1",
            String::from("PRAGMA user_version = -1"),
            Said::OtherVersion(-1),
        ),
        (
            "no mark",
            String::from("PRAGMA application_id = 0"),
            Said::Corrupt,
        ),
        (
            "another's mark",
            String::from("PRAGMA application_id = 1"),
            Said::Corrupt,
        ),
        (
            "no sessions",
            String::from("DROP TABLE sessions"),
            Said::Corrupt,
        ),
        (
            "the mark of the version before, with tables of this one",
            String::from("PRAGMA user_version = 2"),
            Said::Corrupt,
        ),
        (
            "no refresh tokens",
            String::from("DROP TABLE refresh_tokens"),
            Said::Corrupt,
        ),
        (
            "no denylist",
            String::from("DROP TABLE denylist"),
            Said::Corrupt,
        ),
        (
            "no versions of tokens",
            String::from("DROP TABLE token_versions"),
            Said::Corrupt,
        ),
        (
            "no keys",
            String::from("DROP TABLE signing_keys"),
            Said::Corrupt,
        ),
        (
            "no orders",
            String::from("DROP TABLE orders"),
            Said::Corrupt,
        ),
        (
            "no audit log",
            String::from("DROP TABLE audit_log"),
            Said::Corrupt,
        ),
        (
            "no users",
            String::from("PRAGMA foreign_keys = OFF; DROP TABLE users"),
            Said::Corrupt,
        ),
        (
            "a column less",
            String::from("ALTER TABLE users DROP COLUMN name"),
            Said::Corrupt,
        ),
        (
            "a column renamed",
            String::from("ALTER TABLE signing_keys RENAME COLUMN secret TO key"),
            Said::Corrupt,
        ),
        (
            "a role that does not exist",
            String::from("PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 'root'"),
            Said::Corrupt,
        ),
    ] {
        let file = DatabaseFile::with_data();
        file.connect().execute_batch(&sql).expect(what);
        assert_eq!(said(&file.open()), expected, "{what}");
    }
    for (what, sql, expected) in [
        ("empty", String::new(), Said::Opened),
        (
            "another's tables",
            String::from("CREATE TABLE t (a)"),
            Said::OtherVersion(0),
        ),
        (
            "our mark alone",
            format!("{ours} PRAGMA user_version = {SCHEMA_VERSION}"),
            Said::Corrupt,
        ),
        (
            "a version alone",
            String::from("PRAGMA user_version = 9"),
            Said::OtherVersion(9),
        ),
    ] {
        let file = DatabaseFile::new();
        file.connect().execute_batch(&sql).expect(what);
        assert_eq!(said(&file.open()), expected, "{what}");
    }
}

#[test]
fn bytes_that_are_no_database_are_corrupt_and_stay_as_they_are() {
    for bytes in [
        vec![0xA7; 2],
        vec![0xA7; 100],
        vec![0xA7; 10_000],
        vec![0; 4_096],
        b"SQLite format 3\0".to_vec(),
        [b"SQLite format 3\0".as_slice(), &[0xFF; 8_176]].concat(),
    ] {
        let file = DatabaseFile::new();
        file.overwrite(&bytes);
        assert_eq!(said(&file.open()), Said::Corrupt, "{:?}", &bytes[..2]);
        assert_eq!(file.bytes(), bytes, "it is kept for whoever wants to look");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_corrupt() {
    let whole = DatabaseFile::with_data().bytes();
    let file = DatabaseFile::new();
    // A file of one byte is empty to SQLite: on some systems it writes one itself. The last bytes of a page can be lost
    // unseen, as SQLite has no checksums: so the steps are those of a disk's sector, nearly.
    for length in (2..whole.len()).step_by(509) {
        file.overwrite(&whole[..length]);
        assert_eq!(said(&file.open()), Said::Corrupt, "{length} bytes");
    }
    file.overwrite(&[]);
    assert_eq!(
        said(&file.open()),
        Said::Opened,
        "nothing is a new database"
    );
}

/// A user who only looks on can be told *damaged, set aside, rebuilt*; *failed* would leave no way on.
#[test]
fn a_damaged_byte_in_the_header_never_ends_in_a_plain_failure() {
    let whole = DatabaseFile::with_data().bytes();
    let file = DatabaseFile::new();
    for offset in 0..100 {
        for damage in [0x01, 0x04, 0x80, 0xFF] {
            let mut damaged = whole.clone();
            damaged[offset] ^= damage;
            file.overwrite(&damaged);
            let said = said(&file.open());
            assert_ne!(said, Said::Failed, "byte {offset} changed by {damage:#x}");
        }
    }
}

#[test]
fn a_database_that_another_holds_is_not_called_damaged() {
    let file = DatabaseFile::with_data();
    let mut first = file.open().expect("it is ours");
    first.create(&session(2, MEMBER, 1_000)).expect("it is new");
    assert_eq!(said(&file.open()), Said::Failed);
    assert_eq!(first.list_sessions(0), Ok((vec![], 2)), "nothing is lost");
}

#[test]
fn the_same_number_twice_among_the_users_is_no_damage_either() {
    let file = DatabaseFile::new();
    let twice = [member(), member()];
    assert_eq!(
        said(&SqliteStore::open(file.connect(), &twice)),
        Said::Failed
    );
    assert_eq!(
        said(&file.open()),
        Said::Opened,
        "nothing was left half-made"
    );
}

#[test]
fn a_full_database_says_so_and_keeps_what_it_has() {
    let file = DatabaseFile::with_data();
    let mut store = file.open().expect("it is ours");
    store
        .connection()
        .execute_batch("PRAGMA max_page_count = 1")
        .expect("it takes the least that it has");
    let large = sessions::StoredKey {
        secret: vec![0; 100_000],
        ..key("large", 2)
    };
    assert_eq!(store.add_key(&large), Err(StoreError::Full));
    assert_eq!(store.keys(), Ok(vec![key("k1", 1)]));
    assert!(matches!(store.find(&hash(1)), Ok(Some(_))));
}

#[test]
fn the_connection_is_set_up_and_given_back() {
    let file = DatabaseFile::with_data();
    let connection = file.open().expect("it is ours").into_connection();
    for (name, expected) in [("locking_mode", "exclusive"), ("foreign_keys", "1")] {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        let set: String = connection
            .query_row(&sql, [], |row| row.get(0))
            .expect("SQLite says how it is set");
        assert_eq!(set, expected, "{name}");
    }
    let deleted = connection.execute("DELETE FROM users", []);
    assert!(deleted.is_err(), "a session is someone's");
}
