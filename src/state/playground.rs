//! The page's state as signals, and all that changes it.

use std::rc::Rc;
use std::time::Duration;

use futures::lock::Mutex;
use leptos::prelude::*;
use protocol::{
    Calibration, Command, CookieSettings, Fleet, Inspection, InspectionOptions, Lane, Observation,
    PageContext, Reply, SceneCommand, SceneReply, Scheme, ServerAlgorithm, Settings, SignatureRate,
    Timestamp,
};

use super::browser_view::{BrowserView, CookieSet};
use super::cookie_settings;
use super::draft::Draft;
use super::fleet::kept_fleet;
use super::history::History;
use super::kept_choices;
use super::record::Event;
use super::server_key::ServerKey;
use super::taking::GivenCookies;
use crate::browser::{
    BearerStorage, Cookies, LinkState, NoAnswer, WorkerLink, is_storage_allowed, now, site,
    user_agent,
};

/// The page's state. Everything in it is a handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Playground {
    link: StoredValue<WorkerLink, LocalStorage>,
    /// One command's exchanges at a time: the next reads the cookies that the one before has written.
    turn: StoredValue<Rc<Mutex<()>>, LocalStorage>,
    /// One lane's token is refreshed at a time: the refresh token that comes with it is good for one use.
    pub(super) refreshing: StoredValue<Rc<Mutex<()>>, LocalStorage>,
    /// Whether page script's last refresh was refused, so that it waits for the next sign-in.
    pub(super) refresh_refused: [StoredValue<bool>; 2],
    /// What happened, as it happened. The screen follows once a frame.
    pub(super) log: StoredValue<History>,
    pub(super) paint_due: StoredValue<bool>,
    pub(super) painted_at: StoredValue<Timestamp>,
    /// How many paints came soon after that one.
    pub(super) paints_since: StoredValue<u32>,
    /// How long the last paint took, the browser's part with it.
    pub(super) paint_took: StoredValue<Duration>,
    /// What can be said of the worker.
    pub(crate) link_state: RwSignal<LinkState>,
    /// Whether the worker has its program, or will have none: what can wait may be fetched.
    pub(crate) line_is_free: RwSignal<bool>,
    /// What happened, as the screen shows it.
    pub(crate) history: RwSignal<History>,
    /// What page script sees.
    pub(crate) browser: RwSignal<BrowserView>,
    /// What the observer sees of the server.
    pub(crate) observation: RwSignal<Option<Observation>>,
    /// Why the observer sees no more of it than before.
    pub(crate) observation_trouble: RwSignal<Option<String>>,
    /// What single operations cost here.
    pub(crate) calibration: RwSignal<Option<Calibration>>,
    /// By how many seconds the user has moved the one clock.
    pub(crate) clock_offset_seconds: RwSignal<i64>,
    /// By which scheme each lane's servers know their users.
    pub(crate) schemes: [RwSignal<Scheme>; 2],
    /// How the servers set a session cookie.
    pub(crate) session_cookie: RwSignal<CookieSettings>,
    /// With what the servers sign tokens.
    pub(crate) token_algorithm: RwSignal<ServerAlgorithm>,
    /// The making of a key for it.
    pub(crate) server_key: ServerKey,
    /// How each lane's servers are deployed.
    pub(crate) fleet: RwSignal<Fleet>,
    /// Whether these settings have met no sign-in yet.
    pub(crate) cookie_settings_wait: RwSignal<bool>,
    /// What went out last in each lane, as anyone who saw it could have kept it.
    pub(super) carried: [RwSignal<Option<String>>; 2],
    /// The credential that each lane's server gave out last.
    pub(crate) issued: [RwSignal<Option<String>>; 2],
    /// The last cookies that an answer brought in each lane, with what the real browser made of each.
    pub(crate) cookies_set: [RwSignal<Vec<CookieSet>>; 2],
    /// The credential in each lane's editor.
    pub(crate) drafts: [RwSignal<Draft>; 2],
    /// A token that was sent to the studio, until that opens.
    pub(crate) for_studio: RwSignal<Option<String>>,
    /// Cookies that were sent to their studio, until that opens.
    pub(crate) for_cookie_studio: RwSignal<Option<GivenCookies>>,
    /// Real time, set each second, and after a newer event.
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
        let line_is_free = RwSignal::new(false);
        let playground = Self {
            link: StoredValue::new_local(WorkerLink::open(link_state, line_is_free)),
            turn: StoredValue::new_local(Rc::new(Mutex::new(()))),
            refreshing: StoredValue::new_local(Rc::new(Mutex::new(()))),
            refresh_refused: [false; 2].map(StoredValue::new),
            log: StoredValue::new(History::default()),
            paint_due: StoredValue::new(false),
            painted_at: StoredValue::new(Timestamp::default()),
            paints_since: StoredValue::new(0),
            paint_took: StoredValue::new(Duration::ZERO),
            link_state,
            line_is_free,
            history: RwSignal::new(History::default()),
            browser: RwSignal::new(BrowserView::default()),
            observation: RwSignal::new(None),
            observation_trouble: RwSignal::new(None),
            calibration: RwSignal::new(None),
            clock_offset_seconds: RwSignal::new(0),
            token_algorithm: RwSignal::new(kept_choices::algorithm()),
            server_key: ServerKey::new(),
            schemes: kept_choices::schemes().map(RwSignal::new),
            fleet: RwSignal::new(kept_fleet()),
            session_cookie: RwSignal::new(cookie_settings::read()),
            cookie_settings_wait: RwSignal::new(false),
            carried: [None, None].map(RwSignal::new),
            issued: [None, None].map(RwSignal::new),
            cookies_set: [Vec::new(), Vec::new()].map(RwSignal::new),
            drafts: [Draft::default(), Draft::default()].map(RwSignal::new),
            for_studio: RwSignal::new(None),
            for_cookie_studio: RwSignal::new(None),
            second: RwSignal::new(now()),
            selected: RwSignal::new(None),
            streams: RwSignal::new(false),
        };
        let view = playground.browser_view();
        playground.hold_in_editors(&view);
        playground.browser.set(view);
        // What an earlier visit left was issued, as far as anyone can tell.
        for lane in Lane::BOTH {
            let found = lane
                .of(&playground.drafts)
                .with_untracked(|draft| draft.text().to_owned());
            lane.of(&playground.issued)
                .set((!found.is_empty()).then_some(found));
        }
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

    pub(in crate::state) fn note(self, event: Event) {
        self.log
            .update_value(|log| log.push_event(self.clock(), event));
    }

    /// Asks the worker, at once.
    pub(super) fn ask(
        self,
        command: Command,
    ) -> impl Future<Output = Result<Reply, NoAnswer>> + use<> {
        let link = self.link.get_value();
        let settings = Settings {
            clock_offset_seconds: self.clock_offset_seconds.get_untracked(),
            token_algorithm: self.token_algorithm.get_untracked(),
            session_cookie: self.session_cookie.get_untracked(),
            schemes: Lane::BOTH.map(|lane| self.scheme_now(lane)),
            fleet: self.fleet.get_untracked(),
        };
        link.ask(settings, command)
    }

    /// Whoever has it may read and write what the browser holds.
    pub(super) fn take_turn(self) -> Rc<Mutex<()>> {
        self.turn.get_value()
    }

    /// What page script sees, as requests are made with it.
    pub(crate) fn page_context(self) -> PageContext {
        Self::page_context_of(self.browser_view())
    }

    /// The same, of what was seen.
    pub(super) fn page_context_of(view: BrowserView) -> PageContext {
        PageContext {
            site: site(),
            cookie: view.cookie,
            bearers: view.bearers,
            user_agent: user_agent(),
        }
    }

    /// What page script sees in the browser now.
    pub(super) fn browser_view(self) -> BrowserView {
        let schemes = Lane::BOTH.map(|lane| (lane, self.scheme_now(lane)));
        BrowserView {
            cookie: Cookies::read(),
            bearers: schemes
                .each_ref()
                .map(|(lane, scheme)| BearerStorage::read(*lane, scheme)),
            fell_back: schemes
                .each_ref()
                .map(|(lane, scheme)| BearerStorage::fell_back(*lane, scheme)),
            storage_allowed: is_storage_allowed(),
        }
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
        self.ask_for(
            SceneCommand::Inspect { token, options },
            |reply| match reply {
                SceneReply::Inspected(inspection) => Some(inspection),
                _ => None,
            },
        )
        .await
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
                self.say_trouble(None);
                Ok(observation)
            }
            Ok(other) => {
                let why = unexpected(&other);
                self.say_trouble(Some(why.clone()));
                Err(why)
            }
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// Only where it is another: all panels of the servers listen.
    fn say_trouble(self, trouble: Option<String>) {
        if self
            .observation_trouble
            .with_untracked(|said| *said != trouble)
        {
            self.observation_trouble.set(trouble);
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
        let command = SceneCommand::MeasureSignatures { algorithm };
        self.ask_for(command, |reply| match reply {
            SceneReply::SignaturesMeasured(rate) => Some(rate),
            _ => None,
        })
        .await
    }

    /// Clears our cookies, our token, the database and the history.
    pub(crate) async fn reset(self) -> Result<(), String> {
        let turn = self.take_turn();
        let _turn = turn.lock().await;
        match self.ask(Command::Reset { site: site() }).await {
            Ok(Reply::Reset { clear }) => {
                for line in &clear {
                    Cookies::write(line);
                }
                for lane in Lane::BOTH {
                    self.forget_lane(lane);
                }
                self.set_schemes(kept_choices::FIRST_SCHEMES);
                self.set_fleet(Fleet::default());
                self.log.update_value(History::clear);
                self.clock_offset_seconds.set(0);
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

/// What is said of an answer of another kind.
pub(super) const OTHER_ANSWER: &str = "The worker answered something else.";

pub(super) fn unexpected(reply: &Reply) -> String {
    match reply {
        Reply::Failed(rejection) => crate::wording::rejection(rejection),
        _ => OTHER_ANSWER.to_owned(),
    }
}

pub(super) fn say_no_answer(reason: NoAnswer) -> String {
    crate::wording::no_answer(&reason)
}
