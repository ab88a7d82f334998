//! A request and its response as HTTP/1.1 writes them.

use leptos::prelude::*;
use protocol::Exchange;

/// How much of a message is shown.
const SHOWN_CHARACTERS: usize = 4_000;

/// A request and its response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wire {
    request: String,
    response: Option<String>,
    hides_password: bool,
}

impl Wire {
    /// Of an exchange, cut where it is long.
    pub(crate) fn of(exchange: &Exchange) -> Self {
        Self {
            request: cut(&exchange.request.to_string()),
            response: exchange.response.as_ref().map(|it| cut(&it.to_string())),
            hides_password: exchange.request.body.contains("password"),
        }
    }
}

/// What went over the wire.
#[component]
pub(crate) fn RawHttp(
    /// Both, as they are shown.
    wire: Memo<Wire>,
    /// What is done when someone looks.
    on_open: Callback<()>,
    /// The lane's name, so that the two are told apart by ear.
    #[prop(into)]
    lane_name: Signal<String>,
    /// How the request is copied.
    children: Children,
) -> impl IntoView {
    let request_label = move || format!("Request, {}", lane_name.get());
    let response_label = move || format!("Response, {}", lane_name.get());
    view! {
        <details class="raw" on:toggle=move |_| on_open.run(())>
            <summary>"Request and response as sent"</summary>
            <h4>"Request"</h4>
            <pre tabindex="0" role="region" aria-label=request_label>
                {move || wire.with(|wire| wire.request.clone())}
            </pre>
            {children()}
            <h4>"Response"</h4>
            <pre tabindex="0" role="region" aria-label=response_label>
                {move || wire.with(|wire| wire.response.clone())}
            </pre>
            <Show when=move || wire.with(|wire| wire.hides_password)>
                <p class="note">"The password is kept nowhere, so asterisks stand for it in the request."</p>
            </Show>
        </details>
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}\n… {} octets in all", &text[..end], text.len()),
    }
}
