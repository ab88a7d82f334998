//! Site data that is blocked or damaged.

use e2e::{Failure, Page, Prepared, Setup, run, until};
use serde_json::{Value, json};

#[test]
fn with_cookies_and_storage_blocked_both_are_said_and_it_still_runs() -> Result<(), Failure> {
    let setup = Setup {
        prepared: Prepared::WithoutSiteData,
        ..Setup::default()
    };
    run(setup, async |page| {
        page.open().await?;
        let said = page.banner("cookies disabled").await?;
        assert!(said.contains("blocks localStorage"), "{said}");
        let signed_in = page.sign_in().await?;
        assert_eq!(signed_in.statuses(), [200, 200], "{signed_in:#?}");
        let panel = &signed_in.stateless.in_the_browser;
        assert!(panel.contains("the token is in memory"), "{panel}");
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [401, 200], "{answers:#?}");
        let panel = &answers.stateful.in_the_browser;
        assert!(panel.contains("cookies disabled"), "{panel}");
        page.sign_out().await?;
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        Ok(())
    })
}

/// Which files of the page's own file system are changed, from where on, and with what.
const DAMAGE: &str = "\
const [folders, mark, at, bytes] = [arguments[0], arguments[1], arguments[2], arguments[3]];
const done = arguments[arguments.length - 1];
(async () => {
  let folder = await navigator.storage.getDirectory();
  for (const name of folders) folder = await folder.getDirectoryHandle(name);
  let changed = 0;
  for await (const handle of folder.values()) {
    const content = new Uint8Array(await (await handle.getFile()).arrayBuffer());
    if (!new TextDecoder('latin1').decode(content.slice(4096, 4096 + 100)).includes(mark)) continue;
    const end = bytes.length === 0 ? content.length : at + bytes.length;
    for (let place = at; place < end; place += 1) content[place] = bytes.length === 0 ? 0x5a : bytes[place - at];
    const writable = await handle.createWritable();
    await writable.write(content);
    await writable.close();
    changed += 1;
  }
  return changed;
})().then(done, (error) => done(String(error)));";

/// Where SQLite's own bytes begin, after those of the pool of files.
const START: u32 = 4096;
/// All of SQLite's files have this in their first bytes; the server's alone also the other.
const ANY_DATABASE: &str = "SQLite format 3";
const SERVERS_DATABASE: &str = "TorP";

/// Leaves the page, changes its files while nobody has them open, and comes back.
async fn come_back_after(page: &Page, mark: &str, at: u32, bytes: &[u8]) -> anyhow::Result<()> {
    page.leave().await?;
    let folders = json!(["ticket-or-passport", "sub", ".opaque"]);
    let arguments = vec![folders, json!(mark), json!(at), json!(bytes)];
    until("the files to be free and changed", async || {
        let changed = page.async_script(DAMAGE, arguments.clone()).await?;
        match changed {
            Value::Number(count) if count.as_u64() > Some(0) => Ok(Some(())),
            other => anyhow::bail!("{other}"),
        }
    })
    .await?;
    page.open().await
}

#[test]
fn a_damaged_database_is_set_aside_and_a_new_one_begun() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for (what, mark, at) in [
            ("all of it", ANY_DATABASE, START),
            (
                "all but the first page's header",
                SERVERS_DATABASE,
                START + 100,
            ),
            ("the last pages", SERVERS_DATABASE, START + 3 * 4096),
        ] {
            page.open().await?;
            page.sign_in().await?;
            come_back_after(page, mark, at, &[]).await?;
            let said = page.banner("new database").await?;
            assert!(said.contains("damaged"), "{what}: {said}");
            assert!(said.contains("was kept as"), "{what}: {said}");
            assert_eq!(page.send().await?.statuses(), [401, 401], "{what}");
            assert_eq!(page.sign_in().await?.statuses(), [200, 200], "{what}");
            page.reload().await?;
            assert_eq!(page.banners().await?, "", "{what}: it is said once");
            assert_eq!(page.send().await?.statuses(), [200, 200], "{what}");
        }
        Ok(())
    })
}

#[test]
fn a_database_of_another_version_is_set_aside_and_a_new_one_begun() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        // The user version, in the header's own place for it.
        come_back_after(page, SERVERS_DATABASE, START + 60, &[0, 0, 0, 99]).await?;
        let said = page.banner("new database").await?;
        assert!(said.contains("schema version 99"), "{said}");
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        page.reload().await?;
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn damaged_bookkeeping_of_files_leaves_a_server_that_works() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        come_back_after(page, SERVERS_DATABASE, 0, &[0x5a; 600]).await?;
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        page.reload().await?;
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        Ok(())
    })
}
