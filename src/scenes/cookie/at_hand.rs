//! Which line's cookie is looked at.

use leptos::prelude::*;
use protocol::Storing;

use crate::state::CookieStudio;

/// The choice, where there is more than one line.
#[component]
pub(super) fn AtHand() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let names = Memo::new(move |_| {
        studio.outcome.with(|outcome| match outcome {
            Some(Ok(outcome)) => outcome
                .lines
                .iter()
                .map(|line| match &line.storing {
                    Storing::Stored(cookie) => cookie.name.clone(),
                    Storing::Removed { name, .. } => name.clone(),
                    Storing::Refused(_) => String::from("(refused)"),
                })
                .collect(),
            _ => Vec::new(),
        })
    });
    let chosen = Memo::new(move |_| {
        studio.outcome.with(|outcome| match outcome {
            Some(Ok(outcome)) => outcome.at_hand.unwrap_or_default().to_string(),
            _ => String::new(),
        })
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
                <label class="pick">
                    "Line at hand "
                    <select
                        on:change:target=move |event| {
                            studio.at_hand.set(event.target().value().parse().ok());
                        }
                        prop:value=chosen
                    >
                        {options}
                    </select>
                </label>
            }
        })
    }
}
