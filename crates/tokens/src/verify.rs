//! Verifying: the walk through the table of checks, under the terms that a verifier states.

use protocol::{Timestamp, TokenCheck, TokenOutcome, TokenRejection, TokenStep};

use crate::checks::CHECKS;
use crate::reading::{Decoded, Reading};
use crate::{Claims, Key};

/// The terms under which tokens are accepted. Nothing in a token changes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verifier {
    /// The keys that are trusted.
    pub keys: Vec<Key>,
    /// Whether a sole key is tried whatever `kid` says: for a key that a person gives by hand, without its ID.
    pub any_kid: bool,
    /// The names of the algorithms that are allowed, as `alg` writes them. `none` is refused even if it is listed.
    /// RFC 8725, 3.1.
    pub allowed: Vec<String>,
    /// The `iss` that is expected; with `None` it is not looked at. RFC 8725, 3.8.
    pub issuer: Option<String>,
    /// The name that `aud` must be or contain; with `None` it is not looked at. RFC 8725, 3.9.
    pub audience: Option<String>,
    /// The `typ` that is expected, such as `at+jwt`; with `None` it is not looked at. RFC 8725, 3.11.
    pub token_type: Option<String>,
    /// How many seconds `exp` and `nbf` may be off, for clocks that differ. RFC 7519, 4.1.4 and 4.1.5.
    pub leeway_seconds: u32,
    /// Checks that are left out, of `exp`, `nbf`, `iss`, `aud` and `typ`, for looking at a token alone: what passes so has
    /// no claims. The other checks run whatever stands here.
    pub left_out: Vec<TokenCheck>,
}

impl Verifier {
    /// Whether that check is left out.
    fn leaves_out(&self, check: TokenCheck) -> bool {
        matches!(
            check,
            TokenCheck::Expiry
                | TokenCheck::NotBefore
                | TokenCheck::Issuer
                | TokenCheck::Audience
                | TokenCheck::Type
        ) && self.left_out.contains(&check)
    }
}

/// What came of verifying one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// All checks in order, with those not reached.
    pub steps: Vec<TokenStep>,
    /// What the token says, where all checks held and none was left out: of any other token nothing is to be believed.
    pub claims: Option<Claims>,
}

impl Verification {
    /// Why it was refused, if it was.
    pub fn rejection(&self) -> Option<&TokenRejection> {
        self.steps.iter().find_map(|step| match &step.outcome {
            TokenOutcome::Failed(rejection) => Some(rejection),
            TokenOutcome::Passed(_) | TokenOutcome::NotReached | TokenOutcome::LeftOut => None,
        })
    }
}

/// A check and how long it took.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedStep {
    /// The check, and what came of it.
    pub step: TokenStep,
    /// How long it took, in microseconds by the caller's stopwatch; 0 where it did not run.
    pub microseconds: f64,
}

/// What came of verifying one token, with the time that each check took.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedVerification {
    /// All checks in order, with those not reached.
    pub steps: Vec<TimedStep>,
    /// What the token says, where all checks held and none was left out.
    pub claims: Option<Claims>,
}

/// Runs the checks in order until one fails, and lists the rest as not reached. RFC 7515, 5.2; RFC 7519, 7.2.
pub fn verify(token: &str, verifier: &Verifier, now: Timestamp) -> Verification {
    let mut steps = Vec::with_capacity(CHECKS.len());
    let claims = walk(token, verifier, now, &|| (), |step, ()| steps.push(step));
    Verification { steps, claims }
}

/// The same verification, with each check timed by the caller's stopwatch: microseconds since some fixed moment.
pub fn verify_timed(
    token: &str,
    verifier: &Verifier,
    now: Timestamp,
    stopwatch: &dyn Fn() -> f64,
) -> TimedVerification {
    let mut steps = Vec::with_capacity(CHECKS.len());
    let mut last = stopwatch();
    let claims = walk(token, verifier, now, stopwatch, |step, at| {
        let microseconds = match step.outcome {
            TokenOutcome::NotReached | TokenOutcome::LeftOut => 0.0,
            _ => at - last,
        };
        last = at;
        steps.push(TimedStep { step, microseconds });
    });
    TimedVerification { steps, claims }
}

/// The table's checks without what runs them: whoever only lists them needs no more.
const ORDER: [TokenCheck; CHECKS.len()] = {
    let mut order = [CHECKS[0].0; CHECKS.len()];
    let mut at = 0;
    while at < CHECKS.len() {
        order[at] = CHECKS[at].0;
        at += 1;
    }
    order
};

/// The checks in the order in which they run.
pub fn check_order() -> impl Iterator<Item = TokenCheck> {
    ORDER.into_iter()
}

/// Walks the table. Each step is handed over with the moment at which its check was done.
fn walk<Moment>(
    token: &str,
    verifier: &Verifier,
    now: Timestamp,
    stopwatch: &(impl Fn() -> Moment + ?Sized),
    mut done: impl FnMut(TokenStep, Moment),
) -> Option<Claims> {
    let decoded = Decoded::default();
    let mut reading = Reading::new(token, verifier, now, &decoded);
    let mut refused = false;
    let mut left_out = false;
    for &(check, run) in CHECKS {
        let outcome = if verifier.leaves_out(check) {
            left_out = true;
            TokenOutcome::LeftOut
        } else if refused {
            TokenOutcome::NotReached
        } else {
            match run(&mut reading) {
                Ok(fact) => TokenOutcome::Passed(fact),
                Err(rejection) => {
                    refused = true;
                    TokenOutcome::Failed(rejection)
                }
            }
        };
        done(TokenStep { check, outcome }, stopwatch());
    }
    if refused || left_out {
        None
    } else {
        Claims::read(&reading.payload)
    }
}
