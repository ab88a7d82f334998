//! What becomes of a file of an older version. Never leaves one half-way: it is migrated whole, or stays as it was.

use rusqlite::Connection;

use crate::schema;

/// The one older version whose files are taken over: before it, no build was given to anyone.
pub(crate) const MIGRATED_VERSION: i32 = 2;

/// The old tables make room. What they refer to moves with them.
const SET_ASIDE: &str = "\
DROP INDEX sessions_by_user;
DROP INDEX orders_by_user;
ALTER TABLE users RENAME TO users_2;
ALTER TABLE sessions RENAME TO sessions_2;
ALTER TABLE signing_keys RENAME TO signing_keys_2;
ALTER TABLE orders RENAME TO orders_2;
ALTER TABLE audit_log RENAME TO audit_log_2;
";

/// Version 2 had sessions in the left lane alone, no device, and one key for each algorithm, which signed for ever. The
/// role that an ID was issued for was not kept: the one that the user has is believed.
const TAKE_OVER: &str = "\
INSERT INTO users (id, account, name, role, suspended, password_hash)
SELECT id, account, name, role, suspended, password_hash
  FROM users_2;
INSERT INTO sessions (id_hash, user_id, lane, device, role, created_at, last_seen_at, idle_expires_at,
                      absolute_expires_at)
SELECT s.id_hash, s.user_id, 'a', '', u.role, s.created_at, s.last_seen_at, s.idle_expires_at,
       s.absolute_expires_at
  FROM sessions_2 AS s
  JOIN users_2 AS u ON u.id = s.user_id;
INSERT INTO signing_keys (kid, algorithm, secret, created_at)
SELECT kid, algorithm, secret, created_at
  FROM signing_keys_2;
INSERT INTO orders (id, user_id, item, created_at)
SELECT id, user_id, item, created_at
  FROM orders_2;
INSERT INTO audit_log (id, at, event, lane, user_id, subject)
SELECT id, at, event, 'a', user_id, subject
  FROM audit_log_2;
";

/// First what refers to users.
const DROP_OLD: &str = "\
DROP TABLE audit_log_2;
DROP TABLE orders_2;
DROP TABLE sessions_2;
DROP TABLE signing_keys_2;
DROP TABLE users_2;
";

/// Makes a database of version 2 one of this version, with all that is in it.
pub(crate) fn migrate_from_2(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(SET_ASIDE)?;
    transaction.execute_batch(schema::TABLES)?;
    transaction.execute_batch(TAKE_OVER)?;
    transaction.execute_batch(DROP_OLD)?;
    schema::mark(&transaction)?;
    transaction.commit()
}
