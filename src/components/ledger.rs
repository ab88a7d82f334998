//! What an exchange cost. Figures are counted; those that are not say so.

use leptos::prelude::*;
use protocol::Ledger;

use crate::wording;

/// A figure: its name, and where it stands.
type Figure = (&'static str, fn(&Ledger) -> u32);

const COUNTED: [Figure; 6] = [
    ("Store reads", |ledger| ledger.authentication.reads),
    ("Store writes", |ledger| ledger.authentication.writes),
    ("Signature checks", |ledger| ledger.signature_checks),
    ("Password hashes", |ledger| ledger.password_hashes),
    ("Bytes up", |ledger| ledger.bytes_up),
    ("Bytes down", |ledger| ledger.bytes_down),
];

/// The cost of one exchange.
#[component]
pub(crate) fn LedgerView(
    /// The cost.
    ledger: Memo<Ledger>,
    /// The timer's grain in microseconds: no shorter time can be told.
    grain: Memo<f64>,
) -> impl IntoView {
    let counted = COUNTED.map(|(name, read)| {
        let count = Memo::new(move |_| ledger.with(read));
        view! {
            <div class:spent=move || { count.get() > 0 }>
                <dt>{name}</dt>
                <dd>{count}</dd>
            </div>
        }
    });
    let time = move || wording::microseconds(ledger.with(|it| it.server_microseconds), grain.get());
    let network = move || format!("{} ms", ledger.with(|it| it.network_milliseconds));
    view! {
        <dl class="ledger" aria-label="What it cost">
            {counted.into_iter().collect_view()}
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
