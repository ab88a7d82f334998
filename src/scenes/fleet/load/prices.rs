//! The price list, in the open.

use leptos::prelude::*;

use super::field::field;
use crate::scenes::controls::note;
use crate::state::fleet::load::{Field, LoadForm};

/// The list.
pub(super) fn prices(form: LoadForm) -> AnyView {
    let one =
        |of, id: &'static str, label, unit| field(form, of, format!("load-{id}"), label, unit);
    view! {
        <fieldset class="axis">
            <legend>"Prices (modelled)"</legend>
            {one(Field::ServerMonth, "server-month", "A server", "$ a month")}
            {one(Field::StoreMonth, "store-month", "The store", "$ a month, where a lane asks it")}
            {one(
                Field::MillionOperations,
                "million-operations",
                "A million operations",
                "$ on the store",
            )}
            {one(Field::Gigabyte, "gigabyte", "A gigabyte", "$ of credentials sent")}
            {note(
                "Round figures of the size that providers charge for a small server, a small managed Redis and traffic. Put in your own.",
            )}
        </fieldset>
    }
    .into_any()
}
