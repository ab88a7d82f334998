//! What goes wrong in a run, and when: a list, and a line to add to it.

use leptos::prelude::*;
use protocol::{Fault, FaultKind, FleetChange, Scheduled, SimulationProblem};

use super::field::short_field;
use crate::components::Prose;
use crate::scenes::controls::{named_button, note, select};
use crate::state::fleet::load::LoadForm;
use crate::wording::load;

/// What can happen, in the order in which it is offered.
const HAPPENS: [&str; 8] = [
    "servers die",
    "the store dies",
    "the store slows",
    "servers are cut off from the store",
    "servers lose their key",
    "a new key does not reach servers",
    "servers’ clocks are off",
    "servers are added",
];

/// What is typed of an entry.
#[derive(Clone, Copy)]
struct Entry {
    happens: RwSignal<usize>,
    first: RwSignal<String>,
    last: RwSignal<String>,
    amount: RwSignal<String>,
    at: RwSignal<String>,
    until: RwSignal<String>,
}

impl Entry {
    fn new() -> Self {
        let text = |it: &str| RwSignal::new(it.to_owned());
        Self {
            happens: RwSignal::new(0),
            first: text("1"),
            last: text("3"),
            amount: text("100"),
            at: text("20"),
            until: text("40"),
        }
    }

    /// Whether it concerns some of the servers.
    fn has_servers(happens: usize) -> bool {
        !matches!(happens, 1 | 2 | 7)
    }

    /// What its amount is called, and in what it is; `None` where it has none.
    fn amount_name(happens: usize) -> Option<(&'static str, &'static str)> {
        match happens {
            2 => Some(("Slower by", "ms")),
            6 => Some(("Ahead by", "s; behind where negative")),
            7 => Some(("Servers added", "with empty memories")),
            _ => None,
        }
    }

    /// What is typed; `None` where some of it is no number.
    fn read(self) -> Option<Scheduled> {
        let number = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let happens = self.happens.get_untracked();
        let kind = match happens {
            0 => Some(FaultKind::ServerDown),
            1 => Some(FaultKind::StoreDown),
            2 => Some(FaultKind::StoreSlow {
                milliseconds: number(self.amount).parse().ok()?,
            }),
            3 => Some(FaultKind::StoreUnreachable),
            4 => Some(FaultKind::KeyTaken),
            5 => Some(FaultKind::KeyOld),
            6 => Some(FaultKind::ClockOff {
                seconds: number(self.amount).parse().ok()?,
            }),
            _ => None,
        };
        let (first, last) = if Self::has_servers(happens) {
            (
                number(self.first).parse().ok()?,
                number(self.last).parse().ok()?,
            )
        } else {
            (1, 1)
        };
        let change = match kind {
            Some(kind) => FleetChange::Fault(Fault { kind, first, last }),
            None => FleetChange::ServersAdded {
                servers: number(self.amount).parse().ok()?,
            },
        };
        let until = number(self.until);
        let until = if until.is_empty() || kind.is_none() {
            None
        } else {
            Some(until.parse().ok()?)
        };
        Some(Scheduled {
            at: number(self.at).parse().ok()?,
            until,
            change,
        })
    }
}

/// The schedule.
pub(super) fn schedule(form: LoadForm) -> AnyView {
    let entry = Entry::new();
    let said = RwSignal::new(None::<String>);
    let add = move || {
        let outcome = entry.read().map(|entry| (entry, form.schedule(entry)));
        said.set(Some(match outcome {
            None => String::from("Not added: the fields take numbers, such as 1, 3, 20 and 40."),
            Some((entry, Ok(()))) => format!("Added: {}.", load::scheduled(&entry)),
            Some((_, Err(why))) => {
                let why = match why {
                    SimulationProblem::Schedule => load::problem(why),
                    _ => "The run would make no sense.",
                };
                format!("Not added. {why}")
            }
        }));
    };
    let list = move || {
        let entries = form.chosen.with(|chosen| chosen.run.schedule.clone());
        if entries.is_empty() {
            return note("Nothing goes wrong.");
        }
        let items = entries
            .iter()
            .enumerate()
            .map(|(place, entry)| {
                let words = load::scheduled(entry);
                let name = format!("Remove: {words}");
                view! {
                    <li>
                        {words} " "
                        {named_button("Remove", name, move || form.unschedule(place))}
                    </li>
                }
            })
            .collect_view();
        view! { <ol class="load-schedule">{items}</ol> }.into_any()
    };
    let servers = move || {
        Entry::has_servers(entry.happens.get()).then(|| {
            view! {
                {short_field("load-fault-first", "From server", "", entry.first)}
                {short_field("load-fault-last", "To server", "", entry.last)}
            }
        })
    };
    let amount = move || {
        Entry::amount_name(entry.happens.get())
            .map(|(label, unit)| short_field("load-fault-amount", label, unit, entry.amount))
    };
    view! {
        <fieldset class="axis load-faults">
            <legend>"Faults"</legend>
            {list}
            <div class="load-entry">
                {select(
                    String::from("load-fault"),
                    "What happens",
                    HAPPENS.map(str::to_owned).to_vec(),
                    entry.happens.into(),
                    Callback::new(move |place| entry.happens.set(place)),
                )} {servers} {amount} {short_field("load-fault-at", "From", "s", entry.at)}
                {move || {
                    (entry.happens.get() != 7)
                        .then(|| {
                            short_field("load-fault-until", "Until", "s; empty: it stays", entry.until)
                        })
                }}
                {named_button("Add", String::from("Add to the faults"), add)}
            </div>
            <p class="note said" role="status">
                {move || said.get().map(|said| view! { <Prose text=said /> })}
            </p>
        </fieldset>
    }
    .into_any()
}
