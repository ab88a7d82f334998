//! Faults on schedule: who is signed out, who is refused, who fails, by design.

use protocol::{
    Balancer, Fault, FaultKind, FleetChange, LaneReport, Queue, Records, Scheduled, SeriesPoint,
    Simulation,
};
use scenario::{LoadPreset, default_run, plain_station};
use simulation::simulate;

/// The default run for about 83 s without warm-up, with something that happens from 30 s to 60 s. The first lane's
/// records are where they are said to be.
fn lanes(records: Records, queue: Balancer, change: FleetChange) -> [LaneReport; 2] {
    let mut run = if records == Records::ServerMemory {
        LoadPreset::TenMemories.simulation()
    } else {
        default_run()
    };
    run.application_reads = 0.0;
    run.warm_up = 0;
    run.queue = Queue::OneEach(queue);
    run.schedule = vec![Scheduled {
        at: 30.0,
        until: Some(60.0),
        change,
    }];
    report(&run)
}

fn report(run: &Simulation) -> [LaneReport; 2] {
    let report = simulate(run).expect("it makes sense");
    report.lanes.try_into().expect("there are two lanes")
}

fn fault(kind: FaultKind, first: u32, last: u32) -> FleetChange {
    FleetChange::Fault(Fault { kind, first, last })
}

/// Sums over the pieces that lie wholly within the time.
fn within(lane: &LaneReport, from: f64, to: f64, what: impl Fn(&SeriesPoint) -> u32) -> u32 {
    lane.series
        .iter()
        .filter(|point| point.at >= from && point.at + point.seconds <= to)
        .map(what)
        .sum()
}

#[track_caller]
fn assert_share(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.02, "{found} of {expected}");
}

#[test]
fn without_its_store_no_session_is_known() {
    let [session, token] = lanes(
        Records::Store,
        Balancer::TwoChoices,
        fault(FaultKind::StoreDown, 1, 1),
    );
    let arrived = within(&session, 31.0, 59.0, |point| point.arrived);
    let failed = within(&session, 31.0, 59.0, |point| point.failed);
    assert_share(f64::from(failed) / f64::from(arrived), 1.0);
    assert_eq!(within(&session, 61.0, 80.0, |point| point.failed), 0);
    assert_eq!(session.signed_out, 0);
    assert_eq!((token.failed, token.refused), (0, 0));
}

#[test]
fn servers_that_do_not_reach_the_store_fail_alone() {
    let [session, token] = lanes(
        Records::Store,
        Balancer::RoundRobin,
        fault(FaultKind::StoreUnreachable, 1, 3),
    );
    let arrived = within(&session, 31.0, 59.0, |point| point.arrived);
    let failed = within(&session, 31.0, 59.0, |point| point.failed);
    assert_share(f64::from(failed) / f64::from(arrived), 0.3);
    assert_eq!(token.failed, 0);
}

#[test]
fn a_slow_store_slows_sessions_alone() {
    let [session, token] = lanes(
        Records::Store,
        Balancer::TwoChoices,
        fault(FaultKind::StoreSlow { milliseconds: 200 }, 1, 1),
    );
    let p50 = |lane: &LaneReport, from: f64, to: f64| {
        lane.series
            .iter()
            .find(|point| point.at >= from && point.at <= to)
            .map_or(0.0, |point| point.p50)
    };
    assert!(p50(&session, 40.0, 50.0) > p50(&session, 10.0, 20.0) + 0.19);
    assert!(p50(&token, 40.0, 50.0) < 0.1);
    assert_eq!((session.failed, token.failed), (0, 0));
}

#[test]
fn a_server_that_dies_takes_the_sessions_in_its_memory_along() {
    let [session, token] = lanes(
        Records::ServerMemory,
        Balancer::StickyCookie,
        fault(FaultKind::ServerDown, 1, 3),
    );
    // Three tenths of ten thousand users; each is refused once, and signs in.
    assert_eq!(session.signed_out, 3_000);
    assert!(session.refused > 2_500, "{}", session.refused);
    assert!(session.sign_ins > 2_500, "{}", session.sign_ins);
    assert_eq!((token.signed_out, token.refused), (0, 0));
    // What was under way at the three.
    assert!((1..100).contains(&token.failed), "{}", token.failed);
}

#[test]
fn a_server_that_dies_signs_nobody_out_whose_session_is_in_the_store() {
    let [session, token] = lanes(
        Records::Store,
        Balancer::TwoChoices,
        fault(FaultKind::ServerDown, 1, 3),
    );
    for lane in [&session, &token] {
        assert_eq!((lane.signed_out, lane.refused), (0, 0));
        assert!((1..100).contains(&lane.failed), "{}", lane.failed);
    }
}

#[test]
fn a_server_without_its_key_refuses_tokens_alone() {
    let [session, token] = lanes(
        Records::Store,
        Balancer::RoundRobin,
        fault(FaultKind::KeyTaken, 7, 7),
    );
    let arrived = within(&token, 31.0, 59.0, |point| point.arrived);
    let refused = within(&token, 31.0, 59.0, |point| point.refused);
    assert_share(f64::from(refused) / f64::from(arrived), 0.1);
    assert_eq!((session.refused, token.signed_out), (0, 0));
}

#[test]
fn a_new_key_is_refused_where_it_has_not_arrived_by_those_who_have_it() {
    let [session, token] = lanes(
        Records::Store,
        Balancer::RoundRobin,
        fault(FaultKind::KeyOld, 1, 5),
    );
    let share = |from: f64, to: f64| {
        let refused = within(&token, from, to, |point| point.refused);
        f64::from(refused) / f64::from(within(&token, from, to, |point| point.arrived))
    };
    // After 30 of 900 s one of thirty tokens is of the new key, and half of the servers refuse it.
    assert!(share(55.0, 60.0) > share(31.0, 36.0));
    assert!((share(55.0, 60.0) - 27.5 / 900.0 / 2.0).abs() < 0.006);
    assert_eq!(within(&token, 61.0, 80.0, |point| point.refused), 0);
    assert_eq!(session.refused, 0);
}

#[test]
fn a_clock_that_is_ahead_refuses_what_expires_too_soon() {
    for (seconds, tokens, sessions) in [(450, 0.05, 0.0), (900, 0.1, 0.1), (-450, 0.0, 0.0)] {
        let [session, token] = lanes(
            Records::Store,
            Balancer::RoundRobin,
            fault(FaultKind::ClockOff { seconds }, 1, 1),
        );
        for (lane, expected) in [(session, sessions), (token, tokens)] {
            let refused = within(&lane, 31.0, 59.0, |point| point.refused);
            let arrived = within(&lane, 31.0, 59.0, |point| point.arrived);
            assert_share(f64::from(refused) / f64::from(arrived), expected);
        }
    }
}

#[test]
fn no_clock_refuses_who_carries_neither_a_session_nor_a_token() {
    let mut run = plain_station();
    run.requests = 10_000;
    run.warm_up = 0;
    run.schedule = vec![Scheduled {
        at: 0.0,
        until: None,
        change: fault(FaultKind::ClockOff { seconds: 900 }, 1, 1),
    }];
    let lane = &simulate(&run).expect("it makes sense").lanes[0];
    assert_eq!((lane.refused, lane.signed_out), (0, 0));
    assert_eq!(lane.answered, lane.arrived);
}

#[test]
fn servers_that_are_added_take_their_part() {
    for queue in [
        Queue::Shared,
        Queue::OneEach(Balancer::TwoChoices),
        Queue::OneEach(Balancer::HashOfId),
    ] {
        let mut run = default_run();
        run.servers = 5;
        run.queue = queue;
        run.schedule = vec![Scheduled {
            at: 30.0,
            until: None,
            change: FleetChange::ServersAdded { servers: 15 },
        }];
        for lane in report(&run) {
            let last = lane
                .series
                .iter()
                .rfind(|point| point.at < 75.0)
                .expect("it lasts longer");
            assert!((last.utilisation - 0.3).abs() < 0.1, "{queue:?}: {last:?}");
        }
    }
}

#[test]
fn without_any_server_all_fail_until_one_is_back() {
    for queue in [Queue::Shared, Queue::OneEach(Balancer::RoundRobin)] {
        let mut run = default_run();
        run.queue = queue;
        run.schedule = vec![Scheduled {
            at: 30.0,
            until: None,
            change: fault(FaultKind::ServerDown, 1, 10),
        }];
        for lane in report(&run) {
            assert_eq!(within(&lane, 31.0, 80.0, |point| point.answered), 0);
            assert_eq!(lane.under_way, 0);
        }
    }
}

/// As with real servers: two that say the same are no more than one.
#[test]
fn of_two_that_contradict_each_other_the_worse_holds() {
    let during = |kinds: &[FaultKind]| {
        let mut run = default_run();
        run.queue = Queue::OneEach(Balancer::RoundRobin);
        run.schedule = kinds
            .iter()
            .map(|kind| Scheduled {
                at: 30.0,
                until: Some(60.0),
                change: fault(*kind, 1, 1),
            })
            .collect();
        let [session, token] = report(&run);
        let point = session.series.iter().find(|point| point.at >= 40.0);
        let refused = within(&token, 31.0, 59.0, |point| point.refused);
        let arrived = within(&token, 31.0, 59.0, |point| point.arrived);
        (
            point.map_or(0.0, |point| f64::from(point.p50)),
            f64::from(refused) / f64::from(arrived),
        )
    };
    let slow = |milliseconds| FaultKind::StoreSlow { milliseconds };
    let clock = |seconds| FaultKind::ClockOff { seconds };
    // Two operations, each later by 200 ms.
    for kinds in [
        &[slow(200)][..],
        &[slow(200), slow(200)],
        &[slow(50), slow(200)],
        &[slow(200), slow(50)],
    ] {
        let (p50, _) = during(kinds);
        assert!((0.4..0.5).contains(&p50), "{kinds:?}: {p50}");
    }
    for (kinds, expected) in [
        (&[clock(900)][..], 0.1),
        (&[clock(450), clock(450)], 0.05),
        (&[clock(900), clock(-900)], 0.0),
        (&[clock(-900), clock(900)], 0.1),
    ] {
        assert_share(during(kinds).1, expected);
    }
}

#[test]
fn a_thousand_servers_that_die_at_once_take_all_sessions_along() {
    let mut run = LoadPreset::TenMemories.simulation();
    run.servers = 1_000;
    run.warm_up = 0;
    run.schedule = vec![Scheduled {
        at: 30.0,
        until: Some(40.0),
        change: fault(FaultKind::ServerDown, 1, 1_000),
    }];
    let [session, token] = report(&run);
    assert_eq!(session.signed_out, u64::from(run.users));
    assert_eq!(token.signed_out, 0);
    let arrived = within(&token, 31.0, 39.0, |point| point.arrived);
    let failed = within(&token, 31.0, 39.0, |point| point.failed);
    assert_share(f64::from(failed) / f64::from(arrived), 1.0);
    assert_eq!((session.under_way, token.under_way), (0, 0));
}
