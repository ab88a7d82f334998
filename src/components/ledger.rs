//! What an exchange cost. Figures are counted; those that are not say so.

use leptos::prelude::*;
use protocol::Ledger;

use crate::state::memo;
use crate::wording;

/// A figure: its name, where it stands, and where what the application did for itself stands, if it can.
type Figure = (&'static str, fn(&Ledger) -> u32, fn(&Ledger) -> u32);

const COUNTED: [Figure; 6] = [
    (
        "Store reads",
        |ledger| ledger.authentication.reads,
        |ledger| ledger.application.reads,
    ),
    (
        "Store writes",
        |ledger| ledger.authentication.writes,
        |ledger| ledger.application.writes,
    ),
    ("Signature checks", |ledger| ledger.signature_checks, |_| 0),
    ("Password hashes", |ledger| ledger.password_hashes, |_| 0),
    ("Bytes up", |ledger| ledger.bytes_up, |_| 0),
    ("Bytes down", |ledger| ledger.bytes_down, |_| 0),
];

/// The cost of one exchange.
#[component]
pub(crate) fn LedgerView(
    /// The cost.
    ledger: Memo<Ledger>,
    /// The timer's grain in microseconds: no shorter time can be told.
    grain: Memo<f64>,
) -> impl IntoView {
    let counted = COUNTED.map(|(name, read, read_own)| {
        let count = memo(move || ledger.with(read));
        let own = memo(move || ledger.with(read_own));
        view! {
            <div class:spent=move || { count.get() > 0 }>
                <dt>{name}</dt>
                <dd>{count}</dd>
                <Show when=move || { own.get() > 0 }>
                    <dd class="own">"+ " {own} " of the application"</dd>
                </Show>
            </div>
        }
    });
    let time = move || wording::microseconds(ledger.with(|it| it.server_microseconds), grain.get());
    let network = move || wording::milliseconds(ledger.with(|it| it.network_milliseconds));
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
