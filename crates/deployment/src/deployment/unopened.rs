//! A deployment whose database is not open yet: it answers what needs neither a record nor a key, and nothing else.

use server::Environment;
use sessions::{KeyStore, ObserverAccess, Store, UnopenedStore};
use user_agent::Jar;

use super::seats::Seats;
use super::{
    Configuration, Deployment, Flights, Lane, StartError, TrustedKeys, keys, keys_or_first_key, way,
};

impl Deployment<UnopenedStore> {
    /// A deployment without a database and without keys, with what the user agent kept.
    pub fn unopened(jar: Jar) -> Self {
        let configuration = Configuration::default();
        Self {
            store: UnopenedStore::default(),
            jar,
            way: way(&TrustedKeys::default(), &configuration),
            seats: Lane::BOTH.map(|_| Seats::new(configuration.fleet.servers)),
            balancers: Default::default(),
            flights: Flights::default(),
            stored_keys: Vec::new(),
            read_keys: |_, _| TrustedKeys::default(),
            configuration,
            exchanges_so_far: 0,
        }
    }

    /// Does the work, if that needs no record and no key. Else it is as if nothing had been done, and the answer is
    /// `None`: the work is to be done again once the database is open.
    pub fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let before = self.clone();
        let done = work(self);
        if self.store.take_asked() {
            *self = before;
            return None;
        }
        Some(done)
    }

    /// The same deployment on this store: all that was answered so far counts. A store without a key gets one of 256
    /// random bits.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn open<S: Store + KeyStore + ObserverAccess>(
        self,
        mut store: S,
        environment: &mut Environment<'_>,
    ) -> Result<Deployment<S>, StartError> {
        let stored_keys = keys_or_first_key(&mut store, environment)?;
        let mut opened = Deployment {
            store,
            jar: self.jar,
            way: self.way,
            seats: self.seats,
            balancers: self.balancers,
            flights: self.flights,
            stored_keys,
            read_keys: keys::trusted,
            configuration: self.configuration,
            exchanges_so_far: self.exchanges_so_far,
        };
        opened.deploy();
        Ok(opened)
    }
}
