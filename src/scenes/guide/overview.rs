//! All stops of the tour, with those that were seen, and where to go on.

use leptos::prelude::*;

use crate::components::Prose;
use crate::route::{Scene, Stop};
use crate::state::guide::Tour;
use crate::state::memo;
use crate::wording::guide as words;

/// The scene.
pub(in crate::scenes) fn overview(tour: Tour) -> AnyView {
    let count = memo(move || tour.seen.with(|seen| seen.iter().filter(|it| **it).count()));
    let go_on = move || {
        let (label, stop) = match tour.last.get() {
            None => ("Begin the tour", Stop::ALL[0]),
            Some(last) => ("Go on with the tour", last),
        };
        view! {
            <a class="main button" href=stop.link()>
                {label}
            </a>
            <span class="note">
                {format!("Stop {} of {}: {}", stop.place() + 1, Stop::ALL.len(), words::stop(stop).title)}
            </span>
        }
    };
    let stops = Stop::ALL
        .into_iter()
        .map(|stop| item(tour, stop))
        .collect_view();
    view! {
        <section class="guide" aria-labelledby="guide-title">
            <h2 id="guide-title" tabindex="-1">
                "Guide"
            </h2>
            <p class="lead">
                "What people say of sessions and tokens, tried one by one on the real servers of this page. At each stop there is one thing to do, and what comes of it is what the servers answered."
            </p>
            <p class="guide-go-on">{go_on}</p>
            <p class="note" role="status">
                {move || format!("{} of {} stops seen.", count.get(), Stop::ALL.len())}
            </p>
            <ol class="stops">{stops}</ol>
            <p>
                "Done with it, or in a hurry? " <a href=Scene::Advice.link()>"Which should I use?"</a>
                " asks about your own system and answers with reasons."
            </p>
        </section>
    }
    .into_any()
}

fn item(tour: Tour, stop: Stop) -> AnyView {
    let is_seen = memo(move || tour.seen.with(|seen| seen[stop.place()]));
    let said = words::stop(stop);
    view! {
        <li class:done=is_seen>
            <a href=stop.link()>{said.title}</a>
            {move || is_seen.get().then(|| view! { <span class="good">" ✓ seen"</span> })}
            <p class="note">
                <Prose text=said.text />
            </p>
        </li>
    }
    .into_any()
}
