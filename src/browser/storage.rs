//! The browser's real storage, and what takes its place where it is blocked or full.

use std::cell::{OnceCell, RefCell};

use leptos::prelude::window;
use protocol::{Carrier, Credential, Lane, Scheme};
use web_sys::Storage;

thread_local! {
    /// What page script keeps in memory for each lane, and what waits there while the browser's storage can't be used:
    /// until the page is left.
    static IN_MEMORY: RefCell<[Option<String>; 2]> = const { RefCell::new([None, None]) };
    /// The browser's, once it was given: each request reads what is in it.
    static LOCAL: OnceCell<Storage> = const { OnceCell::new() };
}

/// Whether this browser lets the page use its storage. Asking for it throws where it is blocked.
pub(crate) fn is_storage_allowed() -> bool {
    local().is_some()
}

fn local() -> Option<Storage> {
    LOCAL.with(|local| {
        if let Some(local) = local.get() {
            return Some(local.clone());
        }
        let found = window().local_storage().ok().flatten()?;
        Some(local.get_or_init(|| found).clone())
    })
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Where page script keeps what it sends for a lane: a token, or a session ID.
pub(crate) struct BearerStorage;

impl BearerStorage {
    /// Under which key it is. The raw string, so that the browser's developer tools show it and nothing around it.
    pub(crate) const fn key(lane: Lane, scheme: &Scheme) -> &'static str {
        match scheme.credential {
            Credential::SessionId => lane.names().session_id,
            Credential::AccessToken | Credential::AccessAndRefresh => lane.names().access_token,
        }
    }

    /// What is there now.
    pub(crate) fn read(lane: Lane, scheme: &Scheme) -> Option<String> {
        if !scheme.carrier.is_bearer() {
            return None;
        }
        place(scheme.carrier)
            .and_then(|storage| storage.get_item(Self::key(lane, scheme)).ok().flatten())
            .or_else(|| IN_MEMORY.with_borrow(|kept| lane.of(kept).clone()))
    }

    /// Whether it is in memory only because the browser's storage did not take it.
    pub(crate) fn fell_back(lane: Lane, scheme: &Scheme) -> bool {
        !matches!(scheme.carrier, Carrier::Memory | Carrier::Cookie)
            && IN_MEMORY.with_borrow(|kept| lane.of(kept).is_some())
    }

    /// Keeps it. Where the browser's storage is blocked or full, in memory; an older one that is there makes room first,
    /// and never stands for the new one.
    pub(crate) fn write(lane: Lane, scheme: &Scheme, bearer: &str) {
        Self::remove(lane, scheme);
        let kept = place(scheme.carrier)
            .is_some_and(|storage| storage.set_item(Self::key(lane, scheme), bearer).is_ok());
        if !kept {
            IN_MEMORY.with_borrow_mut(|memory| *lane.of_mut(memory) = Some(bearer.to_owned()));
        }
    }

    /// Forgets it.
    pub(crate) fn remove(lane: Lane, scheme: &Scheme) {
        if let Some(storage) = place(scheme.carrier) {
            let _ = storage.remove_item(Self::key(lane, scheme));
        }
        IN_MEMORY.with_borrow_mut(|memory| *lane.of_mut(memory) = None);
    }

    /// Forgets all that is kept for that lane, wherever it is, but what this scheme goes on with.
    pub(crate) fn remove_others(lane: Lane, before: &Scheme, scheme: Option<&Scheme>) {
        let place = |scheme: &Scheme| (scheme.carrier, Self::key(lane, scheme));
        let goes_on = scheme.map(place);
        let names = lane.names();
        for (carrier, storage) in [
            (Carrier::LocalStorage, local()),
            (Carrier::SessionStorage, session()),
        ] {
            for key in [names.session_id, names.access_token] {
                if let Some(storage) = &storage
                    && goes_on != Some((carrier, key))
                {
                    let _ = storage.remove_item(key);
                }
            }
        }
        if goes_on != Some(place(before)) {
            IN_MEMORY.with_borrow_mut(|memory| *lane.of_mut(memory) = None);
        }
    }
}

fn place(carrier: Carrier) -> Option<Storage> {
    match carrier {
        Carrier::LocalStorage => local(),
        Carrier::SessionStorage => session(),
        Carrier::Memory | Carrier::Cookie => None,
    }
}

/// Settings that outlast the visit. Where localStorage is blocked or full, they last as long as the page.
pub(crate) struct SettingsStorage;

impl SettingsStorage {
    /// What is kept under a key.
    pub(crate) fn read(key: &str) -> Option<String> {
        local()?.get_item(key).ok().flatten()
    }

    /// Keeps a text under a key.
    pub(crate) fn write(key: &str, text: &str) {
        if let Some(storage) = local() {
            let _ = storage.set_item(key, text);
        }
    }

    /// Forgets what is kept under a key.
    pub(crate) fn remove(key: &str) {
        if let Some(storage) = local() {
            let _ = storage.remove_item(key);
        }
    }
}
