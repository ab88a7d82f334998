//! The list of what is wrong: how a fault is added to it, and how one ends, for all that it concerns or for one server
//! alone. It never says what a fault does.

use std::mem::discriminant;

use protocol::{Fault, Fleet, FleetProblem};

/// The fleet with that fault. One of the same kind for the same servers is replaced.
pub(super) fn with_fault(fleet: &Fleet, fault: Fault) -> Result<Fleet, FleetProblem> {
    let mut changed = fleet.clone();
    changed
        .faults
        .retain(|other| !(is_same_kind(other, &fault) && range(other) == range(&fault)));
    changed.faults.push(fault);
    match changed.problem() {
        Some(problem) => Err(problem),
        None => Ok(changed),
    }
}

/// The fleet without faults of that kind for that server. Those that concern others as well go on for the others, as two
/// faults where there was one: `None` where these are too many.
pub(super) fn without_for_server(fleet: &Fleet, kind: &Fault, server: u32) -> Option<Fleet> {
    let mut changed = fleet.clone();
    changed.faults = fleet
        .faults
        .iter()
        .flat_map(|fault| {
            if is_same_kind(fault, kind) && fault.concerns(server) {
                let below = Fault {
                    last: server - 1,
                    ..*fault
                };
                let above = Fault {
                    first: server + 1,
                    ..*fault
                };
                [Some(below), Some(above)]
            } else {
                [Some(*fault), None]
            }
        })
        .flatten()
        .filter(|fault| fault.problem(fleet.servers).is_none())
        .collect();
    changed.problem().is_none().then_some(changed)
}

fn is_same_kind(one: &Fault, other: &Fault) -> bool {
    discriminant(&one.kind) == discriminant(&other.kind)
}

const fn range(fault: &Fault) -> (u32, u32) {
    (fault.first, fault.last)
}

#[cfg(test)]
mod tests {
    use protocol::FaultKind;

    use super::*;

    fn fault(kind: FaultKind, first: u32, last: u32) -> Fault {
        Fault { kind, first, last }
    }

    fn fleet(faults: &[Fault]) -> Fleet {
        Fleet {
            servers: 10,
            faults: faults.to_vec(),
            ..Fleet::default()
        }
    }

    #[test]
    fn a_fault_is_added_once_and_one_that_makes_no_sense_never() {
        let down = fault(FaultKind::ServerDown, 3, 3);
        let slow = |milliseconds| fault(FaultKind::StoreSlow { milliseconds }, 1, 10);
        for (present, added, expected) in [
            (vec![], down, Ok(vec![down])),
            (vec![down], down, Ok(vec![down])),
            (vec![slow(5), down], slow(9), Ok(vec![down, slow(9)])),
            (
                vec![],
                fault(FaultKind::ServerDown, 11, 11),
                Err(FleetProblem::FaultServers),
            ),
            (
                vec![],
                fault(FaultKind::ServerDown, 0, 1),
                Err(FleetProblem::FaultServers),
            ),
            (vec![], slow(60_001), Err(FleetProblem::FaultSlowness)),
        ] {
            let changed = with_fault(&fleet(&present), added).map(|fleet| fleet.faults);
            assert_eq!(changed, expected, "{present:?} and {added:?}");
        }
        let many: Vec<Fault> = (0..Fleet::MOST_FAULTS as i32)
            .map(|place| fault(FaultKind::ServerDown, 1, place as u32 + 1))
            .collect();
        let one_more = with_fault(&fleet(&many), fault(FaultKind::KeyTaken, 1, 1));
        assert_eq!(one_more, Err(FleetProblem::Faults));
    }

    #[test]
    fn one_server_recovers_and_the_others_of_the_fault_do_not() {
        let down = |first, last| fault(FaultKind::ServerDown, first, last);
        let no_key = fault(FaultKind::KeyTaken, 1, 10);
        for (present, server, expected) in [
            (vec![down(3, 3)], 3, vec![]),
            (vec![down(3, 3)], 4, vec![down(3, 3)]),
            (vec![down(3, 7)], 5, vec![down(3, 4), down(6, 7)]),
            (vec![down(1, 2)], 1, vec![down(2, 2)]),
            (vec![down(9, 1_000)], 10, vec![down(9, 9)]),
            (
                vec![down(2, 3), no_key, down(3, 4)],
                3,
                vec![down(2, 2), no_key, down(4, 4)],
            ),
        ] {
            let changed = without_for_server(&fleet(&present), &down(1, 1), server);
            let changed = changed.map(|fleet| fleet.faults);
            assert_eq!(changed, Some(expected), "{present:?} without {server}");
        }
        let many = vec![down(1, 10); Fleet::MOST_FAULTS / 2 + 1];
        assert_eq!(without_for_server(&fleet(&many), &down(1, 1), 5), None);
    }
}
