//! What the observer may see and do, from outside any request. It adds nothing to any request's ledger.

use protocol::{
    AuditEvent, AuditRow, GivenKey, HeldKey, Inspection, InspectionOptions, Lane, Observation,
    PublicHalf, RefreshRow, Rejection, Service, SessionRow, Signer, SigningProblem, StorePlace,
    TablePage, TableQuery, Timestamp, UserRow,
};
use sessions::{
    AuditRecord, CredentialHash, KeyStore, ObserverAccess, ServerMemory, Session, Store,
    StoreError, UserSummary, latest,
};

use super::Deployment;
use super::seats::Seats;
use crate::{keys, memory_table};

/// How many sessions, and how many refresh tokens, the observer is shown.
const SHOWN_ROWS: usize = 100;
/// How many entries of the audit log.
const SHOWN_AUDIT: usize = 20;

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// What server and user agent hold, for the observer: what the database has, and what the servers remember by
    /// themselves. Of batches it knows nothing.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn observe(&mut self, now: Timestamp) -> Result<Observation, Rejection> {
        let audit = self.store.list_audit(SHOWN_AUDIT).map_err(store_failed)?;
        let users = self.store.list_users().map_err(store_failed)?;
        self.store.take_operations();
        let (sessions, session_count) = self.sessions()?;
        Ok(Observation {
            at: now,
            sessions,
            session_count,
            keys: self.stored_keys.iter().map(keys::row).collect(),
            held_keys: self.held_keys(),
            audit: audit.iter().map(AuditRow::from).collect(),
            jar: self.jar.cookies().to_vec(),
            users: users.iter().map(user_row).collect(),
            refresh_tokens: self.refresh_tokens()?,
            denied: self.denied()?,
            batches: Vec::new(),
        })
    }

    /// The newest sessions of the database and of the servers' memory, and how many there are in all.
    fn sessions(&self) -> Result<(Vec<SessionRow>, u32), Rejection> {
        let (kept, mut count) = self.store.list_sessions(SHOWN_ROWS).map_err(store_failed)?;
        let in_database = kept
            .iter()
            .map(|session| session.to_row(StorePlace::Database, None, self.cached_since(session)));
        let mut rows: Vec<SessionRow> = in_database.collect();
        for (number, seat) in self.seats.iter().flat_map(Seats::numbered) {
            let (kept, of_memory) = seat.memory.list_sessions(SHOWN_ROWS);
            count = count.saturating_add(of_memory);
            rows.extend(kept.iter().map(|session| {
                let cached_since = self.cached_since(session);
                session.to_row(StorePlace::ServerMemory, Some(number), cached_since)
            }));
        }
        Ok((latest(rows, SHOWN_ROWS, |row| row.created), count))
    }

    /// Since when one of the lane's servers remembers the session without asking, where it still believes that.
    fn cached_since(&self, session: &Session) -> Option<Timestamp> {
        let seconds = session
            .lane
            .of(&self.configuration.schemes)
            .store
            .session_cache_seconds;
        if seconds == 0 {
            return None;
        }
        let seats = session.lane.of(&self.seats).numbered();
        seats
            .filter_map(|(_, seat)| seat.memory.cached_since(&session.id_hash))
            .max()
    }

    fn refresh_tokens(&self) -> Result<Vec<RefreshRow>, Rejection> {
        let mut tokens = self
            .store
            .list_refresh_tokens(SHOWN_ROWS)
            .map_err(store_failed)?;
        for (_, seat) in self.seats.iter().flat_map(Seats::numbered) {
            tokens.extend(seat.memory.list_refresh_tokens(SHOWN_ROWS));
        }
        let tokens = latest(tokens, SHOWN_ROWS, |token| token.created);
        Ok(tokens.iter().map(RefreshRow::from).collect())
    }

    fn denied(&self) -> Result<[u32; 2], Rejection> {
        let mut denied = self.store.count_denied().map_err(store_failed)?;
        for (_, seat) in self.seats.iter().flat_map(Seats::numbered) {
            let of_memory = seat.memory.count_denied();
            for lane in Lane::BOTH {
                *lane.of_mut(&mut denied) += lane.of(&of_memory);
            }
        }
        Ok(denied)
    }

    /// A page of what the lane's servers that sign users in remember by themselves.
    pub fn read_memory(&self, lane: Lane, query: &TableQuery) -> TablePage {
        let servers = self.configuration.fleet.servers;
        let memories: Vec<(u32, &ServerMemory)> = lane
            .of(&self.seats)
            .numbered()
            .filter(|(number, _)| *number <= servers)
            .map(|(number, seat)| (number, &seat.memory))
            .collect();
        memory_table::read(&memories, query)
    }

    /// Ends a session, as an administrator would; whether there was one. What a server has in its cache it goes on to
    /// believe. ASVS 7.4.5.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn kill(&mut self, id_hash: &str, now: Timestamp) -> Result<bool, Rejection> {
        let Some(hash) = CredentialHash::from_hex(id_hash) else {
            return Ok(false);
        };
        let kept = self.store.look_up_session(&hash).map_err(store_failed)?;
        let remembered = self
            .seats
            .iter()
            .flat_map(Seats::numbered)
            .flat_map(|(_, seat)| seat.memory.sessions())
            .find(|session| session.id_hash == hash);
        let Some(session) = kept.as_ref().or(remembered) else {
            return Ok(false);
        };
        let (user, lane) = (session.user, session.lane);
        let mut was_there = self.store.kill_session(&hash).map_err(store_failed)?;
        for memory in self.seats.iter_mut().flat_map(Seats::memories_mut) {
            was_there |= memory.kill_session(&hash);
        }
        let subject: String = id_hash.chars().take(8).collect();
        self.store
            .record(&AuditRecord {
                at: now,
                event: AuditEvent::SessionKilled,
                lane: Some(lane),
                user: Some(user),
                subject: Some(&subject),
            })
            .map_err(store_failed)?;
        self.store.take_operations();
        Ok(was_there)
    }

    /// A signing key, for the observer's eyes: a secret as base64url, a private key as PEM.
    pub fn reveal_key(&self, kid: &str) -> Option<String> {
        let stored = self.stored_keys.iter().find(|key| key.kid == kid)?;
        Some(keys::read(stored)?.to_given().text)
    }

    /// What the stateless server would say of this token now, under its own terms or these.
    pub fn inspect(&self, token: &str, options: &InspectionOptions, now: Timestamp) -> Inspection {
        let (verifier, report) = tokens::with_options(self.verifier(), options);
        // As the server reads it from its field: without blanks around it. RFC 9110, 5.5.
        let inspection = tokens::inspect(token.trim(), &verifier, options.now.unwrap_or(now));
        match report {
            Some(key) => Inspection { key, ..inspection },
            None => inspection,
        }
    }

    /// The signature over a signing input, whatever that says.
    ///
    /// # Errors
    /// Where it can't be signed so.
    pub fn sign(&self, signing_input: &str, signer: &Signer) -> Result<String, SigningProblem> {
        match signer {
            Signer::Service(service) => {
                let server = Lane::B.of(&self.way.lanes).sound(*service);
                let key = server
                    .verifier()
                    .keys
                    .first()
                    .ok_or(SigningProblem::NoKey)?;
                tokens::signature(signing_input, key, server.algorithm())
            }
            Signer::Given { key, algorithm } => tokens::sign_given(signing_input, key, algorithm),
        }
    }

    /// The public half of the first key that was given, or of the stateless server's own; `None` where there is none.
    pub fn public_half(&self, given: Option<&GivenKey>) -> Option<PublicHalf> {
        match given {
            Some(given) => tokens::read_keys(given).0.first()?.publish(),
            None => self.verifier().keys.first()?.publish(),
        }
    }

    /// Who holds which key of the stateless design.
    fn held_keys(&self) -> Vec<HeldKey> {
        let held = |service| {
            let keys = &Lane::B.of(&self.way.lanes).sound(service).verifier().keys;
            keys.iter().map(move |key| HeldKey {
                service,
                key: key.facts(),
            })
        };
        Service::ALL.into_iter().flat_map(held).collect()
    }
}

fn user_row(user: &UserSummary) -> UserRow {
    UserRow {
        id: user.id,
        account: user.account.clone(),
        name: user.name.clone(),
        role: user.role.as_str().to_owned(),
        suspended: user.suspended,
    }
}

pub(super) fn store_failed(error: StoreError) -> Rejection {
    Rejection::StoreFailed {
        message: error.to_string(),
    }
}
