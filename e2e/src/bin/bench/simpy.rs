//! Our engine beside SimPy, on the same two models, both natively and one core each. Where there is no SimPy, ours alone.

use crate::figure::{Bar, Figure};
use crate::measured::Measured;
use crate::ratio::{Ratio, Theirs};
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
pub fn measure() -> anyhow::Result<Measured> {
    let ours = std::env::var_os("PACE")
        .context("PACE must name our engine's program: run `cargo xtask bench simpy`")?;
    let python = std::env::var_os("SIMPY_PYTHON");
    if python.is_none() {
        println!("There is no SimPy here: our engine is measured alone.");
    }
    let mut measured = Measured::default();
    for model in MODELS {
        let ours = pace(&[
            ours.clone(),
            model.name.into(),
            model.ours.to_string().into(),
        ])?;
        measured.figures.push(Figure::new(
            format!("{}, here", model.what),
            ours.per_second,
            "requests/s",
            model.bar,
        ));
        let mut ratio = Ratio {
            what: format!("{}, simulated", model.what),
            unit: "requests/s",
            ours: ours.per_second,
            peer: String::from("SimPy"),
            theirs: Theirs::Missing,
            bar: Bar::None,
        };
        if let Some(python) = &python {
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
            ratio.peer = format!("SimPy {}", simpy.version);
            ratio.theirs = Theirs::Value(simpy.per_second);
        }
        measured.ratios.push(ratio);
    }
    Ok(measured)
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
