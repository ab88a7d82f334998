//! A request as it can be pasted elsewhere.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::Exchange;

use crate::browser::site;
use crate::components::{CopyButton, Prose};
use crate::state::Recorded;
use crate::state::taking::{curl, fetch, steps_of};
use crate::wording::taking as say;

/// What is copied: what the lane shows.
pub(super) type Shown = Signal<Option<Arc<Recorded>>>;

/// The buttons, and what whoever copies should know.
pub(super) fn buttons(shown: Shown) -> AnyView {
    let text = move |write: fn(&Exchange) -> String| {
        Signal::derive(move || {
            shown.with(|shown| {
                let exchange = shown.as_ref().and_then(|it| it.exchange());
                exchange.map(write).unwrap_or_default()
            })
        })
    };
    let steps = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|it| steps_of(it)).unwrap_or_default())
    });
    view! {
        <div class="copies">
            <CopyButton
                label="Copy as curl"
                text=text(|exchange| curl(&exchange.request, &site().origin))
            />
            <CopyButton
                label="Copy as fetch"
                text=text(|exchange| fetch(&exchange.request, &site().origin))
            />
            <CopyButton label="Copy as HTTP" text=text(|exchange| exchange.request.to_string()) />
            <CopyButton label="Copy steps as JSON" text=steps />
        </div>
        <p class="note">
            <Prose text=say::COPYING />
        </p>
    }
    .into_any()
}
