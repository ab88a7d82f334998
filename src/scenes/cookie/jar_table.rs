//! The jar that came of the lines.

use leptos::prelude::*;

use crate::state::CookieStudio;
use crate::state::memo;
use crate::wording::cookie_studio;

/// How many characters of a value are shown.
const SHOWN_CHARACTERS: usize = 120;

/// The jar.
#[component]
pub(super) fn JarTable() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let jar = memo(move || {
        studio
            .with_outcome(|outcome| outcome.jar.clone())
            .unwrap_or_default()
    });
    move || {
        jar.with(|jar| {
            if jar.is_empty() {
                return view! { <p class="empty">{cookie_studio::EMPTY_JAR}</p> }.into_any();
            }
            let rows: Vec<_> = jar
                .iter()
                .map(|cookie| {
                    let mut value: String = cookie.value.chars().take(SHOWN_CHARACTERS).collect();
                    if value.len() < cookie.value.len() {
                        value.push('…');
                    }
                    let [goes_to, lasts, more] = cookie_studio::row(cookie);
                    view! {
                        <tr>
                            <th scope="row" class="mono">
                                {cookie.name.clone()}
                            </th>
                            <td class="mono">{value}</td>
                            <td class="mono" data-label="goes to">
                                {goes_to}
                            </td>
                            <td data-label="lasts">{lasts}</td>
                            <td>{more}</td>
                        </tr>
                    }
                })
                .collect();
            view! {
                <div class="table-place">
                    <table class="jar">
                        <thead>
                            <tr>
                                {["Name", "Value", "Goes to", "Lasts", "Attributes"]
                                    .map(|title| view! { <th scope="col">{title}</th> })
                                    .collect_view()}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        })
    }
}
