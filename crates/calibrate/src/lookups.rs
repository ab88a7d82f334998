//! What the lookup of a session costs in SQLite, by how many there are: the project's own store, in a file, as it would
//! be on a server. The file is in a temporary folder, which goes when it is done; the system keeps its pages in memory.

use std::hint::black_box;

use anyhow::Context;
use protocol::Timestamp;
use rusqlite::Connection;
use sessions::{SessionStore, SqliteStore, Store};

use crate::repeat::{Cost, median_cost};

/// The sizes.
pub const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// How many sessions stand for all.
const SAMPLES: u32 = 1_024;
/// How many are added in one transaction.
const SLICE: u32 = 50_000;
/// When they began: nothing hangs on it.
const NOW: Timestamp = Timestamp::from_seconds(1_760_000_000);

/// A lookup at one size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lookup {
    /// How many sessions there are.
    pub sessions: u32,
    /// What it takes.
    pub cost: Cost,
}

/// Measures at each size.
///
/// # Errors
/// Where the file can't be made, or SQLite fails.
pub fn measure() -> anyhow::Result<Vec<Lookup>> {
    let folder = tempfile::tempdir().context("there is no room for a temporary file")?;
    let connection = Connection::open(folder.path().join("sessions.sqlite3"))?;
    let mut store = SqliteStore::open(connection, &[])?;
    let mut lookups = Vec::new();
    let mut sessions = 0;
    for size in SIZES {
        while sessions < size {
            let rows = SLICE.min(size - sessions);
            store.fill(None, rows, u64::from(sessions), NOW, || 0.0)?;
            sessions += rows;
        }
        lookups.push(Lookup {
            sessions,
            cost: lookup(&mut store)?,
        });
    }
    Ok(lookups)
}

fn lookup(store: &mut SqliteStore) -> anyhow::Result<Cost> {
    let mut hashes = store.sample_hashes(SAMPLES)?;
    // By keys in order, each lookup would find its page's neighbours read.
    let count = hashes.len();
    for place in 0..count {
        hashes.swap(place, place * 7_919 % count);
    }
    let mut missed = 0_u32;
    let mut next = hashes.iter().cycle();
    let cost = median_cost(|| {
        if let Some(hash) = next.next() {
            let found = black_box(store.find(hash));
            missed += u32::from(!matches!(found, Ok(Some(_))));
            store.take_operations();
        }
    });
    anyhow::ensure!(missed == 0 && count > 0, "a session was not found");
    Ok(cost)
}
