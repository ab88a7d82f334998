//! Our engine beside SimPy, on the same two models, both natively and one core each. Where there is no SimPy, ours alone.

use crate::figure::{Bar, Figure};
use anyhow::Context;
use serde::Deserialize;
use std::ffi::OsString;
use std::process::Command;

/// The models by the names that both programs know, how many requests each program simulates, and what ours must reach.
const MODELS: [Model; 2] = [
    Model {
        name: "station",
        what: "One station, natively",
        ours: 10_000_000,
        simpys: 300_000,
        bar: Bar::AtLeast(6_000_000.0),
    },
    Model {
        name: "lanes",
        what: "Two lanes with a store, natively",
        ours: 1_000_000,
        simpys: 150_000,
        bar: Bar::None,
    },
];
/// How far the two mean times may be apart: they are of different chance, and SimPy's run is short.
const MOST_APART: f64 = 0.1;

struct Model {
    name: &'static str,
    what: &'static str,
    ours: u32,
    simpys: u32,
    bar: Bar,
}

/// What either program prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pace {
    /// Requests that arrive in a second of real time: one that both lanes serve is one.
    per_second: f64,
    /// The mean time that a request took, in simulated seconds.
    mean: f64,
    /// The program's version, where it tells.
    #[serde(default)]
    version: String,
}

/// Both, and their ratio.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let ours = std::env::var_os("PACE")
        .context("PACE must name our engine's program: run `cargo xtask bench simpy`")?;
    let python = std::env::var_os("SIMPY_PYTHON");
    if python.is_none() {
        println!("There is no SimPy here: our engine is measured alone.");
    }
    let mut figures = Vec::new();
    for model in MODELS {
        let ours = pace(&[
            ours.clone(),
            model.name.into(),
            model.ours.to_string().into(),
        ])?;
        let line = |whose: &str| format!("{}, {whose}", model.what);
        figures.push(Figure::new(
            line("here"),
            ours.per_second,
            "requests/s",
            model.bar,
        ));
        let Some(python) = &python else { continue };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../bench/simpy_models.py");
        let simpy = pace(&[
            python.clone(),
            script.into(),
            model.name.into(),
            model.simpys.to_string().into(),
        ])?;
        anyhow::ensure!(
            (simpy.mean / ours.mean - 1.0).abs() < MOST_APART,
            "{}: they simulate something else: a request takes {} here, {} in SimPy",
            model.name,
            ours.mean,
            simpy.mean
        );
        figures.push(Figure::new(
            line(&format!("SimPy {}", simpy.version)),
            simpy.per_second,
            "requests/s",
            Bar::None,
        ));
        figures.push(Figure::new(
            line("here ÷ SimPy"),
            ours.per_second / simpy.per_second,
            "",
            Bar::None,
        ));
    }
    Ok(figures)
}

fn pace(words: &[OsString]) -> anyhow::Result<Pace> {
    let (program, arguments) = words.split_first().context("there is a program")?;
    let output = Command::new(program)
        .args(arguments)
        .output()
        .with_context(|| format!("{} can't be run", program.display()))?;
    anyhow::ensure!(
        output.status.success(),
        "{} failed: {}",
        program.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}
