//! A load's two outcomes side by side, and why they differ. It excuses nothing: what the model leaves out is named.

use std::fmt::Write;

use super::Load;
use super::outcome::Outcome;
use super::real::RealRun;
use crate::findings::{duration, thousands};

/// Both outcomes of one load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// What both were told.
    pub load: Load,
    /// How many requests a second the servers could answer at most.
    pub possible: f64,
    /// How many cores everything shared.
    pub cores: u32,
    /// How many of them were busy during the real run, with whatever, where the system tells.
    pub busy_cores: Option<f64>,
    /// For real.
    pub real: RealRun,
    /// In the simulation.
    pub simulated: Outcome,
    /// Redis's own time for one request, as the simulation was told.
    pub store_service: f64,
}

impl Comparison {
    /// The table, and sentences on the difference.
    pub fn text(&self) -> String {
        let load = &self.load;
        let mut text = format!(
            "{} servers on one Redis, {} requests a second ({:.0} % of what they could answer), {} requests.\n",
            load.servers,
            thousands(load.rate.round() as u32),
            100.0 * load.rate / self.possible,
            thousands(load.requests),
        );
        text.push_str(if load.waiting > 0.0 {
            "A server waits during a request, as for another service, and needs a core for little of the time.\n\n"
        } else {
            "A server only computes and asks Redis: it needs a core, or waits for one, nearly all of the time.\n\n"
        });
        // Writing to a string never fails.
        let _ = writeln!(
            text,
            "{:<12}{:>12}{:>12}{:>13}",
            "", "real", "simulated", "difference"
        );
        let (real, simulated) = (&self.real.outcome, &self.simulated);
        for (name, real, simulated) in [
            ("mean", real.mean, simulated.mean),
            ("p50", real.p50, simulated.p50),
            ("p95", real.p95, simulated.p95),
            ("p99", real.p99, simulated.p99),
        ] {
            line(
                &mut text,
                name,
                [duration(real), duration(simulated)],
                difference(real, simulated),
            );
        }
        let per_second = |outcome: &Outcome| format!("{}/s", thousands(outcome.throughput as u32));
        line(
            &mut text,
            "throughput",
            [per_second(real), per_second(simulated)],
            difference(real.throughput, simulated.throughput),
        );
        text.push_str("\nWhy they differ:\n");
        for sentence in self.reasons() {
            let _ = writeln!(text, "- {sentence}");
        }
        text
    }

    fn reasons(&self) -> [String; 4] {
        let Self {
            load, cores, real, ..
        } = self;
        let busy = self.busy_cores.map_or_else(String::new, |busy| {
            format!(", of which {busy:.1} were busy")
        });
        [
            format!(
                "The model gives each of the {} servers and the Redis a core of its own. Here {} threads share {cores}{busy}, and what hands out the load runs on the same ones.",
                load.servers,
                load.servers + 1,
            ),
            format!(
                "A server that was free began {} late (the median): the system had to wake its thread. The model's servers are awake. Where a server waits for something else, that it is woken late is part of the wait, in both.",
                duration(real.late)
            ),
            format!(
                "Redis itself took {} a request here, and {} in the simulation, as measured with eight connections that press: the more there is to do at once, the less each costs it.",
                duration(real.store_service),
                duration(self.store_service)
            ),
            "The way to Redis and back is the loopback's, as measured when nobody else was about. Most of it is the waking of a core that sleeps: where cores never sleep it is shorter, and where they are taken it is longer.".to_owned(),
        ]
    }
}

fn line(text: &mut String, name: &str, values: [String; 2], difference: f64) {
    let [real, simulated] = values;
    let _ = writeln!(
        text,
        "{name:<12}{real:>12}{simulated:>12}{:>13}",
        format!("{difference:+.1} %")
    );
}

/// By how many percent the simulation is above what was real.
pub fn difference(real: f64, simulated: f64) -> f64 {
    if real > 0.0 {
        100.0 * (simulated / real - 1.0)
    } else {
        0.0
    }
}
