//! A short token in memory and a refresh token in a cookie: what page script does about a token that is gone or has expired.

use crate::scheme_places::names_of;
use crate::schemes::{ask, sign_in};
use e2e::{Failure, Lane, Page, Setup, run};

/// What was asked last, newest first.
async fn asked_of_late(page: &Page, count: usize) -> anyhow::Result<Vec<String>> {
    let rows = page.past().await?.rows.into_iter().take(count);
    Ok(rows.map(|row| row.cells[1..].join(" ")).collect())
}

#[test]
fn the_hybrids_token_is_in_memory_alone_and_comes_back_by_a_silent_refresh() -> Result<(), Failure>
{
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_scheme(Lane::Stateless, "Hybrid").await?;
        sign_in(page).await?;
        let token = page.filled("Access token").await?;
        assert!(token.starts_with("ey"), "{token}");
        let kept = page.kept().await?;
        assert_eq!(names_of(&kept), ["sid"], "a token is in no storage");
        let signed_in = page.last_exchange(Lane::Stateless).await?;
        let line = signed_in["cookies"][0]["line"].as_str().unwrap_or_default();
        for words in [
            "refresh_token=",
            "; Path=/sub/refresh",
            "; Max-Age=604800",
            "; HttpOnly",
            "; SameSite=Strict",
        ] {
            assert!(line.contains(words), "{words}: {line}");
        }
        assert_eq!(ask(page).await?.statuses(), [200, 200]);
        let late = asked_of_late(page, 2).await?;
        assert!(late[1].contains("/login"), "nothing to refresh: {late:?}");

        // Gone with the page, and brought back before it is missed.
        page.reload().await?;
        page.says("No token. After sign-in it stands here, and in memory")
            .await?;
        refreshed_before(page, 2).await?;
        let second = page.filled("Access token").await?;
        assert_ne!(second, token);

        // It has expired by the clock, not a second before.
        page.console("playground.clock(240)").await?;
        assert_eq!(ask(page).await?.statuses(), [200, 200]);
        let late = asked_of_late(page, 2).await?;
        assert!(late[1].contains("The clock was moved"), "{late:?}");
        page.console("playground.clock(310)").await?;
        refreshed_before(page, 3).await?;
        assert_ne!(page.filled("Access token").await?, second);

        // By hand as well.
        let before = page.answers().await?.number;
        page.press("Refresh the token").await?;
        let seen = page.answers_after(before).await?.stateless;
        assert!(seen.sentence.starts_with("Refreshed"), "{seen:#?}");
        assert_eq!(seen.cost("Store reads")?, "1", "{seen:#?}");
        has_family_of(page, 4, "ends in").await?;

        // Refused once, it is not tried again until the next sign-in.
        page.sign_out().await?;
        page.says("No refresh token. Sign-in sets one in the cookie")
            .await?;
        assert_eq!(ask(page).await?.statuses(), [401, 401]);
        let late = asked_of_late(page, 2).await?;
        assert!(
            late[1].contains("/refresh") && late[1].contains("401"),
            "{late:?}"
        );
        assert_eq!(ask(page).await?.statuses(), [401, 401]);
        let late = asked_of_late(page, 2).await?;
        assert!(late[1].contains("GET /me"), "{late:?}");
        has_family_of(page, 4, "ended").await?;
        sign_in(page).await?;
        page.reload().await?;
        assert_eq!(ask(page).await?.statuses(), page.after_new_start());
        Ok(())
    })
}

/// Sends, and makes sure that a refresh went before, as an exchange of its own in this lane alone. The family then has
/// that many tokens.
async fn refreshed_before(page: &Page, tokens: u32) -> anyhow::Result<()> {
    let seen = ask(page).await?;
    assert_eq!(seen.statuses(), [200, 200], "{seen:#?}");
    let rows = page.past().await?.rows;
    let refresh = &rows[1];
    assert!(refresh.text().contains("POST /refresh"), "{refresh:?}");
    let [left, right] = refresh.statuses();
    assert!(!left.contains("200") && right == "✓ 200", "{refresh:?}");
    has_family_of(page, tokens, "ends in").await
}

/// Waits until the right lane's server shows one family with so many tokens, the newest first, and its state.
async fn has_family_of(page: &Page, tokens: u32, state: &str) -> anyhow::Result<()> {
    let what = format!("a family of {tokens}, {state}");
    page.lane_is(Lane::Stateless, &what, |seen| {
        let newest = seen.families.first();
        newest.is_some_and(|row| row[2] == tokens.to_string() && row[3].contains(state))
    })
    .await?;
    Ok(())
}
