//! Statements that someone typed, run on the live database. Never lets one of them reach beyond the database, and
//! never logs one as an operation: no request did it.

use protocol::{SqlOutcome, SqlProblem, SqlResult, SqlValue};
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Connection, ErrorCode, Statement};

use super::guard::{self, Watch};
use super::value::{shown_row, words};
use super::{SqliteStore, store_error};
use crate::{StoreError, User, repair, statement};

/// How long a text may be, in octets.
const TEXT_LIMIT: usize = 64 * 1024;
/// How many rows are shown.
const SHOWN_ROWS: usize = 1_000;
/// How many octets of values are shown.
const SHOWN_OCTETS: usize = 256 * 1024;
/// How much of a column's name is shown, in characters.
const SHOWN_NAME: usize = 200;
/// How many lines of a plan are shown.
const PLAN_LINES: usize = 200;

impl SqliteStore {
    /// Runs these statements under guard, and says what came of them. The stopwatch tells microseconds.
    pub fn run_sql(&mut self, text: &str, stopwatch: fn() -> f64) -> SqlOutcome {
        let mut outcome = SqlOutcome {
            result: Ok(SqlResult::default()),
            plan: Vec::new(),
            microseconds: 0.0,
            statements: 0,
            changed_rows: 0,
            rolled_back: false,
            broken: None,
        };
        let result = match unfit(text) {
            Some(problem) => Err(problem),
            None => guard::guarded(&mut self.connection, stopwatch, |connection, watch| {
                run(connection, watch, text, stopwatch, &mut outcome)
            })
            .unwrap_or_else(|error| Err(said(&error))),
        };
        outcome.result = result;
        if !self.connection.is_autocommit() {
            outcome.rolled_back = true;
            if let Err(error) = self.connection.execute_batch("ROLLBACK") {
                outcome.result = Err(said(&error));
            }
        }
        // A table that is dropped and made again counts no change.
        self.counts.forget();
        outcome.broken = self.broken();
        outcome
    }

    /// Why the server can't work with this database, in SQLite's words; `None` where it can.
    pub fn broken(&self) -> Option<String> {
        statement::ALL
            .into_iter()
            .find_map(|sql| self.connection.prepare(sql).err())
            .map(|error| words(&error))
    }

    /// Makes anew what the database lacks of its tables, indexes and these users, and what differs from what it should
    /// be; what would be in the server's way goes. All or nothing. Says what was made: rows of tables that are as they
    /// should be stay.
    ///
    /// # Errors
    /// Where SQLite fails. Nothing has changed then.
    pub fn repair(&mut self, users: &[User]) -> Result<Vec<String>, StoreError> {
        self.counts.forget();
        repair::repair(&mut self.connection, users).map_err(store_error)
    }
}

/// Why SQLite is not even asked.
fn unfit(text: &str) -> Option<SqlProblem> {
    if text.len() > TEXT_LIMIT {
        return Some(SqlProblem::TooLong {
            octets: u32::try_from(text.len()).unwrap_or(u32::MAX),
            limit: TEXT_LIMIT as u32,
        });
    }
    // SQLite would take it for the text's end, and what follows would be left out without a word.
    text.find('\0').map(|index| SqlProblem::Sqlite {
        message: String::from("unrecognized token: \"\\0\""),
        offset: u32::try_from(index).ok(),
    })
}

/// Runs one statement after another. What the last one that gives rows gave is the result.
fn run(
    connection: &Connection,
    watch: &Watch,
    text: &str,
    stopwatch: fn() -> f64,
    outcome: &mut SqlOutcome,
) -> Result<SqlResult, SqlProblem> {
    if is_sole(connection, text) {
        outcome.plan = plan(connection, text).unwrap_or_default();
    }
    // What was found so far is found again where it counts.
    watch.take_refused();
    watch.take_rollback();

    let started = stopwatch();
    let mut changes = Changes::new(connection);
    let mut result = None;
    let mut batch = Batch::new(connection, text);
    let ended = loop {
        let is_open = !connection.is_autocommit();
        let step = next(&mut batch, watch);
        // Some errors end a transaction by themselves.
        let is_ended = step.is_err() && is_open && connection.is_autocommit();
        outcome.rolled_back |= is_ended;
        changes.count(connection, is_ended || watch.take_rollback());
        match step {
            Ok(None) => break Ok(()),
            Ok(Some(rows)) => {
                outcome.statements += 1;
                result = rows.or(result);
            }
            Err(error) => {
                break Err(problem(&error, text, watch, stopwatch() - started));
            }
        }
        // Short statements never meet the guard that looks at the clock.
        let microseconds = stopwatch() - started;
        if microseconds >= guard::MILLISECONDS * 1_000.0 {
            break Err(too_long(microseconds));
        }
    };
    outcome.microseconds = stopwatch() - started;
    outcome.changed_rows = changes.kept;
    ended?;
    if outcome.statements == 0 {
        return Err(SqlProblem::Empty);
    }
    Ok(result.unwrap_or_default())
}

/// Prepares and runs the next statement; gives its rows, if it is one that gives rows.
fn next(batch: &mut Batch<'_, '_>, watch: &Watch) -> rusqlite::Result<Option<Option<SqlResult>>> {
    watch.set_running(false);
    let Some(mut statement) = batch.next()? else {
        return Ok(None);
    };
    watch.set_running(true);
    rows_of(&mut statement).map(Some)
}

/// Whether there is exactly one statement. Where SQLite can't tell, there is not.
fn is_sole(connection: &Connection, text: &str) -> bool {
    let mut batch = Batch::new(connection, text);
    // What explains itself needs no plan.
    matches!(batch.next(), Ok(Some(statement)) if statement.is_explain() == 0)
        && matches!(batch.next(), Ok(None))
}

/// How SQLite goes about it: a line a step, those that are part of another under it.
fn plan(connection: &Connection, text: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}"))?;
    let mut rows = statement.raw_query();
    let mut depths: Vec<(i64, usize)> = Vec::new();
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, parent, detail): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let depth = depths
            .iter()
            .find(|(step, _)| *step == parent)
            .map_or(0, |(_, depth)| depth + 1);
        depths.push((id, depth));
        lines.push(format!("{}{detail}", "  ".repeat(depth)));
        if lines.len() == PLAN_LINES {
            break;
        }
    }
    Ok(lines)
}

/// Runs a statement to its end, or as far as its rows are shown.
fn rows_of(statement: &mut Statement<'_>) -> rusqlite::Result<Option<SqlResult>> {
    let columns = statement.column_count();
    // One that writes does all that it does, however many of its rows are shown.
    let must_end = !statement.readonly();
    let mut result = SqlResult {
        columns: statement.column_names().map(name).collect(),
        ..SqlResult::default()
    };
    let mut octets = 0;
    // Parameters without a value are NULL.
    let mut rows = statement.raw_query();
    let mut is_full = false;
    while let Some(row) = rows.next()? {
        if !is_full {
            let (values, is_cut) = shown_row(row, columns)?;
            octets += values.iter().map(octets_of).sum::<usize>();
            is_full = result.rows.len() == SHOWN_ROWS || octets > SHOWN_OCTETS;
            result.is_cut |= is_cut || is_full;
            if !is_full {
                result.rows.push(values);
            }
        }
        if is_full && !must_end {
            break;
        }
    }
    Ok((columns > 0).then_some(result))
}

fn name(name: &str) -> String {
    name.chars().take(SHOWN_NAME).collect()
}

fn octets_of(value: &SqlValue) -> usize {
    match value {
        SqlValue::Null => 1,
        SqlValue::Integer(_) | SqlValue::Real(_) => 8,
        SqlValue::Text(text) => text.len(),
        SqlValue::Blob(octets) => octets.len(),
    }
}

fn problem(error: &rusqlite::Error, text: &str, watch: &Watch, microseconds: f64) -> SqlProblem {
    if let Some(what) = watch.take_refused() {
        return SqlProblem::Refused { what };
    }
    if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        if !watch.is_out_of_memory() {
            return too_long(microseconds);
        }
        // SQLite's own words for it.
        return SqlProblem::Sqlite {
            message: String::from("out of memory"),
            offset: None,
        };
    }
    match error {
        // The offset is in what of the text was still to be run.
        rusqlite::Error::SqlInputError { sql, offset, .. } => SqlProblem::Sqlite {
            message: words(error),
            offset: u32::try_from(*offset)
                .ok()
                .zip(u32::try_from(text.len() - sql.len()).ok())
                .map(|(offset, before)| before + offset),
        },
        _ => said(error),
    }
}

fn said(error: &rusqlite::Error) -> SqlProblem {
    SqlProblem::Sqlite {
        message: words(error),
        offset: None,
    }
}

fn too_long(microseconds: f64) -> SqlProblem {
    SqlProblem::TookTooLong {
        milliseconds: (microseconds / 1_000.0) as u32,
    }
}

/// How many rows were changed for good. What a transaction changed counts once it is committed.
struct Changes {
    counted: u64,
    in_transaction: u64,
    kept: u64,
}

impl Changes {
    fn new(connection: &Connection) -> Self {
        Self {
            counted: connection.total_changes(),
            in_transaction: 0,
            kept: 0,
        }
    }

    /// Counts what the last statement changed. One that undoes a transaction undoes what was counted in it.
    fn count(&mut self, connection: &Connection, is_undone: bool) {
        let total = connection.total_changes();
        self.in_transaction += total - self.counted;
        self.counted = total;
        if connection.is_autocommit() {
            let changed = std::mem::take(&mut self.in_transaction);
            self.kept += if is_undone { 0 } else { changed };
        }
    }
}
