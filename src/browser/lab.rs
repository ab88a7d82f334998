//! A lab worker: the worker's binary in another role. It holds no server, carries one order out, and is ended when
//! nobody waits for it any more.

use std::rc::Rc;

use protocol::{Envelope, LabOrder, LabReport};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::boot;
use super::worker_link::{describe, post_bytes, words_of};

/// The name by which the binary knows its role.
const ROLE: &str = "lab";

/// A lab worker at work. It ends when this is dropped.
pub(crate) struct Lab {
    worker: Option<Worker>,
}

impl Lab {
    /// Has an order carried out, and is told of each step: the last one is [`LabReport::Made`], the load model's
    /// [`Done`](protocol::LoadReport::Done) or [`Refused`](protocol::LoadReport::Refused), or [`LabReport::Died`].
    pub(crate) fn start(order: LabOrder, report: impl Fn(LabReport) + 'static) -> Self {
        let report = Rc::new(report);
        let worker = match start_worker() {
            Ok(worker) => worker,
            Err(error) => {
                report(LabReport::Died {
                    message: describe(&error),
                });
                return Self { worker: None };
            }
        };
        let on_message = {
            let report = Rc::clone(&report);
            let worker = worker.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
                match Envelope::<LabReport>::decode(&bytes) {
                    // It hears nothing before it listens.
                    Ok(Envelope {
                        message: LabReport::Ready,
                        ..
                    }) => {
                        let order = Envelope {
                            number: 1,
                            message: order.clone(),
                        };
                        post_bytes(&worker, order.encode());
                    }
                    Ok(Envelope { message, .. }) => report(message),
                    Err(error) => report(LabReport::Died {
                        message: error.to_string(),
                    }),
                }
            })
        };
        let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            // Said on the screen; the console need not repeat it.
            event.prevent_default();
            report(LabReport::Died {
                message: words_of(&event),
            });
        });
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        Self {
            worker: Some(worker),
        }
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        if let Some(worker) = &self.worker {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}

fn start_worker() -> Result<Worker, JsValue> {
    let url = boot::worker_url().ok_or(JsValue::from_str(
        "the page does not say where its worker is",
    ))?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(ROLE);
    Worker::new_with_options(&url, &options)
}
