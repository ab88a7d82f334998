//! Makes a program in WebAssembly smaller, with the wasm-opt that the set-up brings. Where there is none, as when Trunk
//! is called directly, the build goes on without it and says so.

use crate::setup;
use anyhow::anyhow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use xshell::{Shell, cmd};

/// What to give up speed for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// The fewest bytes.
    Size,
    /// Few bytes, but none that costs speed where requests are answered.
    Balance,
}

/// One program to be optimised.
pub(crate) struct Job {
    pub(crate) program: PathBuf,
    pub(crate) aim: Aim,
    /// Whether its functions keep their names, for what comes after.
    pub(crate) keeps_names: bool,
}

/// What Rust's wasm32-unknown-unknown emits by default. No more, so that every browser that runs the input runs the
/// output.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimises the files in their places, as many at a time as there are processors: each is one thread's work.
pub(crate) fn optimise(jobs: Vec<Job>) -> anyhow::Result<()> {
    let Some(wasm_opt) = setup::wasm_opt() else {
        println!(
            "The programs stay as they are: there is no wasm-opt. `cargo xtask setup` brings it."
        );
        return Ok(());
    };
    let waiting = Mutex::new(largest_last(jobs));
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.pop());
    let work = || -> anyhow::Result<()> {
        let shell = Shell::new()?;
        while let Some(job) = next() {
            optimise_one(&shell, &wasm_opt, &job)?;
        }
        Ok(())
    };
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?)
    })
}

/// The largest, which takes longest, is the first that is taken from the end.
fn largest_last(mut jobs: Vec<Job>) -> Vec<Job> {
    jobs.sort_by_cached_key(|job| fs::metadata(&job.program).map_or(0, |it| it.len()));
    jobs
}

fn optimise_one(shell: &Shell, wasm_opt: &Path, job: &Job) -> anyhow::Result<()> {
    let Job {
        program,
        aim,
        keeps_names,
    } = job;
    let level: &[&str] = match aim {
        // What is smallest once it is compressed. `-Oz` makes fewer bytes, and more of them after brotli; so does
        // inlining all functions that have one caller.
        Aim::Size => &[
            "-O2",
            "--shrink-level",
            "2",
            "--one-caller-inline-max-function-size",
            "30",
        ],
        Aim::Balance => &["-O2"],
    };
    let names = if *keeps_names {
        "--debuginfo"
    } else {
        "--strip-debug"
    };
    let smaller = program.with_extension("optimised");
    let before = fs::metadata(program)?.len();
    cmd!(
        shell,
        "node {wasm_opt} {level...} {names} --strip-producers {FEATURES...} {program} --output {smaller}"
    )
    .quiet()
    .run()?;
    let after = fs::metadata(&smaller)?.len();
    fs::rename(&smaller, program)?;
    let name = program.file_name().unwrap_or_default().display();
    println!("wasm-opt made {name} smaller: {before} bytes before, {after} after.");
    Ok(())
}
