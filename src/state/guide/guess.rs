//! What someone foresees before a request is sent: the status and the reason, lane by lane. It is held against what came,
//! and never against what was meant.

use super::outcome::{Came, Ending};
use super::reason::Reason;

/// The answers that someone foresees in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuessedStatus {
    /// A success.
    Success,
    /// 401: who it is can't be told.
    Unauthorized,
    /// 403: it is known, and must not.
    Forbidden,
    /// 5xx: the server fails.
    ServerError,
    /// Now this, now that.
    Mixed,
}

impl GuessedStatus {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Success,
        Self::Unauthorized,
        Self::Forbidden,
        Self::ServerError,
        Self::Mixed,
    ];

    fn is(self, came: &Came) -> bool {
        let status = came.status.unwrap_or_default();
        match (self, came.ending) {
            (Self::Mixed, ending) => ending == Ending::Mixed,
            (_, Ending::Mixed) => false,
            (Self::Success, ending) => ending == Ending::Accepted,
            (Self::Unauthorized, _) => status == 401,
            (Self::Forbidden, _) => status == 403,
            (Self::ServerError, _) => status >= 500,
        }
    }
}

/// What someone foresees in a lane. Each half may be left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Guess {
    /// The answer.
    pub(crate) status: Option<GuessedStatus>,
    /// Why.
    pub(crate) reason: Option<Reason>,
}

/// How a guess stands to what came; `None` for what was left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Whether the answer was foreseen.
    pub(crate) status: Option<bool>,
    /// Whether the reason was.
    pub(crate) reason: Option<bool>,
}

impl Guess {
    /// How it stands to what came.
    pub(crate) fn against(self, came: &Came) -> Hit {
        Hit {
            status: self.status.map(|status| status.is(came)),
            reason: self.reason.map(|reason| Some(reason) == came.reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(ending: Ending, status: Option<u16>, reason: Option<Reason>) -> Came {
        Came {
            ending,
            status,
            reason,
            sentence: String::new(),
            answers: 1,
            good: 0,
            reads: 0,
            writes: 0,
            checks: 0,
        }
    }

    #[test]
    fn a_guess_is_held_against_what_came() {
        use GuessedStatus::{Forbidden, Mixed, ServerError, Success, Unauthorized};
        let check = |status, reason, came: &Came, expected| {
            let hit = Guess { status, reason }.against(came);
            assert_eq!(
                (hit.status, hit.reason),
                expected,
                "{status:?}, {reason:?}, {came:?}"
            );
        };
        let known = came(Ending::Accepted, Some(200), Some(Reason::Known));
        let refused = came(Ending::Refused, Some(401), Some(Reason::NoRecord));
        let mixed = came(Ending::Mixed, Some(401), Some(Reason::NoRecord));
        let silent = came(Ending::Refused, None, None);
        check(None, None, &known, (None, None));
        check(
            Some(Success),
            Some(Reason::Known),
            &known,
            (Some(true), Some(true)),
        );
        check(
            Some(Unauthorized),
            Some(Reason::Expired),
            &known,
            (Some(false), Some(false)),
        );
        check(
            Some(Unauthorized),
            Some(Reason::NoRecord),
            &refused,
            (Some(true), Some(true)),
        );
        check(Some(Forbidden), None, &refused, (Some(false), None));
        check(
            Some(Mixed),
            Some(Reason::NoRecord),
            &mixed,
            (Some(true), Some(true)),
        );
        check(Some(Unauthorized), None, &mixed, (Some(false), None));
        check(Some(Mixed), None, &refused, (Some(false), None));
        for status in GuessedStatus::ALL {
            check(
                Some(status),
                Some(Reason::Known),
                &silent,
                (Some(false), Some(false)),
            );
        }
        check(
            Some(ServerError),
            None,
            &came(Ending::Refused, Some(503), None),
            (Some(true), None),
        );
    }
}
