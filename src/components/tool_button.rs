//! A small button that keeps the focus when there is nothing to do.

use leptos::prelude::*;

/// A button. Where it is idle it stays focusable, and does nothing.
#[component]
pub(crate) fn ToolButton(
    /// What it says.
    label: &'static str,
    /// What it is called where what it says is not enough to tell it from others. It starts with what it says.
    #[prop(optional)]
    name: Option<String>,
    /// Whether there is nothing for it to do.
    #[prop(optional, into)]
    idle: Signal<bool>,
    /// Whether it is the one to press first.
    #[prop(optional)]
    main: bool,
    /// What it does.
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=if main { "main small" } else { "quiet small" }
            aria-label=name
            aria-disabled=move || idle.get().to_string()
            on:click=move |_| {
                if !idle.get_untracked() {
                    on_press.run(());
                }
            }
        >
            {label}
        </button>
    }
}
