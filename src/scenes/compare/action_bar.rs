//! What one can do: sign in, send, sign out, each in both lanes at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::request_form::RequestForm;
use crate::state::Playground;

/// The sample accounts, as the select names them.
const ACCOUNTS: [(&str, &str); 3] = [
    ("member", "member · user #42"),
    ("admin", "administrator · user #1"),
    ("suspended", "suspended · user #13"),
];
/// What the select holds where the account is typed.
const OTHER: &str = "";
/// The password of every sample account: public, and filled in.
const SAMPLE_PASSWORD: &str = "sample-password";

/// The bar of actions.
#[component]
pub(crate) fn ActionBar() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let chosen = RwSignal::new(String::from(ACCOUNTS[0].0));
    let typed = RwSignal::new(String::new());
    let password = RwSignal::new(String::from(SAMPLE_PASSWORD));

    let sign_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let account = match chosen.get() {
            account if account == OTHER => typed.get(),
            account => account,
        };
        spawn_local(async move {
            playground
                .sign_in(&account, &password.get_untracked())
                .await;
        });
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
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
                <button type="submit" class="main">
                    "Sign in to both"
                </button>
            </form>
            <RequestForm />
        </div>
    }
}
