//! The same run gives the same bytes.

use protocol::{Arrivals, Distribution, Simulation, SimulationReport};
use scenario::{LoadPreset, default_run, report_json};
use sha2::{Digest, Sha256};
use simulation::{Run, simulate};

fn bytes(report: &SimulationReport) -> Vec<u8> {
    postcard::to_stdvec(report).expect("a report is plain data")
}

fn shortened(preset: LoadPreset) -> Simulation {
    let run = preset.simulation();
    Simulation {
        requests: run.requests.min(50_000),
        warm_up: 5_000,
        ..run
    }
}

#[test]
fn the_same_run_gives_the_same_bytes_however_it_is_sliced() {
    for preset in LoadPreset::ALL {
        let simulation = shortened(preset);
        let once = bytes(&simulate(&simulation).expect("it makes sense"));
        let mut run = Run::new(&simulation).expect("it makes sense");
        let mut slices = 0;
        while !run.advance(977) {
            slices += 1;
            if slices % 50 == 0 {
                run.report();
            }
        }
        assert!(slices > 10, "{preset:?}");
        assert_eq!(bytes(&run.report()), once, "{preset:?}");
    }
}

#[test]
fn another_seed_gives_another_run() {
    let with = |seed| {
        simulate(&Simulation {
            seed,
            ..default_run()
        })
        .expect("it makes sense")
    };
    assert_ne!(with(1).lanes, with(2).lanes);
}

#[test]
fn both_lanes_see_the_same_arrivals() {
    let mut run = default_run();
    run.lanes[1] = run.lanes[0];
    let report = simulate(&run).expect("it makes sense");
    assert_eq!(report.lanes[0], report.lanes[1]);

    // Where users wait for answers, lanes differ in when requests arrive, but each user's times are the same.
    run.arrivals = Arrivals::Users {
        think_time: Distribution::Exponential { rate: 0.1 },
    };
    let report = simulate(&run).expect("it makes sense");
    assert_eq!(report.lanes[0], report.lanes[1]);
}

/// The browser's run of the same settings must give the same: the end-to-end tests compare the JSON.
#[test]
fn one_run_is_known_to_the_last_digit() {
    let report = simulate(&known()).expect("it makes sense");
    let json = report_json(&report).to_string();
    let digest: String = Sha256::digest(json.as_bytes())
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect();
    assert_eq!(
        digest,
        "2ec070932c907542d77c48443caaabfc955aac35a265c2ecfc2e3e0af8ae3182"
    );
}

/// Settings of its own, so that no new default changes it.
fn known() -> Simulation {
    scenario::from_json(&serde_json::json!({
        "seed": 42,
        "requests": 20_000,
        "users": 500,
        "arrivals": { "bursty": { "rate": 300, "factor": 3, "burst": 1, "calm": 4 } },
        "servers": 4,
        "queue": "two-choices",
        "waitingPlaces": 100,
        "patience": 2,
        "service": { "lognormal": { "mean": 0.008, "variation": 1.2 } },
        "signIn": { "constant": 0.05 },
        "network": { "uniform": [0.005, 0.02] },
        "applicationReads": 0.5,
        "store": { "connections": 2, "service": { "exponential": 1500 }, "roundTrip": 0.001 },
        "lanes": [
            { "check": 0.00001, "records": "server-memory", "octets": 50 },
            { "check": { "exponential": 5000 }, "reads": 0.3, "needsKey": true, "octets": 360 },
        ],
        "faults": [
            { "at": 20, "until": 30, "kind": "server-down", "server": 2 },
            { "at": 40, "until": 45, "kind": "store-slow", "milliseconds": 5 },
            { "at": 50, "kind": "key-taken", "server": 4 },
        ],
    }))
    .expect("it makes sense")
}
