//! The one clock: moved by a button, and cookie jar, sessions and tokens follow.

use e2e::{Answers, Failure, Page, Setup, run, seconds_between};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// How long the steps of a test may take between two looks at the clock.
const SLACK_SECONDS: i64 = 60;

/// The time of day that the clock shows.
async fn time(page: &Page) -> anyhow::Result<String> {
    let clock = page.clock().await?;
    Ok(clock.chars().take(8).collect())
}

#[test]
fn it_runs_and_its_buttons_move_it_and_it_says_by_how_much() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            let start = time(page).await?;
            e2e::until("the next second", async || {
                Ok((time(page).await? != start).then_some(()))
            })
            .await?;
            for (button, offset, seconds) in [
                ("+1 min", "+1 min +1 min", MINUTE),
                ("+15 min", "+16 min", 16 * MINUTE),
                ("+1 h", "+1 h 16 min", HOUR + 16 * MINUTE),
                ("back to now", "", 0),
            ] {
                page.move_clock(button).await?;
                let clock = page.clock().await?;
                assert!(clock.contains(offset), "{button}: {clock}");
                let moved = seconds_between(&start, &time(page).await?)?;
                let slack = moved - seconds;
                assert!((0..SLACK_SECONDS).contains(&slack), "{button}: {moved} s");
                let (over, outside) = page.overflow().await?;
                assert!(over <= 0, "{button} at {width}: {over} px: {outside}");
            }
        }
        Ok(())
    })
}

/// What is done again and again is done no more: the clock is then set by what happens alone.
const NOTHING_RECURS: &str = "window.setInterval = () => 0;";

#[test]
fn the_clock_does_not_stay_behind_the_newest_event() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.before_each_load(NOTHING_RECURS);
        page.open().await?;
        let begun = time(page).await?;
        e2e::until("a second that the clock does not show", async || {
            let now = page.script("return Math.floor(Date.now() / 1000)", Vec::new());
            Ok((page.time_of_day(&now.await?).await? != begun).then_some(()))
        })
        .await?;
        assert_eq!(time(page).await?, begun, "nothing sets it");
        page.send().await?;
        let newest = page.newest("GET /me").await?;
        e2e::until("the clock to be at the newest event", async || {
            let clock = time(page).await?;
            let since = seconds_between(newest.time(), &clock)?;
            anyhow::ensure!(since < HOUR, "it is {clock} before {}", newest.time());
            Ok(Some(()))
        })
        .await
    })
}

#[test]
fn idle_timeout_and_expiry_follow_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let idle = |answers: &Answers| answers.stateful.sessions[0][3].clone();
        let seen = page
            .console_for_answers("playground.sendToBoth('/me').then(() => null)")
            .await?
            .1;
        let first = idle(&seen);

        // Used in between, a session goes on; a token ends when it ends.
        for _ in 0..10 {
            page.move_clock("+1 min").await?;
        }
        let used = page.send().await?;
        assert_eq!(used.statuses(), [200, 200], "{used:#?}");
        assert_eq!(
            used.stateful.cost("Store writes")?,
            "1",
            "the last use is written down"
        );
        let later = e2e::until("the later end", async || {
            let end = idle(&page.answers().await?);
            Ok((end != first).then_some(end))
        })
        .await?;
        let moved = seconds_between(&first, &later)?;
        assert!((9 * MINUTE..12 * MINUTE).contains(&moved), "{moved} s");

        for _ in 0..6 {
            page.move_clock("+1 min").await?;
        }
        let seen = page.send().await?;
        assert_eq!(seen.statuses(), [200, 401], "{seen:#?}");
        let said = &seen.stateless.sentence;
        assert!(said.contains("The token expired"), "{said}");

        page.move_clock("+15 min").await?;
        page.move_clock("+1 min").await?;
        let seen = page.send().await?;
        assert_eq!(seen.statuses(), [401, 401], "{seen:#?}");
        let said = &seen.stateful.sentence;
        assert!(said.contains("not used for too long"), "{said}");
        Ok(())
    })
}

#[test]
fn back_to_now_an_expired_token_is_good_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.move_clock("+1 h").await?;
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        page.move_clock("back to now").await?;
        let answers = page.send().await?;
        assert_eq!(answers.stateless.status_code(), 200, "{answers:#?}");

        // Signed in an hour ahead, and reloaded: it is now again, and what was issued later is good.
        page.move_clock("+1 h").await?;
        page.sign_in().await?;
        page.reload().await?;
        assert_eq!(
            page.clock().await?.matches("+1 h").count(),
            1,
            "the button alone"
        );
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn the_cookie_ends_with_its_max_age() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        for _ in 0..7 {
            page.move_clock("+1 h").await?;
        }
        assert!(
            page.session_id().await?.is_some(),
            "it lives for eight hours"
        );
        page.move_clock("+1 h").await?;
        page.move_clock("+1 min").await?;
        e2e::until("the cookie to go", async || {
            Ok(page.session_id().await?.is_none().then_some(()))
        })
        .await?;
        page.says("No cookie.").await?;
        assert!(
            page.token().await?.is_some(),
            "localStorage has no end of its own"
        );
        Ok(())
    })
}
