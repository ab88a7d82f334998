//! The last step of each build, called by Trunk: splits page and worker where that was asked for, optimises all programs,
//! joins the styles, names files by what is in them, puts the worker in a folder of its own, and has all of it listed
//! for the service worker.
//!
//! Trunk names the page's files by what they were before optimising, and the worker's not at all. A browser that keeps
//! a file by its name must never get two contents under one.

use crate::contents::{files_below, name_for};
use crate::counted_names;
use crate::imports;
use crate::index_html;
use crate::kept_files;
use crate::language;
use crate::late::{self, LateFunctions};
use crate::part_loader;
use crate::split;
use crate::wasm_opt::{self, Job};
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use xshell::Shell;

/// Loads what Trunk made of the worker.
const WORKER_ENTRY: &str = include_str!("worker_entry.js");

/// Where index.html has Trunk put the worker.
const WORKER_FOLDER: &str = "worker";

/// Does the step for the build that Trunk describes in the environment.
pub(crate) fn from_hook(shell: &Shell) -> anyhow::Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging = staging.context("place-worker is called by Trunk; use `cargo xtask build`")?;
    if std::env::var("TRUNK_PROFILE").as_deref() == Ok("release") {
        let worker = staging.join(WORKER_FOLDER);
        let page = Made {
            name: "ticket-or-passport",
            glue: named_in_page(&staging, "data-js")?,
            program: named_in_page(&staging, "data-wasm")?,
            aim: wasm_opt::Aim::Size,
            late: include_str!("../late-functions/page.txt"),
        };
        let worker = Made {
            name: "worker",
            glue: worker.join("worker.js"),
            program: worker.join("worker_bg.wasm"),
            aim: wasm_opt::Aim::Balance,
            late: include_str!("../late-functions/worker.txt"),
        };
        let all = [page, worker];
        let mut programs = Vec::new();
        for made in &all {
            programs.extend(made.split(shell)?);
        }
        wasm_opt::optimise(programs)?;
        for made in all {
            made.take_late_functions_out()?;
            made.shorten_names()?;
        }
    }
    place(&staging)
}

/// A program as Trunk made it.
struct Made {
    /// What cargo calls it.
    name: &'static str,
    glue: PathBuf,
    program: PathBuf,
    aim: wasm_opt::Aim,
    /// The list of the functions that follow it: see [`late`].
    late: &'static str,
}

impl Made {
    /// Splits it, where that was asked for. Returns all that it is made of then, to be optimised.
    fn split(&self, shell: &Shell) -> anyhow::Result<Vec<Job>> {
        let is_split = std::env::var_os(split::VARIABLE).is_some();
        let mut jobs = vec![self.job(self.program.clone(), is_split)];
        if is_split {
            let parts = split::split(shell, self.name, &self.glue, &self.program)?;
            jobs.extend(parts.into_iter().map(|part| self.job(part, false)));
        }
        Ok(jobs)
    }

    const fn job(&self, program: PathBuf, keeps_names: bool) -> Job {
        Job {
            program,
            aim: self.aim,
            keeps_names,
        }
    }

    /// Puts the functions that a first answer doesn't call among its parts, where it is split; or has it tell which those
    /// are, where that was asked for.
    fn take_late_functions_out(&self) -> anyhow::Result<()> {
        let parts = self.glue.with_file_name(split::PARTS_FOLDER);
        if !parts.exists() {
            return Ok(());
        }
        let (glue, program) = (fs::read_to_string(&self.glue)?, fs::read(&self.program)?);
        let (glue, program) = if let Some(folder) = std::env::var_os(counted_names::VARIABLE) {
            let names = counted_names::written(&late::names(&program)?);
            fs::write(
                Path::new(&folder).join(counted_names::names_of(self.name)),
                names,
            )?;
            let glue = part_loader::with_counts(&glue, self.name)?;
            (glue, late::counted(&program)?)
        } else if let Some(halves) = late::split(&program, &LateFunctions::read(self.late)?)? {
            fs::write(parts.join("late.wasm"), halves.late)?;
            println!("{}: {}", self.name, halves.summary);
            (part_loader::with_late(&glue)?, halves.start)
        } else {
            return Ok(());
        };
        fs::write(&self.glue, glue)?;
        fs::write(&self.program, program)?;
        Ok(())
    }

    fn shorten_names(&self) -> anyhow::Result<()> {
        let (glue, program) = (fs::read_to_string(&self.glue)?, fs::read(&self.program)?);
        let (glue, program) = imports::shortened(&glue, &program)?;
        fs::write(&self.glue, glue)?;
        fs::write(&self.program, program)?;
        Ok(())
    }
}

fn named_in_page(staging: &Path, attribute: &str) -> anyhow::Result<PathBuf> {
    let html = fs::read_to_string(staging.join("index.html"))?;
    Ok(staging.join(index_html::file_in(&html, attribute)?))
}

/// Names and places everything in the folder that is to become `dist/`.
fn place(staging: &Path) -> anyhow::Result<()> {
    let page = staging.join("index.html");
    let mut html = fs::read_to_string(&page)?;

    split::name_parts(&named_in_page(staging, "data-js")?)?;
    let program = named_in_page(staging, "data-wasm")?;
    html = index_html::with_wasm_size(&html, fs::read(&program)?.len())?;
    for (attribute, stem, ending) in [
        ("data-js", "page", "js"),
        ("data-wasm", "page", "wasm"),
        ("src", "boot", "js"),
    ] {
        let old = index_html::file_in(&html, attribute)?.to_owned();
        let contents = fs::read(staging.join(&old))?;
        let new = format!("{stem}-{}.{ending}", name_for(&[&contents]));
        fs::rename(staging.join(&old), staging.join(&new))?;
        html = index_html::with_renamed(&html, &old, &new)?;
    }

    html = with_joined_styles(staging, &html)?;
    html = index_html::with_language(&html, &language::place(staging)?)?;
    let folder = place_worker(staging)?;
    html = index_html::with_worker(&html, &folder)?;
    fs::write(page, html)?;
    kept_files::list(staging)
}

/// One style sheet of all, in their order: each file more would be a round trip more before anything is drawn.
fn with_joined_styles(staging: &Path, html: &str) -> anyhow::Result<String> {
    let mut joined = String::new();
    for name in index_html::styles(html) {
        let file = staging.join(name);
        joined.push_str(&fs::read_to_string(&file)?);
        joined.push('\n');
        fs::remove_file(file)?;
    }
    let name = format!("style-{}.css", name_for(&[joined.as_bytes()]));
    fs::write(staging.join(&name), joined)?;
    index_html::with_one_style(html, &name)
}

/// Gives the worker's files their names, and its folder the name of their contents. Returns the folder's name.
fn place_worker(staging: &Path) -> anyhow::Result<String> {
    let folder = staging.join(WORKER_FOLDER);
    split::name_parts(&folder.join("worker.js"))?;
    fs::rename(folder.join("worker.js"), folder.join("program.js"))?;
    fs::rename(folder.join("worker_bg.wasm"), folder.join("program.wasm"))?;
    fs::write(folder.join("worker.js"), WORKER_ENTRY)?;

    let mut contents = Vec::new();
    for file in files_below(&folder)? {
        let path = file.strip_prefix(&folder)?;
        contents.push(path.to_string_lossy().into_owned().into_bytes());
        contents.push(fs::read(&file)?);
    }
    let contents: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    let name = format!("{WORKER_FOLDER}-{}", name_for(&contents));
    let place = staging.join(&name);
    ensure!(!place.exists(), "{} is already there", place.display());
    fs::rename(folder, place)?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache;

    /// What Trunk leaves, made small.
    fn staged(test: &str, worker_program: &str) -> PathBuf {
        let staging = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
        cache::remove_folder(&staging).expect("the folder is ours");
        for folder in ["worker/snippets", "worker/parts", "parts", "language"] {
            fs::create_dir_all(staging.join(folder)).expect("a folder");
        }
        let html = r#"<meta name="worker" content=""><meta name="build" content=""><meta name="language" lang="de" content=""><script src="./boot.js" data-js="./a-1.js" data-wasm="./a-1_bg.wasm"></script>
<link rel="stylesheet" href="./base-1.css"/><link rel="stylesheet" href="./lane-2.css"/>"#;
        for (name, contents) in [
            ("index.html", html),
            ("boot.js", "boot"),
            (
                "sw.js",
                "const BUILD = '';const FILES = [];const LANGUAGES = [];",
            ),
            ("language/translate.js", "translate"),
            ("language/de.json", "{ \"a\": \"b\" }\n"),
            ("language/de-joined.json", "{}"),
            ("a-1.js", r#"fetch("./split_token.wasm")"#),
            ("parts/split_token.wasm", "token"),
            ("a-1_bg.wasm", "program"),
            ("base-1.css", "a{}"),
            ("lane-2.css", "b{}"),
            ("worker/worker.js", r#"fetch("./split_database.wasm")"#),
            ("worker/parts/split_database.wasm", "database"),
            ("worker/worker_bg.wasm", worker_program),
            ("worker/snippets/inline.js", "snippet"),
        ] {
            fs::write(staging.join(name), contents).expect("a file");
        }
        staging
    }

    fn placed(test: &str, worker_program: &str) -> (String, Vec<String>) {
        let staging = staged(test, worker_program);
        place(&staging).expect("it is placed");
        let html = fs::read_to_string(staging.join("index.html")).expect("a page");
        let files = files_below(&staging).expect("files");
        let names = files.iter().map(|file| {
            let name = file.strip_prefix(&staging).expect("a file of it");
            name.to_string_lossy().into_owned()
        });
        let names = names.collect();
        cache::remove_folder(&staging).expect("the folder is ours");
        (html, names)
    }

    #[test]
    fn every_file_but_page_and_service_worker_is_named_by_contents_and_the_page_names_them() {
        let (html, names) = placed("names", "one");
        assert_eq!(names.len(), 14, "{names:?}");
        for name in &names {
            let named = ["index.html", "sw.js"].contains(&name.as_str()) || name.contains('-');
            assert!(named, "{name} has no hash in its name");
        }
        for part in ["page-", "boot-", "style-"] {
            let name = names.iter().find(|name| name.starts_with(part));
            assert!(html.contains(name.expect("it is there")), "{html}");
        }
        let entry = names.iter().find(|name| name.ends_with("/worker.js"));
        assert!(html.contains(&format!("content=\"{}\"", entry.expect("it is there"))));
        assert!(html.contains("data-wasm-bytes=\"7\""), "{html}");
    }

    #[test]
    fn a_changed_worker_gets_another_folder_and_the_same_one_the_same() {
        let (one, _) = placed("first", "one");
        let (again, _) = placed("again", "one");
        let (other, _) = placed("other", "two");
        assert_eq!(one, again);
        assert_ne!(one, other);
    }
}
