//! Says that the lanes show an earlier exchange, and leads back.

use leptos::prelude::*;

use crate::state::Playground;

/// Shown while an earlier exchange is looked at again.
#[component]
pub(crate) fn LookingBack() -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <div role="status">
            {move || {
                playground
                    .selected
                    .get()
                    .map(|number| {
                        view! {
                            <p class="banner looking-back">
                                {format!("The lanes show #{number} again, as it was. Browser and server are as they are now. ")}
                                <button
                                    type="button"
                                    class="quiet"
                                    on:click=move |_| playground.selected.set(None)
                                >
                                    "Back to the latest"
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}
