//! Writes a run as JSON.

use protocol::{
    Arrivals, Distribution, FaultKind, FleetChange, LaneModel, Scheduled, Simulation, StoreModel,
};
use serde_json::{Value, json};

use crate::names;

/// The run as JSON, with every setting in it.
pub fn to_json(simulation: &Simulation) -> Value {
    json!({
        "seed": simulation.seed,
        "requests": simulation.requests,
        "warmUp": simulation.warm_up,
        "users": simulation.users,
        "arrivals": arrivals(&simulation.arrivals),
        "servers": simulation.servers,
        "queue": names::of_queue(simulation.queue),
        "waitingPlaces": simulation.waiting_places,
        "patience": simulation.patience,
        "service": time(&simulation.service),
        "signIn": time(&simulation.sign_in),
        "network": time(&simulation.network),
        "applicationReads": simulation.application_reads,
        "store": store(&simulation.store),
        "lanes": simulation.lanes.iter().map(lane).collect::<Vec<_>>(),
        "faults": simulation.schedule.iter().map(event).collect::<Vec<_>>(),
        "prices": {
            "serverMonth": simulation.prices.server_month,
            "storeMonth": simulation.prices.store_month,
            "millionOperations": simulation.prices.million_operations,
            "gigabyte": simulation.prices.gigabyte,
        },
    })
}

fn time(time: &Distribution) -> Value {
    match *time {
        Distribution::Constant { seconds } => json!({ "constant": seconds }),
        Distribution::Exponential { rate } => json!({ "exponential": rate }),
        Distribution::Uniform { from, to } => json!({ "uniform": [from, to] }),
        Distribution::LogNormal { mean, variation } => {
            json!({ "lognormal": { "mean": mean, "variation": variation } })
        }
    }
}

fn arrivals(arrivals: &Arrivals) -> Value {
    match arrivals {
        Arrivals::Poisson { rate } => json!({ "poisson": rate }),
        Arrivals::Bursty {
            rate,
            burst_factor,
            burst_seconds,
            calm_seconds,
        } => json!({
            "bursty": {
                "rate": rate,
                "factor": burst_factor,
                "burst": burst_seconds,
                "calm": calm_seconds,
            }
        }),
        Arrivals::Users { think_time } => json!({ "users": { "think": time(think_time) } }),
    }
}

fn store(store: &StoreModel) -> Value {
    json!({
        "connections": store.connections,
        "service": time(&store.service),
        "roundTrip": time(&store.round_trip),
    })
}

fn lane(lane: &LaneModel) -> Value {
    json!({
        "check": time(&lane.check),
        "reads": lane.reads,
        "writes": lane.writes,
        "records": names::of_records(lane.records),
        "needsKey": lane.needs_key,
        "octets": lane.octets,
    })
}

fn event(entry: &Scheduled) -> Value {
    let mut value = match entry.change {
        FleetChange::ServersAdded { servers } => {
            json!({ "kind": names::SERVERS_ADDED, "servers": servers })
        }
        FleetChange::Fault(fault) => {
            let mut value = json!({
                "kind": names::of_fault(fault.kind),
                "servers": [fault.first, fault.last],
            });
            match fault.kind {
                FaultKind::StoreSlow { milliseconds } => {
                    value["milliseconds"] = milliseconds.into();
                }
                FaultKind::ClockOff { seconds } => value["seconds"] = seconds.into(),
                _ => {}
            }
            value
        }
    };
    value["at"] = entry.at.into();
    if let Some(until) = entry.until {
        value["until"] = until.into();
    }
    value
}
