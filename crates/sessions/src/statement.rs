//! The SQL that runs, as the screen shows it. Never builds SQL from values: they go in through the placeholders.

/// One lookup for session and user, so that a changed role or a suspension shows at the very next request.
pub(crate) const FIND_SESSION: &str = "\
SELECT s.id_hash, s.user_id, s.created_at, s.last_seen_at, s.idle_expires_at, s.absolute_expires_at,
       u.id, u.account, u.name, u.role, u.suspended, u.password_hash
  FROM sessions AS s
  JOIN users AS u ON u.id = s.user_id
 WHERE s.id_hash = ?1";

pub(crate) const CREATE_SESSION: &str = "\
INSERT INTO sessions (id_hash, user_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(crate) const TOUCH_SESSION: &str = "\
UPDATE sessions
   SET last_seen_at = ?2, idle_expires_at = ?3
 WHERE id_hash = ?1";

pub(crate) const END_SESSION: &str = "\
DELETE FROM sessions
 WHERE id_hash = ?1";

pub(crate) const FIND_USER_BY_ACCOUNT: &str = "\
SELECT id, account, name, role, suspended, password_hash
  FROM users
 WHERE account = ?1";

pub(crate) const UPDATE_USER: &str = "\
UPDATE users
   SET account = ?2, name = ?3, role = ?4, suspended = ?5, password_hash = ?6
 WHERE id = ?1";

pub(crate) const ADD_USER: &str = "\
INSERT INTO users (id, account, name, role, suspended, password_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(crate) const KEYS: &str = "\
SELECT kid, algorithm, secret, created_at
  FROM signing_keys
 ORDER BY created_at, kid";

pub(crate) const ADD_KEY: &str = "\
INSERT INTO signing_keys (kid, algorithm, secret, created_at)
VALUES (?1, ?2, ?3, ?4)";

/// For the observer.
pub(crate) const LIST_SESSIONS: &str = "\
SELECT id_hash, user_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at
  FROM sessions
 ORDER BY created_at DESC, id_hash
 LIMIT ?1";

/// For the observer.
pub(crate) const COUNT_SESSIONS: &str = "SELECT count(*) FROM sessions";

/// For the observer, whose eyes no secret reaches: SQLite measures it where it lies.
pub(crate) const LIST_KEYS: &str = "\
SELECT kid, algorithm, 8 * length(secret), created_at
  FROM signing_keys
 ORDER BY created_at, kid";

/// All that the store runs on its tables. A database in which one of them can't be prepared lacks a table or a column.
pub(crate) const ALL: [&str; 12] = [
    FIND_SESSION,
    CREATE_SESSION,
    TOUCH_SESSION,
    END_SESSION,
    FIND_USER_BY_ACCOUNT,
    UPDATE_USER,
    ADD_USER,
    KEYS,
    ADD_KEY,
    LIST_SESSIONS,
    COUNT_SESSIONS,
    LIST_KEYS,
];
