//! The lines, and where they came from.

use leptos::prelude::*;
use protocol::Initiator;

use super::example::{Example, examples, sent_here};
use super::field::TextField;
use crate::components::{Pick, Prose, ToolButton};
use crate::state::memo;
use crate::state::{CookieField, CookieStudio, Playground};
use crate::wording::{self, cookie_studio};

/// The fields of what was set.
#[component]
pub(super) fn Pasting() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = expect_context::<CookieStudio>();
    let take = move |example: &Example| {
        let sent = example.is_here.then(|| sent_here(playground)).flatten();
        studio.edit(&[
            (CookieField::Lines, sent.as_ref().unwrap_or(&example.lines)),
            (CookieField::Url, &example.url),
            (CookieField::To, &example.to),
        ]);
        studio.kind.set(0);
        studio.set_for.set(0);
        studio.at_hand.set(None);
    };
    let taken_for = memo(move || {
        studio
            .with_outcome(cookie_studio::taken_for)
            .unwrap_or_default()
    });
    let has_no_url = move || {
        studio
            .set_by()
            .is_none()
            .then(|| view! { <Prose text=cookie_studio::NO_URL /> })
    };
    view! {
        <div class="tools" role="group" aria-label="Examples">
            {examples()
                .into_iter()
                .map(|example| {
                    let name = example.name;
                    let press = Callback::new(move |()| take(&example));
                    view! { <ToolButton label=name on_press=press /> }
                })
                .collect_view()}
        </div>
        <TextField label="Cookie lines" id="cookie-lines" field=CookieField::Lines />
        <p class="note" role="status">
            {move || view! { <Prose text=taken_for.get() /> }}
        </p>
        <div class="picks">
            <Pick label="Read as" id="cookie-kind" names=cookie_studio::KINDS.to_vec() chosen=studio.kind />
            <ToolButton
                label="Undo"
                idle=Signal::derive(move || !studio.can_undo())
                on_press=Callback::new(move |()| studio.undo(false))
            />
            <ToolButton
                label="Clear"
                idle=Signal::derive(move || studio.text(CookieField::Lines).is_empty())
                on_press=Callback::new(move |()| studio.edit(&[(CookieField::Lines, "")]))
            />
        </div>
        <TextField label="URL that answered" id="cookie-url" field=CookieField::Url />
        <p class="trouble note" role="status">
            {has_no_url}
        </p>
        <div class="picks">
            <Pick
                label="Asked for by"
                id="cookie-asked-by"
                names=Initiator::ALL.map(wording::initiator_word).to_vec()
                chosen=studio.set_for
            />
        </div>
    }
}
