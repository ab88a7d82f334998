//! A store in SQLite. Never opens a file: the connection is handed in, so that whoever has it decides where it leads.

mod audit;
mod observer;
mod orders;

use protocol::{Access, Purpose, StoreOperation, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, ErrorCode, Params, Row, Statement, StatementStatus, ffi, params};

use crate::operation_log::{Counts, OperationLog};
use crate::{
    KeyStore, LISTED_USERS_LIMIT, OpenError, Role, Session, SessionIdHash, SessionStore, Store,
    StoreError, StoredKey, User, UserStore, UserSummary, opening, statement,
};

/// A store in SQLite. Each operation is one statement, logged with its own text and SQLite's own counts.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    log: OperationLog,
}

impl SqliteStore {
    /// The store in this database, which it locks for itself. An empty one gets the tables and these users; one that
    /// has them keeps its own users.
    ///
    /// # Errors
    /// Where the database is damaged, of another version, or can't be had. It is unchanged then, and closed.
    pub fn open(mut connection: Connection, users: &[User]) -> Result<Self, OpenError> {
        opening::prepare(&mut connection, users)?;
        Ok(Self {
            connection,
            log: OperationLog::new(),
        })
    }

    /// The connection, for looking into the database. What is done with it is not logged.
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The connection, the store's no more.
    pub fn into_connection(self) -> Connection {
        self.connection
    }

    /// Runs one statement and logs what SQLite counted.
    fn run<T>(
        &mut self,
        access: Access,
        sql: &'static str,
        body: impl FnOnce(&mut Statement<'_>) -> rusqlite::Result<(T, usize)>,
    ) -> rusqlite::Result<T> {
        let mut statement = self.connection.prepare_cached(sql)?;
        // A prepared statement is used again and again, and its counters with it.
        for status in [
            StatementStatus::Run,
            StatementStatus::FullscanStep,
            StatementStatus::VmStep,
        ] {
            statement.reset_status(status);
        }
        let outcome = body(&mut statement);
        let counted = |status| u32::try_from(statement.get_status(status)).unwrap_or_default();
        // One that failed half-way did cost something; one that SQLite never began did not.
        if counted(StatementStatus::Run) > 0 {
            let counts = Counts {
                rows: outcome.as_ref().map_or(0, |(_, rows)| *rows),
                full_scan_steps: counted(StatementStatus::FullscanStep),
                vm_steps: counted(StatementStatus::VmStep),
            };
            self.log.record(access, sql, counts);
        }
        outcome.map(|(value, _)| value)
    }

    fn write(&mut self, sql: &'static str, parameters: impl Params) -> rusqlite::Result<usize> {
        self.run(Access::Write, sql, |statement| {
            let rows = statement.execute(parameters)?;
            Ok((rows, rows))
        })
    }

    fn read<T>(
        &mut self,
        sql: &'static str,
        parameters: impl Params,
        record: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.run(Access::Read, sql, |statement| {
            let records = all(statement, parameters, record)?;
            let rows = records.len();
            Ok((records, rows))
        })
        .map_err(store_error)
    }

    /// Reads for the observer: nothing is logged.
    fn look<T>(
        &self,
        sql: &'static str,
        parameters: impl Params,
        record: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| all(&mut statement, parameters, record))
            .map_err(store_error)
    }
}

impl SessionStore for SqliteStore {
    fn create(&mut self, session: &Session) -> Result<(), StoreError> {
        self.write(
            statement::CREATE_SESSION,
            params![
                session.id_hash.as_bytes(),
                session.user,
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

    fn find(&mut self, id_hash: &SessionIdHash) -> Result<Option<(Session, User)>, StoreError> {
        let found = self.read(
            statement::FIND_SESSION,
            params![id_hash.as_bytes()],
            |row| Ok((session(row)?, user(row, 6)?)),
        )?;
        Ok(found.into_iter().next())
    }

    fn touch(
        &mut self,
        id_hash: &SessionIdHash,
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

    fn end(&mut self, id_hash: &SessionIdHash) -> Result<bool, StoreError> {
        self.write(statement::END_SESSION, params![id_hash.as_bytes()])
            .map(|rows| rows > 0)
            .map_err(store_error)
    }
}

impl UserStore for SqliteStore {
    fn find_by_account(&mut self, account: &str) -> Result<Option<User>, StoreError> {
        let found = self.read(statement::FIND_USER_BY_ACCOUNT, params![account], |row| {
            user(row, 0)
        })?;
        Ok(found.into_iter().next())
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

impl KeyStore for SqliteStore {
    fn keys(&mut self) -> Result<Vec<StoredKey>, StoreError> {
        self.read(statement::KEYS, [], |row| {
            Ok(StoredKey {
                kid: row.get(0)?,
                algorithm: row.get(1)?,
                secret: row.get(2)?,
                created: moment(row, 3)?,
            })
        })
    }

    fn add_key(&mut self, key: &StoredKey) -> Result<(), StoreError> {
        self.write(
            statement::ADD_KEY,
            params![
                key.kid,
                key.algorithm,
                key.secret,
                key.created.milliseconds()
            ],
        )
        .map_err(|error| duplicate(error, "signing key"))?;
        Ok(())
    }
}

impl Store for SqliteStore {
    fn take_operations(&mut self) -> Vec<StoreOperation> {
        self.log.take()
    }

    fn set_purpose(&mut self, purpose: Purpose) {
        self.log.set_purpose(purpose);
    }
}

/// All rows, read to the end: a statement left half-way would not have counted all that it costs.
fn all<T>(
    statement: &mut Statement<'_>,
    parameters: impl Params,
    record: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    statement.query_map(parameters, record)?.collect()
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp::from_milliseconds)
}

/// The session in the first six columns.
fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id_hash: SessionIdHash::from_bytes(row.get(0)?),
        user: row.get(1)?,
        created: moment(row, 2)?,
        last_seen: moment(row, 3)?,
        idle_expires: moment(row, 4)?,
        absolute_expires: moment(row, 5)?,
    })
}

/// The user in six columns from this one on.
fn user(row: &Row<'_>, first: usize) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(first)?,
        account: row.get(first + 1)?,
        name: row.get(first + 2)?,
        role: named(row, first + 3, "role", Role::parse)?,
        suspended: row.get(first + 4)?,
        password_hash: row.get(first + 5)?,
    })
}

/// What has its name in this column: a role, say.
fn named<T>(
    row: &Row<'_>,
    column: usize,
    what: &str,
    parse: fn(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let name: String = row.get(column)?;
    parse(&name).ok_or_else(|| {
        let message = format!("there is no {what} {name:?}");
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, message.into())
    })
}

/// How many rows at most. SQLite takes a negative limit for none at all.
fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn extended_code(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|error| error.extended_code)
}

/// The error of a statement that adds what is this user's, if it failed because there is no such user.
fn unknown_user(error: &rusqlite::Error, user: u32) -> Option<StoreError> {
    (extended_code(error) == Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY))
        .then_some(StoreError::UnknownUser { user })
}

/// The error of a statement that adds or changes one of these.
fn duplicate(error: rusqlite::Error, what: &'static str) -> StoreError {
    match extended_code(&error) {
        Some(ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE) => {
            StoreError::Duplicate { what }
        }
        _ => store_error(error),
    }
}

fn store_error(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Failed {
            message: error.to_string(),
        },
    }
}
