//! Starting: what a user sees while it takes long, or where it can't be.

use anyhow::Context;
use e2e::{Failure, Page, Setup, run, until};

#[test]
fn the_page_takes_input_before_its_server_is_ready() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.site().hold("/program.wasm");
        page.open_without_waiting().await?;
        page.says("The server is starting").await?;
        page.press("Sign in to both").await?;
        page.press("Send to both").await?;
        assert_eq!(page.answers().await?.number, 0);
        page.says("The server is starting").await?;

        page.site().release();
        let signed_in = page.answers_after(1).await?;
        assert_eq!(signed_in.statuses(), [200, 200], "{signed_in:#?}");
        assert!(signed_in.row[1].contains("GET /me"), "{:?}", signed_in.row);
        page.running().await?;
        page.has_no_banner().await
    })
}

/// The file of the worker's database.
fn database(page: &Page) -> anyhow::Result<String> {
    let files = page.site().files()?;
    let file = files.into_iter().find(|path| {
        let name = path.rsplit('/').next().unwrap_or_default();
        path.contains("/worker-") && name.starts_with("database-")
    });
    file.context("the worker is in parts")
}

#[test]
fn what_needs_no_record_is_answered_before_the_database_is_there() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.site().hold(&database(page)?);
        page.open_without_waiting().await?;
        page.press("Send to both").await?;
        let stranger = page.answers_after(0).await?;
        assert_eq!(stranger.statuses(), [401, 401], "{stranger:#?}");
        page.says("The server is starting").await?;

        // A sign-in needs records: it waits, and so does what follows it.
        page.press("Sign in to both").await?;
        page.press("Send to both").await?;
        page.says("The server is starting").await?;
        assert_eq!(page.answers().await?.number, stranger.number);

        page.site().release();
        let signed_in = page.answers_after(stranger.number + 1).await?;
        assert_eq!(signed_in.number, stranger.number + 2, "{signed_in:#?}");
        assert_eq!(signed_in.statuses(), [200, 200], "{signed_in:#?}");
        page.running().await?;
        page.has_no_banner().await
    })
}

#[test]
fn who_comes_back_signed_in_is_not_taken_for_a_stranger() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.site().hold(&database(page)?);
        page.open_without_waiting().await?;
        page.press("Send to both").await?;
        page.says("The server is starting").await?;
        page.site().release();
        assert_eq!(page.answers_after(0).await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn a_database_that_does_not_come_is_said_and_comes_with_the_next_visit() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        page.site().lose(&database(page)?);
        page.open_without_waiting().await?;
        page.banner("Reload the page").await?;
        page.site().find_again();
        page.reload().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn without_webassembly_a_sentence_says_so() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.before_each_load("delete globalThis.WebAssembly;");
        page.go().await?;
        page.says("This browser has no WebAssembly").await?;
        page.check_accessibility("without WebAssembly").await?;
        Ok(())
    })
}

#[test]
fn a_page_whose_program_is_missing_says_so_and_loads_once_it_is_there() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        let program = page.site().page_program()?;
        page.site().lose(&program);
        page.go().await?;
        page.says("The page could not be loaded").await?;
        page.site().find_again();
        page.press("Reload").await?;
        page.running().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}

fn was_asked_for(page: &Page, ending: &str) -> bool {
    let requests = page.site().requests();
    requests.iter().any(|path| path.ends_with(ending))
}

#[test]
fn the_page_is_loaded_before_what_only_its_server_needs() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.site().hold(&page.site().page_program()?);
        page.go().await?;
        until("the worker's own code to be asked for", async || {
            Ok(was_asked_for(page, "/program.js").then_some(()))
        })
        .await?;
        assert!(!was_asked_for(page, "/program.wasm"));

        page.site().release();
        page.running().await?;
        assert!(was_asked_for(page, "/program.wasm"));
        Ok(())
    })
}

#[test]
fn progress_shows_while_the_page_is_loading() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let program = page.site().page_program()?;
        page.site().hold(&program);
        page.go().await?;
        page.says("Stateful and stateless authentication, side by side")
            .await?;
        page.check_accessibility("while it loads").await?;
        page.site().release();
        page.running().await?;
        until("the notice of loading to go", async || {
            let there = page.script("return document.getElementById('boot') === null", vec![]);
            Ok((there.await? == true).then_some(()))
        })
        .await
    })
}
