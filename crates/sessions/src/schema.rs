//! The tables, and the numbers by which a file says whose they are. Never keeps data of older tables: what becomes of
//! those is the migration's.

use rusqlite::{Connection, Transaction, params};

use crate::{User, statement};

/// What marks a database file as this program's: `TorP` in ASCII.
pub const APPLICATION_ID: i32 = 0x546f_7250;

/// The schema's version. Whoever changes the tables or the sample users counts it up, and says what becomes of older
/// files: those that no migration knows are set aside.
pub const SCHEMA_VERSION: i32 = 3;

pub(crate) const TABLES: &str = "\
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
    lane                TEXT    NOT NULL CHECK (lane IN ('a', 'b')),
    device              TEXT    NOT NULL,
    role                TEXT    NOT NULL CHECK (role IN ('member', 'admin')), -- the one that the ID was issued for
    created_at          INTEGER NOT NULL,
    last_seen_at        INTEGER NOT NULL,
    idle_expires_at     INTEGER NOT NULL,
    absolute_expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE INDEX sessions_by_creation ON sessions (created_at DESC);

CREATE TABLE refresh_tokens (
    token_hash BLOB    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32), -- SHA-256 of the refresh token
    family     BLOB    NOT NULL CHECK (length(family) = 16),
    user_id    INTEGER NOT NULL REFERENCES users (id),
    lane       TEXT    NOT NULL CHECK (lane IN ('a', 'b')),
    created_at INTEGER NOT NULL,
    used_at    INTEGER,
    expires_at INTEGER NOT NULL, -- the family's end
    ended_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);

CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id);

-- Access tokens that are refused before they expire.
CREATE TABLE denylist (
    lane       TEXT    NOT NULL CHECK (lane IN ('a', 'b')),
    jti        TEXT    NOT NULL,
    denied_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (lane, jti)
) STRICT, WITHOUT ROWID;

CREATE INDEX denylist_by_expiry ON denylist (lane, expires_at);

-- Access tokens that carry an older version are refused. Whoever has no row here has version 0.
CREATE TABLE token_versions (
    lane    TEXT    NOT NULL CHECK (lane IN ('a', 'b')),
    user_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (lane, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_keys (
    kid           TEXT    NOT NULL PRIMARY KEY,
    algorithm     TEXT    NOT NULL,
    secret        BLOB    NOT NULL,
    created_at    INTEGER NOT NULL,
    retired_at    INTEGER, -- since when it signs no more
    distrusted_at INTEGER  -- since when nothing that it signed is accepted
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
                                              'session_ended', 'session_killed', 'request_refused',
                                              'session_renewed', 'refresh_token_reused', 'role_changed',
                                              'account_suspended', 'account_restored', 'user_signed_out',
                                              'key_rotated')),
    lane    TEXT CHECK (lane IN ('a', 'b')), -- NULL for what concerns both
    user_id INTEGER,
    subject TEXT, -- of a credential: the start of a session ID's hash, or a token's jti
    place   INTEGER NOT NULL UNIQUE GENERATED ALWAYS AS (id % 1000)
) STRICT;
";

/// All that can be dropped, whoever made it. Indexes go with their tables.
const NAMES: &str = "\
SELECT name
  FROM sqlite_schema
 WHERE type = ?1 AND (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name LIKE 'sqlite\\_stat_' ESCAPE '\\')";

/// Makes the tables and the users, in place of all that was there, all or nothing.
pub(crate) fn create(connection: &mut Connection, users: &[User]) -> rusqlite::Result<()> {
    // Else no table could go that another one refers to. It can't be set within a transaction.
    connection.pragma_update(None, "foreign_keys", false)?;
    let made = connection
        .transaction()
        .and_then(|transaction| fill(transaction, users));
    connection.pragma_update(None, "foreign_keys", true)?;
    made
}

fn fill(transaction: Transaction<'_>, users: &[User]) -> rusqlite::Result<()> {
    drop_all(&transaction)?;
    transaction.execute_batch(TABLES)?;
    for user in users {
        transaction.execute(
            statement::ADD_USER,
            params![
                user.id,
                user.account,
                user.name,
                user.role.as_str(),
                user.suspended,
                user.password_hash
            ],
        )?;
    }
    mark(&transaction)?;
    transaction.commit()
}

fn drop_all(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    for kind in ["trigger", "view", "table"] {
        let names: Vec<String> = transaction
            .prepare(NAMES)?
            .query_map([kind], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for name in names {
            transaction.execute_batch(&format!("DROP {kind} {}", quoted(&name)))?;
        }
    }
    Ok(())
}

/// A name as SQL takes it, whatever is in it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Says whose the tables are.
pub(crate) fn mark(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", SCHEMA_VERSION)
}
