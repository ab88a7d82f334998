//! What goes wrong with the fleet as a whole, what is wrong at present, and how it ends.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Fault, FaultKind, Fleet, Lane};

use super::last_answer::last_verdict;
use crate::components::{Prose, ToolButton, VerdictLine};
use crate::scenes::controls::{named_button, section, status};
use crate::state::fleet::{FleetStudio, SLOWER_MILLISECONDS, me_in_both};
use crate::state::{Playground, memo};
use crate::wording::{servers, store};

/// How many servers one press adds.
const ADDED: [(u32, &str); 3] = [
    (1, "Add 1 server"),
    (10, "Add 10 servers"),
    (100, "Add 100 servers"),
];

/// The section.
pub(super) fn faults(studio: FleetStudio, playground: Playground) -> AnyView {
    let said = RwSignal::new(None::<String>);
    let begin = move |fault: Fault| {
        let begun = playground.begin_fault(fault);
        // Who waited for a new key may have left the scene meanwhile.
        said.try_set(begun.err().map(servers::problem));
    };
    let of_store = move |kind: FaultKind| {
        begin(Fault {
            kind,
            first: 1,
            last: Fleet::MOST_SERVERS,
        });
    };
    let of_half = move |kind: FaultKind| begin(upper_half(&playground.fleet_now(), kind));
    let rollout = move || {
        spawn_local(async move {
            // Those that get it have it at once; the others are told of first when they should have it.
            match playground.rotate_key(true).await {
                Ok(_) => of_half(FaultKind::KeyOld),
                Err(why) => {
                    said.try_set(Some(why));
                }
            }
        });
    };
    let is_one = Signal::derive(move || playground.fleet.with(|fleet| fleet.servers == 1));
    let press = |label: &'static str, idle: Signal<bool>, press: Callback<()>| {
        view! { <ToolButton label=label idle=idle on_press=press /> }
    };
    let never = Signal::stored(false);
    let slower = FaultKind::StoreSlow {
        milliseconds: SLOWER_MILLISECONDS,
    };
    let added = ADDED.map(|(count, label)| {
        let idle = Signal::derive(move || playground.fleet.with(servers::room) < count);
        let add = Callback::new(move |()| {
            let mut fleet = playground.fleet_now();
            fleet.servers += count;
            let deployed = playground.deploy(fleet);
            said.set(deployed.err().map(servers::problem));
        });
        press(label, idle, add)
    });
    let present = memo(move || playground.fleet.with(|fleet| fleet.faults.clone()));
    let list = move || {
        let present = present.get();
        if present.is_empty() {
            return view! { <p class="empty">"Nothing is wrong at present."</p> }.into_any();
        }
        let lines: Vec<_> = present
            .into_iter()
            .map(|fault| {
                let words = servers::fault_began(&fault);
                let name = format!("Undo: {words}");
                view! {
                    <li>
                        <span aria-hidden="true">"✕ "</span>
                        <Prose text=words />
                        " "
                        {named_button("Undo", name, move || playground.end_fault(fault))}
                    </li>
                }
            })
            .collect();
        view! { <ul class="fault-list">{lines}</ul> }.into_any()
    };
    let is_well = Signal::derive(move || present.with(Vec::is_empty));
    let content = view! {
        <div class="tools">
            {press("The store dies", never, Callback::new(move |()| of_store(FaultKind::StoreDown)))}
            {press("The store slows down", never, Callback::new(move |()| of_store(slower)))}
            {press(
                "The network splits in half",
                is_one,
                Callback::new(move |()| of_half(FaultKind::StoreUnreachable)),
            )}
            {press("A new key reaches half", is_one, Callback::new(move |()| rollout()))}
            {added}
        </div>
        {move || is_one.get().then(|| view! { <p class="note">{servers::NEEDS_MORE}</p> })}
        {status(said)}
        {ask(playground)}
        <h3>"Wrong at present"</h3>
        {list}
        <div class="tools">
            {press(
                "All well again",
                is_well,
                Callback::new(move |()| {
                    playground.end_all_faults();
                    studio.said.set(None);
                    said.set(None);
                }),
            )}
        </div>
    }
    .into_any();
    section(
        super::FAULTS,
        "Faults",
        "what goes wrong, in both lanes alike",
        "Single servers are killed, restarted, cut off and robbed of their keys above. Here the store, the network and the keys fail for all or for half. What breaks first differs by lane: ask, and see.",
        content,
    )
}

/// Sends a request without going back to the form, and what came of the last one in each lane.
fn ask(playground: Playground) -> AnyView {
    let lanes = Lane::BOTH.map(|lane| {
        let last = last_verdict(playground, lane);
        let class = match lane {
            Lane::A => "lane-scheme ticket",
            Lane::B => "lane-scheme passport",
        };
        let said = move || match last.get() {
            None => view! { <p class="empty">"No request yet."</p> }.into_any(),
            Some(verdict) => view! { <VerdictLine verdict=verdict /> }.into_any(),
        };
        view! {
            <div class=class>
                <h3>{store::lane_title(lane)}</h3>
                {said}
            </div>
        }
    });
    let send = Callback::new(move |()| {
        spawn_local(async move {
            playground.send(me_in_both()).await;
        });
    });
    view! {
        <div class="tools">
            <ToolButton label="Ask both lanes now" main=true on_press=send />
            <span class="note">"GET /me, with what the browser holds. The last answers, whatever was asked:"</span>
        </div>
        <div class="two-lanes last-verdicts">{lanes}</div>
    }
    .into_any()
}

fn upper_half(fleet: &Fleet, kind: FaultKind) -> Fault {
    Fault {
        kind,
        first: (fleet.servers / 2 + 1).min(fleet.servers),
        last: fleet.servers,
    }
}
