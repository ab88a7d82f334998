//! Where someone is in the tour, kept for the next visit. It never stands in the way of anything.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Fleet, Lane, Scheme};

use super::deed;
use super::guess::Guess;
use super::outcome::{Came, came_since, meant};
use crate::browser::SettingsStorage;
use crate::route::{Scene, Stop};
use crate::state::{History, Playground, memo};

/// Under which key it is kept.
const KEY: &str = "guide";
/// How it is kept that someone wants to predict first.
const PREDICTS: &str = "predict";

/// The tour. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Tour {
    playground: Playground,
    /// The stop that is open; `None` outside the tour.
    pub(crate) stop: RwSignal<Option<Stop>>,
    /// The scene that is shown.
    pub(crate) scene: RwSignal<Option<Scene>>,
    /// The stop where someone was last.
    pub(crate) last: RwSignal<Option<Stop>>,
    /// Which stops have shown what they mean to show.
    pub(crate) seen: RwSignal<[bool; Stop::ALL.len()]>,
    /// Whether someone wants to predict before anything is sent.
    pub(crate) predicts: RwSignal<bool>,
    /// What is foreseen, lane by lane.
    pub(crate) guesses: RwSignal<[Guess; 2]>,
    /// Whether a deed is being done.
    is_busy: RwSignal<bool>,
    /// The number of the last entry of the history that the last deed made.
    until: RwSignal<u32>,
    /// Why the last deed could not be done.
    pub(crate) trouble: RwSignal<Option<String>>,
    /// The number of the last entry of the history from before the stop was opened.
    since: RwSignal<u32>,
}

impl Tour {
    /// As it was left.
    pub(crate) fn new(playground: Playground) -> Self {
        let (last, seen, predicts) = read(&SettingsStorage::read(KEY).unwrap_or_default());
        Self {
            playground,
            stop: RwSignal::new(None),
            scene: RwSignal::new(None),
            last: RwSignal::new(last),
            seen: RwSignal::new(seen),
            predicts: RwSignal::new(predicts),
            guesses: RwSignal::new([Guess::default(); 2]),
            is_busy: RwSignal::new(false),
            until: RwSignal::new(0),
            trouble: RwSignal::new(None),
            since: RwSignal::new(0),
        }
    }

    /// Opens a stop. What happened before counts for nothing there.
    pub(crate) fn open(self, stop: Stop) {
        if self.stop.get_untracked() == Some(stop) {
            return;
        }
        self.since.set(self.playground.log().last_number());
        self.guesses.set([Guess::default(); 2]);
        self.trouble.set(None);
        self.stop.set(Some(stop));
        self.last.set(Some(stop));
        self.keep();
    }

    /// Leaves the tour. Where someone was is kept.
    pub(crate) fn leave(self) {
        self.stop.set(None);
    }

    /// What came of the open stop in both lanes.
    pub(crate) fn came(self) -> Memo<Option<[Came; 2]>> {
        memo(move || {
            let stop = self.stop.get()?;
            let since = self.since.get();
            // Whoever starts over begins anew here, too.
            self.playground
                .history
                .with(|history| came_since(history, since.min(history.last_number()), stop))
        })
    }

    /// Whether what came is what the open stop means to show.
    pub(crate) fn is_as_meant(self, came: &[Came; 2]) -> bool {
        let stop = self.stop.get_untracked();
        stop.is_some_and(|stop| came.each_ref().map(|it| it.ending) == meant(stop))
    }

    /// Remembers that the open stop has shown what it means to show.
    pub(crate) fn note_seen(self) {
        if let Some(stop) = self.stop.get_untracked()
            && !self.seen.with_untracked(|seen| seen[stop.place()])
        {
            self.seen.update(|seen| seen[stop.place()] = true);
            self.keep();
        }
    }

    /// Whether a deed is under way: until all that it brought is on the screen.
    pub(crate) fn is_under_way(self) -> bool {
        let shown = self.playground.history.with(History::last_number);
        // Whoever starts over meanwhile has no history.
        self.is_busy.get() || (shown > 0 && shown < self.until.get())
    }

    /// Does what the open stop asks for, with the same commands as the scene's own buttons.
    pub(crate) fn carry_out(self) {
        let Some(stop) = self.stop.get_untracked() else {
            return;
        };
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.trouble.set(None);
        self.since.set(self.playground.log().last_number());
        spawn_local(async move {
            let done = deed::carry_out(self.playground, stop).await;
            let last = self.playground.log().last_number();
            self.until.set(last);
            if self.stop.get_untracked() == Some(stop) {
                self.trouble.set(done.err());
            } else {
                // What one stop asked for counts for nothing at another.
                self.since.set(last);
            }
            self.is_busy.set(false);
        });
    }

    /// Lets someone predict first, or not.
    pub(crate) fn predict(self, predicts: bool) {
        self.predicts.set(predicts);
        self.keep();
    }

    /// Whether lanes and servers are as at the first visit.
    pub(crate) fn is_as_at_first(self) -> bool {
        Lane::BOTH.map(|lane| self.playground.scheme(lane)) == [Scheme::STATEFUL, Scheme::STATELESS]
            && self
                .playground
                .fleet
                .with(|fleet| *fleet == Fleet::default())
    }

    /// Makes lanes and servers as at the first visit.
    pub(crate) fn put_back(self) {
        self.trouble.set(deed::to_extremes(self.playground).err());
    }

    fn keep(self) {
        let text = write(
            self.last.get_untracked(),
            &self.seen.get_untracked(),
            self.predicts.get_untracked(),
        );
        SettingsStorage::write(KEY, &text);
    }
}

/// As words: the last stop with a mark, those that were seen, and whether to predict.
fn write(last: Option<Stop>, seen: &[bool; Stop::ALL.len()], predicts: bool) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(last.map(|stop| format!("@{}", stop.slug())));
    let seen = Stop::ALL
        .into_iter()
        .zip(seen)
        .filter(|(_, is_seen)| **is_seen);
    words.extend(seen.map(|(stop, _)| stop.slug().to_owned()));
    words.extend(predicts.then(|| PREDICTS.to_owned()));
    words.join(" ")
}

/// What no stop is called is passed over: it comes from another version.
fn read(text: &str) -> (Option<Stop>, [bool; Stop::ALL.len()], bool) {
    let mut last = None;
    let mut seen = [false; Stop::ALL.len()];
    let mut predicts = false;
    for word in text.split(' ') {
        if let Some(slug) = word.strip_prefix('@') {
            last = Stop::of_slug(slug);
        } else if let Some(stop) = Stop::of_slug(word) {
            seen[stop.place()] = true;
        } else {
            predicts |= word == PREDICTS;
        }
    }
    (last, seen, predicts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_nonsense_is_passed_over() {
        let mut seen = [false; Stop::ALL.len()];
        seen[Stop::Kill.place()] = true;
        seen[Stop::Cure.place()] = true;
        for (last, seen, predicts) in [
            (None, [false; Stop::ALL.len()], false),
            (Some(Stop::Kill), seen, true),
            (Some(Stop::Cure), [true; Stop::ALL.len()], false),
        ] {
            assert_eq!(read(&write(last, &seen, predicts)), (last, seen, predicts));
        }
        let (last, kept, predicts) = read("@nowhere kill \u{0} nonsense  cure");
        assert_eq!((last, kept, predicts), (None, seen, false));
    }
}
