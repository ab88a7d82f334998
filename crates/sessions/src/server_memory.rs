//! What one server remembers by itself, besides its database. Never outlasts the server, and never reaches another one.

use std::collections::BTreeMap;

use protocol::{Lane, Timestamp};

use crate::records::Records;
use crate::{CredentialHash, RefreshToken, Session, User};

/// How many sessions a server's cache holds: with each one more, the oldest goes.
pub const SESSION_CACHE_CAPACITY: usize = 10_000;

/// What one server remembers by itself: the records of credentials, where they are kept there, and the session cache.
#[derive(Clone, Debug)]
pub struct ServerMemory {
    pub(crate) records: Records,
    cached: BTreeMap<CredentialHash, Cached>,
    /// What is cached, in the order in which it was: clocks may go back.
    order: BTreeMap<u64, CredentialHash>,
    next: u64,
}

/// The answer of an earlier lookup.
#[derive(Clone, Debug)]
struct Cached {
    since: Timestamp,
    number: u64,
    session: Session,
    user: User,
}

impl Default for ServerMemory {
    fn default() -> Self {
        Self::new()
    }
}

impl ServerMemory {
    /// That of a server that has just started.
    pub const fn new() -> Self {
        Self {
            records: Records::new(),
            cached: BTreeMap::new(),
            order: BTreeMap::new(),
            next: 0,
        }
    }

    /// Forgets all, as a restart does, and says how many sessions and refresh tokens were lost.
    pub fn clear(&mut self) -> u32 {
        let lost = self.sessions().count() + self.refresh_tokens().count();
        *self = Self::new();
        u32::try_from(lost).unwrap_or(u32::MAX)
    }

    /// The sessions that are kept here, newest first, at most `limit` of them, and how many there are in all.
    pub fn list_sessions(&self, limit: usize) -> (Vec<Session>, u32) {
        self.records.list_sessions(limit)
    }

    /// The refresh tokens that are kept here, newest first, at most `limit` of them.
    pub fn list_refresh_tokens(&self, limit: usize) -> Vec<RefreshToken> {
        self.records.list_refresh_tokens(limit)
    }

    /// How many tokens are on each lane's denylist here.
    pub fn count_denied(&self) -> [u32; 2] {
        self.records.count_denied()
    }

    /// The sessions that are kept here, by their hashes.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.records.sessions()
    }

    /// Whether the session of this hash is kept here.
    pub fn keeps_session(&self, id_hash: &CredentialHash) -> bool {
        self.records.session(id_hash).is_some()
    }

    /// Whether the refresh token of this hash is kept here.
    pub fn keeps_refresh(&self, token_hash: &CredentialHash) -> bool {
        self.records.refresh_token(token_hash).is_some()
    }

    /// The refresh tokens that are kept here, by their hashes.
    pub fn refresh_tokens(&self) -> impl Iterator<Item = &RefreshToken> {
        self.records.refresh_tokens()
    }

    /// The denylist that is kept here, by lane and `jti`, with the moments since when and until when.
    pub fn denied(&self) -> impl Iterator<Item = (Lane, &str, Timestamp, Timestamp)> {
        self.records.denied()
    }

    /// The versions of users' tokens that are kept here, by lane and user.
    pub fn token_versions(&self) -> impl Iterator<Item = (Lane, u32, u32)> {
        self.records.token_versions()
    }

    /// Ends a session that is kept here from outside, and says whether there was one. What is cached stays.
    pub fn kill_session(&mut self, id_hash: &CredentialHash) -> bool {
        self.records.kill(id_hash)
    }

    /// The sessions in the cache with the moments since when they are there, by their hashes. An entry that is too old
    /// to be believed stays until the session is asked for once more.
    pub fn cached_sessions(&self) -> impl Iterator<Item = (&Session, Timestamp)> {
        let cached = self.cached.values();
        cached.map(|cached| (&cached.session, cached.since))
    }

    /// Since when the session of this hash is in the cache, whether it is still believed or not.
    pub fn cached_since(&self, id_hash: &CredentialHash) -> Option<Timestamp> {
        self.cached.get(id_hash).map(|cached| cached.since)
    }

    /// The cached answer, where it is believed: for so many seconds, and not where it comes from the future.
    pub(crate) fn believed(
        &self,
        id_hash: &CredentialHash,
        seconds: u32,
        now: Timestamp,
    ) -> Option<(Timestamp, Session, User)> {
        let cached = self.cached.get(id_hash)?;
        let age = now
            .milliseconds()
            .checked_sub(cached.since.milliseconds())?;
        let is_believed = (0..i64::from(seconds) * 1_000).contains(&age);
        is_believed.then(|| (cached.since, cached.session.clone(), cached.user.clone()))
    }

    pub(crate) fn cache(&mut self, session: &Session, user: &User, since: Timestamp) {
        self.forget(&session.id_hash);
        let cached = Cached {
            since,
            number: self.next,
            session: session.clone(),
            user: user.clone(),
        };
        self.cached.insert(session.id_hash, cached);
        self.order.insert(self.next, session.id_hash);
        self.next += 1;
        if self.order.len() > SESSION_CACHE_CAPACITY
            && let Some((_, oldest)) = self.order.pop_first()
        {
            self.cached.remove(&oldest);
        }
    }

    pub(crate) fn touch_cached(
        &mut self,
        id_hash: &CredentialHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) {
        if let Some(cached) = self.cached.get_mut(id_hash) {
            cached.session.last_seen = last_seen;
            cached.session.idle_expires = idle_expires;
        }
    }

    pub(crate) fn update_cached_user(&mut self, user: &User) {
        for cached in self.cached.values_mut() {
            if cached.user.id == user.id {
                cached.user.clone_from(user);
            }
        }
    }

    pub(crate) fn forget(&mut self, id_hash: &CredentialHash) {
        if let Some(cached) = self.cached.remove(id_hash) {
            self.order.remove(&cached.number);
        }
    }

    pub(crate) fn forget_where(&mut self, is_gone: impl Fn(&Session) -> bool) {
        let order = &mut self.order;
        self.cached.retain(|_, cached| {
            let stays = !is_gone(&cached.session);
            if !stays {
                order.remove(&cached.number);
            }
            stays
        });
    }
}
