//! What would become of credentials' records.

use protocol::{Lane, Timestamp};

use super::Rehearsal;
use crate::{
    CredentialHash, FamilyId, ObserverAccess, RefreshStore, RefreshToken, RevocationStore, Role,
    Session, SessionStore, Store, StoreError, User,
};

impl<S: Store + ObserverAccess> Rehearsal<'_, S> {
    /// The session of this hash, or of the hash that this one would have taken the place of.
    fn session(&self, id_hash: &CredentialHash) -> Result<Option<Session>, StoreError> {
        let known_by = match &self.renewed {
            Some((new, old)) if new == id_hash => old,
            _ => id_hash,
        };
        self.store.look_up_session(known_by)
    }

    /// How many refresh tokens of these would be ended.
    fn end_refresh(
        &mut self,
        name: &str,
        which: impl Fn(&RefreshToken) -> bool,
    ) -> Result<u32, StoreError> {
        let mut tokens = self.store.list_refresh_tokens(usize::MAX)?;
        tokens.retain(|token| token.ended.is_none() && which(token));
        self.count_credential_write(name, tokens.len());
        Ok(u32::try_from(tokens.len()).unwrap_or(u32::MAX))
    }

    fn unless_known(
        &self,
        is_known: bool,
        what: &'static str,
        user: u32,
    ) -> Result<Result<(), StoreError>, StoreError> {
        if is_known {
            return Ok(Err(StoreError::Duplicate { what }));
        }
        Ok(if self.is_user(user)? {
            Ok(())
        } else {
            Err(StoreError::UnknownUser { user })
        })
    }
}

impl<S: Store + ObserverAccess> SessionStore for Rehearsal<'_, S> {
    fn create(&mut self, session: &Session) -> Result<(), StoreError> {
        let known = self.store.look_up_session(&session.id_hash)?.is_some();
        let created = self.unless_known(known, "session", session.user)?;
        self.count_credential_write("sessions.create", usize::from(created.is_ok()));
        created
    }

    fn find(&mut self, id_hash: &CredentialHash) -> Result<Option<(Session, User)>, StoreError> {
        self.read(|store| store.find(id_hash))
    }

    fn touch(
        &mut self,
        id_hash: &CredentialHash,
        _: Timestamp,
        _: Timestamp,
    ) -> Result<(), StoreError> {
        let was_there = self.session(id_hash)?.is_some();
        self.count_credential_write("sessions.touch", usize::from(was_there));
        Ok(())
    }

    fn end(&mut self, lane: Lane, id_hash: &CredentialHash) -> Result<bool, StoreError> {
        let found = self.session(id_hash)?;
        let was_there = found.is_some_and(|found| found.lane == lane);
        self.count_credential_write("sessions.end", usize::from(was_there));
        Ok(was_there)
    }

    fn cached_since(&self) -> Option<Timestamp> {
        self.store.cached_since()
    }

    fn renew(
        &mut self,
        id_hash: &CredentialHash,
        new_id_hash: &CredentialHash,
        _: Role,
    ) -> Result<bool, StoreError> {
        let known = self.store.look_up_session(id_hash)?.is_some();
        let is_taken =
            known && id_hash != new_id_hash && self.store.look_up_session(new_id_hash)?.is_some();
        self.count_credential_write("sessions.renew", usize::from(known && !is_taken));
        if is_taken {
            return Err(StoreError::Duplicate { what: "session" });
        }
        if known {
            self.renewed = Some((*new_id_hash, *id_hash));
        }
        Ok(known)
    }

    fn sessions_of(&mut self, user: u32, lane: Lane) -> Result<Vec<Session>, StoreError> {
        self.read(|store| store.sessions_of(user, lane))
    }

    fn end_one_of(
        &mut self,
        user: u32,
        lane: Lane,
        id_hash: &CredentialHash,
    ) -> Result<bool, StoreError> {
        let found = self.session(id_hash)?;
        let is_theirs = found.is_some_and(|found| found.user == user && found.lane == lane);
        self.count_credential_write("sessions.end_one", usize::from(is_theirs));
        Ok(is_theirs)
    }

    fn end_all_of(
        &mut self,
        user: u32,
        lane: Lane,
        kept: Option<&CredentialHash>,
    ) -> Result<u32, StoreError> {
        let kept = match kept {
            Some(id_hash) => self.session(id_hash)?,
            None => None,
        };
        let is_theirs = kept.is_some_and(|kept| kept.user == user && kept.lane == lane);
        let all = self.store.count_sessions_of(user, lane)?;
        let ended = all.saturating_sub(u32::from(is_theirs));
        self.count_credential_write("sessions.end_all", ended as usize);
        Ok(ended)
    }
}

impl<S: Store + ObserverAccess> RefreshStore for Rehearsal<'_, S> {
    fn add_refresh(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        let known = self.look(|store| store.find_refresh(&token.token_hash))?;
        let added = self.unless_known(known.is_some(), "refresh token", token.user)?;
        self.count_credential_write("refresh_tokens.add", usize::from(added.is_ok()));
        added
    }

    fn find_refresh(
        &mut self,
        token_hash: &CredentialHash,
    ) -> Result<Option<(RefreshToken, User)>, StoreError> {
        self.read(|store| store.find_refresh(token_hash))
    }

    fn use_refresh(
        &mut self,
        token_hash: &CredentialHash,
        _: Timestamp,
    ) -> Result<bool, StoreError> {
        let found = self.look(|store| store.find_refresh(token_hash))?;
        let is_unused = found.is_some_and(|(token, _)| token.used.is_none());
        self.count_credential_write("refresh_tokens.use", usize::from(is_unused));
        Ok(is_unused)
    }

    fn end_family(&mut self, family: &FamilyId, _: Timestamp) -> Result<u32, StoreError> {
        self.end_refresh("refresh_tokens.end_family", |token| token.family == *family)
    }

    fn end_families_of(&mut self, user: u32, lane: Lane, _: Timestamp) -> Result<u32, StoreError> {
        self.end_refresh("refresh_tokens.end_families", |token| {
            token.user == user && token.lane == lane
        })
    }
}

impl<S: Store + ObserverAccess> RevocationStore for Rehearsal<'_, S> {
    fn deny(
        &mut self,
        lane: Lane,
        jti: &str,
        _: Timestamp,
        _: Timestamp,
    ) -> Result<(), StoreError> {
        let known = self.look(|store| store.denied_since(lane, jti))?;
        self.count_credential_write("denylist.add", usize::from(known.is_none()));
        Ok(())
    }

    fn forget_denied(&mut self, lane: Lane, now: Timestamp) -> Result<u32, StoreError> {
        let expired = self.store.count_expired_denied(lane, now)?;
        self.count_credential_write("denylist.forget", expired as usize);
        Ok(expired)
    }

    fn denied_since(&mut self, lane: Lane, jti: &str) -> Result<Option<Timestamp>, StoreError> {
        self.read(|store| store.denied_since(lane, jti))
    }

    fn token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        self.read(|store| store.token_version(lane, user))
    }

    fn raise_token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        let version = self.look(|store| store.token_version(lane, user))?;
        let raised = version.checked_add(1).ok_or(StoreError::Full);
        self.count_credential_write("token_versions.raise", usize::from(raised.is_ok()));
        raised
    }
}
