//! A lane's servers one by one: buttons, with their number, what is wrong with them, and what they hold.

use leptos::prelude::*;
use protocol::Lane;

use super::shown::{Shown, words_id};
use crate::state::fleet::{FleetStudio, Trouble, trouble};
use crate::state::memo;
use crate::wording::servers;

/// The buttons. They stay from one look at the servers to the next; what differs is written into them.
pub(super) fn tiles(
    studio: FleetStudio,
    lane: Lane,
    count: usize,
    shown: Memo<Shown>,
    pointed: RwSignal<Option<u32>>,
) -> AnyView {
    let tiles: Vec<_> = (1..)
        .take(count)
        .map(|number| tile(studio, lane, count, number, shown, pointed))
        .collect();
    let label = format!("Servers of {}", crate::wording::side(lane));
    view! {
        <ul class="server-tiles" aria-label=label>
            {tiles}
        </ul>
    }
    .into_any()
}

/// The mark that stands beside the word, so that each differs by its shape.
const fn symbol(trouble: Option<Trouble>) -> &'static str {
    match trouble {
        None => "✓",
        Some(Trouble::Down) => "✕",
        Some(Trouble::CutOff) => "⊘",
        Some(Trouble::NoKey) => "□",
        Some(Trouble::OldKey) => "◐",
        Some(Trouble::ClockOff) => "◷",
    }
}

/// The class of a server's state.
pub(super) const fn class(trouble: Option<Trouble>) -> &'static str {
    match trouble {
        None => "well",
        Some(Trouble::Down) => "down",
        Some(Trouble::CutOff) => "cut-off",
        Some(Trouble::NoKey) => "no-key",
        Some(Trouble::OldKey) => "old-key",
        Some(Trouble::ClockOff) => "clock-off",
    }
}

/// Whether one of them has the focus from the keyboard.
fn goes_by_keys() -> bool {
    let focused = document().query_selector(".server-tile:focus-visible");
    focused.is_ok_and(|tile| tile.is_some())
}

fn tile(
    studio: FleetStudio,
    lane: Lane,
    count: usize,
    number: u32,
    shown: Memo<Shown>,
    pointed: RwSignal<Option<u32>>,
) -> AnyView {
    let described = words_id(lane);
    let state = memo(move || {
        shown.with(|shown| {
            let server = shown.server(number)?;
            Some((trouble(server, shown.is_token), server.answered))
        })
    });
    let trouble = move || state.get().and_then(|(trouble, _)| trouble);
    let answered = move || state.get().map_or(0, |(_, answered)| answered);
    let has_session = memo(move || shown.with(|shown| shown.session == Some(number)));
    let was_last = memo(move || shown.with(|shown| shown.last == Some(number)));
    let leave = move || {
        if !goes_by_keys() && pointed.get_untracked() == Some(number) {
            pointed.set(None);
        }
    };
    let class = move || {
        let last = if was_last.get() { " last" } else { "" };
        format!("server-tile {}{last}", class(trouble()))
    };
    view! {
        <li>
            <button
                type="button"
                class=class
                aria-describedby=described
                aria-pressed=move || (studio.chosen_among(count) == number).to_string()
                on:click=move |_| studio.chosen.set(number)
                on:mouseenter=move |_| {
                    // A page that scrolls under a resting pointer takes nothing from who goes by keys.
                    if !goes_by_keys() {
                        pointed.set(Some(number));
                    }
                }
                on:mouseleave=move |_| leave()
                on:focus=move |_| pointed.set(Some(number))
                on:blur=move |_| leave()
            >
                <b>
                    <span>
                        <span class="visually-hidden">"Server "</span>
                        {number}
                        " "
                    </span>
                    <span class="tile-mark" aria-hidden="true">{move || symbol(trouble())}</span>
                </b>
                <span class="tile-word">
                    {move || trouble().map_or("well", servers::trouble_in_short)}
                </span>
                <span>"answered " {answered}</span>
                <span class="tile-own">
                    {move || has_session.get().then_some("◆ your session")}
                </span>
                <span class="tile-own">{move || was_last.get().then_some("● last")}</span>
            </button>
        </li>
    }
    .into_any()
}
