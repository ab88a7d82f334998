//! What a server writes into its audit log: read off the steps, so that it tells what was done. It never holds a
//! credential: of a hash or a family its start, and of a token its ID.

use protocol::{AuditEvent, Fact, Outcome, Rejection, Step};

use crate::routes::Route;
use crate::trace::Claimed;

/// How many hex digits of a hash or a family tell one from another for a reader.
const SUBJECT_DIGITS: usize = 8;

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) event: AuditEvent,
    pub(crate) user: Option<u32>,
    pub(crate) subject: Option<String>,
}

/// What is worth an entry in what was done.
pub(crate) fn entries(route: Route, steps: &[Step], claimed: &Claimed) -> Vec<Entry> {
    let renewed = steps.iter().any(|step| passed(step, is_renewal));
    let renewed = renewed.then_some(AuditEvent::SessionRenewed);
    let user = steps.iter().find_map(user).or(claimed.user);
    let subject = steps.iter().rev().find_map(subject);
    let subject = subject.or_else(|| claimed.token_id.clone());
    renewed
        .into_iter()
        .chain(event(route, steps))
        .map(|event| Entry {
            event,
            user,
            subject: subject.clone(),
        })
        .collect()
}

/// How the request ended, where that is worth an entry.
fn event(route: Route, steps: &[Step]) -> Option<AuditEvent> {
    match (route, steps.iter().find_map(rejection)) {
        (Route::SignIn, None) => Some(AuditEvent::SignedIn),
        (Route::SignIn, Some(Rejection::CredentialsWrong | Rejection::AccountSuspended { .. })) => {
            Some(AuditEvent::SignInRefused)
        }
        // Signing out what is over already is answered alike, and is nobody's sign-out.
        (Route::SignOut, None) if steps.iter().any(|step| passed(step, is_end)) => {
            Some(AuditEvent::SignedOut)
        }
        (Route::EndSession | Route::EndOtherSessions, None)
            if steps.iter().any(|step| passed(step, is_end)) =>
        {
            Some(AuditEvent::SessionEnded)
        }
        (_, Some(Rejection::RefreshTokenReused { .. })) => Some(AuditEvent::RefreshTokenReused),
        (
            _,
            Some(
                Rejection::CredentialsWrong
                | Rejection::SessionUnknown { .. }
                | Rejection::SessionIdle { .. }
                | Rejection::SessionTooOld { .. }
                | Rejection::NoSuchSession { .. }
                | Rejection::TokenDenied { .. }
                | Rejection::TokenVersionOld { .. }
                | Rejection::RefreshTokenUnknown { .. }
                | Rejection::RefreshFamilyEnded { .. }
                | Rejection::RefreshTokenExpired { .. }
                | Rejection::AccountSuspended { .. }
                | Rejection::RoleMissing { .. },
            ),
        ) => Some(AuditEvent::RequestRefused),
        _ => None,
    }
}

fn rejection(step: &Step) -> Option<&Rejection> {
    match &step.outcome {
        Outcome::Failed(rejection) => Some(rejection),
        _ => None,
    }
}

fn passed(step: &Step, is_asked: impl Fn(&Fact) -> bool) -> bool {
    matches!(&step.outcome, Outcome::Passed(fact) if is_asked(fact))
}

const fn is_renewal(fact: &Fact) -> bool {
    matches!(fact, Fact::SessionRenewed { .. })
}

const fn is_end(fact: &Fact) -> bool {
    match fact {
        Fact::SessionEnded { was_there, .. } => *was_there,
        Fact::SessionsEnded(ended) => *ended > 0,
        Fact::RefreshFamilyEnded { tokens, .. } => *tokens > 0,
        Fact::TokenDenied { .. } | Fact::TokenVersionRaised { .. } => true,
        _ => false,
    }
}

fn user(step: &Step) -> Option<u32> {
    match &step.outcome {
        Outcome::Noted(Fact::Account { user }) => *user,
        Outcome::Passed(Fact::Session { user, .. } | Fact::RefreshToken { user, .. }) => {
            Some(*user)
        }
        _ => None,
    }
}

fn subject(step: &Step) -> Option<String> {
    match &step.outcome {
        Outcome::Passed(
            Fact::IdHash(text)
            | Fact::SessionCreated { id_hash: text, .. }
            | Fact::SessionRenewed { id_hash: text, .. }
            | Fact::SessionEnded { id_hash: text, .. }
            | Fact::RefreshTokenIssued { family: text, .. }
            | Fact::RefreshToken { family: text, .. }
            | Fact::RefreshFamilyEnded { family: text, .. },
        ) => Some(text.chars().take(SUBJECT_DIGITS).collect()),
        _ => None,
    }
}
