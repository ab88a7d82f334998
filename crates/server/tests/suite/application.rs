//! The application's routes: orders, and the administrator's list of users.

use protocol::{
    Access, AuditEvent, Check, Fact, Lane, Outcome, Purpose, Rejection, Request, StoreOperation,
    Timestamp, TokenCheck, TokenRejection,
};
use serde_json::{Value, json};
use server::Handled;
use sessions::Role;

use crate::fixture::{
    Held, NOW, Verdict, World, assert_verdict, get, json as content, outcome, request, with,
    without, worlds,
};
use crate::plans::{
    SESSION_ORDERS, SESSION_PLACE_ORDER, SESSION_USERS, TOKEN_ORDERS, TOKEN_PLACE_ORDER,
    TOKEN_USERS,
};

const ORDERS: [(Lane, &[Check]); 2] = [(Lane::A, SESSION_ORDERS), (Lane::B, TOKEN_ORDERS)];
const PLACE_ORDER: [(Lane, &[Check]); 2] =
    [(Lane::A, SESSION_PLACE_ORDER), (Lane::B, TOKEN_PLACE_ORDER)];
const USERS: [(Lane, &[Check]); 2] = [(Lane::A, SESSION_USERS), (Lane::B, TOKEN_USERS)];

fn order(item: &str) -> Request {
    request("POST", "/orders", &json!({ "item": item }).to_string())
}

fn role_missing(role: &str) -> Verdict {
    let rejection = Rejection::RoleMissing {
        role: role.to_owned(),
        needed: String::from("admin"),
    };
    Verdict::Refused(403, Check::RoleAllowed, rejection)
}

/// In this lane, on either store, with what a sign-in to this account gives.
fn signed_in(lane: Lane, account: &str, test: impl Fn(&mut World, &Held)) {
    for mut world in worlds() {
        let held = world.credential(lane, account);
        test(&mut world, &held);
    }
}

/// The operations for this purpose.
fn cost(handled: &Handled, purpose: Purpose) -> Vec<(Check, Access)> {
    let of_step = |check: Check, operations: &[StoreOperation]| -> Vec<_> {
        operations
            .iter()
            .filter(|operation| operation.purpose == purpose)
            .map(|operation| (check, operation.access))
            .collect()
    };
    let steps = handled.steps.iter();
    steps
        .flat_map(|step| of_step(step.check, &step.cost.store))
        .collect()
}

#[test]
fn what_the_application_does_is_no_part_of_knowing_the_user() {
    for (plans, request, status, application) in [
        (
            ORDERS,
            get("/orders"),
            200,
            (Check::OrdersRead, Access::Read),
        ),
        (
            PLACE_ORDER,
            order("Tea"),
            201,
            (Check::OrderPlaced, Access::Write),
        ),
        (
            USERS,
            get("/admin/users"),
            200,
            (Check::UsersRead, Access::Read),
        ),
    ] {
        for (lane, plan) in plans {
            signed_in(lane, "admin", |world, held| {
                let handled = world.send(lane, &held.on(request.clone()));
                assert_verdict(world.name, &handled, plan, &Verdict::Done(status));
                let authentication = match lane {
                    Lane::A => vec![(Check::SessionFound, Access::Read)],
                    Lane::B => vec![],
                };
                assert_eq!(
                    cost(&handled, Purpose::Authentication),
                    authentication,
                    "on {}",
                    world.name
                );
                assert_eq!(cost(&handled, Purpose::Application), [application]);
            });
        }
    }
}

#[test]
fn whoever_is_not_known_gets_401_and_reads_nothing() {
    for (plans, request) in [
        (ORDERS, get("/orders")),
        (PLACE_ORDER, order("Tea")),
        (USERS, get("/admin/users")),
    ] {
        for (lane, plan) in plans {
            let (check, rejection) = match lane {
                Lane::A => (
                    Check::SessionCookieFound,
                    Rejection::SessionCookieMissing {
                        name: String::from("sid"),
                    },
                ),
                Lane::B => (Check::BearerFound, Rejection::AuthorizationMissing),
            };
            for mut world in worlds() {
                let handled = world.send(lane, &request);
                let verdict = Verdict::Refused(401, check, rejection.clone());
                assert_verdict(world.name, &handled, plan, &verdict);
                assert!(cost(&handled, Purpose::Application).is_empty());
            }
        }
    }
}

/// Known and not allowed is another thing than not known: signing in again would not help. RFC 9110, 15.5.4.
#[test]
fn a_member_is_known_and_still_sees_no_users() {
    for (lane, plan) in USERS {
        signed_in(lane, "member", |world, held| {
            let handled = world.send(lane, &held.on(get("/admin/users")));
            let verdict =
                role_missing("member").recorded_if_stateful(lane, AuditEvent::RequestRefused);
            assert_verdict(world.name, &handled, plan, &verdict);
            assert_eq!(content(&handled.response)["error"], "role_missing");
            assert_eq!(handled.response.header("WWW-Authenticate"), None);
            for name in ["Ada Kern", "Sam Roth"] {
                assert!(!handled.response.body.contains(name));
            }
            let me = world.send(lane, &held.on(get("/me")));
            assert_eq!(me.response.status, 200);
        });
    }
}

#[test]
fn an_administrator_sees_all_users_and_no_hash() {
    for (lane, plan) in USERS {
        signed_in(lane, "admin", |world, held| {
            let handled = world.send(lane, &held.on(get("/admin/users")));
            assert_verdict(world.name, &handled, plan, &Verdict::Done(200));
            assert_eq!(
                outcome(&handled, Check::RoleAllowed),
                &Outcome::Passed(Fact::Role(String::from("admin")))
            );
            assert_eq!(
                outcome(&handled, Check::UsersRead),
                &Outcome::Passed(Fact::Rows(3))
            );
            let user = |id, account, name, role, suspended| json!({ "id": id, "account": account, "name": name, "role": role, "suspended": suspended });
            assert_eq!(
                content(&handled.response),
                json!([
                    user(1, "admin", "Ada Kern", "admin", false),
                    user(13, "suspended", "Sam Roth", "member", true),
                    user(42, "member", "Mira Lind", "member", false),
                ])
            );
            assert!(!handled.response.body.contains("argon2"));
        });
    }
}

/// Only where the browser attaches the credential by itself can another site order something. ASVS 3.5.1.
#[test]
fn only_the_session_lane_asks_where_an_order_comes_from() {
    let foreign = "https://evil.example";
    let elsewhere = with(without(order("Tea"), "Origin"), "Origin", foreign);
    let origin = foreign.to_owned();
    for (sent, rejection) in [
        (without(order("Tea"), "Origin"), Rejection::OriginMissing),
        (elsewhere, Rejection::OriginForeign { origin }),
    ] {
        signed_in(Lane::A, "member", |world, held| {
            let handled = world.send(Lane::A, &held.on(sent.clone()));
            let verdict = Verdict::Refused(403, Check::OriginAllowed, rejection.clone());
            assert_verdict(world.name, &handled, SESSION_PLACE_ORDER, &verdict);
            assert_eq!(world.store.orders_of(42), Ok(vec![]));
        });
        signed_in(Lane::B, "member", |world, held| {
            let handled = world.send(Lane::B, &held.on(sent.clone()));
            assert_verdict(world.name, &handled, TOKEN_PLACE_ORDER, &Verdict::Done(201));
        });
    }
    // Reading changes nothing.
    for (lane, plan) in ORDERS {
        signed_in(lane, "member", |world, held| {
            let sent = held.on(without(get("/orders"), "Origin"));
            let handled = world.send(lane, &sent);
            assert_verdict(world.name, &handled, plan, &Verdict::Done(200));
        });
    }
}

#[test]
fn content_that_is_no_order_is_refused_and_nothing_is_ordered() {
    let too_long = json!({ "item": "🎫".repeat(201) }).to_string();
    let length = "`item` has 1 to 200 characters";
    for (body, message) in [
        (r#"{"item":""}"#, length),
        (too_long.as_str(), length),
        ("{}", "missing field `item` at line 1 column 2"),
        (
            r#"{"Item":"Tea"}"#,
            "missing field `item` at line 1 column 14",
        ),
        (
            r#"{"item":"Tea","item":"Jam"}"#,
            "`item` must be there once, as text: line 1, column 20",
        ),
        (
            r#"{"item":4711}"#,
            "`item` must be there once, as text: line 1, column 12",
        ),
        (
            r#"{"item":null}"#,
            "`item` must be there once, as text: line 1, column 12",
        ),
        (
            r#"{"item":"\ud800"}"#,
            "unexpected end of hex escape at line 1 column 16",
        ),
        ("", "EOF while parsing a value at line 1 column 0"),
        ("item=Tea", "expected value at line 1 column 1"),
        (
            r#"{"item":"Tea"} x"#,
            "trailing characters at line 1 column 16",
        ),
    ] {
        for (lane, plan) in PLACE_ORDER {
            signed_in(lane, "member", |world, held| {
                let handled = world.send(lane, &held.on(request("POST", "/orders", body)));
                let message = message.to_owned();
                let rejection = Rejection::ContentMalformed { message };
                let verdict = Verdict::Refused(400, Check::BodyRead, rejection);
                assert_verdict(world.name, &handled, plan, &verdict);
                assert!(cost(&handled, Purpose::Application).is_empty());
                assert_eq!(world.store.orders_of(42), Ok(vec![]));
            });
        }
    }
}

#[test]
fn an_order_is_listed_as_it_was_written() {
    let longest = "🎫".repeat(200);
    let items = [
        "Tea",
        " ",
        longest.as_str(),
        "'); DROP TABLE orders; --",
        "<script>alert(1)</script>",
        "\"\\\u{0}\r\nÄ",
    ];
    for (lane, plan) in PLACE_ORDER {
        signed_in(lane, "member", |world, held| {
            let mut expected = Vec::new();
            for (number, item) in (1_u32..).zip(items) {
                world.now = NOW.plus_seconds(i64::from(number));
                let handled = world.send(lane, &held.on(order(item)));
                assert_verdict(world.name, &handled, plan, &Verdict::Done(201));
                assert_eq!(
                    outcome(&handled, Check::OrderPlaced),
                    &Outcome::Passed(Fact::Order(number))
                );
                let one = json!({ "id": number, "item": item, "at": world.now.seconds() });
                assert_eq!(content(&handled.response), one);
                expected.insert(0, one);

                let listed = world.send(lane, &held.on(get("/orders")));
                assert_eq!(content(&listed.response), Value::from(expected.clone()));
                assert_eq!(
                    outcome(&listed, Check::OrdersRead),
                    &Outcome::Passed(Fact::Rows(number))
                );
            }
        });
    }
}

#[test]
fn nobody_sees_anothers_orders_in_either_lane() {
    for mut world in worlds() {
        for account in ["member", "admin"] {
            for lane in Lane::BOTH {
                let held = world.credential(lane, account);
                let item = format!("{account}'s");
                world.send(lane, &held.on(order(&item)));
            }
        }
        for account in ["member", "admin"] {
            for lane in Lane::BOTH {
                let held = world.credential(lane, account);
                let handled = world.send(lane, &held.on(get("/orders")));
                let listed = content(&handled.response);
                let items: Vec<_> = listed.as_array().into_iter().flatten().collect();
                // What was ordered in one lane is listed in the other: the application has one table.
                assert_eq!(items.len(), 2, "on {}", world.name);
                let own = format!("{account}'s");
                assert!(items.iter().all(|it| it["item"] == own.as_str()));
            }
        }
    }
}

/// Nothing in the request says whose order it is but the credential.
#[test]
fn an_order_can_not_be_placed_for_someone_else() {
    for (lane, plan) in PLACE_ORDER {
        signed_in(lane, "member", |world, held| {
            let body = r#"{"item":"Tea","user":1,"user_id":1,"id":99}"#;
            let handled = world.send(lane, &held.on(request("POST", "/orders?user=1", body)));
            assert_verdict(world.name, &handled, plan, &Verdict::Done(201));
            assert_eq!(content(&handled.response)["id"], 1);
            assert_eq!(world.store.orders_of(1), Ok(vec![]));
            let own = world.store.orders_of(42).expect("it works");
            assert_eq!(own.len(), 1);
        });
    }
}

/// The session lane reads the role anew; the token keeps what it said at sign-in, until it expires.
#[test]
fn a_changed_role_shows_at_once_in_one_lane_and_at_exp_in_the_other() {
    let last = Timestamp::from_milliseconds(NOW.plus_seconds(900).milliseconds() - 1);
    for (account, role, before, after) in [
        (
            "member",
            Role::Administrator,
            role_missing as fn(&str) -> Verdict,
            (|_| Verdict::Done(200)) as fn(&str) -> Verdict,
        ),
        ("admin", Role::Member, |_| Verdict::Done(200), role_missing),
    ] {
        for (lane, plan) in USERS {
            signed_in(lane, account, |world, held| {
                let sent = held.on(get("/admin/users"));
                let ends = |verdict: Verdict, is_refused: bool| {
                    if is_refused {
                        verdict.recorded_if_stateful(lane, AuditEvent::RequestRefused)
                    } else {
                        verdict
                    }
                };
                let is_refused = |verdict: &Verdict| matches!(verdict, Verdict::Refused(..));
                let verdict = |verdict: Verdict| {
                    let is_refused = is_refused(&verdict);
                    ends(verdict, is_refused)
                };
                let handled = world.send(lane, &sent);
                assert_verdict(world.name, &handled, plan, &verdict(before(account)));
                world.change(account, |user| user.role = role);

                let handled = world.send(lane, &sent);
                match lane {
                    Lane::A => {
                        // With another role comes another ID, and that is written down first.
                        let ended = after("member");
                        let is_refused = is_refused(&ended);
                        let renewed = ended.recorded(AuditEvent::SessionRenewed);
                        assert_verdict(world.name, &handled, plan, &ends(renewed, is_refused));
                    }
                    Lane::B => {
                        assert_verdict(world.name, &handled, plan, &verdict(before(account)));
                        world.now = last;
                        let handled = world.send(lane, &sent);
                        assert_verdict(world.name, &handled, plan, &verdict(before(account)));

                        world.now = NOW.plus_seconds(900);
                        let (at, now) = (world.now, world.now);
                        let rejection = Rejection::Token(TokenRejection::Expired { at, now });
                        let expiry = Check::Token(TokenCheck::Expiry);
                        let handled = world.send(lane, &sent);
                        let expired = Verdict::Refused(401, expiry, rejection);
                        assert_verdict(world.name, &handled, plan, &expired);
                        // Only a new token says the new role.
                        let held = world.credential(lane, account);
                        let handled = world.send(lane, &held.on(get("/admin/users")));
                        assert_verdict(world.name, &handled, plan, &verdict(after("member")));
                    }
                }
            });
        }
    }
}
