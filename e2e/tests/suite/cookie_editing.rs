//! The session cookie's value, edited in the lane: the verdict comes before, and the browser's own cookie changes after.

use e2e::{Failure, Lane, Page, Setup, run, until};
use thirtyfour::Key;

const VALUE: &str = "Session ID";
const PUT: &str = "Put it into the browser";
const PUT_BACK: &str = "Put back the issued one";
const LANE: Lane = Lane::Stateful;

const ACCEPTED: &str = "user #42";
const EDITED: &str = "Edited: the browser still holds another cookie";
const NOT_EDITED: &str = "This is the cookie that the browser holds";
/// Between two looks at when a cookie ends, in seconds: it is set anew, with what was left of its time.
const DRIFT_SECONDS: i64 = 60;

/// Opens the page and signs in; the issued session ID.
async fn signed_in(page: &Page) -> anyhow::Result<String> {
    page.open().await?;
    page.sign_in().await?;
    let id = page.session_id().await?.expect("the cookie is there");
    page.holds(VALUE, &id).await?;
    page.would_meet(LANE, ACCEPTED).await?;
    Ok(id)
}

async fn browser_holds(page: &Page, value: Option<&str>) -> anyhow::Result<()> {
    until(&format!("the cookie {value:?}"), async || {
        let seen = page.session_id().await?;
        anyhow::ensure!(seen.as_deref() == value, "it is {seen:?}");
        Ok(Some(()))
    })
    .await
}

#[test]
fn what_is_said_before_is_what_the_server_says_after() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            let id = signed_in(page).await?;
            let unknown = format!("{}A", "x".repeat(42));
            let long = "y".repeat(4000);
            for (value, words) in [
                (unknown.as_str(), "No session has this ID"),
                ("abc", "holds 3 characters that are not a session ID"),
                ("", "holds 0 characters that are not a session ID"),
                (&long, "holds 4000 characters that are not a session ID"),
                ("a=b", "holds 3 characters that are not a session ID"),
                (
                    "<img src=x onerror=alert(1)>",
                    "holds 28 characters that are not a session ID",
                ),
                ("🎫é", "are not a session ID"),
            ] {
                page.paste_over(VALUE, value).await?;
                let next = page.would_meet(LANE, words).await?;
                page.browser_panel(LANE, EDITED).await?;
                browser_holds(page, Some(&id)).await?;
                if !value.is_ascii() && !page.engine().takes_any_character_in_cookies() {
                    page.press_in(LANE, "Put it into the browser").await?;
                    page.browser_panel(LANE, "This browser did not take it")
                        .await?;
                    browser_holds(page, Some(&id)).await?;
                    // It keeps one without a value beside it.
                    page.delete_session_id().await?;
                    continue;
                }
                page.put_into_browser(LANE).await?;
                browser_holds(page, Some(value)).await?;
                page.browser_panel(LANE, NOT_EDITED).await?;
                let answers = page.send().await?;
                assert_eq!(answers.statuses(), [401, 200], "{value:?}");
                let said = &answers.stateful.sentence;
                assert_eq!(*said, next.sentence, "{value:?}");

                page.press_in(LANE, PUT_BACK).await?;
                page.holds(VALUE, &id).await?;
                page.would_meet(LANE, ACCEPTED).await?;
                page.put_into_browser(LANE).await?;
                browser_holds(page, Some(&id)).await?;
                let answers = page.send().await?;
                let said = &answers.stateful.sentence;
                assert_eq!(
                    answers.statuses(),
                    [200, 200],
                    "put back at {width} after {value:?}: {said}"
                );
            }
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "{over} px too wide at {width}: {outside}");
        }
        Ok(())
    })
}

#[test]
fn another_value_leaves_all_else_of_the_cookie_as_it_was() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        let before = page.session_cookie().await?;
        page.paste_over(VALUE, "another").await?;
        page.put_into_browser(LANE).await?;
        browser_holds(page, Some("another")).await?;
        let after = page.session_cookie().await?;
        assert_eq!(after.path, before.path);
        assert_eq!(after.path, page.site().folder());
        assert!(after.is_lax && !after.is_http_only, "{after:?}");
        let moved = (after.expires - before.expires).abs();
        assert!(moved < DRIFT_SECONDS, "{before:?}, then {after:?}");
        Ok(())
    })
}

#[test]
fn what_no_cookie_can_hold_is_said_in_words_before_and_after() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let id = signed_in(page).await?;
        let control = format!("{id}\u{1}");
        let huge = "z".repeat(5000);
        for (value, words) in [
            (control.as_str(), "it holds a control character"),
            (&huge, "4,096 are the limit"),
        ] {
            page.paste_over(VALUE, value).await?;
            page.would_meet(LANE, words).await?;
            page.press_in(LANE, PUT).await?;
            page.would_meet(LANE, words).await?;
            page.browser_panel(LANE, EDITED).await?;
            assert_eq!(page.filled(VALUE).await?, value);
            browser_holds(page, Some(&id)).await?;
            assert_eq!(page.send().await?.statuses(), [200, 200], "it was not put");
        }
        Ok(())
    })
}

/// In a cookie's line a semicolon ends the value: what follows would be attributes.
#[test]
fn a_semicolon_is_said_in_words_before_and_after() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let id = signed_in(page).await?;
        let before = page.session_cookie().await?;
        for value in [format!("{id};abc"), format!("{id}; Max-Age=0")] {
            page.paste_over(VALUE, &value).await?;
            page.browser_panel(LANE, "semicolon").await?;
            page.press_in(LANE, PUT).await?;
            page.browser_panel(LANE, "semicolon").await?;
            let after = page.session_cookie().await?;
            assert_eq!(after.value, id, "after {value:?}");
            assert_eq!(after.path, before.path, "after {value:?}");
        }
        Ok(())
    })
}

#[test]
fn changes_are_undone_and_made_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let id = signed_in(page).await?;
        page.paste_over(VALUE, "one").await?;
        page.paste_over(VALUE, "two").await?;
        page.press_in(LANE, "Undo").await?;
        page.holds(VALUE, "one").await?;
        page.enter(VALUE).await?;
        for (keys, value) in [
            (Key::Control + "z", id.as_str()),
            (Key::Control + Key::Shift + "z", "one"),
            (Key::Control + Key::Shift + "z", "two"),
            (Key::Control + Key::Shift + "z", "two"),
        ] {
            page.type_keys(keys).await?;
            page.holds(VALUE, value).await?;
        }
        page.would_meet(LANE, "holds 3 characters").await?;
        browser_holds(page, Some(&id)).await
    })
}

#[test]
fn a_deleted_cookie_is_gone_and_is_missed_by_the_server() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.press_in(LANE, "Delete it").await?;
        page.newest("deleted").await?;
        browser_holds(page, None).await?;
        page.browser_panel(LANE, "No cookie.").await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [401, 200]);
        let said = &answers.stateful.sentence;
        assert!(said.contains("carries no cookie sid"), "{said}");
        Ok(())
    })
}

#[test]
fn what_was_typed_outlives_a_new_sign_in_and_what_was_not_follows() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let first = signed_in(page).await?;
        page.sign_in().await?;
        let second = page.session_id().await?.expect("the cookie is there");
        assert_ne!(first, second);
        page.holds(VALUE, &second).await?;
        page.paste_over(VALUE, "mine").await?;
        page.sign_in().await?;
        page.browser_panel(LANE, EDITED).await?;
        page.holds(VALUE, "mine").await?;
        page.press_in(LANE, PUT_BACK).await?;
        let third = page.session_id().await?.expect("the cookie is there");
        page.holds(VALUE, &third).await?;
        page.put_session_id("by-hand").await?;
        page.holds(VALUE, "by-hand").await
    })
}
