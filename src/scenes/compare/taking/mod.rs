//! What can be taken along of what happened, and a HAR that someone opens. Here are the buttons; a release build loads what
//! does it when one is first pressed.

mod copies;
mod diagrams;
mod findings;
mod part;
mod saving;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub(super) use self::copies::{Copies, CopiesOpen};
pub(super) use self::diagrams::SaveDiagrams;
use self::part::Part;
use crate::browser::{GivenFile, chosen_file, dropped_file};
use crate::components::{Prose, ToolButton};
use crate::state::taking::OpenedHar;
use crate::state::{PageLife, Playground};
use crate::wording::taking as say;

/// What a press comes to: what there is to say of it.
type Work = LocalBoxFuture<'static, String>;

/// The history as a file, and the file of another.
#[component]
pub(super) fn TakeAlong() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let opened = PageLife::keep(OpenedHar::new);
    let said = RwSignal::new(None::<String>);
    let found = RwSignal::new(None::<Part>);
    let is_empty = Signal::derive(move || playground.history.with(|it| it.last_number() == 0));
    let save = move |work: fn(Part, Playground) -> Work| {
        Callback::new(move |()| with_part(said, move |part| work(part, playground)))
    };
    let take = move |file: Option<GivenFile>| {
        let Some(file) = file else { return };
        spawn_local(async move {
            match part::load().await {
                Ok(part) => {
                    found.try_set(Some(part));
                    (part.look_through)(opened, file);
                }
                Err(_) => opened.said.set(Some(say::NOT_LOADED.to_owned())),
            }
        });
    };
    // What was found before another scene was shown is there at once.
    if opened.found.with_untracked(Option::is_some) {
        spawn_local(async move {
            found.try_set(part::load().await.ok());
        });
    }
    let is_over = RwSignal::new(false);
    view! {
        <div class="take-along">
            <h3>"Take it along"</h3>
            <div class="tools">
                <ToolButton
                    label="Save as HAR"
                    idle=is_empty
                    on_press=save(|part, playground| (part.save_har)(playground, false))
                />
                <ToolButton
                    label="Save as HAR with credentials"
                    idle=is_empty
                    on_press=save(|part, playground| (part.save_har)(playground, true))
                />
                <ToolButton
                    label="Save steps as JSON"
                    idle=is_empty
                    on_press=save(|part, playground| (part.save_steps)(playground))
                />
            </div>
            <p class="note">
                <Prose text=say::SAVING />
            </p>
            {outcome(said)}
            <div
                class="drop"
                class:over=move || is_over.get()
                on:dragover=move |event| {
                    event.prevent_default();
                    is_over.set(true);
                }
                on:dragleave=move |_| is_over.set(false)
                on:drop=move |event| {
                    is_over.set(false);
                    take(dropped_file(&event));
                }
            >
                <label for="open-har">"Open a HAR"</label>
                " "
                <input
                    id="open-har"
                    type="file"
                    accept=".har,.json"
                    on:change:target=move |event| take(chosen_file(&event.target()))
                />
                <Show when=move || opened.is_reading.get()>
                    <ToolButton
                        label="Stop reading"
                        on_press=Callback::new(move |()| opened.stop())
                    />
                </Show>
            </div>
            <p class="note">
                <Prose text=say::OPENING />
            </p>
            {outcome(opened.said)}
            {move || {
                let part = found.get()?;
                opened.found.with(Option::is_some).then(|| (part.findings)(playground, opened))
            }}
        </div>
    }
}

/// Loads the part, and says what its work came to.
fn with_part(said: RwSignal<Option<String>>, work: impl FnOnce(Part) -> Work + 'static) {
    spawn_local(async move {
        let words = match part::load().await {
            Ok(part) => work(part).await,
            Err(_) => say::NOT_LOADED.to_owned(),
        };
        said.try_set(Some(words));
    });
}

/// What came of it.
fn outcome(said: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <p class="note said" role="status">
            {move || said.get().map(|said| view! { <Prose text=said /> })}
        </p>
    }
}
