//! What came of an errand, in one sentence.

use protocol::{
    Check, Credential, Exchange, Fact, Outcome as StepOutcome, Rejection, Revocation, Storing,
    Timestamp,
};

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
    pub(crate) fn of_preview(preview: Result<Exchange, String>) -> Self {
        match preview {
            Ok(exchange) => of_exchange(&exchange),
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

/// What came of an errand.
pub(crate) fn verdict(recorded: &Recorded) -> Verdict {
    match &recorded.outcome {
        Outcome::NoAnswer { reason } => Verdict {
            tone: Tone::Silent,
            status: String::from("no answer"),
            sentence: reason.clone(),
        },
        Outcome::Answered { exchange, .. } => of_exchange(exchange),
    }
}

fn of_exchange(exchange: &Exchange) -> Verdict {
    let status = exchange
        .response
        .as_ref()
        .map(|response| format!("{} {}", response.status, response.reason()))
        .unwrap_or_default();
    match exchange.rejection() {
        Some(reason) => Verdict {
            tone: Tone::Refused,
            status,
            sentence: refused(reason, exchange),
        },
        None => Verdict {
            tone: Tone::Accepted,
            status,
            sentence: accepted(exchange),
        },
    }
}

fn refused(reason: &Rejection, exchange: &Exchange) -> String {
    let sentence = rejection(reason);
    match reason {
        // Whoever is signed in was asked for the password alone.
        Rejection::CredentialsWrong if exchange.path != "/login" => {
            String::from("The password is wrong, so nothing was ended.")
        }
        Rejection::SessionUnknown { .. } => match lives_in(exchange) {
            Some(server) => format!(
                "{sentence} A ticket is good only where it is written down: in server {server}’s memory."
            ),
            None => format!("{sentence} A ticket is worthless once the server forgets it."),
        },
        _ => sentence,
    }
}

/// In which other server's memory the observer found the session.
fn lives_in(exchange: &Exchange) -> Option<u32> {
    exchange.steps.iter().find_map(|step| match step.outcome {
        StepOutcome::Noted(Fact::SessionIn { server }) => Some(server),
        _ => None,
    })
}

fn accepted(exchange: &Exchange) -> String {
    let facts = || {
        exchange
            .steps
            .iter()
            .rev()
            .filter_map(|step| match &step.outcome {
                StepOutcome::Passed(fact) | StepOutcome::Noted(fact) => Some((step.check, fact)),
                StepOutcome::Failed(_) | StepOutcome::NotReached => None,
            })
    };
    let has = |wanted: fn(&Fact) -> bool| facts().any(|(_, fact)| wanted(fact));
    // Lifetimes are whole seconds, from the second on in which they begin.
    let at = Timestamp::from_seconds(exchange.at.seconds());
    let lasts = |until| time::duration(at, until);
    facts()
        .find_map(|(check, fact)| match fact {
            Fact::User { id, .. } if exchange.path != "/refresh" => Some(known(*id, exchange)),
            Fact::SessionEnded { .. } if check == Check::SessionsEnded => Some(String::from(
                "That session is ended: whoever has its ID is refused from now on.",
            )),
            Fact::SessionsEnded(count) => {
                Some(format!("Ended: {}.", time::counted(*count, "other session")))
            }
            Fact::SessionCreated { .. } if exchange.scheme.carrier.is_bearer() => Some(String::from(
                "Signed in: the server keeps a record, page script a reference to it.",
            )),
            Fact::SessionCreated { .. } => Some(String::from(
                "Signed in: the server keeps a record, the browser a reference to it.",
            )),
            Fact::TokenIssued { expires, .. } => Some(issued(
                &lasts(*expires),
                exchange.scheme.revocation,
                has(|fact| matches!(fact, Fact::RefreshTokenRotated { .. })),
                has(|fact| matches!(fact, Fact::RefreshTokenIssued { .. })),
            )),
            Fact::SessionEnded { .. } if check == Check::SessionEnded => Some(String::from(
                "Signed out: the session is gone, for whoever has its ID.",
            )),
            Fact::TokenDenied { until, .. } => Some(format!(
                "Signed out: the token is refused for the {} that it would have worked, for whoever has a copy.",
                lasts(*until)
            )),
            Fact::TokenVersionRaised { .. } => Some(String::from(
                "Signed out: every token of this user is refused, on all devices.",
            )),
            Fact::TokenOutlives { until }
                if has(|fact| matches!(fact, Fact::RefreshFamilyEnded { .. })) =>
            {
                Some(format!(
                    "Signed out: no refresh token brings another token, but a copy of this one still works for {}. ASVS 7.4.1 is not met.",
                    lasts(*until)
                ))
            }
            Fact::TokenOutlives { until } => Some(format!(
                "Signed out here only: a copy of the token still works for {}. ASVS 7.4.1 is not met.",
                lasts(*until)
            )),
            _ => None,
        })
        .unwrap_or_else(|| String::from("The server answered."))
}

fn issued(
    lasts: &str,
    revocation: Revocation,
    was_rotated: bool,
    has_refresh_token: bool,
) -> String {
    if was_rotated {
        format!(
            "Refreshed: the browser has a new token that is good for {lasts}, and the next refresh token. The one it came with is used up."
        )
    } else if has_refresh_token {
        format!(
            "Signed in: the browser keeps a token that is good for {lasts}, and a refresh token. The server keeps the refresh token’s hash alone."
        )
    } else if revocation == Revocation::Expiry {
        format!(
            "Signed in: the browser keeps a token that is good for {lasts}, the server keeps nothing."
        )
    } else {
        format!(
            "Signed in: the browser keeps a token that is good for {lasts}, the server no copy of it."
        )
    }
}

fn known(id: u32, exchange: &Exchange) -> String {
    let how = match (exchange.scheme.credential, exchange.scheme.revocation) {
        (Credential::SessionId, _) if was_remembered(exchange) => {
            "It remembered you, and asked nobody."
        }
        (Credential::SessionId, _) => "It looked you up.",
        (_, Revocation::Denylist) => {
            "It took the token’s word, once it had looked at its denylist."
        }
        (_, Revocation::UserVersion) => {
            "It took the token’s word, once it had looked up your version number."
        }
        _ => "It took the token’s word, and asked nobody.",
    };
    format!("“Ah yes, this is user #{id}.” {how}")
}

fn was_remembered(exchange: &Exchange) -> bool {
    exchange.steps.iter().any(|step| {
        matches!(
            step.outcome,
            StepOutcome::Passed(Fact::Session {
                cached_since: Some(_),
                ..
            })
        )
    })
}

#[cfg(test)]
mod tests;
