//! Writing down when a session was last used.

use protocol::{Access, Check, Fact, Lane, Outcome};

use crate::fixture::{NOW, cookie, get, operations, outcome, worlds};

#[test]
fn the_last_use_is_written_at_most_once_a_minute() {
    for mut world in worlds() {
        let id = world.session(1, NOW);
        let request = cookie(get("/me"), id.as_str());
        let mut writes = Vec::new();
        for seconds in [0, 1, 59, 60, 61, 119, 120, 500, 559, 560] {
            world.now = NOW.plus_seconds(seconds);
            let handled = world.send(Lane::A, &request);
            assert_eq!(handled.response.status, 200);
            let written = operations(&handled.steps)
                .iter()
                .any(|operation| operation.access == Access::Write);
            let touched = matches!(
                outcome(&handled, Check::LastSeenTouched),
                Outcome::Passed(Fact::Touched { .. })
            );
            assert_eq!(written, touched);
            if written {
                writes.push(seconds);
            }
        }
        assert_eq!(writes, [60, 120, 500, 560], "on {}", world.name);
        let session = world.sessions().remove(0);
        assert_eq!(session.last_seen, NOW.plus_seconds(560));
        assert_eq!(session.idle_expires, NOW.plus_seconds(560 + 900));
        assert_eq!(session.absolute_expires, NOW.plus_seconds(8 * 3600));
    }
}

#[test]
fn sliding_never_reaches_past_the_absolute_end() {
    for mut world in worlds() {
        let id = world.session(1, NOW);
        let request = cookie(get("/me"), id.as_str());
        let mut accepted = 0;
        for seconds in (0..=8 * 3600 + 600).step_by(600) {
            world.now = NOW.plus_seconds(seconds);
            let status = world.send(Lane::A, &request).response.status;
            assert_eq!(status == 200, seconds < 8 * 3600, "after {seconds} s");
            accepted += u32::from(status == 200);
            let session = world.sessions().remove(0);
            assert!(session.idle_expires <= session.absolute_expires);
        }
        assert_eq!(accepted, 48);
    }
}

#[test]
fn an_idle_timeout_longer_than_the_absolute_one_is_cut_at_sign_in() {
    for mut world in worlds() {
        world.schemes[0].lifetimes.idle_timeout_seconds = 3600;
        world.schemes[0].lifetimes.absolute_timeout_seconds = 60;
        world.send(Lane::A, &crate::fixture::member_signs_in());
        let session = world.sessions().remove(0);
        assert_eq!(session.idle_expires, NOW.plus_seconds(60));
    }
}

/// A clock that was set back finds a last use that lies ahead: nothing is written, and nothing fails.
#[test]
fn a_clock_set_back_writes_nothing() {
    for mut world in worlds() {
        let id = world.session(1, NOW);
        world.now = NOW.plus_seconds(-3600);
        let handled = world.send(Lane::A, &cookie(get("/me"), id.as_str()));
        assert_eq!(handled.response.status, 200);
        assert_eq!(world.sessions()[0].last_seen, NOW);
    }
}
