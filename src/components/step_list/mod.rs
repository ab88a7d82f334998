//! The steps of an exchange, in order. Checks of form that held are folded: they matter when they fail.

mod line;
mod shape;

use std::ops::Range;

use leptos::prelude::*;
use leptos::{ev, html};

use self::line::Mark;
use self::shape::{Group, shape};
use super::{Marking, Prose};

use self::line::Line;
use crate::state::memo;

pub(crate) use self::line::{lines, token_lines};

/// The steps of what a lane shows. The list is one stop of the tab key; the arrow keys move within it.
#[component]
pub(crate) fn StepList(
    /// The list's ID, by which the diagram refers to it.
    id: String,
    /// Which steps are pointed at.
    marking: Marking,
    /// A line for each step.
    lines: Memo<Vec<Line>>,
) -> impl IntoView {
    let groups = memo(move || lines.with(|lines| shape(lines)));
    let places = Places {
        lines: StoredValue::new_local(Vec::new()),
        current: RwSignal::new(0),
    };
    let list = move || {
        on_cleanup(move || marking.leave());
        groups.with(|groups| {
            places.renew(groups.len());
            groups
                .iter()
                .enumerate()
                .map(|(place, group)| group_view(group, place, places, lines, marking))
                .collect_view()
        })
    };
    view! {
        <ol
            id=id
            class="steps"
            on:keydown=move |event| places.move_by_key(&event)
            on:mouseleave=move |_| marking.leave()
            on:focusout=move |_| marking.leave()
        >
            {list}
        </ol>
    }
}

fn group_view(
    group: &Group,
    place: usize,
    places: Places,
    lines: Memo<Vec<Line>>,
    marking: Marking,
) -> AnyView {
    let (class, content) = match group.marks.as_slice() {
        [mark] => (class(*mark), line_content(*mark, group.steps.start, lines)),
        [Mark::NotReached, ..] => ("fold unreached", folded(group, places, lines, marking)),
        _ => ("fold", folded(group, places, lines, marking)),
    };
    places.line(Some(place), class, group.steps.clone(), content, marking)
}

/// The lines of a list, of which one at a time can be reached by the tab key.
#[derive(Clone, Copy)]
struct Places {
    lines: StoredValue<Vec<NodeRef<html::Li>>, LocalStorage>,
    current: RwSignal<usize>,
}

impl Places {
    /// The list has this many places now.
    fn renew(self, count: usize) {
        self.lines
            .set_value((0..count).map(|_| NodeRef::new()).collect());
        if self.current.get_untracked() >= count {
            self.current.set(0);
        }
    }

    /// A line; one in a fold has no place of its own.
    fn line(
        self,
        place: Option<usize>,
        class: &'static str,
        steps: Range<usize>,
        content: AnyView,
        marking: Marking,
    ) -> AnyView {
        let node = place.and_then(|place| self.lines.with_value(|lines| lines.get(place).copied()));
        let tab_index = move || {
            if place == Some(self.current.get()) {
                "0"
            } else {
                "-1"
            }
        };
        let focused = steps.clone();
        let pointed = steps.clone();
        view! {
            <li
                node_ref=node.unwrap_or_default()
                class=class
                class:marked=move || marking.marks(&steps)
                tabindex=tab_index
                on:mouseenter=move |_| marking.point(pointed.clone())
                on:focusin=move |_| {
                    if let Some(place) = place {
                        self.current.set(place);
                    }
                    marking.point(focused.clone());
                }
            >
                {content}
            </li>
        }
        .into_any()
    }

    fn move_by_key(self, event: &ev::KeyboardEvent) {
        let last = self.lines.with_value(Vec::len).saturating_sub(1);
        let current = self.current.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" => (current + 1).min(last),
            "ArrowUp" => current.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(line) = self
            .lines
            .with_value(|lines| lines.get(next)?.get_untracked())
        {
            let _ = line.focus();
        }
    }
}

fn folded(group: &Group, places: Places, lines: Memo<Vec<Line>>, marking: Marking) -> AnyView {
    let (symbol, ending) = match group.marks.first() {
        Some(Mark::NotReached) => ("–", " checks of form not reached"),
        _ => ("✓", " checks of form held"),
    };
    let inner: Vec<_> = group
        .marks
        .iter()
        .zip(group.steps.clone())
        .map(|(mark, index)| {
            let content = line_content(*mark, index, lines);
            places.line(None, class(*mark), index..index + 1, content, marking)
        })
        .collect();
    view! {
        <span class="mark" aria-hidden="true">
            {symbol}
        </span>
        <details>
            <summary>{group.marks.len()} {ending}</summary>
            <ol class="steps">{inner}</ol>
        </details>
    }
    .into_any()
}

const fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Passed => "",
        Mark::Noted => "noted",
        Mark::Failed => "fail",
        Mark::NotReached | Mark::LeftOut => "unreached",
    }
}

/// What a line says, now and after it changes.
fn line_content(mark: Mark, index: usize, lines: Memo<Vec<Line>>) -> AnyView {
    let (symbol, word) = match mark {
        Mark::Passed => ("✓", "held: "),
        Mark::Noted => ("·", ""),
        Mark::Failed => ("✕", "refused: "),
        Mark::NotReached => ("–", "not reached: "),
        Mark::LeftOut => ("○", "left out: "),
    };
    // Each text has a memo of its own: most stay the same from one request to the next.
    let text = move |read: fn(&Line) -> Option<&String>| {
        memo(move || lines.with(|lines| lines.get(index).and_then(read).cloned()))
    };
    let sentence = text(|line| Some(&line.sentence));
    let detail = text(|line| line.detail.as_ref());
    let source = text(|line| Some(&line.source));
    let cost = text(|line| line.cost.as_ref());
    let operations = memo(move || {
        lines.with(|lines| {
            lines
                .get(index)
                .map(|line| line.operations.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <span class="mark" aria-hidden="true">
            {symbol}
        </span>
        <span class="what">
            <span class="visually-hidden">{word}</span>
            {move || view! { <Prose text=sentence.get().unwrap_or_default() /> }}
            {move || detail.get().map(|detail| view! { <span class="detail mono">{detail}</span> })}
            {move || {
                operations
                    .get()
                    .into_iter()
                    .map(|(statement, counted)| {
                        view! {
                            <code class="sql">{statement}</code>
                            <span class="detail">{counted}</span>
                        }
                    })
                    .collect_view()
            }}
        </span>
        <span class="aside">
            <span>{source}</span>
            {move || cost.get().map(|cost| view! { <span class="cost">{cost}</span> })}
        </span>
    }
    .into_any()
}
