//! What one can do: sign in, send, sign out, each in both lanes at once.

use leptos::prelude::*;

use super::request_form::RequestForm;
use super::sign_in_form::{ACCOUNTS, OTHER, SAMPLE_PASSWORD, SignInForm};
use crate::state::Playground;

/// The bar of actions.
#[component]
pub(crate) fn ActionBar() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let form = expect_context::<SignInForm>();
    let SignInForm {
        chosen,
        typed,
        password,
    } = form;
    let sign_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.submit(playground);
    };

    view! {
        <div class="action">
            <form class="group" on:submit=sign_in>
                <label for="account">"Account"</label>
                <select
                    id="account"
                    prop:value=move || chosen.get()
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    {ACCOUNTS
                        .into_iter()
                        .map(|(value, name)| view! { <option value=value>{name}</option> })
                        .collect_view()}
                    <option value=OTHER>"another…"</option>
                </select>
                <Show when=move || chosen.get() == OTHER>
                    <input
                        class="account-name"
                        aria-label="Account name"
                        placeholder="account name"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </Show>
                <label for="password">"Password"</label>
                <input
                    id="password"
                    type="password"
                    autocomplete="off"
                    // Said here as well: a field that gets another value has the browser lay the page out at once.
                    value=SAMPLE_PASSWORD
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
                <button type="submit" id="sign-in" class="main">
                    "Sign in to both"
                </button>
            </form>
            <RequestForm />
        </div>
    }
}
