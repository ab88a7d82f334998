//! With which keys the servers sign and verify: another algorithm, another key, and what becomes of those before.

use protocol::{AuditEvent, GivenKey, Rejection, Rotation, ServerAlgorithm, Timestamp};
use sessions::{AuditRecord, KeyStore, ObserverAccess, Store};

use super::Deployment;
use super::observer::store_failed;
use crate::keys;

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// From now on the servers sign with this. Without a key for it, all stays as it is.
    pub fn set_token_algorithm(&mut self, algorithm: ServerAlgorithm) {
        let has_key = keys::signing(&self.stored_keys, algorithm).is_some();
        if has_key && algorithm != self.configuration.algorithm {
            self.configuration.algorithm = algorithm;
            self.deploy();
        }
    }

    /// Keeps a key for signing tokens. The algorithm's first key stays.
    ///
    /// # Errors
    /// Where the text is no key that could sign with this algorithm, or the store fails.
    pub fn adopt_key(
        &mut self,
        algorithm: ServerAlgorithm,
        given: &GivenKey,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        if keys::signing(&self.stored_keys, algorithm).is_some() {
            return Ok(());
        }
        self.add_key(algorithm, given, now)
    }

    /// Lets another key sign from now on. With an overlap those that signed before go on to verify; without, nothing that
    /// they signed is accepted any more.
    ///
    /// # Errors
    /// Where the text is no key that could sign with this algorithm, or the store fails.
    pub fn rotate_key(
        &mut self,
        given: &GivenKey,
        overlap: bool,
        now: Timestamp,
    ) -> Result<Rotation, Rejection> {
        let algorithm = self.configuration.algorithm;
        // First what may fail: a server without a key that signs lets nobody in.
        self.add_key(algorithm, given, now)?;
        let last = self.stored_keys.len() - 1;
        let distrusted = (!overlap).then_some(now);
        for key in &mut self.stored_keys[..last] {
            if key.algorithm != algorithm.name() || key.distrusted.is_some() {
                continue;
            }
            let retired = key.retired.unwrap_or(now);
            self.store
                .retire_key(&key.kid, retired, distrusted)
                .map_err(store_failed)?;
            key.retired = Some(retired);
            key.distrusted = distrusted;
        }
        self.deploy();
        let signs = keys::row(&self.stored_keys[last]);
        self.store
            .record(&AuditRecord {
                at: now,
                event: AuditEvent::KeyRotated,
                lane: None,
                user: None,
                subject: Some(&signs.kid),
            })
            .map_err(store_failed)?;
        self.store.take_operations();
        let retired = self.stored_keys[..last].iter();
        Ok(Rotation {
            signs,
            retired: retired
                .filter(|key| key.algorithm == algorithm.name())
                .map(keys::row)
                .collect(),
        })
    }

    fn add_key(
        &mut self,
        algorithm: ServerAlgorithm,
        given: &GivenKey,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        let key = keys::adoptable(algorithm, given)
            .map_err(|problem| Rejection::SigningFailed { problem })?;
        let kid = keys::next_kid(&self.stored_keys);
        let stored = keys::stored(&key, algorithm, kid, now);
        self.store.add_key(&stored).map_err(store_failed)?;
        self.stored_keys.push(stored);
        self.deploy();
        Ok(())
    }
}
