//! What SQLite itself says that it ran.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use sessions::SqliteStore;

use crate::sample::users;

/// The statements that SQLite began to run, in order.
#[derive(Clone, Default)]
pub(crate) struct Traced(Arc<Mutex<Vec<String>>>);

impl Traced {
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn store(&self) -> SqliteStore {
        let mut connection = Connection::open_in_memory().expect("memory is there");
        let traced = Arc::clone(&self.0);
        let hook = move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(_, sql) = event {
                let mut traced = traced.lock().unwrap_or_else(PoisonError::into_inner);
                traced.push(sql.to_owned());
            }
        };
        connection
            .trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hook))
            .expect("SQLite can trace");
        SqliteStore::open(connection, &users()).expect("an empty database opens")
    }
}
