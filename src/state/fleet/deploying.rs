//! How the servers are deployed and what is wrong with them, kept for the next visit without its faults. What servers
//! make of it is never decided here.

use leptos::prelude::*;
use protocol::{Fault, FaultKind, Fleet, FleetProblem};

use super::faults::{with_fault, without_for_server};
use super::fleet_text::{fleet_from_text, fleet_to_text};
use crate::browser::SettingsStorage;
use crate::state::{Event, Playground};

/// Under which key it is kept.
const KEY: &str = "fleet";
/// By how much a store is slowed by one click.
pub(crate) const SLOWER_MILLISECONDS: u32 = 200;

/// That of the last visit. What can't be read is as at the first one.
pub(in crate::state) fn read() -> Fleet {
    let kept = SettingsStorage::read(KEY).unwrap_or_default();
    fleet_from_text(&kept).unwrap_or_default()
}

impl Playground {
    /// How the servers are deployed at this moment.
    pub(crate) fn fleet_now(self) -> Fleet {
        self.fleet.get_untracked()
    }

    /// Deploys both lanes' servers so. What was wrong with servers that are gone goes with them. What makes no sense
    /// changes nothing.
    pub(crate) fn deploy(self, mut fleet: Fleet) -> Result<(), FleetProblem> {
        fleet.faults.retain(|fault| fault.first <= fleet.servers);
        if let Some(problem) = fleet.problem() {
            return Err(problem);
        }
        if fleet != self.fleet_now() {
            let event = Event::Deployed {
                servers: fleet.servers,
                balancer: fleet.balancer,
                keys: fleet.keys,
            };
            self.change_fleet(fleet, event);
        }
        Ok(())
    }

    /// Lets something go wrong.
    pub(crate) fn begin_fault(self, fault: Fault) -> Result<(), FleetProblem> {
        let changed = with_fault(&self.fleet_now(), fault)?;
        self.change_fleet(changed, Event::FaultBegan { fault });
        Ok(())
    }

    /// Puts it right again.
    pub(crate) fn end_fault(self, fault: Fault) {
        let mut fleet = self.fleet_now();
        fleet.faults.retain(|other| *other != fault);
        self.change_fleet(fleet, Event::FaultEnded { fault });
    }

    /// Puts that kind of thing right again for one server; why it can't be, where more faults would be left than there can
    /// be.
    pub(crate) fn end_fault_of(self, server: u32, kind: FaultKind) -> Result<(), FleetProblem> {
        let fault = Fault {
            kind,
            first: server,
            last: server,
        };
        let fleet =
            without_for_server(&self.fleet_now(), &fault, server).ok_or(FleetProblem::Faults)?;
        self.change_fleet(fleet, Event::FaultEnded { fault });
        Ok(())
    }

    /// Puts all right again.
    pub(crate) fn end_all_faults(self) {
        let mut fleet = self.fleet_now();
        if !fleet.faults.is_empty() {
            fleet.faults.clear();
            self.change_fleet(fleet, Event::AllWell);
        }
    }

    fn change_fleet(self, fleet: Fleet, event: Event) {
        if fleet != self.fleet_now() {
            self.set_fleet(fleet);
            self.note(event);
            self.schedule_paint();
        }
    }

    /// Sets it without a word in the history.
    pub(in crate::state) fn set_fleet(self, fleet: Fleet) {
        let text = fleet_to_text(&fleet);
        if text == fleet_to_text(&Fleet::default()) {
            SettingsStorage::remove(KEY);
        } else {
            SettingsStorage::write(KEY, &text);
        }
        self.fleet.set(fleet);
    }
}
