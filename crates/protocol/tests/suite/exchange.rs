//! The small accessors of exchanges, lanes and moments.

use protocol::{Check, Cost, Exchange, Initiator, Outcome, Party, Rejection, Step, Timestamp};

use crate::exchange_sample::exchange;

fn failed(check: Check, rejection: Rejection) -> Step {
    Step {
        party: Party::Server(1),
        check,
        outcome: Outcome::Failed(rejection),
        cost: Cost::default(),
    }
}

/// A cookie that the browser refused is no refusal by the server.
#[test]
fn the_rejection_is_the_servers_first() {
    let Exchange { steps, .. } = exchange();
    let mut exchange = exchange();
    exchange.steps.truncate(2);
    assert_eq!(exchange.rejection(), None);
    exchange.steps = steps;
    exchange
        .steps
        .insert(0, failed(Check::OriginAllowed, Rejection::OriginMissing));
    assert_eq!(exchange.rejection(), Some(&Rejection::OriginMissing));
}

#[test]
fn initiators_of_other_sites_are_foreign() {
    for (initiator, foreign, navigates) in [
        (Initiator::ThisSite, false, false),
        (Initiator::ForeignLink, true, true),
        (Initiator::ForeignForm, true, true),
        (Initiator::ForeignSubresource, true, false),
        (Initiator::ForeignFetch, true, false),
        (Initiator::ForeignFrame, true, false),
        (Initiator::ThisSiteFetchWithoutCredentials, false, false),
        (Initiator::ForeignFetchWithoutCredentials, true, false),
    ] {
        assert_eq!(initiator.is_foreign(), foreign, "{initiator:?}");
        assert_eq!(
            initiator.is_top_level_navigation(),
            navigates,
            "{initiator:?}"
        );
    }
}

#[test]
fn moments_stay_within_their_range() {
    let at = Timestamp::from_milliseconds;
    for (moment, seconds) in [
        (0, 0),
        (999, 0),
        (1000, 1),
        (-1, -1),
        (-1000, -1),
        (-1001, -2),
    ] {
        assert_eq!(at(moment).seconds(), seconds);
    }
    assert_eq!(at(1).plus_seconds(2), at(2001));
    assert_eq!(at(1).plus_seconds(-2), at(-1999));
    assert_eq!(at(i64::MAX).plus_seconds(1), at(i64::MAX));
    assert_eq!(at(0).plus_seconds(i64::MAX), at(i64::MAX));
    assert_eq!(Timestamp::from_seconds(i64::MIN), at(i64::MIN));
}
