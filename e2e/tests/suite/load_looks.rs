//! The load simulation: what it looks like, empty, full and wrong.

use crate::looks::look;
use e2e::{Failure, Setup, run};

#[test]
fn the_load_simulation_is_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.fill("Servers", "none").await?;
        page.unfold("More settings").await?;
        look(page, "load-empty").await
    })
}

#[test]
fn the_load_simulation_is_accessible_when_full() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let load = page.go_to_load().await?;
        load.settings.choose("Preset", "three servers die").await?;
        load.run().await?;
        page.unfold("The charts as a table").await?;
        load.sweep.fill("Points", "3").await?;
        load.sweep.press("Run the sweep").await?;
        load.sweep
            .is("all points", |seen| seen.says("Done: "))
            .await?;
        load.trust.press("Check against theory here").await?;
        load.trust.says("✓ inside").await?;
        load.trust.press("Stop the check").await?;
        look(page, "load-full").await
    })
}
