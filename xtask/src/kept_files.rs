//! What the service worker keeps: its list of the build's files, each with its digest, and the ID that tells builds
//! apart. The page is told the same ID.

use crate::contents::{files_below, name_for};
use crate::index_html;
use crate::language;
use anyhow::{Context, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The service worker. Its name stays, so that browsers find the next one under it.
pub(crate) const SERVICE_WORKER: &str = "sw.js";

/// The page, which hosts may redirect to its folder.
const PAGE: &str = "index.html";
const PAGES_PLACE: &str = "./";

/// The places in the service worker that are filled in.
const BUILD: &str = "const BUILD = '';";
const FILES: &str = "const FILES = [];";
const LANGUAGES: &str = "const LANGUAGES = [];";

/// Tells page and service worker of the build which one it is, and the latter what there is to keep. Nothing in the
/// folder may change after it.
pub(crate) fn list(staging: &Path) -> anyhow::Result<()> {
    let worker = staging.join(SERVICE_WORKER);
    let script = fs::read_to_string(&worker)
        .with_context(|| format!("index.html must have {SERVICE_WORKER} copied"))?;
    let build = build_id(staging)?;
    let page = staging.join(PAGE);
    fs::write(
        &page,
        index_html::with_build(&fs::read_to_string(&page)?, &build)?,
    )?;

    let mut files = String::from("const FILES = [\n");
    let mut languages = String::from("const LANGUAGES = [\n");
    for name in names(staging)? {
        if name == SERVICE_WORKER {
            continue;
        }
        let digest = STANDARD.encode(Sha256::digest(fs::read(staging.join(&name))?));
        let place = if name == PAGE { PAGES_PLACE } else { &name };
        let list = match name.starts_with(language::FOLDER) {
            true => &mut languages,
            false => &mut files,
        };
        let _ = writeln!(list, "  ['{place}', 'sha256-{digest}'],");
    }
    files += "];";
    languages += "];";
    let script = filled(&script, BUILD, &format!("const BUILD = '{build}';"))?;
    let script = filled(&script, FILES, &files)?;
    fs::write(worker, filled(&script, LANGUAGES, &languages)?)?;
    Ok(())
}

/// A name for all that the folder holds.
fn build_id(staging: &Path) -> anyhow::Result<String> {
    let mut contents = Vec::new();
    for name in names(staging)? {
        contents.push(fs::read(staging.join(&name))?);
        contents.push(name.into_bytes());
    }
    let contents: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    Ok(name_for(&contents))
}

/// The files' names below the folder, as addresses have them, sorted.
fn names(staging: &Path) -> anyhow::Result<Vec<String>> {
    let is_plain = |name: &str| {
        let mut characters = name.chars();
        characters.all(|it| it.is_ascii_alphanumeric() || "-_./".contains(it))
    };
    let mut names = Vec::new();
    for file in files_below(staging)? {
        let parts = file.strip_prefix(staging)?.components();
        let parts: Vec<_> = parts
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        let name = parts.join("/");
        ensure!(is_plain(&name), "{name} is no name for an address");
        names.push(name);
    }
    Ok(names)
}

fn filled(script: &str, place: &str, with: &str) -> anyhow::Result<String> {
    ensure!(
        script.matches(place).count() == 1,
        "{SERVICE_WORKER} must hold {place} once"
    );
    Ok(script.replace(place, with))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache;
    use crate::project;
    use std::path::PathBuf;

    const HTML: &str = r#"<head><meta name="build" content=""></head>"#;
    /// SHA-256 of `abc`. FIPS 180-4's example, in base64.
    const ABC: &str = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    fn staged(test: &str, files: &[(&str, &str)]) -> PathBuf {
        let staging = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
        cache::remove_folder(&staging).expect("the folder is ours");
        for folder in ["parts", "language"] {
            fs::create_dir_all(staging.join(folder)).expect("a folder");
        }
        let script = fs::read_to_string(project::root().join(SERVICE_WORKER)).expect("it is there");
        let own = [(PAGE, HTML), (SERVICE_WORKER, script.as_str())];
        for (name, contents) in own.iter().chain(files) {
            fs::write(staging.join(name), contents).expect("a file");
        }
        staging
    }

    /// The page and the service worker of a build of these files.
    fn listed(test: &str, files: &[(&str, &str)]) -> (String, String) {
        let staging = staged(test, files);
        list(&staging).expect("it is listed");
        let read = |name| fs::read_to_string(staging.join(name)).expect("it is there");
        let made = (read(PAGE), read(SERVICE_WORKER));
        cache::remove_folder(&staging).expect("the folder is ours");
        made
    }

    #[test]
    fn every_file_but_the_service_worker_is_listed_in_order_with_its_digest() {
        let files = [
            ("parts/b-1.wasm", "abc"),
            ("a.js", "abc"),
            ("language/de-1.json", "abc"),
        ];
        let (page, script) = listed("listed", &files);
        let list: Vec<&str> = script
            .lines()
            .skip_while(|line| *line != "const FILES = [")
            .skip(1)
            .take_while(|line| *line != "];")
            .collect();
        assert_eq!(list.len(), 3, "{script}");
        assert_eq!(list[0], format!("  ['a.js', '{ABC}'],"));
        let digest = STANDARD.encode(Sha256::digest(&page));
        assert_eq!(list[1], format!("  ['./', 'sha256-{digest}'],"));
        assert_eq!(list[2], format!("  ['parts/b-1.wasm', '{ABC}'],"));
        let languages = format!("const LANGUAGES = [\n  ['language/de-1.json', '{ABC}'],\n];");
        assert!(script.contains(&languages), "{script}");
    }

    #[test]
    fn page_and_service_worker_are_told_the_same_build_which_is_that_of_all_files() {
        let build = |test, files| {
            let (page, script) = listed(test, files);
            let (_, rest) = script.split_once("const BUILD = '").expect("it is told");
            let (build, _) = rest.split_once('\'').expect("its end");
            assert!(page.contains(&format!(r#"<meta name="build" content="{build}">"#)));
            build.to_owned()
        };
        let one = build("build", &[("a.js", "abc")]);
        assert_eq!(one.len(), 16, "{one}");
        assert_eq!(one, build("build-again", &[("a.js", "abc")]));
        assert_ne!(one, build("build-contents", &[("a.js", "abd")]));
        assert_ne!(one, build("build-name", &[("b.js", "abc")]));
    }

    #[test]
    fn a_build_without_its_places_or_with_odd_names_is_an_error() {
        let refused = |test, files: &[(&str, &str)], words: &str| {
            let staging = staged(test, files);
            let error = list(&staging).expect_err("it can't be listed");
            assert!(format!("{error:#}").contains(words), "{error:#}");
            cache::remove_folder(&staging).expect("the folder is ours");
        };
        refused("no-page", &[(PAGE, "<head></head>")], "once");
        refused("no-list", &[(SERVICE_WORKER, BUILD)], FILES);
        refused("no-build", &[(SERVICE_WORKER, FILES)], BUILD);
        refused("odd-name", &[("it's.js", "")], "it's.js");
    }
}
