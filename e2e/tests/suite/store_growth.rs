//! Store, growth: filling, measuring, undoing, and what ends a filling before its time.

use e2e::{DIE_ON_CALL, Failure, Page, Part, PartView, Setup, run};

/// Room for some slices, in octets.
const SMALL_DISK: u64 = 24 * 1024 * 1024;

/// The number before that word, in what is said of a filling.
fn number_before(seen: &PartView, word: &str) -> Option<u64> {
    let said = seen.said.iter().find(|it| it.contains(word))?;
    let number = said.split(word).next()?.trim().rsplit(' ').next()?;
    number.replace(',', "").parse().ok()
}

/// Waits until a filling is under way that has added something.
async fn under_way(growth: &Part<'_>) -> anyhow::Result<()> {
    growth
        .is("a filling under way", |seen| {
            number_before(seen, " rows added").is_some_and(|rows| rows > 0) && !seen.says("Done.")
        })
        .await?;
    Ok(())
}

/// How many rows the sessions table has, as SQLite counts them.
async fn counted(page: &Page) -> anyhow::Result<u64> {
    let seen = page
        .console("playground.sql('SELECT count(*) FROM sessions')")
        .await?;
    Ok(seen["rows"][0][0].as_u64().unwrap_or_default())
}

#[test]
fn the_store_grows_is_measured_and_shrinks_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        page.sign_member_in().await?;
        let growth = page.part("Growth");
        growth.says("Nothing was measured yet").await?;
        growth.says("No batch was filled in").await?;
        growth.press("Fill to 10,000").await?;
        let seen = growth
            .says("Done. 10,000 sessions; 9,999 rows added in")
            .await?;
        assert!(seen.says("rows a second (measured)"), "{seen:#?}");
        assert_eq!(counted(page).await?, 10_000);

        let seen = growth.says("Batches (counted)").await?;
        assert_eq!(seen.table("Batches")?.column("rows")?, ["9,999"]);
        let numbers = seen.table("The chart in numbers")?;
        assert_eq!(numbers.column("sessions")?, ["1,000", "10,000"]);
        for name in ["a lookup", "all checks of a token"] {
            let all = numbers.column(name)?;
            assert!(all.iter().all(|it| it.ends_with("µs")), "{all:?}");
        }
        assert!(seen.text.contains("of pages in its cache"), "{}", seen.text);
        let chart = page
            .script(
                "const chart = document.querySelector('figure svg[role=img]');
                 return [chart.getAttribute('aria-label'), chart.querySelectorAll('circle').length, chart.querySelector('title').textContent]",
                Vec::new(),
            )
            .await?;
        assert_eq!(chart[1], 4, "two sizes, two lines: {chart}");
        assert_eq!(chart[0], chart[2], "{chart}");

        page.part("Tables").says("sessions: 10,000 rows").await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        growth.press("Fill to 10,000").await?;
        growth.says("There are 10,000 sessions already.").await?;
        growth.press("Undo batch 1").await?;
        growth.says("Batch 1 is gone. 1 session").await?;
        growth.says("No batch was filled in").await?;
        assert_eq!(counted(page).await?, 1);
        assert_eq!(
            page.statuses_of("/me").await?,
            [200, 200],
            "who was there is still there"
        );
        growth.press("Measure now").await?;
        let seen = growth
            .is("a measurement at the present size", |seen| {
                seen.table("The chart in numbers")
                    .is_ok_and(|it| it.rows.len() == 3)
            })
            .await?;
        assert_eq!(
            seen.table("The chart in numbers")?.column("sessions")?[0],
            "1"
        );
        Ok(())
    })
}

#[test]
fn a_filling_can_be_cancelled_and_what_was_added_undone() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let growth = page.part("Growth");
        assert!(growth.is_idle("Cancel").await?);
        growth.press("Fill to 1,000,000").await?;
        under_way(&growth).await?;
        // The server answers others meanwhile.
        page.sign_member_in().await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        assert!(growth.is_idle("Fill to 10,000").await?);
        growth.press("Cancel").await?;
        let seen = growth.says("Cancelled between two slices").await?;
        let sessions = number_before(&seen, " sessions;").unwrap_or_default();
        assert!((1..1_000_000).contains(&sessions), "{seen:#?}");
        assert!(growth.is_idle("Cancel").await?);
        growth.press("Undo batch 1").await?;
        growth.says("Batch 1 is gone. 1 session").await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        Ok(())
    })
}

#[test]
fn a_worker_that_dies_in_a_filling_keeps_the_slices_before() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("made to fail");
        page.site().before_worker(DIE_ON_CALL);
        page.open().await?;
        page.site().before_worker("");
        page.go_to_store().await?;
        let growth = page.part("Growth");
        page.sign_member_in().await?;
        growth.press("Fill to 1,000,000").await?;
        under_way(&growth).await?;
        page.kill_worker().await?;
        let seen = growth.says("The filling stopped at").await?;
        assert!(
            seen.says("The server died before it answered."),
            "{seen:#?}"
        );
        page.banner("The server died and was started again").await?;
        let seen = growth.says("Batches (counted)").await?;
        let said = number_before(&seen, " sessions. ").unwrap_or_default();
        let kept = counted(page).await?;
        assert!(
            kept >= said && kept > 1,
            "{kept} rows, said {said}: {seen:#?}"
        );
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        growth.press("Undo batch 1").await?;
        growth.says("Batch 1 is gone. 1 session").await?;
        Ok(())
    })
}

#[test]
fn a_full_disk_ends_a_filling_and_nothing_is_lost() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let growth = page.part("Growth");
        page.sign_member_in().await?;
        page.limit_site_data(SMALL_DISK).await?;
        growth.press("Fill to 1,000,000").await?;
        let seen = growth.says("The filling stopped at").await?;
        let said = number_before(&seen, " sessions. ").unwrap_or_default();
        assert!(said > 1, "{seen:#?}");
        assert!(seen.says("what earlier ones added stays"), "{seen:#?}");
        assert_eq!(
            counted(page).await?,
            said,
            "the last slice left nothing behind"
        );
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        // Room is made without more room.
        growth.press("Undo batch 1").await?;
        growth.says("Batch 1 is gone. 1 session").await?;
        page.sign_member_in().await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        Ok(())
    })
}
