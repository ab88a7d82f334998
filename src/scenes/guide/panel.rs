//! The open stop, above the scene where it takes place: what it is about, one thing to do, and what came of it. It covers
//! nothing of the scene, and everything in the scene goes on working.

use leptos::prelude::*;
use protocol::Lane;

use super::predicting::predicting;
use crate::browser::{focus, go_to_fragment, next_frame};
use crate::components::{Prose, ToolButton};
use crate::route::{Scene, Stop};
use crate::state::guide::{Came, Ending, Tour};
use crate::state::memo;
use crate::wording::guide as words;

/// The panel, while a stop is open.
pub(in crate::scenes) fn panel(tour: Tour) -> AnyView {
    // Whoever comes to a stop, by keys or by ear, begins at its title.
    Effect::new(move |_| {
        if tour.stop.get().is_some() {
            next_frame(|| focus("#tour-title"));
        }
    });
    (move || tour.stop.get().map(|stop| at_stop(tour, stop))).into_any()
}

fn at_stop(tour: Tour, stop: Stop) -> AnyView {
    let said = words::stop(stop);
    let idle = Signal::derive(move || tour.is_under_way());
    let guesses = move || tour.predicts.get().then(|| predicting(tour));
    let place = format!("Guide, stop {} of {}", stop.place() + 1, Stop::ALL.len());
    view! {
        <section class="tour" aria-labelledby="tour-title">
            <p class="tour-place">{place}</p>
            <h2 id="tour-title" tabindex="-1">
                {said.title}
            </h2>
            <p class="tour-text">
                <Prose text=said.text />
            </p>
            {guesses}
            <div class="tools">
                <ToolButton
                    label=said.deed
                    main=true
                    idle=idle
                    on_press=Callback::new(move |()| tour.carry_out())
                />
                <span class="note">
                    <Prose text=said.by_hand />
                </span>
            </div>
            <div role="alert">
                {move || tour.trouble.get().map(|why| view! { <p class="trouble">{why}</p> })}
            </div>
            {came(tour, said.seen)}
            {ways(tour, stop)}
        </section>
    }
    .into_any()
}

fn came(tour: Tour, seen: &'static str) -> AnyView {
    let came = tour.came();
    Effect::new(move |_| {
        if !tour.is_under_way()
            && came.with(|came| came.as_ref().is_some_and(|came| tour.is_as_meant(came)))
        {
            tour.note_seen();
        }
    });
    let told = move || {
        match came.get() {
        _ if tour.is_under_way() => view! { <p class="note">"Under way…"</p> }.into_any(),
        None => view! { <p class="note">"Nothing was done here yet: what comes back will stand here."</p> }
            .into_any(),
        Some(came) => {
            let is_as_meant = tour.is_as_meant(&came);
            let lanes = Lane::BOTH.map(|lane| of_lane(tour, lane, lane.of(&came)));
            let meaning = if is_as_meant { seen } else { words::OTHERWISE };
            view! {
                <div class="tour-lanes">{lanes}</div>
                <p class="tour-meaning">
                    {is_as_meant.then(|| view! { <span class="good">"✓ "</span> })}
                    <Prose text=meaning />
                </p>
            }
            .into_any()
        }
    }
    };
    view! {
        <div class="tour-came" role="status">
            {told}
        </div>
    }
    .into_any()
}

fn of_lane(tour: Tour, lane: Lane, came: &Came) -> AnyView {
    let (title, class) = match lane {
        Lane::A => ("Ticket", "tour-lane ticket"),
        Lane::B => ("Passport", "tour-lane passport"),
    };
    let (mark, tone) = match came.ending {
        Ending::Accepted => ("✓", "good"),
        Ending::Refused => ("✕", "bad"),
        Ending::Mixed => ("✓✕", "bad"),
    };
    // Where some were accepted and some not, the status of one of them says nothing.
    let status = match (came.ending, came.status) {
        (Ending::Mixed, _) => String::new(),
        (_, None) => String::from("no answer "),
        (_, Some(status)) => format!("{status} "),
    };
    let ending = words::ending(came.ending);
    let hit = tour
        .guesses
        .with_untracked(|guesses| lane.of(guesses).against(came));
    let hit = words::hit(hit).map(|said| {
        let is_right = hit.status != Some(false) && hit.reason != Some(false);
        let (mark, tone) = if is_right {
            ("✓ ", "good")
        } else {
            ("✕ ", "bad")
        };
        view! {
            <p class="tour-hit">
                <span class=tone>{mark}</span>
                {said}
            </p>
        }
    });
    view! {
        <div class=class>
            <h3>{title}</h3>
            <p>
                <b class=tone>{mark} " " {status} {ending}</b>
            </p>
            <p>
                <Prose text=words::came(came) />
            </p>
            <p class="note">{words::cost(came)}</p>
            {hit}
        </div>
    }
    .into_any()
}

fn ways(tour: Tour, stop: Stop) -> AnyView {
    let back = stop.moved(-1).map(|back| {
        view! {
            <a class="quiet button" href=back.link()>
                "Back"
            </a>
        }
    });
    let (next, leads_to) = stop.moved(1).map_or_else(
        || {
            (
                String::from("Next: Which should I use?"),
                Scene::Advice.link().to_owned(),
            )
        },
        |next| (format!("Next: {}", words::stop(next).title), next.link()),
    );
    let came = tour.came();
    let is_done = memo(move || came.with(|it| it.as_ref().is_some_and(|it| tour.is_as_meant(it))));
    let leave = move |_| {
        tour.leave();
        go_to_fragment(stop.scene().link());
        // The panel is gone with its buttons.
        next_frame(|| focus("header nav [aria-current]"));
    };
    let scene = move || {
        (tour.scene.get() != Some(stop.scene())).then(|| {
            let label = format!("Show this stop’s scene, {}", stop.scene().name());
            view! { <a href=stop.link()>{label}</a> }
        })
    };
    let put_back = move || {
        (!tour.is_as_at_first()).then(|| {
            view! {
                <ToolButton
                    label="Put lanes and servers back"
                    on_press=Callback::new(move |()| {
                        tour.put_back();
                        // The button goes away.
                        focus("#tour-title");
                    })
                />
            }
        })
    };
    view! {
        <nav class="tour-ways" aria-label="Tour">
            {back}
            <a
                class="button"
                class:main=is_done
                class:quiet=move || !is_done.get()
                href=leads_to
            >
                {next}
            </a>
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || tour.predicts.get()
                    on:change:target=move |event| tour.predict(event.target().checked())
                />
                " Predict first"
            </label>
            {put_back} {scene} <a href=Scene::Guide.link()>"All stops"</a>
            <button type="button" class="link" on:click=leave>
                "Leave the tour"
            </button>
        </nav>
    }
    .into_any()
}
