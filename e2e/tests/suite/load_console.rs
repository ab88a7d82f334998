//! `playground.simulate`: the numbers of the screen as JSON, the very same as natively, and errors that name the key.

use anyhow::{Context, anyhow};
use e2e::{Failure, Setup, run};
use serde_json::{Value, json};

/// What is simulated natively and in the page. The first is M/M/1, as the page's documentation writes it.
fn runs() -> Vec<Value> {
    vec![
        json!({
            "seed": 1,
            "requests": 200_000,
            "arrivals": { "poisson": 0.8 },
            "servers": 1,
            "queue": "shared",
            "service": { "exponential": 1 },
        }),
        json!({
            "seed": 7,
            "requests": 30_000,
            "users": 500,
            "arrivals": { "bursty": { "rate": 900, "factor": 5, "burst": 1, "calm": 4 } },
            "servers": 10,
            "queue": "two-choices",
            "service": { "lognormal": { "mean": 0.005, "variation": 1.5 } },
            "network": { "uniform": [0.001, 0.02] },
            "signIn": { "constant": 0.02 },
            "applicationReads": 1,
            "store": {
                "connections": 2,
                "service": { "exponential": 4000 },
                "roundTrip": { "constant": 0.0005 },
            },
            "faults": [{ "at": 10, "until": 20, "kind": "server-down", "servers": [1, 3] }],
        }),
    ]
}

/// The same as the page's, run here.
fn natively(settings: &Value) -> anyhow::Result<Value> {
    let run = scenario::from_json(settings).map_err(|why| anyhow!("{why}"))?;
    let report = simulation::simulate(&run).map_err(|why| anyhow!("{why:?}"))?;
    // As text and back: what the page gives went the same way.
    Ok(serde_json::from_str(
        &scenario::report_json(&report).to_string(),
    )?)
}

/// Where two values differ first, and how.
fn first_difference(seen: &Value, expected: &Value, place: &str) -> Option<String> {
    let members = |value: &Value| match value {
        Value::Object(members) => Some(
            members
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect::<Vec<_>>(),
        ),
        Value::Array(members) => Some(
            members
                .iter()
                .enumerate()
                .map(|(place, value)| (place.to_string(), value.clone()))
                .collect(),
        ),
        _ => None,
    };
    if let (Some(mut seen), Some(mut expected)) = (members(seen), members(expected))
        && seen.len() == expected.len()
    {
        // Objects have no order. Elements are sorted alike on both sides.
        seen.sort_by(|one, other| one.0.cmp(&other.0));
        expected.sort_by(|one, other| one.0.cmp(&other.0));
        return seen
            .iter()
            .zip(&expected)
            .find_map(|((name, seen), (other, expected))| {
                let place = format!("{place}.{name}");
                if name == other {
                    first_difference(seen, expected, &place)
                } else {
                    Some(format!("{place}: {other} was expected"))
                }
            });
    }
    let is_same = match (seen.as_f64(), expected.as_f64()) {
        // A whole number and a fraction of the same value are one in JavaScript.
        (Some(seen), Some(expected)) => seen.to_bits() == expected.to_bits() || seen == expected,
        _ => seen == expected,
    };
    (!is_same).then(|| format!("{place}: {seen} where {expected} was expected"))
}

#[test]
fn the_console_simulates_the_very_same_as_a_native_program() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for settings in runs() {
            // As text: not every driver hands each digit on.
            let seen = page
                .console(&format!(
                    "JSON.stringify(await playground.simulate({settings}))"
                ))
                .await?;
            let mut seen: Value = serde_json::from_str(seen.as_str().context("it is a text")?)?;
            let members = seen.as_object_mut().context("it is an object")?;
            let took = members.remove("simulatedIn").context("it says how long")?;
            assert!(took.as_f64().is_some_and(|it| it > 0.0), "{took}");
            let expected = natively(&settings)?;
            assert_eq!(seen["lanes"][0]["latency"], expected["lanes"][0]["latency"]);
            assert_eq!(first_difference(&seen, &expected, ""), None, "{settings}");
        }
        Ok(())
    })
}

#[test]
fn what_the_console_can_not_simulate_is_named() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for (settings, words) in [
            ("", "The settings are an object"),
            ("7", "The settings are an object"),
            (
                "{ requests: 1000, arrivals: { poisson: 1 }, servers: 0, service: { exponential: 2 } }",
                "servers",
            ),
            (
                "{ requests: 1000, arrivals: { poisson: -1 }, servers: 1, service: { exponential: 2 } }",
                "arrivals",
            ),
            (
                "{ requests: 1000, arrivals: { poisson: 1 }, servers: 1, service: { exponential: 2 }, nonsense: 1 }",
                "nonsense",
            ),
            (
                "{ requests: 'many', arrivals: { poisson: 1 }, servers: 1, service: { exponential: 2 } }",
                "requests",
            ),
        ] {
            let script = format!(
                "playground.simulate({settings}).then(() => null, (error) => [error.name, error.message])"
            );
            let seen = page.console(&script).await?;
            assert_eq!(seen[0], "TypeError", "{settings}: {seen}");
            let message = seen[1].as_str().unwrap_or_default();
            assert!(message.contains(words), "{settings}: {message}");
        }
        Ok(())
    })
}
