//! A lab worker: the worker's binary in another role. It holds no server, carries one order out, and is ended when
//! nobody waits for it any more.

use std::cell::RefCell;
use std::rc::Rc;

use protocol::{Envelope, LabOrder, LabReport};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::boot;
use super::file::GivenFile;
use super::worker_error::{describe, words_of};
use super::worker_link::post_bytes;

/// The name by which the binary knows its role.
const ROLE: &str = "lab";

/// A lab worker, at work or waiting for its order. It ends when this is dropped.
pub(crate) struct Lab {
    worker: Option<Worker>,
    desk: Rc<RefCell<Desk>>,
}

type Report = Rc<dyn Fn(LabReport)>;

/// What it is to do.
enum Order {
    /// What the order says.
    Told(LabOrder),
    /// To look through a file, which the page never reads itself.
    Given(GivenFile),
}

/// What lies between the page and the worker, which hears nothing before it listens.
#[derive(Default)]
struct Desk {
    listens: bool,
    died: Option<String>,
    order: Option<Order>,
    report: Option<Report>,
}

impl Lab {
    /// Has an order carried out, and is told of each step: the last one is [`LabReport::Made`], the load model's
    /// [`Done`](protocol::LoadReport::Done) or [`Refused`](protocol::LoadReport::Refused), [`LabReport::FaultsTried`], or
    /// [`LabReport::Died`].
    pub(crate) fn start(order: LabOrder, report: impl Fn(LabReport) + 'static) -> Self {
        let lab = Self::waiting();
        lab.carry_out(order, report);
        lab
    }

    /// Starts one ahead of its order, so that the order finds it listening.
    pub(crate) fn waiting() -> Self {
        let desk = Rc::new(RefCell::new(Desk::default()));
        let worker = match start_worker() {
            Ok(worker) => worker,
            Err(error) => {
                desk.borrow_mut().died = Some(describe(&error));
                return Self { worker: None, desk };
            }
        };
        let on_message = {
            let desk = Rc::clone(&desk);
            let worker = worker.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let bytes = courier::unpack(&event.data()).unwrap_or_default();
                match Envelope::<LabReport>::decode(&bytes) {
                    Ok(Envelope {
                        message: LabReport::Ready,
                        ..
                    }) => {
                        desk.borrow_mut().listens = true;
                        hand_over(&desk, &worker);
                    }
                    Ok(Envelope { message, .. }) => say(&desk, message),
                    Err(error) => die(&desk, error.to_string()),
                }
            })
        };
        let on_error = {
            let desk = Rc::clone(&desk);
            Closure::<dyn Fn(Event)>::new(move |event: Event| {
                // Said on the screen; the console need not repeat it.
                event.prevent_default();
                die(&desk, words_of(&event));
            })
        };
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        Self {
            worker: Some(worker),
            desk,
        }
    }

    /// Has a file looked through as a HAR, and is told what is in it: [`LabReport::HarRead`], or [`LabReport::Died`].
    pub(crate) fn look_through(file: GivenFile, report: impl Fn(LabReport) + 'static) -> Self {
        let lab = Self::waiting();
        lab.give(Order::Given(file), report);
        lab
    }

    /// Gives it its order. What it dies of before, it is told of here.
    pub(crate) fn carry_out(&self, order: LabOrder, report: impl Fn(LabReport) + 'static) {
        self.give(Order::Told(order), report);
    }

    fn give(&self, order: Order, report: impl Fn(LabReport) + 'static) {
        let died = {
            let mut desk = self.desk.borrow_mut();
            desk.order = Some(order);
            desk.report = Some(Rc::new(report));
            desk.died.clone()
        };
        if let Some(message) = died {
            say(&self.desk, LabReport::Died { message });
        } else if let Some(worker) = &self.worker {
            hand_over(&self.desk, worker);
        }
    }
}

/// Sends the order, once there is one and somebody listens.
fn hand_over(desk: &RefCell<Desk>, worker: &Worker) {
    let order = {
        let mut desk = desk.borrow_mut();
        desk.listens.then(|| desk.order.take()).flatten()
    };
    match order {
        Some(Order::Told(message)) => {
            post_bytes(worker, Envelope { number: 1, message }.encode());
        }
        Some(Order::Given(file)) => {
            // A file can always be handed over: its content stays where it is.
            let _ = worker.post_message(&file.0);
        }
        None => {}
    }
}

/// Tells whoever gave the order. The desk is free meanwhile: who hears it may end the worker.
fn say(desk: &RefCell<Desk>, message: LabReport) {
    let report = desk.borrow().report.clone();
    if let Some(report) = report {
        report(message);
    }
}

fn die(desk: &RefCell<Desk>, message: String) {
    desk.borrow_mut().died = Some(message.clone());
    say(desk, LabReport::Died { message });
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
