//! Samples of what a lab worker is told and tells of the load model, and that they survive the way.

use protocol::{
    Arrivals, Balancer, Distribution, Envelope, FleetFrame, Knee, LabOrder, LabReport, LaneModel,
    LaneReport, Limit, LoadOrder, LoadReport, Overload, Prices, Queue, Records, Sealed,
    SeriesPoint, Simulation, SimulationProblem, SimulationReport, StoreModel, SweepPoint,
    TheoryRow, TheorySystem, Varied,
};

use crate::fleet_sample::{schedule, trial, tried};

fn simulation() -> Simulation {
    let constant = Distribution::Constant { seconds: 0.001 };
    Simulation {
        seed: u64::MAX,
        requests: 10_000_000,
        warm_up: 1_000,
        users: 500,
        arrivals: Arrivals::Bursty {
            rate: 200.0,
            burst_factor: 5.0,
            burst_seconds: 1.0,
            calm_seconds: 9.0,
        },
        servers: 8,
        queue: Queue::OneEach(Balancer::TwoChoices),
        waiting_places: 100,
        patience: 2.5,
        service: Distribution::LogNormal {
            mean: 0.005,
            variation: 2.0,
        },
        sign_in: constant,
        network: Distribution::Uniform {
            from: 0.01,
            to: 0.03,
        },
        application_reads: 1.5,
        store: StoreModel {
            connections: 4,
            service: Distribution::Exponential { rate: 5_000.0 },
            round_trip: constant,
        },
        lanes: vec![LaneModel {
            check: constant,
            reads: 1.0,
            writes: 0.02,
            records: Records::ServerMemory,
            needs_key: true,
            octets: 60,
        }],
        schedule: schedule(),
        prices: Prices {
            server_month: 20.0,
            store_month: 60.0,
            million_operations: 0.25,
            gigabyte: 0.09,
        },
    }
}

fn lane_report() -> LaneReport {
    LaneReport {
        arrived: 3,
        limit: Limit::Store,
        overload: Some(Overload {
            limit: Limit::Servers,
            offered: 1.25,
        }),
        series: vec![SeriesPoint::default()],
        ..LaneReport::default()
    }
}

fn point() -> SweepPoint {
    SweepPoint {
        value: 8.0,
        lanes: vec![lane_report()],
    }
}

fn orders() -> Vec<LoadOrder> {
    vec![
        LoadOrder::Run(Box::new(simulation())),
        LoadOrder::Sweep(vec![(8.0, simulation())]),
        LoadOrder::FindKnees {
            varied: Varied::Rate,
            points: vec![point()],
        },
        LoadOrder::CheckTheory {
            requests: 1_000,
            seed: 7,
        },
    ]
}

fn reports() -> Vec<LoadReport> {
    vec![
        LoadReport::Ran(Box::new(SimulationReport {
            requests: 3,
            is_complete: true,
            seconds: 12.5,
            lanes: vec![lane_report()],
            frames: vec![FleetFrame {
                at: 1.0,
                servers: vec![vec![0, 254, 255]],
                store: vec![9],
            }],
        })),
        LoadReport::Swept(Box::new(point())),
        LoadReport::Knees(vec![
            None,
            Some(Knee {
                point: 3,
                limit: Limit::SignIns,
            }),
        ]),
        LoadReport::Theory(TheoryRow {
            system: TheorySystem::Mmc { servers: 4 },
            rho: 0.8,
            theory: 0.01,
            simulated: 0.0101,
            half_width: 0.0002,
            requests: 1_000,
        }),
        LoadReport::Done,
        LoadReport::Refused(SimulationProblem::Requests),
    ]
}

fn check_sealed<T>(messages: Vec<T>, lab_message: impl Fn(Sealed) -> LabMessage)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    for message in messages {
        let sealed = match lab_message(Sealed::new(&message)) {
            LabMessage::Order(order) => match carried(order) {
                LabOrder::Load(sealed) | LabOrder::TryFaults(sealed) => sealed,
                LabOrder::MakeKey(_) => panic!("it was another order"),
            },
            LabMessage::Report(report) => match carried(report) {
                LabReport::Load(sealed) | LabReport::FaultsTried(sealed) => sealed,
                other => panic!("{other:?}"),
            },
        };
        assert_eq!(sealed.open(), Ok(message));
    }
}

enum LabMessage {
    Order(LabOrder),
    Report(LabReport),
}

fn carried<T>(message: T) -> T
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let bytes = Envelope { number: 1, message }
        .encode()
        .expect("postcard carries it");
    Envelope::<T>::decode(&bytes)
        .expect("it is a message")
        .message
}

#[test]
fn what_a_lab_worker_is_told_and_tells_survives_the_way() {
    check_sealed(orders(), |sealed| LabMessage::Order(LabOrder::Load(sealed)));
    check_sealed(vec![trial()], |sealed| {
        LabMessage::Order(LabOrder::TryFaults(sealed))
    });
    check_sealed(reports(), |sealed| {
        LabMessage::Report(LabReport::Load(sealed))
    });
    check_sealed(tried().to_vec(), |sealed| {
        LabMessage::Report(LabReport::FaultsTried(sealed))
    });
}

#[test]
fn a_distributions_mean_is_that_of_its_formula() {
    for (distribution, mean) in [
        (Distribution::Constant { seconds: 2.0 }, 2.0),
        (Distribution::Exponential { rate: 4.0 }, 0.25),
        (Distribution::Uniform { from: 1.0, to: 3.0 }, 2.0),
        (
            Distribution::LogNormal {
                mean: 0.5,
                variation: 3.0,
            },
            0.5,
        ),
    ] {
        assert!(
            (distribution.mean() - mean).abs() < 1e-12,
            "{distribution:?}"
        );
    }
}
