//! A HAR that someone opened. A lab worker looks through it; the page sees what was found, and never the file.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{HarFindings, HarProblem, LabReport};

use crate::browser::{GivenFile, Lab};
use crate::wording::taking as say;

/// A larger file is not looked through, in octets: it would be held in memory as a whole.
const MOST_OCTETS: f64 = 64.0 * 1024.0 * 1024.0;

/// What was found in a file.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The file's name.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) findings: Arc<HarFindings>,
}

/// The file that was opened last, and what was found. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct OpenedHar {
    lab: StoredValue<Option<Lab>, LocalStorage>,
    /// Whether a file is being looked through.
    pub(crate) is_reading: RwSignal<bool>,
    /// What was found in the last one that could be read.
    pub(crate) found: RwSignal<Option<Found>>,
    /// What there is to say.
    pub(crate) said: RwSignal<Option<String>>,
    /// Whether that is why a file could not be read.
    pub(crate) is_refused: RwSignal<bool>,
}

impl OpenedHar {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self {
            lab: StoredValue::new_local(None),
            is_reading: RwSignal::new(false),
            found: RwSignal::new(None),
            said: RwSignal::new(None),
            is_refused: RwSignal::new(false),
        }
    }

    /// Looks through a file. What was found in another one stays until this one is found to be a HAR.
    pub(crate) fn look_through(self, file: GivenFile) {
        let (name, octets) = (file.name(), file.octets());
        if octets > MOST_OCTETS {
            self.refuse(say::too_large(&name, octets));
            return;
        }
        self.is_reading.set(true);
        self.is_refused.set(false);
        self.said.set(Some(say::reading(&name, octets)));
        let lab = Lab::look_through(file, move |report| match report {
            LabReport::HarRead(sealed) => {
                let read: Result<Result<HarFindings, HarProblem>, _> = sealed.open();
                match read {
                    Ok(Ok(findings)) => {
                        self.found.set(Some(Found {
                            name: name.clone(),
                            findings: Arc::new(findings),
                        }));
                        self.end(say::was_read(&name));
                    }
                    Ok(Err(problem)) => self.refuse(say::problem(&name, &problem)),
                    Err(error) => self.refuse(say::reader_died(&name, &error.to_string())),
                }
            }
            LabReport::Died { message } => self.refuse(say::reader_died(&name, &message)),
            _ => {}
        });
        self.lab.set_value(Some(lab));
    }

    /// Looks no further.
    pub(crate) fn stop(self) {
        self.end(say::STOPPED.to_owned());
    }

    /// Forgets what was found.
    pub(crate) fn close(self) {
        self.found.set(None);
        self.said.set(None);
        self.is_refused.set(false);
    }

    fn refuse(self, words: String) {
        self.end(words);
        self.is_refused.set(true);
    }

    fn end(self, words: String) {
        self.is_reading.set(false);
        self.said.set(Some(words));
        self.lab.set_value(None);
    }
}
