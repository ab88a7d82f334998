//! Which line's cookie is looked at.

use leptos::prelude::*;
use protocol::{LineOutcome, Storing};

use crate::state::CookieStudio;
use crate::state::memo;

/// The choice, where there is more than one line.
#[component]
pub(super) fn AtHand() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let names: Memo<Vec<String>> = memo(move || {
        studio
            .with_outcome(|outcome| {
                let name = |line: &LineOutcome| match &line.storing {
                    Storing::Stored(cookie) => cookie.name.clone(),
                    Storing::Removed { name, .. } => name.clone(),
                    Storing::Refused(_) => String::from("(refused)"),
                };
                outcome.lines.iter().map(name).collect()
            })
            .unwrap_or_default()
    });
    let chosen = memo(move || {
        studio
            .with_outcome(|outcome| outcome.at_hand.unwrap_or_default().to_string())
            .unwrap_or_default()
    });
    move || {
        let names = names.get();
        (names.len() > 1).then(|| {
            let options: Vec<_> = names
                .into_iter()
                .enumerate()
                .map(|(place, name)| {
                    view! { <option value=place.to_string()>{format!("{}: {name}", place + 1)}</option> }
                })
                .collect();
            view! {
                <span class="pick">
                    <label for="line-at-hand">"Line at hand"</label>
                    " "
                    <select
                        id="line-at-hand"
                        on:change:target=move |event| {
                            studio.at_hand.set(event.target().value().parse().ok());
                        }
                        prop:value=chosen
                    >
                        {options}
                    </select>
                </span>
            }
        })
    }
}
