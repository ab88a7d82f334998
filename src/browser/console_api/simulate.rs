//! `playground.simulate(settings)`: a run of the load model in a lab worker of its own, and the results of the screen as
//! JSON. It ends its worker with the run, or with a settings object that makes no sense.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use protocol::{LoadOrder, LoadReport, SimulationReport};
use scenario::{from_json, report_json};
use serde_json::json;
use wasm_bindgen::JsValue;

use super::inspection::plain;
use super::{Answer, to_js, type_error};
use crate::browser::milliseconds;
use crate::state::fleet::load::load_lab;
use crate::wording::load;

/// Runs it, and gives what came of it.
pub(super) async fn simulate(settings: &JsValue) -> Answer {
    let given = plain(settings)
        .filter(serde_json::Value::is_object)
        .ok_or_else(|| {
            type_error(
                "The settings are an object, such as { requests: 1e6, arrivals: { poisson: 0.8 }, servers: 1, service: { exponential: 1 } }.",
            )
        })?;
    let run = from_json(&given).map_err(|problem| type_error(&problem.to_string()))?;
    let began = milliseconds();
    let order = LoadOrder::Run(Box::new(run));
    let report = carried_out(&order).await.map_err(|why| type_error(&why))?;
    let mut outcome = report_json(&report);
    if let Some(members) = outcome.as_object_mut() {
        let seconds = (milliseconds() - began) / 1000.0;
        members.insert(String::from("simulatedIn"), json!(seconds));
    }
    to_js(&outcome)
}

/// The last report of a run, or why there is none.
async fn carried_out(order: &LoadOrder) -> Result<SimulationReport, String> {
    let (sender, outcome) = oneshot::channel();
    let sender = Cell::new(Some(sender));
    let last = Rc::new(RefCell::new(None));
    let _lab = load_lab::start(order, move |report| {
        let outcome = match report {
            Ok(LoadReport::Ran(report)) => {
                last.replace(Some(*report));
                return;
            }
            Ok(LoadReport::Done) => last
                .take()
                .ok_or_else(|| String::from("The run told nothing.")),
            Ok(LoadReport::Refused(problem)) => Err(load::problem(problem).to_owned()),
            Ok(_) => return,
            Err(why) => Err(format!("The worker that ran it died: {why}")),
        };
        if let Some(sender) = sender.take() {
            // Whoever asked waits for it.
            let _ = sender.send(outcome);
        }
    });
    outcome
        .await
        .unwrap_or_else(|_| Err(String::from("The run told nothing.")))
}
