//! The settings of a run: few by default, the rest folded.

use leptos::prelude::*;
use protocol::{Arrivals, Balancer, Queue};
use scenario::{LoadPreset, MEASURED};

use super::field::{field, time_fields};
use super::prices::prices;
use super::run_bar::run_bar;
use super::schedule::schedule;
use crate::browser::page_address;
use crate::components::{CopyButton, Prose};
use crate::scenes::controls::{note, section, select, select_or_own};
use crate::state::fleet::load::{Field, Ground, LinkOutcome, LoadForm, LoadStudio, TimeOf};
use crate::state::{Playground, memo};
use crate::wording::{self, load};

/// Where requests wait, in the order in which it is offered.
const QUEUES: [(Queue, &str); 7] = [
    (Queue::Shared, "one queue for all servers"),
    (
        Queue::OneEach(Balancer::RoundRobin),
        "one each; balancer: round robin",
    ),
    (
        Queue::OneEach(Balancer::Random),
        "one each; balancer: random",
    ),
    (
        Queue::OneEach(Balancer::LeastBusy),
        "one each; balancer: least busy",
    ),
    (
        Queue::OneEach(Balancer::TwoChoices),
        "one each; balancer: two choices",
    ),
    (
        Queue::OneEach(Balancer::StickyCookie),
        "one each; balancer: sticky by cookie",
    ),
    (
        Queue::OneEach(Balancer::HashOfId),
        "one each; balancer: hash of the ID",
    ),
];

/// How requests arrive, in the order in which it is offered.
const ARRIVALS: [&str; 3] = ["Poisson", "bursty", "users who think"];

const fn preset_name(preset: LoadPreset) -> &'static str {
    match preset {
        LoadPreset::TenServers => "ten servers, one store",
        LoadPreset::OneServer => "one server",
        LoadPreset::OneStation => "one station and nothing else (M/M/1)",
        LoadPreset::TenMemories => "ten servers, sessions in their memories",
        LoadPreset::ThousandServers => "a thousand servers",
        LoadPreset::StoreDies => "the store dies for a while",
        LoadPreset::ServersDie => "three servers die, with the sessions in their memories",
        LoadPreset::KeyReachesHalf => "a new key reaches half of the servers",
        LoadPreset::Bursts => "bursts",
    }
}

/// The section.
pub(super) fn settings(studio: LoadStudio, playground: Playground) -> AnyView {
    let form = studio.form;
    let names = LoadPreset::ALL.map(preset_name).map(str::to_owned).to_vec();
    let preset = Signal::derive(move || form.preset.get().unwrap_or(LoadPreset::ALL.len()));
    let content = view! {
        {link_outcome(studio)}
        <div class="load-picks">
            {select_or_own(
                String::from("load-preset"),
                "Preset",
                names,
                preset,
                Callback::new(move |place| form.choose_preset(place)),
            )} {queue_select(form)} {ground_select(form)}
        </div>
        <div class="load-fields">
            {arrivals(form)}
            {field(form, Field::Servers, String::from("load-servers"), "Servers", "1 to 1,000")}
            {field(form, Field::Requests, String::from("load-requests"), "Requests", "in each lane")}
            {field(form, Field::Seed, String::from("load-seed"), "Seed", "where chance starts")}
        </div>
        {run_bar(studio)}
        {ground_words(form, playground)}
        <details class="load-more">
            <summary>"More settings"</summary>
            {more(form)}
        </details>
        {share(studio)}
    }
    .into_any();
    section(
        "load-settings",
        "Load simulation",
        "modelled",
        "Users, a network, a balancer, servers with queues, and a store with so many connections, in simulated time, in a worker of its own. Both lanes get the same arrivals, the same users and the same work; what differs is what each needs to know the user. The same seed gives the same run.",
        content,
    )
}

fn link_outcome(studio: LoadStudio) -> AnyView {
    let said = move || {
        studio.link.get().map(|outcome| match outcome {
            LinkOutcome::Opened => {
                String::from("The link’s load settings are in force. Run them with “Run”.")
            }
            LinkOutcome::Refused(problem) => {
                format!("The link’s load settings can’t be used: {problem}. Yours are unchanged.")
            }
        })
    };
    view! {
        <p class="note said" role="status">
            {said}
        </p>
    }
    .into_any()
}

fn queue_select(form: LoadForm) -> AnyView {
    let chosen = Signal::derive(move || {
        let queue = form.chosen.with(|chosen| chosen.run.queue);
        QUEUES
            .iter()
            .position(|(known, _)| *known == queue)
            .unwrap_or_default()
    });
    select(
        String::from("load-queue"),
        "Queue",
        QUEUES.map(|(_, name)| name.to_owned()).to_vec(),
        chosen,
        Callback::new(move |place: usize| {
            if let Some((queue, _)) = QUEUES.get(place) {
                form.choose_queue(*queue);
            }
        }),
    )
}

fn ground_select(form: LoadForm) -> AnyView {
    let names = Ground::ALL
        .map(|ground| match ground {
            Ground::Measured => "the present schemes, times as measured natively",
            Ground::Browser => "the present schemes, times as calibrated in this browser",
            Ground::Set => "set below",
        })
        .map(str::to_owned)
        .to_vec();
    let chosen = Signal::derive(move || {
        let ground = form.chosen.with(|chosen| chosen.ground);
        Ground::ALL
            .iter()
            .position(|known| *known == ground)
            .unwrap_or_default()
    });
    select(
        String::from("load-ground"),
        "Lanes and service times",
        names,
        chosen,
        Callback::new(move |place: usize| {
            if let Some(ground) = Ground::ALL.get(place) {
                form.choose_ground(*ground);
            }
        }),
    )
}

/// What the times are, and what this browser measured beside them.
fn ground_words(form: LoadForm, playground: Playground) -> AnyView {
    let lanes = move || {
        let run = form.simulation();
        let lines: Vec<String> = run
            .lanes
            .iter()
            .zip(["A", "B"])
            .map(|(lane, name)| format!("Lane {name}: {}.", load::lane_model(lane)))
            .collect();
        format!(
            "{} A store operation: {}.",
            lines.join(" "),
            load::distribution(&run.store.service)
        )
    };
    let measured = format!(
        "Measured natively ({}, {}): Redis GET {} there and back, {} of it Redis’s own; hash of a session ID {}, check of an HS256 token {}.",
        MEASURED.machine,
        MEASURED.date,
        load::seconds(MEASURED.redis_get),
        load::seconds(MEASURED.redis_get_service),
        load::seconds(MEASURED.session_id_hash),
        load::seconds(MEASURED.hs256)
    );
    let here = move || match playground.calibration.get() {
        Some(here) => format!(
            "Calibrated in this browser: lookup in SQLite {}, hash of a session ID {}, all checks of a token {}.",
            wording::microseconds(here.session_lookup.microseconds, 0.0),
            wording::microseconds(here.session_id_hash.microseconds, 0.0),
            wording::microseconds(here.token_checks.microseconds, 0.0)
        ),
        None => String::from("This browser is being calibrated, or its server can’t be asked."),
    };
    view! {
        <ul class="load-ground note">
            <li>{lanes}</li>
            <li>{measured}</li>
            <li>{here}</li>
        </ul>
    }
    .into_any()
}

fn arrivals(form: LoadForm) -> AnyView {
    let kind = memo(move || {
        form.chosen.with(|chosen| match chosen.run.arrivals {
            Arrivals::Poisson { .. } => 0_usize,
            Arrivals::Bursty { .. } => 1,
            Arrivals::Users { .. } => 2,
        })
    });
    let id = |name: &str| format!("load-{name}");
    let rate = move || field(form, Field::Rate, id("rate"), "Rate λ", "requests a second");
    let fields = move || match kind.get() {
        0 => vec![rate()],
        1 => vec![
            rate(),
            field(
                form,
                Field::BurstFactor,
                id("burst-factor"),
                "In a burst",
                "times as many as in calm",
            ),
            field(
                form,
                Field::BurstSeconds,
                id("burst"),
                "A burst lasts",
                "s, the mean",
            ),
            field(
                form,
                Field::CalmSeconds,
                id("calm"),
                "Calm lasts",
                "s, the mean",
            ),
        ],
        _ => vec![
            field(
                form,
                Field::Users,
                id("thinkers"),
                "Users",
                "who think, ask, and wait",
            ),
            time_fields(form, TimeOf::Think, "load-think", "Think time", "s"),
        ],
    };
    view! {
        <div class="number-field">
            <label for="load-arrivals">"Arrivals"</label>
            <select
                id="load-arrivals"
                prop:value=move || kind.get().to_string()
                on:change:target=move |event| {
                    form.choose_arrivals(event.target().value().parse().unwrap_or_default());
                }
            >
                {ARRIVALS
                    .into_iter()
                    .enumerate()
                    .map(|(place, name)| {
                        view! {
                            <option
                                value=place.to_string()
                                prop:selected=move || kind.get() == place
                            >
                                {name}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
        {fields}
    }
    .into_any()
}

fn more(form: LoadForm) -> AnyView {
    let one =
        |of, id: &'static str, label, unit| field(form, of, format!("load-{id}"), label, unit);
    let is_set = memo(move || form.chosen.with(|chosen| chosen.ground == Ground::Set));
    let lanes = memo(move || form.chosen.with(|chosen| chosen.run.lanes.len()));
    let set = move || {
        if !is_set.get() {
            return note(
                "A lane’s check, its reads and writes, and the store’s service time follow the ground chosen above. Choose “set below” to type them.",
            );
        }
        view! {
            {time_fields(form, TimeOf::Store, "load-store-time", "One operation on the store", "µs")}
            {(0..lanes.get()).map(|lane| lane_fields(form, lane)).collect_view()}
        }
        .into_any()
    };
    view! {
        <div class="load-groups">
            <fieldset class="axis">
                <legend>"Users"</legend>
                {one(Field::Users, "users", "Users", "known to both lanes")}
                {one(Field::Patience, "patience", "Patience", "s, 0 is endless")}
                {one(Field::WaitingPlaces, "places", "Waiting places", "a queue, 0 is no limit")}
                {one(Field::WarmUp, "warm-up", "Warm-up", "requests that are not counted")}
            </fieldset>
            {time_fields(form, TimeOf::Service, "load-service", "The application’s own work", "ms")}
            {time_fields(form, TimeOf::SignIn, "load-sign-in", "A sign-in, on top", "ms")}
            {time_fields(form, TimeOf::Network, "load-network", "Network, one way", "ms")}
            <fieldset class="axis">
                <legend>"The store"</legend>
                {one(Field::Connections, "connections", "Connections", "served at once")}
                {one(
                    Field::ApplicationReads,
                    "application-reads",
                    "The application’s reads",
                    "a request, in both lanes",
                )}
            </fieldset>
            {time_fields(
                form,
                TimeOf::RoundTrip,
                "load-round-trip",
                "From a server to the store and back",
                "ms",
            )}
            {set}
        </div>
        {schedule(form)}
        {prices(form)}
    }
    .into_any()
}

fn lane_fields(form: LoadForm, lane: usize) -> AnyView {
    let (name, check, id) = match lane {
        0 => ("Lane A", "Lane A’s check", "load-check-a"),
        _ => ("Lane B", "Lane B’s check", "load-check-b"),
    };
    view! {
        {time_fields(form, TimeOf::Check(lane), id, check, "µs")}
        <fieldset class="axis">
            <legend>{format!("{name}: to know the user")}</legend>
            {field(form, Field::Reads(lane), format!("{id}-reads"), "Reads", "a request")}
            {field(form, Field::Writes(lane), format!("{id}-writes"), "Writes", "a request")}
        </fieldset>
    }
    .into_any()
}

fn share(studio: LoadStudio) -> AnyView {
    let address = Signal::derive(move || format!("{}{}", page_address(), studio.fragment()));
    view! {
        <p class="note load-share">
            <a href=move || studio.fragment()>"A link to these settings"</a>
            " "
            <CopyButton label="Copy the link" text=address />
            " "
            <Prose text="It holds the settings and no result: whoever opens it runs them anew, and gets the same." />
        </p>
    }
    .into_any()
}
