//! A trial of faults: users of a fleet of their own send a request in each round, while a schedule lets things go wrong.
//! Real servers answer each request; who noticed is counted.

mod chart;
mod outcome;

use leptos::prelude::*;
use protocol::{FaultTrial, FleetProblem};

use self::outcome::outcome;
use crate::components::ToolButton;
use crate::scenes::controls::{note, section, select};
use crate::state::Playground;
use crate::state::fleet::{
    Amount, Entry, FleetStudio, Happens, TRIAL_PRESETS, Trial, amount_of, is_of_servers, newcomers,
    number_up_to,
};
use crate::wording::{servers, trial};

/// The section.
pub(super) fn trial(studio: FleetStudio, playground: Playground) -> AnyView {
    let trial = studio.trial;
    let presets = TRIAL_PRESETS.map(|preset| {
        let choose = Callback::new(move |()| trial.choose(preset));
        view! { <ToolButton label=trial::trial_preset(preset) on_press=choose /> }
    });
    let deployed = move || {
        let fleet = playground.fleet.get();
        servers::deployed(fleet.servers, fleet.balancer)
    };
    let content = view! {
        <p class="note">
            "With both lanes’ schemes as they are, and a fleet of their own: " {deployed} "."
        </p>
        <div class="tools" role="group" aria-label="Schedules at hand">
            {presets}
        </div>
        <div class="picks trial-numbers">
            {number("fleet-users", "Users", trial.users, FaultTrial::MOST_USERS, FleetProblem::Users)}
            {field(
                String::from("fleet-newcomers"),
                "Newcomers",
                trial.newcomers,
                Signal::derive(move || trial.newcomers.with(|text| newcomers(text).is_none())),
                servers::problem(FleetProblem::Newcomers),
            )}
            {number("fleet-rounds", "Rounds", trial.rounds, FaultTrial::MOST_ROUNDS, FleetProblem::Rounds)}
            {number(
                "fleet-round-seconds",
                "Seconds from round to round",
                trial.round_seconds,
                FaultTrial::LONGEST_ROUND_SECONDS,
                FleetProblem::Schedule,
            )}
        </div>
        {note(
            "Newcomers come one after another, evenly spread over the rounds, and sign in then: it is they who meet a key that is not yet everywhere.",
        )}
        <ol class="schedule" aria-label="Schedule">
            <For
                each=move || trial.entries.get()
                key=|entry| entry.id
                children=move |entry| entry_view(trial, entry)
            />
        </ol>
        {move || trial.entries.with(Vec::is_empty).then(|| note("Nothing goes wrong in it."))}
        <div class="tools">
            <ToolButton label="Add an entry" on_press=Callback::new(move |()| trial.add()) />
            <ToolButton
                label="Try it"
                main=true
                idle=Signal::derive(move || trial.runs.get())
                on_press=Callback::new(move |()| trial.run())
            />
            <ToolButton
                label="Stop"
                idle=Signal::derive(move || !trial.runs.get())
                on_press=Callback::new(move |()| trial.stop())
            />
        </div>
        <p class="note said" role="status">
            {move || {
                if trial.runs.get() {
                    return Some(String::from("The servers answer …"));
                }
                trial.tried.with(|tried| match tried {
                    Some(Err(why)) => Some(why.clone()),
                    Some(Ok(_)) => Some(String::from("Done: all of it was counted.")),
                    None => None,
                })
            }}
        </p>
        {move || trial.tried.with(|tried| match tried {
            Some(Ok(tried)) => Some(outcome(tried)),
            _ => None,
        })}
    }
    .into_any();
    section(
        super::TRIAL,
        "Trial of faults",
        "counted from real requests",
        "Users sign in, and each sends one request in every round. Meanwhile things go wrong by a schedule. Who is signed out, who is refused, who notices nothing? Your own session and servers have no part in it.",
        content,
    )
}

fn number(
    id: &'static str,
    label: &'static str,
    text: RwSignal<String>,
    most: u32,
    problem: FleetProblem,
) -> AnyView {
    let is_bad = move || text.with(|text| number_up_to(text, most).is_none());
    let words = if problem == FleetProblem::Schedule {
        String::from("From 1 to 86,400 seconds: a whole number.")
    } else {
        servers::problem(problem)
    };
    field(id.to_owned(), label, text, Signal::derive(is_bad), words)
}

fn field(
    id: String,
    label: &'static str,
    text: RwSignal<String>,
    is_bad: Signal<bool>,
    problem: String,
) -> AnyView {
    let described = format!("{id}-note");
    view! {
        <span class="pick trial-number">
            <label for=id.clone()>{label}</label>
            " "
            <input
                id=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="mono"
                aria-describedby=described.clone()
                aria-invalid=move || is_bad.get().to_string()
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
            />
            <span class="note trouble" id=described>
                {move || is_bad.get().then(|| problem.clone())}
            </span>
        </span>
    }
    .into_any()
}

fn entry_view(trial: Trial, entry: Entry) -> AnyView {
    let id = entry.id;
    let names = Happens::ALL
        .map(|happens| trial::happens(happens).to_owned())
        .to_vec();
    let place = move || {
        Happens::ALL
            .iter()
            .position(|it| *it == entry.happens.get())
    };
    let choose = Callback::new(move |place: usize| {
        if let Some(happens) = Happens::ALL.get(place) {
            entry.happens.set(*happens);
        }
    });
    let fine = Signal::stored(false);
    let plain = move |part: &str, label: &'static str, text: RwSignal<String>| {
        field(
            format!("fleet-entry-{part}-{id}"),
            label,
            text,
            fine,
            String::new(),
        )
    };
    let which = move || {
        is_of_servers(entry.happens.get()).then(|| {
            view! {
                {plain("first", "from server", entry.first)}
                {plain("last", "to server", entry.last)}
            }
        })
    };
    let amount = move || {
        amount_of(entry.happens.get()).map(|amount| {
            let label = match amount {
                Amount::Seconds => "by seconds",
                Amount::Milliseconds => "by ms",
                Amount::Servers => "how many",
            };
            plain("amount", label, entry.amount)
        })
    };
    let until = move || {
        (entry.happens.get() != Happens::ServersAdded)
            .then(|| plain("until", "until second", entry.until))
    };
    let problem = move || {
        entry
            .read()
            .is_none()
            .then_some("This makes no sense yet: numbers are missing, or it ends before it begins.")
    };
    let remove = Callback::new(move |()| trial.remove(id));
    view! {
        <li>
            <div class="picks" role="group" aria-label=format!("Entry {id}")>
                {select(
                    format!("fleet-entry-{id}"),
                    "What",
                    names,
                    Signal::derive(move || place().unwrap_or_default()),
                    choose,
                )}
                {which}
                {amount}
                {plain("from", "from second", entry.from)}
                {until}
                <ToolButton label="Remove" name=format!("Remove entry {id}") on_press=remove />
            </div>
            <p class="note trouble">{problem}</p>
        </li>
    }
    .into_any()
}
