//! A request and its response as HTTP/1.1 writes them.

use leptos::prelude::*;
use protocol::Exchange;

use super::CopyButton;
use crate::browser::site;
use crate::state::curl;

/// How much of a message is shown.
const SHOWN_CHARACTERS: usize = 4_000;

/// What went over the wire.
#[component]
pub(crate) fn RawHttp(
    /// The exchange.
    exchange: Exchange,
    /// The lane's name, so that the two are told apart by ear.
    lane_name: &'static str,
) -> impl IntoView {
    let request = cut(&exchange.request.to_string());
    let command = curl(&exchange.request, &site().origin);
    let response = exchange
        .response
        .as_ref()
        .map(|response| cut(&response.to_string()));
    let request_label = format!("Request, {lane_name}");
    let response_label = format!("Response, {lane_name}");
    view! {
        <details class="raw">
            <summary>"Request and response as sent"</summary>
            <h4>"Request"</h4>
            <pre tabindex="0" role="region" aria-label=request_label>{request}</pre>
            <CopyButton label="Copy as curl" text=Signal::stored(command) />
            <h4>"Response"</h4>
            <pre tabindex="0" role="region" aria-label=response_label>{response}</pre>
            {(exchange.request.body.contains("password"))
                .then(|| {
                    view! {
                        <p class="note">"The password is kept nowhere, so it reads as asterisks here."</p>
                    }
                })}
        </details>
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}\n… {} octets in all", &text[..end], text.len()),
    }
}
