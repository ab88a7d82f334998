//! Credentials' records where the server keeps them, and the session cache in front.

use protocol::{Access, Lane, StorePlace, Timestamp};

use super::ServerStore;
use crate::operation_log::Counts;
use crate::{
    CredentialHash, FamilyId, RefreshStore, RefreshToken, RevocationStore, Role, Session,
    SessionStore, Store, StoreError, User,
};

impl<S: Store> ServerStore<'_, S> {
    /// The record with its user, whom the database alone knows.
    fn with_user<T>(
        &mut self,
        record: Option<T>,
        user: fn(&T) -> u32,
    ) -> Result<Option<(T, User)>, StoreError> {
        let Some(record) = record else {
            return Ok(None);
        };
        let user = self.ask(|database| database.find_user(user(&record)))?;
        Ok(user.map(|user| (record, user)))
    }

    fn find_in_store(
        &mut self,
        id_hash: &CredentialHash,
    ) -> Result<Option<(Session, User)>, StoreError> {
        if self.is_in_memory() {
            let session = self.counted().find(id_hash);
            return self.with_user(session, |session| session.user);
        }
        self.ask(|database| database.find(id_hash))
    }
}

impl<S: Store> SessionStore for ServerStore<'_, S> {
    fn create(&mut self, session: &Session) -> Result<(), StoreError> {
        if self.is_in_memory() {
            return self.counted().create(session, true);
        }
        self.ask(|database| database.create(session))
    }

    fn find(&mut self, id_hash: &CredentialHash) -> Result<Option<(Session, User)>, StoreError> {
        let seconds = self.settings.session_cache_seconds;
        let cached = self.memory.believed(id_hash, seconds, self.now);
        self.cached_since = cached.as_ref().map(|(since, _, _)| *since);
        if let Some((_, session, user)) = cached {
            let place = StorePlace::SessionCache;
            self.log
                .record(Access::Read, place, "session_cache.get", Counts::of(1));
            return Ok(Some((session, user)));
        }
        let found = self.find_in_store(id_hash)?;
        if self.fills_cache {
            match &found {
                Some((session, user)) if seconds > 0 => self.memory.cache(session, user, self.now),
                _ => self.memory.forget(id_hash),
            }
        }
        Ok(found)
    }

    fn touch(
        &mut self,
        id_hash: &CredentialHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) -> Result<(), StoreError> {
        if self.is_in_memory() {
            self.counted().touch(id_hash, last_seen, idle_expires);
        } else {
            self.ask(|database| database.touch(id_hash, last_seen, idle_expires))?;
        }
        self.memory.touch_cached(id_hash, last_seen, idle_expires);
        Ok(())
    }

    fn end(&mut self, lane: Lane, id_hash: &CredentialHash) -> Result<bool, StoreError> {
        self.memory.forget(id_hash);
        if self.is_in_memory() {
            return Ok(self.counted().end(lane, id_hash));
        }
        self.ask(|database| database.end(lane, id_hash))
    }

    fn cached_since(&self) -> Option<Timestamp> {
        self.cached_since
    }

    fn renew(
        &mut self,
        id_hash: &CredentialHash,
        new_id_hash: &CredentialHash,
        role: Role,
    ) -> Result<bool, StoreError> {
        self.memory.forget(id_hash);
        if self.is_in_memory() {
            return self.counted().renew(id_hash, new_id_hash, role);
        }
        self.ask(|database| database.renew(id_hash, new_id_hash, role))
    }

    fn sessions_of(&mut self, user: u32, lane: Lane) -> Result<Vec<Session>, StoreError> {
        if self.is_in_memory() {
            return Ok(self.counted().sessions_of(user, lane));
        }
        self.ask(|database| database.sessions_of(user, lane))
    }

    fn end_one_of(
        &mut self,
        user: u32,
        lane: Lane,
        id_hash: &CredentialHash,
    ) -> Result<bool, StoreError> {
        self.memory.forget_where(|session| {
            session.user == user && session.lane == lane && session.id_hash == *id_hash
        });
        if self.is_in_memory() {
            return Ok(self.counted().end_one_of(user, lane, id_hash));
        }
        self.ask(|database| database.end_one_of(user, lane, id_hash))
    }

    fn end_all_of(
        &mut self,
        user: u32,
        lane: Lane,
        kept: Option<&CredentialHash>,
    ) -> Result<u32, StoreError> {
        self.memory.forget_where(|session| {
            session.user == user && session.lane == lane && kept != Some(&session.id_hash)
        });
        if self.is_in_memory() {
            return Ok(self.counted().end_all_of(user, lane, kept));
        }
        self.ask(|database| database.end_all_of(user, lane, kept))
    }
}

impl<S: Store> RefreshStore for ServerStore<'_, S> {
    fn add_refresh(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        if self.is_in_memory() {
            return self.counted().add_refresh(token, true);
        }
        self.ask(|database| database.add_refresh(token))
    }

    fn find_refresh(
        &mut self,
        token_hash: &CredentialHash,
    ) -> Result<Option<(RefreshToken, User)>, StoreError> {
        if self.is_in_memory() {
            let token = self.counted().find_refresh(token_hash);
            return self.with_user(token, |token| token.user);
        }
        self.ask(|database| database.find_refresh(token_hash))
    }

    fn use_refresh(
        &mut self,
        token_hash: &CredentialHash,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        if self.is_in_memory() {
            return Ok(self.counted().use_refresh(token_hash, at));
        }
        self.ask(|database| database.use_refresh(token_hash, at))
    }

    fn end_family(&mut self, family: &FamilyId, at: Timestamp) -> Result<u32, StoreError> {
        if self.is_in_memory() {
            return Ok(self.counted().end_family(family, at));
        }
        self.ask(|database| database.end_family(family, at))
    }

    fn end_families_of(&mut self, user: u32, lane: Lane, at: Timestamp) -> Result<u32, StoreError> {
        if self.is_in_memory() {
            return Ok(self.counted().end_families_of(user, lane, at));
        }
        self.ask(|database| database.end_families_of(user, lane, at))
    }
}

impl<S: Store> RevocationStore for ServerStore<'_, S> {
    fn deny(
        &mut self,
        lane: Lane,
        jti: &str,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        if self.is_in_memory() {
            self.counted().deny(lane, jti, since, until);
            return Ok(());
        }
        self.ask(|database| database.deny(lane, jti, since, until))
    }

    fn forget_denied(&mut self, lane: Lane, now: Timestamp) -> Result<u32, StoreError> {
        if self.is_in_memory() {
            return Ok(self.counted().forget_denied(lane, now));
        }
        self.ask(|database| database.forget_denied(lane, now))
    }

    fn denied_since(&mut self, lane: Lane, jti: &str) -> Result<Option<Timestamp>, StoreError> {
        if self.is_in_memory() {
            return Ok(self.counted().denied_since(lane, jti));
        }
        self.ask(|database| database.denied_since(lane, jti))
    }

    fn token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        if self.is_in_memory() {
            return Ok(self.counted().token_version(lane, user));
        }
        self.ask(|database| database.token_version(lane, user))
    }

    fn raise_token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        if self.is_in_memory() {
            return self.counted().raise_token_version(lane, user);
        }
        self.ask(|database| database.raise_token_version(lane, user))
    }
}
