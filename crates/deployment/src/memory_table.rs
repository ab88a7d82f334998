//! What servers remember by themselves, as tables: with the database's columns, so that both read alike. It reads no
//! database.

use protocol::{SqlValue, Table, TablePage, TableQuery, Timestamp};
use sessions::ServerMemory;

/// At most this many rows a page, as of the database's tables.
const PAGE_ROWS: u32 = 1_000;

/// The columns of each table that a server's memory can have, and how many of them are the key.
fn columns(table: Table) -> (&'static [&'static str], usize) {
    match table {
        Table::Sessions => (
            &[
                "id_hash",
                "user_id",
                "lane",
                "device",
                "role",
                "created_at",
                "last_seen_at",
                "idle_expires_at",
                "absolute_expires_at",
            ],
            1,
        ),
        Table::RefreshTokens => (
            &[
                "token_hash",
                "family",
                "user_id",
                "lane",
                "created_at",
                "used_at",
                "expires_at",
                "ended_at",
            ],
            1,
        ),
        Table::Denylist => (&["lane", "jti", "denied_at", "expires_at"], 2),
        Table::TokenVersions => (&["lane", "user_id", "version"], 2),
        Table::Users | Table::SigningKeys | Table::Orders | Table::AuditLog => (&[], 0),
    }
}

/// A page of what these servers remember. Of several, each row begins with its server's number. What is never in a server's
/// memory is empty there.
pub(crate) fn read(memories: &[(u32, &ServerMemory)], query: &TableQuery) -> TablePage {
    let (own_columns, own_key_columns) = columns(query.table);
    let numbering = usize::from(memories.len() > 1 && own_key_columns > 0);
    let key_columns = numbering + own_key_columns;
    let columns = ["server"].iter().take(numbering).chain(own_columns);
    // A server's memory has them in the order of their keys.
    let rows: Vec<Vec<SqlValue>> = memories
        .iter()
        .flat_map(|(number, memory)| {
            let number = vec![SqlValue::Integer((*number).into()); numbering];
            rows(memory, query.table)
                .into_iter()
                .map(move |row| [number.clone(), row].concat())
        })
        .collect();
    let total = rows.len() as u64;
    let search = query.search.to_lowercase();
    let after = query
        .after
        .as_ref()
        .map(|after| key(after, key_columns.min(after.len())));
    let mut found = rows.into_iter().filter(|row| {
        let is_later = after
            .as_ref()
            .is_none_or(|after| key(row, key_columns) > *after);
        is_later && (search.is_empty() || row.iter().any(|it| text(it).contains(&search)))
    });
    let limit = query.limit.clamp(1, PAGE_ROWS) as usize;
    let rows: Vec<_> = found.by_ref().take(limit).collect();
    let next = found
        .next()
        .and(rows.last())
        .map(|last| last[..key_columns].to_vec());
    TablePage {
        columns: columns.map(ToString::to_string).collect(),
        key_columns: u32::try_from(key_columns).unwrap_or_default(),
        rows,
        next,
        total,
        gave_up: false,
    }
}

fn rows(memory: &ServerMemory, table: Table) -> Vec<Vec<SqlValue>> {
    match table {
        Table::Sessions => memory
            .sessions()
            .map(|session| {
                vec![
                    SqlValue::Blob(session.id_hash.as_bytes().to_vec()),
                    SqlValue::Integer(session.user.into()),
                    word(session.lane.as_str()),
                    word(&session.device),
                    word(session.role.as_str()),
                    moment(session.created),
                    moment(session.last_seen),
                    moment(session.idle_expires),
                    moment(session.absolute_expires),
                ]
            })
            .collect(),
        Table::RefreshTokens => memory
            .refresh_tokens()
            .map(|token| {
                vec![
                    SqlValue::Blob(token.token_hash.as_bytes().to_vec()),
                    SqlValue::Blob(token.family.as_bytes().to_vec()),
                    SqlValue::Integer(token.user.into()),
                    word(token.lane.as_str()),
                    moment(token.created),
                    token.used.map_or(SqlValue::Null, moment),
                    moment(token.expires),
                    token.ended.map_or(SqlValue::Null, moment),
                ]
            })
            .collect(),
        Table::Denylist => memory
            .denied()
            .map(|(lane, jti, since, until)| {
                vec![word(lane.as_str()), word(jti), moment(since), moment(until)]
            })
            .collect(),
        Table::TokenVersions => memory
            .token_versions()
            .map(|(lane, user, version)| {
                vec![
                    word(lane.as_str()),
                    SqlValue::Integer(user.into()),
                    SqlValue::Integer(version.into()),
                ]
            })
            .collect(),
        Table::Users | Table::SigningKeys | Table::Orders | Table::AuditLog => Vec::new(),
    }
}

fn word(text: &str) -> SqlValue {
    SqlValue::Text(text.to_owned())
}

const fn moment(at: Timestamp) -> SqlValue {
    SqlValue::Integer(at.milliseconds())
}

/// What rows stand in the order of. A key holds no NULL and no fractions.
fn key(row: &[SqlValue], columns: usize) -> Vec<(i64, Vec<u8>)> {
    row.iter()
        .take(columns)
        .map(|value| match value {
            SqlValue::Integer(number) => (*number, Vec::new()),
            SqlValue::Text(text) => (0, text.as_bytes().to_vec()),
            SqlValue::Blob(octets) => (0, octets.clone()),
            SqlValue::Null | SqlValue::Real(_) => (0, Vec::new()),
        })
        .collect()
}

/// A value as it is searched in.
fn text(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => String::new(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => number.to_string(),
        SqlValue::Text(text) => text.to_lowercase(),
        SqlValue::Blob(octets) => octets.iter().map(|octet| format!("{octet:02x}")).collect(),
    }
}
