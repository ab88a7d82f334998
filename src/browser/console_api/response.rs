//! A real `Response` of what a server answered.

use std::cell::RefCell;

use js_sys::Array;
use protocol::Header;
use wasm_bindgen::JsValue;
use web_sys::{Response, ResponseInit};

/// How many heads are kept: one for each lane, where the same is asked again and again.
const KEPT: usize = 2;

/// All of an answer but its content, and what the browser makes of it.
struct Head {
    status: u16,
    headers: Vec<Header>,
    init: ResponseInit,
}

thread_local! {
    /// The heads of the answers before, the newest first.
    static HEADS: RefCell<Vec<Head>> = const { RefCell::new(Vec::new()) };
}

/// The answer as page script gets it.
pub(super) fn real_response(response: &protocol::Response) -> Result<JsValue, JsValue> {
    let content = (!response.body.is_empty()).then_some(response.body.as_str());
    let init = HEADS.with_borrow_mut(|heads| head(heads, response))?;
    Response::new_with_opt_str_and_init(content, &init).map(JsValue::from)
}

fn head(heads: &mut Vec<Head>, response: &protocol::Response) -> Result<ResponseInit, JsValue> {
    let is_alike =
        |head: &&Head| head.status == response.status && head.headers == response.headers;
    if let Some(known) = heads.iter().find(is_alike) {
        return Ok(known.init.clone());
    }
    // Pairs: a `Headers` would be taken apart anew for each answer, which takes twice as long.
    let fields: Array = response
        .headers
        .iter()
        .map(|header| Array::of2(&(&*header.name).into(), &(&*header.value).into()))
        .collect();
    let init = ResponseInit::new();
    init.set_status(response.status);
    init.set_status_text(response.reason());
    init.set_headers(&fields);
    heads.truncate(KEPT - 1);
    heads.insert(
        0,
        Head {
            status: response.status,
            headers: response.headers.clone(),
            init: init.clone(),
        },
    );
    Ok(init)
}
