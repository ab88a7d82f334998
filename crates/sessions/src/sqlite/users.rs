//! Users in SQLite.

use rusqlite::{Row, params};

use super::{SqliteStore, duplicate, first, limit, named};
use crate::{LISTED_USERS_LIMIT, Role, StoreError, User, UserStore, UserSummary, statement};

impl UserStore for SqliteStore {
    fn find_by_account(&mut self, account: &str) -> Result<Option<User>, StoreError> {
        self.read(statement::FIND_USER_BY_ACCOUNT, params![account], |row| {
            user(row, 0)
        })
        .map(first)
    }

    fn find_user(&mut self, id: u32) -> Result<Option<User>, StoreError> {
        self.read(statement::FIND_USER, params![id], |row| user(row, 0))
            .map(first)
    }

    fn update_user(&mut self, user: &User) -> Result<bool, StoreError> {
        self.write(
            statement::UPDATE_USER,
            params![
                user.id,
                user.account,
                user.name,
                user.role.as_str(),
                user.suspended,
                user.password_hash
            ],
        )
        .map(|rows| rows > 0)
        .map_err(|error| duplicate(error, "user"))
    }

    fn list_users(&mut self) -> Result<Vec<UserSummary>, StoreError> {
        self.read(
            statement::LIST_USERS,
            params![limit(LISTED_USERS_LIMIT)],
            |row| {
                Ok(UserSummary {
                    id: row.get(0)?,
                    account: row.get(1)?,
                    name: row.get(2)?,
                    role: named(row, 3, "role", Role::parse)?,
                    suspended: row.get(4)?,
                })
            },
        )
    }
}

/// The user in six columns from this one on.
pub(super) fn user(row: &Row<'_>, first: usize) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(first)?,
        account: row.get(first + 1)?,
        name: row.get(first + 2)?,
        role: named(row, first + 3, "role", Role::parse)?,
        suspended: row.get(first + 4)?,
        password_hash: row.get(first + 5)?,
    })
}
