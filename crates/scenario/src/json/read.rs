//! Reads a run from JSON. What is not known is refused, by its key.

use protocol::{
    Arrivals, Distribution, Fault, FaultKind, Fleet, FleetChange, LaneModel, Preset, Records,
    Scheduled, ServerAlgorithm, Simulation, StoreModel,
};
use serde_json::Value;

use super::value::{Object, expected, flag, list, number, pair, signed, small, whole};
use super::{JsonFault, JsonProblem};
use crate::lane::{CheckTimes, Habits, lane_model};
use crate::names;
use crate::preset::{default_run, plain_station};
use crate::problem::{key_in, problem};

/// The run that JSON describes. Without lanes it is a plain station: one lane, no check, no store, no network. With
/// lanes, what it does not say is as in the default run. A tenth of the requests is left out as warm-up, unless it says
/// how many.
///
/// # Errors
///
/// What is wrong, by the key where it is.
pub fn from_json(value: &Value) -> Result<Simulation, JsonProblem> {
    let mut object = Object::of(value, String::new())?;
    let lanes = object.take("lanes");
    let mut run = if lanes.is_some() {
        default_run()
    } else {
        plain_station()
    };
    object.read("seed", whole, &mut run.seed)?;
    object.read("requests", whole, &mut run.requests)?;
    run.warm_up = run.requests / 10;
    object.read("warmUp", whole, &mut run.warm_up)?;
    object.read("users", small, &mut run.users)?;
    object.read("arrivals", arrivals, &mut run.arrivals)?;
    object.read("servers", small, &mut run.servers)?;
    object.read("queue", queue, &mut run.queue)?;
    object.read("waitingPlaces", small, &mut run.waiting_places)?;
    object.read("patience", number, &mut run.patience)?;
    object.read("service", time, &mut run.service)?;
    object.read("signIn", time, &mut run.sign_in)?;
    object.read("network", time, &mut run.network)?;
    object.read("applicationReads", number, &mut run.application_reads)?;
    object.read("store", store, &mut run.store)?;
    object.read("faults", events, &mut run.schedule)?;
    if let Some(value) = object.take("prices") {
        let mut prices = Object::of(value, "prices".to_owned())?;
        prices.read("serverMonth", number, &mut run.prices.server_month)?;
        prices.read("storeMonth", number, &mut run.prices.store_month)?;
        prices.read(
            "millionOperations",
            number,
            &mut run.prices.million_operations,
        )?;
        prices.read("gigabyte", number, &mut run.prices.gigabyte)?;
        prices.end()?;
    }
    object.end()?;
    if let Some(value) = lanes {
        // A scheme's lane depends on how often its users come.
        let habits = Habits::of(&run);
        run.lanes = list(value, "lanes", |value, key| lane(value, key, &habits))?;
    }
    match problem(&run) {
        Some(problem) => Err(JsonProblem {
            key: key_in(&run, problem).to_owned(),
            fault: JsonFault::Senseless(problem),
        }),
        None => Ok(run),
    }
}

fn queue(value: &Value, key: String) -> Result<protocol::Queue, JsonProblem> {
    value.as_str().and_then(names::queue).ok_or_else(|| {
        expected(
            key,
            "one of shared, round-robin, random, least-busy, two-choices, sticky-cookie, hash-of-id",
        )
    })
}

fn records(value: &Value, key: String) -> Result<Records, JsonProblem> {
    value
        .as_str()
        .and_then(names::records)
        .ok_or_else(|| expected(key, "one of none, store, server-memory"))
}

/// A time: a number of seconds, or an object with one of the four distributions.
fn time(value: &Value, key: String) -> Result<Distribution, JsonProblem> {
    const WHAT: &str = "seconds, or one of { constant }, { exponential }, { uniform: [from, to] }, { lognormal: { mean, variation } }";
    if let Some(seconds) = value.as_f64() {
        return Ok(Distribution::Constant { seconds });
    }
    let (name, value, at) = only(value, &key, WHAT)?;
    Ok(match name {
        "constant" => Distribution::Constant {
            seconds: number(value, at)?,
        },
        "exponential" => Distribution::Exponential {
            rate: number(value, at)?,
        },
        "uniform" => {
            let (from, to) = pair(value, at, number)?;
            Distribution::Uniform { from, to }
        }
        "lognormal" => {
            let mut object = Object::of(value, at)?;
            let (mean, variation) = (
                object.need("mean", number)?,
                object.need("variation", number)?,
            );
            object.end()?;
            Distribution::LogNormal { mean, variation }
        }
        _ => {
            return Err(JsonProblem {
                key: at,
                fault: JsonFault::Unknown,
            });
        }
    })
}

/// The one entry of an object, and the keys that lead there.
fn only<'json>(
    value: &'json Value,
    key: &str,
    what: &'static str,
) -> Result<(&'json str, &'json Value, String), JsonProblem> {
    let mut entries = value.as_object().into_iter().flatten();
    match (entries.next(), entries.next()) {
        (Some((name, value)), None) => Ok((name, value, format!("{key}.{name}"))),
        _ => Err(expected(key.to_owned(), what)),
    }
}

fn arrivals(value: &Value, key: String) -> Result<Arrivals, JsonProblem> {
    const WHAT: &str =
        "one of { poisson }, { bursty: { rate, factor, burst, calm } }, { users: { think } }";
    let (name, value, at) = only(value, &key, WHAT)?;
    if name == "poisson" {
        return Ok(Arrivals::Poisson {
            rate: number(value, at)?,
        });
    }
    let mut object = match name {
        "bursty" | "users" => Object::of(value, at)?,
        _ => {
            return Err(JsonProblem {
                key: at,
                fault: JsonFault::Unknown,
            });
        }
    };
    let arrivals = if name == "bursty" {
        Arrivals::Bursty {
            rate: object.need("rate", number)?,
            burst_factor: object.need("factor", number)?,
            burst_seconds: object.need("burst", number)?,
            calm_seconds: object.need("calm", number)?,
        }
    } else {
        Arrivals::Users {
            think_time: object.need("think", time)?,
        }
    };
    object.end()?;
    Ok(arrivals)
}

fn store(value: &Value, key: String) -> Result<StoreModel, JsonProblem> {
    if value.is_null() {
        return Ok(plain_station().store);
    }
    let mut store = default_run().store;
    let mut object = Object::of(value, key)?;
    object.read("connections", small, &mut store.connections)?;
    object.read("service", time, &mut store.service)?;
    object.read("roundTrip", time, &mut store.round_trip)?;
    object.end()?;
    Ok(store)
}

/// A lane: the name of a scheme, or an object. What an object does not say is not there.
fn lane(value: &Value, key: String, habits: &Habits) -> Result<LaneModel, JsonProblem> {
    if let Some(name) = value.as_str() {
        return names::scheme(name)
            .map(Preset::scheme)
            .map(|scheme| {
                let times = CheckTimes::measured(ServerAlgorithm::default());
                lane_model(&scheme, &times, habits)
            })
            .ok_or_else(|| expected(key, names::SCHEMES_EXPECTED));
    }
    let mut lane = LaneModel {
        check: Distribution::Constant { seconds: 0.0 },
        reads: 0.0,
        writes: 0.0,
        records: Records::None,
        needs_key: false,
        octets: 0,
    };
    let mut object = Object::of(value, key)?;
    object.read("check", time, &mut lane.check)?;
    object.read("reads", number, &mut lane.reads)?;
    object.read("writes", number, &mut lane.writes)?;
    object.read("records", records, &mut lane.records)?;
    object.read("needsKey", flag, &mut lane.needs_key)?;
    object.read("octets", small, &mut lane.octets)?;
    object.end()?;
    Ok(lane)
}

fn events(value: &Value, key: String) -> Result<Vec<Scheduled>, JsonProblem> {
    list(value, &key, event)
}

fn event(value: &Value, key: String) -> Result<Scheduled, JsonProblem> {
    let mut object = Object::of(value, key)?;
    let at = object.need("at", number)?;
    let mut until = None;
    object.read(
        "until",
        |value, key| {
            if value.is_null() {
                Ok(None)
            } else {
                number(value, key).map(Some)
            }
        },
        &mut until,
    )?;
    let name = object.need("kind", |value, key| {
        value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| expected(key, "the name of a fault"))
    })?;
    let change = if name == names::SERVERS_ADDED {
        FleetChange::ServersAdded {
            servers: object.need("servers", small)?,
        }
    } else {
        let Some(kind) = names::fault(&name) else {
            return Err(expected(object.key("kind"), names::FAULTS_EXPECTED));
        };
        let kind = match kind {
            FaultKind::StoreSlow { .. } => FaultKind::StoreSlow {
                milliseconds: object.need("milliseconds", small)?,
            },
            FaultKind::ClockOff { .. } => FaultKind::ClockOff {
                seconds: object.need("seconds", signed)?,
            },
            _ => kind,
        };
        let (mut first, mut last) = match kind {
            FaultKind::StoreDown | FaultKind::StoreSlow { .. } => (1, Fleet::MOST_SERVERS),
            _ => (0, 0),
        };
        if let Some(server) = object.take("server") {
            first = small(server, object.key("server"))?;
            last = first;
        }
        if let Some(servers) = object.take("servers") {
            (first, last) = pair(servers, object.key("servers"), small)?;
        }
        if first == 0 && last == 0 {
            return Err(JsonProblem {
                key: object.key("servers"),
                fault: JsonFault::Missing,
            });
        }
        FleetChange::Fault(Fault { kind, first, last })
    };
    object.end()?;
    Ok(Scheduled { at, until, change })
}
