//! The database as the observer reads it: tables page by page, statements typed by hand, and files of it.

use serde::{Deserialize, Serialize};

use crate::{CalibratedCost, Lane, SetAsideReason};

/// A table of the database, or what stands for one in a server's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Table {
    /// Who may sign in.
    Users,
    /// Sessions.
    Sessions,
    /// Refresh tokens, by their hashes.
    RefreshTokens,
    /// Access tokens that are refused before they expire.
    Denylist,
    /// The version number of each user's tokens, where it was raised.
    TokenVersions,
    /// The keys that sign tokens, without their secrets.
    SigningKeys,
    /// What the application keeps for itself.
    Orders,
    /// What the servers wrote down.
    AuditLog,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Users,
        Self::Sessions,
        Self::RefreshTokens,
        Self::Denylist,
        Self::TokenVersions,
        Self::SigningKeys,
        Self::Orders,
        Self::AuditLog,
    ];

    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Sessions => "sessions",
            Self::RefreshTokens => "refresh_tokens",
            Self::Denylist => "denylist",
            Self::TokenVersions => "token_versions",
            Self::SigningKeys => "signing_keys",
            Self::Orders => "orders",
            Self::AuditLog => "audit_log",
        }
    }
}

/// A page of a table is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableQuery {
    /// Which table.
    pub table: Table,
    /// Where it is: `None` for the database, a lane for that lane's server memory, where only sessions, refresh tokens,
    /// denylist and token versions can be.
    pub memory_of: Option<Lane>,
    /// The key of the row after which the page begins, as [`TablePage::next`] gave it; `None` for the first page.
    pub after: Option<Vec<SqlValue>>,
    /// Only rows in one of whose columns this stands, as text and without case; empty for all rows.
    pub search: String,
    /// At most this many rows.
    pub limit: u32,
}

/// A page of a table, in the order of its key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TablePage {
    /// The columns' names.
    pub columns: Vec<String>,
    /// How many of the columns, from the first on, are the key.
    pub key_columns: u32,
    /// The rows.
    pub rows: Vec<Vec<SqlValue>>,
    /// After which key the next page begins; `None` where this is the last.
    pub next: Option<Vec<SqlValue>>,
    /// How many rows there are in all, whatever was searched for.
    pub total: u64,
    /// Whether the search gave up before the table's end, as it took too long.
    pub gave_up: bool,
}

/// A value as SQLite has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SqlValue {
    /// NULL.
    Null,
    /// INTEGER.
    Integer(i64),
    /// REAL.
    Real(f64),
    /// TEXT. One that is not UTF-8 is given as such with what could be read; a long one is cut.
    Text(String),
    /// BLOB; a long one is cut.
    Blob(Vec<u8>),
}

/// What became of statements that someone typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SqlOutcome {
    /// What the last statement that gives rows gave.
    pub result: Result<SqlResult, SqlProblem>,
    /// How SQLite goes about a sole statement, a line a step: `EXPLAIN QUERY PLAN`. Empty for several, or for one that
    /// has no plan.
    pub plan: Vec<String>,
    /// How long the statements ran, in microseconds. Measured.
    pub microseconds: f64,
    /// How many statements ran to their end.
    pub statements: u32,
    /// How many rows they changed.
    pub changed_rows: u64,
    /// Whether a transaction was left open, and was rolled back.
    pub rolled_back: bool,
    /// Whether the store is one that the server can work with afterwards; why not, where it isn't.
    pub broken: Option<String>,
}

/// Rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SqlResult {
    /// The columns' names, as SQLite gives them; none where no statement gives rows.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<SqlValue>>,
    /// Whether there are more rows, or longer values, than are shown.
    pub is_cut: bool,
}

/// Why statements did not run to their end. What ran before stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SqlProblem {
    /// There is nothing to run.
    Empty,
    /// The text is longer than is taken.
    TooLong {
        /// Its octets.
        octets: u32,
        /// The limit.
        limit: u32,
    },
    /// SQLite's own words.
    Sqlite {
        /// What SQLite says.
        message: String,
        /// At which octet of the text; `None` where it does not say.
        offset: Option<u32>,
    },
    /// The statement is one that is not allowed here.
    Refused {
        /// What it would do, in SQLite's words: `ATTACH`, or `PRAGMA journal_mode`.
        what: String,
    },
    /// It ran too long, and was stopped.
    TookTooLong {
        /// After how many milliseconds.
        milliseconds: u32,
    },
}

/// What an import found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportProblem {
    /// It can't be used.
    Unusable(SetAsideReason),
    /// It is larger than is taken.
    TooLarge {
        /// Its octets.
        octets: u64,
        /// The limit.
        limit: u64,
    },
    /// Its file could not be written, or not be opened.
    Failed {
        /// What was said.
        message: String,
    },
}

/// How far a filling is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    /// The batch's number, counted from 1.
    pub batch: u32,
    /// How many rows this slice added or removed.
    pub rows: u32,
    /// How many rows the batch has now.
    pub batch_rows: u32,
    /// How many sessions there are now.
    pub sessions: u64,
    /// How long this slice took, in microseconds. Measured.
    pub microseconds: f64,
}

/// A batch of sessions that were filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Its number, counted from 1.
    pub number: u32,
    /// How many sessions it has.
    pub rows: u32,
}

/// What a lookup and a check cost at one size of the store.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrowthPoint {
    /// How many sessions there are.
    pub sessions: u64,
    /// A lookup of a session that is there, chosen among all. Calibrated.
    pub lookup: CalibratedCost,
    /// All checks of a token. Calibrated.
    pub token_checks: CalibratedCost,
    /// How much SQLite keeps in its page cache at most, in KiB.
    pub cache_kib: u32,
}
