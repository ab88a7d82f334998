//! The steps of an exchange, in order. Checks of form that held are folded: they matter when they fail.

use std::ops::Range;

use leptos::prelude::*;
use leptos::{ev, html};
use protocol::{Calibration, Check, Outcome, Step, StoreOperation, TokenCheck};

use super::{ExchangeMarking, Prose, step_time};
use crate::wording;

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Passed,
    Noted,
    Failed,
    NotReached,
}

/// The steps of an exchange. The list is one stop of the tab key; the arrow keys move within it.
#[component]
pub(crate) fn StepList(
    /// The list's ID, by which the diagram refers to it.
    id: String,
    /// Which steps are pointed at.
    marking: ExchangeMarking,
    /// The steps.
    steps: Vec<Step>,
    /// The timer's grain in microseconds: no shorter time can be told.
    grain: f64,
    /// What single operations cost here, once that was measured.
    calibration: Option<Calibration>,
) -> impl IntoView {
    let groups = fold(steps);
    let lines: Vec<NodeRef<html::Li>> = groups.iter().map(|_| NodeRef::new()).collect();
    let places = Places {
        lines: StoredValue::new_local(lines),
        current: RwSignal::new(0),
    };
    let mut next_step = 0;
    let lines: Vec<_> = groups
        .into_iter()
        .enumerate()
        .map(|(place, group)| {
            let first = next_step;
            next_step += group.len();
            let calibration = calibration.as_ref();
            let content = match group.as_slice() {
                [step] => step_content(step, grain, calibration),
                steps => folded_content(places, steps, first, grain, calibration, marking),
            };
            let class = match group.as_slice() {
                [step] => class(mark(step)),
                steps if steps.iter().all(|step| mark(step) == Mark::NotReached) => {
                    "fold unreached"
                }
                _ => "fold",
            };
            places.line(Some(place), class, first..next_step, content, marking)
        })
        .collect();
    view! {
        <ol
            id=id
            class="steps"
            on:keydown=move |event| places.move_by_key(&event)
            on:mouseleave=move |_| marking.leave()
            on:focusout=move |_| marking.leave()
        >
            {lines}
        </ol>
    }
}

/// The lines of a list, of which one at a time can be reached by the tab key.
#[derive(Clone, Copy)]
struct Places {
    lines: StoredValue<Vec<NodeRef<html::Li>>, LocalStorage>,
    current: RwSignal<usize>,
}

impl Places {
    /// A line; one in a fold has no place of its own.
    fn line(
        self,
        place: Option<usize>,
        class: &'static str,
        steps: Range<usize>,
        content: AnyView,
        marking: ExchangeMarking,
    ) -> impl IntoView + use<> {
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

fn folded_content(
    places: Places,
    group: &[Step],
    first: usize,
    grain: f64,
    calibration: Option<&Calibration>,
    marking: ExchangeMarking,
) -> AnyView {
    let reached = group
        .first()
        .is_some_and(|step| mark(step) != Mark::NotReached);
    let (symbol, summary) = if reached {
        ("✓", format!("{} checks of form held", group.len()))
    } else {
        ("–", format!("{} checks of form not reached", group.len()))
    };
    let lines: Vec<_> = group
        .iter()
        .zip(first..)
        .map(|(step, index)| {
            let content = step_content(step, grain, calibration);
            places.line(None, class(mark(step)), index..index + 1, content, marking)
        })
        .collect();
    view! {
        <span class="mark" aria-hidden="true">
            {symbol}
        </span>
        <details>
            <summary>{summary}</summary>
            <ol class="steps">{lines}</ol>
        </details>
    }
    .into_any()
}

const fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Passed => "",
        Mark::Noted => "noted",
        Mark::Failed => "fail",
        Mark::NotReached => "unreached",
    }
}

fn step_content(step: &Step, grain: f64, calibration: Option<&Calibration>) -> AnyView {
    let said = wording::step(step);
    let mark = mark(step);
    let (symbol, word) = match mark {
        Mark::Passed => ("✓", "held: "),
        Mark::Noted => ("·", ""),
        Mark::Failed => ("✕", "refused: "),
        Mark::NotReached => ("–", "not reached: "),
    };
    let source = if mark == Mark::NotReached {
        String::from("not reached")
    } else {
        format!(
            "{} · {}",
            wording::party(step.party),
            wording::reference(step.check)
        )
    };
    let store = step.cost.store.iter().map(operation_lines).collect_view();
    let cost = cost(step, grain, calibration).filter(|_| mark != Mark::NotReached);
    view! {
        <span class="mark" aria-hidden="true">
            {symbol}
        </span>
        <span class="what">
            <span class="visually-hidden">{word}</span>
            <Prose text=said.sentence />
            {said.detail.map(|detail| view! { <span class="detail mono">{detail}</span> })}
            {store}
        </span>
        <span class="aside">
            <span>{source}</span>
            {cost.map(|cost| view! { <span class="cost">{cost}</span> })}
        </span>
    }
    .into_any()
}

fn operation_lines(operation: &StoreOperation) -> impl IntoView + use<> {
    let counted = format!(
        "{} {} · {} full-scan steps · {} VM steps, counted by SQLite",
        operation.rows,
        if operation.rows == 1 { "row" } else { "rows" },
        operation.full_scan_steps,
        operation.vm_steps
    );
    let statement = operation.statement.clone();
    view! {
        <code class="sql">{statement}</code>
        <span class="detail">{counted}</span>
    }
}

/// A step's time: calibrated where that operation was, else measured where the timer can tell.
fn cost(step: &Step, grain: f64, calibration: Option<&Calibration>) -> Option<String> {
    if step.cost.network_milliseconds > 0.0 {
        return Some(format!("{} ms modelled", step.cost.network_milliseconds));
    }
    if let Some(calibrated) = step_time::calibrated(step.check, calibration) {
        return Some(format!(
            "{} calibrated",
            wording::microseconds(calibrated.microseconds, 0.0)
        ));
    }
    (step.cost.microseconds > 0.0 && step.cost.microseconds >= grain).then(|| {
        format!(
            "{} measured",
            wording::microseconds(step.cost.microseconds, grain)
        )
    })
}

const fn mark(step: &Step) -> Mark {
    match step.outcome {
        Outcome::Passed(_) => Mark::Passed,
        Outcome::Noted(_) => Mark::Noted,
        Outcome::Failed(_) => Mark::Failed,
        Outcome::NotReached => Mark::NotReached,
    }
}

/// Checks of form: each request passes them unless it is broken.
const fn is_of_form(check: Check) -> bool {
    matches!(
        check,
        Check::RequestTravelled
            | Check::SizeLimited
            | Check::RouteFound
            | Check::BodyRead
            | Check::SessionIdWellFormed
            | Check::Answered
            | Check::ResponseTravelled
            | Check::Token(
                TokenCheck::Parts
                    | TokenCheck::Base64url
                    | TokenCheck::HeaderJson
                    | TokenCheck::HeaderNamesUnique
                    | TokenCheck::CriticalUnderstood
                    | TokenCheck::KeyFits
                    | TokenCheck::KeyLongEnough
                    | TokenCheck::PayloadJson
                    | TokenCheck::ClaimNamesUnique
                    | TokenCheck::NotBefore
            )
    )
}

/// Neighbours of form that went alike stand together; every other step stands alone.
fn fold(steps: Vec<Step>) -> Vec<Vec<Step>> {
    let mut groups: Vec<Vec<Step>> = Vec::new();
    for step in steps {
        let foldable = is_of_form(step.check) && mark(&step) != Mark::Failed;
        match groups.last_mut() {
            Some(group)
                if foldable
                    && group.first().is_some_and(|first| {
                        is_of_form(first.check) && mark(first) == mark(&step)
                    }) =>
            {
                group.push(step);
            }
            _ => groups.push(vec![step]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use protocol::{Cost, Fact, Party, Rejection};

    use super::*;

    fn step(check: Check, outcome: Outcome) -> Step {
        Step {
            party: Party::Server(1),
            check,
            outcome,
            cost: Cost::default(),
        }
    }

    #[test]
    fn neighbours_of_form_fold_and_a_failure_never_does() {
        let held = || Outcome::Passed(Fact::Done);
        let failed = Outcome::Failed(Rejection::OriginMissing);
        let groups = fold(vec![
            step(Check::SizeLimited, held()),
            step(Check::RouteFound, held()),
            step(Check::BearerFound, held()),
            step(Check::Token(TokenCheck::Parts), held()),
            step(Check::Token(TokenCheck::Base64url), failed),
            step(Check::Token(TokenCheck::HeaderJson), Outcome::NotReached),
            step(
                Check::Token(TokenCheck::HeaderNamesUnique),
                Outcome::NotReached,
            ),
            step(Check::Token(TokenCheck::Signature), Outcome::NotReached),
        ]);
        let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 1, 1, 1, 2, 1]);
    }
}
