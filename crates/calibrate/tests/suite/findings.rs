//! What is printed, and what the model's file becomes.

use calibrate::checks::TokenCost;
use calibrate::findings::{Findings, duration, with_constant};
use calibrate::lookups::Lookup;
use calibrate::remote_store::{OperationCost, StoreCosts};
use calibrate::repeat::Cost;
use machine::Machine;
use tokens::Algorithm;

fn sample() -> Findings {
    let cost = |seconds| Cost {
        seconds,
        runs: 20_400,
    };
    let operation = OperationCost {
        round_trip: cost(0.000_073_04),
        service: 0.000_006_917,
        ..OperationCost::default()
    };
    Findings {
        machine: Machine {
            cores: 2,
            processor: "A \"quoted\" processor".to_owned(),
            system: "A system".to_owned(),
            date: "2026-01-31".to_owned(),
        },
        store: StoreCosts {
            version: "7.0.15".to_owned(),
            sessions: 100_000,
            get: operation,
            set: operation,
        },
        lookups: vec![Lookup {
            sessions: 1_000_000,
            cost: cost(0.000_021_2),
        }],
        session_id_hash: cost(0.000_000_062_4),
        tokens: vec![TokenCost {
            algorithm: Algorithm::Hs256,
            octets: 293,
            signature: cost(0.000_000_486),
            checks: cost(0.000_002_05),
        }],
        password_hash: cost(1.0),
    }
}

#[test]
fn each_figure_has_its_line_with_its_runs() {
    let table = sample().table();
    for expected in [
        "Measured on 2026-01-31: 2 cores, A \"quoted\" processor, A system.",
        "Redis 7.0.15, GET: there and back",
        "73.0 µs   median of 20,400 runs",
        "SQLite lookup among 1,000,000",
        "HS256: all checks of 293 octets",
        "62.4 ns",
    ] {
        assert!(table.contains(expected), "{expected}:\n{table}");
    }
}

#[test]
fn the_constant_takes_the_place_of_the_one_before() {
    let before = "//! What the file says of itself.\n\npub struct Measured {}\n\n/// What was measured.\npub const MEASURED: Measured = Measured {\n    machine: \"old\",\n};\n";
    let text = with_constant(before, &sample()).expect("it has the place");
    assert!(text.starts_with("//! What the file says of itself.\n\npub struct Measured {}\n"));
    assert!(!text.contains("old"), "{text}");
    for expected in [
        "    machine: \"2 cores, A \\\"quoted\\\" processor, A system\",\n",
        "    redis_get: 0.000_073_0,\n",
        "    redis_get_service: 0.000_006_92,\n",
        "    session_id_hash: 0.000_000_062_4,\n",
        "    hs256: 0.000_002_05,\n",
        "    rs256: 0.0,\n",
        "    argon2id: 1.00,\n",
        "(1_000_000, 0.000_021_2)",
    ] {
        assert!(text.contains(expected), "{expected}:\n{text}");
    }
    assert!(with_constant("//! Another file.\n", &sample()).is_err());
}

#[test]
fn durations_have_three_digits() {
    let check = |seconds: f64, expected: &str| assert_eq!(duration(seconds), expected);
    check(0.000_000_062_4, "62.4 ns");
    check(0.000_073_04, "73.0 µs");
    check(0.000_002_049, "2.05 µs");
    check(0.014_5, "14.5 ms");
    check(0.196, "196 ms");
    check(1.5, "1.50 s");
}
