//! Under which names a lane's credentials wait in the browser and travel: under each scheme, and never under one of the
//! other lane.

use crate::schemes::{ask, sign_in};
use e2e::{Failure, Kept, Lane, Setup, run, until};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where a scheme leaves something in the browser: of the left lane, then of the right one.
struct Places {
    /// As the console takes it, for both lanes.
    scheme: &'static str,
    cookies: [&'static str; 2],
    local: [&'static str; 2],
    session: [&'static str; 2],
    /// Cookies that no script sees.
    hidden: &'static [[&'static str; 2]],
    /// The field that carries it, with what its value begins with.
    carried: [&'static str; 2],
}

const NONE: [&str; 2] = ["", ""];
const BEARER: [&str; 2] = ["Authorization: Bearer ", "Authorization: Bearer "];
const ACCESS: [&str; 2] = ["access_token_a", "access_token"];
const REFRESH: [&str; 2] = ["refresh_token_a", "refresh_token"];

const PLACES: [Places; 9] = [
    Places {
        scheme: "'stateful'",
        cookies: ["sid", "sid_b"],
        local: NONE,
        session: NONE,
        hidden: &[],
        carried: ["Cookie: sid=", "Cookie: sid_b="],
    },
    Places {
        scheme: "{ carrier: 'local-storage' }",
        cookies: NONE,
        local: ["session_id", "session_id_b"],
        session: NONE,
        hidden: &[],
        carried: BEARER,
    },
    Places {
        scheme: "{ carrier: 'session-storage' }",
        cookies: NONE,
        local: NONE,
        session: ["session_id", "session_id_b"],
        hidden: &[],
        carried: BEARER,
    },
    Places {
        scheme: "{ carrier: 'memory' }",
        cookies: NONE,
        local: NONE,
        session: NONE,
        hidden: &[],
        carried: BEARER,
    },
    Places {
        scheme: "'stateless'",
        cookies: NONE,
        local: ACCESS,
        session: NONE,
        hidden: &[],
        carried: BEARER,
    },
    Places {
        scheme: "{ carrier: 'session-storage' }",
        cookies: NONE,
        local: NONE,
        session: ACCESS,
        hidden: &[],
        carried: BEARER,
    },
    Places {
        scheme: "'hybrid'",
        cookies: NONE,
        local: NONE,
        session: NONE,
        hidden: &[REFRESH],
        carried: BEARER,
    },
    Places {
        scheme: "{ carrier: 'cookie' }",
        cookies: NONE,
        local: NONE,
        session: NONE,
        hidden: &[ACCESS, REFRESH],
        carried: ["Cookie: access_token_a=", "Cookie: access_token="],
    },
    Places {
        scheme: "'token-in-cookie'",
        cookies: NONE,
        local: NONE,
        session: NONE,
        hidden: &[ACCESS],
        carried: ["Cookie: access_token_a=", "Cookie: access_token="],
    },
];

#[test]
fn two_lanes_of_one_scheme_share_no_name_and_a_change_of_scheme_leaves_nothing()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for places in PLACES {
            let scheme = places.scheme;
            for lane in ["a", "b"] {
                page.console(&format!("playground.configure('{lane}', {scheme})"))
                    .await?;
            }
            let left = page.kept().await?;
            let left = names_of(&left);
            assert!(left.is_empty(), "left before {scheme}: {left:?}");

            let seen = sign_in(page).await?;
            assert_eq!(seen.statuses(), [200, 200], "{scheme}: {seen:#?}");
            let kept = page.kept().await?;
            assert_eq!(names(&kept.cookies), sorted(places.cookies), "{scheme}");
            assert_eq!(names(&kept.local), sorted(places.local), "{scheme}");
            assert_eq!(names(&kept.session), sorted(places.session), "{scheme}");
            for (place, lane) in Lane::BOTH.into_iter().enumerate() {
                let signed_in = page.last_exchange(lane).await?;
                let hidden = places.hidden.iter().map(|names| names[place]);
                assert_eq!(hidden_cookies(&signed_in), sorted(hidden), "{scheme}");
            }

            let seen = ask(page).await?;
            assert_eq!(seen.statuses(), [200, 200], "{scheme}: {seen:#?}");
            let mut carried = Vec::new();
            for (place, lane) in Lane::BOTH.into_iter().enumerate() {
                let field = credential_field(&page.last_exchange(lane).await?);
                assert!(
                    field.starts_with(places.carried[place]),
                    "{scheme}: {field}"
                );
                assert!(!field.contains("; "), "something else too: {field}");
                carried.push(field);
            }
            assert_ne!(
                carried[0], carried[1],
                "{scheme}: two lanes, two credentials"
            );
        }
        Ok(())
    })
}

#[test]
fn what_happens_to_one_lane_is_nothing_to_the_other_of_the_same_scheme() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_scheme(Lane::Stateless, "Stateful").await?;
        sign_in(page).await?;
        let seen = until("a session in each lane", async || {
            let seen = page.answers().await?;
            let sessions = seen.both().map(|lane| lane.sessions.len());
            anyhow::ensure!(sessions == [1, 1], "there are {sessions:?}");
            Ok(Some(seen))
        })
        .await?;
        for (lane, letter) in seen.both().into_iter().zip(["lane A", "lane B"]) {
            assert!(lane.heading.ends_with(letter), "{}", lane.heading);
        }
        assert_ne!(seen.stateful.sessions[0][0], seen.stateless.sessions[0][0]);
        page.press_starting(Lane::Stateful, "Kill session").await?;
        page.newest("was killed").await?;
        let seen = ask(page).await?;
        assert_eq!(seen.statuses(), [401, 200], "{seen:#?}");

        // The session ID of one lane is none in the other.
        let right = page.kept().await?.cookies["sid_b"].clone();
        page.put_session_id(&right).await?;
        let seen = ask(page).await?;
        assert_eq!(seen.statuses(), [401, 200], "{seen:#?}");
        let said = &seen.stateful.sentence;
        assert!(said.contains("No session has this ID"), "{said}");

        // And so is a token.
        page.choose_scheme(Lane::Stateful, "Stateless").await?;
        page.choose_scheme(Lane::Stateless, "Stateless").await?;
        sign_in(page).await?;
        let right = page.token().await?.unwrap_or_default();
        page.leave_in_storage("access_token_a", &right).await?;
        let seen = ask(page).await?;
        assert_eq!(seen.statuses(), [401, 200], "{seen:#?}");
        let said = &seen.stateful.sentence;
        assert!(
            said.contains("aud is not what this server expects"),
            "{said}"
        );
        Ok(())
    })
}

/// The names of all that the lanes keep; that the schemes themselves are kept is no matter.
pub(crate) fn names_of(kept: &Kept) -> Vec<String> {
    let all = [&kept.cookies, &kept.local, &kept.session];
    all.into_iter().flat_map(names).collect()
}

fn names(kept: &BTreeMap<String, String>) -> Vec<String> {
    kept.keys().filter(|it| *it != "schemes").cloned().collect()
}

fn sorted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names = names.into_iter().filter(|name| !name.is_empty());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names
}

/// The names of the cookies that the answer sets out of page script's sight.
fn hidden_cookies(exchange: &Value) -> Vec<String> {
    let lines = exchange["cookies"].as_array().into_iter().flatten();
    let lines = lines.filter_map(|it| it["line"].as_str());
    let hidden = lines.filter(|line| line.contains("; HttpOnly") && !line.contains("Max-Age=0"));
    sorted(hidden.filter_map(|line| line.split('=').next()))
}

/// The field of the request that proves who asks.
fn credential_field(exchange: &Value) -> String {
    let fields = exchange["request"]["headers"].as_array();
    let mut fields = fields.into_iter().flatten().filter_map(|field| {
        let (name, value) = (field[0].as_str()?, field[1].as_str()?);
        matches!(name, "Cookie" | "Authorization").then(|| format!("{name}: {value}"))
    });
    let field = fields.next().unwrap_or_default();
    assert_eq!(fields.next(), None, "beside {field}");
    field
}
