//! The SQL that runs, as the screen shows it. Never builds SQL from values: they go in through the placeholders.

/// One lookup for session and user, so that a changed role or a suspension shows at the very next request.
pub(crate) const FIND_SESSION: &str = "\
SELECT s.id_hash, s.user_id, s.lane, s.device, s.role, s.created_at, s.last_seen_at, s.idle_expires_at,
       s.absolute_expires_at,
       u.id, u.account, u.name, u.role, u.suspended, u.password_hash
  FROM sessions AS s
  JOIN users AS u ON u.id = s.user_id
 WHERE s.id_hash = ?1";

pub(crate) const CREATE_SESSION: &str = "\
INSERT INTO sessions (id_hash, user_id, lane, device, role, created_at, last_seen_at, idle_expires_at,
                      absolute_expires_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

pub(crate) const TOUCH_SESSION: &str = "\
UPDATE sessions
   SET last_seen_at = ?2, idle_expires_at = ?3
 WHERE id_hash = ?1";

pub(crate) const END_SESSION: &str = "\
DELETE FROM sessions
 WHERE id_hash = ?1 AND lane = ?2";

pub(crate) const RENEW_SESSION: &str = "\
UPDATE sessions
   SET id_hash = ?2, role = ?3
 WHERE id_hash = ?1";

pub(crate) const SESSIONS_OF: &str = "\
SELECT id_hash, user_id, lane, device, role, created_at, last_seen_at, idle_expires_at,
       absolute_expires_at
  FROM sessions
 WHERE user_id = ?1 AND lane = ?2
 ORDER BY last_seen_at DESC, id_hash
 LIMIT ?3";

pub(crate) const END_ONE_OF: &str = "\
DELETE FROM sessions
 WHERE id_hash = ?3 AND user_id = ?1 AND lane = ?2";

/// The one that is kept may be none: nothing is NULL, so that all are ended then.
pub(crate) const END_ALL_OF: &str = "\
DELETE FROM sessions
 WHERE user_id = ?1 AND lane = ?2 AND id_hash IS NOT ?3";

pub(crate) const ADD_REFRESH: &str = "\
INSERT INTO refresh_tokens (token_hash, family, user_id, lane, created_at, used_at, expires_at, ended_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// One lookup for token and user, as for sessions.
pub(crate) const FIND_REFRESH: &str = "\
SELECT r.token_hash, r.family, r.user_id, r.lane, r.created_at, r.used_at, r.expires_at, r.ended_at,
       u.id, u.account, u.name, u.role, u.suspended, u.password_hash
  FROM refresh_tokens AS r
  JOIN users AS u ON u.id = r.user_id
 WHERE r.token_hash = ?1";

/// Of two that come at once, one changes a row.
pub(crate) const USE_REFRESH: &str = "\
UPDATE refresh_tokens
   SET used_at = ?2
 WHERE token_hash = ?1 AND used_at IS NULL";

pub(crate) const END_FAMILY: &str = "\
UPDATE refresh_tokens
   SET ended_at = ?2
 WHERE family = ?1 AND ended_at IS NULL";

pub(crate) const END_FAMILIES_OF: &str = "\
UPDATE refresh_tokens
   SET ended_at = ?3
 WHERE user_id = ?1 AND lane = ?2 AND ended_at IS NULL";

pub(crate) const DENY: &str = "\
INSERT INTO denylist (lane, jti, denied_at, expires_at)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING";

pub(crate) const FORGET_DENIED: &str = "\
DELETE FROM denylist
 WHERE lane = ?1 AND expires_at <= ?2";

pub(crate) const DENIED_SINCE: &str = "\
SELECT denied_at
  FROM denylist
 WHERE lane = ?1 AND jti = ?2";

pub(crate) const TOKEN_VERSION: &str = "\
SELECT version
  FROM token_versions
 WHERE lane = ?1 AND user_id = ?2";

pub(crate) const RAISE_TOKEN_VERSION: &str = "\
INSERT INTO token_versions (lane, user_id, version)
VALUES (?1, ?2, 1)
ON CONFLICT (lane, user_id) DO UPDATE SET version = version + 1
RETURNING version";

pub(crate) const FIND_USER_BY_ACCOUNT: &str = "\
SELECT id, account, name, role, suspended, password_hash
  FROM users
 WHERE account = ?1";

pub(crate) const FIND_USER: &str = "\
SELECT id, account, name, role, suspended, password_hash
  FROM users
 WHERE id = ?1";

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
INSERT OR REPLACE INTO audit_log (at, event, lane, user_id, subject)
VALUES (?1, ?2, ?3, ?4, ?5)";

pub(crate) const KEYS: &str = "\
SELECT kid, algorithm, secret, created_at, retired_at, distrusted_at
  FROM signing_keys
 ORDER BY created_at, kid";

pub(crate) const ADD_KEY: &str = "\
INSERT INTO signing_keys (kid, algorithm, secret, created_at, retired_at, distrusted_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(crate) const RETIRE_KEY: &str = "\
UPDATE signing_keys
   SET retired_at = ?2, distrusted_at = ?3
 WHERE kid = ?1";

/// For the observer, who ends a session of either lane.
pub(crate) const KILL_SESSION: &str = "\
DELETE FROM sessions
 WHERE id_hash = ?1";

/// For the observer.
pub(crate) const LIST_SESSIONS: &str = "\
SELECT id_hash, user_id, lane, device, role, created_at, last_seen_at, idle_expires_at,
       absolute_expires_at
  FROM sessions
 ORDER BY created_at DESC, id_hash
 LIMIT ?1";

/// For the observer.
pub(crate) const COUNT_SESSIONS: &str = "SELECT count(*) FROM sessions";

/// For the observer.
pub(crate) const LOOK_UP_SESSION: &str = "\
SELECT id_hash, user_id, lane, device, role, created_at, last_seen_at, idle_expires_at,
       absolute_expires_at
  FROM sessions
 WHERE id_hash = ?1";

/// For the observer.
pub(crate) const COUNT_SESSIONS_OF: &str = "\
SELECT count(*)
  FROM sessions
 WHERE user_id = ?1 AND lane = ?2";

/// For the observer.
pub(crate) const LIST_REFRESH_TOKENS: &str = "\
SELECT token_hash, family, user_id, lane, created_at, used_at, expires_at, ended_at
  FROM refresh_tokens
 ORDER BY created_at DESC, token_hash
 LIMIT ?1";

/// For the observer.
pub(crate) const COUNT_DENIED: &str = "\
SELECT lane, count(*)
  FROM denylist
 GROUP BY lane";

/// For the observer.
pub(crate) const COUNT_EXPIRED_DENIED: &str = "\
SELECT count(*)
  FROM denylist
 WHERE lane = ?1 AND expires_at <= ?2";

/// For the observer.
pub(crate) const LIST_AUDIT: &str = "\
SELECT id, at, event, lane, user_id, subject
  FROM audit_log
 ORDER BY id DESC
 LIMIT ?1";

/// For the observer: SQLite numbers orders so. There is no row where there is no such user.
pub(crate) const NEXT_ORDER_NUMBER: &str = "\
SELECT coalesce((SELECT max(id) FROM orders), 0) + 1
  FROM users
 WHERE id = ?1";

/// All that the store runs on its tables. A database in which one of them can't be prepared lacks a table or a column.
pub(crate) const ALL: [&str; 39] = [
    FIND_SESSION,
    CREATE_SESSION,
    TOUCH_SESSION,
    END_SESSION,
    RENEW_SESSION,
    SESSIONS_OF,
    END_ONE_OF,
    END_ALL_OF,
    ADD_REFRESH,
    FIND_REFRESH,
    USE_REFRESH,
    END_FAMILY,
    END_FAMILIES_OF,
    DENY,
    FORGET_DENIED,
    DENIED_SINCE,
    TOKEN_VERSION,
    RAISE_TOKEN_VERSION,
    FIND_USER_BY_ACCOUNT,
    FIND_USER,
    UPDATE_USER,
    ADD_USER,
    LIST_USERS,
    ORDERS_OF,
    ADD_ORDER,
    RECORD_AUDIT,
    KEYS,
    ADD_KEY,
    RETIRE_KEY,
    KILL_SESSION,
    LIST_SESSIONS,
    COUNT_SESSIONS,
    LOOK_UP_SESSION,
    COUNT_SESSIONS_OF,
    LIST_REFRESH_TOKENS,
    COUNT_DENIED,
    COUNT_EXPIRED_DENIED,
    LIST_AUDIT,
    NEXT_ORDER_NUMBER,
];
