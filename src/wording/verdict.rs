//! What came of an errand, in one sentence.

use protocol::{Check, Credential, Exchange, Fact, Outcome as StepOutcome, Rejection, Storing};

use super::{cookie, rejection, time};
use crate::state::{Outcome, Recorded};

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Well.
    Accepted,
    /// Refused.
    Refused,
    /// No answer.
    Silent,
}

/// What came of an errand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// How it went.
    pub(crate) tone: Tone,
    /// The status code, or what stands for it.
    pub(crate) status: String,
    /// What happened, and why.
    pub(crate) sentence: String,
}

impl Verdict {
    /// No answer, and why.
    pub(crate) const fn silent(reason: String) -> Self {
        Self {
            tone: Tone::Silent,
            status: String::new(),
            sentence: reason,
        }
    }

    /// What a request would meet.
    pub(crate) fn of_preview(preview: Result<Exchange, String>, credential: Credential) -> Self {
        match preview {
            Ok(exchange) => of_exchange(&exchange, credential),
            Err(reason) => Self::silent(reason),
        }
    }

    /// What becomes of a cookie that page script would assign, where it is not stored.
    pub(crate) fn of_script_cookie(storing: &Storing) -> Self {
        Self {
            tone: Tone::Refused,
            status: String::from("not stored"),
            sentence: cookie::storing(storing),
        }
    }
}

/// What came of an errand, in a lane with that credential.
pub(crate) fn verdict(recorded: &Recorded, credential: Credential) -> Verdict {
    match &recorded.outcome {
        Outcome::NoAnswer { reason } => Verdict {
            tone: Tone::Silent,
            status: String::from("no answer"),
            sentence: reason.clone(),
        },
        Outcome::Answered { exchange, .. } => of_exchange(exchange, credential),
    }
}

fn of_exchange(exchange: &Exchange, credential: Credential) -> Verdict {
    let status = exchange
        .response
        .as_ref()
        .map(|response| format!("{} {}", response.status, response.reason()))
        .unwrap_or_default();
    match exchange.rejection() {
        Some(reason) => Verdict {
            tone: Tone::Refused,
            status,
            sentence: refused(reason),
        },
        None => Verdict {
            tone: Tone::Accepted,
            status,
            sentence: accepted(exchange, credential),
        },
    }
}

fn refused(reason: &Rejection) -> String {
    let sentence = rejection(reason);
    match reason {
        Rejection::SessionUnknown { .. } => {
            format!("{sentence} A ticket is worthless once the server forgets it.")
        }
        _ => sentence,
    }
}

fn accepted(exchange: &Exchange, credential: Credential) -> String {
    exchange
        .steps
        .iter()
        .rev()
        .find_map(|step| match (&step.outcome, step.check) {
            (StepOutcome::Passed(Fact::User { id, .. }), _) => Some(known(*id, credential)),
            (StepOutcome::Passed(Fact::SessionCreated { .. }), _) => Some(String::from(
                "Signed in: the server keeps a record, the browser a reference to it.",
            )),
            (StepOutcome::Passed(Fact::TokenIssued { expires, .. }), _) => Some(format!(
                "Signed in: the browser keeps a token that is good for {}, the server keeps nothing.",
                time::duration(exchange.at, *expires)
            )),
            (StepOutcome::Passed(Fact::SessionEnded { .. }), Check::SessionEnded) => {
                Some(String::from("Signed out: the session is gone, for whoever has its ID."))
            }
            (StepOutcome::Noted(Fact::TokenOutlives { until }), _) => Some(format!(
                "Signed out here only: a copy of the token still works for {}. ASVS 7.4.1 is not met.",
                time::duration(exchange.at, *until)
            )),
            _ => None,
        })
        .unwrap_or_else(|| String::from("The server answered."))
}

fn known(id: u32, credential: Credential) -> String {
    match credential {
        Credential::SessionId => format!("“Ah yes, this is user #{id}.” It looked you up."),
        Credential::AccessToken => {
            format!("“Ah yes, this is user #{id}.” It took the token's word, and asked nobody.")
        }
    }
}
