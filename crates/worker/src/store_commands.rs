//! The commands about the database itself: what the observer reads, runs and fills it with. None of it is part of any
//! request.

use deployment::{StoreSize, measure_growth};
use protocol::{
    Exchange, Filled, GrowthPoint, ImportProblem, Observation, Rejection, Scheme, SqlOutcome,
    TablePage, TableQuery, Timestamp,
};
use rusqlite::Connection;
use sessions::{SqliteStore, StoreError};

use crate::carrying::in_environment;
use crate::runtime::Runtime;
use crate::scope;

/// The largest file that is taken for a database.
const IMPORT_LIMIT_BYTES: u64 = 256 * 1024 * 1024;
/// How many sessions stand for all when lookups are measured.
const MEASURED_SESSIONS: u32 = 256;
/// The most rows of one slice: what is asked in one command must be done within a fraction of a second.
const SLICE_ROWS: u32 = 50_000;

impl Runtime {
    /// What server and user agent hold.
    pub(crate) fn observe(&mut self, now: Timestamp) -> Result<Observation, Rejection> {
        let observation = self.deployment.observe(now)?;
        // Batches are users: in a database that lacks a table they can't be told, and the rest can.
        let batches = self.deployment.store_mut().batches().unwrap_or_default();
        Ok(Observation {
            batches,
            ..observation
        })
    }

    /// A page of a table, of the database or of a server's memory.
    pub(crate) fn read_table(&mut self, query: &TableQuery) -> Result<TablePage, String> {
        match query.memory_of {
            Some(lane) => Ok(self.deployment.read_memory(lane, query)),
            None => self
                .deployment
                .store_mut()
                .read_table(query, scope::stopwatch),
        }
    }

    /// Runs statements on the live database.
    pub(crate) fn run_sql(&mut self, text: &str) -> SqlOutcome {
        self.deployment.store_mut().run_sql(text, scope::stopwatch)
    }

    /// Makes what the database lacks anew.
    pub(crate) fn repair(&mut self, now: Timestamp) -> Result<Vec<String>, Rejection> {
        let accounts = server::sample_accounts();
        let made = self
            .deployment
            .store_mut()
            .repair(&accounts)
            .map_err(store_failed)?;
        // The keys may have been among what was lost: the servers read them again.
        in_environment(now, |environment| self.deployment.load_keys(environment)).map_err(
            |error| Rejection::StoreFailed {
                message: error.message,
            },
        )?;
        Ok(made)
    }

    /// The database's file.
    pub(crate) fn export(&mut self) -> Result<Vec<u8>, String> {
        self.deployment.store_mut().export()
    }

    /// Puts a file in the database's place, once it was checked as a copy.
    pub(crate) fn import(&mut self, file: &[u8], now: Timestamp) -> Result<u64, ImportProblem> {
        let octets = file.len() as u64;
        if octets > IMPORT_LIMIT_BYTES {
            return Err(ImportProblem::TooLarge {
                octets,
                limit: IMPORT_LIMIT_BYTES,
            });
        }
        let store = self.files.import(file)?;
        let old = in_environment(now, |environment| {
            self.deployment.replace_store(store, environment)
        })
        .map_err(|error| {
            self.files.not_imported();
            ImportProblem::Failed {
                message: error.message,
            }
        })?;
        // Closed before its file goes.
        drop(old);
        self.files.imported();
        Ok(octets)
    }

    /// Adds a slice of sessions to a batch.
    pub(crate) fn fill(
        &mut self,
        batch: Option<u32>,
        rows: u32,
        now: Timestamp,
    ) -> Result<Filled, Rejection> {
        let mut seed = [0; 8];
        scope::random(&mut seed);
        let rows = rows.min(SLICE_ROWS);
        self.deployment
            .store_mut()
            .fill(batch, rows, u64::from_le_bytes(seed), now, scope::stopwatch)
            .map_err(store_failed)
    }

    /// Removes a slice of sessions of a batch.
    pub(crate) fn empty(&mut self, batch: u32, rows: u32) -> Result<Filled, Rejection> {
        self.deployment
            .store_mut()
            .empty(batch, rows.min(SLICE_ROWS), scope::stopwatch)
            .map_err(store_failed)
    }

    /// Measures a lookup and a check at the present size.
    pub(crate) fn measure_growth(&mut self, now: Timestamp) -> Result<GrowthPoint, Rejection> {
        let store = self.deployment.store_mut();
        let hashes = store
            .sample_hashes(MEASURED_SESSIONS)
            .map_err(store_failed)?;
        let size = StoreSize {
            hashes: &hashes,
            sessions: store.session_count().map_err(store_failed)?,
            cache_kib: store.cache_kib().map_err(store_failed)?,
        };
        let grain = self.timer_grain_microseconds;
        Ok(in_environment(now, |environment| {
            measure_growth(&mut self.deployment, size, grain, environment)
        }))
    }
}

/// A run by this scheme among parties of their own.
pub(crate) fn sample_run(scheme: Scheme, now: Timestamp) -> Result<Vec<Exchange>, Rejection> {
    let failed = |message| Rejection::StoreFailed { message };
    let connection = Connection::open_in_memory().map_err(|error| failed(error.to_string()))?;
    let store = SqliteStore::open(connection, &server::sample_accounts())
        .map_err(|error| failed(error.to_string()))?;
    in_environment(now, |environment| {
        deployment::sample_run(store, scheme, environment)
    })
    .map_err(|error| failed(error.message))
}

fn store_failed(error: StoreError) -> Rejection {
    Rejection::StoreFailed {
        message: error.to_string(),
    }
}
