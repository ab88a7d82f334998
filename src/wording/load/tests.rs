//! What is said of runs and sweeps, on reports written out by hand.

use super::*;
use protocol::Overload;

#[test]
fn a_lane_is_told_by_what_limits_it() {
    let lane = |limit, overload| LaneReport {
        arrived: 100,
        limit,
        overload,
        utilisation: 0.6,
        store_utilisation: 0.97,
        ..LaneReport::default()
    };
    let overload = |limit| {
        Some(Overload {
            limit,
            offered: 1.5,
        })
    };
    for (lane, begins) in [
        (LaneReport::default(), "No request"),
        (lane(Limit::None, None), "Nothing is in the way"),
        (lane(Limit::Servers, None), "The servers are busy 60 %"),
        (
            lane(Limit::Store, None),
            "The store’s connections are busy 97 % of the time: that is what limits.",
        ),
        (
            lane(Limit::Servers, overload(Limit::Servers)),
            "Overloaded: 1.5 times as much work",
        ),
        (
            lane(Limit::Store, overload(Limit::Store)),
            "Overloaded: 1.5 times as much is asked of the store",
        ),
    ] {
        let said = outcome(&lane, None);
        // An answer is told by its figures first; an overload first of all.
        let figures = "0 answered a second, 95 of 100 within 0; $0.00 a month. ";
        let limit = said.strip_prefix(figures).unwrap_or(&said);
        assert!(limit.starts_with(begins), "{said}");
    }
}

#[test]
fn who_was_refused_is_told_beside_who_lost_a_session() {
    const ALONE: &str = "2.0 % of the requests were refused, though nobody lost a session.";
    const BESIDE: &str = "2.0 % of the requests were refused. Sessions were lost 3 times";
    for (refused, signed_out, says) in [
        (0, 0, [false, false, false]),
        (2, 0, [true, true, false]),
        (2, 3, [true, false, true]),
        (0, 3, [false, false, false]),
    ] {
        let lane = LaneReport {
            arrived: 100,
            refused,
            signed_out,
            ..LaneReport::default()
        };
        let said = outcome(&lane, None);
        let found = ["refused", ALONE, BESIDE].map(|words| said.contains(words));
        assert_eq!(found, says, "{said}");
        let lost = said.contains("Sessions were lost 3 times");
        assert_eq!(lost, signed_out > 0, "{said}");
    }
}

#[test]
fn a_knee_where_nothing_limits_names_what_would() {
    let lanes = vec![LaneReport::default()];
    let point = SweepPoint { value: 18.0, lanes };
    let said = knee(Varied::Servers, &point, 0, Limit::Servers);
    assert!(said.ends_with("Nothing limits there; what would be the first to: the servers."));
}

#[test]
fn a_picture_is_told_in_words() {
    let frame = FleetFrame {
        at: 12.0,
        servers: vec![vec![0, 3, 255, 1], vec![0]],
        store: vec![5, 0],
    };
    assert_eq!(
        moment(&frame, 0),
        "At 12 s: 4 requests at 4 servers, the most at server 2: 3; 1 dead; 5 operations at the store."
    );
    assert_eq!(
        moment(&frame, 1),
        "At 12 s: 0 requests at 1 server; 0 operations at the store."
    );
    assert_eq!(server(2, 255), "Server 3 is dead.");
}
