//! What would become of the cookie at hand with each `SameSite`, by method and initiator.

use leptos::prelude::*;
use protocol::{CookieFate, CookieHeld, JarOutcome, MatrixCell, SameSite};

use super::word::Word;
use crate::components::Prose;
use crate::state::{CookieStudio, METHODS};
use crate::wording;
use crate::wording::cookie_studio::{self, Mark};

/// How many values of `SameSite` there are: a row has a cell for each.
const COLUMNS: usize = 4;

/// The table.
#[component]
pub(super) fn MatrixTable() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    move || {
        let method = METHODS[studio.method.get() % METHODS.len()];
        let initiator = studio.effective_initiator();
        studio.with_outcome(|outcome| {
            if outcome.matrix.is_empty() {
                let sentence = if outcome.lines.is_empty() {
                    cookie_studio::EMPTY_JAR
                } else {
                    cookie_studio::NO_MATRIX
                };
                return view! { <p class="empty">{sentence}</p> }.into_any();
            }
            let same_site = same_site_at_hand(outcome);
            let is_here = |cell: &MatrixCell| {
                cell.method == method
                    && cell.initiator == initiator
                    && Some(cell.same_site) == same_site
            };
            let rows: Vec<_> = outcome
                .matrix
                .chunks(COLUMNS)
                .enumerate()
                .map(|(place, cells)| {
                    let first = place % (outcome.matrix.len() / COLUMNS / 2) == 0;
                    let method = cells[0].method.clone();
                    view! {
                        {first
                            .then(|| {
                                view! {
                                    <tr>
                                        <th scope="rowgroup" colspan="5" class="mono method">
                                            {method}
                                        </th>
                                    </tr>
                                }
                            })}
                        <tr>
                            <th scope="row">{wording::initiator_word(cells[0].initiator)}</th>
                            {cells.iter().map(|cell| cell_view(cell, is_here(cell))).collect_view()}
                        </tr>
                    }
                })
                .collect();
            view! {
                <table class="matrix">
                    <thead>
                        <tr>
                            <th scope="col">"Caused by"</th>
                            {["Strict", "Lax", "None", "not given"]
                                .map(|title| view! { <th scope="col">{title}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <p class="note">
                    <Prose text=cookie_studio::matrix_note(other_rule(outcome)) />
                </p>
            }
            .into_any()
        })
    }
}

fn cell_view(cell: &MatrixCell, is_here: bool) -> impl IntoView + use<> {
    let (mark, word) = match cell.fate {
        CookieFate::Sent => (Mark::Good, "sent"),
        CookieFate::Held(_) => (Mark::Neither, "held"),
        CookieFate::Refused(_) => (Mark::Bad, "refused"),
    };
    view! {
        <td class:here=is_here aria-current=is_here.then_some("true")>
            <Word mark=mark word=word />
        </td>
    }
}

/// The `SameSite` of the cookie at hand, as the line has it.
fn same_site_at_hand(outcome: &JarOutcome) -> Option<SameSite> {
    let line = outcome.lines.get(usize::try_from(outcome.at_hand?).ok()?)?;
    match &line.storing {
        protocol::Storing::Stored(cookie) => Some(cookie.same_site),
        _ => None,
    }
}

/// The rule that holds a cookie whatever its `SameSite`: who sends it to its own site is not held by that.
fn other_rule(outcome: &JarOutcome) -> Option<&CookieHeld> {
    outcome.matrix.iter().find_map(|cell| match &cell.fate {
        CookieFate::Held(rule)
            if !matches!(
                rule,
                CookieHeld::SameSite { .. } | CookieHeld::WithoutCredentials
            ) =>
        {
            Some(rule)
        }
        _ => None,
    })
}
