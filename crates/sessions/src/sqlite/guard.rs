//! What someone's own statements may do: nothing that leaves the database, that changes how the server's connection
//! works, that takes all memory, or that never ends. Never outlasts them: the server's own statements run without it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization, TransactionOperation};
use rusqlite::limits::Limit;
use rusqlite::{Connection, ffi};

/// How long statements may run.
pub(super) const MILLISECONDS: f64 = 2_000.0;

/// How many instructions of its machine SQLite runs between two looks at the clock: a microsecond or two, but where
/// functions are called.
const INSTRUCTIONS: i32 = 100;

/// How many instructions a statement of the server's may take. One that goes over a million rows takes ten million.
const CEILING: i32 = 100_000_000;

/// By how much WebAssembly's memory may grow: what is sorted or gathered is all kept there.
const MEMORY_BYTES: usize = 256 * 1024 * 1024;

/// What SQLite takes at most. The rest keeps a deeply nested statement from using up the stack, which is small in a
/// browser, and one function's call from running long: no clock is looked at meanwhile.
const LIMITS: [(Limit, i32); 9] = [
    (Limit::SQLITE_LIMIT_LENGTH, 32 * 1024),
    (Limit::SQLITE_LIMIT_COLUMN, 200),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
    (Limit::SQLITE_LIMIT_PARSER_DEPTH, 200),
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 100),
    (Limit::SQLITE_LIMIT_VDBE_OP, 100_000),
    (Limit::SQLITE_LIMIT_ATTACHED, 0),
    (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
    (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
];

/// What can be asked with a value in parentheses: a table's or an index's name.
const PRAGMAS_OF: [&str; 9] = [
    "foreign_key_check",
    "foreign_key_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "quick_check",
    "table_info",
    "table_list",
];

/// What can be asked, and never set.
const PRAGMAS: [&str; 17] = [
    "application_id",
    "auto_vacuum",
    "cache_size",
    "collation_list",
    "compile_options",
    "database_list",
    "encoding",
    "foreign_keys",
    "freelist_count",
    "function_list",
    "journal_mode",
    "locking_mode",
    "page_count",
    "page_size",
    "schema_version",
    "synchronous",
    "user_version",
];

/// What would leave the database, or would take minutes for one call: to trim a long text by a long one looks at each
/// character of the one for each of the other.
const FUNCTIONS: [&str; 4] = ["load_extension", "trim", "ltrim", "rtrim"];

/// What was refused, and whether a statement runs, as the connection's hooks know it.
#[derive(Default)]
pub(super) struct Watch {
    refused: Mutex<Option<String>>,
    is_running: AtomicBool,
    rolls_back: AtomicBool,
    is_out_of_memory: AtomicBool,
}

impl Watch {
    /// What was refused since the last call.
    pub(super) fn take_refused(&self) -> Option<String> {
        self.refused
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Whether a ROLLBACK was prepared since the last call.
    pub(super) fn take_rollback(&self) -> bool {
        self.rolls_back.swap(false, Ordering::Relaxed)
    }

    /// Whether a statement was stopped because of the memory that it took, and not because of its time.
    pub(super) fn is_out_of_memory(&self) -> bool {
        self.is_out_of_memory.load(Ordering::Relaxed)
    }

    /// Says whether a statement runs from now on, or is prepared.
    pub(super) fn set_running(&self, is_running: bool) {
        self.is_running.store(is_running, Ordering::Relaxed);
    }

    fn judge(&self, context: &AuthContext<'_>) -> Authorization {
        let action = context.action;
        if matches!(
            action,
            AuthAction::Transaction {
                operation: TransactionOperation::Rollback
            }
        ) {
            self.rolls_back.store(true, Ordering::Relaxed);
        }
        let is_temporary = context.database_name == Some("temp");
        let is_running = self.is_running.load(Ordering::Relaxed);
        let Some(what) = refusal(action, is_temporary, is_running) else {
            return Authorization::Allow;
        };
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        // Of several the first: what follows may come of it.
        refused.get_or_insert(what);
        Authorization::Deny
    }
}

/// Does something with the connection under guard, and takes the guard away again.
pub(super) fn guarded<T>(
    connection: &mut Connection,
    stopwatch: fn() -> f64,
    body: impl FnOnce(&Connection, &Watch) -> T,
) -> rusqlite::Result<T> {
    let watch = Arc::new(Watch::default());
    let judge = Arc::clone(&watch);
    let started = stopwatch();
    let memory = memory_bytes();
    let stopped = Arc::clone(&watch);
    let must_stop = move || {
        let is_too_large = memory_bytes().saturating_sub(memory) > MEMORY_BYTES;
        stopped
            .is_out_of_memory
            .store(is_too_large, Ordering::Relaxed);
        is_too_large || stopwatch() - started >= MILLISECONDS * 1_000.0
    };
    connection.authorizer(Some(move |context: AuthContext<'_>| judge.judge(&context)))?;
    connection.progress_handler(INSTRUCTIONS, Some(must_stop))?;
    // A limit that this build of SQLite does not know is none that it could exceed.
    let before = LIMITS.map(|(limit, value)| (limit, connection.set_limit(limit, value)));
    let outcome = body(connection, &watch);
    for (limit, value) in before {
        if let Ok(value) = value {
            connection.set_limit(limit, value)?;
        }
    }
    set_ceiling(connection)?;
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    Ok(outcome)
}

/// Lets no statement of the server's run for ever either, whatever views and triggers someone made: beyond this many
/// instructions, a second's work or two, SQLite ends it. It counts them by the statement's own counter, so that needs to
/// be set back before each run.
pub(super) fn set_ceiling(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.progress_handler(CEILING, Some(|| true))
}

/// How large WebAssembly's memory is. Elsewhere nobody needs to know.
fn memory_bytes() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) * 65_536;
    #[cfg(not(target_arch = "wasm32"))]
    0
}

/// In SQL's words what is refused of this; `None` for what may be done.
fn refusal(action: AuthAction<'_>, is_temporary: bool, is_running: bool) -> Option<String> {
    let what = match action {
        // Only VACUUM attaches while it runs.
        AuthAction::Attach { .. }
        | AuthAction::Unknown {
            code: ffi::SQLITE_ATTACH,
            ..
        } if is_running => "VACUUM",
        AuthAction::Attach { .. }
        | AuthAction::Unknown {
            code: ffi::SQLITE_ATTACH,
            ..
        } => "ATTACH",
        AuthAction::Detach { .. }
        | AuthAction::Unknown {
            code: ffi::SQLITE_DETACH,
            ..
        } => "DETACH",
        AuthAction::Pragma {
            pragma_name,
            pragma_value,
        } => {
            let name = pragma_name.to_ascii_lowercase();
            let known = |names: &[&str]| names.contains(&name.as_str());
            let is_allowed = known(&PRAGMAS_OF) || (pragma_value.is_none() && known(&PRAGMAS));
            return (!is_allowed).then(|| format!("PRAGMA {name}"));
        }
        // A temporary table would be found in place of the server's own of the same name, and no repair would see it.
        // What makes one begins by writing to the temporary schema.
        AuthAction::Insert { .. }
        | AuthAction::CreateTempTable { .. }
        | AuthAction::CreateTempView { .. }
        | AuthAction::CreateTempTrigger { .. }
            if is_temporary =>
        {
            "CREATE TEMP"
        }
        AuthAction::CreateVtable { .. } => "CREATE VIRTUAL TABLE",
        AuthAction::Function { function_name } => {
            let is_refused = |name: &&str| name.eq_ignore_ascii_case(function_name);
            return FUNCTIONS
                .into_iter()
                .find(is_refused)
                .map(ToString::to_string);
        }
        AuthAction::Unknown { code, .. } => return Some(format!("action {code}")),
        _ => return None,
    };
    Some(what.to_owned())
}
