//! What opens the sheet of keys: a button in the header, or a key. The sheet itself is loaded then.

use leptos::prelude::*;

use crate::browser::{SettingsStorage, on_character};

/// The key, and under which name it is kept that it opens nothing.
const KEY: &str = "?";
const TURNED_OFF: &str = "keys_sheet";

/// Whether the sheet is wanted, and whether a key opens it.
#[derive(Clone, Copy)]
pub(crate) struct KeysSwitch {
    /// Whether it is wanted.
    pub(crate) is_wanted: RwSignal<bool>,
    /// Whether the key opens it.
    pub(super) opens_by_key: RwSignal<bool>,
}

impl KeysSwitch {
    /// As it was left, listening to the key.
    pub(crate) fn new() -> Self {
        let switch = Self {
            is_wanted: RwSignal::new(false),
            opens_by_key: RwSignal::new(SettingsStorage::read(TURNED_OFF).is_none()),
        };
        on_character(KEY, move || {
            if switch.opens_by_key.get_untracked() {
                switch.is_wanted.set(true);
            }
        });
        switch
    }

    /// Lets the key open it, or not.
    pub(super) fn open_by_key(self, opens: bool) {
        self.opens_by_key.set(opens);
        if opens {
            SettingsStorage::remove(TURNED_OFF);
        } else {
            SettingsStorage::write(TURNED_OFF, "off");
        }
    }
}
