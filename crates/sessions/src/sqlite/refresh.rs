//! Refresh tokens in SQLite.

use protocol::{Lane, Timestamp};
use rusqlite::{Row, params};

use super::users::user;
use super::{
    SqliteStore, duplicate, first, milliseconds, moment, moment_if_any, named, store_error,
    unknown_user,
};
use crate::{CredentialHash, FamilyId, RefreshStore, RefreshToken, StoreError, User, statement};

impl RefreshStore for SqliteStore {
    fn add_refresh(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        self.write(
            statement::ADD_REFRESH,
            params![
                token.token_hash.as_bytes(),
                token.family.as_bytes(),
                token.user,
                token.lane.as_str(),
                token.created.milliseconds(),
                milliseconds(token.used),
                token.expires.milliseconds(),
                milliseconds(token.ended),
            ],
        )
        .map_err(|error| {
            unknown_user(&error, token.user).unwrap_or_else(|| duplicate(error, "refresh token"))
        })?;
        Ok(())
    }

    fn find_refresh(
        &mut self,
        token_hash: &CredentialHash,
    ) -> Result<Option<(RefreshToken, User)>, StoreError> {
        self.read(
            statement::FIND_REFRESH,
            params![token_hash.as_bytes()],
            |row| Ok((token(row)?, user(row, 8)?)),
        )
        .map(first)
    }

    fn use_refresh(
        &mut self,
        token_hash: &CredentialHash,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(
            statement::USE_REFRESH,
            params![token_hash.as_bytes(), at.milliseconds()],
        )
        .map(|rows| rows > 0)
        .map_err(store_error)
    }

    fn end_family(&mut self, family: &FamilyId, at: Timestamp) -> Result<u32, StoreError> {
        self.write_many(
            statement::END_FAMILY,
            params![family.as_bytes(), at.milliseconds()],
        )
    }

    fn end_families_of(&mut self, user: u32, lane: Lane, at: Timestamp) -> Result<u32, StoreError> {
        self.write_many(
            statement::END_FAMILIES_OF,
            params![user, lane.as_str(), at.milliseconds()],
        )
    }
}

/// The refresh token in the first eight columns.
pub(super) fn token(row: &Row<'_>) -> rusqlite::Result<RefreshToken> {
    Ok(RefreshToken {
        token_hash: CredentialHash::from_bytes(row.get(0)?),
        family: FamilyId::from_bytes(row.get(1)?),
        user: row.get(2)?,
        lane: named(row, 3, "lane", Lane::parse)?,
        created: moment(row, 4)?,
        used: moment_if_any(row, 5)?,
        expires: moment(row, 6)?,
        ended: moment_if_any(row, 7)?,
    })
}
