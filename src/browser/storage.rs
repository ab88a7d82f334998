//! The browser's real localStorage, and what takes its place where it is blocked or full.

use std::cell::RefCell;

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

/// Under which key the stateless lane's token is. The raw string, so that the browser's developer tools show the
/// token and nothing around it.
pub(crate) const TOKEN_KEY: &str = "access_token";

thread_local! {
    /// Where the token waits while localStorage can't be used: until the page is left.
    static IN_MEMORY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The place of the stateless lane's token.
pub(crate) struct TokenStorage;

impl TokenStorage {
    /// Whether this browser lets the page use localStorage. Asking for it throws where it is blocked.
    pub(crate) fn is_allowed() -> bool {
        matches!(window().local_storage(), Ok(Some(_)))
    }

    /// The token that is there now.
    pub(crate) fn read() -> Option<String> {
        if Self::is_allowed() {
            let stored = LocalStorage::raw().get_item(TOKEN_KEY).ok().flatten();
            if stored.is_some() {
                return stored;
            }
        }
        IN_MEMORY.with_borrow(Clone::clone)
    }

    /// Whether the token is in memory only, because localStorage did not take it.
    pub(crate) fn is_in_memory() -> bool {
        IN_MEMORY.with_borrow(Option::is_some)
    }

    /// Keeps a token. Where localStorage is blocked or full, in memory; an older token that is there makes room first,
    /// and never stands for the new one.
    pub(crate) fn write(token: &str) {
        Self::remove();
        let kept = Self::is_allowed() && LocalStorage::raw().set_item(TOKEN_KEY, token).is_ok();
        IN_MEMORY.set((!kept).then(|| token.to_owned()));
    }

    /// Forgets the token.
    pub(crate) fn remove() {
        if Self::is_allowed() {
            let _ = LocalStorage::raw().remove_item(TOKEN_KEY);
        }
        IN_MEMORY.set(None);
    }
}

/// Settings that outlast the visit. Where localStorage is blocked or full, they last as long as the page.
pub(crate) struct SettingsStorage;

impl SettingsStorage {
    /// What is kept under a key.
    pub(crate) fn read(key: &str) -> Option<String> {
        if !TokenStorage::is_allowed() {
            return None;
        }
        LocalStorage::raw().get_item(key).ok().flatten()
    }

    /// Keeps a text under a key.
    pub(crate) fn write(key: &str, text: &str) {
        if TokenStorage::is_allowed() {
            let _ = LocalStorage::raw().set_item(key, text);
        }
    }

    /// Forgets what is kept under a key.
    pub(crate) fn remove(key: &str) {
        if TokenStorage::is_allowed() {
            let _ = LocalStorage::raw().remove_item(key);
        }
    }
}
