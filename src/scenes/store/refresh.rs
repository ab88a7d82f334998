//! Refresh tokens by family, and races played step by step.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Lane, Outcome, Preset, Step, StorePlace};

use super::care::SAMPLE_PASSWORD;
use crate::browser::local_time;
use crate::components::{Prose, ToolButton};
use crate::scenes::controls::{
    button, code, columns, line, note, section, select, status, table, text,
};
use crate::state::store::{
    Family, Moment, Note, Played, Race, Scenario, StoreStudio, families, lane_for, standing,
};
use crate::state::{Playground, memo};
use crate::wording::{self, store, store_care};

/// The section.
pub(super) fn refresh(studio: StoreStudio, playground: Playground) -> AnyView {
    let content = view! {
        {families_view(playground)}
        <h3>"A race, step by step"</h3>
        {race_view(studio.race, playground)}
    }
    .into_any();
    section(
        "store-refresh",
        "Refresh tokens",
        "what the observer sees",
        "A refresh token is stored as its hash, exchanged at each use, and belongs to a family: all that came of one sign-in. A used one that comes again ends the family; access tokens already issued go on until `exp`. RFC 9700, 4.14.2.",
        content,
    )
}

fn families_view(playground: Playground) -> AnyView {
    let found = memo(move || {
        playground.observation.with(|seen| {
            seen.as_ref()
                .map(|seen| families(&seen.refresh_tokens))
                .unwrap_or_default()
        })
    });
    let shown = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <p class="empty">{store_care::NO_FAMILIES}</p> }.into_any();
        }
        let each = found.into_iter();
        each.map(|family| family_view(playground, family))
            .collect_view()
            .into_any()
    };
    shown.into_any()
}

fn family_view(playground: Playground, family: Family) -> AnyView {
    let now = playground.clock();
    let caption = store_care::family(&family, now, local_time);
    let lines = family
        .tokens
        .iter()
        .map(|token| {
            line(vec![
                code(wording::short_hash(&token.token_hash)),
                text(local_time(token.created)),
                text(store_care::standing(standing(token, now), local_time)),
            ])
        })
        .collect();
    let names = columns(&["token, as SHA-256", "issued", "state"]);
    table(caption, names, lines)
}

fn race_view(race: Race, playground: Playground) -> AnyView {
    let agenda = race.agenda;
    let scenario = memo(move || agenda.with(|agenda| agenda.scenario));
    let names = Scenario::ALL
        .map(|scenario| String::from(store_care::scenario(scenario)))
        .to_vec();
    let at = Signal::derive(move || {
        let mut all = Scenario::ALL.iter();
        all.position(|it| *it == scenario.get()).unwrap_or_default()
    });
    let choose = Callback::new(move |place: usize| {
        if let Some(scenario) = Scenario::ALL.get(place) {
            race.choose(*scenario);
        }
    });
    let lane = memo(move || {
        let schemes = Lane::BOTH.map(|lane| playground.scheme(lane));
        lane_for(scenario.get(), &schemes)
    });
    view! {
        <div class="picks">
            {select(String::from("store-scenario"), "Scenario", names, at, choose)}
        </div>
        {move || note(store_care::scenario_lesson(scenario.get()))}
        {move || match lane.get() {
            Some(lane) => course_view(race, playground, lane),
            None => no_lane(playground, scenario.get()),
        }}
    }
    .into_any()
}

fn no_lane(playground: Playground, scenario: Scenario) -> AnyView {
    let (lane, preset, why, label) = if scenario.needs_refresh() {
        (
            Lane::B,
            Preset::Hybrid,
            "Neither lane has refresh tokens.",
            "Set lane B to Hybrid",
        )
    } else {
        (
            Lane::A,
            Preset::Stateful,
            "Neither lane has sessions.",
            "Set lane A to Stateful",
        )
    };
    view! {
        <p class="empty">{why}</p>
        <div class="tools">
            {button(label, move || playground.change_scheme(lane, preset.scheme()))}
        </div>
    }
    .into_any()
}

fn course_view(race: Race, playground: Playground, lane: Lane) -> AnyView {
    let agenda = race.agenda;
    let is_over =
        Signal::derive(move || agenda.with(|agenda| agenda.next().is_none()) || race.is_busy.get());
    let has_begun = memo(move || agenda.with(|agenda| agenda.played > 0));
    let step = move |()| spawn_local(async move { race.step().await });
    let movable = move || {
        agenda.with(|agenda| {
            let before = agenda.is_before_arrival()?;
            let label = if before {
                "Move it after the arrival"
            } else {
                "Move it before the arrival"
            };
            Some(view! {
                <ToolButton
                    label=label
                    idle=Signal::derive(move || has_begun.get())
                    on_press=Callback::new(move |()| {
                        race.agenda.update(crate::state::store::Agenda::move_interruption);
                    })
                />
            })
        })
    };
    let rows = move || {
        let played = race.played.get();
        agenda.with(|agenda| {
            agenda
                .moments
                .iter()
                .enumerate()
                .map(|(place, moment)| {
                    let is_next = place == agenda.played;
                    moment_row(*moment, played.get(place), is_next)
                })
                .collect_view()
        })
    };
    let in_memory = move || {
        let scheme = playground.scheme(lane);
        let is_restart = agenda.with(|agenda| agenda.scenario == Scenario::Restart);
        (is_restart && scheme.store.place == StorePlace::Database).then(|| {
            let put = move || {
                let mut changed = playground.scheme_now(lane);
                changed.store.place = StorePlace::ServerMemory;
                playground.change_scheme(lane, changed);
            };
            view! {
                {note(store_care::NOTHING_IN_MEMORY)}
                <div class="tools">{button("Put them into the server’s memory", put)}</div>
            }
        })
    };
    // Read out: what the list shows of the event that was played last.
    let latest = move || {
        let played = race.played.get();
        let last = played.last()?;
        let moment = agenda.with(|agenda| agenda.moments.get(played.len() - 1).copied())?;
        Some(outcome_words(moment, last))
    };
    let said = RwSignal::new(None::<String>);
    let sign_in = move |()| {
        // The same words are read out again only where they were gone.
        said.set(None);
        spawn_local(async move {
            said.try_set(race.sign_in(lane, SAMPLE_PASSWORD).await);
        });
    };
    view! {
        <div class="tools">
            <ToolButton label="Step" main=true idle=is_over on_press=Callback::new(step) />
            <ToolButton
                label="From the start"
                idle=Signal::derive(move || !has_begun.get())
                on_press=Callback::new(move |()| race.rewind())
            />
            {movable}
            <ToolButton label="Sign the member in first" on_press=Callback::new(sign_in) />
        </div>
        <p class="note">
            {format!(
                "Played in {}. Times are virtual: milliseconds after the first step.",
                store::lane(lane),
            )}
        </p>
        {status(said)}
        {in_memory}
        <p class="visually-hidden" role="status">
            {latest}
        </p>
        <ol class="agenda">
            {rows}
        </ol>
    }
    .into_any()
}

fn moment_row(moment: Moment, played: Option<&Played>, is_next: bool) -> AnyView {
    let class = match (played, is_next) {
        (Some(_), _) => "played",
        (None, true) => "next",
        (None, false) => "",
    };
    let steps = played.map(|played| {
        let steps: Vec<_> = played.steps.iter().map(step_item).collect();
        let status = played
            .status
            .map(|status| view! { <p class="mono">{format!("Status {status}")}</p> });
        view! {
            {played.note.as_ref().map(|said| note(note_words(said)))}
            <ul class="race-steps">{steps}</ul>
            {status}
        }
    });
    let aria = is_next.then_some("step");
    view! {
        <li class=class aria-current=aria>
            <span class="mono offset">{format!("+{} ms", moment.offset)}</span>
            <div>
                <p>
                    <b>{store_care::who(moment.who)}</b>
                    ": "
                    {store_care::act(moment.act)}
                    {is_next.then_some(" (next)")}
                </p>
                {steps}
            </div>
        </li>
    }
    .into_any()
}

fn outcome_words(moment: Moment, played: &Played) -> String {
    let status = played
        .status
        .map_or_else(String::new, |status| format!(" Status {status}."));
    let note = played.note.as_ref().map(note_words).unwrap_or_default();
    format!(
        "{}: {}.{status} {note}",
        store_care::who(moment.who),
        store_care::act(moment.act)
    )
}

fn step_item(step: &Step) -> AnyView {
    let said = wording::step(step);
    let (class, mark) = match step.outcome {
        Outcome::Passed(_) => ("", "✓ "),
        Outcome::Failed(_) => ("no", "✕ "),
        _ => ("", "· "),
    };
    view! {
        <li class=class>
            <span aria-hidden="true">{mark}</span>
            <Prose text=said.sentence />
        </li>
    }
    .into_any()
}

fn note_words(note: &Note) -> String {
    match note {
        Note::Killed { id_hash } => {
            format!("The session {} was killed.", wording::short_hash(id_hash))
        }
        Note::NoSession => String::from("There was no session to kill: sign in first."),
        Note::Restarted { lost } => store::restarted(*lost, None),
        Note::Failed(why) => why.clone(),
    }
}
