//! Runs that make sense, of all kinds.

use proptest::collection::vec;
use proptest::prelude::*;
use protocol::{
    Arrivals, Balancer, Distribution, Fault, FaultKind, FleetChange, LaneModel, Prices, Queue,
    Records, Scheduled, Simulation, StoreModel,
};
use scenario::default_run;

fn times() -> impl Strategy<Value = Distribution> {
    prop_oneof![
        (0.0..3_600.0).prop_map(|seconds| Distribution::Constant { seconds }),
        (0.001..1e9).prop_map(|rate| Distribution::Exponential { rate }),
        (0.0..1.0, 1.0..3_600.0).prop_map(|(from, to)| Distribution::Uniform { from, to }),
        (0.0..3_600.0, 0.0..100.0)
            .prop_map(|(mean, variation)| Distribution::LogNormal { mean, variation }),
    ]
}

fn arrivals() -> impl Strategy<Value = Arrivals> {
    prop_oneof![
        (1e-9..1e7).prop_map(|rate| Arrivals::Poisson { rate }),
        (1e-9..1e7, 1.0..1e6, 1e-9..3_600.0, 1e-9..3_600.0).prop_map(
            |(rate, burst_factor, burst_seconds, calm_seconds)| Arrivals::Bursty {
                rate,
                burst_factor,
                burst_seconds,
                calm_seconds,
            }
        ),
        times().prop_map(|think_time| Arrivals::Users { think_time }),
    ]
}

fn queues() -> impl Strategy<Value = Queue> {
    prop_oneof![
        Just(Queue::Shared),
        prop::sample::select(&Balancer::ALL[..]).prop_map(Queue::OneEach),
    ]
}

fn lanes() -> impl Strategy<Value = LaneModel> {
    (
        times(),
        0.0..20.0,
        0.0..20.0,
        prop::sample::select(&[Records::None, Records::Store, Records::ServerMemory][..]),
        any::<bool>(),
        0..1_000_000_u32,
    )
        .prop_map(
            |(check, reads, writes, records, needs_key, octets)| LaneModel {
                check,
                reads,
                writes,
                records,
                needs_key,
                octets,
            },
        )
}

fn changes() -> impl Strategy<Value = FleetChange> {
    let kinds = prop_oneof![
        Just(FaultKind::ServerDown),
        Just(FaultKind::StoreDown),
        (0..60_000_u32).prop_map(|milliseconds| FaultKind::StoreSlow { milliseconds }),
        Just(FaultKind::StoreUnreachable),
        Just(FaultKind::KeyTaken),
        Just(FaultKind::KeyOld),
        (-1_000_000..1_000_000_i32).prop_map(|seconds| FaultKind::ClockOff { seconds }),
    ];
    prop_oneof![
        (1..3_u32).prop_map(|servers| FleetChange::ServersAdded { servers }),
        (kinds, 1..10_u32, 0..1_000_u32).prop_map(|(kind, first, more)| {
            FleetChange::Fault(Fault {
                kind,
                first,
                last: first + more,
            })
        }),
    ]
}

fn events() -> impl Strategy<Value = Scheduled> {
    (0.0..1e6, prop::option::of(1e-3..1e6), changes()).prop_map(|(at, length, change)| Scheduled {
        at,
        until: length.map(|length| at + length),
        change,
    })
}

/// Any run that makes sense.
pub(crate) fn simulations() -> impl Strategy<Value = Simulation> {
    let load = (
        any::<u64>(),
        2..100_000_000_u64,
        1..1_000_000_u32,
        arrivals(),
    );
    let fleet = (10..800_u32, queues(), 0..1_000_000_u32, 0.0..3_600.0);
    let work = (times(), times(), times(), 0.0..20.0);
    let store = (1..10_000_u32, times(), times());
    let prices = (0.0..1e9, 0.0..1e9, 0.0..1e9, 0.0..1e9);
    let rest = (vec(lanes(), 1..3), vec(events(), 0..64), prices);
    (load, fleet, work, store, rest).prop_map(|(load, fleet, work, store, rest)| Simulation {
        seed: load.0,
        requests: load.1,
        warm_up: load.1 / 3,
        users: load.2,
        arrivals: load.3,
        servers: fleet.0,
        queue: fleet.1,
        waiting_places: fleet.2,
        patience: fleet.3,
        service: work.0,
        sign_in: work.1,
        network: work.2,
        application_reads: work.3,
        store: StoreModel {
            connections: store.0,
            service: store.1,
            round_trip: store.2,
        },
        lanes: rest.0,
        schedule: rest.1,
        prices: Prices {
            server_month: rest.2.0,
            store_month: rest.2.1,
            million_operations: rest.2.2,
            gigabyte: rest.2.3,
        },
    })
}

/// The default run with something changed.
pub(crate) fn changed(change: impl FnOnce(&mut Simulation)) -> Simulation {
    let mut run = default_run();
    change(&mut run);
    run
}
