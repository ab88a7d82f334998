//! What the editors do with a draft: each change goes into it, and each field reads it.

use leptos::prelude::*;

use crate::state::Draft;

/// A draft as editors use it. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(super) struct DraftSignal(pub(super) RwSignal<Draft>);

impl DraftSignal {
    /// The text. Tracked where the caller tracks.
    pub(super) fn text(self) -> String {
        self.0.with(|draft| draft.text().to_owned())
    }

    /// Changes the text.
    pub(super) fn edit(self, text: String) {
        self.0.update(|draft| draft.edit(text));
    }

    /// Whether it is another than the browser's. Tracked where the caller tracks.
    pub(super) fn is_edited(self) -> bool {
        self.0.with(Draft::is_edited)
    }

    /// Takes a change back (`false`), or makes it again (`true`).
    pub(super) fn on_undo(self) -> Callback<bool> {
        Callback::new(move |redo: bool| {
            self.0
                .update(|draft| if redo { draft.redo() } else { draft.undo() });
        })
    }

    /// Whether there is nothing to put into the browser.
    pub(super) fn is_held(self) -> Signal<bool> {
        Signal::derive(move || !self.is_edited())
    }

    /// Whether there is nothing to take back.
    pub(super) fn is_fresh(self) -> Signal<bool> {
        Signal::derive(move || self.0.with(|draft| !draft.can_undo()))
    }
}
