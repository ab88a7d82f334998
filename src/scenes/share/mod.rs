//! A link to what is on the screen, what embeds it elsewhere, and what opens one.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{focus, next_frame, page_address};
use crate::components::{CopyButton, Prose};
use crate::route::{Scene, Stop};
use crate::scenes::advice::Answered;
use crate::scenes::compare::RequestFields;
use crate::state::fleet::load::LoadStudio;
use crate::state::share::{Opened, open, settings};
use crate::state::{CookieStudio, Playground, Studio};
use crate::wording::share as words;

/// The longest link that is offered, in octets.
const LONGEST: usize = 16 * 1024;

/// The panel.
pub(super) fn share(
    playground: Playground,
    scene: Scene,
    stop: Option<Stop>,
    is_open: RwSignal<bool>,
) -> AnyView {
    next_frame(|| focus("#share-title"));
    let close = move || {
        is_open.set(false);
        next_frame(|| focus("#share"));
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    // The studio asks a worker whether a signature may be in a link.
    let token = RwSignal::new(None::<String>);
    if scene == Scene::Token
        && let Some(studio) = use_context::<Studio>()
    {
        Effect::new(move |_| {
            // Whatever is written there while the panel is open belongs in the link.
            let _ = (studio.text(), studio.terms());
            spawn_local(async move {
                let link = studio.link().await;
                token.try_set(link.ok().map(|(fragment, _)| fragment));
            });
        });
    }
    let requests = expect_context::<RequestFields>();
    let cookies = use_context::<CookieStudio>();
    let load = use_context::<LoadStudio>();
    let answered = Answered::kept();
    let fragment = Signal::derive(move || {
        let settings = settings(playground, requests.named());
        let own = match scene {
            Scene::Token => token.get(),
            Scene::Cookie => cookies.map(|it| format!("{}?{}", scene.link(), it.link_part())),
            Scene::Fleet => load.map(LoadStudio::fragment),
            Scene::Advice => Some(answered.fragment()),
            _ => None,
        };
        let begins = match stop {
            Some(stop) => stop.link(),
            None => own.unwrap_or_else(|| scene.link().to_owned()),
        };
        let joint = if begins.contains('?') { '&' } else { '?' };
        format!("{begins}{joint}{settings}")
    });
    let link = Signal::derive(move || format!("{}{}", page_address(), fragment.get()));
    let frame = Signal::derive(move || {
        format!(
            "<iframe src=\"{}&amp;embed\" title=\"Ticket or Passport: {}\" width=\"100%\" height=\"900\"></iframe>",
            link.get().replace('&', "&amp;"),
            scene.name()
        )
    });
    let is_too_long = Signal::derive(move || fragment.with(String::len) > LONGEST);
    view! {
        <section class="share" aria-labelledby="share-title" on:keydown=on_key>
            <h2 id="share-title" tabindex="-1">
                "Share"
            </h2>
            <p class="note">
                <Prose text=words::LEFT_OUT />
            </p>
            <Show
                when=move || !is_too_long.get()
                fallback=|| view! { <p class="trouble">{words::TOO_LONG}</p> }
            >
                {field("share-link", "A link to what you see", link)}
                <CopyButton label="Copy the link" text=link />
                {field("share-frame", "To show it in a page of your own", frame)}
                <CopyButton label="Copy the frame" text=frame />
            </Show>
            <p>
                <button type="button" class="quiet small" on:click=move |_| close()>
                    "Close"
                </button>
            </p>
        </section>
    }
    .into_any()
}

fn field(id: &'static str, label: &'static str, text: Signal<String>) -> AnyView {
    view! {
        <label for=id class="note">
            {label}
        </label>
        <textarea id=id class="mono" rows="3" readonly spellcheck="false" prop:value=text></textarea>
    }
    .into_any()
}

/// Opens the settings in a link, and the request in its form; what there is to say of it.
pub(super) async fn opened(
    playground: Playground,
    requests: RequestFields,
    scene: Scene,
    fragment: String,
) -> Vec<String> {
    let mut opening = open(playground, scene, fragment).await;
    if let Some(request) = &opening.request {
        match requests.choose_named(request) {
            Some(true) => opening.opened.push(Opened::Request),
            Some(false) => {}
            None => {
                let why = words::NO_SUCH_REQUEST.to_owned();
                opening.left.push((String::from("request"), Some(why)));
            }
        }
    }
    words::opening(&opening)
}
