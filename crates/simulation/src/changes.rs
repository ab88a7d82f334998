//! What is scheduled to happen to the fleet, in the order in which it comes.

use protocol::{Fault, FleetChange, Scheduled};

/// What is still to happen, and what is wrong at present.
#[derive(Debug)]
pub(crate) struct Changes {
    /// By time, the latest first.
    pub(crate) to_come: Vec<(f64, Change)>,
    /// What is wrong, with its entry's place and since when.
    pub(crate) present: Vec<(usize, f64, Fault)>,
}

/// Something that happens. A fault's entry has a place in the schedule.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    Begins(usize, Fault),
    Ends(usize),
    Added(u32),
}

impl Changes {
    pub(crate) fn new(schedule: &[Scheduled]) -> Self {
        let mut to_come = Vec::new();
        for (place, entry) in schedule.iter().enumerate() {
            match entry.change {
                FleetChange::Fault(fault) => {
                    to_come.push((entry.at, Change::Begins(place, fault)));
                    if let Some(until) = entry.until {
                        to_come.push((until, Change::Ends(place)));
                    }
                }
                FleetChange::ServersAdded { servers } => {
                    to_come.push((entry.at, Change::Added(servers)));
                }
            }
        }
        to_come.sort_by(|first, second| first.0.total_cmp(&second.0));
        to_come.reverse();
        Self {
            to_come,
            present: Vec::new(),
        }
    }

    pub(crate) fn next_at(&self) -> f64 {
        self.to_come.last().map_or(f64::INFINITY, |&(at, _)| at)
    }
}
