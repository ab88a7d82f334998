//! The application behind the sign-in: what it reads and writes is its own, and no part of knowing who the user is.

use protocol::{Check, Fact, Purpose, Rejection, Request, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use sessions::{Order, Role};

use crate::answer::json_response;
use crate::content;
use crate::routes::Route;
use crate::trace::{Found, Trace, count, cut, store_failed};

/// Who asks, as far as the server knows: from its own record, or by the token's word.
pub(crate) struct Identity {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) role: String,
}

/// The longest item that can be ordered, in characters.
const ITEM_CHARACTERS: usize = 200;

/// What a route does once the user is known, in order.
pub(crate) const fn plan(route: Route) -> &'static [Check] {
    match route {
        Route::SignIn
        | Route::SignOut
        | Route::Refresh
        | Route::Sessions
        | Route::EndSession
        | Route::EndOtherSessions
        | Route::Me
        | Route::Keys => &[],
        Route::Orders | Route::ServiceOrders | Route::ServiceBills => &[Check::OrdersRead],
        Route::PlaceOrder => &[Check::BodyRead, Check::OrderPlaced],
        Route::Users => &[Check::RoleAllowed, Check::UsersRead],
    }
}

/// Answers a known user.
pub(crate) fn carry_out(
    route: Route,
    user: &Identity,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    match route {
        Route::Orders | Route::ServiceOrders => orders(user, trace, describe_all),
        Route::ServiceBills => orders(
            user,
            trace,
            |orders| json!({ "user": user.id, "orders_to_bill": orders.len() }),
        ),
        Route::PlaceOrder => place_order(user, request, trace),
        Route::Users => users(user, trace),
        // The others are answered before they get here.
        Route::SignIn
        | Route::SignOut
        | Route::Refresh
        | Route::Sessions
        | Route::EndSession
        | Route::EndOtherSessions
        | Route::Me
        | Route::Keys => Ok(json_response(
            200,
            &json!({ "id": user.id, "name": user.name, "role": user.role }),
        )),
    }
}

fn orders(
    user: &Identity,
    trace: &mut Trace<'_, '_>,
    tell: impl FnOnce(&[Order]) -> Value,
) -> Result<Response, Rejection> {
    trace.step(Check::OrdersRead, |trace| {
        trace.store.set_purpose(Purpose::Application);
        let orders = trace.store.orders_of(user.id).map_err(store_failed)?;
        let content = tell(&orders);
        let fact = Fact::Rows(count(orders.len()));
        Ok((json_response(200, &content), Found::Passed(fact)))
    })
}

#[derive(Deserialize)]
struct Content {
    item: String,
}

fn place_order(
    user: &Identity,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let item = trace.step(Check::BodyRead, |_| {
        let Content { item } = content::read(request, "`item` must be there once, as text")?;
        let characters = item.chars().count();
        if characters == 0 || characters > ITEM_CHARACTERS {
            let message = String::from("`item` has 1 to 200 characters");
            return Err(Rejection::ContentMalformed { message });
        }
        Ok((item, Found::Passed(Fact::Done)))
    })?;
    trace.step(Check::OrderPlaced, |trace| {
        trace.store.set_purpose(Purpose::Application);
        let now = trace.environment.now;
        let order = trace
            .store
            .add_order(user.id, &item, now)
            .map_err(store_failed)?;
        let fact = Fact::Order(order.id);
        Ok((json_response(201, &describe(&order)), Found::Passed(fact)))
    })
}

fn users(user: &Identity, trace: &mut Trace<'_, '_>) -> Result<Response, Rejection> {
    trace.step(Check::RoleAllowed, |_| {
        let needed = Role::Administrator.as_str();
        if user.role != needed {
            return Err(Rejection::RoleMissing {
                role: cut(&user.role),
                needed: needed.to_owned(),
            });
        }
        Ok(((), Found::Passed(Fact::Role(needed.to_owned()))))
    })?;
    trace.step(Check::UsersRead, |trace| {
        trace.store.set_purpose(Purpose::Application);
        let users = trace.store.list_users().map_err(store_failed)?;
        let content: Value = users
            .iter()
            .map(|user| {
                json!({
                    "id": user.id,
                    "account": user.account,
                    "name": user.name,
                    "role": user.role.as_str(),
                    "suspended": user.suspended,
                })
            })
            .collect();
        let fact = Fact::Rows(count(users.len()));
        Ok((json_response(200, &content), Found::Passed(fact)))
    })
}

fn describe_all(orders: &[Order]) -> Value {
    orders.iter().map(describe).collect()
}

fn describe(order: &Order) -> Value {
    json!({ "id": order.id, "item": order.item, "at": order.created.seconds() })
}
