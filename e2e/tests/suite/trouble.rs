//! When the server's worker fails: it is said, nothing is lost that need not be, and the page goes on.

use e2e::{DIE_ON_ORDERS, DIE_ON_START, FILES_MISSING, FILES_REFUSED, Failure, Page, Setup, run};

#[test]
fn without_a_file_system_the_database_is_in_memory_and_that_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for fault in [FILES_MISSING, FILES_REFUSED] {
            page.site().before_worker(fault);
            page.open().await?;
            page.banner("the database is in memory").await?;
            assert_eq!(page.sign_in().await?.statuses(), [200, 200], "{fault}");
            assert_eq!(page.send().await?.statuses(), [200, 200], "{fault}");
        }
        // A server in memory has forgotten its sessions, and its key.
        page.reload().await?;
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        Ok(())
    })
}

#[test]
fn a_worker_that_dies_in_a_request_is_started_again_and_nothing_else_is_lost() -> Result<(), Failure>
{
    run(Setup::default(), async |page| {
        page.expect_error("made to fail");
        page.site().before_worker(DIE_ON_ORDERS);
        page.open().await?;
        page.site().before_worker("");
        page.sign_in().await?;
        page.choose_request("GET /orders").await?;

        no_answer(page).await?;
        page.banner("The server died and was started again").await?;
        page.newest("The server died and was started again").await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), page.after_new_start(), "{answers:#?}");
        Ok(())
    })
}

#[test]
fn a_worker_that_dies_twice_stays_dead_and_that_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("made to fail");
        page.site().before_worker(DIE_ON_ORDERS);
        page.open().await?;
        page.sign_in().await?;
        page.choose_request("GET /orders").await?;
        no_answer(page).await?;
        page.banner("The server died and was started again").await?;
        page.newest("The server died and was started again").await?;
        no_answer(page).await?;
        page.banner("can’t be kept running").await?;
        no_answer(page).await?;

        page.site().before_worker("");
        page.reload().await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), page.after_new_start(), "{answers:#?}");
        Ok(())
    })
}

#[test]
fn a_worker_that_cannot_start_is_said_and_the_page_stays_usable() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        page.expect_error("made to fail");
        page.expect_error("Failed to fetch dynamically imported module");
        page.expect_error("error loading dynamically imported module");
        page.expect_error("Script error.");
        // The program first: WebKit keeps in memory what it was given once.
        for missing in ["/program.wasm", "/program.js", "/worker.js", ""] {
            if missing.is_empty() {
                page.site().before_worker(DIE_ON_START);
            } else {
                page.site().lose(missing);
            }
            page.open_without_waiting().await?;
            page.banner("Reload the page").await?;
            no_answer(page).await?;
            page.site().find_again();
            page.site().before_worker("");
        }
        page.reload().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn what_was_asked_before_the_worker_was_awake_is_answered_by_the_next_one() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        page.site().hold("/program.wasm");
        page.site().lose_once("/program.wasm");
        page.open_without_waiting().await?;
        page.press("Send to both").await?;
        page.says("The server is starting").await?;
        page.site().release();
        let answers = page.answers_after(0).await?;
        assert_eq!(answers.statuses(), [401, 401], "{answers:#?}");
        page.banner("The server died and was started again").await?;
        page.running().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}

/// Sends, and both lanes say that no answer came.
async fn no_answer(page: &Page) -> anyhow::Result<()> {
    let answers = page.send().await?;
    for lane in answers.both() {
        assert!(lane.status.contains("no answer"), "{lane:#?}");
        assert!(
            lane.sentence.contains("The server died before it answered"),
            "{lane:#?}"
        );
    }
    assert!(
        answers.row[2].contains("no answer"),
        "the history says so too: {:?}",
        answers.row
    );
    Ok(())
}
