//! The load simulation, run: at 1, 10 and 1,000 servers, twice the same, stopped, left, overloaded, and with nonsense.

use e2e::{DIE_IN_LAB, Failure, Page, PartView, Setup, figure, run};
use thirtyfour::Key;

/// So long a run that nobody waits for its end.
const ENDLESS: &str = "100000000";

/// All figures, as they stand.
fn figures(seen: &PartView) -> anyhow::Result<Vec<Vec<String>>> {
    let table = seen.table("The figures (modelled)")?;
    Ok(table.rows.iter().map(|row| row.cells.clone()).collect())
}

/// How the fleet is drawn: how many tiles and how many canvases there are.
async fn drawn(page: &Page) -> anyhow::Result<(u64, u64)> {
    let script = "return ['.load-tiles li', '.load-cells canvas'].map((it) => document.querySelectorAll(it).length)";
    let seen = page.script(script, Vec::new()).await?;
    Ok((
        seen[0].as_u64().unwrap_or_default(),
        seen[1].as_u64().unwrap_or_default(),
    ))
}

#[test]
fn a_load_runs_on_one_server_on_ten_and_on_a_thousand() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        load.results.says("Nothing was run yet").await?;
        for (preset, tiles, canvases, servers) in [
            ("one server", 2, 0, "1 server"),
            ("ten servers, one store", 20, 0, "10 servers"),
            ("a thousand servers", 0, 2, "1,000 servers"),
        ] {
            load.settings.choose("Preset", preset).await?;
            let seen = load.run().await?;
            let throughput = figure(&seen, "Answered a second")?;
            assert_eq!(throughput.len(), 2, "{throughput:?}");
            let reads = figure(&seen, "Store reads and writes")?;
            assert_ne!(reads[0], reads[1], "a session asks, a token does not");
            for figures in [
                "Latency, p50",
                "Latency, p99.9",
                "The servers’ utilisation",
                "Waiting for servers",
                "Failed",
                "Sessions lost",
                "Cost a month",
            ] {
                figure(&seen, figures)?;
            }
            let seen = load.results.says(&format!(" at {servers}")).await?;
            assert!(seen.text.contains("measured natively"), "{}", seen.text);
            assert_eq!(drawn(page).await?, (tiles, canvases), "{preset}");
        }
        Ok(())
    })
}

#[test]
fn the_same_seed_gives_the_same_run_and_another_one_another() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.fill("Requests", "40000").await?;
        let first = figures(&load.run().await?)?;
        load.settings.fill("Seed", "2").await?;
        let other = figures(&load.run().await?)?;
        assert_ne!(other, first);
        load.settings.fill("Seed", "1").await?;
        let again = figures(&load.run().await?)?;
        assert_eq!(again, first);
        Ok(())
    })
}

#[test]
fn a_run_can_be_stopped_and_left_and_says_when_its_worker_dies() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("made to fail");
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.fill("Requests", ENDLESS).await?;
        load.settings.press("Run").await?;
        let seen = load.results.says("The figures (modelled, so far)").await?;
        assert!(seen.text.contains("Lane A"), "{}", seen.text);

        // It goes on while another scene is shown, and the page answers meanwhile.
        page.go_to_store().await?;
        page.sign_member_in().await?;
        let load = page.go_to_load().await?;
        load.settings.says("Running.").await?;
        load.settings.press("Stop").await?;
        load.settings.says("Stopped. ").await?;
        load.results.says("The figures (modelled, so far)").await?;
        assert!(load.settings.is_idle("Stop").await?);

        page.site().before_worker(DIE_IN_LAB);
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.fill("Requests", ENDLESS).await?;
        load.settings.press("Run").await?;
        load.settings
            .says("The worker that ran it died, and with it the rest of the run")
            .await?;
        load.settings.fill("Requests", "20000").await?;
        load.sweep.press("Run the sweep").await?;
        load.sweep
            .says("A worker died, and with it the rest of the sweep")
            .await?;
        page.site().before_worker("");
        load.sweep.press("Try again").await?;
        load.sweep
            .is("all points", |seen| seen.says("Done: 8 points"))
            .await?;
        load.settings.press("Try again").await?;
        load.results.says("The figures (modelled, so far)").await?;
        load.settings.press("Stop").await?;
        load.settings.says("Stopped. ").await?;
        load.run().await?;
        Ok(())
    })
}

#[test]
fn overload_is_said_as_such_and_the_run_ends() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.fill("Rate λ", "4000").await?;
        load.settings.fill("Requests", "50000").await?;
        let seen = load.run().await?;
        let said = seen.text.matches("Overloaded: ").count();
        assert_eq!(said, 2, "both lanes: {}", seen.text);
        Ok(())
    })
}

#[test]
fn nonsense_stays_as_typed_and_is_not_run() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        page.unfold("More settings").await?;
        for (label, typed, good, said) in [
            ("Servers", "0", "10", "It takes 1 to 1,000 servers"),
            ("Servers", "1001", "10", "It takes 1 to 1,000 servers"),
            ("Servers", "2.5", "10", "a whole number"),
            ("Rate λ", "0", "1200", "A rate is more than 0"),
            ("Rate λ", "1e300", "1200", "A rate is more than 0"),
            ("Rate λ", "NaN", "1200", "A rate is more than 0"),
            ("Rate λ", "fast", "1200", "it takes a number"),
            (
                "Requests",
                "100",
                "100000",
                "Fewer requests must be left out",
            ),
            ("Patience", "-1", "10", "Patience is 0"),
            ("Connections", "0", "1", "1 to 10,000 connections"),
        ] {
            load.settings.fill(label, typed).await?;
            let field = load
                .settings
                .field_is(label, |field| field.is_wrong)
                .await?;
            assert_eq!(field.value, typed, "{label}");
            assert!(field.note.contains(said), "{field:?}");
            load.settings.press("Run").await?;
            load.settings.says("Not run: a field holds").await?;
            load.settings.fill(label, good).await?;
            load.settings
                .field_is(label, |field| !field.is_wrong)
                .await?;
        }
        load.settings.press("Add to the faults").await?;
        load.settings
            .says("Added: servers 1 to 3 down from 20 to 40 s")
            .await?;
        load.settings.fill("From server", "11").await?;
        load.settings.press("Add to the faults").await?;
        load.settings.says("concerns servers that exist").await?;
        load.settings
            .press_starting("Remove: servers 1 to 3")
            .await?;
        load.settings.says("Nothing goes wrong").await?;
        Ok(())
    })
}

#[test]
fn a_run_and_a_sweep_can_be_begun_and_stopped_by_keys() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.set_width(390).await?;
        page.open().await?;
        let load = page.go_to_load().await?;
        // The list of sections leads there.
        page.tab_to("Load simulation").await?;
        page.press_key(Key::Enter).await?;
        let focus = page.focus().await?;
        assert_eq!(focus.element, "h2", "{focus:?}");
        page.tab_to("Requests").await?;
        page.type_keys(Key::Control + "a").await?;
        page.type_text(ENDLESS).await?;
        let focus = page.tab_to("Run").await?;
        assert!(focus.is_visible, "no one sees the focus: {focus:?}");
        page.press_key(Key::Enter).await?;
        load.results.says("The figures (modelled, so far)").await?;
        assert_eq!(page.focus().await?.name, "Run");
        page.tab_to("Stop").await?;
        page.press_key(Key::Space).await?;
        load.settings.says("Stopped. ").await?;
        page.tab_to("Moment").await?;
        page.press_key(Key::Home).await?;
        load.results.says("At 0: ").await?;
        page.tab_to("Run the sweep").await?;
        page.press_key(Key::Enter).await?;
        load.sweep.says("Running on ").await?;
        page.tab_to("Stop the sweep").await?;
        page.press_key(Key::Enter).await?;
        load.sweep.says("Stopped after ").await?;
        Ok(())
    })
}
