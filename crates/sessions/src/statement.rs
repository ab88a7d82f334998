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

pub(crate) const LIST_USERS: &str = "\
SELECT id, account, name, role, suspended
  FROM users
 ORDER BY id
 LIMIT ?1";

pub(crate) const ORDERS_OF: &str = "\
SELECT id, user_id, item, created_at
  FROM orders
 WHERE user_id = ?1
 ORDER BY created_at DESC, id DESC
 LIMIT ?2";

pub(crate) const ADD_ORDER: &str = "\
INSERT INTO orders (user_id, item, created_at)
VALUES (?1, ?2, ?3)";

/// What it replaces, once the log is full, is the oldest entry: each has a place, and the places go round.
pub(crate) const RECORD_AUDIT: &str = "\
INSERT OR REPLACE INTO audit_log (at, event, user_id, subject)
VALUES (?1, ?2, ?3, ?4)";

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

/// For the observer.
pub(crate) const LIST_AUDIT: &str = "\
SELECT id, at, event, user_id, subject
  FROM audit_log
 ORDER BY id DESC
 LIMIT ?1";

/// For the observer: SQLite numbers orders so. There is no row where there is no such user.
pub(crate) const NEXT_ORDER_NUMBER: &str = "\
SELECT coalesce((SELECT max(id) FROM orders), 0) + 1
  FROM users
 WHERE id = ?1";

/// All that the store runs on its tables. A database in which one of them can't be prepared lacks a table or a column.
pub(crate) const ALL: [&str; 17] = [
    FIND_SESSION,
    CREATE_SESSION,
    TOUCH_SESSION,
    END_SESSION,
    FIND_USER_BY_ACCOUNT,
    UPDATE_USER,
    ADD_USER,
    LIST_USERS,
    ORDERS_OF,
    ADD_ORDER,
    RECORD_AUDIT,
    KEYS,
    ADD_KEY,
    LIST_SESSIONS,
    COUNT_SESSIONS,
    LIST_AUDIT,
    NEXT_ORDER_NUMBER,
];
