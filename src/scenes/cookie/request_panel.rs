//! The request: where it goes, who causes it and when; and what it carries.

use leptos::prelude::*;
use protocol::{Initiator, JarOutcome};

use super::field::TextField;
use super::word::Word;
use crate::components::{Pick, Prose, ToolButton};
use crate::state::{CookieField, CookieStudio, DEFAULTS, METHODS};
use crate::wording;
use crate::wording::cookie_studio::{self, Mark};

/// Times that make a difference: the two minutes of Chromium's exception lie between the second and the third.
const TIMES: [(&str, &str); 5] = [
    ("at once", "0"),
    ("1 min", "60"),
    ("3 min", "180"),
    ("1 h", "3600"),
    ("30 days", "2592000"),
];

/// The request and what it carries.
#[component]
pub(super) fn RequestPanel() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let has_no_url = move || {
        studio
            .goes_to()
            .is_none()
            .then(|| view! { <Prose text=cookie_studio::NO_URL /> })
    };
    let no_seconds = move || {
        studio
            .seconds_passed()
            .is_none()
            .then_some(cookie_studio::NO_SECONDS)
    };
    view! {
        <TextField label="URL of the request" id="request-url" field=CookieField::To />
        <p class="trouble note" role="status">
            {has_no_url}
        </p>
        <div class="picks">
            <Pick label="Method" id="request-method" names=METHODS.to_vec() chosen=studio.method />
            <Pick
                label="Caused by"
                id="request-cause"
                names=Initiator::ALL.map(wording::initiator_word).to_vec()
                chosen=studio.initiator
            />
            <span class="pick">
                <input
                    type="checkbox"
                    id="request-window"
                    disabled=move || !studio.asks_for_window()
                    prop:checked=move || studio.top_level.get()
                    on:change:target=move |event| studio.top_level.set(event.target().checked())
                />
                " "
                <label for="request-window">
                    "in the top-level window, not in another site’s frame"
                </label>
            </span>
        </div>
        <p class="note">{cookie_studio::METHOD_NOTE}</p>
        <TextField
            label="Seconds since it was set"
            id="request-seconds"
            field=CookieField::Seconds
            note=Signal::derive(no_seconds)
        />
        <div class="tools" role="group" aria-label="Time since it was set">
            {TIMES
                .into_iter()
                .map(|(label, text)| {
                    let press = move |()| studio.edit(&[(CookieField::Seconds, text)]);
                    view! { <ToolButton label=label on_press=Callback::new(press) /> }
                })
                .collect_view()}
        </div>
        <div class="picks">
            <Pick
                label="Without SameSite"
                id="request-defaults"
                names=cookie_studio::DEFAULTS.to_vec()
                chosen=studio.defaults
            />
        </div>
        <p class="note">
            {move || {
                cookie_studio::defaults_note(DEFAULTS[studio.defaults.get() % DEFAULTS.len()])
            }}
        </p>
        <div role="status" class="carried">
            {move || studio.with_outcome(carried)}
        </div>
    }
}

fn carried(outcome: &JarOutcome) -> AnyView {
    if outcome.jar.is_empty() {
        return view! { <p class="empty">{cookie_studio::EMPTY_JAR}</p> }.into_any();
    }
    let field = match &outcome.header {
        Some(header) => format!("Cookie: {header}"),
        None if outcome.decisions.is_empty() => return ().into_any(),
        None => String::from("(no Cookie field)"),
    };
    let decisions: Vec<_> = outcome
        .decisions
        .iter()
        .filter_map(|decision| {
            let cookie = outcome.jar.get(usize::try_from(decision.cookie).ok()?)?;
            let (mark, word, why) = match &decision.held {
                None => (Mark::Good, "sent", String::new()),
                Some(rule) => (Mark::Neither, "held", cookie_studio::why_held(rule)),
            };
            let name = if cookie.name.is_empty() {
                String::from("(nameless)")
            } else {
                cookie.name.clone()
            };
            Some(view! {
                <li class="fate">
                    <Word mark=mark word=word />
                    " "
                    <span>
                        <code>{name}</code>
                        <Prose text=why />
                    </span>
                </li>
            })
        })
        .collect();
    view! {
        <p class="cell">{field}</p>
        <ol class="decisions" aria-label="Cookie by cookie">
            {decisions}
        </ol>
    }
    .into_any()
}
