//! What becomes of a file that an older build wrote: one of version 2, made by the SQL that was that build's.

use protocol::Lane;
use rusqlite::Connection;
use sessions::{
    APPLICATION_ID, AuditEvent, KeyStore, ObserverAccess, OpenError, OrderStore, SCHEMA_VERSION,
    Session, SessionStore, SqliteStore, UserStore,
};

use crate::sample::{
    ADMINISTRATOR, MEMBER, administrator, at, hash, key, member, session, signed_in, sqlite_store,
};

const VERSION_2: &str = "\
CREATE TABLE users (
    id            INTEGER PRIMARY KEY,
    account       TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    role          TEXT    NOT NULL CHECK (role IN ('member', 'admin')),
    suspended     INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    password_hash TEXT    NOT NULL -- a PHC string
) STRICT;

-- All moments are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE sessions (
    id_hash             BLOB    NOT NULL PRIMARY KEY CHECK (length(id_hash) = 32), -- SHA-256 of the session ID
    user_id             INTEGER NOT NULL REFERENCES users (id),
    created_at          INTEGER NOT NULL,
    last_seen_at        INTEGER NOT NULL,
    idle_expires_at     INTEGER NOT NULL,
    absolute_expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE signing_keys (
    kid        TEXT    NOT NULL PRIMARY KEY,
    algorithm  TEXT    NOT NULL,
    secret     BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    item       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX orders_by_user ON orders (user_id, created_at);

-- A ring: the entry of number 1,001 takes the place of the first. It refers to no user, as what happened happened.
CREATE TABLE audit_log (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    event   TEXT    NOT NULL CHECK (event IN ('signed_in', 'sign_in_refused', 'signed_out',
                                              'session_ended', 'session_killed', 'request_refused')),
    user_id INTEGER,
    subject TEXT, -- of a credential: the start of a session ID's hash, or a token's jti
    place   INTEGER NOT NULL UNIQUE GENERATED ALWAYS AS (id % 1000)
) STRICT;
";

/// Something in each table. The administrator's session shows that the role is the user's.
const ROWS: &str = "\
INSERT INTO users VALUES
    (42, 'ada', 'Ada Lovelace', 'member', 0, '$argon2id$of-ada'),
    (1, 'grace', 'Grace Hopper', 'admin', 0, '$argon2id$of-grace');
INSERT INTO sessions VALUES
    (unhex(replace(hex(zeroblob(32)), '00', '01')), 42, 1000000, 1000000, 1900000, 87400000),
    (unhex(replace(hex(zeroblob(32)), '00', '02')), 1, 2000000, 2000000, 2900000, 88400000);
INSERT INTO signing_keys VALUES ('k1', 'HS256', unhex(replace(hex(zeroblob(32)), '00', 'A7')), 1000);
INSERT INTO orders VALUES (7, 42, 'Tea', 1000);
INSERT INTO audit_log (id, at, event, user_id, subject) VALUES
    (1000, 1000, 'signed_in', 42, '01010101'),
    (1001, 2000, 'session_killed', NULL, NULL);
";

/// A database as the build of version 2 left it, and what else was done to it.
fn version_2(then: &str) -> Connection {
    let connection = Connection::open_in_memory().expect("memory is there");
    let mark = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 2;");
    for sql in [VERSION_2, ROWS, &mark, then] {
        connection.execute_batch(sql).expect("it is good SQL");
    }
    connection
}

fn open(connection: Connection) -> Result<SqliteStore, OpenError> {
    // The users that are named are for an empty database alone.
    SqliteStore::open(connection, &[])
}

#[test]
fn all_that_was_kept_is_there_and_what_was_not_is_as_it_was_meant() {
    let mut store = open(version_2("")).expect("it is migrated");
    assert_eq!(store.find_by_account("ada"), Ok(Some(member())));
    for (number, user, of) in [(1, MEMBER, member()), (2, ADMINISTRATOR, administrator())] {
        let kept = Session {
            lane: Lane::A,
            device: String::new(),
            role: of.role,
            ..session(number, user, i64::from(number) * 1_000)
        };
        assert_eq!(store.find(&hash(number)), Ok(Some((kept, of))));
    }
    assert_eq!(store.keys(), Ok(vec![key("k1", 1)]));
    let orders = store.orders_of(MEMBER).expect("it lists");
    assert_eq!(
        (orders.len(), orders[0].id, orders[0].item.as_str()),
        (1, 7, "Tea")
    );
    assert_eq!(store.next_order_number(MEMBER), Ok(8));
    let audit = store.list_audit(10).expect("it lists");
    let listed: Vec<_> = audit
        .iter()
        .map(|entry| (entry.id, entry.event, entry.lane))
        .collect();
    assert_eq!(
        listed,
        [
            (1_001, AuditEvent::SessionKilled, Some(Lane::A)),
            (1_000, AuditEvent::SignedIn, Some(Lane::A)),
        ]
    );
}

#[test]
fn the_tables_are_those_of_a_new_database_and_take_what_is_new() {
    let mut store = open(version_2("")).expect("it is migrated");
    let tables = |store: &SqliteStore| -> Vec<(String, Option<String>)> {
        let mut statement = store
            .connection()
            .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
            .expect("there is always one");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("it reads")
            .map(|row| row.expect("it is text"))
            .collect()
    };
    assert_eq!(tables(&store), tables(&sqlite_store()));
    for event in AuditEvent::ALL {
        let record = sessions::AuditRecord {
            event,
            ..signed_in(3)
        };
        assert_eq!(sessions::AuditLog::record(&mut store, &record), Ok(()));
    }
    assert_eq!(store.end_all_of(MEMBER, Lane::A, None), Ok(1));
    assert_eq!(store.retire_key("k1", at(9), None), Ok(true));

    let again = open(store.into_connection()).expect("it is of this version now");
    let version: i32 = again
        .connection()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("it has one");
    assert_eq!(version, SCHEMA_VERSION);
    assert_eq!(again.list_sessions(10).map(|(_, count)| count), Ok(1));
}

#[test]
fn a_large_file_is_migrated_whole() {
    let many = "\
WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 20000)
INSERT INTO sessions SELECT randomblob(32), 42, n, n, n, n FROM counted;";
    let store = open(version_2(many)).expect("it is migrated");
    assert_eq!(store.list_sessions(0), Ok((vec![], 20_002)));
}

/// All that a file says of itself, to compare.
fn dump(connection: &Connection) -> Vec<u8> {
    let mut dumped = Vec::new();
    for sql in [
        "SELECT group_concat(name || sql) FROM sqlite_schema",
        "SELECT group_concat(hex(id_hash) || user_id) FROM sessions",
    ] {
        let text = connection.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
        dumped.extend(format!("{text:?}").into_bytes());
    }
    dumped
}

#[test]
fn one_that_can_not_be_migrated_stays_as_it_was() {
    for (what, damage) in [
        ("a table is missing", "DROP TABLE orders"),
        ("a column is missing", "ALTER TABLE users DROP COLUMN name"),
        ("an index is missing", "DROP INDEX sessions_by_user"),
        ("a name is taken", "CREATE TABLE denylist (a)"),
        (
            "a role that does not exist",
            "PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 'root';
             PRAGMA ignore_check_constraints = OFF",
        ),
    ] {
        let path = std::env::temp_dir().join(format!(
            "sessions-migration-{}-{}.sqlite",
            std::process::id(),
            what.replace(' ', "-")
        ));
        let _ = std::fs::remove_file(&path);
        version_2(damage)
            .execute("VACUUM INTO ?1", [path.to_str().expect("it is text")])
            .expect("it is written");
        let connect = || Connection::open(&path).expect("it is there");
        let before = dump(&connect());
        let opened = open(connect());
        assert!(
            matches!(opened, Err(OpenError::Corrupt { .. })),
            "{what}: {opened:?}"
        );
        drop(opened);
        assert_eq!(dump(&connect()), before, "{what}");
        std::fs::remove_file(&path).expect("it was there");
    }
}

#[test]
fn one_that_runs_out_of_room_says_so_and_stays_as_it_was() {
    let connection = version_2("PRAGMA max_page_count = 1");
    let opened = open(connection);
    assert!(
        matches!(opened, Err(OpenError::Failed { .. })),
        "{opened:?}"
    );
}
