//! The families of refresh tokens that the lane's server has, as the observer sees them.

use leptos::prelude::*;
use protocol::{Lane, RefreshRow, Timestamp};

use crate::browser::local_time;
use crate::state::Playground;
use crate::wording;

/// How many are shown.
const SHOWN: usize = 5;

/// All tokens that came of one sign-in.
struct Family {
    /// The newest of them.
    newest: RefreshRow,
    /// How many there are.
    tokens: u32,
}

/// The families, newest first.
#[component]
pub(super) fn Families(
    /// Whose.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let families = move || {
        playground.observation.with(|seen| {
            let rows = seen.iter().flat_map(|seen| &seen.refresh_tokens);
            families(rows.filter(|row| row.lane == lane))
        })
    };
    move || {
        // The state follows the clock.
        let now = playground
            .second
            .get()
            .plus_seconds(playground.clock_offset_seconds.get());
        let families = families();
        (!families.is_empty()).then(|| {
            view! {
                <table>
                    <caption class="visually-hidden">"Families of refresh tokens"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"family"</th>
                            <th scope="col">"user"</th>
                            <th scope="col">"refresh tokens"</th>
                            <th scope="col">"state"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {families.iter().take(SHOWN).map(|family| line(family, now)).collect_view()}
                    </tbody>
                </table>
            }
        })
    }
}

fn families<'a>(rows: impl Iterator<Item = &'a RefreshRow>) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for row in rows {
        match families
            .iter_mut()
            .find(|it| it.newest.family == row.family)
        {
            Some(family) => family.tokens += 1,
            None => families.push(Family {
                newest: row.clone(),
                tokens: 1,
            }),
        }
    }
    families
}

fn line(family: &Family, now: Timestamp) -> AnyView {
    let row = &family.newest;
    let state = match row.ended {
        Some(at) => format!("ended {}", local_time(at)),
        None if row.expires <= now => format!("expired {}", local_time(row.expires)),
        None => format!("ends in {}", wording::duration(now, row.expires)),
    };
    view! {
        <tr>
            <td class="mono">{wording::short_hash(&row.family)}</td>
            <td>"#" {row.user}</td>
            <td>{family.tokens}</td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}
