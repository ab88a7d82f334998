//! Which time a step shows: the calibrated one where there is one. It never adds times up.

use protocol::{CalibratedCost, Calibration, Check, Step, StoreOperation, StorePlace, TokenCheck};

/// What the step's operation costs here, where that was calibrated.
pub(super) fn calibrated(step: &Step, calibration: Option<&Calibration>) -> Option<CalibratedCost> {
    let calibration = calibration?;
    // What was calibrated is a lookup in the database.
    let in_database = |operation: &StoreOperation| operation.place == StorePlace::Database;
    match step.check {
        Check::SessionIdHashed => Some(calibration.session_id_hash),
        Check::SessionFound if step.cost.store.iter().all(in_database) => {
            Some(calibration.session_lookup)
        }
        Check::Token(TokenCheck::Signature) => Some(calibration.signature_check),
        _ => None,
    }
}

/// How long the step took, in microseconds: modelled on the network, else calibrated, else measured.
pub(super) fn microseconds(step: &Step, calibration: Option<&Calibration>) -> f64 {
    if step.cost.network_milliseconds > 0.0 {
        return step.cost.network_milliseconds * 1000.0;
    }
    calibrated(step, calibration).map_or(step.cost.microseconds, |cost| cost.microseconds)
}
