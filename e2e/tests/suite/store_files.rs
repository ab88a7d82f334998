//! Store, the database's file: what is exported can be imported again, and nothing else can.

use e2e::{Failure, Folder, Part, Setup, run};

const FIELD: &str = "Import a database";
const NAME: &str = "ticket-or-passport.sqlite3";
/// Where SQLite's header has its numbers. The file format, 1.3.
const USER_VERSION: usize = 60;
const APPLICATION_ID: usize = 68;

/// Gives it the file, and waits for what is said of it.
async fn import(
    console: &Part<'_>,
    folder: &Folder,
    name: &str,
    content: &[u8],
    words: &str,
) -> anyhow::Result<String> {
    let file = folder.write(name, content)?;
    console.give_file(FIELD, &file).await?;
    let seen = console
        .is(&format!("“{words}” of {name}"), |seen| seen.says(words))
        .await?;
    Ok(seen.said.join(" "))
}

#[test]
fn what_is_exported_can_be_imported_and_nothing_else() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.save_files_in(&folder).await?;
        page.open().await?;
        page.go_to_store().await?;
        let console = page.part("SQL console");
        page.sign_member_in().await?;
        console.press("Export the database").await?;
        let seen = console.says("was given to the browser").await?;
        assert!(seen.says("treat it so"), "{seen:#?}");
        let (_, database) = folder.saved(NAME).await?;
        assert!(database.starts_with(b"SQLite format 3\0"));

        // What is none, or another's, or damaged, is refused in words; everyone stays signed in.
        let changed = |at: usize, number: u32| {
            let mut other = database.clone();
            other[at..at + 4].copy_from_slice(&number.to_be_bytes());
            other
        };
        let mut damaged = database.clone();
        damaged[120..].fill(0x5a);
        for (name, content, words) in [
            (
                "notes.txt",
                b"Dear diary, this is no database.".to_vec(),
                "no usable database",
            ),
            ("empty.db", Vec::new(), "no usable database"),
            ("foreign.db", changed(APPLICATION_ID, 7), "not taken"),
            ("newer.sqlite3", changed(USER_VERSION, 99), "version 99"),
            ("damaged.sqlite", damaged, "no usable database"),
            (
                "half.sqlite3",
                database[..database.len() / 2].to_vec(),
                "no usable database",
            ),
        ] {
            // The same words may stand there already.
            page.run_sql("SELECT 1", "The result: 1 row").await?;
            let said = import(&console, &folder, name, &content, words).await?;
            assert!(said.contains("The file was not taken."), "{name}: {said}");
            assert!(
                said.contains("The database is as it was."),
                "{name}: {said}"
            );
            assert_eq!(page.statuses_of("/me").await?, [200, 200], "{name}");
        }

        // The exported one brings back what was deleted since.
        page.run_sql("DELETE FROM sessions", "1 row changed")
            .await?;
        assert_eq!(page.statuses_of("/me").await?, [401, 200]);
        import(
            &console,
            &folder,
            "again.sqlite3",
            &database,
            "The file is the database now",
        )
        .await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        page.reload().await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200], "it is kept");
        Ok(())
    })
}
