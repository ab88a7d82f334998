//! Light or dark: the system's, unless the user chose.

use leptos::prelude::document;

use super::storage::SettingsStorage;

const KEY: &str = "theme";

/// What the user chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The next one in turn.
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    const fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// What is in force. The boot script has set it before the first paint.
pub(crate) fn current_theme() -> Theme {
    let attribute = document()
        .document_element()
        .and_then(|root| root.get_attribute("data-theme"));
    match attribute.as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Puts it in force, and keeps it where localStorage is allowed.
pub(crate) fn set_theme(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = match theme.word() {
            Some(word) => root.set_attribute("data-theme", word),
            None => root.remove_attribute("data-theme"),
        };
    }
    match theme.word() {
        Some(word) => SettingsStorage::write(KEY, word),
        None => SettingsStorage::remove(KEY),
    }
}
