//! One lane: what its last request met, and what browser and server hold.

use leptos::prelude::*;
use protocol::{Credential, Lane};

use super::browser_panel::InTheBrowser;
use super::on_the_server::OnTheServer;
use crate::browser::LinkState;
use crate::components::{
    LedgerView, Marking, Playback, RawHttp, SequenceDiagram, StepList, VerdictLine,
};
use crate::state::{Playground, lane_name, scheme};
use crate::wording;

/// A lane.
#[component]
pub(crate) fn LaneView(
    /// Which one.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let playback = expect_context::<Playback>();
    let marking = Marking::new();
    let credential = scheme(lane).credential;
    let (class, title, subtitle) = match credential {
        Credential::SessionId => (
            "lane ticket",
            "Stateful",
            "session ID in a cookie, a record in SQLite",
        ),
        Credential::AccessToken => (
            "lane passport",
            "Stateless",
            "JWT in localStorage, nothing on the server",
        ),
    };
    let heading = format!("lane-{lane}");
    let labelled_by = heading.clone();

    let last = Memo::new(move |_| playground.shown(lane));
    let exchange = move || last.get().and_then(|recorded| recorded.exchange().cloned());
    let grain = move || match playground.link_state.get() {
        LinkState::Ready { opening, .. } => opening.timer_grain_microseconds,
        _ => 0.0,
    };

    view! {
        <section class=class aria-labelledby=labelled_by>
            <h2 id=heading>{title} " " <small>{subtitle}</small></h2>
            <div class="sequence-place">
                {move || {
                    let picture = playback.picture(lane);
                    view! {
                        <SequenceDiagram
                            lane=lane
                            arrows=picture.arrows
                            title=picture.title
                            described_by=steps_id(lane)
                            playback=playback
                            marking=marking.of(picture.exchange)
                        />
                    }
                }}
            </div>
            <div class="verdict-place" role="status">
                {move || match last.get() {
                    None => view! { <p class="empty">{empty_text(credential)}</p> }.into_any(),
                    Some(recorded) => {
                        view! { <VerdictLine verdict=wording::verdict(&recorded, credential) /> }
                            .into_any()
                    }
                }}
            </div>
            <div class="cost-place">
                {move || {
                    exchange()
                        .map(|exchange| view! { <LedgerView ledger=exchange.ledger grain=grain() /> })
                }}
            </div>
            <div class="happened">
                {move || {
                    exchange()
                        .map(|exchange| {
                            let asked = format!("{} {}", exchange.request.method, exchange.path);
                            view! {
                                <h3>"What happened " <small class="mono">{asked}</small></h3>
                                <StepList
                                    id=steps_id(lane)
                                    marking=marking.of(exchange.number)
                                    steps=exchange.steps.clone()
                                    grain=grain()
                                    calibration=playground.calibration.get()
                                />
                                <RawHttp exchange=exchange lane_name=lane_name(lane) />
                            }
                        })
                }}
            </div>
            <div class="knows">
                <InTheBrowser lane=lane />
                <OnTheServer lane=lane />
            </div>
        </section>
    }
}

fn steps_id(lane: Lane) -> String {
    format!("steps-{lane}")
}

const fn empty_text(credential: Credential) -> &'static str {
    match credential {
        Credential::SessionId => {
            "Press “Sign in to both”. Each thing that this server does will stand here, in order: it will make a session, and look it up on every request."
        }
        Credential::AccessToken => {
            "Press “Sign in to both”. Each thing that this server does will stand here, in order: it will sign a token, check the signature on every request, and look nothing up."
        }
    }
}
