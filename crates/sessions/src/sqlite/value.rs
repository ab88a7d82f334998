//! Values as they are shown: cut to what fits on a screen. Never fails, whatever bytes a text has.

use protocol::SqlValue;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};

/// Of a text at most this many characters, of a blob at most this many octets.
pub(super) const SHOWN_LENGTH: usize = 2_000;

/// The value as it is shown, and whether it is cut.
pub(super) fn shown(value: ValueRef<'_>) -> (SqlValue, bool) {
    match value {
        ValueRef::Null => (SqlValue::Null, false),
        ValueRef::Integer(number) => (SqlValue::Integer(number), false),
        ValueRef::Real(number) => (SqlValue::Real(number), false),
        ValueRef::Text(octets) => {
            // A character has at most four octets: what is beyond is not even looked at.
            let head = &octets[..octets.len().min(SHOWN_LENGTH * 4 + 4)];
            let text = String::from_utf8_lossy(head);
            let end = text
                .char_indices()
                .nth(SHOWN_LENGTH)
                .map_or(text.len(), |(index, _)| index);
            (SqlValue::Text(text[..end].to_owned()), end < text.len())
        }
        ValueRef::Blob(octets) => {
            let end = octets.len().min(SHOWN_LENGTH);
            (SqlValue::Blob(octets[..end].to_vec()), end < octets.len())
        }
    }
}

/// The row's values as they are shown, and whether one is cut.
pub(super) fn shown_row(row: &Row<'_>, columns: usize) -> rusqlite::Result<(Vec<SqlValue>, bool)> {
    let mut values = Vec::with_capacity(columns);
    let mut is_cut = false;
    for column in 0..columns {
        let (value, cut) = shown(row.get_ref(column)?);
        values.push(value);
        is_cut |= cut;
    }
    Ok((values, is_cut))
}

/// The first values of the row, uncut: a key has to lead to where it was found. A text that is no UTF-8 is told by its
/// octets.
pub(super) fn whole_row(row: &Row<'_>, columns: usize) -> rusqlite::Result<Vec<SqlValue>> {
    (0..columns)
        .map(|column| {
            Ok(match row.get_ref(column)? {
                ValueRef::Text(octets) => String::from_utf8(octets.to_vec())
                    .map_or_else(|error| SqlValue::Blob(error.into_bytes()), SqlValue::Text),
                ValueRef::Blob(octets) => SqlValue::Blob(octets.to_vec()),
                short => shown(short).0,
            })
        })
        .collect()
}

/// A value that goes back to SQLite, and whether it is a text there, even where it is told by its octets.
pub(super) struct Given<'a> {
    pub(super) value: &'a SqlValue,
    pub(super) is_text: bool,
}

impl ToSql for Given<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.value {
            SqlValue::Null => ValueRef::Null,
            SqlValue::Integer(number) => ValueRef::Integer(*number),
            SqlValue::Real(number) => ValueRef::Real(*number),
            SqlValue::Text(text) => ValueRef::Text(text.as_bytes()),
            SqlValue::Blob(octets) if self.is_text => ValueRef::Text(octets),
            SqlValue::Blob(octets) => ValueRef::Blob(octets),
        }))
    }
}

/// What SQLite says, in its own words.
pub(super) fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}
