//! What a month costs, and when more arrives than can leave: by numbers that can be worked out by hand.

use protocol::{
    Arrivals, Balancer, Distribution, Fault, FaultKind, FleetChange, LaneReport, Limit, Overload,
    Prices, Queue, Scheduled, Simulation, StoreModel,
};
use scenario::{LoadPreset, plain_station};
use simulation::simulate;

/// A hundred requests a second of 500 octets, on four servers.
fn run() -> Simulation {
    let mut run = Simulation {
        requests: 20_000,
        warm_up: 0,
        servers: 4,
        arrivals: Arrivals::Poisson { rate: 100.0 },
        service: Distribution::Constant { seconds: 0.001 },
        store: StoreModel {
            connections: 2,
            service: Distribution::Constant { seconds: 0.001 },
            round_trip: Distribution::Constant { seconds: 0.0 },
        },
        prices: Prices {
            server_month: 10.0,
            store_month: 50.0,
            million_operations: 0.25,
            gigabyte: 0.08,
        },
        ..plain_station()
    };
    run.lanes[0].octets = 500;
    run
}

/// Its lane, with so many reads and writes of authentication, and reads of the application.
fn lane(mut run: Simulation, [reads, writes, application_reads]: [f64; 3]) -> LaneReport {
    run.lanes[0].reads = reads;
    run.lanes[0].writes = writes;
    run.application_reads = application_reads;
    let report = simulate(&run).expect("it makes sense");
    report.lanes.into_iter().next().expect("there is a lane")
}

#[track_caller]
fn assert_near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 0.03 * expected,
        "{found}, expected {expected}"
    );
}

#[test]
fn a_month_costs_its_servers_what_users_send_and_what_the_store_is_asked() {
    for operations in [
        [0.0, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 0.0, 1.0],
        [1.0, 1.0, 0.0],
        [0.5, 0.25, 2.0],
    ] {
        let cost = lane(run(), operations).cost;
        assert_eq!(cost.servers, 40.0);
        // 262.8 million requests a month.
        assert_near(cost.traffic, 262.8 * 500.0 / 1_000.0 * 0.08);
        match operations.iter().sum::<f64>() {
            0.0 => assert_eq!(cost.store, 0.0),
            each => assert_near(cost.store, 50.0 + 262.8 * each * 0.25),
        }
    }
}

#[test]
fn servers_that_are_added_are_paid_for() {
    let mut run = run();
    run.schedule = vec![Scheduled {
        at: 1.0,
        until: None,
        change: FleetChange::ServersAdded { servers: 2 },
    }];
    assert_eq!(lane(run, [0.0; 3]).cost.servers, 60.0);
}

#[test]
fn more_than_can_be_done_is_said_with_how_much_it_is() {
    let seconds = |seconds| Distribution::Constant { seconds };
    for (service, operation, operations, expected) in [
        (0.03, 0.0, [0.0; 3], None),
        // Where as much arrives as can be done, the queue has no end.
        (0.04, 0.0, [0.0; 3], Some((Limit::Servers, 1.0))),
        (0.05, 0.0, [1.0, 1.0, 1.0], Some((Limit::Servers, 1.25))),
        (0.03, 0.005, [1.0, 0.5, 0.5], None),
        (0.03, 0.02, [1.0, 0.5, 0.5], Some((Limit::Store, 2.0))),
        (0.03, 0.02, [0.5, 1.0, 0.0], Some((Limit::Store, 1.5))),
        // The busier one.
        (0.08, 0.03, [1.0, 0.0, 0.0], Some((Limit::Servers, 2.0))),
    ] {
        let mut run = run();
        run.service = seconds(service);
        run.store.service = seconds(operation);
        let overload = lane(run, operations).overload;
        let expected = expected.map(|(limit, offered)| Overload { limit, offered });
        assert_eq!(overload, expected, "{service} s, {operation} s");
    }
}

#[test]
fn servers_that_are_down_can_do_nothing_of_what_arrives() {
    let mut run = run();
    run.service = Distribution::Constant { seconds: 0.03 };
    run.schedule = vec![Scheduled {
        at: 0.0,
        until: None,
        change: FleetChange::Fault(Fault {
            kind: FaultKind::ServerDown,
            first: 1,
            last: 2,
        }),
    }];
    let overload = lane(run, [0.0; 3]).overload.expect("two are not enough");
    assert_eq!(overload.limit, Limit::Servers);
    assert_near(overload.offered, 1.5);
}

#[test]
fn who_is_refused_takes_no_work_and_who_signs_in_takes_a_hash() {
    for (hash, operation, limit) in [(0.05, 1e-6, Limit::SignIns), (0.001, 0.02, Limit::Store)] {
        let seconds = |seconds| Distribution::Constant { seconds };
        let mut run = LoadPreset::TenMemories.simulation();
        run.queue = Queue::OneEach(Balancer::Random);
        run.arrivals = Arrivals::Poisson { rate: 1_000.0 };
        run.service = seconds(0.002);
        run.sign_in = seconds(hash);
        run.application_reads = 2.0;
        run.store.connections = 10;
        run.store.service = seconds(operation);
        run.lanes[0].check = seconds(0.0);
        let report = simulate(&run).expect("it makes sense");
        let session = &report.lanes[0];
        let share = |count: u64| count as f64 / session.arrived as f64;
        let (known, hashed) = (1.0 - share(session.refused), share(session.sign_ins));
        let expected = match limit {
            Limit::Store => 100.0 * known * 2.0 * operation,
            _ => 100.0 * (known * 0.002 + hashed * hash),
        };
        let overload = session.overload.expect("it is too much");
        assert_eq!(overload.limit, limit);
        assert_near(overload.offered, expected);
        assert!(known < 0.9, "{known}");
    }
}
