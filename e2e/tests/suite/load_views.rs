//! The load simulation, looked at: charts by pointer and keys, the table, the picture, files, sweeps, theory, links.

use anyhow::{Context, anyhow};
use e2e::{Failure, Folder, Setup, run, until};
use thirtyfour::Key;

#[test]
fn charts_are_read_by_keys_and_as_a_table_and_saved() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.save_files_in(&folder).await?;
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.choose("Preset", "the store dies").await?;
        load.run().await?;
        let seen = load
            .results
            .says("⚠ 1: the store down from 30 to 60 s")
            .await?;
        assert!(
            seen.text.contains("of the requests failed: "),
            "{}",
            seen.text
        );

        // The moment goes with the arrow keys, and all charts show it.
        let focus = page.tab_to("Answered a second").await?;
        assert!(focus.is_visible, "{focus:?}");
        page.press_key(Key::Home).await?;
        load.results.says("At 0: A ").await?;
        let readouts = "return [...document.querySelectorAll('.load-readout')].map((it) => it.textContent.split(':')[0])";
        let first = page.script(readouts, Vec::new()).await?;
        page.press_key(Key::Right).await?;
        let second = until("another moment", async || {
            let seen = page.script(readouts, Vec::new()).await?;
            Ok((seen != first).then_some(seen))
        })
        .await?;
        let all = second.as_array().context("some charts")?;
        assert_eq!(all.len(), 6, "{all:?}");
        assert!(all.iter().all(|it| *it == all[0]), "{all:?}");

        page.unfold("The charts as a table").await?;
        let seen = load.results.says("Pieces of time 1 to 24 of").await?;
        let table = seen.table("Pieces of time")?;
        assert_eq!(table.rows.len(), 24);
        assert_eq!(table.columns.len(), 19, "{:?}", table.columns);
        load.results.press("Later").await?;
        load.results.says("Pieces of time 25 to").await?;

        load.results.press("Save as SVG").await?;
        let (_, svg) = folder.saved("load-chart-answered.svg").await?;
        let svg = String::from_utf8(svg)?;
        assert!(
            svg.contains("<path") && svg.contains("stroke=\"#"),
            "{svg:.300}"
        );
        assert!(!svg.contains("class="), "it knows no styles: {svg:.300}");
        for said in [
            "Answered a second, by simulated time (modelled)",
            "Lane A: amber",
        ] {
            assert!(
                svg.contains(said),
                "on its own it says what it is: {svg:.300}"
            );
        }
        load.results.choose("Chart", "Latency").await?;
        load.results.press("Save as PNG").await?;
        let (_, png) = folder.saved("load-chart-latency.png").await?;
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        load.results.press("Save the series as CSV").await?;
        let (_, csv) = folder.saved("load.csv").await?;
        let csv = String::from_utf8(csv)?;
        assert!(csv.starts_with("lane,at,seconds,arrived"), "{csv:.80}");
        assert!(csv.contains("\r\nB,"), "both lanes");
        load.results.press("Save all as JSON").await?;
        let (_, json) = folder.saved("load.json").await?;
        let json: serde_json::Value = serde_json::from_slice(&json)?;
        assert_eq!(json["isComplete"], true);
        Ok(())
    })
}

#[test]
fn the_picture_plays_pauses_and_goes_step_by_step() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.choose("Preset", "three servers die").await?;
        load.run().await?;
        let place = "return Number(document.querySelector('#load-moment').value)";
        let last = page.script(place, Vec::new()).await?.as_f64();
        load.results.press("‹ One moment back").await?;
        until("a moment before", async || {
            let now = page.script(place, Vec::new()).await?.as_f64();
            Ok((now == last.map(|it| it - 1.0)).then_some(()))
        })
        .await?;
        load.results.choose("Speed", "4").await?;
        load.results.press("› One moment on").await?;
        load.results.press("Play").await?;
        load.results.says("3 dead").await?;
        load.results.press("Pause").await?;
        load.results
            .is("a pause", |seen| seen.text.contains("Play"))
            .await?;

        load.settings.choose("Preset", "a thousand servers").await?;
        load.settings.fill("Requests", "200000").await?;
        load.run().await?;
        load.results.says("erver 1 ").await?;
        page.tab_to("The servers: a cell each, filled by how many requests are there")
            .await?;
        page.press_key(Key::Down).await?;
        page.press_key(Key::Right).await?;
        load.results.says("erver 42 ").await?;
        Ok(())
    })
}

/// The same sweep run here, from the settings of the page's link.
fn swept_natively(settings: &str) -> anyhow::Result<String> {
    let varied = protocol::Varied::Rate;
    let run = scenario::from_text(settings)?;
    let runs = scenario::sweep_points(&run, varied, 300.0, 2600.0, 7)?;
    let mut points = Vec::new();
    simulation::sweep(&runs, |point| points.push(point)).map_err(|why| anyhow!("{why:?}"))?;
    let knees = simulation::knees(varied, &points);
    Ok(scenario::sweep_csv(varied, &points, &knees))
}

#[test]
fn a_sweep_marks_its_knee_and_names_the_native_command() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.save_files_in(&folder).await?;
        page.open().await?;
        let load = page.go_to_load().await?;
        load.sweep.says("Nothing was swept yet").await?;
        load.settings.fill("Requests", "30000").await?;
        load.sweep.choose("Vary", "the rate").await?;
        load.sweep.fill("From value", "300").await?;
        load.sweep.fill("To value", "2600").await?;
        load.sweep.fill("Points", "7").await?;
        load.sweep
            .says("--vary rate --from 300 --to 2600 --points 7")
            .await?;
        load.sweep.press("Run the sweep").await?;
        let seen = load
            .sweep
            .is("all points", |seen| seen.says("Done: 7 points on "))
            .await?;
        assert!(seen.text.contains("The knee is at"), "{}", seen.text);
        assert!(
            seen.text.contains("What limits there: the servers"),
            "{}",
            seen.text
        );
        let table = seen.table("The points")?;
        assert_eq!(table.rows.len(), 7);
        let limits = table.column("A: limit")?;
        assert_eq!(
            limits.iter().filter(|it| it.contains("knee")).count(),
            1,
            "{limits:?}"
        );
        load.sweep.press("Save the points as CSV").await?;
        let (_, csv) = folder.saved("sweep.csv").await?;
        let csv = String::from_utf8(csv)?;
        assert_eq!(csv.lines().count(), 15, "a header, two lanes: {csv}");
        assert_eq!(csv, swept_natively("requests:30000")?);

        for (from, to, points, words) in [
            ("0", "10", "5", "from a positive number to a larger one"),
            ("5", "ten", "5", "from a positive number to a larger one"),
            ("300", "1900", "1", "a sweep has from 2 to 200 points"),
            ("300", "1e9", "5", "A rate is more than 0"),
        ] {
            load.sweep.fill("From value", from).await?;
            load.sweep.fill("To value", to).await?;
            load.sweep.fill("Points", points).await?;
            load.sweep.press("Run the sweep").await?;
            load.sweep.says(words).await?;
        }
        Ok(())
    })
}

#[test]
fn theory_lies_inside_what_is_simulated() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        load.trust.says("What the model leaves out").await?;
        load.trust.press("Check against theory here").await?;
        let seen = load
            .trust
            .is("all systems", |seen| seen.says("Done: theory lies inside"))
            .await?;
        let table = seen.table("Theory and simulation")?;
        let systems = table.column("system")?;
        for system in ["M/M/1", "M/M/10", "M/D/1", "M/G/1"] {
            assert!(
                systems.iter().any(|it| it.starts_with(system)),
                "{systems:?}"
            );
        }
        let inside = table.column("theory is")?;
        let outside = inside.iter().filter(|it| it.contains("outside")).count();
        assert!(outside <= 1, "{table:#?}");
        Ok(())
    })
}

#[test]
fn a_link_holds_the_settings_and_a_bad_one_changes_nothing() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.fill("Servers", "17").await?;
        load.settings.fill("Seed", "99").await?;
        let link = page
            .script(
                "return document.querySelector('.load-share a').getAttribute('href')",
                Vec::new(),
            )
            .await?;
        let link = link.as_str().context("a link")?.to_owned();
        load.settings.choose("Preset", "one server").await?;
        page.follow(&link).await?;
        load.settings
            .says("The link’s load settings are in force")
            .await?;
        load.settings
            .field_is("Servers", |it| it.value == "17")
            .await?;
        load.settings
            .field_is("Seed", |it| it.value == "99")
            .await?;
        for (text, words) in [
            ("servers:0", "out of range"),
            ("servers:9999", "out of range"),
            ("nonsense:1", "no setting “nonsense”"),
            ("servers:many", "can’t be read"),
        ] {
            page.follow(&format!("#/fleet?load={text}")).await?;
            load.settings.says(words).await?;
            load.settings.says("Yours are unchanged").await?;
            load.settings
                .field_is("Servers", |it| it.value == "17")
                .await?;
        }
        Ok(())
    })
}
