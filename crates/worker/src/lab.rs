//! The lab's role: makes one key or runs the load model, and says how far it is. It holds no server, no store and no
//! jar; whoever started it ends it.

mod load;

use std::panic;

use js_sys::Uint8Array;
use protocol::{Envelope, LabOrder, LabReport, MadeKey, NewKey};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::MessageEvent;

use crate::scope;

/// The name that a worker of this role is started with.
pub(crate) const ROLE: &str = "lab";

/// Starts listening.
pub(crate) fn open() {
    panic::set_hook(Box::new(|panic| {
        report(LabReport::Died {
            message: panic.to_string(),
        });
    }));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        match Envelope::<LabOrder>::decode(&bytes) {
            Ok(Envelope { message, .. }) => match message {
                LabOrder::MakeKey(new) => report(LabReport::Made(make(new))),
                LabOrder::Load(order) => load::carry_out(order),
            },
            Err(error) => report(LabReport::Died {
                message: error.to_string(),
            }),
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

fn report(report: LabReport) {
    scope::post(0, report);
}
