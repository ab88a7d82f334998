//! What the stateful server writes into its audit log: read off the steps, so that it tells what was done. It never
//! holds a session ID, only the start of its hash.
//!
//! The stateless server of this comparison writes none: its tables stay as they were.

use protocol::{AuditEvent, Fact, Outcome, Rejection, Step};

use crate::routes::Route;

/// How many hex digits of a hash tell one session from another for a reader.
const SUBJECT_DIGITS: usize = 8;

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) event: AuditEvent,
    pub(crate) user: Option<u32>,
    pub(crate) subject: Option<String>,
}

/// What is worth an entry in what was done.
pub(crate) fn entry(route: Route, steps: &[Step]) -> Option<Entry> {
    let event = match (route, steps.iter().find_map(rejection)) {
        (Route::SignIn, None) => AuditEvent::SignedIn,
        (Route::SignIn, Some(Rejection::CredentialsWrong | Rejection::AccountSuspended { .. })) => {
            AuditEvent::SignInRefused
        }
        // Signing out a session that is none is answered alike, and is nobody's sign-out.
        (Route::SignOut, None) if steps.iter().any(ended) => AuditEvent::SignedOut,
        (
            _,
            Some(
                Rejection::SessionUnknown { .. }
                | Rejection::SessionIdle { .. }
                | Rejection::SessionTooOld { .. }
                | Rejection::AccountSuspended { .. }
                | Rejection::RoleMissing { .. },
            ),
        ) => AuditEvent::RequestRefused,
        _ => return None,
    };
    Some(Entry {
        event,
        user: steps.iter().find_map(user),
        subject: steps.iter().rev().find_map(id_hash),
    })
}

fn rejection(step: &Step) -> Option<&Rejection> {
    match &step.outcome {
        Outcome::Failed(rejection) => Some(rejection),
        _ => None,
    }
}

fn ended(step: &Step) -> bool {
    matches!(
        step.outcome,
        Outcome::Passed(Fact::SessionEnded {
            was_there: true,
            ..
        })
    )
}

fn user(step: &Step) -> Option<u32> {
    match &step.outcome {
        Outcome::Noted(Fact::Account { user }) => *user,
        Outcome::Passed(Fact::Session { user, .. }) => Some(*user),
        _ => None,
    }
}

fn id_hash(step: &Step) -> Option<String> {
    match &step.outcome {
        Outcome::Passed(Fact::IdHash(id_hash) | Fact::SessionCreated { id_hash, .. }) => {
            Some(id_hash.chars().take(SUBJECT_DIGITS).collect())
        }
        _ => None,
    }
}
