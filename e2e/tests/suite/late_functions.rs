//! The page starts without the functions that a first answer doesn't call. They come with the first part, and are waited
//! for where one of them is called before.

use e2e::{Failure, Page, Setup, run};

const LATE: &str = "/parts/late-";
/// The first part: it is asked for once the worker has its program.
const FIRST_PARTS: [&str; 2] = ["/parts/holdings-", "/parts/pack_first-"];
/// While it is on its way, no part is asked for.
const WORKERS_PROGRAM: &str = "/program.wasm";

/// The file whose path has that in it.
fn file(page: &Page, part: &str) -> anyhow::Result<String> {
    let files = page.site().files()?;
    let file = files.into_iter().find(|path| path.contains(part));
    Ok(file.expect("the build is in parts"))
}

fn was_asked_for(page: &Page, part: &str) -> bool {
    let requests = page.site().requests();
    requests.iter().any(|path| path.contains(part))
}

#[test]
fn a_first_answer_needs_none_of_them() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for part in [LATE, FIRST_PARTS[0], FIRST_PARTS[1]] {
            page.site().hold(&file(page, part)?);
        }
        page.open_without_waiting().await?;
        page.press("Send to both").await?;
        page.says("What happened GET /me").await?;
        page.says("401 Unauthorized").await?;

        page.site().release();
        page.says("On the server · sessions").await?;
        assert!(was_asked_for(page, LATE));
        Ok(())
    })
}

#[test]
fn what_is_called_before_they_are_there_waits_for_them() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.site().hold(WORKERS_PROGRAM);
        page.open_without_waiting().await?;
        assert!(!was_asked_for(page, LATE));
        page.press("Theme: as the system").await?;
        assert!(was_asked_for(page, LATE));
        assert!(page.offers("Theme: light").await?);

        page.site().release();
        page.running().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        page.says("On the server · sessions").await
    })
}

#[test]
fn where_they_do_not_come_that_is_said_and_what_is_there_stays() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        page.site().hold(WORKERS_PROGRAM);
        page.site().lose(&file(page, LATE)?);
        page.open_without_waiting().await?;
        page.press("Theme: as the system").await?;
        page.says("The page could not be loaded").await?;
        assert!(page.offers("Send to both").await?);
        page.check_accessibility("without its late functions")
            .await?;

        page.site().release();
        page.site().find_again();
        page.press("Reload").await?;
        page.running().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}
