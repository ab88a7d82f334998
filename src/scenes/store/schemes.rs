//! Each lane's scheme: presets, and the free axes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{
    Carrier, Credential, Lane, Lifetime, Preset, Revocation, Scheme, StorePlace, StoreSettings,
};

use crate::browser::page_address;
use crate::components::CopyButton;
use crate::scenes::controls::{
    NumberField, button, note, number_field, radios, section, select_or_own, status,
};
use crate::state::store::{
    LIFETIMES, StoreStudio, has_meaning, link_fragment, milliseconds, revocation_problem, seconds,
    with_cache, with_credential, with_lifetime, with_preset, with_round_trip,
};
use crate::state::{Playground, memo, scheme_value};
use crate::wording::{self, store};

/// The places that can be chosen.
const PLACES: [StorePlace; 2] = [StorePlace::Database, StorePlace::ServerMemory];
/// Where the slider ends, in microseconds.
const SLIDER_END: u32 = 200_000;

/// The section.
pub(super) fn schemes(studio: StoreStudio, playground: Playground) -> AnyView {
    let said = RwSignal::new(None::<String>);
    let restart = move || {
        spawn_local(async move {
            let words = match playground.restart_servers().await {
                Ok(lost) => {
                    let left = playground.observe().await.ok();
                    store::restarted(lost, left.map(|seen| seen.session_count))
                }
                Err(why) => why,
            };
            said.set(Some(words));
        });
    };
    let link = Signal::derive(move || {
        let schemes = Lane::BOTH.map(|lane| scheme_value(&playground.scheme(lane)));
        format!("{}{}", page_address(), link_fragment(&schemes))
    });
    let content = view! {
        <p class="note said" role="status">
            {move || studio.link_said.get()}
        </p>
        <div class="two-lanes">{Lane::BOTH.map(|lane| lane_scheme(playground, lane))}</div>
        <div class="tools">
            {button("Restart the servers", restart)}
            <CopyButton label="Copy a link to these schemes" text=link />
        </div>
        {status(said)}
    }
    .into_any();
    section(
        "store-schemes",
        "Schemes",
        "what the server’s operator sets",
        "What defines a lane: credential × carrier × revocation, the store, and the lifetimes. A change holds from the next request on; what page script keeps in places that the new scheme does not use is dropped.",
        content,
    )
}

fn lane_scheme(playground: Playground, lane: Lane) -> AnyView {
    let scheme = memo(move || playground.scheme(lane));
    let change = Callback::new(move |scheme: Scheme| playground.change_scheme(lane, scheme));
    let title = move || scheme.with(wording::scheme_title);
    let class = move || {
        if scheme.with(|scheme| scheme.credential.is_token()) {
            "lane-scheme passport"
        } else {
            "lane-scheme ticket"
        }
    };
    let heading = format!("store-scheme-{lane}");
    let labelled_by = heading.clone();
    view! {
        <div class=class role="group" aria-labelledby=labelled_by>
            <h3 id=heading>{store::lane_title(lane)} ": " {title}</h3>
            {presets(lane, scheme, change)}
            {axes(lane, scheme, change)}
            {place(lane, scheme, change)}
            {network(lane, scheme, change)}
            {cache(lane, scheme, change)}
            {lifetimes(lane, scheme, change)}
        </div>
    }
    .into_any()
}

fn presets(lane: Lane, scheme: Memo<Scheme>, change: Callback<Scheme>) -> AnyView {
    let names = Preset::ALL
        .map(|preset| wording::preset_name(preset).to_owned())
        .to_vec();
    let chosen = Signal::derive(move || {
        let preset = scheme.with(Preset::of);
        let place = Preset::ALL.iter().position(|it| Some(*it) == preset);
        place.unwrap_or(Preset::ALL.len())
    });
    let choose = Callback::new(move |place: usize| {
        if let Some(preset) = Preset::ALL.get(place) {
            change.run(with_preset(&scheme.get_untracked(), *preset));
        }
    });
    let meaning = move || note(store::preset_meaning(scheme.with(Preset::of)));
    view! {
        {select_or_own(format!("store-preset-{lane}"), "Preset", names, chosen, choose)}
        {meaning}
    }
    .into_any()
}

fn place_in<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|it| it == one).unwrap_or_default()
}

fn axes(lane: Lane, scheme: Memo<Scheme>, change: Callback<Scheme>) -> AnyView {
    let all_offered = Signal::stored(Vec::new());
    let credential = radios(
        format!("store-credential-{lane}"),
        "Credential: what proves who the user is",
        Credential::ALL.map(store::credential).to_vec(),
        Signal::derive(move || place_in(&Credential::ALL, &scheme.get().credential)),
        all_offered,
        Callback::new(move |place: usize| {
            change.run(with_credential(
                &scheme.get_untracked(),
                Credential::ALL[place],
            ));
        }),
    );
    let carrier = radios(
        format!("store-carrier-{lane}"),
        "Carrier: how it travels, and where it waits",
        Carrier::ALL.map(store::carrier).to_vec(),
        Signal::derive(move || place_in(&Carrier::ALL, &scheme.get().carrier)),
        all_offered,
        Callback::new(move |place: usize| {
            change.run(Scheme {
                carrier: Carrier::ALL[place],
                ..scheme.get_untracked()
            });
        }),
    );
    let problems = move || {
        let scheme = scheme.get();
        Revocation::ALL.map(|revocation| revocation_problem(&scheme, revocation))
    };
    let revocation = radios(
        format!("store-revocation-{lane}"),
        "Revocation: what ends it before its time",
        Revocation::ALL.map(store::revocation).to_vec(),
        Signal::derive(move || place_in(&Revocation::ALL, &scheme.get().revocation)),
        Signal::derive(move || problems().map(|problem| problem.is_some()).to_vec()),
        Callback::new(move |place: usize| {
            change.run(Scheme {
                revocation: Revocation::ALL[place],
                ..scheme.get_untracked()
            });
        }),
    );
    let why = move || {
        let problem = problems().into_iter().flatten().next();
        problem.map(|problem| note(format!("Not offered: {}", wording::scheme_problem(problem))))
    };
    view! {
        {credential}
        {carrier}
        {revocation}
        {why}
    }
    .into_any()
}

fn with_store(scheme: &Scheme, store: impl FnOnce(&mut StoreSettings)) -> Scheme {
    let mut changed = *scheme;
    store(&mut changed.store);
    changed
}

fn place(lane: Lane, scheme: Memo<Scheme>, change: Callback<Scheme>) -> AnyView {
    radios(
        format!("store-place-{lane}"),
        "Store: where the server keeps what it must remember of credentials",
        PLACES.map(store::place).to_vec(),
        Signal::derive(move || place_in(&PLACES, &scheme.get().store.place)),
        Signal::stored(Vec::new()),
        Callback::new(move |place: usize| {
            let chosen = PLACES[place];
            let scheme = scheme.get_untracked();
            change.run(with_store(&scheme, |store| store.place = chosen));
        }),
    )
}

fn network(lane: Lane, scheme: Memo<Scheme>, change: Callback<Scheme>) -> AnyView {
    let round_trip = memo(move || scheme.get().store.round_trip_microseconds);
    let set = move |microseconds: u32| {
        let scheme = scheme.get_untracked();
        change.run(with_store(&scheme, |store| {
            store.round_trip_microseconds = microseconds;
        }));
    };
    let names = store::DISTANCES
        .map(|(name, microseconds, _)| format!("{name}: {} ms", milliseconds(microseconds)))
        .to_vec();
    let at = move || {
        let mut distances = store::DISTANCES.iter();
        distances.position(|(_, microseconds, _)| *microseconds == round_trip.get())
    };
    let chosen = Signal::derive(move || at().unwrap_or(store::DISTANCES.len()));
    let choose = Callback::new(move |place: usize| {
        if let Some((_, microseconds, _)) = store::DISTANCES.get(place) {
            set(*microseconds);
        }
    });
    let source = Signal::derive(move || {
        let source = at().map_or(store::OWN_DISTANCE, |place| store::DISTANCES[place].2);
        format!("Modelled: nothing waits for it. {source}")
    });
    let slider = move |text: String| {
        if let Ok(microseconds) = text.parse() {
            set(microseconds);
        }
    };
    let field = number_field(NumberField {
        id: format!("store-network-{lane}"),
        label: "There and back, ms",
        words: Signal::stored(String::new()),
        meaning: source,
        value: Signal::derive(move || milliseconds(round_trip.get())),
        problem: String::from(store::ROUND_TRIP_PROBLEM),
        read: Callback::new(move |typed: String| with_round_trip(&scheme.get(), &typed)),
        change,
    });
    view! {
        <fieldset class="axis">
            <legend>"Network between server and database"</legend>
            {select_or_own(format!("store-distance-{lane}"), "Distance", names, chosen, choose)}
            <input
                type="range"
                min="0"
                max=SLIDER_END.to_string()
                step="50"
                aria-label="There and back, as a slider"
                aria-valuetext=move || format!("{} ms", milliseconds(round_trip.get()))
                prop:value=move || round_trip.get().min(SLIDER_END).to_string()
                on:change:target=move |event| slider(event.target().value())
            />
            {field}
        </fieldset>
    }
    .into_any()
}

fn cache(lane: Lane, scheme: Memo<Scheme>, change: Callback<Scheme>) -> AnyView {
    let is_session = memo(move || !scheme.get().credential.is_token());
    let shown = move || {
        if !is_session.get() {
            return note(format!(
                "No session cache. {}",
                wording::scheme_problem(protocol::SchemeProblem::NothingToCache)
            ));
        }
        let cached = move || scheme.get().store.session_cache_seconds;
        number_field(NumberField {
            id: format!("store-cache-{lane}"),
            label: "Session cache, s",
            words: Signal::derive(move || store::seconds_in_words(cached())),
            meaning: Signal::derive(move || store::cache_meaning(cached())),
            value: Signal::derive(move || cached().to_string()),
            problem: String::from(store::CACHE_PROBLEM),
            read: Callback::new(move |typed: String| with_cache(&scheme.get(), &typed)),
            change,
        })
    };
    shown.into_any()
}

fn lifetimes(lane: Lane, scheme: Memo<Scheme>, change: Callback<Scheme>) -> AnyView {
    let credential = memo(move || scheme.get().credential);
    let fields = move || {
        LIFETIMES
            .into_iter()
            .filter(|lifetime| has_meaning(*lifetime, credential.get()))
            .map(|lifetime| lifetime_field(lane, lifetime, scheme, change))
            .collect_view()
    };
    let sliding = move || {
        (!credential.get().is_token()).then(|| {
            let set = move |sliding: bool| {
                let mut changed = scheme.get_untracked();
                changed.lifetimes.sliding = sliding;
                change.run(changed);
            };
            view! {
                <label class="option">
                    <input
                        type="checkbox"
                        prop:checked=move || scheme.get().lifetimes.sliding
                        on:change:target=move |event| set(event.target().checked())
                    />
                    <span>"Sliding: use prolongs the session, and is written down"</span>
                </label>
            }
        })
    };
    view! {
        <fieldset class="axis">
            <legend>"Lifetimes, in seconds"</legend>
            {fields}
            {sliding}
        </fieldset>
    }
    .into_any()
}

fn lifetime_field(
    lane: Lane,
    lifetime: Lifetime,
    scheme: Memo<Scheme>,
    change: Callback<Scheme>,
) -> AnyView {
    let (label, meaning) = store::lifetime(lifetime);
    let now = move || seconds(&scheme.get().lifetimes, lifetime);
    let name: String = label
        .chars()
        .map(|it| {
            if it == ' ' {
                '-'
            } else {
                it.to_ascii_lowercase()
            }
        })
        .collect();
    number_field(NumberField {
        id: format!("store-{name}-{lane}"),
        label,
        words: Signal::derive(move || store::seconds_in_words(now())),
        meaning: Signal::stored(meaning.to_owned()),
        value: Signal::derive(move || now().to_string()),
        problem: store::seconds_problem(lifetime),
        read: Callback::new(move |typed: String| with_lifetime(&scheme.get(), lifetime, &typed)),
        change,
    })
}
