//! The steps of an exchange, in order. Checks of form that held are folded: they matter when they fail.

use leptos::prelude::*;
use protocol::{CalibratedCost, Calibration, Check, Outcome, Step, StoreOperation, TokenCheck};

use super::Prose;
use crate::wording;

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Passed,
    Noted,
    Failed,
    NotReached,
}

/// The steps of an exchange.
#[component]
pub(crate) fn StepList(
    /// The steps.
    steps: Vec<Step>,
    /// The timer's grain in microseconds: no shorter time can be told.
    grain: f64,
    /// What single operations cost here, once that was measured.
    calibration: Option<Calibration>,
) -> impl IntoView {
    let groups = fold(steps);
    view! {
        <ol class="steps">
            {groups
                .into_iter()
                .map(|group| {
                    let calibration = calibration.clone();
                    if group.len() == 1 {
                        group
                            .into_iter()
                            .map(|step| step_line(&step, grain, calibration.as_ref()))
                            .collect_view()
                            .into_any()
                    } else {
                        folded_lines(&group, grain, calibration.as_ref()).into_any()
                    }
                })
                .collect_view()}
        </ol>
    }
}

fn folded_lines(
    group: &[Step],
    grain: f64,
    calibration: Option<&Calibration>,
) -> impl IntoView + use<> {
    let reached = group
        .first()
        .is_some_and(|step| mark(step) != Mark::NotReached);
    let (symbol, class, summary) = if reached {
        ("✓", "fold", format!("{} checks of form held", group.len()))
    } else {
        (
            "–",
            "fold unreached",
            format!("{} checks of form not reached", group.len()),
        )
    };
    let lines: Vec<_> = group
        .iter()
        .map(|step| step_line(step, grain, calibration))
        .collect();
    view! {
        <li class=class>
            <span class="mark" aria-hidden="true">{symbol}</span>
            <details>
                <summary>{summary}</summary>
                <ol class="steps">{lines}</ol>
            </details>
        </li>
    }
}

fn step_line(step: &Step, grain: f64, calibration: Option<&Calibration>) -> impl IntoView + use<> {
    let said = wording::step(step);
    let mark = mark(step);
    let (symbol, class, word) = match mark {
        Mark::Passed => ("✓", "", "held: "),
        Mark::Noted => ("·", "noted", ""),
        Mark::Failed => ("✕", "fail", "refused: "),
        Mark::NotReached => ("–", "unreached", "not reached: "),
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
        <li class=class>
            <span class="mark" aria-hidden="true">{symbol}</span>
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
        </li>
    }
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
    if let Some(calibrated) = calibration.and_then(|all| calibrated(all, step.check)) {
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

const fn calibrated(all: &Calibration, check: Check) -> Option<CalibratedCost> {
    match check {
        Check::SessionIdHashed => Some(all.session_id_hash),
        Check::SessionFound => Some(all.session_lookup),
        Check::Token(TokenCheck::Signature) => Some(all.signature_check),
        _ => None,
    }
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
