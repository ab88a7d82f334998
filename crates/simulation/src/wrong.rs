//! What can be wrong with a server, and what that means for who asks it.

use crate::chance::spread;

/// For how long a token is valid, and after how long without use a session ends: in seconds.
const CREDENTIAL_SECONDS: f64 = 900.0;

/// What is wrong with a server that is not down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wrong {
    pub(crate) reaches_store: bool,
    pub(crate) has_key: bool,
    /// Since when a newer key has not reached it.
    pub(crate) key_old_since: Option<f64>,
    pub(crate) clock_ahead: f64,
}

impl Wrong {
    /// Nothing.
    pub(crate) const NOTHING: Self = Self {
        reaches_store: true,
        has_key: true,
        key_old_since: None,
        clock_ahead: 0.0,
    };

    /// Whether a server refuses this user's token, whatever it says.
    #[inline]
    pub(crate) fn refuses_token(&self, user: u32, now: f64) -> bool {
        if !self.has_key {
            return true;
        }
        if self.key_old_since.is_none() && self.clock_ahead <= 0.0 {
            return false;
        }
        // How far this user's token is into its life, as a share of it.
        let turns = now / CREDENTIAL_SECONDS + spread(u64::from(user));
        let age = (turns - turns.floor()) * CREDENTIAL_SECONDS;
        let is_of_newer_key = self.key_old_since.is_some_and(|since| age <= now - since);
        is_of_newer_key || CREDENTIAL_SECONDS - age < self.clock_ahead
    }

    /// Whether a server's clock makes each session one that was not used for too long.
    #[inline]
    pub(crate) fn finds_idle(&self) -> bool {
        self.clock_ahead >= CREDENTIAL_SECONDS
    }
}
