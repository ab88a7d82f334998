//! What an administrator does to users and their sign-ins, from outside any request. Each function works on the store of
//! one lane: whoever calls them goes through the lanes. It never ends what only a clock can.

use protocol::{
    AdminOutcome, AuditEvent, Credential, Lane, Rejection, Revocation, Scheme, Timestamp,
};
use sessions::{AuditRecord, ObserverAccess, Role, Store, User};

use crate::revocation::last_moment;
use crate::trace::{count, store_failed};

/// Ends all that a user is signed in with in this lane, as far as its scheme can. ASVS 7.4.5.
///
/// # Errors
/// Where the store fails.
pub fn sign_user_out<S: Store + ObserverAccess + ?Sized>(
    store: &mut S,
    lane: Lane,
    scheme: &Scheme,
    user: u32,
    now: Timestamp,
) -> Result<AdminOutcome, Rejection> {
    if store.find_user(user).map_err(store_failed)?.is_none() {
        return Ok(AdminOutcome::default());
    }
    let outcome = end_sign_ins(store, lane, scheme, user, now)?;
    record(store, AuditEvent::UserSignedOut, Some(lane), user, now)?;
    Ok(outcome)
}

/// The same without an entry in the audit log, for what ends sign-ins by the way: a suspension.
///
/// # Errors
/// Where the store fails.
pub fn end_sign_ins<S: Store + ObserverAccess + ?Sized>(
    store: &mut S,
    lane: Lane,
    scheme: &Scheme,
    user: u32,
    now: Timestamp,
) -> Result<AdminOutcome, Rejection> {
    let mut outcome = AdminOutcome {
        found: true,
        ..AdminOutcome::default()
    };
    // What an earlier scheme of the lane left ends too: with that scheme it would come back.
    outcome.sessions_ended = store.end_all_of(user, lane, None).map_err(store_failed)?;
    outcome.families_ended = active_families(store, lane, user, now)?;
    store
        .end_families_of(user, lane, now)
        .map_err(store_failed)?;
    match (scheme.credential, scheme.revocation) {
        (Credential::SessionId, _) => {}
        (_, Revocation::UserVersion) => {
            store
                .raise_token_version(lane, user)
                .map_err(store_failed)?;
            outcome.versions_raised = 1;
        }
        // A list of single tokens does not know which ones a user has.
        _ => {
            let seconds = i64::from(scheme.lifetimes.access_token_seconds);
            outcome.tokens_outlive = Some(last_moment(now.plus_seconds(seconds), scheme));
        }
    }
    Ok(outcome)
}

/// Suspends an account, or lets it be used again, and says whether there is one. A suspended user's sign-ins are to be
/// ended in each lane by [`end_sign_ins`]. ASVS 7.4.2.
///
/// # Errors
/// Where the store fails.
pub fn suspend_user<S: Store + ?Sized>(
    store: &mut S,
    user: u32,
    suspended: bool,
    now: Timestamp,
) -> Result<bool, Rejection> {
    let event = if suspended {
        AuditEvent::AccountSuspended
    } else {
        AuditEvent::AccountRestored
    };
    change_user(store, user, event, now, |user| user.suspended = suspended)
}

/// Gives a user the role of that name, and says whether there is such a user and such a role.
///
/// # Errors
/// Where the store fails.
pub fn set_role<S: Store + ?Sized>(
    store: &mut S,
    user: u32,
    role: &str,
    now: Timestamp,
) -> Result<bool, Rejection> {
    let Some(role) = Role::parse(role) else {
        return Ok(false);
    };
    change_user(store, user, AuditEvent::RoleChanged, now, |user| {
        user.role = role;
    })
}

/// Changes what is known of a user. What stays as it was is no event.
fn change_user<S: Store + ?Sized>(
    store: &mut S,
    id: u32,
    event: AuditEvent,
    now: Timestamp,
    change: impl FnOnce(&mut User),
) -> Result<bool, Rejection> {
    let Some(before) = store.find_user(id).map_err(store_failed)? else {
        return Ok(false);
    };
    let mut user = before.clone();
    change(&mut user);
    if user == before {
        return Ok(true);
    }
    let is_there = store.update_user(&user).map_err(store_failed)?;
    if is_there {
        record(store, event, None, id, now)?;
    }
    Ok(is_there)
}

/// How many of a user's families go on until now.
fn active_families<S: ObserverAccess + ?Sized>(
    store: &S,
    lane: Lane,
    user: u32,
    now: Timestamp,
) -> Result<u32, Rejection> {
    let tokens = store
        .list_refresh_tokens(usize::MAX)
        .map_err(store_failed)?;
    let mut families: Vec<_> = tokens
        .iter()
        .filter(|token| token.lane == lane && token.user == user)
        .filter(|token| token.ended.is_none() && now < token.expires)
        .map(|token| token.family)
        .collect();
    families.sort_unstable();
    families.dedup();
    Ok(count(families.len()))
}

fn record<S: Store + ?Sized>(
    store: &mut S,
    event: AuditEvent,
    lane: Option<Lane>,
    user: u32,
    now: Timestamp,
) -> Result<(), Rejection> {
    let record = AuditRecord {
        at: now,
        event,
        lane,
        user: Some(user),
        subject: None,
    };
    store.record(&record).map_err(store_failed)
}
