//! Sessions in SQLite.

use protocol::{Lane, Timestamp};
use rusqlite::{Row, params};

use super::users::user;
use super::{SqliteStore, duplicate, first, limit, moment, named, store_error, unknown_user};
use crate::{
    CredentialHash, LISTED_SESSIONS_LIMIT, Role, Session, SessionStore, StoreError, User, statement,
};

impl SessionStore for SqliteStore {
    fn create(&mut self, session: &Session) -> Result<(), StoreError> {
        self.write(
            statement::CREATE_SESSION,
            params![
                session.id_hash.as_bytes(),
                session.user,
                session.lane.as_str(),
                session.device,
                session.role.as_str(),
                session.created.milliseconds(),
                session.last_seen.milliseconds(),
                session.idle_expires.milliseconds(),
                session.absolute_expires.milliseconds(),
            ],
        )
        .map_err(|error| {
            unknown_user(&error, session.user).unwrap_or_else(|| duplicate(error, "session"))
        })?;
        Ok(())
    }

    fn find(&mut self, id_hash: &CredentialHash) -> Result<Option<(Session, User)>, StoreError> {
        self.read(
            statement::FIND_SESSION,
            params![id_hash.as_bytes()],
            |row| Ok((session(row)?, user(row, 9)?)),
        )
        .map(first)
    }

    fn touch(
        &mut self,
        id_hash: &CredentialHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(
            statement::TOUCH_SESSION,
            params![
                id_hash.as_bytes(),
                last_seen.milliseconds(),
                idle_expires.milliseconds()
            ],
        )
        .map_err(store_error)?;
        Ok(())
    }

    fn end(&mut self, lane: Lane, id_hash: &CredentialHash) -> Result<bool, StoreError> {
        self.write(
            statement::END_SESSION,
            params![id_hash.as_bytes(), lane.as_str()],
        )
        .map(|rows| rows > 0)
        .map_err(store_error)
    }

    fn renew(
        &mut self,
        id_hash: &CredentialHash,
        new_id_hash: &CredentialHash,
        role: Role,
    ) -> Result<bool, StoreError> {
        self.write(
            statement::RENEW_SESSION,
            params![id_hash.as_bytes(), new_id_hash.as_bytes(), role.as_str()],
        )
        .map(|rows| rows > 0)
        .map_err(|error| duplicate(error, "session"))
    }

    fn sessions_of(&mut self, user: u32, lane: Lane) -> Result<Vec<Session>, StoreError> {
        self.read(
            statement::SESSIONS_OF,
            params![user, lane.as_str(), limit(LISTED_SESSIONS_LIMIT)],
            session,
        )
    }

    fn end_one_of(
        &mut self,
        user: u32,
        lane: Lane,
        id_hash: &CredentialHash,
    ) -> Result<bool, StoreError> {
        self.write(
            statement::END_ONE_OF,
            params![user, lane.as_str(), id_hash.as_bytes()],
        )
        .map(|rows| rows > 0)
        .map_err(store_error)
    }

    fn end_all_of(
        &mut self,
        user: u32,
        lane: Lane,
        kept: Option<&CredentialHash>,
    ) -> Result<u32, StoreError> {
        self.write_many(
            statement::END_ALL_OF,
            params![user, lane.as_str(), kept.map(CredentialHash::as_bytes)],
        )
    }
}

/// The session in the first nine columns.
pub(super) fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id_hash: CredentialHash::from_bytes(row.get(0)?),
        user: row.get(1)?,
        lane: named(row, 2, "lane", Lane::parse)?,
        device: row.get(3)?,
        role: named(row, 4, "role", Role::parse)?,
        created: moment(row, 5)?,
        last_seen: moment(row, 6)?,
        idle_expires: moment(row, 7)?,
        absolute_expires: moment(row, 8)?,
    })
}
