//! A build as the next one would be: the same program in files of other names, so that whatever asks for an old one is
//! found out.

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// How many digits stand for contents in a name, and for a build.
const DIGITS: usize = 16;
const SERVICE_WORKER: &str = "sw.js";
const PAGE: &str = "index.html";

/// The names of all files of a build, below its folder. Compressed copies are no files of their own.
pub(crate) fn names(dist: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut folders = vec![dist.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir()? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !is_compressed_copy(&path) {
                names.push(path.strip_prefix(dist)?.display().to_string());
            }
        }
    }
    Ok(names)
}

/// Whether the file is what a host may send in the place of another one.
fn is_compressed_copy(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("br" | "gz"))
}

/// Makes the one that follows the build in `dist`.
pub(crate) fn make(dist: &Path, into: &Path) -> anyhow::Result<()> {
    let names = names(dist)?;
    let mut old: BTreeSet<String> = names.iter().flat_map(|name| hashes(name)).collect();
    old.insert(build_of(&std::fs::read_to_string(dist.join(PAGE))?)?);
    let renamed = |text: &str| {
        old.iter().fold(text.to_owned(), |text, hash| {
            text.replace(hash, &next(hash))
        })
    };
    for name in &names {
        let mut content = std::fs::read(dist.join(name))?;
        if name.ends_with(".js") || name == PAGE {
            let text = renamed(&String::from_utf8(content)?);
            content = text.replace("</title>", ", next</title>").into_bytes();
        }
        let file = into.join(renamed(name));
        std::fs::create_dir_all(file.parent().context("a file is in a folder")?)?;
        std::fs::write(file, content)?;
    }
    list(into)
}

/// Brings the digests of the service worker's list up to date.
fn list(dist: &Path) -> anyhow::Result<()> {
    let file = dist.join(SERVICE_WORKER);
    let mut text = String::new();
    for line in std::fs::read_to_string(&file)?.lines() {
        let place = line.strip_prefix("  ['").and_then(|rest| {
            let (place, digest) = rest.split_once("', '")?;
            digest.starts_with("sha256-").then_some(place)
        });
        match place {
            Some(place) => {
                let name = if place == "./" { PAGE } else { place };
                let digest = STANDARD.encode(Sha256::digest(std::fs::read(dist.join(name))?));
                text += &format!("  ['{place}', 'sha256-{digest}'],\n");
            }
            None => text += &format!("{line}\n"),
        }
    }
    Ok(std::fs::write(file, text)?)
}

/// What stands for contents in a name.
fn hashes(name: &str) -> Vec<String> {
    let words = name.split(['-', '.', '/']);
    let hashes = words.filter(|word| is_hash(word));
    hashes.map(str::to_owned).collect()
}

fn is_hash(word: &str) -> bool {
    word.len() == DIGITS && word.bytes().all(|it| it.is_ascii_hexdigit())
}

/// The ID that the page was told.
fn build_of(page: &str) -> anyhow::Result<String> {
    let (_, rest) = page
        .split_once("<meta name=\"build\" content=\"")
        .context("the page was told no build")?;
    let (build, _) = rest.split_once('"').context("its end")?;
    anyhow::ensure!(is_hash(build), "{build} is no build");
    Ok(build.to_owned())
}

/// Another hash, and after some more of these another still.
fn next(hash: &str) -> String {
    let mut digits = hash.chars();
    let first = digits.next().and_then(|digit| digit.to_digit(16));
    let next = first.map_or(0, |digit| (digit + 1) % 16);
    format!("{next:x}{}", digits.as_str())
}
