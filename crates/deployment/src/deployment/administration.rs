//! What an administrator does to users: through the servers of each lane, from outside any request. What is wrong with
//! servers keeps no administrator from it.

use protocol::{AdminAct, AdminOutcome, Lane, Rejection, StorePlace, Timestamp};
use sessions::{KeyStore, ObserverAccess, ServerStore, Store};

use super::Deployment;
use super::observer::store_failed;

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// Does what an administrator does. ASVS 7.4.2 to 7.4.5.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn administer(
        &mut self,
        act: &AdminAct,
        now: Timestamp,
    ) -> Result<AdminOutcome, Rejection> {
        let outcome = match act {
            AdminAct::SignOutUser { lane, user } => {
                let scheme = *lane.of(&self.configuration.schemes);
                let first = self.with_store_of(1, *lane, now, |store| {
                    server::sign_user_out(store, *lane, &scheme, *user, now)
                });
                first
                    .and_then(|outcome| self.with_other_servers(outcome, *lane, *user, now))
                    .and_then(|outcome| self.with_database(outcome, *lane, *user, now))
            }
            AdminAct::Suspend { user, suspended } => self.suspend(*user, *suspended, now),
            AdminAct::SetRole { user, role } => server::set_role(&mut self.store, *user, role, now)
                .map(|found| AdminOutcome {
                    found,
                    ..AdminOutcome::default()
                }),
        };
        self.store.take_operations();
        outcome
    }

    fn suspend(
        &mut self,
        user: u32,
        suspended: bool,
        now: Timestamp,
    ) -> Result<AdminOutcome, Rejection> {
        let mut total = AdminOutcome {
            found: server::suspend_user(&mut self.store, user, suspended, now)?,
            ..AdminOutcome::default()
        };
        if !suspended || !total.found {
            return Ok(total);
        }
        for lane in Lane::BOTH {
            let scheme = *lane.of(&self.configuration.schemes);
            let ended = self.with_store_of(1, lane, now, |store| {
                server::end_sign_ins(store, lane, &scheme, user, now)
            })?;
            let ended = self.with_other_servers(ended, lane, user, now)?;
            let ended = self.with_database(ended, lane, user, now)?;
            total.sessions_ended += ended.sessions_ended;
            total.families_ended += ended.families_ended;
            total.versions_raised += ended.versions_raised;
            total.tokens_outlive = total.tokens_outlive.max(ended.tokens_outlive);
        }
        Ok(total)
    }

    /// Where a lane's records are in its servers' memory, what an earlier scheme left in the database ends too: with that
    /// scheme it would come back.
    fn with_database(
        &mut self,
        mut outcome: AdminOutcome,
        lane: Lane,
        user: u32,
        now: Timestamp,
    ) -> Result<AdminOutcome, Rejection> {
        let scheme = *lane.of(&self.configuration.schemes);
        if outcome.found && scheme.store.place == StorePlace::ServerMemory {
            let ended = server::end_sign_ins(&mut self.store, lane, &scheme, user, now)?;
            outcome.sessions_ended += ended.sessions_ended;
            outcome.families_ended += ended.families_ended;
        }
        Ok(outcome)
    }

    /// Where each server has records of its own, each of them is told.
    fn with_other_servers(
        &mut self,
        mut outcome: AdminOutcome,
        lane: Lane,
        user: u32,
        now: Timestamp,
    ) -> Result<AdminOutcome, Rejection> {
        let scheme = *lane.of(&self.configuration.schemes);
        if !outcome.found || scheme.store.place != StorePlace::ServerMemory {
            return Ok(outcome);
        }
        for server in 2..=self.configuration.fleet.servers {
            let ended = self.with_store_of(server, lane, now, |store| {
                server::end_sign_ins(store, lane, &scheme, user, now)
            })?;
            outcome.sessions_ended += ended.sessions_ended;
            outcome.families_ended += ended.families_ended;
        }
        Ok(outcome)
    }

    /// Does something on what the lane's server of that number asks.
    fn with_store_of<T>(
        &mut self,
        server: u32,
        lane: Lane,
        now: Timestamp,
        work: impl FnOnce(&mut ServerStore<'_, S>) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        let settings = lane.of(&self.configuration.schemes).store;
        let seat = lane.of_mut(&mut self.seats).of_mut(server);
        let seat = seat.ok_or_else(|| store_failed(sessions::StoreError::Unreachable))?;
        let memory = &mut seat.memory;
        work(&mut ServerStore::new(
            &mut self.store,
            memory,
            settings,
            now,
        ))
    }
}
