//! Changing what the browser holds, and asking what would come of it. What a server says of a change is asked of the
//! server: nothing is judged here.

use leptos::prelude::Set;
use protocol::{
    Command, CookieEffect, CookieSettings, Errand, Exchange, Lane, PageContext, Presented, Reply,
    Service, Signer,
};

use super::cookie_settings;
use super::page_script;
use super::playground::{Playground, say_no_answer, unexpected};
use super::record::{Event, Held, Readback};
use crate::browser::BearerStorage;

impl Playground {
    /// What `GET /me` would meet in that lane, if page script saw this.
    pub(crate) async fn preview(self, lane: Lane, page: PageContext) -> Result<Exchange, String> {
        let errand = Errand {
            lane,
            method: String::from("GET"),
            path: String::from("/me"),
            headers: Vec::new(),
            body: String::new(),
            credential: Presented::FromBrowser,
        };
        match self.ask(Command::Preview { page, errand }).await {
            Ok(Reply::Previewed(exchange)) => Ok(*exchange),
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// The signature that the stateless server would make of this.
    pub(crate) async fn sign(self, signing_input: String) -> Option<String> {
        match self
            .ask(Command::Sign {
                signing_input,
                signer: Signer::Service(Service::Main),
            })
            .await
        {
            Ok(Reply::Signed(signature)) => signature.ok(),
            _ => None,
        }
    }

    /// What the user agent says to a line that page script would assign to `document.cookie`.
    pub(crate) async fn judge_cookie(self, line: String) -> Result<CookieEffect, String> {
        let page = self.page_context();
        match self.ask(Command::AssignCookie { page, line }).await {
            Ok(Reply::Assigned(effect)) => Ok(effect),
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// Assigns a line to `document.cookie`, if the user agent allows it.
    pub(crate) async fn assign_cookie(
        self,
        line: String,
    ) -> Result<(CookieEffect, Readback), String> {
        let effect = self.judge_cookie(line).await?;
        let readback = page_script::write_cookie(&effect);
        if effect.script_line.is_some() && readback != Readback::NotTaken {
            self.note(Event::Edited { held: Held::Cookie });
        }
        self.schedule_paint();
        Ok((effect, readback))
    }

    /// Puts a token or a session ID where page script keeps the lane's.
    pub(crate) fn put_bearer(self, lane: Lane, bearer: &str) {
        let scheme = self.scheme_now(lane);
        BearerStorage::write(lane, &scheme, bearer);
        self.note(Event::Edited {
            held: Held::by(&scheme),
        });
        self.schedule_paint();
    }

    /// Deletes what page script keeps for the lane.
    pub(crate) fn delete_bearer(self, lane: Lane) {
        let scheme = self.scheme_now(lane);
        BearerStorage::remove(lane, &scheme);
        self.note(Event::Deleted {
            held: Held::by(&scheme),
        });
        self.schedule_paint();
    }

    /// Deletes a cookie, by a line that lets it end now.
    pub(crate) async fn delete_cookie(self, line: String) {
        if let Ok(effect) = self.judge_cookie(format!("{line}; Max-Age=0")).await
            && page_script::write_cookie(&effect) == Readback::AsModelled
        {
            self.note(Event::Deleted { held: Held::Cookie });
        }
        self.schedule_paint();
    }

    /// Changes how the stateful server sets its session cookie, from the next sign-in on.
    pub(crate) fn change_session_cookie(self, settings: CookieSettings) {
        self.set_session_cookie(settings);
        self.cookie_settings_wait.set(true);
        self.note(Event::CookieSettingsChanged);
        self.schedule_paint();
    }

    /// Sets it without a word in the history.
    pub(super) fn set_session_cookie(self, settings: CookieSettings) {
        cookie_settings::write(&settings);
        self.session_cookie.set(settings);
    }
}
