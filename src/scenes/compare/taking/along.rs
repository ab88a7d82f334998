//! The history as a file, and the file of another.

use leptos::prelude::*;

use super::saving::{save_har, save_steps, say_what_comes};
use super::{Work, findings};
use crate::browser::{GivenFile, chosen_file, dropped_file};
use crate::components::{Prose, ToolButton};
use crate::scenes::controls::status;
use crate::state::taking::OpenedHar;
use crate::state::{PageLife, Playground};
use crate::wording::taking as say;

/// The buttons, and what was found.
pub(super) fn along(playground: Playground) -> AnyView {
    let opened = PageLife::keep(OpenedHar::new);
    let said = RwSignal::new(None::<String>);
    let is_empty = Signal::derive(move || playground.history.with(|it| it.last_number() == 0));
    let save = move |work: fn(Playground) -> Work| {
        Callback::new(move |()| say_what_comes(said, work(playground)))
    };
    let take = move |file: Option<GivenFile>| {
        if let Some(file) = file {
            opened.look_through(file);
        }
    };
    let is_over = RwSignal::new(false);
    view! {
        <div class="along">
            <div class="tools">
                <ToolButton
                    label="Save as HAR"
                    idle=is_empty
                    on_press=save(|playground| save_har(playground, false))
                />
                <ToolButton
                    label="Save as HAR with credentials"
                    idle=is_empty
                    on_press=save(|playground| save_har(playground, true))
                />
                <ToolButton
                    label="Save steps as JSON"
                    idle=is_empty
                    on_press=save(save_steps)
                />
            </div>
            <p class="note">
                <Prose text=say::SAVING />
            </p>
            {status(said)}
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
            <p class="note said" class:trouble=move || opened.is_refused.get() role="status">
                {move || opened.said.get().map(|said| view! { <Prose text=said /> })}
            </p>
            {move || {
                opened.found.with(Option::is_some).then(|| findings::view(playground, opened))
            }}
        </div>
    }
    .into_any()
}
