//! The watch on requests: the page and its worker fetch the build's own files, at the start, and later only the
//! parts of itself that are first needed then. That nothing leaves for another host is watched in every test.

use e2e::{Failure, Page, Setup, run};
use std::collections::BTreeSet;

/// What was asked for, but for what a browser looks at by itself, when it likes: how the page would be installed.
fn requests(page: &Page) -> Vec<String> {
    let mut requests = page.site().requests();
    requests.retain(|path| !path.contains("/icons/") && !path.ends_with(".webmanifest"));
    requests
}

#[test]
fn nothing_is_fetched_but_the_builds_own_files_and_each_once() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.site().let_keep();
        page.open().await?;
        let at_start = requests(page);
        let files = page.site().files()?;
        for path in &at_start {
            assert!(files.contains(path), "{path} is not a file of the build");
        }
        page.sign_in().await?;
        page.send().await?;
        page.sign_out().await?;
        page.send().await?;
        assert_eq!(requests(page), at_start, "something was fetched later");

        page.unfold("Request and response as sent").await?;
        page.says("Copy as curl").await?;
        let call = "playground.fetch('stateless', '/me').then(() => null)";
        page.console_for_answers(call).await?;
        page.console_for_answers(call).await?;
        let in_all = requests(page);
        let later = &in_all[at_start.len()..];
        let parts = format!("{}parts/", page.site().folder());
        for path in later {
            assert!(
                path.starts_with(&parts) && files.contains(path),
                "{path} is no part"
            );
        }
        let mut twice = in_all;
        twice.sort();
        let once: BTreeSet<String> = twice.iter().cloned().collect();
        for path in &once {
            let place = twice.iter().position(|it| it == path);
            twice.remove(place.expect("it is there"));
        }
        if !page.engine().workers_find_preloads() {
            twice.retain(|path| !path.ends_with("/worker.js"));
        }
        if !page.engine().waits_for_what_is_on_its_way() {
            // By a press that comes before the late functions.
            let late = format!("{parts}late-");
            let again = twice.iter().position(|path| path.starts_with(&late));
            again.map(|place| twice.remove(place));
        }
        assert!(twice.is_empty(), "fetched twice: {twice:?}");
        Ok(())
    })
}
