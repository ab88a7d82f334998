//! When the next thing ends that someone is known by: the moment to which the clock can be moved. It moves nothing.

use leptos::prelude::*;
use protocol::{Credential, Lane, Observation, Scheme, Timestamp};

use super::playground::Playground;
use super::token_parts::expiry;

impl Playground {
    /// The next moment after now at which a session, a family of refresh tokens, a token that is held or a cookie ends.
    /// Tracked where the caller tracks.
    pub(crate) fn next_expiry(self) -> Option<Timestamp> {
        let now = self
            .second
            .get()
            .plus_seconds(self.clock_offset_seconds.get());
        self.next_expiry_after(now)
    }

    fn next_expiry_after(self, now: Timestamp) -> Option<Timestamp> {
        let schemes = Lane::BOTH.map(|lane| self.scheme(lane));
        let bearers = self.browser.with(|view| view.bearers.clone());
        self.observation
            .with(|seen| next(seen.as_ref(), &schemes, &bearers, now))
    }

    /// Moves the one clock to the first whole second of the offset at which the next of these has ended.
    pub(crate) async fn move_clock_to_next_expiry(self) {
        // By the clock itself: what is shown of it lags by up to a second, in which this may be pressed again.
        let now = self.clock();
        let Some(next) = untrack(|| self.next_expiry_after(now)) else {
            return;
        };
        let left = next.milliseconds() - now.milliseconds();
        let seconds = left.div_euclid(1000) + i64::from(left.rem_euclid(1000) > 0);
        self.move_clock(self.clock_offset_seconds.get_untracked() + seconds)
            .await;
    }
}

fn next(
    seen: Option<&Observation>,
    schemes: &[Scheme; 2],
    bearers: &[Option<String>; 2],
    now: Timestamp,
) -> Option<Timestamp> {
    let is = |lane: Lane, credential| lane.of(schemes).credential == credential;
    let tokens = bearers.iter().flatten().filter_map(|token| expiry(token));
    let sessions = seen
        .into_iter()
        .flat_map(|seen| &seen.sessions)
        .filter(|row| is(row.lane, Credential::SessionId))
        .map(|row| row.idle_expires.min(row.absolute_expires));
    let families = seen
        .into_iter()
        .flat_map(|seen| &seen.refresh_tokens)
        .filter(|row| row.ended.is_none() && is(row.lane, Credential::AccessAndRefresh))
        .map(|row| row.expires);
    let cookies = seen
        .into_iter()
        .flat_map(|seen| &seen.jar)
        .filter_map(|cookie| cookie.expires);
    tokens
        .chain(sessions)
        .chain(families)
        .chain(cookies)
        .filter(|moment| *moment > now)
        .min()
}

#[cfg(test)]
mod tests {
    use protocol::{Cookie, RefreshRow, SameSite, SessionRow, StorePlace};

    use super::*;
    use crate::state::token_parts::unsigned;

    const NOW: i64 = 1000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(NOW + seconds)
    }

    fn session(lane: Lane, idle: i64, absolute: i64) -> SessionRow {
        SessionRow {
            id_hash: String::from("5be1"),
            user: 42,
            lane,
            place: StorePlace::Database,
            server: None,
            device: String::new(),
            role: String::from("member"),
            cached_since: None,
            created: at(-1),
            last_seen: at(-1),
            idle_expires: at(idle),
            absolute_expires: at(absolute),
        }
    }

    fn family(expires: i64, ended: Option<i64>) -> RefreshRow {
        RefreshRow {
            token_hash: String::from("00"),
            family: String::from("01"),
            user: 42,
            lane: Lane::B,
            created: at(-1),
            used: None,
            expires: at(expires),
            ended: ended.map(at),
        }
    }

    fn cookie(expires: i64) -> Cookie {
        Cookie {
            name: String::from("sid"),
            value: String::from("1"),
            domain: String::from("example.org"),
            host_only: true,
            path: String::from("/"),
            expires: Some(at(expires)),
            secure: false,
            http_only: false,
            same_site: SameSite::Lax,
            created: at(-1),
            attributes_known: true,
        }
    }

    fn seen(
        sessions: Vec<SessionRow>,
        refresh_tokens: Vec<RefreshRow>,
        jar: Vec<Cookie>,
    ) -> Observation {
        Observation {
            at: at(0),
            session_count: 0,
            sessions,
            keys: Vec::new(),
            held_keys: Vec::new(),
            audit: Vec::new(),
            users: Vec::new(),
            refresh_tokens,
            denied: [0, 0],
            batches: Vec::new(),
            jar,
        }
    }

    #[test]
    fn the_next_of_all_that_ends_is_found() {
        let token = |seconds: i64| {
            let payload = format!("{{\"exp\":{}}}", NOW + seconds);
            Some(unsigned("{\"alg\":\"HS256\"}", &payload))
        };
        let schemes = [Scheme::STATEFUL, protocol::Preset::Hybrid.scheme()];
        for (seen, token, expected) in [
            (None, None, None),
            (Some(seen(vec![], vec![], vec![])), token(300), Some(300)),
            (Some(seen(vec![], vec![], vec![])), token(-300), None),
            (
                Some(seen(vec![session(Lane::A, 900, 60)], vec![], vec![])),
                None,
                Some(60),
            ),
            (
                Some(seen(vec![session(Lane::A, 900, 28800)], vec![], vec![])),
                None,
                Some(900),
            ),
            (
                Some(seen(vec![session(Lane::B, 900, 28800)], vec![], vec![])),
                None,
                None,
            ),
            (
                Some(seen(vec![session(Lane::A, 0, 28800)], vec![], vec![])),
                None,
                None,
            ),
            (
                Some(seen(vec![], vec![family(70, None)], vec![])),
                None,
                Some(70),
            ),
            (
                Some(seen(vec![], vec![family(70, Some(-5))], vec![])),
                None,
                None,
            ),
            (
                Some(seen(
                    vec![session(Lane::A, 900, 28800)],
                    vec![family(70, None)],
                    vec![cookie(5)],
                )),
                token(6),
                Some(5),
            ),
        ] {
            assert_eq!(
                next(seen.as_ref(), &schemes, &[None, token], at(0)),
                expected.map(at)
            );
        }
    }
}
