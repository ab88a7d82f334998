//! One server for all tabs: a second one does not overwrite what the first one keeps.

use e2e::{Failure, Page, Setup, run};

const OTHER_TAB: &str = "The server runs in another tab";
const TAKEN: &str = "Another tab took the server over";

#[test]
fn a_second_tab_takes_the_server_over_and_back() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let first = page.tab().await?;
        let held = credentials(page).await?;

        let second = page.new_tab().await?;
        page.open().await?;
        page.banner(OTHER_TAB).await?;
        assert_eq!(credentials(page).await?, held, "opening changed something");

        for (here, there) in [(&second, &first), (&first, &second)] {
            page.press("Take over here").await?;
            page.running().await?;
            page.has_no_banner().await?;
            let answers = page.send().await?;
            assert_eq!(answers.statuses(), page.after_new_start(), "{answers:#?}");
            assert_eq!(
                credentials(page).await?,
                held,
                "taking over changed something"
            );

            page.switch_to(there).await?;
            page.banner(TAKEN).await?;
            assert_ne!(here, there);
        }
        Ok(())
    })
}

#[test]
fn what_is_asked_in_a_second_tab_waits_for_the_take_over() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.new_tab().await?;
        page.open().await?;
        page.banner(OTHER_TAB).await?;
        page.press("Send to both").await?;
        page.press("Take over here").await?;
        let answers = page.answers_after(0).await?;
        assert_eq!(answers.statuses(), page.after_new_start(), "{answers:#?}");
        Ok(())
    })
}

#[test]
fn what_is_asked_before_the_other_tab_is_noticed_waits_too() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.new_tab().await?;
        page.open().await?;
        page.press("Send to both").await?;
        page.banner(OTHER_TAB).await?;
        page.press("Take over here").await?;
        let answers = page.answers_after(0).await?;
        assert_eq!(answers.statuses(), page.after_new_start(), "{answers:#?}");
        Ok(())
    })
}

#[test]
fn what_is_asked_in_the_tab_that_lost_the_server_waits_until_it_is_back() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let first = page.tab().await?;
        page.new_tab().await?;
        page.open().await?;
        page.press("Take over here").await?;
        page.running().await?;

        page.switch_to(&first).await?;
        page.banner(TAKEN).await?;
        page.press("Send to both").await?;
        page.press("Take over here").await?;
        page.running().await?;
        let answers = page.answers_after(1).await?;
        assert_eq!(answers.statuses(), page.after_new_start(), "{answers:#?}");
        Ok(())
    })
}

#[test]
fn a_tab_that_is_closed_leaves_the_server_to_the_next() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let first = page.tab().await?;
        let second = page.new_tab().await?;
        page.open().await?;
        page.banner(OTHER_TAB).await?;
        page.switch_to(&first).await?;
        page.close_tab().await?;
        page.switch_to(&second).await?;
        page.reload().await?;
        page.has_no_banner().await?;
        assert_eq!(page.send().await?.statuses(), page.after_new_start());
        Ok(())
    })
}

/// Browsers may keep it, with all that runs in it.
#[test]
fn a_page_that_was_left_holds_nothing_and_goes_on_when_it_is_shown_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.leave().await?;
        page.open().await?;
        page.has_no_banner().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);

        page.leave().await?;
        page.back().await?;
        page.has_no_banner().await?;
        assert_eq!(page.send().await?.statuses(), page.after_new_start());
        Ok(())
    })
}

/// What all tabs share.
async fn credentials(page: &Page) -> anyhow::Result<(Option<String>, Option<String>)> {
    Ok((page.session_id().await?, page.token().await?))
}
