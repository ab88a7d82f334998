//! The lab's role: makes one key, runs the load model or a trial of faults, or looks through a file, and says how far it is.
//! It keeps no server, no store and no jar; whoever started it ends it.

mod har;
mod load;

use std::panic;

use protocol::{Envelope, FaultTrial, LabOrder, LabReport, MadeKey, NewKey, Sealed};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, MessageEvent};

use crate::carrying::in_environment;
use crate::scope;

/// The name that a worker of this role is started with.
pub(crate) const ROLE: &str = "lab";

/// Starts listening.
pub(crate) fn open() {
    panic::set_hook(Box::new(|panic| died(panic.to_string())));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(file) = event.data().dyn_ref::<Blob>() {
            return spawn_local(har::look_through(file.clone()));
        }
        let bytes = courier::unpack(&event.data()).unwrap_or_default();
        match Envelope::<LabOrder>::decode(&bytes) {
            Ok(Envelope { message, .. }) => match message {
                LabOrder::MakeKey(new) => report(LabReport::Made(make(new))),
                LabOrder::Load(order) => match order.open() {
                    Ok(order) => load::carry_out(order),
                    Err(error) => died(error.to_string()),
                },
                LabOrder::TryFaults(trial) => match trial.open() {
                    Ok(trial) => try_faults(&trial),
                    Err(error) => died(error.to_string()),
                },
            },
            Err(error) => died(error.to_string()),
        }
    });
    scope::global().set_onmessage(Some(listen.into_js_value().unchecked_ref()));
    report(LabReport::Ready);
}

fn make(new: NewKey) -> MadeKey {
    let key = tokens::make_key(new, &mut scope::random, &mut |progress| {
        report(LabReport::Progress(progress));
    });
    MadeKey {
        facts: key.facts(),
        key: key.to_given(),
    }
}

fn try_faults(trial: &FaultTrial) {
    let tried = in_environment(scope::now(), |environment| {
        deployment::try_faults(trial, environment)
    });
    match tried {
        Ok(outcome) => report(LabReport::FaultsTried(Sealed::new(&outcome))),
        // A store in memory does not fail, and there is a key.
        Err(rejection) => died(format!("{rejection:?}")),
    }
}

/// Tells whoever started it why it can't go on.
pub(crate) fn died(message: String) {
    report(LabReport::Died { message });
}

fn report(report: LabReport) {
    scope::post(0, report);
}
