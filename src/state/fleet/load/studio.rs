//! What was begun in the load simulation. It outlives the scene's view.

use leptos::prelude::*;
use scenario::{TextProblem, from_text, to_text};

use super::running::{LoadRun, Order};
use super::settings::{Chosen, Ground, LoadForm};
use super::sweep::Sweeping;
use super::theory::TheoryCheck;
use crate::state::Playground;
use crate::state::fleet::load_text;

/// What came of a link.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LinkOutcome {
    /// Its settings are in force.
    Opened,
    /// It can't be used.
    Refused(TextProblem),
}

/// What was begun. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct LoadStudio {
    /// The settings.
    pub(crate) form: LoadForm,
    /// The run.
    pub(crate) run: LoadRun,
    /// The sweep.
    pub(crate) sweep: Sweeping,
    /// The comparison with theory.
    pub(crate) theory: TheoryCheck,
    /// What came of a link.
    pub(crate) link: RwSignal<Option<LinkOutcome>>,
    opened: StoredValue<String>,
}

impl LoadStudio {
    /// With nothing begun.
    pub(crate) fn new(playground: Playground) -> Self {
        Self {
            form: LoadForm::new(playground),
            run: LoadRun::new(),
            sweep: Sweeping::new(),
            theory: TheoryCheck::new(),
            link: RwSignal::new(None),
            opened: StoredValue::new(String::new()),
        }
    }

    /// What the settings would run.
    pub(crate) fn order(self) -> Order {
        Order {
            run: self.form.simulation(),
            ground: self
                .form
                .chosen
                .with(|chosen| chosen.ground(&self.form.around())),
        }
    }

    /// Opens what a link says, once. Where it can't be used the settings stay as they are.
    pub(crate) fn open_link(self, fragment: &str) {
        let Some(text) = load_text(fragment) else {
            return;
        };
        if self.opened.with_value(|opened| *opened == text) {
            return;
        }
        self.opened.set_value(text.clone());
        let outcome = match from_text(&text) {
            Ok(run) => {
                self.form.adopt(Chosen {
                    run,
                    ground: Ground::Set,
                });
                LinkOutcome::Opened
            }
            Err(problem) => LinkOutcome::Refused(problem),
        };
        self.link.set(Some(outcome));
    }

    /// The settings as the text of a link.
    pub(crate) fn text(self) -> String {
        to_text(&self.form.simulation())
    }

    /// The fragment that holds them. No character of the text needs to be encoded there.
    pub(crate) fn fragment(self) -> String {
        format!("#/fleet?load={}", self.text())
    }
}
