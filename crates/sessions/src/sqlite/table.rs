//! Tables as SQLite has them, page by page in the order of their keys. Never skips rows by counting them, and never
//! shows a key's secret.

use std::fmt::Write;

use protocol::{Table, TablePage, TableQuery};
use rusqlite::types::ValueRef;
use rusqlite::{Row, params_from_iter};

use super::SqliteStore;
use super::value::{Given, shown_row, whole_row, words};
use crate::schema::quoted;

/// At most this many rows a page.
const PAGE_ROWS: u32 = 1_000;
/// How long a search may take.
const SEARCH_MICROSECONDS: f64 = 500_000.0;
/// How many rows are searched between two looks at the clock.
const ROWS_BETWEEN_LOOKS: u32 = 256;
/// What stands between two columns' texts, so that nothing is found across them.
const BETWEEN_COLUMNS: char = '\u{1F}';

impl SqliteStore {
    /// A page of a table of the database. The stopwatch tells microseconds.
    ///
    /// # Errors
    /// What SQLite says where there is no such table, or it is not as it should be.
    pub fn read_table(
        &self,
        query: &TableQuery,
        stopwatch: fn() -> f64,
    ) -> Result<TablePage, String> {
        self.page(query, stopwatch).map_err(|error| words(&error))
    }

    fn page(&self, query: &TableQuery, stopwatch: fn() -> f64) -> rusqlite::Result<TablePage> {
        let started = stopwatch();
        let key = key(query.table);
        let columns = self.columns(query.table)?;
        let after = query.after.as_deref().unwrap_or_default();
        let mut statement =
            self.connection
                .prepare(&sql(query.table, &columns, !after.is_empty()))?;
        let given = after.iter().enumerate().map(|(place, value)| Given {
            value,
            is_text: key.get(place).is_some_and(|column| is_text(column)),
        });
        let mut rows = statement.query(params_from_iter(given))?;

        let limit = query.limit.clamp(1, PAGE_ROWS) as usize;
        let wanted = query.search.to_lowercase();
        let mut text = String::new();
        let mut page = TablePage {
            key_columns: key.len() as u32,
            total: self.count_rows(query.table)?,
            ..TablePage::default()
        };
        let mut last_key = None;
        let mut looked_at = 0_u32;
        while let Some(row) = rows.next()? {
            let is_found = wanted.is_empty() || {
                write_text(row, columns.len(), &mut text)?;
                text.contains(&wanted)
            };
            if is_found && page.rows.len() == limit {
                page.next = last_key;
                break;
            }
            if is_found {
                page.rows.push(shown_row(row, columns.len())?.0);
                last_key = Some(whole_row(row, key.len())?);
            }
            looked_at += 1;
            if !wanted.is_empty()
                && looked_at.is_multiple_of(ROWS_BETWEEN_LOOKS)
                && stopwatch() - started >= SEARCH_MICROSECONDS
            {
                page.gave_up = true;
                page.next = Some(whole_row(row, key.len())?);
                break;
            }
        }
        page.columns = columns;
        Ok(page)
    }

    /// The table's columns, the key's first.
    fn columns(&self, table: Table) -> rusqlite::Result<Vec<String>> {
        let statement = self
            .connection
            .prepare(&format!("SELECT * FROM {}", table.name()))?;
        let key = key(table);
        let is_shown =
            |name: &&str| !key.contains(name) && (table, *name) != (Table::SigningKeys, "secret");
        let others = statement.column_names().filter(is_shown);
        Ok(key
            .iter()
            .copied()
            .chain(others)
            .map(str::to_owned)
            .collect())
    }

    /// How many rows the table has.
    fn count_rows(&self, table: Table) -> rusqlite::Result<u64> {
        match table {
            Table::Sessions => self.sessions_counted(),
            _ => self.count(&format!("SELECT count(*) FROM {}", table.name()), None),
        }
    }
}

/// The table's key.
const fn key(table: Table) -> &'static [&'static str] {
    match table {
        Table::Users | Table::Orders | Table::AuditLog => &["id"],
        Table::Sessions => &["id_hash"],
        Table::RefreshTokens => &["token_hash"],
        Table::Denylist => &["lane", "jti"],
        Table::TokenVersions => &["lane", "user_id"],
        Table::SigningKeys => &["kid"],
    }
}

/// Whether this column of a key holds texts.
fn is_text(column: &str) -> bool {
    matches!(column, "lane" | "jti" | "kid")
}

/// The rows in the order of the key, the newest first where the key tells the age.
fn sql(table: Table, columns: &[String], is_further: bool) -> String {
    let key = key(table);
    let (direction, beyond) = match table {
        Table::AuditLog => (" DESC", "<"),
        _ => ("", ">"),
    };
    let quoted: Vec<_> = columns.iter().map(|name| quoted(name)).collect();
    let mut sql = format!("SELECT {} FROM {}", quoted.join(", "), table.name());
    if is_further {
        let places = vec!["?"; key.len()].join(", ");
        // Writing to a string can't fail.
        let _ = write!(sql, " WHERE ({}) {beyond} ({places})", key.join(", "));
    }
    let order = format!("{direction}, ");
    let _ = write!(sql, " ORDER BY {}{direction}", key.join(&order));
    sql
}

/// Writes the row down as it is searched: in small letters, a blob in hex digits.
fn write_text(row: &Row<'_>, columns: usize, text: &mut String) -> rusqlite::Result<()> {
    text.clear();
    for column in 0..columns {
        // Writing to a string can't fail.
        let _ = match row.get_ref(column)? {
            ValueRef::Null => Ok(()),
            ValueRef::Integer(number) => write!(text, "{number}"),
            ValueRef::Real(number) => write!(text, "{number}"),
            ValueRef::Text(octets) => text.write_str(&String::from_utf8_lossy(octets)),
            ValueRef::Blob(octets) => octets.iter().try_for_each(|octet| {
                let digit = |half| char::from_digit(u32::from(half), 16).unwrap_or_default();
                text.write_char(digit(octet >> 4))?;
                text.write_char(digit(octet & 0xF))
            }),
        };
        text.push(BETWEEN_COLUMNS);
    }
    if text.is_ascii() {
        text.make_ascii_lowercase();
    } else {
        *text = text.to_lowercase();
    }
    Ok(())
}
