//! Sessions by the hundred thousand, to see what a lookup costs among them. Never mixes them with anyone's own: each
//! batch is a user of its own, who is suspended and can't sign in.

use protocol::{Batch, Filled, Lane, Timestamp};
use rusqlite::{OptionalExtension, StatementStatus, Transaction, params};

use super::row_counts::{BATCHES, FIRST_USER};
use super::{SqliteStore, store_error};
use crate::{CredentialHash, Role, StoreError, statement};

/// How many sessions of a slice have hashes that begin alike, and with how many octets.
const RUN_ROWS: u32 = 256;
const RUN_OCTETS: usize = 2;
/// What no password has as its hash.
const NO_PASSWORD: &str = "!";

/// A day. The sessions began that long ago, so that lists of the newest show others.
const AGE_SECONDS: i64 = 86_400;
const IDLE_SECONDS: i64 = 30 * 86_400;
const ABSOLUTE_SECONDS: i64 = 365 * 86_400;

const EMPTY_BATCH: &str = "\
DELETE FROM sessions
 WHERE id_hash IN (SELECT id_hash FROM sessions WHERE user_id = ?1 LIMIT ?2)";
const DELETE_USER: &str = "DELETE FROM users WHERE id = ?1";
const NEXT_HASH: &str = "\
SELECT id_hash
  FROM sessions
 WHERE id_hash >= ?1
 ORDER BY id_hash
 LIMIT 1";

impl SqliteStore {
    /// The batches, in the order of their numbers.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn batches(&self) -> Result<Vec<Batch>, StoreError> {
        let counted = self.batches_counted().map_err(store_error)?;
        let batch = |(&number, &rows)| Batch { number, rows };
        Ok(counted.iter().map(batch).collect())
    }

    /// Adds that many sessions to the batch, all or none; without a number to a new one. The stopwatch tells
    /// microseconds.
    ///
    /// # Errors
    /// [`StoreError::Full`] where there is no more room: what was there stays.
    pub fn fill(
        &mut self,
        batch: Option<u32>,
        rows: u32,
        seed: u64,
        now: Timestamp,
        stopwatch: fn() -> f64,
    ) -> Result<Filled, StoreError> {
        let started = stopwatch();
        let batches = self.batches_counted().map_err(store_error)?;
        let last = batches.last_key_value().map_or(0, |(number, _)| *number);
        let number = batch.unwrap_or(last + 1);
        if number == 0 || number > BATCHES {
            return Err(StoreError::UnknownUser {
                user: FIRST_USER.saturating_add(number),
            });
        }
        let before = batches.get(&number).copied().unwrap_or_default();
        let sessions = self.sessions_counted().map_err(store_error)?;
        // Another slice has other hashes, whatever the seed.
        let seed = seed ^ u64::from(number) << 32 ^ u64::from(before);
        let changes = self.connection.total_changes();
        let made_user = self
            .connection
            .transaction()
            .and_then(|transaction| {
                let made_user = add(&transaction, number, &hashes(rows, seed), now)?;
                transaction.commit()?;
                Ok(made_user)
            })
            .map_err(full_or_failed)?;
        let (batch_rows, sessions) = self.followed(
            changes + u64::from(rows) + u64::from(made_user),
            number,
            Some(before + rows),
            sessions + u64::from(rows),
        )?;
        Ok(Filled {
            batch: number,
            rows,
            batch_rows,
            sessions,
            microseconds: stopwatch() - started,
        })
    }

    /// Removes that many sessions of the batch, and once it has none, the batch. The stopwatch tells microseconds.
    ///
    /// # Errors
    /// Where the store fails. Nothing has changed then.
    pub fn empty(
        &mut self,
        batch: u32,
        rows: u32,
        stopwatch: fn() -> f64,
    ) -> Result<Filled, StoreError> {
        let started = stopwatch();
        let before = self
            .batches_counted()
            .map_err(store_error)?
            .get(&batch)
            .copied();
        let Some(before) = before else {
            return Err(StoreError::UnknownUser {
                user: FIRST_USER.saturating_add(batch),
            });
        };
        let sessions = self.sessions_counted().map_err(store_error)?;
        let user = FIRST_USER + batch;
        let changes = self.connection.total_changes();
        let removed = self
            .connection
            .transaction()
            .and_then(|transaction| {
                let removed = transaction.execute(EMPTY_BATCH, params![user, rows])?;
                if removed as u64 >= u64::from(before) {
                    transaction.execute(DELETE_USER, [user])?;
                }
                transaction.commit()?;
                Ok(u32::try_from(removed).unwrap_or(u32::MAX))
            })
            .map_err(full_or_failed)?;
        let left = before.saturating_sub(removed);
        let (batch_rows, sessions) = self.followed(
            changes + u64::from(removed) + u64::from(left == 0),
            batch,
            (left > 0).then_some(left),
            sessions.saturating_sub(removed.into()),
        )?;
        Ok(Filled {
            batch,
            rows: removed,
            batch_rows,
            sessions,
            microseconds: stopwatch() - started,
        })
    }

    /// How many rows the batch has after a slice, and how many sessions there are, where the connection has seen as many
    /// changes as the slice alone makes. Where someone's own trigger changed more, or less, they are counted anew.
    fn followed(
        &self,
        changes: u64,
        batch: u32,
        rows: Option<u32>,
        sessions: u64,
    ) -> Result<(u32, u64), StoreError> {
        if self.connection.total_changes() == changes {
            self.counts.set(&self.connection, sessions, batch, rows);
            return Ok((rows.unwrap_or_default(), sessions));
        }
        self.counts.forget();
        let batches = self.batches_counted().map_err(store_error)?;
        let sessions = self.sessions_counted().map_err(store_error)?;
        Ok((batches.get(&batch).copied().unwrap_or_default(), sessions))
    }

    /// Hashes of that many sessions, spread evenly over all that there are; none where there are no sessions.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn sample_hashes(&self, count: u32) -> Result<Vec<CredentialHash>, StoreError> {
        let step = u64::MAX / u64::from(count.max(1));
        let mut state = u64::from(count);
        (0..count)
            .filter_map(|number| {
                let key = (step * u64::from(number)).to_be_bytes();
                self.near(key, next_random(&mut state)).transpose()
            })
            .collect::<rusqlite::Result<_>>()
            .map_err(store_error)
    }

    /// How much SQLite keeps of the database in its page cache at most, in KiB.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn cache_kib(&self) -> Result<u32, StoreError> {
        let pragma = |name| {
            self.connection
                .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
                .map_err(store_error)
        };
        // Below zero it counts KiB, above it pages.
        let size = pragma("cache_size")?;
        let kib = if size < 0 {
            -size
        } else {
            size * pragma("page_size")? / 1_024
        };
        Ok(u32::try_from(kib).unwrap_or(u32::MAX))
    }

    /// A hash near this key; not the first one, which would always be one that begins a run.
    fn near(&self, key: [u8; 8], random: u64) -> rusqlite::Result<Option<CredentialHash>> {
        let Some(first) = self.hash_from(&key)? else {
            return Ok(None);
        };
        let mut key = random.to_le_bytes();
        key[..RUN_OCTETS].copy_from_slice(&first[..RUN_OCTETS]);
        let hash = self.hash_from(&key)?;
        Ok(hash.map(CredentialHash::from_bytes))
    }

    /// The first hash from this key on. After the last one the first one follows.
    fn hash_from(&self, key: &[u8]) -> rusqlite::Result<Option<[u8; 32]>> {
        let mut statement = self.connection.prepare_cached(NEXT_HASH)?;
        statement.reset_status(StatementStatus::VmStep);
        let mut from = |key: &[u8]| statement.query_row([key], |row| row.get(0)).optional();
        match from(key)? {
            Some(hash) => Ok(Some(hash)),
            None => from(&[]),
        }
    }
}

/// Adds these sessions to the batch, and says whether its user was made for it.
fn add(
    transaction: &Transaction<'_>,
    batch: u32,
    hashes: &[[u8; 32]],
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let user = FIRST_USER + batch;
    let is_there: bool = transaction.query_row(
        "SELECT count(*) > 0 FROM users WHERE id = ?1",
        [user],
        |row| row.get(0),
    )?;
    if !is_there {
        let (account, name) = (format!("batch-{batch}"), format!("Batch {batch}"));
        let role = Role::Member.as_str();
        transaction.execute(
            statement::ADD_USER,
            params![user, account, name, role, true, NO_PASSWORD],
        )?;
    }
    let created = now.milliseconds().saturating_sub(AGE_SECONDS * 1_000);
    let idle_expires = now.milliseconds().saturating_add(IDLE_SECONDS * 1_000);
    let absolute_expires = now.milliseconds().saturating_add(ABSOLUTE_SECONDS * 1_000);
    let mut statement = transaction.prepare(statement::CREATE_SESSION)?;
    for hash in hashes {
        statement.execute(params![
            hash,
            user,
            Lane::A.as_str(),
            "",
            Role::Member.as_str(),
            created,
            created,
            idle_expires,
            absolute_expires
        ])?;
    }
    Ok(!is_there)
}

/// That many hashes in order, in runs that begin alike. What is added at once then lies on few pages: spread evenly,
/// nearly each row would be on another page, which is read, kept for a rollback, and written. Runs of many slices are
/// spread over the table, where neighbours begin alike anyway.
fn hashes(count: u32, seed: u64) -> Vec<[u8; 32]> {
    let mut state = seed;
    let mut start = [0; 8];
    let mut hashes: Vec<[u8; 32]> = (0..count)
        .map(|number| {
            if number % RUN_ROWS == 0 {
                start = next_random(&mut state).to_le_bytes();
            }
            let mut hash = [0; 32];
            for part in hash.as_chunks_mut::<8>().0 {
                *part = next_random(&mut state).to_le_bytes();
            }
            hash[..RUN_OCTETS].copy_from_slice(&start[..RUN_OCTETS]);
            hash
        })
        .collect();
    hashes.sort_unstable();
    hashes
}

/// SplitMix64. Nobody holds the IDs of these sessions, so nothing hangs on what can be guessed of them.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ *state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ mixed >> 31
}

/// The error of a statement that makes the database grow. A browser whose quota is reached refuses the write, which
/// SQLite can only call a failed one.
fn full_or_failed(error: rusqlite::Error) -> StoreError {
    let code = error.sqlite_error().map(|error| error.extended_code & 0xFF);
    match code {
        Some(rusqlite::ffi::SQLITE_IOERR) => StoreError::Full,
        _ => store_error(error),
    }
}
