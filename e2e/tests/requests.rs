//! The watch on requests: the page and its worker fetch the build's own files, at the start, and nothing after. That
//! nothing leaves for another host is watched in every test.

use e2e::{Failure, Setup, run};

#[test]
fn nothing_is_fetched_but_the_builds_own_files_and_only_at_the_start() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let at_start = page.site().requests();
        let files = page.site().files()?;
        for path in &at_start {
            assert!(files.contains(path), "{path} is not a file of the build");
        }
        let mut once = at_start.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), at_start.len(), "fetched twice: {at_start:?}");

        page.sign_in().await?;
        page.send().await?;
        page.unfold("Request and response as sent").await?;
        page.console_for_answers("playground.fetch('stateless', '/me').then(() => null)")
            .await?;
        page.sign_out().await?;
        page.send().await?;
        assert_eq!(
            page.site().requests(),
            at_start,
            "something was fetched later"
        );
        Ok(())
    })
}
