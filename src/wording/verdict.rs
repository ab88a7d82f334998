//! What came of an errand, in one sentence.

use protocol::{
    Check, Credential, Exchange, Fact, Outcome as StepOutcome, Rejection, Revocation, Storing,
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
            sentence: refused(reason),
        },
        None => Verdict {
            tone: Tone::Accepted,
            status,
            sentence: accepted(exchange),
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
    let lasts = |until| time::duration(exchange.at, until);
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

fn issued(lasts: &str, was_rotated: bool, has_refresh_token: bool) -> String {
    if was_rotated {
        format!(
            "Refreshed: the browser has a new token that is good for {lasts}, and the next refresh token. The one it came with is used up."
        )
    } else if has_refresh_token {
        format!(
            "Signed in: the browser keeps a token that is good for {lasts}, and a refresh token. The server keeps the refresh token’s hash alone."
        )
    } else {
        format!(
            "Signed in: the browser keeps a token that is good for {lasts}, the server keeps nothing."
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
            "It took the token's word, once it had looked at its denylist."
        }
        (_, Revocation::UserVersion) => {
            "It took the token's word, once it had looked up your version number."
        }
        _ => "It took the token's word, and asked nobody.",
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
mod tests {
    use protocol::{Cost, Lane, Ledger, Party, Preset, Request, Response, Step, Timestamp};

    use super::*;

    /// An answer under that scheme, with these steps.
    fn answered(preset: Preset, path: &str, facts: Vec<(Check, Fact)>) -> Exchange {
        let step = |(check, fact)| Step {
            party: Party::Server(1),
            check,
            outcome: StepOutcome::Passed(fact),
            cost: Cost::default(),
        };
        Exchange {
            number: 1,
            lane: Lane::B,
            scheme: preset.scheme(),
            at: Timestamp::from_seconds(0),
            path: path.to_owned(),
            request: Request {
                method: String::from("POST"),
                target: path.to_owned(),
                headers: Vec::new(),
                body: String::new(),
            },
            response: Some(Response {
                status: 200,
                headers: Vec::new(),
                body: String::new(),
            }),
            steps: facts.into_iter().map(step).collect(),
            cookies: Vec::new(),
            ledger: Ledger::default(),
        }
    }

    #[test]
    fn what_came_of_it_is_said_as_the_scheme_has_it() {
        let until = Timestamp::from_seconds(300);
        let text = || String::from("5be102c7");
        let user = || {
            let fact = Fact::User {
                id: 42,
                name: text(),
                role: text(),
            };
            (Check::UserIdentified, fact)
        };
        let session = |cached_since| {
            let fact = Fact::Session {
                user: 42,
                created: until,
                last_seen: until,
                cached_since,
            };
            (Check::SessionFound, fact)
        };
        let issued = || {
            let fact = Fact::TokenIssued {
                kid: text(),
                algorithm: text(),
                expires: until,
                bytes: 1,
            };
            (Check::TokenIssued, fact)
        };
        let family = |check, rotated| {
            let (family, token_hash, expires) = (text(), text(), until);
            let fact = if rotated {
                Fact::RefreshTokenRotated {
                    family,
                    token_hash,
                    expires,
                }
            } else {
                Fact::RefreshTokenIssued {
                    family,
                    token_hash,
                    expires,
                }
            };
            (check, fact)
        };
        let ended = |check| {
            let fact = Fact::SessionEnded {
                id_hash: text(),
                was_there: true,
            };
            (check, fact)
        };
        let family_ended = Fact::RefreshFamilyEnded {
            family: text(),
            tokens: 2,
        };
        let outlives = || (Check::TokenOutlivesSignOut, Fact::TokenOutlives { until });
        let denied = Fact::TokenDenied { jti: text(), until };
        for (preset, path, facts, said) in [
            (
                Preset::Stateful,
                "/me",
                vec![session(None), user()],
                "It looked you up.",
            ),
            (
                Preset::Stateful,
                "/me",
                vec![session(Some(until)), user()],
                "It remembered you",
            ),
            (Preset::Stateless, "/me", vec![user()], "asked nobody."),
            (
                Preset::Denylist,
                "/me",
                vec![user()],
                "looked at its denylist.",
            ),
            (
                Preset::UserVersion,
                "/me",
                vec![user()],
                "looked up your version number.",
            ),
            (
                Preset::Stateless,
                "/login",
                vec![issued()],
                "good for 5:00 min, the server keeps nothing.",
            ),
            (
                Preset::Hybrid,
                "/login",
                vec![family(Check::RefreshTokenIssued, false), issued()],
                "and a refresh token.",
            ),
            (
                Preset::Hybrid,
                "/refresh",
                vec![family(Check::RefreshTokenRotated, true), issued()],
                "Refreshed: ",
            ),
            (
                Preset::Hybrid,
                "/logout",
                vec![(Check::RefreshFamilyEnded, family_ended), outlives()],
                "a copy of this one still works for 5:00 min. ASVS 7.4.1 is not met.",
            ),
            (
                Preset::Stateless,
                "/logout",
                vec![outlives()],
                "Signed out here only",
            ),
            (
                Preset::Denylist,
                "/logout",
                vec![(Check::TokenDenied, denied)],
                "refused for the 5:00 min",
            ),
            (
                Preset::UserVersion,
                "/logout",
                vec![(
                    Check::TokenVersionRaised,
                    Fact::TokenVersionRaised { to: 1 },
                )],
                "on all devices.",
            ),
            (
                Preset::Stateful,
                "/logout",
                vec![ended(Check::SessionEnded)],
                "the session is gone",
            ),
            (
                Preset::Stateful,
                "/sessions/end",
                vec![user(), ended(Check::SessionsEnded)],
                "That session is ended",
            ),
            (
                Preset::Stateful,
                "/sessions/end-others",
                vec![user(), (Check::SessionsEnded, Fact::SessionsEnded(2))],
                "Ended: 2 other sessions.",
            ),
        ] {
            let verdict = of_exchange(&answered(preset, path, facts));
            assert_eq!(verdict.tone, Tone::Accepted);
            assert!(
                verdict.sentence.contains(said),
                "{said}: {}",
                verdict.sentence
            );
        }
    }
}
