//! Which scheme each lane has. What a server makes of a scheme is never decided here.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Carrier, Credential, Lane, Observation, Scheme};

use super::browser_view::used_cookies;
use super::cookie_settings::assigning_line;
use super::draft::Draft;
use super::kept_choices;
use super::playground::Playground;
use super::record::Event;
use crate::browser::{BearerStorage, Cookies, site};

impl Playground {
    /// The lane's scheme. Tracked where the caller tracks.
    pub(crate) fn scheme(self, lane: Lane) -> Scheme {
        lane.of(&self.schemes).get()
    }

    /// The lane's scheme at this moment.
    pub(crate) fn scheme_now(self, lane: Lane) -> Scheme {
        lane.of(&self.schemes).get_untracked()
    }

    /// The lane whose token page script keeps: the right one, where both have one. Tracked where the caller tracks.
    pub(crate) fn bearer_token_lane(self) -> Option<Lane> {
        [Lane::B, Lane::A].into_iter().find(|lane| {
            let scheme = self.scheme(*lane);
            scheme.carrier.is_bearer() && scheme.credential.is_token()
        })
    }

    /// Gives a lane another scheme. What page script keeps in places that this one does not use is dropped, so that
    /// nothing stale is sent. A scheme that makes no sense changes nothing.
    pub(crate) fn change_scheme(self, lane: Lane, scheme: Scheme) {
        let before = self.scheme_now(lane);
        if scheme == before || scheme.problem().is_some() {
            return;
        }
        self.drop_unused_cookies(lane, &scheme);
        BearerStorage::remove_others(lane, &before, Some(&scheme));
        let mut schemes = Lane::BOTH.map(|lane| self.scheme_now(lane));
        *lane.of_mut(&mut schemes) = scheme;
        self.set_schemes(schemes);
        if kind(&before) != kind(&scheme) {
            self.forget_given(lane);
        }
        lane.of(&self.refresh_refused).set_value(false);
        self.note(Event::SchemeChanged { lane, scheme });
        let view = self.browser_view();
        self.hold_in_editors(&view);
        self.browser.set(view);
        // The jar follows what was dropped.
        spawn_local(async move {
            self.send_in_turn(Vec::new()).await;
            self.schedule_paint();
        });
    }

    /// Sets them without a word in the history.
    pub(super) fn set_schemes(self, schemes: [Scheme; 2]) {
        kept_choices::keep_schemes(&schemes);
        for lane in Lane::BOTH {
            lane.of(&self.schemes).set(*lane.of(&schemes));
        }
    }

    /// Forgets all that the page keeps of a lane.
    pub(super) fn forget_lane(self, lane: Lane) {
        BearerStorage::remove_others(lane, &self.scheme_now(lane), None);
        self.forget_given(lane);
        lane.of(&self.refresh_refused).set_value(false);
    }

    /// Forgets what went out and came in.
    fn forget_given(self, lane: Lane) {
        lane.of(&self.carried).set(None);
        lane.of(&self.issued).set(None);
        lane.of(&self.cookies_set).set(Vec::new());
        lane.of(&self.drafts).set(Draft::default());
    }

    /// Page script lets the lane's cookies end that this scheme makes no use of, as far as it sees them.
    fn drop_unused_cookies(self, lane: Lane, scheme: &Scheme) {
        let used = used_cookies(lane, scheme);
        let shown = Cookies::read().unwrap_or_default();
        for name in lane.names().cookies() {
            if used.contains(&name) || Cookies::value(&shown, name).is_none() {
                continue;
            }
            let stored = self.observation.with_untracked(|seen| {
                let jar = |seen: &Observation| {
                    let found = seen.jar.iter().find(|cookie| cookie.name == name);
                    found.cloned()
                };
                seen.as_ref().and_then(jar)
            });
            let line = assigning_line(name, "", stored.as_ref(), &site(), self.clock());
            Cookies::write(&format!("{line}; Max-Age=0"));
        }
    }
}

/// What two schemes must share so that a credential of one means something to the other.
fn kind(scheme: &Scheme) -> (bool, bool) {
    (
        scheme.credential == Credential::SessionId,
        scheme.carrier == Carrier::Cookie,
    )
}
