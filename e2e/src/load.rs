//! The load simulation: the way there, and what a run and a sweep came to.

use crate::page::Page;
use crate::part::{Part, PartView};
use anyhow::Context;

impl Page {
    /// Goes to the load simulation, in the scene Fleet.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn go_to_load(&self) -> anyhow::Result<Load<'_>> {
        self.go_to_scene("Fleet").await?;
        let load = self.load();
        load.settings
            .says("The same seed gives the same run")
            .await?;
        Ok(load)
    }

    /// The load simulation's sections.
    pub fn load(&self) -> Load<'_> {
        Load {
            settings: self.part("Load simulation"),
            results: self.part("What came of it"),
            sweep: self.part("Sweep"),
            trust: self.part("Why to trust it"),
        }
    }
}

/// The load simulation's sections.
pub struct Load<'a> {
    /// What is to be run.
    pub settings: Part<'a>,
    /// What came of it.
    pub results: Part<'a>,
    /// A sweep.
    pub sweep: Part<'a>,
    /// What is held against it.
    pub trust: Part<'a>,
}

impl Load<'_> {
    /// Runs what is set, to its end; then what came of it.
    ///
    /// # Errors
    /// Where it never ends.
    pub async fn run(&self) -> anyhow::Result<PartView> {
        self.settings.press("Run").await?;
        self.settings
            .is("a run that is over", |seen| seen.says("Done. "))
            .await?;
        self.results
            .is("figures of all of it", |seen| {
                seen.table("The figures (modelled)").is_ok()
            })
            .await
    }
}

/// A figure of each lane, by the start of its name.
///
/// # Errors
/// Where there is none.
pub fn figure(seen: &PartView, name: &str) -> anyhow::Result<Vec<String>> {
    let table = seen.table("The figures (modelled")?;
    let row = table
        .rows
        .iter()
        .find(|row| row.cells.first().is_some_and(|it| it.starts_with(name)));
    let row = row.with_context(|| format!("no figure “{name}”: {table:#?}"))?;
    Ok(row.cells.iter().skip(1).cloned().collect())
}
