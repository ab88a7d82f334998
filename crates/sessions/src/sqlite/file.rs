//! The database as one file's octets: given out, and taken in once they are known to do no harm. Never writes a file.

use rusqlite::{Connection, MAIN_DB};

use super::SqliteStore;
use super::value::words;
use crate::{OpenError, User, opening};

/// What each database of SQLite begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Where a file says in which way it is written and read: 1 for what needs no second file, 2 for a write-ahead log.
const VERSIONS: std::ops::Range<usize> = 18..20;
/// How many instructions the look at a file may take, some seconds' work.
const CEILING: i32 = 1_000_000_000;

/// What may run by itself, or be something else than it looks like.
const UNFIT: &str = "\
SELECT type || ' ' || name
  FROM sqlite_schema
 WHERE type NOT IN ('table', 'index')
    OR sql LIKE 'CREATE VIRTUAL%'";

impl SqliteStore {
    /// The database's file.
    ///
    /// # Errors
    /// What SQLite says where there is no room for it.
    pub fn export(&mut self) -> Result<Vec<u8>, String> {
        self.connection
            .serialize(MAIN_DB)
            .map(|data| data.to_vec())
            .map_err(|error| words(&error))
    }

    /// The store in memory that this file gives, if it is whole, ours, and has nothing in it that runs by itself. To
    /// keep it elsewhere, open it so first, then write what [`export`](Self::export) gives: what may go wrong has gone
    /// wrong by then.
    ///
    /// # Errors
    /// Where it is anything else.
    pub fn open_bytes(bytes: &[u8], users: &[User]) -> Result<Self, OpenError> {
        let corrupt = |message: &str| OpenError::Corrupt {
            message: message.to_owned(),
        };
        // Of no octets SQLite would make a new database.
        if !bytes.starts_with(MAGIC) {
            return Err(corrupt("file is not a database"));
        }
        if bytes
            .get(VERSIONS)
            .is_none_or(|versions| versions != [1, 1])
        {
            return Err(corrupt(
                "it has a write-ahead log, which is not in this file",
            ));
        }
        let mut connection = Connection::open_in_memory()?;
        connection.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)?;
        connection.progress_handler(CEILING, Some(|| true))?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        opening::limit_values(&connection)?;
        look_through(&connection)?;
        Self::open(connection, users)
    }
}

/// Makes sure of what is in the file before anything in it can run.
fn look_through(connection: &Connection) -> Result<(), OpenError> {
    let mut statement =
        connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        for column in 0..4 {
            // A name that is no text could be shown nowhere.
            row.get::<_, Option<String>>(column).map_err(corrupt)?;
        }
    }
    let unfit = connection
        .prepare(UNFIT)?
        .query_map([], |row| row.get::<_, String>(0))?
        .next()
        .transpose()?;
    if let Some(unfit) = unfit {
        return Err(OpenError::Corrupt {
            message: format!("it has a {unfit}, which is none of the server's"),
        });
    }
    let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(OpenError::Corrupt { message: said });
    }
    Ok(())
}

fn corrupt(error: rusqlite::Error) -> OpenError {
    OpenError::Corrupt {
        message: words(&error),
    }
}
