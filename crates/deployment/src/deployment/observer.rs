//! What the observer may see and do, from outside any request. It adds nothing to any request's ledger.

use protocol::{
    AuditEvent, AuditRow, GivenKey, HeldKey, Inspection, InspectionOptions, KeyRow, Observation,
    PublicHalf, Rejection, Service, SessionRow, Signer, SigningProblem, Timestamp,
};
use sessions::{KeyStore, ObserverAccess, SessionIdHash, Store, StoreError, StoredKey};

use super::Deployment;
use crate::keys;

/// How many sessions the observer is shown.
const SHOWN_SESSIONS: usize = 100;
/// How many entries of the audit log.
const SHOWN_AUDIT: usize = 20;

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// What server and user agent hold, for the observer.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn observe(&self, now: Timestamp) -> Result<Observation, Rejection> {
        let (sessions, session_count) = self
            .store
            .list_sessions(SHOWN_SESSIONS)
            .map_err(store_failed)?;
        let audit = self.store.list_audit(SHOWN_AUDIT).map_err(store_failed)?;
        Ok(Observation {
            at: now,
            sessions: sessions.iter().map(SessionRow::from).collect(),
            session_count,
            keys: self.stored_keys.iter().map(key_row).collect(),
            held_keys: self.held_keys(),
            audit: audit.iter().map(AuditRow::from).collect(),
            jar: self.jar.cookies().to_vec(),
        })
    }

    /// Ends a session, as an administrator would; whether there was one. ASVS 7.4.5.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn kill(&mut self, id_hash: &str, now: Timestamp) -> Result<bool, Rejection> {
        let Some(hash) = SessionIdHash::from_hex(id_hash) else {
            return Ok(false);
        };
        let found = self.store.find(&hash).map_err(store_failed)?;
        let user = found.map(|(session, _)| session.user);
        let was_there = self.store.kill_session(&hash).map_err(store_failed)?;
        if was_there {
            let subject: String = id_hash.chars().take(8).collect();
            self.store
                .record(now, AuditEvent::SessionKilled, user, Some(&subject))
                .map_err(store_failed)?;
        }
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
                let server = self.way.stateless.of(*service);
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
            let keys = &self.way.stateless.of(service).verifier().keys;
            keys.iter().map(move |key| HeldKey {
                service,
                key: key.facts(),
            })
        };
        Service::ALL.into_iter().flat_map(held).collect()
    }
}

fn key_row(stored: &StoredKey) -> KeyRow {
    KeyRow {
        kid: stored.kid.clone(),
        algorithm: stored.algorithm.clone(),
        bits: keys::read(stored).map_or(0, |key| key.bits()),
        created: stored.created,
    }
}

fn store_failed(error: StoreError) -> Rejection {
    Rejection::StoreFailed {
        message: error.to_string(),
    }
}
