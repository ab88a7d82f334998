//! Store, refresh tokens: families, and races played to their end.

use e2e::{Failure, Page, Part, PartView, Setup, run};

const REFRESH: &str = "Refresh tokens";

/// Signs the member in by the section's own button. The family that comes of it stands above all others.
async fn sign_in(part: &Part<'_>) -> anyhow::Result<()> {
    let first = |seen: &PartView| seen.tables.first().map(|it| it.caption.clone());
    let before = first(&part.view().await?);
    part.press("Sign the member in first").await?;
    part.is("that the member is signed in", |seen| {
        seen.says("Signed in") && (seen.tables.is_empty() || first(seen) != before)
    })
    .await?;
    Ok(())
}

/// Plays it to its end, step by step; then what stands there.
async fn play(part: &Part<'_>, events: usize) -> anyhow::Result<PartView> {
    part.is("the events", |seen| seen.items.len() == events)
        .await?;
    for event in 0..events {
        part.is("the next event", |seen| {
            seen.items[event].contains("(next)")
        })
        .await?;
        part.press("Step").await?;
        part.is("what the event came to", |seen| {
            !seen.items[event].contains("(next)")
        })
        .await?;
    }
    assert!(part.is_idle("Step").await?);
    part.view().await
}

/// The statuses of the answers, in the order in which they arrive.
fn statuses(seen: &PartView) -> Vec<u16> {
    let arrived = seen
        .items
        .iter()
        .filter(|it| it.contains(": the answer arrives"));
    let status = |item: &String| item.rsplit("Status ").next()?.trim().parse().ok();
    arrived.filter_map(status).collect()
}

/// From the start again, with someone signed in.
async fn again(part: &Part<'_>) -> anyhow::Result<()> {
    part.press("From the start").await?;
    part.is("the first event as the next", |seen| {
        seen.items[0].contains("(next)")
    })
    .await?;
    sign_in(part).await
}

#[test]
fn a_refresh_token_used_twice_ends_its_family_unless_there_is_a_grace_window() -> Result<(), Failure>
{
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let part = page.part(REFRESH);
        part.says("No refresh tokens. Sign in to a lane").await?;
        part.says("Neither lane has refresh tokens.").await?;
        part.press("Set lane B to Hybrid").await?;
        part.says("Played in lane B").await?;
        sign_in(&part).await?;
        let seen = part.says("current: the one to use").await?;
        assert_eq!(seen.table("Family")?.rows.len(), 1);

        // Two tabs: the second looks like a thief.
        let seen = play(&part, 6).await?;
        assert_eq!(statuses(&seen), [200, 401], "{seen:#?}");
        assert!(
            seen.items[3].contains("Its whole family is ended"),
            "{seen:#?}"
        );
        let seen = part
            .is("the family’s end", |seen| {
                seen.tables
                    .first()
                    .is_some_and(|it| it.caption.contains("ended at"))
            })
            .await?;
        assert!(seen.says("Status 401"), "it is read out: {seen:#?}");
        // The first tab's token goes on until it expires, and then there is no other.
        assert_eq!(page.statuses_of("/me").await?[1], 200);
        page.console("playground.clock(301)").await?;
        assert_eq!(page.statuses_of("/me").await?[1], 401);
        page.console("playground.clock(0)").await?;

        // The same with a grace window.
        page.scheme_of("B").fill("Grace window", "10").await?;
        again(&part).await?;
        let seen = play(&part, 6).await?;
        assert_eq!(statuses(&seen), [200, 200], "{seen:#?}");
        page.scheme_of("B").fill("Grace window", "0").await?;

        // A thief is first: the browser's own gives the theft away.
        part.choose("Scenario", "a thief with a copy is first")
            .await?;
        sign_in(&part).await?;
        let seen = play(&part, 6).await?;
        assert_eq!(statuses(&seen), [200, 401], "{seen:#?}");
        assert!(seen.items[4].contains("the thief"), "{seen:#?}");
        Ok(())
    })
}

#[test]
fn what_counts_for_a_request_on_its_way_is_what_is_there_when_it_arrives() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let part = page.part(REFRESH);
        part.choose("Scenario", "a session is killed").await?;
        part.says("Played in lane A").await?;
        interrupted(page, &part, "kills the session", "was killed").await?;

        part.choose("Scenario", "the server restarts").await?;
        part.says("a restart takes none of them along").await?;
        sign_in(&part).await?;
        let seen = play(&part, 4).await?;
        assert_eq!(statuses(&seen), [200], "the database remembers: {seen:#?}");
        part.press("Put them into the server’s memory").await?;
        part.press("From the start").await?;
        interrupted(page, &part, "restarts the server", "are gone").await
    })
}

/// What interrupts comes before the arrival, and then after it.
async fn interrupted(page: &Page, part: &Part<'_>, act: &str, words: &str) -> anyhow::Result<()> {
    sign_in(part).await?;
    let seen = play(part, 4).await?;
    assert!(seen.items[1].contains(act), "{seen:#?}");
    assert_eq!(statuses(&seen), [401], "{seen:#?}");

    again(part).await?;
    part.press("Move it after the arrival").await?;
    let seen = part
        .is("it after the arrival", |seen| seen.items[2].contains(act))
        .await?;
    assert!(seen.text.contains("Move it before the arrival"));
    let seen = play(part, 4).await?;
    assert_eq!(statuses(&seen), [200], "{seen:#?}");
    anyhow::ensure!(
        seen.items[2].contains(words) || seen.items[2].contains("is gone"),
        "{seen:#?}"
    );
    assert_eq!(page.statuses_of("/me").await?[0], 401);
    Ok(())
}
