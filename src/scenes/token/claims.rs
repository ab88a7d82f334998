//! What the token says, member by member: what each means, when its dates are, and what it costs.

use leptos::prelude::*;
use protocol::{Timestamp, TokenPart};

use super::lifetime_bar::LifetimeBar;
use super::texts::{READABLE, Texts, numeric_date};
use crate::browser::date_times;
use crate::components::Prose;
use crate::state::memo;
use crate::state::token_size::{TokenSize, cost, passes_at};
use crate::state::{DETAILED_OCTETS, Marked, Playground, Studio};
use crate::wording;

/// The most members that are listed.
const SHOWN_MEMBERS: usize = 100;
/// How much of a value is shown at first.
const SHOWN_CHARACTERS: usize = 80;

/// A member of header or payload.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    marked: Marked,
    name: String,
    value: String,
    meaning: &'static str,
    date: Option<Timestamp>,
    octets: usize,
}

/// The claims, the lifetime and the size.
#[component]
pub(super) fn Claims() -> impl IntoView {
    let texts = expect_context::<Memo<Texts>>();
    let parts = READABLE.map(|part| memo(move || texts.with(|texts| rows(texts, part))));
    let is_too_long = memo(move || texts.with(|texts| texts.octets > DETAILED_OCTETS));
    view! {
        <section aria-labelledby="studio-claims">
            <h2 id="studio-claims">"What it says"</h2>
            <Show when=move || is_too_long.get()>
                <p class="note">
                    "Longer than 64 KiB: claims, places and the right signature are told of shorter tokens alone. The verdict is of the whole."
                </p>
            </Show>
            <Show
                when=move || parts.iter().any(|rows| rows.with(|rows| !rows.is_empty()))
                fallback=|| {
                    view! {
                        <p class="empty">
                            "Each header parameter and each claim will stand here, with what it means."
                        </p>
                    }
                }
            >
                <LifetimeBar />
                <table class="claims">
                    <thead>
                        <tr>
                            <th scope="col">"name"</th>
                            <th scope="col">"value"</th>
                            <th scope="col">"meaning"</th>
                            <th scope="col" class="number">
                                "octets"
                            </th>
                        </tr>
                    </thead>
                    {parts.map(|rows| view! { <tbody>{move || group(rows)}</tbody> })}
                </table>
                <Size />
            </Show>
        </section>
    }
}

fn rows(texts: &Texts, part: TokenPart) -> Vec<Row> {
    let text = texts.part(part);
    let members = text.members.iter().enumerate().take(SHOWN_MEMBERS);
    members
        .map(|(index, member)| {
            let value = text.text[member.value.clone()].to_owned();
            let meaning = match part {
                TokenPart::Header => wording::parameter_meaning(&member.name),
                _ => wording::claim_meaning(&member.name),
            };
            Row {
                marked: Marked { part, index },
                date: wording::is_date(part, &member.name)
                    .then(|| numeric_date(&value))
                    .flatten(),
                name: member.name.clone(),
                value,
                meaning,
                octets: cost(&text.text, member),
            }
        })
        .collect()
}

fn group(rows: Memo<Vec<Row>>) -> Vec<AnyView> {
    rows.with(|rows| rows.iter().map(|row| line(row.clone())).collect())
}

fn line(row: Row) -> AnyView {
    let studio = expect_context::<Studio>();
    let playground = expect_context::<Playground>();
    let Row { marked, date, .. } = row;
    let is_marked = memo(move || studio.marked.get() == Some(marked));
    let mark = move || studio.mark(Some(marked));
    let when = move || {
        let at = date?;
        let clock = playground
            .second
            .get()
            .plus_seconds(playground.clock_offset_seconds.get());
        let date = match date_times(at) {
            Some([local, utc]) => format!(": {local} here, {utc} UTC"),
            None => String::from(": beyond any calendar"),
        };
        Some(view! {
            <span class="detail">
                <b>{wording::moment(at, clock)}</b>
                {date}
            </span>
        })
    };
    view! {
        <tr class:marked=is_marked on:mouseenter=move |_| mark()>
            <td>
                <button
                    type="button"
                    class="link mono"
                    aria-pressed=move || is_marked.get().to_string()
                    on:click=move |_| mark()
                    on:focus=move |_| mark()
                >
                    {row.name}
                </button>
            </td>
            <td class="mono">{value(row.value)}</td>
            <td>{row.meaning} {when}</td>
            <td class="number">{row.octets}</td>
        </tr>
    }
    .into_any()
}

fn value(value: String) -> AnyView {
    match value.char_indices().nth(SHOWN_CHARACTERS) {
        None => value.into_any(),
        Some((end, _)) => {
            let start = format!("{}…", &value[..end]);
            view! {
                <details>
                    <summary>{start}</summary>
                    {value}
                </details>
            }
            .into_any()
        }
    }
}

/// What the token weighs.
#[component]
fn Size() -> impl IntoView {
    let texts = expect_context::<Memo<Texts>>();
    let said = memo(move || {
        texts.with(|texts| {
            let size = TokenSize::of(&texts.token);
            let claims = &texts.part(TokenPart::Payload).members;
            let cookie = wording::cookie_room(size.room, passes_at(&texts.token, claims));
            [wording::size(&size), cookie]
        })
    });
    view! {
        {move || {
            said.get().map(|line| view! { <p class="note"><Prose text=line /></p> })
        }}
    }
}
