//! Splits the programs in WebAssembly: what one scene alone needs, or the console, or the worker's database, goes into a
//! part of its own, which is fetched when it is first asked for. The programs' own `wasm_split` attributes say where.
//!
//! Trunk knows nothing of parts, so this starts again from what cargo built: splits it, runs wasm-bindgen on the main
//! part, and puts the outcome in the place of Trunk's.

use crate::cache;
use crate::contents::{files_below, name_for};
use crate::exports;
use crate::packs;
use crate::part_loader;
use anyhow::{Context, anyhow};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};
use xshell::{Shell, cmd};

/// Asks for a build that can be split. The programs' build.rs reads it.
pub(crate) const VARIABLE: &str = "SPLIT_PAGE";

/// Where the parts are, beside the glue.
pub(crate) const PARTS_FOLDER: &str = "parts";

/// Where cargo puts what it built, in its target folder.
const BUILT: &str = "wasm32-unknown-unknown/release";

/// The main part, before and after wasm-bindgen.
const MAIN: &str = "main-part";

/// What SQLite in C and its bindings in Rust export for each other starts so.
const INNER: [&str; 2] = ["sqlite3_", "rust_sqlite_"];

/// Splits what cargo built under this name over Trunk's `glue` (JavaScript) and `program` (WebAssembly). Gives the parts,
/// in [`PARTS_FOLDER`], by the names that the glue knows them by.
pub(crate) fn split(
    shell: &Shell,
    name: &str,
    glue: &Path,
    program: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    let folder = glue.parent().context("the glue is in a folder")?;
    let parts = folder.join(PARTS_FOLDER);
    cache::remove_folder(&parts)?;
    let built = fs::read(built_program(name)?)?;
    let built = exports::without(&built, |export| {
        INNER.iter().any(|start| export.starts_with(start))
    })?;
    let main = parts.join(format!("{MAIN}.wasm"));
    let loader = parts.join("loader.js");
    let mut options = Options::new(&built);
    options.output_dir = &parts;
    options.main_out_path = &main;
    options.link_name = "./loader.js";
    let split = transform(options)
        .map_err(|error| anyhow!("{error:#}"))
        .with_context(|| format!("the program {name} cannot be split"))?;

    let parts_made = packs::pack(split.split_modules, &loader)?;

    // The parts import the table of functions, which wasm-bindgen would otherwise hide.
    cmd!(
        shell,
        "wasm-bindgen --keep-lld-exports --target web --no-typescript --out-dir {parts} --out-name {MAIN} {main}"
    )
    .quiet()
    .run()?;
    let made = parts.join(format!("{MAIN}.js"));
    let joined = part_loader::joined(&fs::read_to_string(&made)?, &fs::read_to_string(&loader)?)?;
    fs::write(glue, joined)?;
    fs::rename(parts.join(format!("{MAIN}_bg.wasm")), program)?;
    for done in [made, loader, main] {
        fs::remove_file(done)?;
    }
    println!(
        "{name} is split: {} parts are loaded later.",
        parts_made.len()
    );
    Ok(parts_made)
}

/// Names the parts by what is in them, and tells the glue.
pub(crate) fn name_parts(glue: &Path) -> anyhow::Result<()> {
    let folder = glue.parent().context("the glue is in a folder")?;
    let parts = folder.join(PARTS_FOLDER);
    if !parts.exists() {
        return Ok(());
    }
    let mut text = fs::read_to_string(glue)?;
    for part in files_below(&parts)? {
        let stem = part.file_stem().unwrap_or_default().to_string_lossy();
        let hash = name_for(&[&fs::read(&part)?]);
        let name = format!("{}-{hash}.wasm", stem.trim_start_matches("split_"));
        text = part_loader::with_part(
            &text,
            &format!("{stem}.wasm"),
            &format!("{PARTS_FOLDER}/{name}"),
        )?;
        fs::rename(&part, parts.join(name))?;
    }
    fs::write(glue, text)?;
    Ok(())
}

/// What cargo built under this name. It is below the target folder, as this program is.
fn built_program(name: &str) -> anyhow::Result<PathBuf> {
    let file = Path::new(BUILT).join(format!("{name}.wasm"));
    let own = std::env::current_exe()?;
    let mut folders = own.ancestors().map(|folder| folder.join(&file));
    folders
        .find(|built| built.is_file())
        .with_context(|| format!("there is no {} beside {}", file.display(), own.display()))
}
