//! Whether a database is one that this build can work with. Never repairs one, and never writes to one that has data,
//! but to migrate it.

use std::error::Error;
use std::fmt;

use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode};

use crate::migration::{self, MIGRATED_VERSION};
use crate::schema::{self, APPLICATION_ID, SCHEMA_VERSION};
use crate::{User, statement};

/// Up to which size a database is read through when it is opened: beyond, the wait would be felt.
const CHECK_LIMIT_BYTES: i64 = 32 * 1024 * 1024;

/// The longest value, in octets.
const LONGEST_VALUE: i32 = 1024 * 1024;

/// Why a database could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Its schema is of another version.
    OtherVersion {
        /// The one found.
        found: i32,
        /// The one that this build has.
        expected: i32,
    },
    /// It is damaged, or not this program's.
    Corrupt {
        /// What is wrong with it.
        message: String,
    },
    /// Anything else, such as a lock that another has. The file may well be good.
    Failed {
        /// What SQLite says.
        message: String,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherVersion { found, expected } => write!(
                f,
                "the database is of version {found}, this build needs version {expected}"
            ),
            Self::Corrupt { message } => write!(f, "the database can't be used: {message}"),
            Self::Failed { message } => write!(f, "the database could not be opened: {message}"),
        }
    }
}

impl Error for OpenError {}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        let message = error.to_string();
        match error {
            // SQLite's plain error, where all the SQL is known to be right, says something about the file: a table is
            // missing, or its format is none that SQLite knows.
            rusqlite::Error::SqlInputError { .. } => Self::Corrupt { message },
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::TooBig
                | ErrorCode::Unknown => Self::Corrupt { message },
                _ => Self::Failed { message },
            },
            _ => Self::Failed { message },
        }
    }
}

/// Sets the connection up and makes sure of what it is connected to. An empty database gets the tables and the users, and
/// one of the version before is migrated.
pub(crate) fn prepare(connection: &mut Connection, users: &[User]) -> Result<(), OpenError> {
    // There is one connection alone. Holding the lock spares a look at the file before each transaction.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // In KiB, 64 MiB: the pages that lookups among a million sessions lead through. In the 2 MiB that SQLite keeps of
    // itself, nearly each lookup would read from the file.
    connection.pragma_update(None, "cache_size", -65_536)?;
    // A file may come from anywhere: what stands in its schema calls no function that does more than reckon.
    connection.pragma_update(None, "trusted_schema", false)?;
    limit_values(connection)?;

    let application_id: i32 = pragma(connection, "application_id")?;
    let version: i32 = pragma(connection, "user_version")?;
    match (application_id, version) {
        (0, 0) if is_empty(connection)? => schema::create(connection, users)?,
        (APPLICATION_ID, SCHEMA_VERSION) => check(connection)?,
        (APPLICATION_ID, MIGRATED_VERSION) => {
            check(connection)?;
            migration::migrate_from_2(connection).map_err(migration_failed)?;
        }
        // Who left no mark may have been an older build of this program.
        (APPLICATION_ID | 0, found) if found != SCHEMA_VERSION => {
            return Err(OpenError::OtherVersion {
                found,
                expected: SCHEMA_VERSION,
            });
        }
        _ => {
            return Err(OpenError::Corrupt {
                message: String::from("it is another program's"),
            });
        }
    }
    // A table or column that is missing shows here: preparing runs nothing. That the first requests find their
    // statements prepared comes with it.
    connection.set_prepared_statement_cache_capacity(statement::ALL.len());
    for sql in statement::ALL {
        connection.prepare_cached(sql)?;
    }
    Ok(())
}

/// Lets no value be longer than any that the server writes, whatever a file's schema reckons with.
pub(crate) fn limit_values(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        .map(drop)
}

/// A large file is not read through before: its rows may break the tables' rules.
fn migration_failed(error: rusqlite::Error) -> OpenError {
    if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
        return OpenError::Corrupt {
            message: error.to_string(),
        };
    }
    OpenError::from(error)
}

fn pragma<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> rusqlite::Result<T> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
        row.get(0)
    })
}

/// Whether a database that says it is ours is whole.
fn check(connection: &Connection) -> Result<(), OpenError> {
    let pages: i64 = pragma(connection, "page_count")?;
    let page_bytes: i64 = pragma(connection, "page_size")?;
    if pages.saturating_mul(page_bytes) <= CHECK_LIMIT_BYTES {
        // Not SQLite's quick check: it would miss an index that has lost its entries, and the audit log's ring is one.
        // One problem is enough to know.
        let said: String =
            connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Err(OpenError::Corrupt { message: said });
        }
    }
    Ok(())
}
