//! The server that is chosen: what it is and holds in each lane, and what can go wrong with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Fault, FaultKind, FleetProblem, Lane};

use super::shown::shown;
use crate::components::ToolButton;
use crate::scenes::controls::{TypedField, status, typed_field};
use crate::state::fleet::{FleetStudio, number_up_to};
use crate::state::{Playground, memo};
use crate::wording::{servers, store};

/// By how much a clock goes off at a click, in seconds.
const CLOCK_MOVES: [(&str, i32); 4] = [
    ("Clock −20 min", -1_200),
    ("Clock −1 min", -60),
    ("Clock +1 min", 60),
    ("Clock +20 min", 1_200),
];

/// The chosen server.
pub(super) fn chosen(studio: FleetStudio, playground: Playground) -> AnyView {
    let most = memo(move || playground.fleet.with(|fleet| fleet.servers));
    let number = memo(move || studio.chosen.get().clamp(1, most.get()));
    let field = typed_field(TypedField {
        id: String::from("fleet-chosen"),
        label: "Server",
        words: Signal::stored(String::new()),
        meaning: Signal::stored(String::from(
            "Choose one in the picture, or by its number. What goes wrong with it goes wrong in both lanes.",
        )),
        value: Signal::derive(move || number.get().to_string()),
        problem: Callback::new(move |typed: String| {
            number_up_to(&typed, most.get())
                .is_none()
                .then(|| servers::problem(FleetProblem::FaultServers))
        }),
        take: Callback::new(move |typed: String| {
            if let Some(number) = number_up_to(&typed, most.get_untracked()) {
                studio.chosen.set(number);
            }
        }),
    });
    let values = Lane::BOTH.map(|lane| {
        let shown = shown(studio, playground, lane);
        let words = move || shown.with(|shown| shown.words(number.get()));
        view! {
            <p class="note">
                <b>{store::lane_title(lane)}</b>
                " · "
                {words}
            </p>
        }
    });
    view! {
        <div class="chosen-server" role="group" aria-labelledby="fleet-chosen-title">
            <h3 id="fleet-chosen-title">
                "Server " {move || number.get()} " " <small>"all counted"</small>
            </h3>
            {field}
            {values}
            {acts(studio, playground, number)}
            {status(studio.said)}
        </div>
    }
    .into_any()
}

fn acts(studio: FleetStudio, playground: Playground, number: Memo<u32>) -> AnyView {
    let concerned = move |is: fn(&FaultKind) -> bool| {
        Signal::derive(move || {
            let number = number.get();
            playground.fleet.with(|fleet| {
                let mut faults = fleet.faults.iter();
                faults.any(|fault| is(&fault.kind) && fault.concerns(number))
            })
        })
    };
    let down = concerned(|kind| matches!(kind, FaultKind::ServerDown));
    let cut_off = concerned(|kind| matches!(kind, FaultKind::StoreUnreachable));
    let no_key = concerned(|kind| matches!(kind, FaultKind::KeyTaken));
    let old_key = concerned(|kind| matches!(kind, FaultKind::KeyOld));
    let clock_off = concerned(|kind| matches!(kind, FaultKind::ClockOff { .. }));
    let begin = move |kind: FaultKind| {
        move || {
            let first = number.get_untracked();
            let fault = Fault {
                kind,
                first,
                last: first,
            };
            let begun = playground.begin_fault(fault);
            studio.said.set(begun.err().map(servers::problem));
        }
    };
    let end = move |kind: FaultKind| {
        move || {
            let ended = playground.end_fault_of(number.get_untracked(), kind);
            studio.said.set(ended.err().map(servers::problem));
        }
    };
    let restart = move || {
        let number = number.get_untracked();
        spawn_local(async move {
            let words = match playground.restart_server(number).await {
                Ok(lost) => servers::restarted(number, lost),
                Err(why) => why,
            };
            studio.said.try_set(Some(words));
        });
    };
    let not = move |signal: Signal<bool>| Signal::derive(move || !signal.get());
    let key_ends = move || {
        let number = number.get_untracked();
        let mut ended = playground.end_fault_of(number, FaultKind::KeyTaken);
        if ended.is_ok() && untrack(|| old_key.get()) {
            ended = playground.end_fault_of(number, FaultKind::KeyOld);
        }
        studio.said.set(ended.err().map(servers::problem));
    };
    let lacks_key = Signal::derive(move || no_key.get() || old_key.get());
    let clocks = CLOCK_MOVES
        .map(|(label, seconds)| {
            act(
                label,
                Signal::stored(false),
                begin(FaultKind::ClockOff { seconds }),
            )
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="tools">
            {act("Kill", down, begin(FaultKind::ServerDown))}
            {act("Start again", not(down), end(FaultKind::ServerDown))}
            {act("Restart", down, restart)}
            {act("Take its keys", no_key, begin(FaultKind::KeyTaken))}
            {act("Give it the keys", not(lacks_key), key_ends)}
            {act("Cut off from the store", cut_off, begin(FaultKind::StoreUnreachable))}
            {act("Reconnect", not(cut_off), end(FaultKind::StoreUnreachable))}
            {clocks}
            {act("Set its clock right", not(clock_off), end(FaultKind::ClockOff { seconds: 0 }))}
        </div>
    }
    .into_any()
}

fn act(
    label: &'static str,
    idle: Signal<bool>,
    press: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    view! { <ToolButton label=label idle=idle on_press=Callback::new(move |()| press()) /> }
        .into_any()
}
