//! Whether the same commit gives the same site: builds it twice, each from nothing, in folders of different names and
//! lengths, the second time with crates that are fetched anew into such a folder, and compares every byte.

use crate::cache;
use crate::contents::files_below;
use crate::project;
use crate::source_names;
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// Builds and compares. When both are the same, they are what is in `dist/` then.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let commit = cmd!(shell, "git rev-parse HEAD").read()?;
    println!("Building {commit} twice. What is not committed is left out.");
    say_tools(shell)?;
    let place = std::env::temp_dir().join(format!("ticket-or-passport-{}", std::process::id()));
    let built = build_twice(shell, &commit, &place);
    cache::remove_folder(&place)?;
    built
}

fn build_twice(shell: &Shell, commit: &str, place: &Path) -> anyhow::Result<()> {
    let one = build(shell, commit, &place.join("one"))?;
    let _variables = shell.push_env("CARGO_HOME", other_cargo_home(&place.join("crates"))?);
    let other = build(shell, commit, &place.join("the-other-one"))?;
    let differences = differences(&one, &other)?;
    if !differences.is_empty() {
        bail!(
            "{commit} gave two different sites:\n  {}",
            differences.join("\n  ")
        );
    }
    let files = files_below(&one)?;
    cache::remove_folder(&project::dist())?;
    for file in &files {
        let to = project::dist().join(file.strip_prefix(&one)?);
        fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
        fs::copy(file, to)?;
    }
    println!(
        "Both are the same, in all of {} files. dist/ holds them.",
        files.len()
    );
    Ok(())
}

/// A folder for cargo with the user's settings and nothing else.
fn other_cargo_home(folder: &Path) -> anyhow::Result<&Path> {
    const SETTINGS: &str = "config.toml";
    fs::create_dir_all(folder)?;
    let settings = source_names::cargo_home().map(|home| home.join(SETTINGS));
    if let Some(settings) = settings.filter(|settings| settings.is_file()) {
        fs::copy(settings, folder.join(SETTINGS))?;
    }
    Ok(folder)
}

/// The versions that the outcome also depends on.
fn say_tools(shell: &Shell) -> anyhow::Result<()> {
    println!("{}", cmd!(shell, "rustc --version").read()?);
    let compiler = std::env::var_os("CC_wasm32_unknown_unknown").unwrap_or_else(|| "clang".into());
    if let Ok(version) = cmd!(shell, "{compiler} --version").read() {
        println!("{}", version.lines().next().unwrap_or_default());
    }
    Ok(())
}

/// Builds the commit in a folder of its own. Gives its `dist/`.
fn build(shell: &Shell, commit: &str, folder: &Path) -> anyhow::Result<PathBuf> {
    println!("Building in {}.", folder.display());
    let root = project::root();
    cmd!(shell, "git clone --quiet --no-checkout {root} {folder}").run()?;
    let _inside = shell.push_dir(folder);
    cmd!(shell, "git checkout --quiet --detach {commit}").run()?;
    cmd!(shell, "cargo xtask build")
        .env_remove("CARGO_TARGET_DIR")
        .run()
        .context("the site could not be built there")?;
    Ok(folder.join("dist"))
}

/// A sentence for each file that is not the same in both folders.
fn differences(one: &Path, other: &Path) -> anyhow::Result<Vec<String>> {
    let names = |folder: &Path| -> anyhow::Result<BTreeSet<PathBuf>> {
        let files = files_below(folder)?;
        let names = files.iter().map(|file| file.strip_prefix(folder));
        Ok(names
            .map(|name| name.map(Path::to_owned))
            .collect::<Result<_, _>>()?)
    };
    let (in_one, in_other) = (names(one)?, names(other)?);
    let mut sentences = Vec::new();
    for name in in_one.union(&in_other) {
        let shown = name.display();
        if !in_other.contains(name) {
            sentences.push(format!("{shown} is only in the first one"));
        } else if !in_one.contains(name) {
            sentences.push(format!("{shown} is only in the second one"));
        } else {
            let (first, second) = (fs::read(one.join(name))?, fs::read(other.join(name))?);
            if let Some(place) = first_difference(&first, &second) {
                sentences.push(format!(
                    "{shown} differs from byte {place} on: {} and {} bytes",
                    first.len(),
                    second.len()
                ));
            }
        }
    }
    Ok(sentences)
}

/// The first place where the two are not the same.
fn first_difference(one: &[u8], other: &[u8]) -> Option<usize> {
    let place = one.iter().zip(other).position(|(one, other)| one != other);
    place.or_else(|| (one.len() != other.len()).then(|| one.len().min(other.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named() {
        let place = std::env::temp_dir().join(format!("xtask-reproduce-{}", std::process::id()));
        cache::remove_folder(&place).expect("the folder is ours");
        let (one, other) = (place.join("one"), place.join("other"));
        for (folder, files) in [
            (
                &one,
                [("a.js", "same"), ("p/b.wasm", "01234"), ("c-1.js", "")],
            ),
            (
                &other,
                [("a.js", "same"), ("p/b.wasm", "0123"), ("c-2.js", "")],
            ),
        ] {
            fs::create_dir_all(folder.join("p")).expect("a folder");
            for (name, contents) in files {
                fs::write(folder.join(name), contents).expect("a file");
            }
        }
        assert_eq!(
            differences(&one, &other).expect("they can be read"),
            [
                "c-1.js is only in the first one",
                "c-2.js is only in the second one",
                "p/b.wasm differs from byte 4 on: 5 and 4 bytes",
            ]
        );
        assert!(
            differences(&one, &one)
                .expect("they can be read")
                .is_empty()
        );
        cache::remove_folder(&place).expect("the folder is ours");
    }

    #[test]
    fn the_first_differing_byte_is_found() {
        let check = |one: &str, other: &str, expected| {
            let found = first_difference(one.as_bytes(), other.as_bytes());
            assert_eq!(found, expected, "{one} {other}");
        };
        check("", "", None);
        check("ab", "ab", None);
        check("ab", "ac", Some(1));
        check("ab", "abc", Some(2));
    }
}
