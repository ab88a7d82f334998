//! Makes anew what a database lacks of its schema, so that the server can work again. Never touches the rows of a table
//! that is as it should be, but for those that refer to what is gone.

use rusqlite::{Connection, Transaction, params};

use crate::User;
use crate::schema::{self, quoted};

/// Something in a schema: a table, an index, a view or a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    kind: String,
    name: String,
    table: String,
    sql: String,
}

impl Part {
    /// Names are the same whatever their case.
    fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it is the same, however it is written down: SQLite itself writes names in quotes after a renaming.
    fn is_same(&self, other: &Self) -> bool {
        let plain = |sql: &str| {
            let mut words = sql.replace('"', "").to_ascii_lowercase();
            words.retain(|character| !character.is_ascii_whitespace());
            words
        };
        self.kind == other.kind
            && self.table.eq_ignore_ascii_case(&other.table)
            && plain(&self.sql) == plain(&other.sql)
    }
}

/// Brings the schema and these users back, all or nothing, and says what was made.
pub(crate) fn repair(connection: &mut Connection, users: &[User]) -> rusqlite::Result<Vec<String>> {
    let mut fresh = Connection::open_in_memory()?;
    schema::create(&mut fresh, &[])?;
    let wanted = parts(&fresh)?;
    // Else no table could go that another one refers to. It can't be set within a transaction.
    connection.pragma_update(None, "foreign_keys", false)?;
    let made = connection.transaction().and_then(|transaction| {
        let mut made = repair_schema(&transaction, &wanted)?;
        made.extend(repair_users(&transaction, users)?);
        remove_orphans(&transaction, &wanted)?;
        schema::mark(&transaction)?;
        transaction.commit()?;
        Ok(made)
    });
    connection.pragma_update(None, "foreign_keys", true)?;
    made
}

/// All that has a text of its own; the indexes that come with a table have none.
fn parts(connection: &Connection) -> rusqlite::Result<Vec<Part>> {
    connection
        .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")?
        .query_map([], |row| {
            Ok(Part {
                kind: row.get(0)?,
                name: row.get(1)?,
                table: row.get(2)?,
                sql: row.get(3)?,
            })
        })?
        .collect()
}

fn repair_schema(transaction: &Transaction<'_>, wanted: &[Part]) -> rusqlite::Result<Vec<String>> {
    // First what hangs on tables: with a table its triggers and indexes go by themselves.
    for kind in ["trigger", "view", "index", "table"] {
        for part in parts(transaction)? {
            if part.kind == kind && is_in_the_way(transaction, &part, wanted)? {
                transaction.execute_batch(&format!("DROP {kind} {}", quoted(&part.name)))?;
            }
        }
    }
    let left = parts(transaction)?;
    let mut made = Vec::new();
    for part in wanted {
        if !left.iter().any(|found| found.is_named(&part.name)) {
            transaction.execute_batch(&part.sql)?;
            made.push(part.name.clone());
        }
    }
    Ok(made)
}

/// Whether the server can't work with this part: it is another one than its name says, it would act on the server's
/// tables, or it refers to them in a way that they may not fit.
fn is_in_the_way(
    transaction: &Transaction<'_>,
    part: &Part,
    wanted: &[Part],
) -> rusqlite::Result<bool> {
    if let Some(ours) = wanted.iter().find(|ours| ours.is_named(&part.name)) {
        return Ok(!part.is_same(ours));
    }
    let is_ours = |table: &str| wanted.iter().any(|ours| ours.is_named(table));
    match part.kind.as_str() {
        "trigger" | "view" => Ok(true),
        "index" => Ok(is_ours(&part.table)),
        _ => {
            let parents = foreign_keys(transaction, &part.name)?;
            Ok(parents.iter().any(|key| is_ours(&key.parent)))
        }
    }
}

struct ForeignKey {
    column: String,
    parent: String,
}

fn foreign_keys(connection: &Connection, table: &str) -> rusqlite::Result<Vec<ForeignKey>> {
    connection
        .prepare("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)")?
        .query_map([table], |row| {
            Ok(ForeignKey {
                column: row.get(0)?,
                parent: row.get(1)?,
            })
        })?
        .collect()
}

/// Adds those of the users who are missing.
fn repair_users(transaction: &Transaction<'_>, users: &[User]) -> rusqlite::Result<Vec<String>> {
    let mut made = Vec::new();
    for user in users {
        // Where another user has the account by now, that one keeps it.
        let added = transaction.execute(
            "INSERT OR IGNORE INTO users (id, account, name, role, suspended, password_hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                user.id,
                user.account,
                user.name,
                user.role.as_str(),
                user.suspended,
                user.password_hash
            ],
        )?;
        if added > 0 {
            made.push(user.account.clone());
        }
    }
    Ok(made)
}

/// Removes the rows that refer to users who are gone.
fn remove_orphans(transaction: &Transaction<'_>, wanted: &[Part]) -> rusqlite::Result<()> {
    for part in wanted {
        if part.kind != "table" {
            continue;
        }
        for ForeignKey { column, parent } in foreign_keys(transaction, &part.name)? {
            let (table, column, parent) = (quoted(&part.name), quoted(&column), quoted(&parent));
            transaction.execute(
                &format!("DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {parent})"),
                [],
            )?;
        }
    }
    Ok(())
}
