//! What the observer may see and do, from outside any request. It adds nothing to any request's ledger.

use protocol::{
    AuditEvent, AuditRow, Inspection, InspectionOptions, KeyRow, Observation, Rejection,
    SessionRow, Signer, SigningProblem, Timestamp,
};
use sessions::{KeyStore, ObserverAccess, SessionIdHash, Store, StoreError};
use tokens::{Algorithm, Key, Verifier};

use super::Deployment;

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
            keys: self.stored_keys.iter().map(KeyRow::from).collect(),
            held_keys: Vec::new(),
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

    /// A signing key's secret, for the observer's eyes.
    pub fn key_secret(&self, kid: &str) -> Option<&[u8]> {
        self.stored_keys
            .iter()
            .find(|key| key.kid == kid)
            .map(|key| key.secret.as_slice())
    }

    /// What the stateless server would say of this token now, under its own terms or these.
    pub fn inspect(&self, token: &str, options: &InspectionOptions, now: Timestamp) -> Inspection {
        let verifier = with_options(self.verifier(), options);
        tokens::inspect(token, &verifier, options.now.unwrap_or(now))
    }

    /// The signature over a signing input, whatever that says.
    ///
    /// # Errors
    /// Where nothing can be signed so.
    pub fn sign(&self, signing_input: &str, _signer: &Signer) -> Result<String, SigningProblem> {
        let key = self.verifier().keys.first().ok_or(SigningProblem::NoKey)?;
        tokens::signature(signing_input, key).map_err(|_| SigningProblem::NoKey)
    }
}

/// The server's own terms, with those that the options replace.
fn with_options(own: &Verifier, options: &InspectionOptions) -> Verifier {
    let mut verifier = own.clone();
    if let Some(allowed) = &options.algorithms {
        verifier.allowed.clone_from(allowed);
    }
    if let Some(secret) = &options.key {
        // One key for whatever `kid` the token names, of whichever kind the list allows first.
        let algorithm = verifier
            .allowed
            .iter()
            .find_map(|name| Algorithm::from_name(name))
            .unwrap_or(Algorithm::Hs256);
        verifier.keys = vec![Key {
            kid: String::new(),
            algorithm,
            secret: secret.text.clone().into_bytes(),
        }];
        verifier.any_kid = true;
    }
    if options.issuer.is_some() {
        verifier.issuer.clone_from(&options.issuer);
    }
    if options.audience.is_some() {
        verifier.audience.clone_from(&options.audience);
    }
    if let Some(leeway_seconds) = options.leeway_seconds {
        verifier.leeway_seconds = leeway_seconds;
    }
    verifier
}

fn store_failed(error: StoreError) -> Rejection {
    Rejection::StoreFailed {
        message: error.to_string(),
    }
}
