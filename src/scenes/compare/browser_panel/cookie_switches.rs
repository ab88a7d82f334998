//! How the server sets its session cookie, attribute by attribute, and what came of it the last time.

use leptos::prelude::*;
use protocol::{CookieLifetime, CookiePath, CookieSettings, Lane, SameSite};

use super::super::sign_in_form::SignInForm;
use super::last_lines::LastLines;
use crate::browser::site;
use crate::components::ToolButton;
use crate::state::Playground;
use crate::wording;

/// An attribute that is there or not: what it is called, what it does, how it is read and set.
struct Switch {
    name: &'static str,
    meaning: &'static str,
    is_on: fn(&CookieSettings) -> bool,
    set: fn(&mut CookieSettings, bool),
}

const SWITCHES: [Switch; 3] = [
    Switch {
        name: "HttpOnly",
        meaning: "no script can read it: a real site turns this on",
        is_on: |settings| settings.http_only,
        set: |settings, on| settings.http_only = on,
    },
    Switch {
        name: "Secure",
        meaning: "sent over https alone",
        is_on: |settings| {
            settings
                .secure
                .unwrap_or_else(|| site().origin.starts_with("https:"))
        },
        set: |settings, on| settings.secure = Some(on),
    },
    Switch {
        name: "__Host-",
        meaning: "a name that vouches for Secure, Path=/ and no Domain",
        is_on: |settings| settings.host_prefix,
        set: |settings, on| settings.host_prefix = on,
    },
];

const SAME_SITE: [(&str, SameSite); 4] = [
    ("Strict", SameSite::Strict),
    ("Lax", SameSite::Lax),
    ("None", SameSite::None),
    ("not given", SameSite::Default),
];
const PATHS: [(&str, CookiePath); 3] = [
    ("the site", CookiePath::Site),
    ("/", CookiePath::Root),
    ("/admin alone", CookiePath::Admin),
];
const LIFETIMES: [(&str, CookieLifetime); 3] = [
    ("as the session", CookieLifetime::AsSession),
    ("1 minute", CookieLifetime::OneMinute),
    ("until the browser closes", CookieLifetime::UntilClosed),
];

/// The switches, and the way of the last line from the server to page script.
#[component]
pub(super) fn CookieSwitches(
    /// In which lane the last lines came.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let form = expect_context::<SignInForm>();
    // What was set when the cookie was last made: another setting takes a sign-in to show.
    let change = move |change: &dyn Fn(&mut CookieSettings)| {
        let mut settings = playground.session_cookie.get_untracked();
        change(&mut settings);
        playground.change_session_cookie(settings);
    };
    view! {
        <fieldset class="switches">
            <legend>"How the server sets this cookie"</legend>
            <div class="switch-row">
                {SWITCHES
                    .into_iter()
                    .map(|switch| {
                        view! {
                            <label title=switch.meaning>
                                <input
                                    type="checkbox"
                                    prop:checked=move || playground.session_cookie.with(switch.is_on)
                                    on:change:target=move |event| {
                                        let on = event.target().checked();
                                        change(&|settings| (switch.set)(settings, on));
                                    }
                                />
                                <code>{switch.name}</code>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
            <div class="switch-row">
                <Choice
                    label="SameSite"
                    names=names(&SAME_SITE)
                    chosen=Signal::derive(move || {
                        place_of(&SAME_SITE, playground.session_cookie.with(|it| it.same_site))
                    })
                    on_choose=Callback::new(move |place| {
                        change(&|it| set_to(&SAME_SITE, place, &mut it.same_site));
                    })
                />
                <Choice
                    label="Path"
                    names=names(&PATHS)
                    chosen=Signal::derive(move || {
                        place_of(&PATHS, playground.session_cookie.with(|it| it.path))
                    })
                    on_choose=Callback::new(move |place| {
                        change(&|it| set_to(&PATHS, place, &mut it.path));
                    })
                />
                <Choice
                    label="Max-Age"
                    names=names(&LIFETIMES)
                    chosen=Signal::derive(move || {
                        place_of(&LIFETIMES, playground.session_cookie.with(|it| it.lifetime))
                    })
                    on_choose=Callback::new(move |place| {
                        change(&|it| set_to(&LIFETIMES, place, &mut it.lifetime));
                    })
                />
            </div>
            <p class="note">
                {move || playground.session_cookie.with(|it| wording::http_only_note(it.http_only))}
            </p>
            <Show when=move || playground.cookie_settings_wait.get()>
                <p class="note waiting" role="status">
                    "The server sets the next cookie so. "
                    <ToolButton
                        label="Sign in again"
                        on_press=Callback::new(move |()| form.submit(playground))
                    />
                </p>
            </Show>
            <LastLines lane=lane />
        </fieldset>
    }
}

#[component]
fn Choice(
    /// The attribute.
    label: &'static str,
    /// What it can be.
    names: Vec<&'static str>,
    /// The place of what it is.
    chosen: Signal<usize>,
    /// Called with another's.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let choose = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            on_choose.run(place);
        }
    };
    view! {
        <label>
            <code>{label}</code>
            " "
            <select on:change=choose prop:value=move || chosen.get().to_string()>
                {names
                    .into_iter()
                    .enumerate()
                    .map(|(place, name)| {
                        view! { <option value=place.to_string()>{name}</option> }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

/// The names of what an attribute can be.
fn names<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(name, _)| *name).collect()
}

fn place_of<T: PartialEq>(choices: &[(&str, T)], chosen: T) -> usize {
    let place = choices.iter().position(|(_, value)| *value == chosen);
    place.unwrap_or_default()
}

fn set_to<T: Copy>(choices: &[(&str, T)], place: usize, field: &mut T) {
    if let Some((_, value)) = choices.get(place) {
        *field = *value;
    }
}
