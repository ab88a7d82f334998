//! What went out and came in: what proves who one is, as anyone who saw it could have kept it.

use leptos::prelude::*;
use protocol::{Carrier, Lane, Presented};

use super::browser_view::{BrowserView, CookieSet, credential_cookie};
use super::page_script::{self, holds_hidden};
use super::playground::Playground;
use super::record::{Outcome, Recorded};

impl Playground {
    /// What went out last in this lane, if the browser holds it no more: a `Cookie` field's value, or what page script
    /// sent as a bearer.
    pub(crate) fn kept_copy(self, lane: Lane) -> Option<String> {
        let scheme = self.scheme(lane);
        let carried = lane.of(&self.carried).get()?;
        let is_held = self.browser.with(|view| {
            if scheme.carrier.is_bearer() {
                return view.bearer(lane) == Some(&carried);
            }
            let shown = view.cookie.as_deref().unwrap_or_default();
            carried
                .split("; ")
                .all(|pair| shown.split("; ").any(|it| it == pair))
        });
        let is_hidden = || {
            self.observation.with(|seen| {
                seen.as_ref()
                    .is_some_and(|seen| holds_hidden(&seen.jar, &carried))
            })
        };
        let is_gone = !is_held && (scheme.carrier.is_bearer() || !is_hidden());
        is_gone.then_some(carried)
    }

    /// Remembers what page script sees, where it sees something.
    pub(super) fn remember(self, view: &BrowserView) {
        for lane in Lane::BOTH {
            let seen = match self.scheme_now(lane).carrier {
                Carrier::Cookie => Some(view.cookies_of(lane)),
                _ => view.bearer(lane).cloned(),
            };
            self.remember_carried(lane, seen.filter(|seen| !seen.is_empty()));
        }
    }

    fn remember_carried(self, lane: Lane, seen: Option<String>) {
        let carried = *lane.of(&self.carried);
        if seen.is_some() && carried.with_untracked(|carried| *carried != seen) {
            carried.set(seen);
        }
    }

    /// Remembers what an exchange brought and took along.
    pub(super) fn remember_exchange(self, recorded: &Recorded) {
        let Outcome::Answered {
            exchange,
            readbacks,
        } = &recorded.outcome
        else {
            return;
        };
        let lane = exchange.lane;
        // Page script can't see an HttpOnly cookie; whoever is on the way can.
        if recorded.errand.credential == Presented::FromBrowser
            && exchange.scheme.carrier == Carrier::Cookie
            && exchange.path != "/refresh"
        {
            let cookie = exchange.request.header("Cookie").map(str::to_owned);
            self.remember_carried(lane, cookie);
        }
        if recorded.errand.credential == Presented::OtherDevice {
            return;
        }
        let issued = *lane.of(&self.issued);
        if let Some(bearer) = page_script::issued_bearer(exchange) {
            issued.set(Some(bearer));
        }
        if exchange.path == "/login" {
            lane.of(&self.refresh_refused).set_value(false);
            self.cookie_settings_wait.set(false);
        }
        if exchange.cookies.is_empty() {
            return;
        }
        let settings = self.session_cookie.get_untracked();
        if let Some(name) = credential_cookie(lane, &exchange.scheme, &settings)
            && let Some(value) = page_script::issued_cookie(&exchange.cookies, name)
        {
            issued.set(Some(value));
        }
        let effects = exchange.cookies.iter().zip(readbacks);
        let set = effects.map(|(effect, readback)| CookieSet {
            at: exchange.at,
            effect: effect.clone(),
            readback: readback.clone(),
        });
        lane.of(&self.cookies_set).set(set.collect());
    }
}
