//! What the screen shows of what happened, and when it follows. It changes nothing of what happened.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Lane;

use super::browser_view::{BrowserView, credential_cookie};
use super::history::History;
use super::playground::Playground;
use super::record::{Entry, Recorded};
use crate::browser::{Cookies, milliseconds, next_frame, next_task, now};

/// The least time between two paints of what happened, but for a few.
const PAINT_INTERVAL: Duration = Duration::from_millis(200);
/// How many more there may be in that time: what one press sets off is not always one request alone.
const PAINTS_MORE: u32 = 2;
/// In a storm of requests, how much of the page's time painting takes at most, as the browser does it: one part in so many.
const PAINT_SHARE: u32 = 25;
/// The most time between two paints, however long they take.
const PAINT_INTERVAL_LIMIT: Duration = Duration::from_millis(1_000);
/// More entries than this in one paint, and nobody can watch each.
const WATCHABLE: u32 = 3;
/// This long without a new entry, and the stream is over.
const PAUSE: Duration = Duration::from_millis(250);

impl Playground {
    /// What a lane shows: its part of the entry that is looked at again, or its latest. A lane that the entry left out
    /// shows what it showed then.
    pub(crate) fn shown(self, lane: Lane) -> Option<Arc<Recorded>> {
        self.history
            .with(|history| history.last_by(lane, self.selected.get()).cloned())
    }

    /// The entry that is looked at: the chosen one, or the latest with requests.
    pub(crate) fn shown_entry(self) -> Option<Arc<Entry>> {
        self.history.with(|history| match self.selected.get() {
            Some(number) => history.entry(number).cloned(),
            None => history
                .entries()
                .rev()
                .find(|entry| entry.errand().is_some())
                .cloned(),
        })
    }

    /// Looks at the clock, and at the browser.
    pub(crate) fn look_around(self) {
        self.second.set(now());
        self.look_at_browser();
    }

    /// Looks again at what the browser holds: its developer tools may have changed it.
    pub(crate) fn look_at_browser(self) {
        let view = self.browser_view();
        if self.browser.with_untracked(|shown| *shown != view) {
            self.remember(&view);
            self.hold_in_editors(&view);
            self.browser.set(view);
        }
    }

    /// What the editors stand beside. They follow, unless someone has typed.
    pub(super) fn hold_in_editors(self, view: &BrowserView) {
        let settings = self.session_cookie.get_untracked();
        let cookies = view.cookie.as_deref().unwrap_or_default();
        for lane in Lane::BOTH {
            let held = match credential_cookie(lane, &self.scheme_now(lane), &settings) {
                Some(name) => Cookies::value(cookies, name),
                None => view.bearer(lane).cloned(),
            };
            lane.of(&self.drafts)
                .update(|draft| draft.hold(&held.unwrap_or_default()));
        }
    }

    /// Lets the screen follow at once, or with the next frame where it did just now. In a storm of requests it follows only
    /// every [`PAINT_INTERVAL`], or as seldom as [`PAINT_SHARE`] asks for.
    pub(in crate::state) fn schedule_paint(self) {
        if self.paint_due.get_value() {
            return;
        }
        let since_first = now().milliseconds() - self.painted_at.get_value().milliseconds();
        let since_first = Duration::from_millis(since_first.unsigned_abs());
        let wait = self.paint_interval().saturating_sub(since_first);
        if wait.is_zero() {
            self.painted_at.set_value(now());
            self.paints_since.set_value(0);
            self.paint();
            return;
        }
        self.paint_due.set_value(true);
        if !self.streams.get_untracked() && self.paints_since.get_value() < PAINTS_MORE {
            self.paints_since.update_value(|count| *count += 1);
            next_frame(move || self.paint());
        } else {
            let again = move || {
                self.paint_due.set_value(false);
                self.schedule_paint();
            };
            set_timeout(again, wait);
        }
    }

    fn paint_interval(self) -> Duration {
        if self.streams.get_untracked() {
            let fair = self.paint_took.get_value() * PAINT_SHARE;
            fair.clamp(PAINT_INTERVAL, PAINT_INTERVAL_LIMIT)
        } else {
            PAINT_INTERVAL
        }
    }

    fn paint(self) {
        self.paint_due.set_value(false);
        let began = milliseconds();
        spawn_local(async move {
            // The task after this frame's: by then the browser has drawn it.
            next_task().await;
            let took = Duration::try_from_secs_f64((milliseconds() - began) / 1_000.0);
            self.paint_took.set_value(took.unwrap_or_default());
            // The clock is not left behind the newest event. A frame later, so that a first answer does not wait for it.
            let now = now();
            if self.second.get_untracked().seconds() != now.seconds() {
                self.second.set(now);
            }
        });
        let log = self.log.get_value();
        let shown = self.history.with_untracked(History::last_number);
        let number = log.last_number();
        let streams = number.saturating_sub(shown) > WATCHABLE;
        if self.streams.get_untracked() != streams {
            self.streams.set(streams);
        }
        if streams {
            set_timeout(move || self.end_stream(number), PAUSE);
        }
        self.history.set(log);
        self.look_at_browser();
        spawn_local(async move {
            let _ = self.observe().await;
            if self.calibration.with_untracked(Option::is_none) {
                self.calibrate().await;
            }
        });
    }

    /// Ends the stream where nothing came after that entry.
    fn end_stream(self, number: u32) {
        if self.streams.get_untracked() && self.log.with_value(History::last_number) == number {
            self.streams.set(false);
        }
    }
}
