//! Who refreshes when: two tabs, a thief with a copy, and the window in which a second use is taken.

use protocol::{Lane, Scheme, Timestamp};

use crate::client::{Client, set_cookies};
use crate::fixture::{NOW, get};
use crate::refresh::{HYBRID, hybrid_worlds, tokens};

/// Who comes with the refresh token that it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    /// The browser that signed in.
    Owner,
    /// A second tab of it, which departed with the token of before; its answer reaches the browser all the same.
    OtherTab,
    /// Someone with a copy of the first token.
    Thief,
}

use Who::{OtherTab, Owner, Thief};

fn with_grace(seconds: u32) -> Scheme {
    let mut scheme = HYBRID;
    scheme.lifetimes.refresh_grace_seconds = seconds;
    scheme
}

/// Each comes at its millisecond, with the status that it gets.
#[track_caller]
fn check(grace_seconds: u32, agenda: &[(i64, Who, u16)], families_go_on: bool) {
    for (mut world, owner) in hybrid_worlds(with_grace(grace_seconds)) {
        let mut thief = owner.clone();
        let mut owner = owner;
        // What the other tab departs with: what the browser held before its last exchange.
        let mut before = owner.clone();
        for (milliseconds, who, status) in agenda {
            world.now = Timestamp::from_milliseconds(NOW.milliseconds() + milliseconds);
            let handled = match who {
                Owner => {
                    before = owner.clone();
                    owner.refresh(&mut world, Lane::B)
                }
                OtherTab => {
                    let handled = before.clone().refresh(&mut world, Lane::B);
                    owner.take(&handled.response);
                    handled
                }
                Thief => thief.refresh(&mut world, Lane::B),
            };
            let status_is = handled.response.status;
            assert_eq!(
                status_is, *status,
                "{who:?} at {milliseconds} ms: {agenda:?}"
            );
        }
        let live = tokens(&world).iter().any(|token| token.ended.is_none());
        assert_eq!(live, families_go_on, "{agenda:?}");
        // Whatever became of the family: an access token that was issued goes on until it expires.
        if let Some(last) = agenda.last() {
            assert!(last.0 < 300_000, "the first access token still holds");
        }
        for client in [&owner, &thief] {
            let handled = world.send(Lane::B, &client.on(Lane::B, get("/me")));
            assert_eq!(handled.response.status, 200, "{agenda:?}");
        }
    }
}

#[test]
fn in_turn_nobody_is_refused() {
    check(
        0,
        &[(0, Owner, 200), (0, Owner, 200), (5, Owner, 200)],
        true,
    );
}

/// RFC 9700, 4.14.2: the server can't tell who of the two is the thief. Both are out.
#[test]
fn a_thief_is_found_out_whoever_comes_first() {
    for agenda in [
        // The thief is first: the owner's own token gives the theft away.
        &[(0, Thief, 200), (1_000, Owner, 401), (2_000, Thief, 401)][..],
        // The thief is later, and so is caught.
        &[(0, Owner, 200), (1_000, Thief, 401), (2_000, Owner, 401)],
        // The thief goes on for a while.
        &[
            (0, Thief, 200),
            (1_000, Thief, 200),
            (2_000, Thief, 200),
            (3_000, Owner, 401),
            (4_000, Thief, 401),
        ],
        // The owner has gone on for a while.
        &[
            (0, Owner, 200),
            (1_000, Owner, 200),
            (2_000, Thief, 401),
            (3_000, Owner, 401),
        ],
    ] {
        check(0, agenda, false);
    }
}

/// Without a window two tabs look like a theft, and their user has to sign in again.
#[test]
fn two_tabs_at_once_look_like_a_theft_without_a_window() {
    check(
        0,
        &[(0, Owner, 200), (0, OtherTab, 401), (1, Owner, 401)],
        false,
    );
    check(
        10,
        &[(0, Owner, 200), (0, OtherTab, 200), (1, Owner, 200)],
        true,
    );
}

/// The window is open from the use on, and closed at its very end. Within it a thief passes, too: that is its price.
#[test]
fn the_window_has_exact_edges() {
    for (milliseconds, status) in [
        (0, 200),
        (1, 200),
        (9_999, 200),
        (10_000, 401),
        (10_001, 401),
    ] {
        let tab = [(0, Owner, 200), (milliseconds, OtherTab, status)];
        check(10, &tab, status == 200);
        let thief = [(0, Owner, 200), (milliseconds, Thief, status)];
        check(10, &thief, status == 200);
    }
    // A taken second use opens no window of its own.
    let again = [
        (0, Owner, 200),
        (5_000, OtherTab, 200),
        (9_999, Thief, 200),
        (10_000, OtherTab, 401),
    ];
    check(10, &again, false);
}

/// A use that lies ahead is of a clock that was set back: it is within no window.
#[test]
fn a_clock_set_back_opens_no_window() {
    check(10, &[(0, Owner, 200), (-1, OtherTab, 401)], false);
    check(0, &[(0, Owner, 200), (-1, OtherTab, 401)], false);
    check(10, &[(0, Owner, 200), (-60_000, Owner, 200)], true);
}

/// What the window gives is a token of the same family: a sibling, which is caught as any other.
#[test]
fn siblings_are_one_family() {
    for (mut world, client) in hybrid_worlds(with_grace(10)) {
        let [mut first, mut second] = [client.clone(), client];
        first.refresh(&mut world, Lane::B);
        second.refresh(&mut world, Lane::B);
        assert_ne!(first.cookies, second.cookies);
        let stolen = first.clone();
        let family = |world: &_| tokens(world).iter().map(|it| it.family).collect::<Vec<_>>();
        let families = family(&world);
        assert_eq!(families.len(), 3);
        assert!(families.iter().all(|it| *it == families[0]));
        world.now = NOW.plus_seconds(20);
        assert_eq!(first.refresh(&mut world, Lane::B).response.status, 200);
        world.now = NOW.plus_seconds(40);
        let mut stolen = stolen;
        assert_eq!(stolen.refresh(&mut world, Lane::B).response.status, 401);
        assert_eq!(second.refresh(&mut world, Lane::B).response.status, 401);
        assert_eq!(first.refresh(&mut world, Lane::B).response.status, 401);
    }
}

/// The access token of an ended family goes on until `exp`, and not a millisecond longer.
#[test]
fn an_ended_family_leaves_its_access_tokens_until_they_expire() {
    for (mut world, mut owner) in hybrid_worlds(HYBRID) {
        let mut thief = owner.clone();
        owner.refresh(&mut world, Lane::B);
        let handled = thief.refresh(&mut world, Lane::B);
        assert_eq!(handled.response.status, 401);
        assert!(thief.cookies.is_empty());
        assert_eq!(set_cookies(&handled.response.headers).len(), 1);
        let last = NOW.plus_seconds(300).milliseconds();
        for (now, status) in [(last - 1, 200), (last, 401)] {
            world.now = Timestamp::from_milliseconds(now);
            for client in [&owner, &thief] {
                let handled = world.send(Lane::B, &client.on(Lane::B, get("/me")));
                assert_eq!(handled.response.status, status);
            }
        }
    }
}

/// Another sign-in of the same user is another family: a theft in one ends nothing in the other.
#[test]
fn families_do_not_touch_each_other() {
    for (mut world, mut here) in hybrid_worlds(HYBRID) {
        let mut elsewhere = Client::signed_in(&mut world, Lane::B);
        let mut thief = here.clone();
        here.refresh(&mut world, Lane::B);
        thief.refresh(&mut world, Lane::B);
        assert_eq!(here.refresh(&mut world, Lane::B).response.status, 401);
        assert_eq!(elsewhere.refresh(&mut world, Lane::B).response.status, 200);
    }
}
