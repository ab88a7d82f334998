//! What stands in the cookie scene's fields, and the trial that it makes. Nothing is judged here.

use leptos::prelude::*;
use protocol::{
    CookieText, Defaults, Initiator, JarOutcome, JarTrial, LineOutcome, Pasted, Place,
    SceneCommand, SceneReply, Timestamp, TrialRequest,
};

use super::draft::Draft;
use super::live_question::LiveQuestion;
use super::playground::Playground;
use super::taking::GivenCookies;
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

/// The methods to choose from.
pub(crate) const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/// What can hold where a cookie has no `SameSite`.
pub(crate) const DEFAULTS: [Defaults; 2] = [Defaults::Chromium, Defaults::Others];

/// What stands between the texts.
const SEPARATOR: &str = "\u{1f}";

/// A field that holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The URL that answered.
    Url,
    /// The request's URL.
    To,
    /// How many seconds after the answer it is made.
    Seconds,
    /// The lines.
    Lines,
}

/// All of them, in the order in which they are kept.
const FIELDS: [Field; 4] = [Field::Url, Field::To, Field::Seconds, Field::Lines];

/// The scene's fields. A handle: copy it freely. What is chosen from a list is kept as its place in it.
#[derive(Clone, Copy)]
pub(crate) struct CookieStudio {
    /// All texts, one after another, so that they are undone in the order in which they were changed.
    texts: RwSignal<Draft>,
    /// What the lines are, in [`KINDS`].
    pub(crate) kind: RwSignal<usize>,
    /// Who asked for them, in [`Initiator::ALL`].
    pub(crate) set_for: RwSignal<usize>,
    /// The request's method, in [`METHODS`].
    pub(crate) method: RwSignal<usize>,
    /// Who causes it, in [`Initiator::ALL`].
    pub(crate) initiator: RwSignal<usize>,
    /// Whether that happens in the top-level window.
    pub(crate) top_level: RwSignal<bool>,
    /// What holds without `SameSite`, in [`DEFAULTS`].
    pub(crate) defaults: RwSignal<usize>,
    /// The line whose cookie is looked at; `None` for the first that was stored.
    pub(crate) at_hand: RwSignal<Option<u32>>,
    /// What comes of it.
    pub(crate) question: LiveQuestion<Result<JarOutcome, String>>,
}

impl CookieStudio {
    /// With a line of good practice in it.
    pub(crate) fn new() -> Self {
        let mut texts = Draft::default();
        texts.hold(
            &[
                "https://app.example.org/login",
                "https://app.example.org/account",
                "0",
                "Set-Cookie: __Host-sid=9f8e7d6c5b4a; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=28800",
            ]
            .join(SEPARATOR),
        );
        Self {
            texts: RwSignal::new(texts),
            kind: RwSignal::new(0),
            set_for: RwSignal::new(0),
            method: RwSignal::new(0),
            initiator: RwSignal::new(0),
            top_level: RwSignal::new(true),
            defaults: RwSignal::new(0),
            at_hand: RwSignal::new(None),
            question: LiveQuestion::new(),
        }
    }

    /// A field's text. Tracked.
    pub(crate) fn text(self, field: Field) -> String {
        self.texts
            .with(|texts| part(texts.text(), field).to_owned())
    }

    /// Changes fields' texts, as one change.
    pub(crate) fn edit(self, edits: &[(Field, &str)]) {
        self.texts.update(|texts| {
            let mut parts = FIELDS.map(|field| part(texts.text(), field).to_owned());
            for (field, text) in edits {
                // The last one may hold anything.
                parts[*field as usize] = match field {
                    Field::Lines => (*text).to_owned(),
                    _ => text.replace(SEPARATOR, ""),
                };
            }
            texts.edit(parts.join(SEPARATOR));
        });
    }

    /// Cookies that were found elsewhere take the place of those that are there.
    pub(crate) fn take(self, given: &GivenCookies) {
        self.edit(&[
            (Field::Lines, &given.lines),
            (Field::Url, &given.url),
            (Field::To, &given.url),
        ]);
        self.kind.set(0);
        self.set_for.set(0);
        self.at_hand.set(Some(given.at_hand));
    }

    /// Takes the last change of any field back (`false`), or makes it again (`true`).
    pub(crate) fn undo(self, redo: bool) {
        self.texts
            .update(|texts| if redo { texts.redo() } else { texts.undo() });
    }

    /// Whether there is a change to take back. Tracked.
    pub(crate) fn can_undo(self) -> bool {
        self.texts.with(Draft::can_undo)
    }

    /// What came of it last, if something could be tried. Tracked.
    pub(crate) fn with_outcome<T>(self, work: impl FnOnce(&JarOutcome) -> T) -> Option<T> {
        self.question
            .answer
            .with(|answer| Some(work(answer.as_ref()?.as_ref().ok()?)))
    }

    /// The line at hand, with what came of it. Tracked.
    pub(crate) fn with_line_at_hand<T>(self, work: impl FnOnce(&LineOutcome) -> T) -> Option<T> {
        self.with_outcome(|outcome| {
            let position = usize::try_from(outcome.at_hand?).ok()?;
            outcome.lines.get(position).map(work)
        })
        .flatten()
    }

    /// Who causes the request, all told. Tracked.
    pub(crate) fn effective_initiator(self) -> Initiator {
        let chosen = Initiator::ALL[self.initiator.get() % Initiator::ALL.len()];
        if !self.top_level.get() && can_be_framed(chosen) {
            Initiator::ForeignFrame
        } else {
            chosen
        }
    }

    /// Whether it makes a difference in which window the request is caused. Tracked.
    pub(crate) fn asks_for_window(self) -> bool {
        can_be_framed(Initiator::ALL[self.initiator.get() % Initiator::ALL.len()])
    }

    /// Where the lines come from; `None` where that is no URL. Tracked.
    pub(crate) fn set_by(self) -> Option<Place> {
        place_of(&self.text(Field::Url))
    }

    /// Where the request goes; `None` where that is no URL. Tracked.
    pub(crate) fn goes_to(self) -> Option<Place> {
        place_of(&self.text(Field::To))
    }

    /// How many seconds have passed; `None` where that is no number. Tracked.
    pub(crate) fn seconds_passed(self) -> Option<i64> {
        let seconds: u32 = self.text(Field::Seconds).trim().parse().ok()?;
        Some(i64::from(seconds))
    }

    /// What is to be tried; `None` where nothing can be. Tracked.
    pub(crate) fn trial(self, now: Timestamp) -> Option<JarTrial> {
        Some(JarTrial {
            pasted: Pasted::Text {
                text: self.text(Field::Lines),
                kind: KINDS[self.kind.get() % KINDS.len()],
            },
            set_by: self.set_by()?,
            set_for: Initiator::ALL[self.set_for.get() % Initiator::ALL.len()],
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
        let command = SceneCommand::TryJar(Box::new(trial));
        self.ask_for(command, |reply| match reply {
            SceneReply::JarTried(outcome) => Some(*outcome),
            _ => None,
        })
        .await
    }
}

/// Whether a request of this one could as well happen in a frame on another site.
const fn can_be_framed(initiator: Initiator) -> bool {
    matches!(
        initiator,
        Initiator::ThisSite | Initiator::ForeignLink | Initiator::ForeignForm
    )
}

fn part(texts: &str, field: Field) -> &str {
    texts
        .splitn(FIELDS.len(), SEPARATOR)
        .nth(field as usize)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_changed_apart_and_undone_in_order() {
        let owner = Owner::new();
        owner.set();
        let studio = CookieStudio::new();
        let shown = || FIELDS.map(|field| studio.text(field)).join("|");
        studio.edit(&[(Field::Lines, "a=b"), (Field::Url, "u"), (Field::To, "t")]);
        studio.edit(&[(Field::Seconds, "9\u{1f}")]);
        studio.edit(&[(Field::Lines, "a\u{1f}=\u{1f}b")]);
        assert_eq!(shown(), "u|t|9|a\u{1f}=\u{1f}b");
        studio.undo(false);
        assert_eq!(shown(), "u|t|9|a=b");
        studio.undo(false);
        assert_eq!(shown(), "u|t|0|a=b");
        studio.undo(true);
        assert_eq!(studio.seconds_passed(), Some(9));
        for _ in 0..3 {
            studio.undo(false);
        }
        assert!(!studio.can_undo());
        assert!(shown().starts_with("https://app.example.org/login|"));
    }
}
