//! What both designs do alike: finding out whether account and password belong together.

use protocol::{Check, Fact, Rejection, Request};
use serde::Deserialize;
use serde_json::{Value, json};
use sessions::User;

use crate::accounts::NOBODYS_HASH;
use crate::trace::{Found, Trace, store_failed};
use crate::{content, password};

/// The checks of a sign-in, in order.
pub(crate) const PLAN: [Check; 4] = [
    Check::BodyRead,
    Check::AccountLookedUp,
    Check::PasswordVerified,
    Check::AccountActive,
];

#[derive(Deserialize)]
struct Content {
    account: String,
    password: String,
}

/// The user who gave account and password. The account's suspension is only said to whoever knows the password.
pub(crate) fn verify(request: &Request, trace: &mut Trace<'_, '_>) -> Result<User, Rejection> {
    let content = trace.step(Check::BodyRead, |_| read(request))?;

    let user = trace.step(Check::AccountLookedUp, |trace| {
        let user = trace
            .store
            .find_by_account(&content.account)
            .map_err(store_failed)?;
        let fact = Fact::Account {
            user: user.as_ref().map(|user| user.id),
        };
        Ok((user, Found::Noted(fact)))
    })?;

    check_password(user, &content.password, trace)
}

/// The checks of a password once more by a user who is signed in already, in order. ASVS 7.5.2.
pub(crate) const PLAN_AGAIN: [Check; 3] = [
    Check::UserLookedUp,
    Check::PasswordVerified,
    Check::AccountActive,
];

/// Whether the user of this number gave the password. The store is asked anew: what the server remembers may be old.
pub(crate) fn verify_again(
    id: u32,
    password: &str,
    trace: &mut Trace<'_, '_>,
) -> Result<User, Rejection> {
    let user = trace.step(Check::UserLookedUp, |trace| {
        let user = trace
            .store
            .find_user(id)
            .map_err(store_failed)?
            .ok_or(Rejection::NoSuchUser { user: id })?;
        Ok((user, Found::Noted(Fact::Account { user: Some(id) })))
    })?;
    check_password(Some(user), password, trace)
}

fn check_password(
    user: Option<User>,
    password: &str,
    trace: &mut Trace<'_, '_>,
) -> Result<User, Rejection> {
    let user = trace.step(Check::PasswordVerified, |trace| {
        trace.count_password_hash();
        let password_hash = user
            .as_ref()
            .map_or(NOBODYS_HASH, |user| user.password_hash.as_str());
        let right = password::matches(password, password_hash);
        let user = user.filter(|_| right).ok_or(Rejection::CredentialsWrong)?;
        Ok((user, Found::Passed(password::parameters())))
    })?;

    trace.step(Check::AccountActive, |_| active(user))
}

/// Refuses a suspended user.
pub(crate) fn active(user: User) -> Result<(User, Found), Rejection> {
    if user.suspended {
        return Err(Rejection::AccountSuspended { user: user.id });
    }
    Ok((user, Found::Passed(Fact::Done)))
}

/// A user as the user's own client is told.
pub(crate) fn describe(user: &User) -> Value {
    json!({ "id": user.id, "name": user.name, "role": user.role.as_str() })
}

fn read(request: &Request) -> Result<(Content, Found), Rejection> {
    let needed = "account and password must be there once each, as text";
    Ok((content::read(request, needed)?, Found::Passed(Fact::Done)))
}
