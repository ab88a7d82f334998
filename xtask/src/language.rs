//! The page's second language: its texts as the build places them, and what holds of them. Its keys are the English texts
//! of the page's sources.

use crate::place_worker::name_for;
use anyhow::Context;
use std::fs;
use std::path::Path;

/// Where its files are, in the sources and in the build.
pub(crate) const FOLDER: &str = "language/";
/// What says the page in it, and the texts.
const PROGRAM: &str = "translate.js";
const TEXTS: &str = "de.json";

/// Names its files by their contents, the texts without the space between them. Returns both names, below the page.
pub(crate) fn place(staging: &Path) -> anyhow::Result<String> {
    let folder = staging.join(FOLDER);
    let read = |name: &str| {
        fs::read(folder.join(name)).with_context(|| format!("there is no {FOLDER}{name}"))
    };
    let texts: serde_json::Value = serde_json::from_slice(&read(TEXTS)?)?;
    let mut names = Vec::new();
    for (old, contents) in [
        (PROGRAM, read(PROGRAM)?),
        (TEXTS, serde_json::to_vec(&texts)?),
    ] {
        let (stem, ending) = old.split_once('.').context("a name with an ending")?;
        let name = format!("{stem}-{}.{ending}", name_for(&[&contents]));
        fs::write(folder.join(&name), contents)?;
        fs::remove_file(folder.join(old))?;
        names.push(format!("{FOLDER}{name}"));
    }
    Ok(names.join(" "))
}
