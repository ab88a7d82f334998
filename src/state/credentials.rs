//! What went out and came in: what proves who one is, as anyone who saw it could have kept it.

use leptos::prelude::*;
use protocol::{Carrier, Presented};

use super::browser_view::{BrowserView, CookieSet};
use super::page_script::{self, holds_hidden};
use super::playground::Playground;
use super::record::{Outcome, Recorded};

impl Playground {
    /// What went out last under this carrier, if the browser holds it no more.
    pub(crate) fn kept_copy(self, carrier: Carrier) -> Option<String> {
        match carrier {
            Carrier::Cookie => {
                self.carried
                    .with(|carried| carried.cookie.clone())
                    .filter(|carried| {
                        let shown = self
                            .browser
                            .with(|view| view.cookie.clone().unwrap_or_default());
                        let hidden = self.observation.with(|seen| {
                            seen.as_ref()
                                .is_some_and(|seen| holds_hidden(&seen.jar, carried))
                        });
                        !hidden
                            && !carried
                                .split("; ")
                                .all(|pair| shown.split("; ").any(|it| it == pair))
                    })
            }
            Carrier::LocalStorage => {
                self.carried
                    .with(|carried| carried.token.clone())
                    .filter(|carried| {
                        self.browser
                            .with(|view| view.token.as_ref() != Some(carried))
                    })
            }
        }
    }

    /// Remembers what page script sees, where it sees something.
    pub(super) fn remember(self, view: &BrowserView) {
        let cookie = view.cookie.as_ref().filter(|cookie| !cookie.is_empty());
        self.remember_carried(cookie, view.token.as_ref());
    }

    fn remember_carried(self, cookie: Option<&String>, token: Option<&String>) {
        let is_new = self.carried.with_untracked(|carried| {
            cookie.is_some_and(|cookie| carried.cookie.as_ref() != Some(cookie))
                || token.is_some_and(|token| carried.token.as_ref() != Some(token))
        });
        if is_new {
            self.carried.update(|carried| {
                carried.cookie = cookie.cloned().or_else(|| carried.cookie.take());
                carried.token = token.cloned().or_else(|| carried.token.take());
            });
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
        // Page script can't see an HttpOnly cookie; whoever is on the way can.
        if recorded.errand.credential == Presented::FromBrowser {
            let cookie = exchange.request.header("Cookie").map(str::to_owned);
            self.remember_carried(cookie.as_ref(), None);
        }
        if let Some(token) = page_script::issued_token(exchange) {
            self.issued.update(|issued| issued.token = Some(token));
        }
        if exchange.cookies.is_empty() {
            return;
        }
        if let Some(cookie) = page_script::issued_cookie(&exchange.cookies) {
            self.issued.update(|issued| issued.cookie = Some(cookie));
        }
        if exchange.path == "/login" {
            self.cookie_settings_wait.set(false);
        }
        let effects = exchange.cookies.iter().zip(readbacks);
        let set = effects.map(|(effect, readback)| CookieSet {
            at: exchange.at,
            effect: effect.clone(),
            readback: readback.clone(),
        });
        self.cookies_set.set(set.collect());
    }
}
