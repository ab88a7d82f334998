//! Opening SQLite: on the origin private file system where the browser has it, in memory where it is missing.
//!
//! A file that can't be used stays as it is: the server starts afresh under the next number, and the page says so.

use protocol::{ImportProblem, Persistence, SetAside, SetAsideReason};
use rusqlite::Connection;
use sessions::{OpenError, SqliteStore};
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_rs::vfs::VfsFilesManager;
use sqlite_wasm_rs::vfs::transfer::DbTransfer;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};

use crate::scope::{self, PATIENCE_MILLISECONDS, RETRY_MILLISECONDS};

/// What was opened.
pub(crate) struct Opened {
    pub(crate) store: SqliteStore,
    pub(crate) files: Files,
    pub(crate) persistence: Persistence,
    pub(crate) set_aside: Option<SetAside>,
}

/// Where the database's file is, and where another one would be.
pub(crate) enum Files {
    /// In this pool, under this number.
    Opfs { pool: OpfsSAHPoolUtil, number: u32 },
    /// There are none: the database is in memory.
    Memory,
}

impl Files {
    /// A store on a copy of this file, beside the one that is in use. The file is looked through in memory first.
    pub(crate) fn import(&self, file: &[u8]) -> Result<SqliteStore, ImportProblem> {
        let mut checked =
            SqliteStore::open_bytes(file, &server::sample_accounts()).map_err(unusable)?;
        let Self::Opfs { pool, number } = self else {
            return Ok(checked);
        };
        let name = database_name(number + 1);
        // What an import before left half-way.
        remove(pool, &name);
        checked
            .export()
            .map_err(|message| ImportProblem::Failed { message })
            .and_then(|file| write_file(pool, &name, &file).map_err(|error| failed(&error)))
            .and_then(|()| open_file(&name))
            .inspect_err(|_| remove(pool, &name))
    }

    /// The store of an import was closed without being used: its file goes, or the next start would open it.
    pub(crate) fn not_imported(&self) {
        if let Self::Opfs { pool, number } = self {
            remove(pool, &database_name(number + 1));
        }
    }

    /// The store of the file before the import was closed: its file goes.
    pub(crate) fn imported(&mut self) {
        if let Self::Opfs { pool, number } = self {
            remove(pool, &database_name(*number));
            *number += 1;
        }
    }
}

fn write_file(pool: &OpfsSAHPoolUtil, name: &str, file: &[u8]) -> Result<(), OpfsSAHError> {
    let mut import = pool.begin_import(name, file.len() as u64)?;
    import.write(file)?;
    import.finish()
}

fn open_file(name: &str) -> Result<SqliteStore, ImportProblem> {
    let connection = Connection::open(name).map_err(|error| failed(&error))?;
    SqliteStore::open(connection, &server::sample_accounts()).map_err(unusable)
}

fn failed(error: &dyn std::fmt::Display) -> ImportProblem {
    ImportProblem::Failed {
        message: error.to_string(),
    }
}

/// Why a file can't be used.
fn unusable(error: OpenError) -> ImportProblem {
    match error {
        OpenError::Corrupt { message } => {
            ImportProblem::Unusable(SetAsideReason::Corrupt { message })
        }
        OpenError::OtherVersion { found, expected } => {
            ImportProblem::Unusable(SetAsideReason::OtherVersion { found, expected })
        }
        OpenError::Failed { message } => ImportProblem::Failed { message },
    }
}

/// How many unusable files are kept before the oldest is removed.
const KEPT_ASIDE: u32 = 3;
/// Files in the pool: databases and their journals, those set aside, and room for SQLite's temporary ones.
const POOL_CAPACITY: usize = 12;

/// Another worker has the files.
pub(crate) struct Busy;

/// Opens the database.
pub(crate) async fn open() -> Result<Opened, Busy> {
    match open_pool().await? {
        Ok((pool, set_aside)) => Ok(open_on_opfs(pool, set_aside).unwrap_or_else(open_in_memory)),
        Err(reason) => Ok(open_in_memory(reason)),
    }
}

/// A pool of files, and what was set aside for it.
type Pool = (OpfsSAHPoolUtil, Option<SetAside>);

/// The pool of files, or what the browser said instead.
async fn open_pool() -> Result<Result<Pool, String>, Busy> {
    let folder = scope::files_folder();
    let mut set_aside = 0;
    let mut damage = None;
    let mut waited = 0;
    loop {
        let directory = if set_aside == 0 {
            folder.clone()
        } else {
            format!("{folder}again-{set_aside}")
        };
        let configuration = OpfsSAHPoolCfgBuilder::new()
            .vfs_name(&format!("opfs-{set_aside}"))
            .directory(&directory)
            .initial_capacity(POOL_CAPACITY)
            .build();
        match install::<WasmOsCallback>(&configuration, true).await {
            Ok(pool) => {
                // Said once: the next time the other folder has files.
                let is_new = pool.is_empty().unwrap_or(false);
                return Ok(Ok((pool, damage.filter(|_| is_new))));
            }
            Err(error) if is_busy(&error) && waited < PATIENCE_MILLISECONDS => {
                scope::wait_milliseconds(RETRY_MILLISECONDS).await;
                waited += RETRY_MILLISECONDS;
            }
            Err(error) if is_busy(&error) => return Err(Busy),
            // The pool's own bookkeeping is damaged: another folder is as good as new.
            Err(
                error @ (OpfsSAHError::InvalidHeader { .. }
                | OpfsSAHError::DuplicateFilename(_)
                | OpfsSAHError::InvalidDirectoryEntry),
            ) if set_aside < KEPT_ASIDE => {
                set_aside += 1;
                damage = Some(SetAside {
                    name: directory,
                    reason: SetAsideReason::Corrupt {
                        message: error.to_string(),
                    },
                });
            }
            Err(error) => return Ok(Err(error.to_string())),
        }
    }
}

fn is_busy(error: &OpfsSAHError) -> bool {
    matches!(error, OpfsSAHError::Opfs { message, .. } if message.starts_with("NoModificationAllowedError"))
}

fn open_on_opfs(pool: OpfsSAHPoolUtil, mut set_aside: Option<SetAside>) -> Result<Opened, String> {
    let mut number = newest_number(&pool);
    loop {
        let connection =
            Connection::open(database_name(number)).map_err(|error| error.to_string())?;
        match SqliteStore::open(connection, &server::sample_accounts()) {
            Ok(store) => {
                return Ok(Opened {
                    store,
                    files: Files::Opfs { pool, number },
                    persistence: Persistence::Opfs,
                    set_aside,
                });
            }
            Err(OpenError::Failed { message }) => return Err(message),
            Err(OpenError::Corrupt { message }) if set_aside.is_none() => {
                set_aside = Some(aside(number, SetAsideReason::Corrupt { message }));
            }
            Err(OpenError::OtherVersion { found, expected }) if set_aside.is_none() => {
                set_aside = Some(aside(
                    number,
                    SetAsideReason::OtherVersion { found, expected },
                ));
            }
            Err(error) => return Err(error.to_string()),
        }
        number += 1;
        if let Some(oldest) = number.checked_sub(KEPT_ASIDE + 1) {
            remove(&pool, &database_name(oldest));
        }
    }
}

fn aside(number: u32, reason: SetAsideReason) -> SetAside {
    SetAside {
        name: database_name(number),
        reason,
    }
}

fn database_name(number: u32) -> String {
    format!("server-{number}.sqlite3")
}

fn newest_number(pool: &OpfsSAHPoolUtil) -> u32 {
    pool.names()
        .unwrap_or_default()
        .iter()
        .filter_map(|name| {
            name.trim_start_matches('/')
                .strip_prefix("server-")?
                .strip_suffix(".sqlite3")?
                .parse()
                .ok()
        })
        .max()
        .unwrap_or(1)
}

fn remove(pool: &OpfsSAHPoolUtil, name: &str) {
    for file in [name.to_owned(), format!("{name}-journal")] {
        let _ = pool.remove(&file);
    }
}

fn open_in_memory(reason: String) -> Opened {
    let connection = Connection::open_with_flags_and_vfs(
        "server.sqlite3",
        rusqlite::OpenFlags::default(),
        c"memvfs",
    )
    .expect("SQLite opens a database in memory");
    let store = SqliteStore::open(connection, &server::sample_accounts())
        .expect("a new database takes the schema");
    Opened {
        store,
        files: Files::Memory,
        persistence: Persistence::Memory { reason },
        set_aside: None,
    }
}
