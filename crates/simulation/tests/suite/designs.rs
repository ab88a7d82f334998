//! What sets the two designs apart, without faults.

use protocol::{Arrivals, Balancer, Distribution, LaneReport, Limit, Queue, Simulation};
use scenario::{LoadPreset, default_run};
use simulation::simulate;

fn lanes(run: &Simulation) -> [LaneReport; 2] {
    simulate(run)
        .expect("it makes sense")
        .lanes
        .try_into()
        .expect("there are two lanes")
}

#[test]
fn a_session_asks_the_store_and_a_token_does_not() {
    let mut run = default_run();
    run.application_reads = 0.0;
    let [session, token] = lanes(&run);
    assert!((session.store_reads / 1_200.0 - 1.0).abs() < 0.02);
    assert_eq!((token.store_reads, token.store_writes), (0.0, 0.0));
    assert_eq!(token.cost.store, 0.0);
    assert!(session.cost.store > 0.0);
    assert!(session.latency.mean > token.latency.mean);
    assert!(token.cost.traffic > 5.0 * session.cost.traffic);
    assert_eq!((session.refused, token.refused), (0, 0));
}

#[test]
fn sessions_in_memory_need_a_balancer_that_keeps_to_the_server() {
    let with = |queue: Queue| {
        let mut run = LoadPreset::TenMemories.simulation();
        run.queue = queue;
        run.arrivals = Arrivals::Poisson { rate: 200.0 };
        let [session, token] = lanes(&run);
        assert_eq!((token.refused, token.sign_ins), (0, 0));
        session
    };
    for balancer in [Balancer::StickyCookie, Balancer::HashOfId] {
        let session = with(Queue::OneEach(balancer));
        assert_eq!((session.refused, session.sign_ins), (0, 0), "{balancer:?}");
    }
    // Nine of ten requests meet another server: it refuses, and the next request signs in there.
    let session = with(Queue::OneEach(Balancer::Random));
    let refused = session.refused as f64 / session.arrived as f64;
    assert!((refused - 0.9 / 1.9).abs() < 0.01, "{refused}");
    assert!(session.sign_ins.abs_diff(session.refused) < session.arrived / 50);
    assert!(session.signed_out.abs_diff(session.refused) < 10);
}

#[test]
fn servers_that_sign_in_all_the_time_are_limited_by_that() {
    let mut run = LoadPreset::TenMemories.simulation();
    run.queue = Queue::OneEach(Balancer::Random);
    let [session, token] = lanes(&run);
    assert_eq!(session.limit, Limit::SignIns);
    assert!(session.overload.is_some(), "{session:?}");
    assert_eq!((token.limit, token.overload), (Limit::Servers, None));
}

#[test]
fn servers_that_are_busy_with_signing_in_are_limited_by_that_before_it_is_too_much() {
    let limit = |queue: Queue| {
        let mut run = LoadPreset::TenMemories.simulation();
        run.queue = queue;
        run.arrivals = Arrivals::Poisson { rate: 300.0 };
        run.service = Distribution::Constant { seconds: 0.002 };
        run.sign_in = Distribution::Constant { seconds: 0.05 };
        let [session, _] = lanes(&run);
        assert_eq!(session.overload, None);
        session.limit
    };
    // Nearly each second request signs in, and nine tenths of the work is that.
    assert_eq!(limit(Queue::OneEach(Balancer::Random)), Limit::SignIns);
    assert_eq!(limit(Queue::OneEach(Balancer::HashOfId)), Limit::None);
}
