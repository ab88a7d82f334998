//! The records of credentials as a server's memory keeps them. Never counts an operation, and never knows a user.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use protocol::{Lane, Timestamp};

use crate::latest::latest;
use crate::{
    CredentialHash, FamilyId, LISTED_SESSIONS_LIMIT, RefreshToken, Role, Session, StoreError,
};

/// Sessions, refresh tokens, the denylist and the versions of users' tokens.
#[derive(Clone, Debug)]
pub(crate) struct Records {
    sessions: BTreeMap<CredentialHash, Session>,
    refresh_tokens: BTreeMap<CredentialHash, RefreshToken>,
    /// Since when, and until when.
    denied: BTreeMap<(Lane, String), (Timestamp, Timestamp)>,
    token_versions: BTreeMap<(Lane, u32), u32>,
}

/// Sessions.
impl Records {
    pub(crate) const fn new() -> Self {
        Self {
            sessions: BTreeMap::new(),
            refresh_tokens: BTreeMap::new(),
            denied: BTreeMap::new(),
            token_versions: BTreeMap::new(),
        }
    }

    pub(crate) fn create(&mut self, session: &Session, is_user: bool) -> Result<(), StoreError> {
        let Entry::Vacant(place) = self.sessions.entry(session.id_hash) else {
            return Err(StoreError::Duplicate { what: "session" });
        };
        if !is_user {
            return Err(StoreError::UnknownUser { user: session.user });
        }
        place.insert(session.clone());
        Ok(())
    }

    pub(crate) fn session(&self, id_hash: &CredentialHash) -> Option<&Session> {
        self.sessions.get(id_hash)
    }

    pub(crate) fn touch(
        &mut self,
        id_hash: &CredentialHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) -> bool {
        let session = self.sessions.get_mut(id_hash);
        session
            .map(|session| {
                session.last_seen = last_seen;
                session.idle_expires = idle_expires;
            })
            .is_some()
    }

    pub(crate) fn end(&mut self, lane: Lane, id_hash: &CredentialHash) -> bool {
        let found = self.sessions.get(id_hash);
        found.is_some_and(|session| session.lane == lane) && self.kill(id_hash)
    }

    /// Ends a session of either lane.
    pub(crate) fn kill(&mut self, id_hash: &CredentialHash) -> bool {
        self.sessions.remove(id_hash).is_some()
    }

    pub(crate) fn renew(
        &mut self,
        id_hash: &CredentialHash,
        new_id_hash: &CredentialHash,
        role: Role,
    ) -> Result<bool, StoreError> {
        if !self.sessions.contains_key(id_hash) {
            return Ok(false);
        }
        if id_hash != new_id_hash && self.sessions.contains_key(new_id_hash) {
            return Err(StoreError::Duplicate { what: "session" });
        }
        if let Some(session) = self.sessions.remove(id_hash) {
            let renewed = Session {
                id_hash: *new_id_hash,
                role,
                ..session
            };
            self.sessions.insert(*new_id_hash, renewed);
        }
        Ok(true)
    }

    pub(crate) fn sessions_of(&self, user: u32, lane: Lane) -> Vec<Session> {
        let theirs = |session: &&Session| session.user == user && session.lane == lane;
        let sessions: Vec<&Session> = self.sessions.values().filter(theirs).collect();
        let latest = latest(sessions, LISTED_SESSIONS_LIMIT, |session| session.last_seen);
        latest.into_iter().cloned().collect()
    }

    pub(crate) fn end_one_of(&mut self, user: u32, lane: Lane, id_hash: &CredentialHash) -> bool {
        let found = self.sessions.get(id_hash);
        found.is_some_and(|session| session.user == user) && self.end(lane, id_hash)
    }

    pub(crate) fn end_all_of(
        &mut self,
        user: u32,
        lane: Lane,
        kept: Option<&CredentialHash>,
    ) -> u32 {
        let before = self.sessions.len();
        self.sessions.retain(|id_hash, session| {
            session.user != user || session.lane != lane || kept == Some(id_hash)
        });
        number(before - self.sessions.len())
    }
}

/// Refresh tokens.
impl Records {
    pub(crate) fn add_refresh(
        &mut self,
        token: &RefreshToken,
        is_user: bool,
    ) -> Result<(), StoreError> {
        let Entry::Vacant(place) = self.refresh_tokens.entry(token.token_hash) else {
            return Err(StoreError::Duplicate {
                what: "refresh token",
            });
        };
        if !is_user {
            return Err(StoreError::UnknownUser { user: token.user });
        }
        place.insert(token.clone());
        Ok(())
    }

    pub(crate) fn refresh_token(&self, token_hash: &CredentialHash) -> Option<&RefreshToken> {
        self.refresh_tokens.get(token_hash)
    }

    pub(crate) fn use_refresh(&mut self, token_hash: &CredentialHash, at: Timestamp) -> bool {
        let token = self.refresh_tokens.get_mut(token_hash);
        let unused = token.filter(|token| token.used.is_none());
        unused.map(|token| token.used = Some(at)).is_some()
    }

    /// Ends those tokens that were not ended before.
    pub(crate) fn end_refresh(
        &mut self,
        which: impl Fn(&RefreshToken) -> bool,
        at: Timestamp,
    ) -> u32 {
        let mut ended = 0;
        for token in self.refresh_tokens.values_mut() {
            if token.ended.is_none() && which(token) {
                token.ended = Some(at);
                ended += 1;
            }
        }
        number(ended)
    }

    pub(crate) fn end_family(&mut self, family: &FamilyId, at: Timestamp) -> u32 {
        self.end_refresh(|token| token.family == *family, at)
    }

    pub(crate) fn end_families_of(&mut self, user: u32, lane: Lane, at: Timestamp) -> u32 {
        self.end_refresh(|token| token.user == user && token.lane == lane, at)
    }
}

/// What access tokens are refused by.
impl Records {
    /// Says whether it was not there yet.
    pub(crate) fn deny(
        &mut self,
        lane: Lane,
        jti: &str,
        since: Timestamp,
        until: Timestamp,
    ) -> bool {
        let Entry::Vacant(place) = self.denied.entry((lane, jti.to_owned())) else {
            return false;
        };
        place.insert((since, until));
        true
    }

    pub(crate) fn forget_denied(&mut self, lane: Lane, now: Timestamp) -> u32 {
        let before = self.denied.len();
        self.denied
            .retain(|(of, _), (_, until)| *of != lane || *until > now);
        number(before - self.denied.len())
    }

    pub(crate) fn denied_since(&self, lane: Lane, jti: &str) -> Option<Timestamp> {
        let found = self.denied.get(&(lane, jti.to_owned()));
        found.map(|(since, _)| *since)
    }

    /// The version, where it was raised.
    pub(crate) fn token_version(&self, lane: Lane, user: u32) -> Option<u32> {
        self.token_versions.get(&(lane, user)).copied()
    }

    pub(crate) fn raise_token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        let version = self.token_versions.entry((lane, user)).or_default();
        *version = version.checked_add(1).ok_or(StoreError::Full)?;
        Ok(*version)
    }
}

/// What the observer sees.
impl Records {
    pub(crate) fn list_sessions(&self, limit: usize) -> (Vec<Session>, u32) {
        let sessions: Vec<&Session> = self.sessions.values().collect();
        let latest = latest(sessions, limit, |session| session.created);
        let listed = latest.into_iter().cloned().collect();
        (listed, number(self.sessions.len()))
    }

    pub(crate) fn count_sessions_of(&self, user: u32, lane: Lane) -> u32 {
        let theirs = |session: &&Session| session.user == user && session.lane == lane;
        number(self.sessions.values().filter(theirs).count())
    }

    pub(crate) fn list_refresh_tokens(&self, limit: usize) -> Vec<RefreshToken> {
        let tokens: Vec<&RefreshToken> = self.refresh_tokens.values().collect();
        let latest = latest(tokens, limit, |token| token.created);
        latest.into_iter().cloned().collect()
    }

    pub(crate) fn count_denied(&self) -> [u32; 2] {
        Lane::BOTH.map(|lane| number(self.denied.keys().filter(|(of, _)| *of == lane).count()))
    }

    pub(crate) fn count_expired_denied(&self, lane: Lane, now: Timestamp) -> u32 {
        let expired = self
            .denied
            .iter()
            .filter(|((of, _), (_, until))| *of == lane && *until <= now);
        number(expired.count())
    }

    pub(crate) fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    pub(crate) fn refresh_tokens(&self) -> impl Iterator<Item = &RefreshToken> {
        self.refresh_tokens.values()
    }

    pub(crate) fn denied(&self) -> impl Iterator<Item = (Lane, &str, Timestamp, Timestamp)> {
        let entry = self.denied.iter();
        entry.map(|((lane, jti), (since, until))| (*lane, jti.as_str(), *since, *until))
    }

    pub(crate) fn token_versions(&self) -> impl Iterator<Item = (Lane, u32, u32)> {
        let versions = self.token_versions.iter();
        versions.map(|((lane, user), version)| (*lane, *user, *version))
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
