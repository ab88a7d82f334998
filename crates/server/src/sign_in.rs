//! What both designs do alike: finding out whether account and password belong together.

use protocol::{Check, Fact, Rejection, Request};
use serde::Deserialize;
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

    let user = trace.step(Check::PasswordVerified, |trace| {
        trace.count_password_hash();
        let password_hash = user
            .as_ref()
            .map_or(NOBODYS_HASH, |user| user.password_hash.as_str());
        let right = password::matches(&content.password, password_hash);
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

fn read(request: &Request) -> Result<(Content, Found), Rejection> {
    let needed = "account and password must be there once each, as text";
    Ok((content::read(request, needed)?, Found::Passed(Fact::Done)))
}
