//! What a scheme adds to a request.

use protocol::{
    Arrivals, Balancer, Distribution, Preset, Queue, Records, Scheme, ServerAlgorithm, StorePlace,
};
use scenario::{CheckTimes, Habits, MEASURED, default_run, lane_model};

use crate::strategies::changed;

/// One request a minute for each user, over ten servers.
const HABITS: Habits = Habits {
    requests_a_second: 1.0 / 60.0,
    servers: 10,
};

#[track_caller]
fn check(scheme: &Scheme, reads: f64, writes: f64, records: Records, needs_key: bool) {
    let times = CheckTimes::measured(ServerAlgorithm::Es256);
    let lane = lane_model(scheme, &times, &HABITS);
    assert!((lane.reads - reads).abs() < 1e-9, "{lane:?}");
    assert!((lane.writes - writes).abs() < 1e-9, "{lane:?}");
    assert_eq!((lane.records, lane.needs_key), (records, needs_key));
    let check = if needs_key {
        MEASURED.es256
    } else {
        MEASURED.session_id_hash
    };
    assert!((lane.check.mean() - check).abs() < 1e-15);
    assert_eq!(lane.octets, if needs_key { 403 } else { 50 });
}

#[test]
fn each_scheme_asks_the_store_as_its_real_servers_do() {
    // Last use is written once a minute, and half of the requests come within a minute of the last one written.
    check(&Preset::Stateful.scheme(), 1.0, 0.5, Records::Store, false);
    check(&Preset::Stateless.scheme(), 0.0, 0.0, Records::None, true);
    check(&Preset::Denylist.scheme(), 1.0, 0.0, Records::None, true);
    check(&Preset::UserVersion.scheme(), 1.0, 0.0, Records::None, true);
    // Five minutes hold five requests more: one of six refreshes.
    check(
        &Preset::Hybrid.scheme(),
        1.0 / 6.0,
        2.0 / 6.0,
        Records::None,
        true,
    );
}

#[test]
fn a_server_s_own_memory_and_cache_spare_the_store() {
    let mut scheme = Preset::Stateful.scheme();
    scheme.store.place = StorePlace::ServerMemory;
    check(&scheme, 0.0, 0.0, Records::ServerMemory, false);

    let mut scheme = Preset::Stateful.scheme();
    scheme.store.session_cache_seconds = 600;
    scheme.lifetimes.sliding = false;
    // Each of ten servers meets the user once in ten minutes.
    check(&scheme, 0.5, 0.0, Records::Store, false);
}

#[test]
fn habits_are_those_of_the_run() {
    let habits = Habits::of(&default_run());
    assert!((habits.requests_a_second - 0.12).abs() < 1e-12);
    assert_eq!(habits.servers, 10);

    let thinking = changed(|run| {
        run.arrivals = Arrivals::Users {
            think_time: Distribution::Constant { seconds: 9.0 },
        };
        run.service = Distribution::Constant { seconds: 1.0 };
        run.queue = Queue::OneEach(Balancer::StickyCookie);
    });
    let habits = Habits::of(&thinking);
    assert!((habits.requests_a_second - 0.1).abs() < 1e-12);
    assert_eq!(habits.servers, 1, "each user stays with one");
}
