//! The table of `SameSite`, method and initiator.

use protocol::{CookieFate, CookieHeld, SameSite};

use super::*;

/// Sent, held or refused, of each `SameSite`: Strict, Lax, None, not given.
fn row(outcome: &JarOutcome, method: &str, initiator: Initiator) -> String {
    outcome
        .matrix
        .iter()
        .filter(|cell| cell.method == method && cell.initiator == initiator)
        .map(|cell| match cell.fate {
            CookieFate::Sent => 's',
            CookieFate::Held(_) => 'h',
            CookieFate::Refused(_) => 'r',
        })
        .collect()
}

#[track_caller]
fn check(trial: &JarTrial, method: &str, rows: &[(&[Initiator], &str)]) {
    let outcome = try_jar(trial);
    assert_eq!(outcome.matrix.len(), 2 * 8 * 4);
    for (initiators, expected) in rows {
        for initiator in *initiators {
            assert_eq!(
                row(&outcome, method, *initiator),
                *expected,
                "{method} {initiator:?}"
            );
        }
    }
}

use Initiator::{
    ForeignFetch, ForeignFetchWithoutCredentials, ForeignForm, ForeignFrame, ForeignLink,
    ForeignSubresource, ThisSite, ThisSiteFetchWithoutCredentials,
};
const WITHOUT: &[Initiator] = &[
    ThisSiteFetchWithoutCredentials,
    ForeignFetchWithoutCredentials,
];
const NAVIGATIONS: &[Initiator] = &[ForeignLink, ForeignForm];
const EMBEDDED: &[Initiator] = &[ForeignSubresource, ForeignFetch, ForeignFrame];

#[test]
fn a_secure_cookie() {
    let mut trial = trial("a=b; Secure");
    let safe: [(&[Initiator], &str); 4] = [
        (&[ThisSite], "ssss"),
        (WITHOUT, "hhhh"),
        (NAVIGATIONS, "hsss"),
        (EMBEDDED, "hhsh"),
    ];
    check(&trial, "GET", &safe);
    let young: [(&[Initiator], &str); 2] = [(NAVIGATIONS, "hhss"), (EMBEDDED, "hhsh")];
    check(&trial, "POST", &young);
    trial.request.as_mut().expect("there is one").at = NOW.plus_seconds(121);
    check(&trial, "POST", &[(NAVIGATIONS, "hhsh"), (EMBEDDED, "hhsh")]);
    trial.defaults = Defaults::Others;
    check(&trial, "POST", &[(NAVIGATIONS, "hhss"), (EMBEDDED, "hhss")]);
}

#[test]
fn without_secure_none_is_not_stored_in_the_first_place() {
    check(
        &trial("a=b"),
        "GET",
        &[(&[ThisSite], "ssrs"), (EMBEDDED, "hhrh")],
    );
}

#[test]
fn set_in_a_foreign_frame_lax_and_strict_are_not_stored() {
    let mut trial = trial("a=b; SameSite=None; Secure");
    trial.set_for = ForeignFrame;
    check(&trial, "GET", &[(&[ThisSite], "rrsr"), (EMBEDDED, "rrsr")]);
}

#[test]
fn the_requests_own_method_stands_for_its_kind() {
    for (method, methods) in [
        ("GET", ["GET", "POST"]),
        ("HEAD", ["HEAD", "POST"]),
        ("DELETE", ["GET", "DELETE"]),
        ("get", ["GET", "get"]),
    ] {
        let mut trial = trial("a=b");
        trial.request.as_mut().expect("there is one").method = method.to_owned();
        for method in methods {
            assert_eq!(row(&try_jar(&trial), method, ThisSite), "ssrs");
        }
    }
}

#[test]
fn the_cookie_at_hand_can_be_chosen() {
    let text = "a=1; Path=/x\nb=2; Domain=org\nc=3; Secure";
    for (asked, at_hand, expected) in [
        (None, 0, "hhrh"),
        (Some(0), 0, "hhrh"),
        (Some(1), 1, ""),
        (Some(2), 2, "ssss"),
        (Some(3), 0, "hhrh"),
    ] {
        let outcome = try_jar(&JarTrial {
            at_hand: asked,
            ..trial(text)
        });
        assert_eq!(outcome.at_hand, Some(at_hand));
        assert_eq!(row(&outcome, "GET", ThisSite), expected, "{asked:?}");
    }
    // Held for its path, whatever its SameSite.
    let path = String::from("/x");
    let first = &tried(text).matrix[0];
    assert_eq!(first.fate, CookieFate::Held(CookieHeld::Path { path }));
    assert_eq!(first.same_site, SameSite::Strict);
}
