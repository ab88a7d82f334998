//! A lab worker that runs the load model: what it is told is sealed, and what it tells is opened, so that the page's start
//! carries neither.

use protocol::{LabOrder, LabReport, LoadOrder, LoadReport, Sealed};

use crate::browser::Lab;

/// Gives a waiting worker its order, and hears what it tells; an error is what it died of.
pub(crate) fn carry_out(
    lab: &Lab,
    order: &LoadOrder,
    hear: impl Fn(Result<LoadReport, String>) + 'static,
) {
    lab.carry_out(
        LabOrder::Load(Sealed::new(order)),
        move |report| match report {
            LabReport::Load(sealed) => hear(sealed.open().map_err(|error| error.to_string())),
            LabReport::Died { message } => hear(Err(message)),
            _ => {}
        },
    );
}

/// Starts a worker with an order.
pub(crate) fn start(order: &LoadOrder, hear: impl Fn(Result<LoadReport, String>) + 'static) -> Lab {
    let lab = Lab::waiting();
    carry_out(&lab, order, hear);
    lab
}
