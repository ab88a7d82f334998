//! Records in a server's memory, each operation counted. Never decides where records are kept.

use protocol::{Access, Lane, StorePlace, Timestamp};

use crate::operation_log::{Counts, OperationLog};
use crate::records::Records;
use crate::{CredentialHash, FamilyId, RefreshToken, Role, Session, StoreError};

/// Records, with the log that counts what is done to them.
pub(crate) struct CountedRecords<'a> {
    pub(crate) records: &'a mut Records,
    pub(crate) log: &'a mut OperationLog,
}

impl CountedRecords<'_> {
    fn count(&mut self, access: Access, name: &str, rows: usize) {
        self.log
            .record(access, StorePlace::ServerMemory, name, Counts::of(rows));
    }

    /// A write that does its work to one record, or to none.
    fn wrote(&mut self, name: &str, was_done: bool) -> bool {
        self.count(Access::Write, name, usize::from(was_done));
        was_done
    }

    fn wrote_many(&mut self, name: &str, rows: u32) -> u32 {
        self.count(Access::Write, name, rows as usize);
        rows
    }

    fn found<T>(&mut self, name: &str, record: Option<T>) -> Option<T> {
        self.count(Access::Read, name, usize::from(record.is_some()));
        record
    }

    pub(crate) fn create(&mut self, session: &Session, is_user: bool) -> Result<(), StoreError> {
        let created = self.records.create(session, is_user);
        self.wrote("sessions.create", created.is_ok());
        created
    }

    pub(crate) fn find(&mut self, id_hash: &CredentialHash) -> Option<Session> {
        let session = self.records.session(id_hash).cloned();
        self.found("sessions.get", session)
    }

    pub(crate) fn touch(
        &mut self,
        id_hash: &CredentialHash,
        last_seen: Timestamp,
        idle_expires: Timestamp,
    ) {
        let was_there = self.records.touch(id_hash, last_seen, idle_expires);
        self.wrote("sessions.touch", was_there);
    }

    pub(crate) fn end(&mut self, lane: Lane, id_hash: &CredentialHash) -> bool {
        let was_there = self.records.end(lane, id_hash);
        self.wrote("sessions.end", was_there)
    }

    pub(crate) fn renew(
        &mut self,
        id_hash: &CredentialHash,
        new_id_hash: &CredentialHash,
        role: Role,
    ) -> Result<bool, StoreError> {
        let renewed = self.records.renew(id_hash, new_id_hash, role);
        self.wrote("sessions.renew", renewed == Ok(true));
        renewed
    }

    pub(crate) fn sessions_of(&mut self, user: u32, lane: Lane) -> Vec<Session> {
        let sessions = self.records.sessions_of(user, lane);
        self.count(Access::Read, "sessions.list", sessions.len());
        sessions
    }

    pub(crate) fn end_one_of(&mut self, user: u32, lane: Lane, id_hash: &CredentialHash) -> bool {
        let was_there = self.records.end_one_of(user, lane, id_hash);
        self.wrote("sessions.end_one", was_there)
    }

    pub(crate) fn end_all_of(
        &mut self,
        user: u32,
        lane: Lane,
        kept: Option<&CredentialHash>,
    ) -> u32 {
        let ended = self.records.end_all_of(user, lane, kept);
        self.wrote_many("sessions.end_all", ended)
    }

    pub(crate) fn add_refresh(
        &mut self,
        token: &RefreshToken,
        is_user: bool,
    ) -> Result<(), StoreError> {
        let added = self.records.add_refresh(token, is_user);
        self.wrote("refresh_tokens.add", added.is_ok());
        added
    }

    pub(crate) fn find_refresh(&mut self, token_hash: &CredentialHash) -> Option<RefreshToken> {
        let token = self.records.refresh_token(token_hash).cloned();
        self.found("refresh_tokens.get", token)
    }

    pub(crate) fn use_refresh(&mut self, token_hash: &CredentialHash, at: Timestamp) -> bool {
        let was_unused = self.records.use_refresh(token_hash, at);
        self.wrote("refresh_tokens.use", was_unused)
    }

    pub(crate) fn end_family(&mut self, family: &FamilyId, at: Timestamp) -> u32 {
        let ended = self.records.end_family(family, at);
        self.wrote_many("refresh_tokens.end_family", ended)
    }

    pub(crate) fn end_families_of(&mut self, user: u32, lane: Lane, at: Timestamp) -> u32 {
        let ended = self.records.end_families_of(user, lane, at);
        self.wrote_many("refresh_tokens.end_families", ended)
    }

    pub(crate) fn deny(&mut self, lane: Lane, jti: &str, since: Timestamp, until: Timestamp) {
        let is_new = self.records.deny(lane, jti, since, until);
        self.wrote("denylist.add", is_new);
    }

    pub(crate) fn forget_denied(&mut self, lane: Lane, now: Timestamp) -> u32 {
        let forgotten = self.records.forget_denied(lane, now);
        self.wrote_many("denylist.forget", forgotten)
    }

    pub(crate) fn denied_since(&mut self, lane: Lane, jti: &str) -> Option<Timestamp> {
        let since = self.records.denied_since(lane, jti);
        self.found("denylist.get", since)
    }

    pub(crate) fn token_version(&mut self, lane: Lane, user: u32) -> u32 {
        let version = self.records.token_version(lane, user);
        self.found("token_versions.get", version)
            .unwrap_or_default()
    }

    pub(crate) fn raise_token_version(&mut self, lane: Lane, user: u32) -> Result<u32, StoreError> {
        let raised = self.records.raise_token_version(lane, user);
        self.wrote("token_versions.raise", raised.is_ok());
        raised
    }
}
