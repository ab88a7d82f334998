//! The user agent's own file: the cookie jar, where no server and no SQL console reaches it.

use rusqlite::{Connection, OptionalExtension};
use user_agent::Jar;

/// The file, open.
pub(crate) struct JarFile {
    connection: Connection,
}

impl JarFile {
    /// On this connection.
    pub(crate) fn new(connection: Connection) -> rusqlite::Result<Self> {
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE;
             CREATE TABLE IF NOT EXISTS jar (id INTEGER PRIMARY KEY CHECK (id = 1), content BLOB NOT NULL) STRICT;",
        )?;
        Ok(Self { connection })
    }

    /// The jar as it was kept; an empty one where there is none, or it can't be read any more.
    pub(crate) fn load(&self) -> Jar {
        self.connection
            .query_row("SELECT content FROM jar", [], |row| {
                row.get::<_, Vec<u8>>(0)
            })
            .optional()
            .ok()
            .flatten()
            .and_then(|content| postcard::from_bytes(&content).ok())
            .unwrap_or_default()
    }

    /// Keeps the jar. One that can't be kept lasts until the worker ends.
    pub(crate) fn save(&self, jar: &Jar) {
        let Ok(content) = postcard::to_allocvec(jar) else {
            return;
        };
        let _ = self.connection.execute(
            "INSERT INTO jar (id, content) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET content = ?1",
            [content],
        );
    }
}
