//! A token that was sent, and whether the server said of it what the studio said.

use std::mem::discriminant;
use std::sync::Arc;

use protocol::{Check, Exchange, Inspection, Outcome, Rejection, TokenOutcome, TokenRejection};

use super::record::Recorded;

/// A token that was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent {
    /// The token.
    pub(crate) token: String,
    /// What the studio said of it at that moment; `None` where the worker did not answer.
    pub(crate) judged: Option<Inspection>,
    /// Whether that was said under terms other than the server's.
    pub(crate) own_terms: bool,
    /// What came of it.
    pub(crate) recorded: Arc<Recorded>,
}

/// How two verdicts stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// The same check decided, for the same reason, or all of them held.
    Agree,
    /// They don't.
    Differ,
    /// The server never looked at the token.
    NotAsked,
}

impl Sent {
    /// Whether studio and server agree.
    pub(crate) fn agreement(&self) -> Agreement {
        match (self.recorded.exchange(), &self.judged) {
            (Some(exchange), Some(judged)) => agreement(exchange, judged, self.own_terms),
            _ => Agreement::NotAsked,
        }
    }
}

fn agreement(exchange: &Exchange, judged: &Inspection, own_terms: bool) -> Agreement {
    let mut asked = false;
    let servers = exchange.steps.iter().find_map(|step| {
        let Check::Token(_) = step.check else {
            return None;
        };
        asked |= step.outcome != Outcome::NotReached;
        match &step.outcome {
            Outcome::Failed(Rejection::Token(reason)) => Some(reason),
            _ => None,
        }
    });
    if !asked {
        Agreement::NotAsked
    } else if is_same(servers, refusal(judged), own_terms) {
        Agreement::Agree
    } else {
        Agreement::Differ
    }
}

/// Why the verifier refused it, if it did.
pub(crate) fn refusal(judged: &Inspection) -> Option<&TokenRejection> {
    judged.checks.iter().find_map(|step| match &step.outcome {
        TokenOutcome::Failed(reason) => Some(reason),
        _ => None,
    })
}

/// Between the two questions the clock goes on: of a moment that has passed or not, the moment alone is compared. Under
/// terms of one's own another key computes another signature: there the reason alone counts.
fn is_same(
    server: Option<&TokenRejection>,
    studio: Option<&TokenRejection>,
    own_terms: bool,
) -> bool {
    match (server, studio) {
        (Some(server), Some(studio)) if own_terms => discriminant(server) == discriminant(studio),
        (
            Some(TokenRejection::Expired { at, .. }),
            Some(TokenRejection::Expired { at: other, .. }),
        ) => at == other,
        (
            Some(TokenRejection::NotYetValid { from, .. }),
            Some(TokenRejection::NotYetValid { from: other, .. }),
        ) => from == other,
        _ => server == studio,
    }
}

#[cfg(test)]
mod tests {
    use protocol::{
        Cost, KeyReport, Lane, Party, Presented, Step, Timestamp, TokenCheck, TokenStep,
    };

    use super::*;
    use crate::state::sample::answered;

    fn expired(now: i64) -> TokenRejection {
        TokenRejection::Expired {
            at: Timestamp::from_seconds(5),
            now: Timestamp::from_seconds(now),
        }
    }

    #[test]
    fn verdicts_agree_where_the_same_check_decided() {
        use Agreement::{Agree, Differ, NotAsked};
        let refused = |reason| Outcome::Failed(Rejection::Token(reason));
        let failed = TokenOutcome::Failed;
        let held = || Outcome::Passed(protocol::Fact::Done);
        let mismatch = |computed: &str| TokenRejection::SignatureMismatch {
            given: String::from("given"),
            computed: Some(computed.to_owned()),
        };
        for (server, studio, own_terms, expected) in [
            (refused(expired(9)), failed(expired(8)), false, Agree),
            (held(), TokenOutcome::LeftOut, true, Agree),
            (refused(mismatch("a")), failed(mismatch("a")), false, Agree),
            (refused(mismatch("a")), failed(mismatch("b")), false, Differ),
            (refused(mismatch("a")), failed(mismatch("b")), true, Agree),
            (
                refused(TokenRejection::AlgorithmNone),
                failed(expired(9)),
                true,
                Differ,
            ),
            (held(), failed(expired(9)), false, Differ),
            (refused(expired(9)), TokenOutcome::LeftOut, true, Differ),
            (Outcome::NotReached, failed(expired(9)), false, NotAsked),
        ] {
            let mut recorded = answered(Lane::B, "/me", 401, Presented::FromBrowser);
            let inner = Arc::get_mut(&mut recorded).expect("it is ours alone");
            if let crate::state::Outcome::Answered { exchange, .. } = &mut inner.outcome {
                exchange.steps = vec![Step {
                    party: Party::Server(1),
                    check: Check::Token(TokenCheck::Expiry),
                    outcome: server.clone(),
                    cost: Cost::default(),
                }];
            }
            let judged = Inspection {
                checks: vec![TokenStep {
                    check: TokenCheck::Expiry,
                    outcome: studio.clone(),
                }],
                header: None,
                payload: None,
                key: KeyReport::default(),
            };
            let sent = Sent {
                token: String::new(),
                judged: Some(judged),
                own_terms,
                recorded,
            };
            assert_eq!(sent.agreement(), expected, "{server:?}, {studio:?}");
        }
    }
}
