//! What an administrator does to users: through the servers of each lane, from outside any request.

use protocol::{AdminAct, AdminOutcome, Lane, Rejection, Service, StorePlace, Timestamp};
use sessions::{KeyStore, ObserverAccess, Store};

use super::{Deployment, asked_store};

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
                let mut store = self.main_store(*lane, now);
                server::sign_user_out(&mut store, *lane, &scheme, *user, now)
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
            let mut store = self.main_store(lane, now);
            let ended = server::end_sign_ins(&mut store, lane, &scheme, user, now)?;
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

    /// What the lane's main server asks.
    fn main_store(&mut self, lane: Lane, now: Timestamp) -> sessions::ServerStore<'_, S> {
        asked_store(
            &mut self.store,
            &mut self.memories,
            &self.configuration,
            lane,
            Service::Main,
            now,
        )
    }
}
