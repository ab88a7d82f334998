//! A fleet as it is kept for the next visit: numbers in a row, as the page's start has no room for more. What is wrong
//! with servers is never kept. What people read and write is `fleet_json`.

use protocol::{Balancer, Fleet, FleetKeys};

/// Who holds which half, in the order of their numbers.
const KEYS: [FleetKeys; 2] = [FleetKeys::Shared, FleetKeys::PublicHalves];

/// The numbers, separated by spaces.
pub(super) fn fleet_to_text(fleet: &Fleet) -> String {
    let place = |place: Option<usize>| place.unwrap_or_default();
    let balancer = Balancer::ALL.iter().position(|it| *it == fleet.balancer);
    let keys = KEYS.iter().position(|it| *it == fleet.keys);
    format!("{} {} {}", fleet.servers, place(balancer), place(keys))
}

/// The fleet of these numbers; `None` where they are not those of a fleet that makes sense.
pub(super) fn fleet_from_text(text: &str) -> Option<Fleet> {
    let mut words = text.split(' ');
    let mut number = || words.next()?.parse::<u32>().ok();
    let fleet = Fleet {
        servers: number()?,
        balancer: *Balancer::ALL.get(number()? as usize)?,
        keys: *KEYS.get(number()? as usize)?,
        faults: Vec::new(),
    };
    (words.next().is_none() && fleet.problem().is_none()).then_some(fleet)
}

#[cfg(test)]
mod tests {
    use protocol::{Fault, FaultKind};

    use super::*;

    #[test]
    fn a_fleet_is_read_as_it_was_written_but_for_its_faults() {
        for balancer in Balancer::ALL {
            for keys in KEYS {
                let mut fleet = Fleet {
                    servers: 1_000,
                    balancer,
                    keys,
                    faults: vec![Fault {
                        kind: FaultKind::ServerDown,
                        first: 3,
                        last: 3,
                    }],
                };
                let text = fleet_to_text(&fleet);
                fleet.faults.clear();
                assert_eq!(fleet_from_text(&text), Some(fleet), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_fleet_is_none() {
        assert_eq!(fleet_from_text("1 0 0"), Some(Fleet::default()));
        for text in [
            "", "1", "1 0", "0 0 0", "1001 0 0", "1 6 0", "1 0 2", "1 0 0 0", " 1 0 0", "-1 0 0",
            "{}", "ten 0 0",
        ] {
            assert_eq!(fleet_from_text(text), None, "{text:?}");
        }
    }
}
