//! The truth about signing out: who kept a copy of the ticket has nothing, who kept one of the passport has it until
//! it expires.

use e2e::{Answers, Failure, Lane, Page, Setup, run, until};

const COOKIE: &str = "Send the kept cookie";
const TOKEN: &str = "Send the kept token";

/// Signs in and out, so that both copies are offered.
async fn sign_in_and_out(page: &Page) -> anyhow::Result<()> {
    page.sign_in().await?;
    page.send().await?;
    page.sign_out().await?;
    offered(page, COOKIE).await?;
    offered(page, TOKEN).await
}

async fn offered(page: &Page, button: &str) -> anyhow::Result<()> {
    until(&format!("the offer “{button}”"), async || {
        Ok(page.offers(button).await?.then_some(()))
    })
    .await
}

/// What the lane of that copy shows of it.
async fn send_copy(page: &Page, button: &str) -> anyhow::Result<Answers> {
    let answers = page.press_for_answers(button).await?;
    let lane = if button == COOKIE {
        &answers.stateful
    } else {
        &answers.stateless
    };
    let told = lane
        .steps
        .iter()
        .any(|it| it.text.contains("by someone who kept it"));
    assert!(told, "{lane:#?}");
    page.newest("from a kept copy").await?;
    Ok(answers)
}

#[test]
fn after_sign_out_a_kept_cookie_is_worthless_and_a_kept_token_works() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            assert!(!page.offers(COOKIE).await? && !page.offers(TOKEN).await?);
            page.sign_in().await?;
            let id = page.session_id().await?.unwrap_or_default();
            let token = page.token().await?.unwrap_or_default();
            assert!(!page.offers(COOKIE).await? && !page.offers(TOKEN).await?);
            page.sign_out().await?;
            offered(page, COOKIE).await?;

            let seen = send_copy(page, COOKIE).await?.stateful;
            assert_eq!(seen.status_code(), 401, "{seen:#?}");
            let said = &seen.sentence;
            assert!(said.contains("No session has this ID"), "{said}");
            let seen = send_copy(page, TOKEN).await?.stateless;
            assert_eq!(seen.status_code(), 200, "{seen:#?}");
            assert!(seen.sentence.contains("user #42"), "{}", seen.sentence);

            // The very bytes, and the browser holds them no more.
            page.unfold("Request and response as sent").await?;
            let seen = page.answers().await?;
            let cookie = format!("Cookie: sid={id}");
            assert!(
                seen.stateful.request.contains(&cookie),
                "{}",
                seen.stateful.request
            );
            let bearer = format!("Authorization: Bearer {token}");
            assert!(
                seen.stateless.request.contains(&bearer),
                "{}",
                seen.stateless.request
            );
            assert_eq!(page.session_id().await?, None);
            assert_eq!(page.token().await?, None);
            assert_eq!(page.send().await?.statuses(), [401, 401]);
        }
        Ok(())
    })
}

#[test]
fn how_long_the_token_still_works_is_counted_down_and_then_it_is_over() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        sign_in_and_out(page).await?;
        let first = remaining_seconds(page).await?;
        assert!((600..=900).contains(&first), "{first} s of 15 min");
        until("the countdown to move", async || {
            Ok((remaining_seconds(page).await? < first).then_some(()))
        })
        .await?;
        page.move_clock("+1 min").await?;
        until("the countdown to follow the clock", async || {
            Ok((remaining_seconds(page).await? <= first - 60).then_some(()))
        })
        .await?;
        assert_eq!(send_copy(page, TOKEN).await?.stateless.status_code(), 200);

        page.move_clock("+15 min").await?;
        page.says("It has expired").await?;
        let seen = send_copy(page, TOKEN).await?.stateless;
        assert_eq!(seen.status_code(), 401, "{seen:#?}");
        assert!(
            seen.sentence.contains("The token expired"),
            "{}",
            seen.sentence
        );
        let (failed, _) = seen.failure()?;
        assert!(failed.text.contains("expired"), "{failed:#?}");
        Ok(())
    })
}

/// In “It works for another 14:59 min, no matter who signs out.”
async fn remaining_seconds(page: &Page) -> anyhow::Result<i64> {
    until("how long it still works", async || {
        let said = page.answers().await?.stateless.in_the_browser;
        let time = said
            .split_once("It works for another ")
            .and_then(|(_, rest)| rest.split_once(" min"))
            .and_then(|(time, _)| time.split_once(':'));
        Ok(match time {
            Some((minutes, seconds)) => {
                Some(minutes.parse::<i64>()? * 60 + seconds.parse::<i64>()?)
            }
            None => None,
        })
    })
    .await
}

#[test]
fn an_idle_session_is_refused_by_the_server_itself() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.move_clock("+15 min").await?;
        page.move_clock("+1 min").await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [401, 401], "{answers:#?}");
        let said = &answers.stateful.sentence;
        assert!(said.contains("not used for too long"), "{said}");
        let said = &answers.stateless.sentence;
        assert!(said.contains("The token expired"), "{said}");
        Ok(())
    })
}

/// The browser drops the cookie at its Max-Age; the server would refuse it all the same.
#[test]
fn a_cookie_that_the_browser_dropped_is_refused_by_the_server_too() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        for _ in 0..8 {
            page.move_clock("+1 h").await?;
        }
        page.move_clock("+1 min").await?;
        until("the browser to drop the cookie", async || {
            Ok(page.session_id().await?.is_none().then_some(()))
        })
        .await?;
        let answers = page.send().await?;
        let said = &answers.stateful.sentence;
        assert!(said.contains("carries no cookie sid"), "{said}");
        offered(page, COOKIE).await?;
        let seen = send_copy(page, COOKIE).await?.stateful;
        assert_eq!(seen.status_code(), 401, "{seen:#?}");
        let (failed, _) = seen.failure()?;
        let why = [
            "greatest age",
            "not used for too long",
            "No session has this ID",
        ];
        let said = why.iter().any(|words| failed.text.contains(words));
        assert!(said, "{failed:#?}");
        Ok(())
    })
}

#[test]
fn no_copy_is_offered_of_what_the_browser_holds_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        sign_in_and_out(page).await?;
        page.sign_in().await?;
        until("both offers gone", async || {
            let gone = !page.offers(COOKIE).await? && !page.offers(TOKEN).await?;
            Ok(gone.then_some(()))
        })
        .await?;
        let held = page.answers().await?;
        for lane in Lane::BOTH {
            let said = &held.lane(lane).in_the_browser;
            assert!(!said.contains("let go"), "{said}");
        }
        Ok(())
    })
}
