//! `cargo xtask calibrate`: measures, prints, and with `--write FILE` puts the figures into the model's file.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use calibrate::checks;
use calibrate::findings::{Findings, with_constant};
use calibrate::load::Load;
use calibrate::load::comparison::Comparison;
use calibrate::load::{model, real};
use calibrate::lookups;
use calibrate::redis_server::RedisServer;
use calibrate::remote_store;
use machine::{BusyCores, Machine};

/// The load that is run for real and simulated.
const SERVERS: u32 = 8;
const SHARE_OF_POSSIBLE: f64 = 0.6;
const SECONDS: f64 = 10.0;
/// What a server that waits for another service waits, in seconds.
const WAITING: f64 = 0.002;
/// How long is looked at what others do.
const LOOK: Duration = Duration::from_secs(1);
/// Of how many cores others may take before the figures are theirs as well.
const QUIET: f64 = 0.2;

fn main() -> ExitCode {
    match calibrate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // With its causes, in one line.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn calibrate() -> anyhow::Result<()> {
    let file = file_to_write()?;
    let machine = Machine::this();
    let others = BusyCores::from_now();
    thread::sleep(LOOK);
    if let Some(others) = others.until_now(machine.cores)
        && others > QUIET
    {
        println!(
            "Other programs keep {others:.1} of {} cores busy: what is measured now may be too slow.\n",
            machine.cores
        );
    }
    let server = RedisServer::start()?;
    let findings = measure(&server, machine)?;
    println!("{}", findings.table());
    for waiting in [0.0, WAITING] {
        println!("{}", compare(&server, &findings, waiting)?.text());
    }
    if let Some(file) = file {
        let before = fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        fs::write(&file, with_constant(&before, &findings)?)?;
        println!("{} has these figures now.", file.display());
    }
    Ok(())
}

fn file_to_write() -> anyhow::Result<Option<PathBuf>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match &words[..] {
        [] => Ok(None),
        [option, file] if option == "--write" => Ok(Some(file.into())),
        _ => bail!("it takes nothing, or `--write FILE`"),
    }
}

fn measure(server: &RedisServer, machine: Machine) -> anyhow::Result<Findings> {
    Ok(Findings {
        machine,
        store: remote_store::measure(server)?,
        lookups: lookups::measure()?,
        session_id_hash: checks::session_id_hash(),
        tokens: checks::token_checks()?,
        password_hash: checks::password_hash()?,
    })
}

/// Runs the load for real, then in the simulation with what was measured right before.
fn compare(server: &RedisServer, findings: &Findings, waiting: f64) -> anyhow::Result<Comparison> {
    let alone = real::alone(server, waiting)?;
    let possible = if waiting > 0.0 {
        f64::from(SERVERS) / (alone.waiting + alone.work.seconds + alone.round_trip)
    } else {
        real::most_per_second(server, SERVERS)?
    };
    let rate = possible * SHARE_OF_POSSIBLE;
    let load = Load {
        servers: SERVERS,
        rate,
        requests: (rate * SECONDS) as u32,
        seed: 1,
        waiting,
    };
    let store_service = findings.store.get.service;
    let cores = findings.machine.cores;
    let busy = BusyCores::from_now();
    let real = real::run(server, &load)?;
    let busy_cores = busy.until_now(cores);
    Ok(Comparison {
        load,
        possible,
        cores,
        busy_cores,
        real,
        simulated: model::run(&load, &alone, store_service)?,
        store_service,
    })
}
