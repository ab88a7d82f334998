//! What an exchange cost. Figures are counted; those that are not say so.

use leptos::prelude::*;
use protocol::Ledger;

use crate::wording;

/// The cost of one exchange.
#[component]
pub(crate) fn LedgerView(
    /// The cost.
    ledger: Ledger,
    /// The timer's grain in microseconds: no shorter time can be told.
    grain: f64,
) -> impl IntoView {
    let authentication = ledger.authentication;
    let counted = [
        ("Store reads", authentication.reads),
        ("Store writes", authentication.writes),
        ("Signature checks", ledger.signature_checks),
        ("Password hashes", ledger.password_hashes),
        ("Bytes up", ledger.bytes_up),
        ("Bytes down", ledger.bytes_down),
    ];
    let time = wording::microseconds(ledger.server_microseconds, grain);
    let network = format!("{} ms", ledger.network_milliseconds);
    view! {
        <dl class="ledger" aria-label="What it cost">
            {counted
                .into_iter()
                .map(|(name, count)| {
                    view! {
                        <div class:spent=move || { count > 0 }>
                            <dt>{name}</dt>
                            <dd>{count}</dd>
                        </div>
                    }
                })
                .collect_view()}
            <div>
                <dt>"Server time " <small>"measured"</small></dt>
                <dd>{time}</dd>
            </div>
            <div>
                <dt>"Network " <small>"modelled"</small></dt>
                <dd>{network}</dd>
            </div>
        </dl>
    }
}
