//! What happened, newest first. A row where the lanes differ is marked: that is where the lesson is.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::Lane;

use crate::browser::local_time;
use crate::state::{Entry, Playground};

/// How many entries the table shows.
const SHOWN: usize = 20;

/// The history.
#[component]
pub(crate) fn HistoryTable() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let rows = Memo::new(move |_| {
        playground.history.with(|history| {
            history
                .entries()
                .rev()
                .take(SHOWN)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let not_shown = move || {
        playground.history.with(|history| {
            history.entries().count().saturating_sub(SHOWN) + history.dropped() as usize
        })
    };
    view! {
        <section class="history" aria-labelledby="history">
            <h2 id="history">"History"</h2>
            <Show
                when=move || !rows.with(Vec::is_empty)
                fallback=|| {
                    view! {
                        <p class="empty">
                            "Nothing yet. Each request will stand here; where the two answers differ, the row is marked."
                        </p>
                    }
                }
            >
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"#"</th>
                            <th scope="col">"request"</th>
                            <th scope="col">"stateful"</th>
                            <th scope="col">"stateless"</th>
                            <th scope="col" class="wide">
                                "reads"
                            </th>
                            <th scope="col" class="wide">
                                "checks"
                            </th>
                            <th scope="col">"at"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || rows.get() key=|entry| entry.number let:entry>
                            <HistoryRow entry=entry />
                        </For>
                    </tbody>
                </table>
                <Show when=move || { not_shown() > 0 }>
                    <p class="note">{not_shown} " earlier ones are not shown."</p>
                </Show>
            </Show>
        </section>
    }
}

#[component]
fn HistoryRow(entry: Arc<Entry>) -> impl IntoView {
    let differs = entry.differs();
    let figure = |of: fn(&protocol::Ledger) -> u32| {
        let entry = entry.clone();
        Lane::BOTH
            .map(|lane| {
                entry
                    .lane(lane)
                    .and_then(|recorded| recorded.exchange())
                    .map_or_else(|| String::from("–"), |it| of(&it.ledger).to_string())
            })
            .join(" · ")
    };
    let reads = figure(|ledger| ledger.authentication.reads);
    let checks = figure(|ledger| ledger.signature_checks);
    view! {
        <tr class:differ=differs>
            <td>{entry.number}</td>
            <td class="mono">
                {entry.title()} {differs.then(|| view! { <span class="tag">"they differ"</span> })}
            </td>
            <td>{status(&entry, Lane::A)}</td>
            <td>{status(&entry, Lane::B)}</td>
            <td class="wide mono">{reads}</td>
            <td class="wide mono">{checks}</td>
            <td>{local_time(entry.at)}</td>
        </tr>
    }
}

fn status(entry: &Entry, lane: Lane) -> impl IntoView + use<> {
    entry.lane(lane).map(|recorded| match recorded.status() {
        Some(status) if status < 400 => view! { <span class="ok">"✓ " {status}</span> }.into_any(),
        Some(status) => view! { <span class="no">"✕ " {status}</span> }.into_any(),
        None => view! { <span class="no">"∅ no answer"</span> }.into_any(),
    })
}
