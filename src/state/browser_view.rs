//! What the browser holds and was given, as plain data.

use protocol::{CookieEffect, CookieSettings, Credential, Lane, Scheme, Timestamp};

use super::cookie_settings::session_cookie_name;
use super::record::Readback;

/// What page script sees in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BrowserView {
    /// `document.cookie`; `None` where cookies are disabled.
    pub(crate) cookie: Option<String>,
    /// What page script keeps for each lane to send as a bearer.
    pub(crate) bearers: [Option<String>; 2],
    /// Whether that is in memory alone, because the browser's storage did not take it.
    pub(crate) fell_back: [bool; 2],
    /// Whether the browser's storage may be used.
    pub(crate) storage_allowed: bool,
}

impl BrowserView {
    /// What page script keeps for that lane.
    pub(crate) const fn bearer(&self, lane: Lane) -> Option<&String> {
        lane.of(&self.bearers).as_ref()
    }

    /// The cookies that page script sees, without those that are the other lane's: two lanes stand for two sites.
    pub(crate) fn cookies_of(&self, lane: Lane) -> String {
        let foreign = lane.other().names().cookies();
        let name = |pair: &&str| pair.split('=').next().unwrap_or_default().to_owned();
        self.cookie
            .iter()
            .flat_map(|cookies| cookies.split("; "))
            .filter(|pair| !pair.is_empty() && !foreign.contains(&&*name(pair)))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// Under which name a lane's credential is a cookie, where its scheme makes it one; `None` where page script keeps it.
pub(crate) const fn credential_cookie(
    lane: Lane,
    scheme: &Scheme,
    settings: &CookieSettings,
) -> Option<&'static str> {
    if scheme.carrier.is_bearer() {
        return None;
    }
    match scheme.credential {
        Credential::SessionId => Some(session_cookie_name(lane, settings)),
        Credential::AccessToken | Credential::AccessAndRefresh => Some(lane.names().access_token),
    }
}

/// Which of a lane's cookies its scheme makes use of.
pub(crate) fn used_cookies(lane: Lane, scheme: &Scheme) -> Vec<&'static str> {
    let names = lane.names();
    let mut used = Vec::new();
    if !scheme.carrier.is_bearer() {
        match scheme.credential {
            Credential::SessionId => used.extend([names.session_cookie, names.host_session_cookie]),
            Credential::AccessToken | Credential::AccessAndRefresh => used.push(names.access_token),
        }
        // Page script that sends a bearer omits cookies, the balancer's too.
        used.push(names.balancer_cookie);
    }
    if scheme.credential == Credential::AccessAndRefresh {
        used.push(names.refresh_cookie);
    }
    used
}

/// A cookie that an answer brought.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CookieSet {
    /// When.
    pub(crate) at: Timestamp,
    /// What the user agent's model made of it.
    pub(crate) effect: CookieEffect,
    /// What the real browser made of it.
    pub(crate) readback: Readback,
}

#[cfg(test)]
mod tests {
    use protocol::Preset;

    use super::*;

    #[test]
    fn each_lane_sees_its_own_cookies_and_those_of_nobody() {
        let view = BrowserView {
            cookie: Some(String::from("sid=1; theme=dark; access_token=2; sid_b=3")),
            ..BrowserView::default()
        };
        assert_eq!(view.cookies_of(Lane::A), "sid=1; theme=dark");
        assert_eq!(
            view.cookies_of(Lane::B),
            "theme=dark; access_token=2; sid_b=3"
        );
        assert_eq!(BrowserView::default().cookies_of(Lane::A), "");
    }

    #[test]
    fn a_scheme_uses_the_cookies_that_carry_something_of_it() {
        for (preset, lane, used) in [
            (
                Preset::Stateful,
                Lane::A,
                vec!["sid", "__Host-sid", "balancer"],
            ),
            (Preset::Stateless, Lane::B, vec![]),
            (Preset::Hybrid, Lane::A, vec!["refresh_token_a"]),
            (
                Preset::TokenInCookie,
                Lane::B,
                vec!["access_token", "balancer_b"],
            ),
        ] {
            assert_eq!(used_cookies(lane, &preset.scheme()), used, "{preset:?}");
        }
    }
}
