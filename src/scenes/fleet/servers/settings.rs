//! How the servers are deployed: how many, what spreads requests over them, where records are, who holds which key.

use leptos::prelude::*;
use protocol::{Balancer, Fleet, FleetKeys, FleetProblem, Lane, ServerAlgorithm};

use crate::browser::page_address;
use crate::components::CopyButton;
use crate::scenes::controls::{TypedField, note, radios, section, select, status, typed_field};
use crate::state::fleet::load::LoadStudio;
use crate::state::fleet::{BALANCERS, FleetStudio, KEYS, PLACES, fleet_link, fleet_to_json};
use crate::state::{KeyMaking, PageLife, Playground, memo, scheme_to_json};
use crate::wording::{self, servers, store};

/// The sizes that one press deploys.
const SIZES: [(u32, &str); 3] = [(1, "1"), (10, "10"), (1_000, "1,000")];

/// The section.
pub(super) fn settings(studio: FleetStudio, playground: Playground) -> AnyView {
    let load = PageLife::keep(|| LoadStudio::new(playground));
    let link = Signal::derive(move || {
        let schemes = Lane::BOTH.map(|lane| playground.scheme(lane));
        let fleet = playground.fleet.with(|fleet| {
            let mut fleet = fleet.clone();
            fleet.faults.clear();
            fleet_to_json(&fleet, &schemes)
        });
        let schemes = schemes.each_ref().map(scheme_to_json);
        format!(
            "{}{}",
            page_address(),
            fleet_link(&fleet, &schemes, Some(&load.text()))
        )
    });
    let content = view! {
        {status(studio.link_said)}
        <div class="two-lanes of-operator">
            <div class="lane-scheme">{size(playground)} {spreading(playground)}</div>
            <div class="lane-scheme">{keys(playground)}</div>
        </div>
        <div class="two-lanes">{Lane::BOTH.map(|lane| place(playground, lane))}</div>
        <div class="tools">
            <CopyButton label="Copy a link to this fleet and its load" text=link />
        </div>
    }
    .into_any();
    section(
        super::SETTINGS,
        "Servers",
        "what their operator sets",
        "Each is a server of its own, with its own memory and its own keys. A change holds from the next request on; servers that stay keep what they remember.",
        content,
    )
}

fn change(playground: Playground, change: impl FnOnce(&mut Fleet)) {
    let mut fleet = playground.fleet_now();
    change(&mut fleet);
    // What is offered here makes sense; what is typed was looked at before.
    let _ = playground.deploy(fleet);
}

fn read_servers(typed: &str) -> Option<u32> {
    let servers = typed.trim().replace(',', "").parse().ok()?;
    (1..=Fleet::MOST_SERVERS)
        .contains(&servers)
        .then_some(servers)
}

fn size(playground: Playground) -> AnyView {
    let count = memo(move || playground.fleet.with(|fleet| fleet.servers));
    let field = typed_field(TypedField {
        id: String::from("fleet-count"),
        label: "Servers in each lane",
        words: Signal::stored(String::new()),
        meaning: Signal::stored(String::from("From 1 to 1,000.")),
        value: Signal::derive(move || count.get().to_string()),
        problem: Callback::new(|typed: String| {
            read_servers(&typed)
                .is_none()
                .then(|| servers::problem(FleetProblem::Servers))
        }),
        take: Callback::new(move |typed: String| {
            if let Some(servers) = read_servers(&typed) {
                change(playground, |fleet| fleet.servers = servers);
            }
        }),
    });
    let quick = SIZES.map(|(servers, label)| {
        let name = format!("Deploy {}", servers::servers_in_number(servers));
        view! {
            <button
                type="button"
                class="quiet small"
                aria-label=name
                aria-pressed=move || (count.get() == servers).to_string()
                on:click=move |_| change(playground, |fleet| fleet.servers = servers)
            >
                {label}
            </button>
        }
    });
    view! {
        {field}
        <div class="tools sizes" role="group" aria-label="Sizes at hand">
            {quick}
        </div>
    }
    .into_any()
}

fn spreading(playground: Playground) -> AnyView {
    let balancer = memo(move || playground.fleet.with(|fleet| fleet.balancer));
    let names = Balancer::ALL
        .map(|balancer| servers::balancer(balancer).to_owned())
        .to_vec();
    let place = move || Balancer::ALL.iter().position(|it| *it == balancer.get());
    let choose = Callback::new(move |place: usize| {
        if let Some((_, balancer)) = BALANCERS.get(place) {
            change(playground, |fleet| fleet.balancer = *balancer);
        }
    });
    view! {
        {select(
            String::from("fleet-balancer"),
            "Balancer",
            names,
            Signal::derive(move || place().unwrap_or_default()),
            choose,
        )}
        {move || note(servers::balancer_meaning(balancer.get()))}
    }
    .into_any()
}

fn keys(playground: Playground) -> AnyView {
    let chosen = memo(move || playground.fleet.with(|fleet| fleet.keys));
    let algorithm = playground.token_algorithm;
    let place = move || KEYS.iter().position(|(_, keys)| *keys == chosen.get());
    let choice = radios(
        String::from("fleet-keys"),
        "Keys: who holds what signs tokens, and who what verifies them",
        KEYS.map(|(_, keys)| servers::keys(keys)).to_vec(),
        Signal::derive(move || place().unwrap_or_default()),
        Signal::stored(Vec::new()),
        Callback::new(move |place: usize| {
            if let Some((_, keys)) = KEYS.get(place) {
                change(playground, |fleet| fleet.keys = *keys);
            }
        }),
    );
    let names = ServerAlgorithm::ALL
        .map(|algorithm| algorithm.name().to_owned())
        .to_vec();
    let algorithm_choice = select(
        String::from("fleet-algorithm"),
        "Tokens are signed with",
        names,
        Signal::derive(move || {
            let mut all = ServerAlgorithm::ALL.iter();
            all.position(|it| *it == algorithm.get())
                .unwrap_or_default()
        }),
        Callback::new(move |place: usize| {
            if let Some(algorithm) = ServerAlgorithm::ALL.get(place) {
                playground.choose_algorithm(*algorithm);
            }
        }),
    );
    let is_idle = move || {
        chosen.get() == FleetKeys::PublicHalves && algorithm.get() == ServerAlgorithm::Hs256
    };
    let state = playground.server_key.state;
    let progress = move || {
        state.with(|state| match state {
            KeyMaking::Idle => None,
            KeyMaking::Making { progress, .. } => Some(wording::key_progress(*progress)),
            KeyMaking::Failed { reason } => Some(reason.clone()),
        })
    };
    view! {
        {choice}
        <div class=move || if is_idle() { "keys-choice warned" } else { "keys-choice" }>
            {move || note(servers::keys_meaning(chosen.get(), algorithm.get()))}
        </div>
        {algorithm_choice}
        <p class="note" role="status">
            {progress}
        </p>
    }
    .into_any()
}

fn place(playground: Playground, lane: Lane) -> AnyView {
    let scheme = memo(move || playground.scheme(lane));
    let class = move || {
        if scheme.with(|scheme| scheme.credential.is_token()) {
            "lane-scheme passport"
        } else {
            "lane-scheme ticket"
        }
    };
    let at = move || {
        PLACES
            .iter()
            .position(|(_, place)| *place == scheme.get().store.place)
    };
    let choice = radios(
        format!("fleet-place-{lane}"),
        "Where its sessions live, and what else it must remember",
        PLACES.map(|(_, place)| servers::place(place)).to_vec(),
        Signal::derive(move || at().unwrap_or_default()),
        Signal::stored(Vec::new()),
        Callback::new(move |chosen: usize| {
            if let Some((_, place)) = PLACES.get(chosen) {
                let mut changed = scheme.get_untracked();
                changed.store.place = *place;
                playground.change_scheme(lane, changed);
            }
        }),
    );
    let keeps_nothing = move || {
        scheme.with(|scheme| {
            super::picture::keeps_nothing(scheme)
                .then(|| note("A sign-in leaves nothing on the servers here: any place will do."))
        })
    };
    let heading = format!("fleet-place-of-{lane}");
    let labelled_by = heading.clone();
    view! {
        <div class=class role="group" aria-labelledby=labelled_by>
            <h3 id=heading>
                {store::lane_title(lane)} ": " {move || scheme.with(wording::scheme_title)}
            </h3>
            {choice}
            {keeps_nothing}
        </div>
    }
    .into_any()
}
