//! A store in SQLite. Never opens a file: the connection is handed in, so that whoever has it decides where it leads.

mod audit;
mod console;
mod file;
mod growth;
mod guard;
mod keys;
mod observer;
mod orders;
mod refresh;
mod revocation;
mod row_counts;
mod sessions;
mod table;
mod users;
mod value;

use protocol::{Access, Purpose, StoreOperation, StorePlace, Timestamp};
use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, ErrorCode, Params, Row, Statement, StatementStatus, ffi};

use self::row_counts::RowCounts;
use crate::operation_log::{Counts, OperationLog};
use crate::{OpenError, Store, StoreError, User, opening};

/// A store in SQLite. Each operation is one statement, logged with its own text and SQLite's own counts.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    log: OperationLog,
    counts: RowCounts,
}

impl SqliteStore {
    /// The store in this database, which it locks for itself. An empty one gets the tables and these users; one that
    /// has them keeps its own users, also where its tables are of the version before and are migrated.
    ///
    /// # Errors
    /// Where the database is damaged, of another version, or can't be had. It is unchanged then, and closed.
    pub fn open(mut connection: Connection, users: &[User]) -> Result<Self, OpenError> {
        opening::prepare(&mut connection, users)?;
        guard::set_ceiling(&mut connection)?;
        Ok(Self {
            connection,
            log: OperationLog::new(),
            counts: RowCounts::default(),
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
            self.log.record(access, StorePlace::Database, sql, counts);
        }
        outcome.map(|(value, _)| value)
    }

    fn write(&mut self, sql: &'static str, parameters: impl Params) -> rusqlite::Result<usize> {
        let before = self.connection.total_changes();
        let rows = self.run(Access::Write, sql, |statement| {
            let rows = statement.execute(parameters)?;
            Ok((rows, rows))
        })?;
        self.counts.follow(&self.connection, before, sql, rows);
        Ok(rows)
    }

    /// A write that is told by how many rows it changed.
    fn write_many(
        &mut self,
        sql: &'static str,
        parameters: impl Params,
    ) -> Result<u32, StoreError> {
        let rows = self.write(sql, parameters).map_err(store_error)?;
        Ok(u32::try_from(rows).unwrap_or(u32::MAX))
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
            .and_then(|mut statement| {
                statement.reset_status(StatementStatus::VmStep);
                all(&mut statement, parameters, record)
            })
            .map_err(store_error)
    }
}

impl Store for SqliteStore {
    fn take_operations(&mut self) -> Vec<StoreOperation> {
        self.log.take()
    }

    fn set_purpose(&mut self, purpose: Purpose) {
        self.log.set_purpose(purpose);
    }

    fn place(&self) -> StorePlace {
        StorePlace::Database
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

/// The only row, or none.
fn first<T>(rows: Vec<T>) -> Option<T> {
    rows.into_iter().next()
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp::from_milliseconds)
}

fn moment_if_any(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    let milliseconds: Option<i64> = row.get(column)?;
    Ok(milliseconds.map(Timestamp::from_milliseconds))
}

fn milliseconds(moment: Option<Timestamp>) -> Option<i64> {
    moment.map(Timestamp::milliseconds)
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

/// The same, where the column may hold nothing.
fn named_if_any<T>(
    row: &Row<'_>,
    column: usize,
    what: &str,
    parse: fn(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    if row.get_ref(column)? == ValueRef::Null {
        return Ok(None);
    }
    named(row, column, what, parse).map(Some)
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
