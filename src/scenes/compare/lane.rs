//! One lane: what its last request met, and what browser and server hold. Its nodes stay from one request to the next;
//! what differs is written into them.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{Exchange, Lane};

use super::holdings::Holdings;
use super::scheme_select::SchemeSelect;
use super::taking::Copies;
use crate::browser::{LinkState, go_to_same_place};
use crate::components::{
    LedgerView, Marking, Playback, RawHttp, SequenceDiagram, StepList, VerdictLine, Wire, lines,
};
use crate::state::memo;
use crate::state::{Playground, Recorded};
use crate::wording;

/// A lane.
#[component]
pub(crate) fn LaneView(
    /// Which one.
    lane: Lane,
    /// What browser and server hold, once that is there.
    holdings: Holdings,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let playback = expect_context::<Playback>();
    let marking = Marking::new();
    let scheme = memo(move || playground.scheme(lane));
    let class = move || {
        if scheme.with(|scheme| scheme.credential.is_token()) {
            "lane passport"
        } else {
            "lane ticket"
        }
    };
    let title = move || scheme.with(wording::scheme_title);
    let other = lane.other();
    let other_title = move || wording::scheme_title(&playground.scheme(other));
    let subtitle = move || {
        let short = scheme.with(wording::scheme_in_short);
        if title() == other_title() {
            format!("{short}, {}", wording::side(lane))
        } else {
            short
        }
    };
    let heading = format!("lane-{lane}");
    let labelled_by = heading.clone();

    let last = Last::of(playground, lane);
    let verdict = memo(move || {
        last.0
            .with(|last| last.as_ref().map(|recorded| wording::verdict(recorded)))
    });
    let grain = memo(move || match playground.link_state.get() {
        LinkState::Ready { opening, .. } => opening.timer_grain_microseconds,
        _ => 0.0,
    });
    let ledger = last.memo(|exchange| exchange.ledger);
    let wire = last.memo(Wire::of);
    let asked = last.memo(|it| format!("{} {}", it.request.method, it.path));
    let copies = RwSignal::new(false);
    let lines = memo(move || {
        let steps = |exchange: &Exchange| {
            playground
                .calibration
                .with(|calibration| lines(&exchange.steps, grain.get(), calibration.as_ref()))
        };
        last.read(steps).unwrap_or_default()
    });
    let is_answered = memo(move || last.read(|_| ()).is_some());

    view! {
        <section id=section_id(lane) class=class aria-labelledby=labelled_by>
            <div class="lane-head">
                <h2 id=heading>{title} " " <small>{subtitle}</small></h2>
                <button
                    type="button"
                    class="quiet small to-other-lane"
                    on:click=move |_| go_to_same_place(&section_id(lane), &section_id(other))
                >
                    {move || format!("The same place in {}", other_title())}
                </button>
            </div>
            <div class="sequence-place">
                <SchemeSelect lane=lane />
                <SequenceDiagram
                    lane=lane
                    described_by=steps_id(lane)
                    playback=playback
                    marking=marking
                />
            </div>
            <div class="verdict-place" role="status">
                {move || match verdict.get() {
                    None => view! { <p class="empty">{move || scheme.with(wording::expects)}</p> }.into_any(),
                    Some(verdict) => view! { <VerdictLine verdict=verdict /> }.into_any(),
                }}
            </div>
            <div class="cost-place">
                <Show when=move || is_answered.get()>
                    <LedgerView ledger=ledger grain=grain />
                </Show>
            </div>
            <div class="happened">
                <Show when=move || is_answered.get()>
                    <h3>"What happened " <small class="mono">{asked}</small></h3>
                    <StepList id=steps_id(lane) marking=marking lines=lines />
                    <RawHttp
                        wire=wire
                        on_open=Callback::new(move |()| copies.set(true))
                        lane_name=Signal::derive(move || title().to_ascii_lowercase())
                    >
                        <Copies is_wanted=copies shown=last.0 />
                    </RawHttp>
                </Show>
            </div>
            <div class="knows" class:awaited=move || holdings.is_awaited()>
                {holdings.of_lane(lane)}
            </div>
        </section>
    }
}

/// What the lane shows. A handle: copy it freely.
#[derive(Clone, Copy)]
struct Last(Memo<Option<Arc<Recorded>>>);

impl Last {
    fn of(playground: Playground, lane: Lane) -> Self {
        // What is recorded never changes: the same place is the same content.
        let is_another = |before: Option<&Option<Arc<Recorded>>>,
                          now: Option<&Option<Arc<Recorded>>>| {
            before.map(|it| it.as_ref().map(Arc::as_ptr))
                != now.map(|it| it.as_ref().map(Arc::as_ptr))
        };
        Self(Memo::new_with_compare(
            move |_| playground.shown(lane),
            is_another,
        ))
    }

    /// Something of the exchange, if there was an answer.
    fn read<T>(self, read: impl FnOnce(&Exchange) -> T) -> Option<T> {
        self.0
            .with(|last| last.as_ref().and_then(|it| it.exchange()).map(read))
    }

    /// Something of the exchange, that is new only where it differs.
    fn memo<T>(self, read: fn(&Exchange) -> T) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        memo(move || self.read(read).unwrap_or_default())
    }
}

fn section_id(lane: Lane) -> String {
    format!("section-{lane}")
}

fn steps_id(lane: Lane) -> String {
    format!("steps-{lane}")
}
