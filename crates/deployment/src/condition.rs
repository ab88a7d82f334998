//! What is wrong with one server, by the fleet's faults. It says what holds, and never changes a server.

use protocol::{FaultKind, Fleet};
use server::Troubles;

/// What is wrong with one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Condition {
    /// Whether it is dead.
    pub(crate) is_down: bool,
    /// Whether it does not reach the store.
    pub(crate) is_cut_off: bool,
    /// Which keys it holds.
    pub(crate) keys: Holding,
    /// What it goes on with.
    pub(crate) troubles: Troubles,
}

/// Which keys a server holds of those that it should.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holding {
    /// All of them.
    #[default]
    All,
    /// Those before the newest.
    BeforeNewest,
    /// None.
    Nothing,
}

impl Condition {
    /// That of the server of that number.
    pub(crate) fn of(fleet: &Fleet, server: u32) -> Self {
        let faults = fleet
            .faults
            .iter()
            .filter(|fault| is_of_store(fault.kind) || fault.concerns(server));
        Self::from_faults(faults.map(|fault| fault.kind))
    }

    /// That of the servers of the other services: they stand apart from the fleet, and share nothing with it but the
    /// store.
    pub(crate) fn of_other_services(fleet: &Fleet) -> Self {
        let faults = fleet.faults.iter().map(|fault| fault.kind);
        Self::from_faults(faults.filter(|kind| is_of_store(*kind)))
    }

    /// Of two that contradict each other, the worse holds; of two clocks, the last.
    fn from_faults(faults: impl Iterator<Item = FaultKind>) -> Self {
        let mut condition = Self::default();
        let troubles = &mut condition.troubles;
        for fault in faults {
            match fault {
                FaultKind::ServerDown => condition.is_down = true,
                FaultKind::StoreDown | FaultKind::StoreUnreachable => condition.is_cut_off = true,
                FaultKind::StoreSlow { milliseconds } => {
                    troubles.store_slow_milliseconds =
                        troubles.store_slow_milliseconds.max(milliseconds);
                }
                FaultKind::KeyTaken => condition.keys = Holding::Nothing,
                FaultKind::KeyOld => condition.keys = condition.keys.max(Holding::BeforeNewest),
                FaultKind::ClockOff { seconds } => troubles.clock_off_seconds = seconds,
            }
        }
        condition
    }
}

/// Whether the store itself is what it is about: then it concerns whoever asks the store, whatever servers it names.
const fn is_of_store(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::StoreDown | FaultKind::StoreSlow { .. })
}
