//! The page's state as signals, and all that changes it.

use std::rc::Rc;
use std::sync::Arc;

use futures::lock::Mutex;
use leptos::prelude::*;
use protocol::{
    Calibration, Command, CookieSettings, Errand, Exchange, Inspection, InspectionOptions, Lane,
    Observation, PageContext, Presented, Reply, ServerAlgorithm, Settings, SignatureRate,
    Timestamp,
};

use super::browser_view::{BrowserView, CookieSet, Credentials};
use super::cookie_settings;
use super::draft::Draft;
use super::history::History;
use super::keys::{self, ServerKey};
use super::page_script;
use super::record::{Event, Outcome, Recorded};
use crate::browser::{Cookies, LinkState, NoAnswer, TokenStorage, WorkerLink, now, site};

/// The page's state. Everything in it is a handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Playground {
    link: StoredValue<WorkerLink, LocalStorage>,
    /// One command's exchanges at a time: the next reads the cookies that the one before has written.
    turn: StoredValue<Rc<Mutex<()>>, LocalStorage>,
    /// What happened, as it happened. The screen follows once a frame.
    pub(super) log: StoredValue<History>,
    pub(super) paint_due: StoredValue<bool>,
    pub(super) painted_at: StoredValue<Timestamp>,
    /// What can be said of the worker.
    pub(crate) link_state: RwSignal<LinkState>,
    /// What happened, as the screen shows it.
    pub(crate) history: RwSignal<History>,
    /// What page script sees.
    pub(crate) browser: RwSignal<BrowserView>,
    /// What the observer sees of the server.
    pub(crate) observation: RwSignal<Option<Observation>>,
    /// What single operations cost here.
    pub(crate) calibration: RwSignal<Option<Calibration>>,
    /// By how many seconds the user has moved the one clock.
    pub(crate) clock_offset_seconds: RwSignal<i64>,
    /// How the stateful server sets its session cookie.
    pub(crate) session_cookie: RwSignal<CookieSettings>,
    /// With what the stateless server signs.
    pub(crate) token_algorithm: RwSignal<ServerAlgorithm>,
    /// The making of a key for it.
    pub(crate) server_key: ServerKey,
    /// Whether these settings have met no sign-in yet.
    pub(crate) cookie_settings_wait: RwSignal<bool>,
    /// What went out last, as anyone who saw it could have kept it.
    pub(super) carried: RwSignal<Credentials>,
    /// What the servers gave out last.
    pub(crate) issued: RwSignal<Credentials>,
    /// The last cookies that an answer brought, with what the real browser made of each.
    pub(crate) cookies_set: RwSignal<Vec<CookieSet>>,
    /// The token in the editor.
    pub(crate) token_draft: RwSignal<Draft>,
    /// The session cookie's value in the editor.
    pub(crate) cookie_draft: RwSignal<Draft>,
    /// Real time, each second.
    pub(crate) second: RwSignal<Timestamp>,
    /// The number of the entry that is looked at again; `None` for the latest.
    pub(crate) selected: RwSignal<Option<u32>>,
    /// Whether entries come faster than anyone could watch them: then nothing needs to move.
    pub(crate) streams: RwSignal<bool>,
}

impl Playground {
    /// Opens the link to the worker.
    pub(crate) fn open() -> Self {
        let link_state = RwSignal::new(LinkState::Starting);
        let view = browser_view();
        // What an earlier visit left was issued, as far as anyone can tell.
        let found = Credentials {
            cookie: view.cookie.clone().filter(|cookie| !cookie.is_empty()),
            token: view.token.clone(),
        };
        let playground = Self {
            link: StoredValue::new_local(WorkerLink::open(link_state)),
            turn: StoredValue::new_local(Rc::new(Mutex::new(()))),
            log: StoredValue::new(History::default()),
            paint_due: StoredValue::new(false),
            painted_at: StoredValue::new(Timestamp::default()),
            link_state,
            history: RwSignal::new(History::default()),
            browser: RwSignal::new(view),
            observation: RwSignal::new(None),
            calibration: RwSignal::new(None),
            clock_offset_seconds: RwSignal::new(0),
            token_algorithm: RwSignal::new(keys::stored_algorithm()),
            server_key: ServerKey::new(),
            session_cookie: RwSignal::new(cookie_settings::read()),
            cookie_settings_wait: RwSignal::new(false),
            carried: RwSignal::new(Credentials::default()),
            issued: RwSignal::new(found),
            cookies_set: RwSignal::new(Vec::new()),
            token_draft: RwSignal::new(Draft::default()),
            cookie_draft: RwSignal::new(Draft::default()),
            second: RwSignal::new(now()),
            selected: RwSignal::new(None),
            streams: RwSignal::new(false),
        };
        playground.hold_in_editors(&playground.browser.get_untracked());
        playground
    }

    /// The one clock: real time, and what the user added.
    pub(crate) fn clock(self) -> Timestamp {
        now().plus_seconds(self.clock_offset_seconds.get_untracked())
    }

    /// Moves the one clock. The user agent removes what has ended by then.
    pub(crate) async fn move_clock(self, offset_seconds: i64) {
        self.clock_offset_seconds.set(offset_seconds);
        self.note(Event::ClockMoved { offset_seconds });
        self.send_in_turn(Vec::new()).await;
        self.schedule_paint();
    }

    /// Remembers that the worker died, and that another one took its place.
    pub(crate) fn note_restart(self) {
        self.note(Event::ServerRestarted);
        self.schedule_paint();
    }

    pub(super) fn note(self, event: Event) {
        self.log
            .update_value(|log| log.push_event(self.clock(), event));
    }

    pub(super) async fn ask(self, command: Command) -> Result<Reply, NoAnswer> {
        let link = self.link.get_value();
        let settings = Settings {
            clock_offset_seconds: self.clock_offset_seconds.get_untracked(),
            token_algorithm: self.token_algorithm.get_untracked(),
            session_cookie: self.session_cookie.get_untracked(),
        };
        link.ask(settings, command).await
    }

    /// Sends requests with what the browser holds at the moment when their turn comes.
    pub(crate) async fn send(self, errands: Vec<Errand>) -> Vec<Arc<Recorded>> {
        let recorded = self.send_in_turn(errands).await;
        self.log
            .update_value(|log| log.push(self.clock(), recorded.clone()));
        // Only where it changes something: all that shows an entry listens.
        if self.selected.with_untracked(Option::is_some) {
            self.selected.set(None);
        }
        self.schedule_paint();
        recorded
    }

    async fn send_in_turn(self, errands: Vec<Errand>) -> Vec<Arc<Recorded>> {
        let turn = self.turn.get_value();
        let _turn = turn.lock().await;
        // What goes out now is what someone on the way could keep.
        let view = browser_view();
        self.remember(&view);
        let command = Command::Exchange {
            page: PageContext {
                site: site(),
                cookie: view.cookie,
                token: view.token,
            },
            errands: errands.clone(),
        };
        let exchanges = match self.ask(command).await {
            Ok(Reply::Exchanged { exchanges, expired }) => {
                for line in &expired {
                    Cookies::write(line);
                }
                exchanges
            }
            Ok(other) => return without_answer(errands, &unexpected(&other)),
            Err(reason) => return without_answer(errands, &say_no_answer(reason)),
        };
        errands
            .into_iter()
            .zip(exchanges)
            .map(|(errand, exchange)| {
                let recorded = take_in(errand, exchange);
                self.remember_exchange(&recorded);
                Arc::new(recorded)
            })
            .collect()
    }

    /// Signs in to both lanes.
    pub(crate) async fn sign_in(self, account: &str, password: &str) -> Vec<Arc<Recorded>> {
        let content = serde_json::json!({ "account": account, "password": password }).to_string();
        self.send(both("POST", "/login", &content)).await
    }

    /// Signs out of both lanes.
    pub(crate) async fn sign_out(self) -> Vec<Arc<Recorded>> {
        self.send(both("POST", "/logout", "")).await
    }

    /// What happened, oldest first.
    pub(crate) fn log(self) -> History {
        self.log.get_value()
    }

    /// What the stateless server would say of a token.
    pub(crate) async fn inspect(
        self,
        token: String,
        options: InspectionOptions,
    ) -> Result<Inspection, String> {
        match self.ask(Command::Inspect { token, options }).await {
            Ok(Reply::Inspected(inspection)) => Ok(inspection),
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// What the observer sees of the server now.
    pub(crate) async fn observe(self) -> Result<Observation, String> {
        match self.ask(Command::Observe).await {
            Ok(Reply::Observed(observation)) => {
                self.follow_lost_key(&observation);
                let is_seen = |seen: &Option<_>| seen.as_ref() == Some(&observation);
                if !self.observation.with_untracked(is_seen) {
                    self.observation.set(Some(observation.clone()));
                }
                Ok(observation)
            }
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// Measures what single operations cost here.
    pub(crate) async fn calibrate(self) {
        if let Ok(Reply::Calibrated(calibration)) = self.ask(Command::Calibrate).await {
            self.calibration.set(Some(calibration));
        }
    }

    /// Measures how many signatures this browser makes and checks; `None` where the algorithm is not known here.
    pub(crate) async fn measure_signatures(
        self,
        algorithm: String,
    ) -> Result<Option<SignatureRate>, String> {
        match self.ask(Command::MeasureSignatures { algorithm }).await {
            Ok(Reply::SignaturesMeasured(rate)) => Ok(rate),
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// Clears our cookies, our token, the database and the history.
    pub(crate) async fn reset(self) -> Result<(), String> {
        let turn = self.turn.get_value();
        let _turn = turn.lock().await;
        match self.ask(Command::Reset { site: site() }).await {
            Ok(Reply::Reset { clear }) => {
                for line in &clear {
                    Cookies::write(line);
                }
                TokenStorage::remove();
                self.log.update_value(History::clear);
                self.clock_offset_seconds.set(0);
                self.carried.set(Credentials::default());
                self.issued.set(Credentials::default());
                self.cookies_set.set(Vec::new());
                self.set_session_cookie(CookieSettings::default());
                self.cancel_key();
                self.set_token_algorithm(ServerAlgorithm::default());
                self.selected.set(None);
                self.schedule_paint();
                Ok(())
            }
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// Ends a session on the server, as an administrator would.
    pub(crate) async fn kill(self, id_hash: String) {
        let command = Command::Kill {
            id_hash: id_hash.clone(),
        };
        if let Ok(Reply::Killed { was_there: true }) = self.ask(command).await {
            self.note(Event::SessionKilled { id_hash });
        }
        self.schedule_paint();
    }

    /// A signing key's secret, for the observer's eyes.
    pub(crate) async fn reveal_key(self, kid: String) -> Option<String> {
        match self.ask(Command::RevealKey { kid }).await {
            Ok(Reply::Key { secret }) => secret,
            _ => None,
        }
    }

    /// Ends the other tab's server and opens it here.
    pub(crate) fn take_over(self) {
        self.link.get_value().take_over();
    }
}

/// The same errand for both lanes.
fn both(method: &str, path: &str, body: &str) -> Vec<Errand> {
    Lane::BOTH
        .into_iter()
        .map(|lane| Errand {
            lane,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: body.to_owned(),
            credential: Presented::FromBrowser,
        })
        .collect()
}

fn take_in(errand: Errand, exchange: Exchange) -> Recorded {
    let readbacks = page_script::write_cookies(&exchange.cookies);
    page_script::take_token(&exchange);
    Recorded {
        errand: without_password(errand, &exchange),
        outcome: Outcome::Answered {
            exchange: Box::new(exchange),
            readbacks,
        },
    }
}

/// What is recorded keeps no password: the exchange's own content has none.
fn without_password(errand: Errand, exchange: &Exchange) -> Errand {
    Errand {
        body: exchange.request.body.clone(),
        ..errand
    }
}

fn without_answer(errands: Vec<Errand>, reason: &str) -> Vec<Arc<Recorded>> {
    errands
        .into_iter()
        .map(|errand| {
            Arc::new(Recorded {
                errand: Errand {
                    body: String::new(),
                    ..errand
                },
                outcome: Outcome::NoAnswer {
                    reason: reason.to_owned(),
                },
            })
        })
        .collect()
}

pub(super) fn browser_view() -> BrowserView {
    BrowserView {
        cookie: Cookies::read(),
        token: TokenStorage::read(),
        token_in_memory: TokenStorage::is_in_memory(),
        storage_allowed: TokenStorage::is_allowed(),
    }
}

pub(super) fn unexpected(reply: &Reply) -> String {
    match reply {
        Reply::Failed(rejection) => crate::wording::rejection(rejection),
        _ => String::from("The worker answered something else."),
    }
}

pub(super) fn say_no_answer(reason: NoAnswer) -> String {
    crate::wording::no_answer(&reason)
}
