//! The last answer of a lane in a line: who answered, what, and why; what the observer adds; and its steps.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{Check, Exchange, Fact, Lane, Outcome, Party};

use crate::browser::LinkState;
use crate::components::{Marking, Prose, StepList, VerdictLine, lines};
use crate::state::fleet::answered_by;
use crate::state::{Playground, Recorded, memo};
use crate::wording;

/// What came of a lane's last request.
pub(super) fn last_verdict(playground: Playground, lane: Lane) -> Memo<Option<wording::Verdict>> {
    memo(move || {
        playground.history.with(|history| {
            history
                .last_by(lane, None)
                .map(|last| wording::verdict(last))
        })
    })
}

/// The last answer.
pub(super) fn last_answer(playground: Playground, lane: Lane) -> AnyView {
    let marking = Marking::new();
    let last = Memo::new_with_compare(
        move |_| {
            playground
                .history
                .with(|history| history.last_by(lane, None).cloned())
        },
        |before: Option<&Option<Arc<Recorded>>>, now: Option<&Option<Arc<Recorded>>>| {
            before.map(|it| it.as_ref().map(Arc::as_ptr))
                != now.map(|it| it.as_ref().map(Arc::as_ptr))
        },
    );
    let of_exchange = move |read: fn(&Exchange) -> Option<String>| {
        memo(move || last.with(|last| read(last.as_ref()?.exchange()?)))
    };
    let verdict = memo(move || last.with(|last| last.as_ref().map(|it| wording::verdict(it))));
    let asked =
        of_exchange(|exchange| Some(format!("{} {}", exchange.request.method, exchange.path)));
    let who = of_exchange(who_answered);
    let observed = of_exchange(observers_line);
    let step_lines = memo(move || {
        let grain = match playground.link_state.get() {
            LinkState::Ready { opening, .. } => opening.timer_grain_microseconds,
            _ => 0.0,
        };
        last.with(|last| {
            let exchange = last.as_ref()?.exchange()?;
            playground
                .calibration
                .with(|calibration| Some(lines(&exchange.steps, grain, calibration.as_ref())))
        })
        .unwrap_or_default()
    });
    let count = memo(move || step_lines.with(Vec::len));
    view! {
        <div class="last-answer" role="status">
            {move || match verdict.get() {
                None => {
                    view! {
                        <p class="empty">
                            "Sign in, and send a request: here stands which server answered, and what it knew."
                        </p>
                    }
                        .into_any()
                }
                Some(verdict) => view! { <VerdictLine verdict=verdict /> }.into_any(),
            }}
            <p class="note said">
                {move || who.get().map(|who| view! { <b>{asked}</b> " · " <Prose text=who /> })}
            </p>
            {move || {
                observed
                    .get()
                    .map(|said| {
                        view! {
                            <p class="note said observer-line">
                                "The observer: " <Prose text=said />
                            </p>
                        }
                    })
            }}
        </div>
        <div class="fleet-steps">
            <Show when=move || count.get() != 0>
                <details>
                    <summary>{count} " steps"</summary>
                    <StepList id=format!("fleet-steps-{lane}") marking=marking lines=step_lines />
                </details>
            </Show>
        </div>
    }
    .into_any()
}

/// Which server, and how it was chosen.
fn who_answered(exchange: &Exchange) -> Option<String> {
    let chosen = exchange.steps.iter().rev().find(|step| {
        step.check == Check::ServerChosen
            && matches!(
                step.outcome,
                Outcome::Noted(Fact::ServerPicked { .. })
                    | Outcome::Passed(Fact::ServerPicked { .. })
            )
    });
    match chosen {
        Some(step) => {
            let said = wording::step(step);
            Some(match said.detail {
                Some(detail) => format!("{}: {detail}.", said.sentence),
                None => format!("{}.", said.sentence),
            })
        }
        None => answered_by(exchange).map(|server| format!("Server {server} answered.")),
    }
}

/// What the observer found out after a refusal.
fn observers_line(exchange: &Exchange) -> Option<String> {
    let step = exchange
        .steps
        .iter()
        .find(|step| step.party == Party::Observer)?;
    Some(format!(
        "{}.",
        wording::step(step).sentence.trim_end_matches('.')
    ))
}
