//! The meter on lives of sessions and tokens written out by hand.

use protocol::{Cost, Lane, Ledger, Party, Preset, Request, Response, Timestamp};

use super::*;

fn operation(access: Access, place: StorePlace, rows: u32) -> StoreOperation {
    StoreOperation {
        access,
        place,
        purpose: Purpose::Authentication,
        statement: String::new(),
        rows,
        full_scan_steps: 0,
        vm_steps: 0,
    }
}

fn step(check: Check, fact: Fact, store: Vec<StoreOperation>) -> Step {
    Step {
        party: Party::Server(1),
        check,
        outcome: Outcome::Passed(fact),
        cost: Cost {
            store,
            ..Cost::default()
        },
    }
}

fn exchange(path: &str, scheme: Scheme, status: u16, steps: Vec<Step>) -> Exchange {
    Exchange {
        number: 1,
        lane: Lane::A,
        scheme,
        at: Timestamp::from_seconds(100),
        path: path.to_owned(),
        request: Request {
            method: String::from("GET"),
            target: path.to_owned(),
            headers: Vec::new(),
            body: String::new(),
        },
        response: Some(Response {
            status,
            headers: Vec::new(),
            body: String::new(),
        }),
        steps,
        cookies: Vec::new(),
        ledger: Ledger::default(),
    }
}

const READ: Access = Access::Read;
const WRITE: Access = Access::Write;
const DATABASE: StorePlace = StorePlace::Database;

/// A sign-in, two requests and a sign-out of a session.
fn session_life(scheme: Scheme, second: StorePlace) -> Vec<Exchange> {
    let looked_up = |place| {
        vec![
            step(
                Check::SessionFound,
                Fact::Done,
                vec![operation(READ, place, 1)],
            ),
            step(Check::UserIdentified, Fact::Done, Vec::new()),
        ]
    };
    let ended = Fact::SessionEnded {
        id_hash: String::new(),
        was_there: true,
    };
    vec![
        exchange(
            "/login",
            scheme,
            200,
            vec![
                step(
                    Check::AccountLookedUp,
                    Fact::Done,
                    vec![operation(READ, DATABASE, 1)],
                ),
                step(
                    Check::OldSessionEnded,
                    Fact::Done,
                    vec![operation(WRITE, DATABASE, 1)],
                ),
                step(
                    Check::SessionCreated,
                    Fact::Done,
                    vec![operation(WRITE, DATABASE, 1)],
                ),
            ],
        ),
        exchange("/me", scheme, 200, looked_up(DATABASE)),
        exchange("/me", scheme, 200, looked_up(second)),
        exchange(
            "/logout",
            scheme,
            204,
            vec![step(
                Check::SessionEnded,
                ended,
                vec![operation(WRITE, DATABASE, 1)],
            )],
        ),
    ]
}

fn token_life(scheme: Scheme, at_sign_out: Vec<Step>) -> Vec<Exchange> {
    let known = || vec![step(Check::UserIdentified, Fact::Done, Vec::new())];
    vec![
        exchange(
            "/login",
            scheme,
            200,
            vec![step(Check::TokenIssued, Fact::Done, Vec::new())],
        ),
        exchange("/orders", scheme, 200, known()),
        exchange("/me", scheme, 200, known()),
        exchange("/logout", scheme, 204, at_sign_out),
    ]
}

fn lives_on() -> Step {
    let until = Timestamp::from_seconds(1000);
    step(
        Check::TokenOutlivesSignOut,
        Fact::TokenOutlives { until },
        Vec::new(),
    )
}

#[test]
fn each_scheme_is_told_by_what_its_exchanges_did() {
    let stateful = Scheme::STATEFUL;
    let mut cached = stateful;
    cached.store.session_cache_seconds = 30;
    let denylist = Preset::Denylist.scheme();
    let refreshed = Scheme {
        credential: Credential::AccessAndRefresh,
        ..denylist
    };
    let denied = || {
        let fact = Fact::TokenDenied {
            jti: String::from("1"),
            until: Timestamp::from_seconds(1000),
        };
        step(
            Check::TokenDenied,
            fact,
            vec![operation(WRITE, DATABASE, 1)],
        )
    };
    let one_write = Operations {
        reads: 0,
        writes: 1,
    };
    let until = Bite::UntilExpiry {
        milliseconds: 900_000,
    };
    for (scheme, life, expected) in [
        (
            stateful,
            session_life(stateful, DATABASE),
            (1.0, 0, 1, one_write, Bite::AtOnce, true),
        ),
        (
            cached,
            session_life(cached, StorePlace::SessionCache),
            (0.5, 1, 1, one_write, Bite::CacheSeconds(30), true),
        ),
        (
            Scheme::STATELESS,
            token_life(Scheme::STATELESS, vec![lives_on()]),
            (0.0, 2, 0, Operations::default(), until, false),
        ),
        (
            denylist,
            token_life(denylist, vec![denied()]),
            (0.0, 2, 0, one_write, Bite::AtOnce, true),
        ),
        // What the same refresh tokens brought before is on no list.
        (
            refreshed,
            token_life(refreshed, vec![denied()]),
            (0.0, 2, 0, one_write, until, false),
        ),
    ] {
        let found = meter(&life, &scheme);
        let (reads, without, rows, revocation, bites, ends_all) = expected;
        assert_eq!(found.requests, 2);
        assert_eq!(found.reads, Some(reads));
        assert_eq!(found.without_database, without);
        assert_eq!(found.rows_kept, Some(rows));
        assert_eq!(found.revocation, Some(revocation));
        assert_eq!(found.bites, Some(bites));
        assert_eq!(found.ends_all, Some(ends_all));
        assert!(found.is_complete());
    }
}

#[test]
fn what_says_nothing_of_the_scheme_is_left_out() {
    let other = session_life(Scheme::STATEFUL, DATABASE);
    assert_eq!(meter(&other, &Scheme::STATELESS), Meter::default());

    let mut refused = session_life(Scheme::STATEFUL, DATABASE);
    for exchange in &mut refused {
        if let Some(response) = &mut exchange.response {
            response.status = 401;
        }
    }
    assert_eq!(meter(&refused, &Scheme::STATEFUL), Meter::default());

    let nothing_to_end = token_life(Scheme::STATELESS, Vec::new());
    let found = meter(&nothing_to_end, &Scheme::STATELESS);
    assert_eq!((found.revocation, found.ends_all), (None, None));
    assert!(!found.is_complete());
}

#[test]
fn the_latest_requests_count() {
    let life = session_life(Scheme::STATEFUL, StorePlace::ServerMemory);
    let many: Vec<_> = std::iter::repeat_n(&life[1], 5)
        .chain(std::iter::repeat_n(&life[2], LATEST))
        .collect();
    let found = meter(many, &Scheme::STATEFUL);
    assert_eq!(found.requests as usize, LATEST);
    assert_eq!(found.without_database as usize, LATEST);
    assert_eq!(found.reads, Some(1.0));
}
