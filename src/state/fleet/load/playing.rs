//! Which picture of the fleet is shown: by hand, or one after another. It draws nothing.

use leptos::prelude::*;

use crate::browser::{each_frame, reduced_motion};

/// How many pictures pass in a second, at speed 1.
const PICTURES_A_SECOND: f64 = 12.0;
/// The speeds to choose from.
pub(crate) const SPEEDS: [f64; 4] = [0.25, 0.5, 1.0, 4.0];
/// The place of speed 1.
const FIRST_SPEED: usize = 2;

/// What is shown of the time of a run. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Playing {
    /// Which picture, from 0; the last one where it is beyond.
    pub(crate) place: RwSignal<usize>,
    /// Whether it goes on by itself.
    pub(crate) plays: RwSignal<bool>,
    /// How fast, by its place.
    pub(crate) speed: RwSignal<usize>,
    /// Which server is looked at, from 0.
    pub(crate) server: RwSignal<usize>,
    passed: StoredValue<f64>,
}

impl Playing {
    pub(super) fn new() -> Self {
        Self {
            place: RwSignal::new(usize::MAX),
            plays: RwSignal::new(false),
            speed: RwSignal::new(FIRST_SPEED),
            server: RwSignal::new(0),
            passed: StoredValue::new(0.0),
        }
    }

    /// Shows the newest picture from now on.
    pub(super) fn rewind(self) {
        self.plays.set(false);
        self.place.set(usize::MAX);
    }

    /// The run is over: what showed its newest picture shows one of its middle, as the last ones are of a fleet that
    /// empties.
    pub(super) fn settle(self, of: usize) {
        if self.place.get_untracked() == usize::MAX {
            self.place.set(of / 2);
        }
    }

    /// Shows one of so many pictures, and stays there.
    pub(crate) fn go_to(self, place: usize, of: usize) {
        self.plays.set(false);
        self.place.set(place.min(of.saturating_sub(1)));
    }

    /// Plays from where it is, or from the start where it is at the end; or pauses. Where motion is not wanted, one
    /// picture is gone on by.
    pub(crate) fn toggle(self, of: impl Fn() -> usize + 'static) {
        if self.plays.get_untracked() {
            self.plays.set(false);
            return;
        }
        let last = of().saturating_sub(1);
        if self.place.get_untracked() >= last {
            self.place.set(0);
        }
        if reduced_motion() {
            self.go_to(self.place.get_untracked().saturating_add(1), of());
            return;
        }
        self.plays.set(true);
        self.passed.set_value(0.0);
        each_frame(move |milliseconds| self.go_on(milliseconds, of()));
    }

    /// Goes on by what has passed; whether there is more to come. What plays ends with the page that it plays on.
    fn go_on(self, milliseconds: f64, of: usize) -> bool {
        if !self.plays.try_get_untracked().unwrap_or_default() {
            return false;
        }
        let speed = SPEEDS
            .get(self.speed.get_untracked())
            .copied()
            .unwrap_or(1.0);
        let passed = self.passed.get_value() + milliseconds / 1000.0 * PICTURES_A_SECOND * speed;
        let pictures = passed.floor();
        self.passed.set_value(passed - pictures);
        if pictures >= 1.0 {
            let next = self.place.get_untracked().saturating_add(pictures as usize);
            let last = of.saturating_sub(1);
            self.place.set(next.min(last));
            if next >= last {
                self.plays.set(false);
                return false;
            }
        }
        true
    }
}
