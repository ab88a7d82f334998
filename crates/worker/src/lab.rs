//! The lab's role: makes one key, runs the load model or a trial of faults, or looks through a file, and says how far it is.
//! It keeps no server, no store and no jar; whoever started it ends it.

mod har;
mod load;

use std::panic;

use js_sys::Uint8Array;
use protocol::{Envelope, EnvelopeError, FaultTrial, LabOrder, LabReport, MadeKey, NewKey, Sealed};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, MessageEvent};

use crate::carrying::in_environment;
use crate::{parts, scope};

/// The name that a worker of this role is started with.
pub(crate) const ROLE: &str = "lab";

/// Starts listening, once the part that can is there.
pub(crate) fn begin() {
    spawn_local(async {
        if let Err(error) = parts::open_lab().await {
            report(LabReport::Died {
                message: error.to_string(),
            });
        }
    });
}

/// Starts listening.
pub(crate) fn open() {
    panic::set_hook(Box::new(|panic| {
        report(LabReport::Died {
            message: panic.to_string(),
        });
    }));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(file) = event.data().dyn_ref::<Blob>() {
            return spawn_local(har::look_through(file.clone()));
        }
        let bytes = Uint8Array::new(&event.data()).to_vec();
        match Envelope::<LabOrder>::decode(&bytes) {
            Ok(Envelope { message, .. }) => match message {
                LabOrder::MakeKey(new) => report(LabReport::Made(make(new))),
                LabOrder::Load(order) => match order.open() {
                    Ok(order) => load::carry_out(order),
                    Err(error) => die(&error),
                },
                LabOrder::TryFaults(trial) => match trial.open() {
                    Ok(trial) => try_faults(&trial),
                    Err(error) => die(&error),
                },
            },
            Err(error) => die(&error),
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
        Err(rejection) => report(LabReport::Died {
            message: format!("{rejection:?}"),
        }),
    }
}

fn die(error: &EnvelopeError) {
    report(LabReport::Died {
        message: error.to_string(),
    });
}

fn report(report: LabReport) {
    scope::post(0, report);
}
