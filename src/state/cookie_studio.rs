//! What stands in the cookie scene's fields, and the trial that it makes. Nothing is judged here.

use leptos::prelude::*;
use protocol::{
    Command, CookieText, Defaults, Initiator, JarOutcome, JarTrial, Pasted, Place, Reply,
    Timestamp, TrialRequest,
};

use super::draft::Draft;
use super::playground::{Playground, say_no_answer, unexpected};
use crate::browser::place_of;

/// How many lines are tried on the screen.
const MOST_LINES: u32 = 60;

/// What a pasted text can be taken for; first that it is to be found out.
const KINDS: [Option<CookieText>; 4] = [
    None,
    Some(CookieText::SetCookie),
    Some(CookieText::Assigned),
    Some(CookieText::Pairs),
];

/// Who can cause a request.
pub(crate) const INITIATORS: [Initiator; 8] = [
    Initiator::ThisSite,
    Initiator::ThisSiteFetchWithoutCredentials,
    Initiator::ForeignLink,
    Initiator::ForeignForm,
    Initiator::ForeignSubresource,
    Initiator::ForeignFetch,
    Initiator::ForeignFetchWithoutCredentials,
    Initiator::ForeignFrame,
];

/// The methods to choose from.
pub(crate) const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/// What can hold where a cookie has no `SameSite`.
pub(crate) const DEFAULTS: [Defaults; 2] = [Defaults::Chromium, Defaults::Others];

/// The scene's fields. A handle: copy it freely. What is chosen from a list is kept as its place in it.
#[derive(Clone, Copy)]
pub(crate) struct CookieStudio {
    /// The lines.
    pub(crate) lines: RwSignal<Draft>,
    /// The URL that answered with them.
    pub(crate) url: RwSignal<Draft>,
    /// What the lines are, in [`KINDS`].
    pub(crate) kind: RwSignal<usize>,
    /// Who asked for them, in [`INITIATORS`].
    pub(crate) set_for: RwSignal<usize>,
    /// The request's URL.
    pub(crate) to: RwSignal<Draft>,
    /// Its method, in [`METHODS`].
    pub(crate) method: RwSignal<usize>,
    /// Who causes it, in [`INITIATORS`].
    pub(crate) initiator: RwSignal<usize>,
    /// Whether that happens in the top-level window.
    pub(crate) top_level: RwSignal<bool>,
    /// How many seconds after the answer it is made.
    pub(crate) seconds: RwSignal<Draft>,
    /// What holds without `SameSite`, in [`DEFAULTS`].
    pub(crate) defaults: RwSignal<usize>,
    /// The line whose cookie is looked at; `None` for the first that was stored.
    pub(crate) at_hand: RwSignal<Option<u32>>,
    /// What came of it.
    pub(crate) outcome: RwSignal<Option<Result<JarOutcome, String>>>,
}

impl CookieStudio {
    /// With a line of good practice in it.
    pub(crate) fn new() -> Self {
        let holding = |text: &str| {
            let mut draft = Draft::default();
            draft.hold(text);
            RwSignal::new(draft)
        };
        Self {
            lines: holding(
                "Set-Cookie: __Host-sid=9f8e7d6c5b4a; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=28800",
            ),
            url: holding("https://app.example.org/login"),
            kind: RwSignal::new(0),
            set_for: RwSignal::new(0),
            to: holding("https://app.example.org/account"),
            method: RwSignal::new(0),
            initiator: RwSignal::new(0),
            top_level: RwSignal::new(true),
            seconds: holding("0"),
            defaults: RwSignal::new(0),
            at_hand: RwSignal::new(None),
            outcome: RwSignal::new(None),
        }
    }

    /// Who causes the request, all told. Tracked.
    pub(crate) fn effective_initiator(self) -> Initiator {
        let chosen = INITIATORS[self.initiator.get() % INITIATORS.len()];
        if !self.top_level.get() && can_be_framed(chosen) {
            Initiator::ForeignFrame
        } else {
            chosen
        }
    }

    /// Whether it makes a difference in which window the request is caused. Tracked.
    pub(crate) fn asks_for_window(self) -> bool {
        can_be_framed(INITIATORS[self.initiator.get() % INITIATORS.len()])
    }

    /// Where the lines come from; `None` where that is no URL. Tracked.
    pub(crate) fn set_by(self) -> Option<Place> {
        self.url.with(|url| place_of(url.text()))
    }

    /// Where the request goes; `None` where that is no URL. Tracked.
    pub(crate) fn goes_to(self) -> Option<Place> {
        self.to.with(|to| place_of(to.text()))
    }

    /// How many seconds have passed; `None` where that is no number. Tracked.
    pub(crate) fn seconds_passed(self) -> Option<i64> {
        let seconds: u32 = self.seconds.with(|text| text.text().trim().parse().ok())?;
        Some(i64::from(seconds))
    }

    /// What is to be tried; `None` where nothing can be. Tracked.
    pub(crate) fn trial(self, now: Timestamp) -> Option<JarTrial> {
        Some(JarTrial {
            pasted: Pasted::Text {
                text: self.lines.with(|lines| lines.text().to_owned()),
                kind: KINDS[self.kind.get() % KINDS.len()],
            },
            set_by: self.set_by()?,
            set_for: INITIATORS[self.set_for.get() % INITIATORS.len()],
            set_at: now,
            request: self.goes_to().map(|to| TrialRequest {
                to,
                method: String::from(METHODS[self.method.get() % METHODS.len()]),
                initiator: self.effective_initiator(),
                at: now.plus_seconds(self.seconds_passed().unwrap_or_default()),
            }),
            defaults: DEFAULTS[self.defaults.get() % DEFAULTS.len()],
            at_hand: self.at_hand.get(),
            most_lines: MOST_LINES,
        })
    }
}

impl Playground {
    /// Tries cookie lines and a request on an empty jar.
    pub(crate) async fn try_jar(self, trial: JarTrial) -> Result<JarOutcome, String> {
        match self.ask(Command::TryJar(Box::new(trial))).await {
            Ok(Reply::JarTried(outcome)) => Ok(*outcome),
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }
}

/// Whether a request of this one could as well happen in a frame on another site.
const fn can_be_framed(initiator: Initiator) -> bool {
    matches!(
        initiator,
        Initiator::ThisSite | Initiator::ForeignLink | Initiator::ForeignForm
    )
}
