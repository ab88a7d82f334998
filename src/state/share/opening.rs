//! The settings in a link: written as they are, and opened again one by one. What can't be used of them is said, and the
//! rest is.

use leptos::prelude::*;
use protocol::{Lane, ServerAlgorithm};
use serde_json::Value;

use super::link::{TooLong, general};
use crate::route::Scene;
use crate::state::cookie_settings::{settings_from_json, settings_to_json};
use crate::state::fleet::{fleet_from_json, fleet_to_json};
use crate::state::token_link::encoded;
use crate::state::{Playground, scheme_from_json, scheme_value};

/// The furthest that a link moves the clock: what a cookie lives at most, in seconds. RFC 6265bis, 5.5.
const FURTHEST_SECONDS: i64 = 400 * 24 * 60 * 60;

/// A setting that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// A lane's scheme.
    Scheme(Lane),
    /// How many servers there are, and how they are balanced.
    Fleet,
    /// How the session cookie is set.
    Cookie,
    /// With what tokens are signed.
    Algorithm,
    /// The clock.
    Clock,
    /// The request: the form that holds it says whether it can be.
    Request,
}

/// What came of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opening {
    /// What was opened.
    pub(crate) opened: Vec<Opened>,
    /// The request that it names, for the form that holds it.
    pub(crate) request: Option<String>,
    /// What could not be used: its name, and why, where there is more to say than that it can't be read.
    pub(crate) left: Vec<(String, Option<String>)>,
    /// Whether it was longer than any that is made here.
    pub(crate) is_too_long: bool,
}

/// All settings, as a link holds them: whoever opens it has them, whatever was set there before.
pub(crate) fn settings(playground: Playground, request: Option<&str>) -> String {
    let schemes = Lane::BOTH.map(|lane| playground.scheme(lane));
    let mut fleet = playground.fleet.get();
    // What is wrong with servers is of the moment.
    fleet.faults.clear();
    let [a, b] = schemes
        .each_ref()
        .map(|scheme| scheme_value(scheme).to_string());
    let settings = [
        ("a", Some(a)),
        ("b", Some(b)),
        ("fleet", Some(fleet_to_json(&fleet, &schemes).to_string())),
        (
            "cookie",
            Some(settings_to_json(&playground.session_cookie.get())),
        ),
        (
            "sign",
            Some(playground.token_algorithm.get().name().to_owned()),
        ),
        (
            "clock",
            Some(playground.clock_offset_seconds.get().to_string()),
        ),
        ("request", request.map(str::to_owned)),
    ];
    let named = settings
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", encoded(&value?))));
    named.collect::<Vec<_>>().join("&")
}

/// Opens the settings in a link.
pub(crate) async fn open(playground: Playground, scene: Scene, fragment: String) -> Opening {
    let mut opening = Opening::default();
    let pairs = match general(scene, &fragment) {
        Ok(pairs) => pairs,
        Err(TooLong) => {
            opening.is_too_long = true;
            return opening;
        }
    };
    for (name, text) in pairs {
        let used = match &text {
            None => Err(None),
            Some(text) => open_one(playground, &name, text).await,
        };
        match used {
            Ok(Some(Opened::Request)) => opening.request = text,
            Ok(opened) => opening.opened.extend(opened),
            Err(why) => opening.left.push((name, why)),
        }
    }
    opening
}

/// What a setting changed, or why it can't be used.
type Used = Result<Option<Opened>, Option<String>>;

async fn open_one(playground: Playground, name: &str, text: &str) -> Used {
    match name {
        "embed" => Ok(None),
        "a" => open_scheme(playground, Lane::A, text),
        "b" => open_scheme(playground, Lane::B, text),
        "fleet" => open_fleet(playground, text),
        "cookie" => {
            let settings = settings_from_json(text).ok_or(None)?;
            if settings == playground.session_cookie.get_untracked() {
                return Ok(None);
            }
            playground.change_session_cookie(settings);
            Ok(Some(Opened::Cookie))
        }
        "sign" => {
            let named = |algorithm: &ServerAlgorithm| algorithm.name() == text;
            let algorithm = ServerAlgorithm::ALL.into_iter().find(named).ok_or(None)?;
            if algorithm == playground.token_algorithm.get_untracked() {
                return Ok(None);
            }
            playground.choose_algorithm(algorithm);
            Ok(Some(Opened::Algorithm))
        }
        "clock" => {
            let seconds: i64 = text.parse().map_err(|_| None)?;
            if !(-FURTHEST_SECONDS..=FURTHEST_SECONDS).contains(&seconds) {
                return Err(Some(crate::wording::share::TOO_FAR.to_owned()));
            }
            if seconds == playground.clock_offset_seconds.get_untracked() {
                return Ok(None);
            }
            playground.move_clock(seconds).await;
            Ok(Some(Opened::Clock))
        }
        "request" => Ok(Some(Opened::Request)),
        _ => Err(Some(crate::wording::share::UNKNOWN.to_owned())),
    }
}

fn open_scheme(playground: Playground, lane: Lane, text: &str) -> Used {
    let value: Value = serde_json::from_str(text).map_err(|_| None)?;
    let present = playground.scheme_now(lane);
    let scheme = scheme_from_json(&value, &present).map_err(Some)?;
    playground.change_scheme(lane, scheme);
    Ok((scheme != present).then_some(Opened::Scheme(lane)))
}

fn open_fleet(playground: Playground, text: &str) -> Used {
    let value: Value = serde_json::from_str(text).map_err(|_| None)?;
    let schemes = Lane::BOTH.map(|lane| playground.scheme_now(lane));
    let present = playground.fleet_now();
    let (fleet, schemes, wrong) = fleet_from_json(&value, &present, &schemes);
    for lane in Lane::BOTH {
        playground.change_scheme(lane, *lane.of(&schemes));
    }
    let is_other = fleet != present;
    let deployed = playground.deploy(fleet);
    deployed.map_err(|problem| Some(crate::wording::servers::problem(problem)))?;
    if wrong.is_empty() {
        Ok(is_other.then_some(Opened::Fleet))
    } else {
        Err(Some(wrong.join(" ")))
    }
}
