//! The lines, and where they came from.

use leptos::prelude::*;

use super::example::{Example, examples, sent_here};
use crate::components::{DraftField, DraftSignal, Pick, Prose, ToolButton};
use crate::state::{CookieStudio, INITIATORS, Playground};
use crate::wording::{self, cookie_studio};

/// The fields of what was set.
#[component]
pub(super) fn Pasting() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = expect_context::<CookieStudio>();
    let (lines, url, to) = (
        DraftSignal(studio.lines),
        DraftSignal(studio.url),
        DraftSignal(studio.to),
    );
    let take = move |example: Example| {
        lines.edit(example.lines);
        url.edit(example.url);
        to.edit(example.to);
        studio.kind.set(0);
        studio.set_for.set(0);
        studio.at_hand.set(None);
    };
    let undo = move |redo: bool| {
        for draft in [lines, url, to] {
            draft.on_undo().run(redo);
        }
    };
    let taken_for = Memo::new(move |_| {
        studio.outcome.with(|outcome| match outcome {
            Some(Ok(outcome)) => cookie_studio::taken_for(outcome),
            _ => String::new(),
        })
    });
    view! {
        <div class="tools" role="group" aria-label="Examples">
            {examples()
                .into_iter()
                .map(|example| {
                    let name = example.name;
                    let here = name == "The default here";
                    let example = StoredValue::new(example);
                    let press = move |()| {
                        let mut example = example.get_value();
                        if here && let Some(lines) = sent_here(playground) {
                            example.lines = lines;
                        }
                        take(example);
                    };
                    view! { <ToolButton label=name on_press=Callback::new(press) /> }
                })
                .collect_view()}
        </div>
        <DraftField
            label="Cookie lines"
            id="cookie-lines"
            text=Signal::derive(move || lines.text())
            on_edit=Callback::new(move |text| lines.edit(text))
            on_undo=lines.on_undo()
        />
        <p class="note" role="status">
            {move || view! { <Prose text=taken_for.get() /> }}
        </p>
        <div class="picks">
            <Pick label="Read as" names=cookie_studio::KINDS.to_vec() chosen=studio.kind />
            <ToolButton
                label="Undo"
                idle=lines.is_fresh()
                on_press=Callback::new(move |()| undo(false))
            />
            <ToolButton
                label="Clear"
                idle=Signal::derive(move || studio.lines.with(|lines| lines.text().is_empty()))
                on_press=Callback::new(move |()| lines.edit(String::new()))
            />
        </div>
        <DraftField
            label="URL that answered"
            id="cookie-url"
            text=Signal::derive(move || url.text())
            on_edit=Callback::new(move |text| url.edit(text))
            on_undo=url.on_undo()
        />
        <NoUrl known=Signal::derive(move || studio.set_by().is_some()) />
        <div class="picks">
            <Pick
                label="Asked for by"
                names=INITIATORS.map(wording::initiator_word).to_vec()
                chosen=studio.set_for
            />
        </div>
    }
}

/// What is said where a URL can't be read.
#[component]
pub(super) fn NoUrl(
    /// Whether it can.
    known: Signal<bool>,
) -> impl IntoView {
    view! {
        <p class="trouble note" role="status">
            {move || (!known.get()).then(|| view! { <Prose text=cookie_studio::NO_URL /> })}
        </p>
    }
}
