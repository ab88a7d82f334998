//! The clock's “to the next expiry”: it lands where the next thing ends that someone is known by.

use e2e::{Answers, Failure, Lane, Page, Setup, Token, run, seconds_between, until};

const BUTTON: &str = "to the next expiry";
/// How long the page may take to move the clock.
const SLACK_SECONDS: i64 = 10;

/// Presses it, and sends. What both lanes answer.
async fn at_the_next(page: &Page) -> anyhow::Result<Answers> {
    page.move_clock(BUTTON).await?;
    page.press_for_request("Send to both", "GET /me").await
}

async fn can_press(page: &Page, wanted: bool) -> anyhow::Result<()> {
    until(
        &format!("“{BUTTON}” to be offered: {wanted}"),
        async || Ok((page.can_press(BUTTON).await? == wanted).then_some(())),
    )
    .await
}

#[test]
fn it_goes_from_one_end_to_the_next_until_nothing_is_left_to_end() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        assert!(!page.can_press(BUTTON).await?, "nothing can end yet");
        page.console(
            "playground.configure('a', { lifetimes: { idleTimeout: 600, absoluteTimeout: 3600 } })",
        )
        .await?;
        page.console("playground.configure('b', { lifetimes: { accessToken: 120 } })")
            .await?;
        page.press_for_request("Sign in to both", "POST /login")
            .await?;
        can_press(page, true).await?;
        let token = Token::read(&page.token().await?.unwrap_or_default())?;
        let expires = page.time_of_day(&token.payload["exp"]).await?;

        // The token ends first, and this very second.
        let seen = at_the_next(page).await?;
        assert_eq!(seen.statuses(), [200, 401], "{seen:#?}");
        let said = &seen.stateless.sentence;
        assert!(said.contains("The token expired"), "{said}");
        let moved = &page.past().await?.rows[1];
        let late = seconds_between(&expires, moved.time())?;
        assert!(
            (0..=SLACK_SECONDS).contains(&late),
            "{late} s after its end"
        );

        // Then the session, which was just used; the token has ended already and is passed over.
        let seen = at_the_next(page).await?;
        assert_eq!(seen.statuses(), [401, 401], "{seen:#?}");
        let said = &seen.stateful.sentence;
        assert!(said.contains("not used for too long"), "{said}");

        // Then the cookie, which lives as long as a session at most.
        assert!(page.session_id().await?.is_some());
        page.move_clock(BUTTON).await?;
        until("the cookie to go", async || {
            Ok(page.session_id().await?.is_none().then_some(()))
        })
        .await?;
        can_press(page, false).await?;
        page.move_clock("back to now").await?;
        can_press(page, true).await
    })
}

#[test]
fn refresh_tokens_end_too() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.console("playground.configure('a', 'stateless')")
            .await?;
        page.console(
            "playground.configure('b', { preset: 'hybrid', lifetimes: { refreshToken: 1000 } })",
        )
        .await?;
        page.press_for_request("Sign in to both", "POST /login")
            .await?;
        can_press(page, true).await?;
        // The short token; what is sent then brings another.
        let seen = at_the_next(page).await?;
        assert_eq!(seen.statuses(), [200, 200], "{seen:#?}");
        let before = &page.past().await?.rows[1];
        assert!(before.text().contains("POST /refresh"), "{before:?}");
        // Again the short one, then the other lane's token and, by their bound end, the refresh tokens.
        assert_eq!(at_the_next(page).await?.statuses(), [200, 200]);
        let seen = until("both lanes refused", async || {
            let seen = at_the_next(page).await?;
            Ok((seen.statuses() == [401, 401]).then_some(seen))
        })
        .await?;
        assert!(
            seen.stateful.sentence.contains("The token expired"),
            "{}",
            seen.stateful.sentence
        );
        page.lane_is(Lane::Stateless, "an expired family", |seen| {
            let newest = seen.families.first();
            newest.is_some_and(|row| row[3].contains("expired"))
        })
        .await?;
        Ok(())
    })
}
