//! What browsers do that pages don't expect: a full localStorage, and a clock that jumps.

use e2e::{Failure, Setup, run, until};

/// Fills localStorage until not one character more fits.
const FILL: &str = "\
const fits = (size) => {
  try {
    localStorage.setItem('filler', 'x'.repeat(size));
    return true;
  } catch {
    return false;
  }
};
let size = 0;
for (let more = 1 << 23; more >= 1; more /= 2) if (fits(size + more)) size += more;
return size;";

#[test]
fn with_localstorage_full_the_token_is_in_memory_and_that_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            page.script("localStorage.clear()", vec![]).await?;
            page.script(FILL, vec![]).await?;
            let answers = page.sign_in().await?;
            assert_eq!(answers.statuses(), [200, 200], "{answers:#?}");
            assert_eq!(page.token().await?, None, "there was room for it");
            page.says("the token is in memory").await?;
            let held = page.answers().await?.stateless.in_the_browser;
            assert!(held.contains("eyJ"), "the token can't be seen: {held}");
            assert_eq!(page.send().await?.statuses(), [200, 200]);
            page.sign_out().await?;
            assert_eq!(page.send().await?.statuses(), [401, 401]);

            page.script("localStorage.clear()", vec![]).await?;
            page.sign_in().await?;
            assert!(page.token().await?.is_some(), "there is room again");
            until("the notice to go", async || {
                let held = page.answers().await?.stateless.in_the_browser;
                Ok((!held.contains("in memory")).then_some(()))
            })
            .await?;
        }
        Ok(())
    })
}

/// The token of before is still there, so it must not be the one that goes out.
#[test]
fn a_full_localstorage_with_an_older_token_does_not_bring_the_older_one_back() -> Result<(), Failure>
{
    run(Setup::default(), async |page| {
        page.open().await?;
        // The shorter token first: the longer one does not fit into its place.
        page.choose_account("administrator").await?;
        page.sign_in().await?;
        let older = page.token().await?;
        page.script(FILL, vec![]).await?;
        page.choose_account("member").await?;
        page.sign_in().await?;
        let newer = page.token().await?;
        assert!(newer.is_none() || newer == older, "there was room for it");
        let answers = page.send().await?;
        for lane in answers.both() {
            assert!(lane.sentence.contains("user #42"), "{}", lane.sentence);
        }
        Ok(())
    })
}

#[test]
fn the_page_goes_on_when_its_clock_jumps() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        for jump in [
            "+ 3 * 3_600_000",
            "- 3 * 3_600_000",
            "+ 400 * 86_400_000",
            "* 0",
        ] {
            let script = format!(
                "const now = window.realNow ??= Date.now.bind(Date); Date.now = () => now() {jump};"
            );
            page.script(&script, vec![]).await?;
            let answers = page.send().await?;
            assert_eq!(answers.statuses(), [200, 200], "{jump}: {answers:#?}");
            page.diagram_when(
                e2e::Lane::Stateful,
                "the diagram's end",
                e2e::Diagram::is_finished,
            )
            .await?;
        }
        Ok(())
    })
}
