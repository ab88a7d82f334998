//! Small parts that scenes are made of: sections, choices, number fields, tables. They ask for nothing themselves.

use leptos::prelude::*;
use protocol::Scheme;

use crate::components::{Prose, ToolButton};

/// A section with its heading, whose eyes it uses, and what there is to say of it.
pub(in crate::scenes) fn section(
    id: &'static str,
    title: &'static str,
    eyes: &'static str,
    lead: &'static str,
    content: AnyView,
) -> AnyView {
    view! {
        <section class="store-section" aria-labelledby=id>
            <h2 id=id tabindex="-1">
                {title}
                " "
                <small>{eyes}</small>
            </h2>
            <p class="note">
                <Prose text=lead />
            </p>
            {content}
        </section>
    }
    .into_any()
}

/// A note of a sentence.
pub(in crate::scenes) fn note(text: impl Into<String>) -> AnyView {
    let text = text.into();
    view! {
        <p class="note">
            <Prose text=text />
        </p>
    }
    .into_any()
}

/// What was said last, where something was.
pub(in crate::scenes) fn status(said: RwSignal<Option<String>>) -> AnyView {
    view! {
        <p class="note said" role="status">
            {move || said.get().map(|said| view! { <Prose text=said /> })}
        </p>
    }
    .into_any()
}

/// A button.
pub(in crate::scenes) fn button(
    label: &'static str,
    press: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    view! { <ToolButton label=label on_press=Callback::new(move |()| press()) /> }.into_any()
}

/// A button whose name says more than what it shows.
pub(in crate::scenes) fn named_button(
    label: &'static str,
    name: String,
    press: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    view! { <ToolButton label=label name=name on_press=Callback::new(move |()| press()) /> }
        .into_any()
}

/// One of a few, of which some may not be offered.
pub(in crate::scenes) fn radios(
    name: String,
    legend: &'static str,
    labels: Vec<&'static str>,
    chosen: Signal<usize>,
    refused: Signal<Vec<bool>>,
    choose: Callback<usize>,
) -> AnyView {
    let options = labels
        .into_iter()
        .enumerate()
        .map(|(place, label)| {
            let is_refused = move || refused.with(|all| all.get(place).copied().unwrap_or(false));
            view! {
                <label class="option" class:refused=is_refused>
                    <input
                        type="radio"
                        name=name.clone()
                        prop:checked=move || chosen.get() == place
                        disabled=is_refused
                        on:change=move |_| choose.run(place)
                    />
                    <span>
                        <Prose text=label />
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="axis">
            <legend>{legend}</legend>
            {options}
        </fieldset>
    }
    .into_any()
}

/// A list to choose from.
pub(in crate::scenes) fn select(
    id: String,
    label: &'static str,
    names: Vec<String>,
    chosen: Signal<usize>,
    choose: Callback<usize>,
) -> AnyView {
    select_but_last(id, label, names, chosen, choose, false)
}

/// The same, with a last name that says what is, and can't be chosen.
pub(in crate::scenes) fn select_or_own(
    id: String,
    label: &'static str,
    mut names: Vec<String>,
    chosen: Signal<usize>,
    choose: Callback<usize>,
) -> AnyView {
    names.push(String::from("own"));
    select_but_last(id, label, names, chosen, choose, true)
}

fn select_but_last(
    id: String,
    label: &'static str,
    names: Vec<String>,
    chosen: Signal<usize>,
    choose: Callback<usize>,
    last_is_fixed: bool,
) -> AnyView {
    let last = names.len().saturating_sub(1);
    let options = names
        .into_iter()
        .enumerate()
        .map(|(place, name)| {
            view! {
                <option
                    value=place.to_string()
                    disabled=last_is_fixed && place == last
                    prop:selected=move || chosen.get() == place
                >
                    {name}
                </option>
            }
        })
        .collect_view();
    view! {
        <span class="pick">
            <label for=id.clone()>{label}</label>
            " "
            <select
                id=id
                on:change:target=move |event| {
                    choose.run(event.target().value().parse().unwrap_or_default());
                }
            >
                {options}
            </select>
        </span>
    }
    .into_any()
}

/// What a number field of a scheme is about.
pub(in crate::scenes) struct NumberField {
    /// Its element's ID.
    pub(in crate::scenes) id: String,
    /// What it is called.
    pub(in crate::scenes) label: &'static str,
    /// What the number is, in words.
    pub(in crate::scenes) words: Signal<String>,
    /// What there is to say of it.
    pub(in crate::scenes) meaning: Signal<String>,
    /// The number in force, as it is typed.
    pub(in crate::scenes) value: Signal<String>,
    /// What is said where what is typed is none.
    pub(in crate::scenes) problem: String,
    /// The scheme with what is typed, where it makes one.
    pub(in crate::scenes) read: Callback<String, Option<Scheme>>,
    /// What is done with it.
    pub(in crate::scenes) change: Callback<Scheme>,
}

/// A field for a number of a scheme.
pub(in crate::scenes) fn number_field(field: NumberField) -> AnyView {
    let NumberField {
        id,
        label,
        words,
        meaning,
        value,
        problem,
        read,
        change,
    } = field;
    typed_field(TypedField {
        id,
        label,
        words,
        meaning,
        value,
        problem: Callback::new(move |typed: String| {
            read.run(typed).is_none().then(|| problem.clone())
        }),
        take: Callback::new(move |typed: String| {
            if let Some(scheme) = read.run(typed) {
                change.run(scheme);
            }
        }),
    })
}

/// What a field is about that counts once it is left.
pub(in crate::scenes) struct TypedField {
    /// Its element's ID.
    pub(in crate::scenes) id: String,
    /// What it is called.
    pub(in crate::scenes) label: &'static str,
    /// What its text means, in words.
    pub(in crate::scenes) words: Signal<String>,
    /// What there is to say of it.
    pub(in crate::scenes) meaning: Signal<String>,
    /// What is in force, as it is typed.
    pub(in crate::scenes) value: Signal<String>,
    /// What is wrong with what is typed.
    pub(in crate::scenes) problem: Callback<String, Option<String>>,
    /// What is done with it where nothing is.
    pub(in crate::scenes) take: Callback<String>,
}

/// A field that counts once it is left. What can't be taken stays as typed, and is said.
pub(in crate::scenes) fn typed_field(field: TypedField) -> AnyView {
    let TypedField {
        id,
        label,
        words,
        meaning,
        value,
        problem,
        take,
    } = field;
    let typed = RwSignal::new(None::<String>);
    let wrong = Signal::derive(move || typed.get().and_then(|typed| problem.run(typed)));
    let is_bad = move || wrong.with(Option::is_some);
    let commit = move || {
        if let Some(text) = typed.get_untracked()
            && !untrack(is_bad)
        {
            typed.set(None);
            take.run(text);
        }
    };
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
                aria-invalid=move || is_bad().to_string()
                prop:value=move || typed.get().unwrap_or_else(|| value.get())
                on:input:target=move |event| typed.set(Some(event.target().value()))
                on:change=move |_| commit()
            />
            <span class="words">{words}</span>
            <p class="note" class:trouble=is_bad id=described>
                {move || {
                    let said = wrong.get().unwrap_or_else(|| meaning.get());
                    view! { <Prose text=said /> }
                }}
            </p>
        </div>
    }
    .into_any()
}

/// A row of a table.
pub(in crate::scenes) struct Line {
    /// How it is marked, if it is: a class, and the word for it.
    pub(in crate::scenes) mark: Option<(&'static str, &'static str)>,
    /// Its cells.
    pub(in crate::scenes) cells: Vec<AnyView>,
}

/// A row that is not marked.
pub(in crate::scenes) const fn line(cells: Vec<AnyView>) -> Line {
    Line { mark: None, cells }
}

/// A table that scrolls by itself where it is too wide.
pub(in crate::scenes) fn table(caption: String, columns: Vec<String>, lines: Vec<Line>) -> AnyView {
    let head = columns
        .into_iter()
        .map(|name| view! { <th scope="col">{name}</th> }.into_any());
    with_head(caption, head.collect(), lines)
}

/// The same of data: the columns are called so in every language.
pub(in crate::scenes) fn data_table(
    caption: String,
    columns: Vec<String>,
    lines: Vec<Line>,
) -> AnyView {
    let head = columns.into_iter().map(|name| {
        view! {
            <th scope="col" translate="no">
                {name}
            </th>
        }
        .into_any()
    });
    with_head(caption, head.collect(), lines)
}

fn with_head(caption: String, head: Vec<AnyView>, lines: Vec<Line>) -> AnyView {
    let name = caption.clone();
    let rows: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let (class, word) = line.mark.unwrap_or_default();
            let mut word = (!word.is_empty()).then_some(word);
            let cells: Vec<_> = line
                .cells
                .into_iter()
                .map(|cell| {
                    let tag = word.take();
                    view! {
                        <td>
                            {tag.map(|word| view! { <span class="tag">{word}" "</span> })} {cell}
                        </td>
                    }
                })
                .collect();
            view! { <tr class=class>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="wide-table" role="region" tabindex="0" aria-label=name>
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Columns by their names.
pub(in crate::scenes) fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A cell that holds a text.
pub(in crate::scenes) fn text(text: impl Into<String>) -> AnyView {
    text.into().into_any()
}

/// A cell that holds machine text.
pub(in crate::scenes) fn code(text: impl Into<String>) -> AnyView {
    view! { <span class="mono">{text.into()}</span> }.into_any()
}

/// A cell that holds a short value, as it is.
pub(in crate::scenes) fn value(text: String) -> AnyView {
    view! { <span translate="no">{text}</span> }.into_any()
}

/// A cell that holds data, as it is.
pub(in crate::scenes) fn data(text: String) -> AnyView {
    view! {
        <span class="wrapped" translate="no">
            {text}
        </span>
    }
    .into_any()
}

/// A cell that holds a longer text.
pub(in crate::scenes) fn wrapped(text: String) -> AnyView {
    view! { <span class="wrapped">{text}</span> }.into_any()
}
