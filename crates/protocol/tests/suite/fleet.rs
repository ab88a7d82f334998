//! Fleets: which make sense, and whom a fault concerns.

use protocol::{Balancer, Fact, FaultKind, Fleet, FleetProblem, Settings};

use crate::fleet_sample::{facts, fault, fleet};

#[test]
fn a_fleet_starts_as_one_server_with_nothing_wrong() {
    let fleet = Settings::default().fleet;
    assert_eq!((fleet.servers, fleet.faults.len()), (1, 0));
    assert_eq!(fleet.problem(), None);
}

#[test]
fn a_fleet_that_makes_no_sense_says_why() {
    const LONGEST: u32 = Fleet::SLOWEST_STORE_MILLISECONDS;
    let furthest = i32::try_from(Fleet::FURTHEST_CLOCK_SECONDS).expect("it fits");
    let of = |servers, faults| Fleet {
        servers,
        faults,
        ..Fleet::default()
    };
    let one = |kind, first, last| of(10, vec![fault(kind, first, last)]);
    let down = FaultKind::ServerDown;
    let clock = |seconds| one(FaultKind::ClockOff { seconds }, 1, 1);
    let slow = |milliseconds| one(FaultKind::StoreSlow { milliseconds }, 1, 10);
    for (fleet, problem) in [
        (fleet(), None),
        (of(0, Vec::new()), Some(FleetProblem::Servers)),
        (of(1_000, Vec::new()), None),
        (of(1_001, Vec::new()), Some(FleetProblem::Servers)),
        (of(u32::MAX, Vec::new()), Some(FleetProblem::Servers)),
        (of(1, vec![fault(down, 1, 1); 64]), None),
        (
            of(1, vec![fault(down, 1, 1); 65]),
            Some(FleetProblem::Faults),
        ),
        (one(down, 10, 10), None),
        (one(down, 10, u32::MAX), None),
        (one(down, 0, 1), Some(FleetProblem::FaultServers)),
        (one(down, 5, 4), Some(FleetProblem::FaultServers)),
        (one(down, 11, 11), Some(FleetProblem::FaultServers)),
        (slow(LONGEST), None),
        (slow(LONGEST + 1), Some(FleetProblem::FaultSlowness)),
        (clock(-furthest), None),
        (clock(furthest + 1), Some(FleetProblem::FaultClock)),
        (clock(i32::MIN), Some(FleetProblem::FaultClock)),
    ] {
        assert_eq!(fleet.problem(), problem, "{fleet:?}");
    }
}

#[test]
fn a_fault_concerns_the_servers_from_its_first_to_its_last() {
    let some = fault(FaultKind::KeyTaken, 3, 5);
    let concerned = (1..=7).filter(|server| some.concerns(*server));
    assert_eq!(concerned.collect::<Vec<_>>(), [3, 4, 5]);
}

#[test]
fn each_balancer_stands_once_among_all() {
    let mut all = Balancer::ALL.to_vec();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 6);
}

#[test]
fn what_a_fleets_steps_say_survives_the_way() {
    for fact in facts() {
        let bytes = postcard::to_stdvec(&fact).expect("postcard carries it");
        assert_eq!(postcard::from_bytes::<Fact>(&bytes), Ok(fact));
    }
}
