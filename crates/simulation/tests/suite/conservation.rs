//! Every request ends exactly once, whatever is set and whatever happens.

use proptest::collection::vec;
use proptest::prelude::*;
use protocol::{
    Arrivals, Balancer, Distribution, Fault, FaultKind, FleetChange, LaneModel, Queue, Records,
    Scheduled, Simulation, SimulationReport, StoreModel,
};
use scenario::default_run;
use simulation::Run;

fn times(longest: f64) -> impl Strategy<Value = Distribution> {
    prop_oneof![
        Just(Distribution::Constant { seconds: 0.0 }),
        (0.0..longest).prop_map(|seconds| Distribution::Constant { seconds }),
        (1e-3..1.0).prop_map(move |share| Distribution::Exponential {
            rate: 1.0 / (share * longest)
        }),
        (0.0..longest, 0.0..3.0)
            .prop_map(|(mean, variation)| Distribution::LogNormal { mean, variation }),
    ]
}

fn arrivals() -> impl Strategy<Value = Arrivals> {
    prop_oneof![
        (10.0..3_000.0).prop_map(|rate| Arrivals::Poisson { rate }),
        (10.0..3_000.0, 1.0..20.0, 0.1..3.0, 0.1..3.0).prop_map(
            |(rate, burst_factor, burst_seconds, calm_seconds)| Arrivals::Bursty {
                rate,
                burst_factor,
                burst_seconds,
                calm_seconds,
            }
        ),
        times(2.0).prop_map(|think_time| Arrivals::Users { think_time }),
    ]
}

fn events() -> impl Strategy<Value = Scheduled> {
    let kinds = prop_oneof![
        Just(FaultKind::ServerDown),
        Just(FaultKind::StoreDown),
        (0..2_000_u32).prop_map(|milliseconds| FaultKind::StoreSlow { milliseconds }),
        Just(FaultKind::StoreUnreachable),
        Just(FaultKind::KeyTaken),
        Just(FaultKind::KeyOld),
        (-2_000..2_000_i32).prop_map(|seconds| FaultKind::ClockOff { seconds }),
    ];
    let changes = prop_oneof![
        1 => (1..20_u32).prop_map(|servers| FleetChange::ServersAdded { servers }),
        6 => (kinds, 1..8_u32, 0..30_u32).prop_map(|(kind, first, more)| {
            FleetChange::Fault(Fault { kind, first, last: first + more })
        }),
    ];
    (0.0..6.0, prop::option::of(0.01..4.0), changes).prop_map(|(at, length, change)| Scheduled {
        at,
        until: length.map(|length| at + length),
        change,
    })
}

fn lanes() -> impl Strategy<Value = LaneModel> {
    (
        times(0.002),
        0.0..2.0,
        0.0..1.0,
        prop::sample::select(&[Records::None, Records::Store, Records::ServerMemory][..]),
        any::<bool>(),
    )
        .prop_map(|(check, reads, writes, records, needs_key)| LaneModel {
            check,
            reads,
            writes,
            records,
            needs_key,
            octets: 100,
        })
}

fn simulations() -> impl Strategy<Value = Simulation> {
    let queues = prop_oneof![
        Just(Queue::Shared),
        prop::sample::select(&Balancer::ALL[..]).prop_map(Queue::OneEach),
    ];
    let load = (any::<u64>(), 1..6_000_u64, 1..400_u32, arrivals());
    let fleet = (
        8..40_u32,
        queues,
        prop::sample::select(&[0, 1, 7, 500][..]),
        prop::sample::select(&[0.0, 0.05, 1.0][..]),
    );
    let work = (times(0.02), times(0.05), times(0.03), 0.0..2.0);
    let store = (1..20_u32, times(0.003), times(0.002));
    let rest = (vec(lanes(), 1..3), vec(events(), 0..8));
    (load, fleet, work, store, rest).prop_map(|(load, fleet, work, store, rest)| Simulation {
        seed: load.0,
        requests: load.1,
        warm_up: load.1 / 4,
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
        ..default_run()
    })
}

/// What must hold at any time.
fn check(report: &SimulationReport) {
    assert!(report.frames.len() <= SimulationReport::MOST_FRAMES);
    for lane in &report.lanes {
        assert_eq!(
            lane.arrived,
            lane.answered + lane.refused + lane.failed + lane.under_way
        );
        assert!((0.0..=1.0 + 1e-9).contains(&lane.utilisation), "{lane:?}");
        assert!(
            (0.0..=1.0 + 1e-9).contains(&lane.store_utilisation),
            "{lane:?}"
        );
        assert!(lane.latency.mean.is_finite() && lane.throughput.is_finite());
        assert!(lane.series.len() <= SimulationReport::MOST_POINTS);
        let percentiles = [
            lane.latency.p50,
            lane.latency.p95,
            lane.latency.p99,
            lane.latency.p999,
            lane.latency.longest,
        ];
        assert!(percentiles.is_sorted(), "{percentiles:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_request_ends_exactly_once(simulation in simulations()) {
        let mut run = Run::new(&simulation).expect("it makes sense");
        while !run.advance(5_000) {
            check(&run.report());
        }
        let report = run.report();
        check(&report);
        prop_assert!(report.is_complete);
        prop_assert_eq!(report.requests, simulation.requests);
        for lane in &report.lanes {
            prop_assert_eq!(lane.under_way, 0);
            prop_assert_eq!(lane.arrived, simulation.requests - simulation.warm_up);
            // The series counts the warm-up, too.
            let (mut arrived, mut ended) = (0, 0);
            for point in &lane.series {
                arrived += u64::from(point.arrived);
                ended += u64::from(point.answered + point.refused + point.failed);
            }
            prop_assert_eq!((arrived, ended), (simulation.requests, simulation.requests));
        }
    }
}
