//! A text field of the scene.

use leptos::prelude::*;

use crate::components::DraftField;
use crate::state::memo;
use crate::state::{CookieField, CookieStudio};

/// A field.
#[component]
pub(super) fn TextField(
    /// What it holds.
    label: &'static str,
    /// Its element's ID.
    id: &'static str,
    /// Which one it is.
    field: CookieField,
    /// What there is to say of it.
    #[prop(optional, into)]
    note: Signal<Option<&'static str>>,
) -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let text = memo(move || studio.text(field));
    view! {
        <DraftField
            label=label
            id=id
            text=text
            on_edit=Callback::new(move |text: String| studio.edit(&[(field, &text)]))
            on_undo=Callback::new(move |redo| studio.undo(redo))
            note=note
        />
    }
}
