//! Adding up what an exchange cost.

use protocol::{Access, Ledger, Purpose, Step, StorePlace};

/// The sum over the steps. What the server remembered asked no store.
pub(crate) fn sum(steps: &[Step], bytes_up: u32, bytes_down: u32) -> Ledger {
    let mut ledger = Ledger {
        bytes_up,
        bytes_down,
        ..Ledger::default()
    };
    for cost in steps.iter().map(|step| &step.cost) {
        let asked = cost
            .store
            .iter()
            .filter(|operation| operation.place != StorePlace::SessionCache);
        for operation in asked {
            let side = match operation.purpose {
                Purpose::Authentication => &mut ledger.authentication,
                Purpose::Application => &mut ledger.application,
            };
            match operation.access {
                Access::Read => side.reads += 1,
                Access::Write => side.writes += 1,
            }
        }
        ledger.signature_checks += cost.signature_checks;
        ledger.signatures_made += cost.signatures_made;
        ledger.password_hashes += cost.password_hashes;
        ledger.server_microseconds += cost.microseconds;
        ledger.network_milliseconds += cost.network_milliseconds;
    }
    ledger
}
