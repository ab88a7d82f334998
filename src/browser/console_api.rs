//! `window.playground`: the page from the browser's console. Every function gives a promise of plain JSON; `fetch`
//! gives one of a real `Response`.
//!
//! The page starts with the names alone. A release build loads what is behind them when one is first called.

mod fleet;
mod inspection;
mod jar;
mod response;
mod simulate;
mod store;

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use js_sys::{Array, Function, JSON, Object, Promise, Reflect, TypeError};
use leptos::prelude::window;
use protocol::{Errand, Header, Lane, Presented};
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;
use web_sys::{Headers, Request, RequestInit};

use self::inspection::{rate_json, read_names, read_options};
use self::response::real_response;
use super::cookies::Cookies;
use super::place::site;
use crate::state::{
    Outcome, Playground, Recorded, exchange_json, inspection_json, lane_name, session_json,
};

type Answer = Result<JsValue, JsValue>;
type Work = Box<dyn Fn(JsValue, JsValue, JsValue) -> Pin<Box<dyn Future<Output = Answer>>>>;

/// What there is to call.
const NAMES: [&str; 20] = [
    "signIn",
    "signOut",
    "fetch",
    "sendToBoth",
    "exchanges",
    "har",
    "sessions",
    "inspect",
    "calibrateSignatures",
    "jar",
    "sql",
    "clock",
    "restart",
    "configure",
    "schemes",
    "deploy",
    "fault",
    "fleet",
    "simulate",
    "reset",
];

/// Puts the API in place.
pub(crate) fn install(playground: Playground) {
    let api = Object::new();
    let are_there = Rc::new(Cell::new(false));
    for name in NAMES {
        let own = api.clone();
        let are_there = are_there.clone();
        put(&api, name, move |first, second, third| {
            let (api, are_there) = (own.clone(), are_there.clone());
            async move {
                load_functions().await.map_err(|_| not_loaded())?;
                if !are_there.replace(true) {
                    let put = put_functions(playground, api.clone());
                    #[cfg(split)]
                    let put = put.await;
                    put.map_err(|_| not_loaded())?;
                }
                let function: Function = Reflect::get(&api, &name.into())?.dyn_into()?;
                let answer: Promise = function.call3(&api, &first, &second, &third)?.dyn_into()?;
                JsFuture::from(answer).await
            }
        });
    }
    let _ = Reflect::set(&window(), &"playground".into(), &api);
}

fn not_loaded() -> JsValue {
    type_error("What this calls could not be loaded. Check the connection, and call it again.")
}

#[cfg(not(split))]
async fn load_functions() -> Result<(), SplitLoaderError> {
    Ok(())
}

/// Puts the functions in the place of those that only have the names.
#[cfg_attr(split, wasm_split(console, fallible, preload(load_functions)))]
fn put_functions(playground: Playground, api: Object) -> Result<(), SplitLoaderError> {
    put(&api, "signIn", move |account, password, _| async move {
        let account = account.as_string().unwrap_or_default();
        let password = password.as_string().unwrap_or_default();
        to_js(&by_lane(&playground.sign_in(&account, &password).await))
    });
    put(&api, "signOut", move |_, _, _| async move {
        to_js(&by_lane(&playground.sign_out().await))
    });
    put(&api, "fetch", move |lane, path, init| async move {
        fetch(playground, &lane, &path, &init).await
    });
    put(&api, "sendToBoth", move |path, init, _| async move {
        let asked = read_errand(Lane::A, &path, &init).await?;
        let errands = Lane::BOTH.map(|lane| Errand {
            lane,
            ..asked.clone()
        });
        let answers = Object::new();
        for recorded in playground.send(errands.to_vec()).await {
            let name = lane_name(recorded.errand.lane);
            Reflect::set(&answers, &name.into(), &answer(&recorded)?)?;
        }
        Ok(answers.into())
    });
    put(&api, "exchanges", move |_, _, _| async move {
        let log = playground.log();
        let all: Vec<Value> = log
            .entries()
            .flat_map(|entry| Lane::BOTH.map(|lane| entry.lane(lane)))
            .flatten()
            .map(|recorded| exchange_json(recorded))
            .collect();
        to_js(&Value::Array(all))
    });
    put(&api, "har", move |options, _, _| async move {
        let wanted = Reflect::get(&options, &"credentials".into()).unwrap_or_default();
        JSON::parse(&playground.har(wanted.is_truthy()).await)
    });
    put(&api, "sessions", move |_, _, _| async move {
        let observation = playground.observe().await.map_err(|why| type_error(&why))?;
        to_js(&observation.sessions.iter().map(session_json).collect())
    });
    put(&api, "inspect", move |token, options, _| async move {
        let token = token.as_string().unwrap_or_default();
        let inspection = playground
            .inspect(token, read_options(&options)?)
            .await
            .map_err(|why| type_error(&why))?;
        to_js(&inspection_json(&inspection))
    });
    put(&api, "calibrateSignatures", move |names, _, _| async move {
        let mut rates = Vec::new();
        for name in read_names(&names)? {
            let measured = playground.measure_signatures(name).await;
            match measured.map_err(|why| type_error(&why))? {
                Some(rate) => rates.push(rate_json(&rate)),
                None => return Err(type_error("No such algorithm is known here.")),
            }
        }
        to_js(&Value::Array(rates))
    });
    put(&api, "jar", move |answer, request, _| async move {
        jar::jar(playground, &answer, &request).await
    });
    put(&api, "sql", move |text, _, _| async move {
        store::sql(playground, &text).await
    });
    put(&api, "clock", move |seconds, _, _| async move {
        store::clock(playground, &seconds).await
    });
    put(&api, "restart", move |_, _, _| async move {
        let lost = playground.restart_servers().await;
        to_js(&json!({ "lost": lost.map_err(|why| type_error(&why))? }))
    });
    put(&api, "configure", move |lane, scheme, _| async move {
        store::configure(playground, read_lane(&lane)?, &scheme)
    });
    put(&api, "schemes", move |_, _, _| async move {
        store::schemes(playground)
    });
    put(&api, "deploy", move |fleet, _, _| async move {
        fleet::deploy(playground, &fleet)
    });
    put(&api, "fault", move |fault, _, _| async move {
        fleet::fault(playground, &fault)
    });
    put(&api, "fleet", move |_, _, _| async move {
        fleet::fleet(playground).await
    });
    put(&api, "simulate", move |settings, _, _| async move {
        simulate::simulate(&settings).await
    });
    put(&api, "reset", move |_, _, _| async move {
        playground.reset().await.map_err(|why| type_error(&why))?;
        Ok(JsValue::UNDEFINED)
    });
    Ok(())
}

fn put<F, A>(api: &Object, name: &str, work: F)
where
    F: Fn(JsValue, JsValue, JsValue) -> A + 'static,
    A: Future<Output = Answer> + 'static,
{
    put_boxed(
        api,
        name,
        Box::new(move |first, second, third| Box::pin(work(first, second, third))),
    );
}

/// One function for all of them: each kind of future would have promises of its own kind, made of the same bytes.
fn put_boxed(api: &Object, name: &str, work: Work) {
    let function = Closure::<dyn Fn(JsValue, JsValue, JsValue) -> Promise>::new(
        move |first, second, third| {
            let mut working = work(first, second, third);
            // As with the browser's own `fetch`, what is sent leaves with the call, and not with the next task.
            let first = Cookies::read_ahead(|| {
                let mut context = Context::from_waker(Waker::noop());
                working.as_mut().poll(&mut context)
            });
            match first {
                Poll::Ready(Ok(answer)) => Promise::resolve(&answer),
                Poll::Ready(Err(why)) => Promise::reject(&why),
                Poll::Pending => future_to_promise(working),
            }
        },
    );
    let _ = Reflect::set(api, &name.into(), &function.into_js_value());
}

fn by_lane(recorded: &[Arc<Recorded>]) -> Value {
    recorded
        .iter()
        .map(|recorded| {
            let lane = lane_name(recorded.errand.lane).to_owned();
            (lane, exchange_json(recorded))
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// As the browser's own `fetch`: a promise of a `Response`, rejected where no answer came.
async fn fetch(playground: Playground, lane: &JsValue, path: &JsValue, init: &JsValue) -> Answer {
    let lane = read_lane(lane)?;
    let errand = read_errand(lane, path, init).await?;
    match playground.send(vec![errand]).await.first() {
        Some(recorded) => answer(recorded),
        None => Err(type_error("No answer.")),
    }
}

/// A lane by its letter, or by what it starts as.
fn read_lane(lane: &JsValue) -> Result<Lane, JsValue> {
    let name = lane.as_string().unwrap_or_default();
    Lane::BOTH
        .into_iter()
        .find(|lane| name == lane.as_str() || name == lane_name(*lane))
        .ok_or_else(|| {
            type_error(
                "The lane is \"a\" or \"b\": \"stateful\" and \"stateless\" mean the same two.",
            )
        })
}

fn answer(recorded: &Recorded) -> Answer {
    match &recorded.outcome {
        Outcome::Answered { exchange, .. } => match &exchange.response {
            Some(response) => real_response(response),
            None => Err(type_error("No answer.")),
        },
        Outcome::NoAnswer { reason } => Err(type_error(reason)),
    }
}

/// Without `init` a plain GET. With it, the browser's own `Request` checks method, header fields and body, and drops what script may not set.
async fn read_errand(lane: Lane, path: &JsValue, init: &JsValue) -> Result<Errand, JsValue> {
    let path = path
        .as_string()
        .filter(|path| path.starts_with('/'))
        .ok_or_else(|| type_error("The path starts with a slash, such as \"/me\"."))?;
    if !init.is_object() {
        return Ok(Errand {
            lane,
            method: String::from("GET"),
            path,
            headers: Vec::new(),
            body: String::new(),
            credential: Presented::FromBrowser,
        });
    }
    let site = site();
    let url = format!("{}{}", site.origin, path);
    let init: &RequestInit = init.unchecked_ref();
    let request = Request::new_with_str_and_init(&url, init)?;
    let body = JsFuture::from(request.text()?).await?;
    Ok(Errand {
        lane,
        method: request.method(),
        path,
        headers: read_headers(&request.headers()),
        body: body.as_string().unwrap_or_default(),
        credential: Presented::FromBrowser,
    })
}

fn read_headers(headers: &Headers) -> Vec<Header> {
    let Ok(Some(entries)) = js_sys::try_iter(headers) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let entry = Array::from(&entry);
            Some(Header::new(
                entry.get(0).as_string()?,
                entry.get(1).as_string()?,
            ))
        })
        .collect()
}

fn to_js(value: &Value) -> Answer {
    JSON::parse(&value.to_string())
}

fn type_error(message: &str) -> JsValue {
    TypeError::new(message).into()
}
