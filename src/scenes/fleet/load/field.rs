//! A number of the settings. What makes no sense stays as typed, and says why.

use leptos::prelude::*;

use crate::components::Prose;
use crate::scenes::controls::select;
use crate::state::fleet::load::{Field, FieldTrouble, LoadForm, Part, TimeOf};
use crate::wording::load;

/// How the kinds of distributions are called, in their order.
const KIND_NAMES: [&str; 4] = ["constant", "exponential", "uniform", "log-normal"];

/// A field with its label, its unit, and what is wrong with it.
pub(super) fn field(
    form: LoadForm,
    field: Field,
    id: String,
    label: &'static str,
    unit: &'static str,
) -> AnyView {
    let trouble = move || form.trouble(field);
    let described = format!("{id}-note");
    view! {
        <div class="number-field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="mono"
                aria-describedby=described.clone()
                aria-invalid=move || trouble().is_some().to_string()
                prop:value=move || form.shown(field)
                on:input:target=move |event| form.type_in(field, &event.target().value())
                on:blur=move |_| form.leave(field)
            />
            <span class="words">{unit}</span>
            <p class="note trouble" id=described>
                {move || trouble().map(|trouble| view! { <Prose text=said(field, trouble) /> })}
            </p>
        </div>
    }
    .into_any()
}

/// A number beside others of its line. Whoever reads it says what is wrong with it.
pub(super) fn short_field(
    id: &'static str,
    label: &'static str,
    unit: &'static str,
    text: RwSignal<String>,
) -> AnyView {
    view! {
        <span class="pick">
            <label for=id>{label}</label>
            " "
            <input
                id=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="mono short"
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            />
            " "
            {unit}
        </span>
    }
    .into_any()
}

fn said(field: Field, trouble: FieldTrouble) -> String {
    match trouble {
        FieldTrouble::NoNumber => {
            let kind = if is_whole(field) {
                "a whole number"
            } else {
                "a number"
            };
            format!("Not used: it takes {kind}.")
        }
        FieldTrouble::NoSense(problem) => format!("Not used. {}", load::problem(problem)),
    }
}

const fn is_whole(field: Field) -> bool {
    matches!(
        field,
        Field::Seed
            | Field::Requests
            | Field::WarmUp
            | Field::Users
            | Field::Servers
            | Field::WaitingPlaces
            | Field::Connections
    )
}

/// A time: the kind of its distribution, and its one or two numbers.
pub(super) fn time_fields(
    form: LoadForm,
    of: TimeOf,
    id: &'static str,
    legend: &'static str,
    unit: &'static str,
) -> AnyView {
    let kind = Memo::new(move |_| form.kind(of).unwrap_or_default());
    let names = KIND_NAMES.map(str::to_owned).to_vec();
    let numbers = move || {
        let one = |part, name, label, unit| {
            field(
                form,
                Field::Time(of, part),
                format!("{id}-{name}"),
                label,
                unit,
            )
        };
        match kind.get() {
            2 => vec![
                one(Part::First, "from", "Shortest", unit),
                one(Part::Second, "to", "Longest", unit),
            ],
            3 => vec![
                one(Part::First, "mean", "Mean", unit),
                one(Part::Second, "variation", "Variation", "times the mean"),
            ],
            _ => vec![one(Part::First, "mean", "Mean", unit)],
        }
    };
    view! {
        <fieldset class="axis">
            <legend>{legend}</legend>
            {select(
                format!("{id}-kind"),
                "Distribution",
                names,
                kind.into(),
                Callback::new(move |place| form.choose_kind(of, place)),
            )}
            {numbers}
        </fieldset>
    }
    .into_any()
}
