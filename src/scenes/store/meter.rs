//! The statelessness meter: both lanes, from what happened in them, beside the two extremes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Exchange, Lane, Scheme};

use crate::components::Prose;
use crate::scenes::controls::{note, section};
use crate::state::store::{LATEST, Meter, StoreStudio, meter};
use crate::state::{History, Playground, memo};
use crate::wording::{self, store};

/// What the meter's lines are called, and what kind of number each is.
const LINES: [(&str, &str); 7] = [
    ("Store reads per request", "to know who it is; counted"),
    ("Rows kept per user", "that a sign-in wrote; counted"),
    (
        "A refresh costs",
        "store operations, where tokens are refreshed; counted",
    ),
    ("A revocation takes", "store operations; counted"),
    (
        "A revocation bites",
        "worked out from the steps of the latest sign-out",
    ),
    (
        "Works with the database down",
        "as far as knowing the user goes; counted",
    ),
    ("ASVS 7.4.1", "sign-out leaves nothing that works"),
];

/// The section.
pub(super) fn meter_section(studio: StoreStudio, playground: Playground) -> AnyView {
    if studio.extremes.with_untracked(Option::is_none) {
        spawn_local(async move { studio.measure_extremes().await });
    }
    let lanes = Lane::BOTH.map(|lane| {
        memo(move || {
            let scheme = playground.scheme(lane);
            let found = playground
                .history
                .with(|history| of_lane(history, lane, &scheme));
            (wording::scheme_title(&scheme), found)
        })
    });
    let head = move || {
        let own = Lane::BOTH.map(|lane| {
            format!(
                "{}: {}",
                store::lane_title(lane),
                lane.of(&lanes).with(|(title, _)| *title)
            )
        });
        let [a, b] = own;
        [
            a,
            b,
            String::from("Stateful, a sample run"),
            String::from("Stateless, a sample run"),
        ]
    };
    let body = move || {
        let extremes = studio.extremes.get();
        let of_extreme = |place: usize| match &extremes {
            Some(Ok(meters)) => Some(meters[place]),
            _ => None,
        };
        let meters = [
            lanes[0].with(|(_, meter)| Some(*meter)),
            lanes[1].with(|(_, meter)| Some(*meter)),
            of_extreme(0),
            of_extreme(1),
        ];
        let titles = head();
        LINES
            .into_iter()
            .enumerate()
            .map(|(place, (name, kind))| {
                let cells = meters
                    .iter()
                    .zip(titles.clone())
                    .map(|(meter, title)| {
                        let said = meter.and_then(|meter| said(&meter, place));
                        let class = if said.is_some() { "" } else { "empty" };
                        let said = said.unwrap_or_else(|| String::from("–"));
                        view! {
                            <td class=class data-label=title>
                                <Prose text=said />
                            </td>
                        }
                    })
                    .collect_view();
                view! {
                    <tr>
                        <th scope="row">{name} " " <small>{kind}</small></th>
                        {cells}
                    </tr>
                }
            })
            .collect_view()
    };
    let lacking = move || {
        Lane::BOTH
            .into_iter()
            .filter(|lane| !lane.of(&lanes).with(|(_, meter)| meter.is_complete()))
            .map(|lane| {
                note(format!(
                    "{}: {}.",
                    store::lane_title(lane),
                    store::METER_EMPTY
                ))
            })
            .collect_view()
    };
    let trouble = move || match studio.extremes.get() {
        Some(Err(why)) => Some(why),
        _ => None,
    };
    let content = view! {
        <table class="meter">
            <caption class="visually-hidden">"The statelessness meter"</caption>
            <thead>
                <tr>
                    <th scope="col">"What"</th>
                    {move || head().map(|title| view! { <th scope="col">{title}</th> })}
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
        <div role="status">{lacking}</div>
        <p class="trouble" role="alert">
            {trouble}
        </p>
    }
    .into_any();
    section(
        "store-meter",
        "The statelessness meter",
        "what the observer sees",
        "How much state came back. It is worked out from the exchanges as they are exported, of each lane’s present scheme alone; cache hits ask no store. The sample runs are a sign-in, ten requests, a sign-out, and a request with the copy that someone kept, among servers that are thrown away.",
        content,
    )
}

fn of_lane(history: &History, lane: Lane, scheme: &Scheme) -> Meter {
    let exchanges: Vec<&Exchange> = history
        .entries()
        .filter_map(|entry| entry.lane(lane))
        .filter_map(|recorded| recorded.exchange())
        .collect();
    meter(exchanges, scheme)
}

fn said(meter: &Meter, line: usize) -> Option<String> {
    match line {
        0 => meter.reads.map(|reads| {
            let of = match meter.requests {
                1 => String::from("in 1 request"),
                count if count as usize == LATEST => format!("mean of the last {count} requests"),
                count => format!("mean of {count} requests"),
            };
            format!("{} ({of})", (reads * 100.0).round() / 100.0)
        }),
        1 => meter.rows_kept.map(|rows| rows.to_string()),
        2 => meter.refresh.map(store::operations),
        3 => meter
            .revocation
            .map(|done| match (done.reads, done.writes) {
                (0, 0) => String::from("nothing: there is nothing to do"),
                _ => store::operations(done),
            }),
        4 => meter.bites.map(store::bite),
        5 => (meter.requests > 0).then(|| match meter.requests {
            1 => format!("{} of 1 request", meter.without_database),
            count => format!("{} of {count} requests", meter.without_database),
        }),
        _ => meter
            .ends_all
            .map(|met| String::from(if met { "✓ met" } else { "✕ not met" })),
    }
}
