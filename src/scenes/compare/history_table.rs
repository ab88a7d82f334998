//! What happened, newest first. A row where the lanes differ is marked: that is where the lesson is.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{Lane, Ledger, Presented};

use super::taking::TakeAlong;
use crate::browser::local_time;
use crate::state::memo;
use crate::state::{Entry, HISTORY_LIMIT, Happening, History, HistoryPage, Playground};
use crate::wording::{self, store::lane_title};

/// How many entries the table shows at a time.
const PAGE: usize = 20;

/// The history.
#[component]
pub(crate) fn HistoryTable() -> impl IntoView {
    let playground = expect_context::<Playground>();
    // The number that a page further back starts with; `None` follows the newest.
    let turned_to = RwSignal::new(None::<u32>);
    let page = memo(move || {
        playground
            .history
            .with(|history| history.page(turned_to.get(), PAGE))
    });
    let title = move |lane| wording::scheme_title(&playground.scheme(lane));
    let column = move |lane: Lane| {
        let title_here = title(lane);
        let holds_for_all = page.with(|page| {
            page.entries
                .iter()
                .filter_map(|it| it.lane(lane)?.exchange())
                .all(|it| wording::scheme_title(&it.scheme) == title_here)
        });
        if !holds_for_all {
            lane_title(lane).to_owned()
        } else if title_here == title(lane.other()) {
            format!("{title_here}, {}", wording::side(lane))
        } else {
            title_here.to_owned()
        }
    };
    let dropped = memo(move || playground.history.with(History::dropped));
    view! {
        <section class="history" aria-labelledby="history">
            <h2 id="history">"History"</h2>
            <Show
                when=move || !page.with(|page| page.entries.is_empty())
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
                            <th scope="col">{move || column(Lane::A)}</th>
                            <th scope="col">{move || column(Lane::B)}</th>
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
                        <For
                            each=move || page.with(|page| page.entries.clone())
                            key=|entry| entry.number
                            let:entry
                        >
                            <HistoryRow entry=entry />
                        </For>
                    </tbody>
                </table>
                <Show when=move || page.with(|page| page.newer > 0 || page.older > 0)>
                    <Pages page=page turned_to=turned_to />
                </Show>
                <Show when=move || { dropped.get() > 0 }>
                    <p class="note">{move || wording::made_room(dropped.get(), HISTORY_LIMIT)}</p>
                </Show>
            </Show>
            <TakeAlong />
        </section>
    }
}

/// Leads to older entries and back.
#[component]
fn Pages(
    /// What the table shows.
    page: Memo<HistoryPage>,
    /// The number that it starts with.
    turned_to: RwSignal<Option<u32>>,
) -> impl IntoView {
    let older = move |_| {
        let last = page.with_untracked(|page| {
            let last = page.entries.last().map(|entry| entry.number);
            last.filter(|_| page.older > 0)
        });
        if let Some(number) = last {
            turned_to.set(Some(number.saturating_sub(1)));
        }
    };
    let newer = move |_| {
        let first = page.with_untracked(|page| {
            let first = page.entries.first().map(|entry| entry.number);
            first.filter(|_| page.newer > PAGE)
        });
        turned_to.set(first.map(|number| number.saturating_add(PAGE as u32)));
    };
    let left = memo(move || page.with(|page| (page.newer, page.older)));
    // A button that can do nothing more keeps the focus.
    let idle = |is_idle: bool| if is_idle { "true" } else { "false" };
    view! {
        <p class="note pages">
            <button
                type="button"
                class="quiet small"
                aria-disabled=move || idle(left.get().0 == 0)
                on:click=newer
            >
                "Newer"
            </button>
            " "
            <button
                type="button"
                class="quiet small"
                aria-disabled=move || idle(left.get().1 == 0)
                on:click=older
            >
                "Older"
            </button>
            " "
            {move || {
                let (newer, older) = left.get();
                wording::not_shown(newer, older)
            }}
        </p>
    }
}

#[component]
fn HistoryRow(entry: Arc<Entry>) -> impl IntoView {
    match &entry.what {
        Happening::Exchanges(_) => view! { <ExchangesRow entry=entry /> }.into_any(),
        Happening::Event(event) => view! {
            <tr class="event">
                <td>{entry.number}</td>
                <td colspan="3">{wording::event(event)}</td>
                <td class="wide" colspan="2"></td>
                <td>{local_time(entry.at)}</td>
            </tr>
        }
        .into_any(),
    }
}

#[component]
fn ExchangesRow(entry: Arc<Entry>) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let number = entry.number;
    let differs = entry.differs();
    let title = entry
        .errand()
        .map(|errand| format!("{} {}", errand.method, errand.path))
        .unwrap_or_default();
    let origin = entry.errand().and_then(|errand| match errand.credential {
        Presented::FromBrowser => None,
        Presented::Copy(_) => Some("from a kept copy"),
        Presented::OtherDevice => Some("from another device"),
    });
    let label = format!("Show #{number}, {title}, again");
    let is_selected = move || playground.selected.get() == Some(number);
    view! {
        <tr class:differ=differs class:selected=is_selected>
            <td>{number}</td>
            <td>
                <button
                    type="button"
                    class="link mono"
                    aria-label=label
                    aria-pressed=move || is_selected().to_string()
                    on:click=move |_| playground.selected.set((!is_selected()).then_some(number))
                >
                    {title}
                </button>
                {origin.map(|origin| view! { <span class="tag from">{origin}</span> })}
                {differs.then(|| view! { <span class="tag">"they differ"</span> })}
            </td>
            <td>{status(&entry, Lane::A)}</td>
            <td>{status(&entry, Lane::B)}</td>
            <td class="wide mono">{figures(&entry, |ledger| ledger.authentication.reads)}</td>
            <td class="wide mono">{figures(&entry, |ledger| ledger.signature_checks)}</td>
            <td>{local_time(entry.at)}</td>
        </tr>
    }
}

/// One figure of both lanes' ledgers: left, right.
fn figures(entry: &Entry, of: fn(&Ledger) -> u32) -> String {
    Lane::BOTH
        .map(|lane| {
            entry
                .lane(lane)
                .and_then(|recorded| recorded.exchange())
                .map_or_else(|| String::from("–"), |it| of(&it.ledger).to_string())
        })
        .join(" · ")
}

fn status(entry: &Entry, lane: Lane) -> impl IntoView + use<> {
    entry.lane(lane).map(|recorded| match recorded.status() {
        Some(status) if status < 400 => view! { <span class="ok">"✓ " {status}</span> }.into_any(),
        Some(status) => view! { <span class="no">"✕ " {status}</span> }.into_any(),
        None => view! { <span class="no">"∅ no answer"</span> }.into_any(),
    })
}
