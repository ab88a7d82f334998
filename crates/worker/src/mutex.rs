//! One server for all tabs: whoever holds the lock has it.
//!
//! The worker itself holds a Web Lock for as long as it lives, so a lock never outlives its owner. Another tab may
//! steal it, which the browser tells the owner. Where a browser has no Web Locks (an insecure origin) or refuses them
//! (site data is blocked), nothing guards.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::scope::{
    PATIENCE_MILLISECONDS, RETRY_MILLISECONDS, global, property, wait_milliseconds,
};

/// How to ask for the lock.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// Only if nobody has it.
    IfFree,
    /// In any case: whoever has it loses it.
    Steal,
}

/// Whether this worker has the server now. `on_lost` runs when another tab takes it.
pub(crate) async fn acquire(name: &str, asking: Asking, on_lost: fn()) -> bool {
    let mut waited = 0;
    while !try_acquire(name, asking, on_lost).await {
        if waited >= PATIENCE_MILLISECONDS {
            return false;
        }
        wait_milliseconds(RETRY_MILLISECONDS).await;
        waited += RETRY_MILLISECONDS;
    }
    true
}

async fn try_acquire(name: &str, asking: Asking, on_lost: fn()) -> bool {
    let Some(locks) = property(&global().navigator(), "locks") else {
        return true;
    };
    let Some(request) = property(&locks, "request").and_then(|it| it.dyn_into::<Function>().ok())
    else {
        return true;
    };
    let options = Object::new();
    let option = match asking {
        Asking::IfFree => "ifAvailable",
        Asking::Steal => "steal",
    };
    let _ = Reflect::set(&options, &option.into(), &JsValue::TRUE);

    let was_granted = Rc::new(Cell::new(false));
    let granted = Promise::new(&mut |resolve: Function, _| {
        let tell = resolve.clone();
        let remember = was_granted.clone();
        let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let granted = !lock.is_null();
            remember.set(granted);
            let _ = tell.call1(&JsValue::UNDEFINED, &granted.into());
            if granted {
                // Held until the worker ends.
                Promise::new(&mut |_, _| {}).into()
            } else {
                JsValue::UNDEFINED
            }
        });
        let held = request.call3(&locks, &name.into(), &options, &callback);
        let Some(held) = held.ok().and_then(|it| it.dyn_into::<Promise>().ok()) else {
            let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
            return;
        };
        let was_granted = was_granted.clone();
        spawn_local(async move {
            if JsFuture::from(held).await.is_ok() {
                return;
            }
            if was_granted.get() {
                on_lost();
            } else {
                // The browser refuses locks altogether, as where site data is blocked: then nothing guards.
                let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
            }
        });
    });
    JsFuture::from(granted)
        .await
        .is_ok_and(|granted| granted.is_truthy())
}
