//! Which time a step shows: the calibrated one where there is one. It never adds times up.

use protocol::{CalibratedCost, Calibration, Check, Step, TokenCheck};

/// What the step's operation costs here, where that was calibrated.
pub(super) fn calibrated(
    check: Check,
    calibration: Option<&Calibration>,
) -> Option<CalibratedCost> {
    let calibration = calibration?;
    match check {
        Check::SessionIdHashed => Some(calibration.session_id_hash),
        Check::SessionFound => Some(calibration.session_lookup),
        Check::Token(TokenCheck::Signature) => Some(calibration.signature_check),
        _ => None,
    }
}

/// How long the step took, in microseconds: modelled on the network, else calibrated, else measured.
pub(super) fn microseconds(step: &Step, calibration: Option<&Calibration>) -> f64 {
    if step.cost.network_milliseconds > 0.0 {
        return step.cost.network_milliseconds * 1000.0;
    }
    calibrated(step.check, calibration).map_or(step.cost.microseconds, |cost| cost.microseconds)
}
