//! Servers of one make with numbers and troubles of their own.

use protocol::{Check, Fact, Lane, Outcome, Party, Rejection, Scheme, Service, Site, Step};
use server::{Environment, Policy, Server, Troubles, refusal, sample_accounts, trial_accounts};
use sessions::MemoryStore;
use tokens::Algorithm;

use crate::fixture::{NOW, ORIGIN, get, key, member_signs_in, site};

fn server() -> Server {
    Server::new(
        Lane::B,
        Service::Main,
        Scheme::STATELESS,
        Policy::default(),
        Algorithm::Hs256,
        vec![key()],
    )
}

fn here() -> Site {
    site(ORIGIN, "/sub/")
}

fn steps(server: &Server, request: &protocol::Request) -> (u16, Vec<Step>) {
    let mut environment = Environment {
        now: NOW,
        random: &mut |bytes| bytes.fill(7),
        stopwatch: &|| 0.0,
    };
    let mut store = MemoryStore::new(sample_accounts());
    let handled = server.handle(request, &here(), &mut store, &mut environment);
    (handled.response.status, handled.steps)
}

#[test]
fn a_server_says_its_number_at_each_step() {
    assert_eq!(server().number(), 1);
    let seventh = server().numbered(7, Troubles::default());
    let (status, steps) = steps(&seventh, &member_signs_in());
    assert_eq!(status, 200);
    assert!(steps.iter().all(|step| step.party == Party::Server(7)));
}

#[test]
fn a_clock_that_is_off_is_read_first_and_signs_by_its_own_time() {
    for seconds in [-90, 0, 90] {
        let troubles = Troubles {
            clock_off_seconds: seconds,
            ..Troubles::default()
        };
        let server = server().numbered(1, troubles);
        assert_eq!(server.clock(NOW), NOW.plus_seconds(seconds.into()));
        let (_, steps) = steps(&server, &member_signs_in());
        let read = steps.first().filter(|step| step.check == Check::ClockRead);
        let outcome = read.map(|step| step.outcome.clone());
        let expected = (seconds != 0).then_some(Outcome::Noted(Fact::ClockOff(seconds)));
        assert_eq!(outcome, expected);
        let expires = steps.iter().find_map(|step| match &step.outcome {
            Outcome::Passed(Fact::TokenIssued { expires, .. }) => Some(*expires),
            _ => None,
        });
        assert_eq!(expires, Some(NOW.plus_seconds(900 + i64::from(seconds))));
    }
}

/// A request that is refused at the door lists what it did not reach there, and the clock is no part of that.
#[test]
fn a_clock_that_is_off_takes_no_other_steps_place() {
    let troubles = Troubles {
        clock_off_seconds: 1,
        ..Troubles::default()
    };
    let (status, steps) = steps(&server().numbered(1, troubles), &get("/nowhere"));
    assert_eq!(status, 404);
    let checks: Vec<Check> = steps.iter().map(|step| step.check).collect();
    assert_eq!(
        checks,
        [
            Check::ClockRead,
            Check::SizeLimited,
            Check::RouteFound,
            Check::Answered
        ]
    );
}

#[test]
fn what_is_out_of_reach_is_unavailable_for_now() {
    for rejection in [
        Rejection::StoreUnreachable,
        Rejection::NoServer { servers: 3 },
    ] {
        let response = refusal(&rejection, Scheme::STATELESS.carrier);
        assert_eq!(response.status, 503);
        assert!(response.body.contains("unavailable"));
        assert_eq!(response.header("WWW-Authenticate"), None);
    }
}

#[test]
fn each_user_of_a_trial_has_an_account_of_its_own() {
    let accounts = trial_accounts(1_000);
    assert_eq!(accounts.len(), 1_000);
    let mut environment = Environment {
        now: NOW,
        random: &mut |bytes| bytes.fill(7),
        stopwatch: &|| 0.0,
    };
    let mut store = MemoryStore::new(accounts);
    let mut sign_in = member_signs_in();
    sign_in.body = sign_in.body.replace("member", "user-1000");
    let handled = server().handle(&sign_in, &here(), &mut store, &mut environment);
    assert_eq!(handled.response.status, 200, "{}", handled.response.body);
}
