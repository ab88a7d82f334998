//! What a line of the list says of its step, as text. It never decides where it stands.

use protocol::{
    Calibration, Check, Outcome, Step, StoreOperation, StorePlace, TokenCheck, TokenOutcome,
    TokenStep,
};

use crate::components::step_time;
use crate::wording;

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Passed,
    Noted,
    Failed,
    NotReached,
    LeftOut,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// How the step went.
    pub(super) mark: Mark,
    /// Whether it is a check of form: each request passes those unless it is broken.
    pub(super) is_of_form: bool,
    /// What happened.
    pub(super) sentence: String,
    /// The values in it.
    pub(super) detail: Option<String>,
    /// Statements that ran for it, and what was counted of each.
    pub(super) operations: Vec<(String, String)>,
    /// Who did it, and where that is specified.
    pub(super) source: String,
    /// How long it took.
    pub(super) cost: Option<String>,
}

/// The lines of these steps. No time below the grain can be told; `calibration` is what single operations cost here,
/// once that was measured.
pub(crate) fn lines(
    steps: &[Step],
    grain_microseconds: f64,
    calibration: Option<&Calibration>,
) -> Vec<Line> {
    steps
        .iter()
        .map(|step| line(step, grain_microseconds, calibration))
        .collect()
}

fn line(step: &Step, grain_microseconds: f64, calibration: Option<&Calibration>) -> Line {
    let said = wording::step(step);
    let mark = mark(step);
    let is_reached = mark != Mark::NotReached;
    let source = if is_reached {
        format!(
            "{} · {}",
            wording::party(step),
            wording::reference(step.check)
        )
    } else {
        String::from("not reached")
    };
    Line {
        mark,
        is_of_form: is_of_form(step.check),
        sentence: said.sentence,
        detail: said.detail,
        operations: step.cost.store.iter().map(operation).collect(),
        source,
        cost: cost(step, grain_microseconds, calibration).filter(|_| is_reached),
    }
}

/// The lines of a token's checks alone, none of them folded. `by_server` is whether the terms are the server's.
pub(crate) fn token_lines(steps: &[TokenStep], by_server: bool) -> Vec<Line> {
    steps
        .iter()
        .map(|step| {
            let said = wording::verifier_step(step, by_server);
            Line {
                mark: match step.outcome {
                    TokenOutcome::Passed(_) => Mark::Passed,
                    TokenOutcome::Failed(_) => Mark::Failed,
                    TokenOutcome::NotReached => Mark::NotReached,
                    TokenOutcome::LeftOut => Mark::LeftOut,
                },
                is_of_form: false,
                sentence: said.sentence,
                detail: said.detail,
                operations: Vec::new(),
                source: wording::token_source(step),
                cost: None,
            }
        })
        .collect()
}

fn operation(operation: &StoreOperation) -> (String, String) {
    let rows = wording::counted(operation.rows, "row");
    match operation.place {
        StorePlace::Database => {}
        StorePlace::ServerMemory => {
            return (
                operation.statement.clone(),
                format!("{rows} · in the server’s memory, counted"),
            );
        }
        StorePlace::SessionCache => {
            return (
                operation.statement.clone(),
                String::from("in what the server remembers: no store was asked"),
            );
        }
    }
    let counted = format!(
        "{rows} · {} full-scan steps · {} VM steps, counted by SQLite",
        operation.full_scan_steps, operation.vm_steps
    );
    (operation.statement.clone(), counted)
}

/// A step's time: calibrated where that operation was, else measured where the timer can tell.
fn cost(step: &Step, grain_microseconds: f64, calibration: Option<&Calibration>) -> Option<String> {
    if step.cost.network_milliseconds > 0.0 {
        return Some(format!(
            "{} modelled",
            wording::milliseconds(step.cost.network_milliseconds)
        ));
    }
    if let Some(calibrated) = step_time::calibrated(step, calibration) {
        return Some(format!(
            "{} calibrated",
            wording::microseconds(calibrated.microseconds, 0.0)
        ));
    }
    (step.cost.microseconds > 0.0 && step.cost.microseconds >= grain_microseconds).then(|| {
        format!(
            "{} measured",
            wording::microseconds(step.cost.microseconds, grain_microseconds)
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

const fn is_of_form(check: Check) -> bool {
    matches!(
        check,
        Check::RequestTravelled
            | Check::SizeLimited
            | Check::RouteFound
            | Check::BodyRead
            | Check::SessionIdWellFormed
            | Check::RefreshTokenWellFormed
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
