//! The page starts without the functions that a first answer doesn't call. They come with the first part, and are waited
//! for where one of them is called before.

use e2e::{Failure, Page, Setup, run};

/// The page's own; the worker has such as well.
const LATE: &str = "/sub/parts/late-";
/// While it is on its way, no part is asked for.
const WORKERS_PROGRAM: &str = "/program.wasm";

/// The file whose path has that in it.
fn file(page: &Page, part: &str) -> anyhow::Result<String> {
    let files = page.site().files()?;
    let file = files.into_iter().find(|path| path.contains(part));
    Ok(file.expect("the build is in parts"))
}

/// Counts the synchronous requests, which only wait for them, until both answers are on the screen.
const COUNT_WAITING: &str = "\
window.waited = 0;
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (...words) {
  if (document.querySelectorAll('.verdict').length < 2) window.waited += 1;
  return open.apply(this, words);
};";

#[test]
fn a_first_answer_needs_none_of_them() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.before_each_load(COUNT_WAITING);
        page.site().hold(WORKERS_PROGRAM);
        page.open_without_waiting().await?;
        page.press("Send to both").await?;
        assert_eq!(page.site().times_asked(LATE), 0, "the page needs one");
        page.site().release();
        let answers = page.answers_after(0).await?;
        assert_eq!(answers.statuses(), [401, 401], "{answers:#?}");
        let waited = page.script("return window.waited", Vec::new()).await?;
        assert_eq!(waited, 0, "`cargo xtask profile` finds anew which are late");
        Ok(())
    })
}

#[test]
fn what_is_called_before_they_are_there_waits_for_them() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.site().hold(WORKERS_PROGRAM);
        page.open_without_waiting().await?;
        assert_eq!(page.site().times_asked(LATE), 0);
        page.press("Theme: as the system").await?;
        assert_eq!(page.site().times_asked(LATE), 1);
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
        page.says("A part of the page could not be loaded, and the page cannot go on")
            .await?;
        assert!(page.offers("Send to both").await?);
        page.check_accessibility("without its late functions")
            .await?;

        // Parts are on their way as the page is left. WebKit lets those fail, in its own words.
        page.expect_error("TypeError: Load failed");
        page.site().release();
        page.site().find_again();
        page.press("Reload").await?;
        page.running().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}
