//! A choice among few, by its place in a list.

use leptos::prelude::*;

/// A labelled list of choices.
#[component]
pub(crate) fn Pick(
    /// What is chosen.
    label: &'static str,
    /// Its element's ID.
    id: &'static str,
    /// The choices.
    names: Vec<&'static str>,
    /// The place of the one that is chosen, from 0.
    chosen: RwSignal<usize>,
) -> impl IntoView {
    view! {
        <span class="pick">
            <label for=id>{label}</label>
            " "
            <select
                id=id
                on:change:target=move |event| {
                    chosen.set(event.target().value().parse().unwrap_or_default());
                }
                prop:value=move || chosen.get().to_string()
            >
                {names
                    .into_iter()
                    .enumerate()
                    .map(|(place, name)| view! { <option value=place.to_string()>{name}</option> })
                    .collect_view()}
            </select>
        </span>
    }
}
