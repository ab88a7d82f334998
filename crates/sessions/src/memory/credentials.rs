//! Credentials' records in memory: sessions, refresh tokens, and what access tokens are refused by.

use protocol::{Lane, Timestamp};

use super::MemoryStore;
use crate::{
    CredentialHash, FamilyId, RefreshStore, RefreshToken, RevocationStore, Role, Session,
    SessionStore, StoreError, User,
};

impl SessionStore for MemoryStore {
    fn create(&mut self, session: &Session) -> Result<(), StoreError> {
        let is_user = self.users.contains_key(&session.user);
        self.counted().create(session, is_user)
    }

    fn find(&mut self, id_hash: &CredentialHash) -> Result<Option<(Session, User)>, StoreError> {
        let found = self.counted().find(id_hash);
        Ok(found.and_then(|session| {
            let user = self.users.get(&session.user)?.clone();
            Some((session, user))
        }))
    }

    fn touch(
        &mut self,
        id_hash: &CredentialHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) -> Result<(), StoreError> {
        self.counted().touch(id_hash, last_seen, idle_expires);
        Ok(())
    }

    fn end(&mut self, lane: Lane, id_hash: &CredentialHash) -> Result<bool, StoreError> {
        Ok(self.counted().end(lane, id_hash))
    }

    fn renew(
        &mut self,
        id_hash: &CredentialHash,
        new_id_hash: &CredentialHash,
        role: Role,
    ) -> Result<bool, StoreError> {
        self.counted().renew(id_hash, new_id_hash, role)
    }

    fn sessions_of(&mut self, user: u32, lane: Lane) -> Result<Vec<Session>, StoreError> {
        Ok(self.counted().sessions_of(user, lane))
    }

    fn end_one_of(
        &mut self,
        user: u32,
        lane: Lane,
        id_hash: &CredentialHash,
    ) -> Result<bool, StoreError> {
        Ok(self.counted().end_one_of(user, lane, id_hash))
    }

    fn end_all_of(
        &mut self,
        user: u32,
        lane: Lane,
        kept: Option<&CredentialHash>,
    ) -> Result<u32, StoreError> {
        Ok(self.counted().end_all_of(user, lane, kept))
    }
}

impl RefreshStore for MemoryStore {
    fn add_refresh(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        let is_user = self.users.contains_key(&token.user);
        self.counted().add_refresh(token, is_user)
    }

    fn find_refresh(
        &mut self,
        token_hash: &CredentialHash,
    ) -> Result<Option<(RefreshToken, User)>, StoreError> {
        let found = self.counted().find_refresh(token_hash);
        Ok(found.and_then(|token| {
            let user = self.users.get(&token.user)?.clone();
            Some((token, user))
        }))
    }

    fn use_refresh(
        &mut self,
        token_hash: &CredentialHash,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.counted().use_refresh(token_hash, at))
    }

    fn end_family(&mut self, family: &FamilyId, at: Timestamp) -> Result<u32, StoreError> {
        Ok(self.counted().end_family(family, at))
    }

    fn end_families_of(&mut self, user: u32, lane: Lane, at: Timestamp) -> Result<u32, StoreError> {
        Ok(self.counted().end_families_of(user, lane, at))
    }
}

impl RevocationStore for MemoryStore {
    fn deny(
        &mut self,
        lane: Lane,
        jti: &str,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        self.counted().deny(lane, jti, since, until);
        Ok(())
    }

    fn forget_denied(&mut self, lane: Lane, now: Timestamp) -> Result<u32, StoreError> {
        Ok(self.counted().forget_denied(lane, now))
    }

    fn denied_since(&mut self, lane: Lane, jti: &str) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.counted().denied_since(lane, jti))
    }

    fn token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        Ok(self.counted().token_version(lane, user))
    }

    fn raise_token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        self.counted().raise_token_version(lane, user)
    }
}
