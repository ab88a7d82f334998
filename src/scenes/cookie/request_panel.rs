//! The request: where it goes, who causes it and when; and what it carries.

use leptos::prelude::*;
use protocol::JarOutcome;

use super::line_list::Word;
use super::pasting::NoUrl;
use crate::components::{DraftField, DraftSignal, Pick, Prose, ToolButton};
use crate::state::{CookieStudio, DEFAULTS, INITIATORS, METHODS};
use crate::wording::{self, cookie_studio};

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
    let (to, seconds) = (DraftSignal(studio.to), DraftSignal(studio.seconds));
    let no_seconds = move || {
        studio
            .seconds_passed()
            .is_none()
            .then_some(cookie_studio::NO_SECONDS)
    };
    view! {
        <DraftField
            label="URL of the request"
            id="request-url"
            text=Signal::derive(move || to.text())
            on_edit=Callback::new(move |text| to.edit(text))
            on_undo=to.on_undo()
        />
        <NoUrl known=Signal::derive(move || studio.goes_to().is_some()) />
        <div class="picks">
            <Pick label="Method" names=METHODS.to_vec() chosen=studio.method />
            <Pick
                label="Caused by"
                names=INITIATORS.map(wording::initiator_word).to_vec()
                chosen=studio.initiator
            />
            <label class="pick">
                <input
                    type="checkbox"
                    disabled=move || !studio.asks_for_window()
                    prop:checked=move || studio.top_level.get()
                    on:change:target=move |event| studio.top_level.set(event.target().checked())
                />
                " in the top-level window, not in another site’s frame"
            </label>
        </div>
        <p class="note">{cookie_studio::METHOD_NOTE}</p>
        <DraftField
            label="Seconds since it was set"
            id="request-seconds"
            text=Signal::derive(move || seconds.text())
            on_edit=Callback::new(move |text| seconds.edit(text))
            on_undo=seconds.on_undo()
            note=Signal::derive(no_seconds)
        />
        <div class="tools" role="group" aria-label="Time since it was set">
            {TIMES
                .into_iter()
                .map(|(label, text)| {
                    let press = move |()| seconds.edit(text.to_owned());
                    view! { <ToolButton label=label on_press=Callback::new(press) /> }
                })
                .collect_view()}
        </div>
        <div class="picks">
            <Pick
                label="Without SameSite"
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
            {move || {
                studio
                    .outcome
                    .with(|outcome| match outcome {
                        Some(Ok(outcome)) => Some(carried(outcome)),
                        _ => None,
                    })
            }}
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
            let (word, why) = match &decision.held {
                None => ("sent", String::new()),
                Some(rule) => (
                    "held",
                    format!(
                        "{}. ({})",
                        cookie_studio::capital(&wording::held(rule)),
                        cookie_studio::held_reference(rule)
                    ),
                ),
            };
            let name = if cookie.name.is_empty() {
                String::from("(nameless)")
            } else {
                cookie.name.clone()
            };
            Some(view! {
                <li class="fate">
                    <Word good=decision.held.is_none() word=word />
                    <span>
                        <code>{name}</code>
                        " "
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
