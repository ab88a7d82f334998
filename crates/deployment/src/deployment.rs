//! All parties, and the requests that are carried out among them.

mod administration;
mod answering;
mod fleet;
mod flights;
mod located;
mod observer;
mod seats;
mod signing;
mod trying;
mod unopened;

use std::fmt;

use protocol::{
    CookieSettings, Errand, Exchange, Fleet, Lane, PageContext, Scheme, ServerAlgorithm, Service,
    Site, Timestamp,
};
use server::{Environment, Policy, Server};
use sessions::{CredentialHash, KeyStore, ObserverAccess, Store, StoreError, StoredKey};
use tokens::{Algorithm, Key, Verifier};
use user_agent::{Jar, RequestContext};

use self::flights::Flights;
use self::seats::Seats;
use crate::balancer::BalancerState;
use crate::keys::{self, TrustedKeys};
use crate::lane_servers::{LaneServers, Make};
use crate::network::Network;
use crate::way::{self, Way};

/// Servers, store and user agent.
#[derive(Clone)]
pub struct Deployment<S> {
    store: S,
    jar: Jar,
    way: Way,
    /// What each lane's servers remember by themselves.
    seats: [Seats; 2],
    balancers: [BalancerState; 2],
    flights: Flights,
    stored_keys: Vec<StoredKey>,
    read_keys: ReadKeys,
    configuration: Configuration,
    exchanges_so_far: u32,
}

/// How the servers read their keys. A deployment without any is without the arithmetic.
type ReadKeys = fn(&[StoredKey], ServerAlgorithm) -> TrustedKeys;

/// What the user has set, as the servers are deployed by it.
#[derive(Clone, PartialEq, Eq)]
struct Configuration {
    schemes: [Scheme; 2],
    algorithm: ServerAlgorithm,
    cookie: CookieSettings,
    fleet: Fleet,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            schemes: [Scheme::STATEFUL, Scheme::STATELESS],
            algorithm: ServerAlgorithm::default(),
            cookie: CookieSettings::default(),
            fleet: Fleet::default(),
        }
    }
}

/// What became of a command's requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The exchanges, in the order of the errands.
    pub exchanges: Vec<Exchange>,
    /// What page script is to assign to `document.cookie`, to remove what the real browser should not hold.
    pub removal_lines: Vec<String>,
    /// Whether the jar is another than before, and should be kept.
    pub jar_changed: bool,
}

/// Why a deployment could not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartError {
    /// What the store says.
    pub message: String,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server could not start: {}", self.message)
    }
}

impl std::error::Error for StartError {}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self {
            message: error.to_string(),
        }
    }
}

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// A deployment on this store, with what the user agent kept. A store without a key gets one of 256 random bits.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn start(
        store: S,
        jar: Jar,
        environment: &mut Environment<'_>,
    ) -> Result<Self, StartError> {
        Deployment::unopened(jar).open(store, environment)
    }

    /// What the user agent holds.
    pub const fn jar(&self) -> &Jar {
        &self.jar
    }

    /// The store.
    pub const fn store_mut(&mut self) -> &mut S {
        &mut self.store
    }

    /// What the lane's main servers are where nothing is wrong with them.
    pub(crate) const fn main_server(&self, lane: Lane) -> &Server {
        lane.of(&self.way.lanes).sound(Service::Main)
    }

    /// What the right lane's server expects of a token: the one that the studio asks.
    pub fn verifier(&self) -> &Verifier {
        self.main_server(Lane::B).verifier()
    }

    /// With what the servers sign.
    pub(crate) const fn algorithm(&self) -> Algorithm {
        keys::algorithm(self.configuration.algorithm)
    }

    /// From now on the servers set their session cookies so.
    pub fn set_session_cookie(&mut self, settings: &CookieSettings) {
        if self.configuration.cookie != *settings {
            self.configuration.cookie.clone_from(settings);
            self.deploy();
        }
    }

    /// From now on the lanes' servers know their users by these schemes. One that makes no sense is left aside. What a
    /// server remembers of another credential, or in another place, is no use to the new one.
    pub fn set_schemes(&mut self, schemes: &[Scheme; 2]) {
        if self.configuration.schemes == *schemes {
            return;
        }
        for lane in Lane::BOTH {
            let (scheme, present) = (
                lane.of(schemes),
                lane.of_mut(&mut self.configuration.schemes),
            );
            if scheme.problem().is_some() || scheme == present {
                continue;
            }
            if (scheme.credential, scheme.store.place) != (present.credential, present.store.place)
            {
                lane.of_mut(&mut self.seats).clear();
            }
            *present = *scheme;
        }
        self.deploy();
    }

    /// Ends the servers and starts them anew: they read their keys again, and what they remembered is gone. Says how many
    /// sessions and refresh tokens that were.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn restart(&mut self, environment: &mut Environment<'_>) -> Result<u32, StartError> {
        let lost = self.forget_memories();
        self.load_keys(environment)?;
        Ok(lost)
    }

    fn forget_memories(&mut self) -> u32 {
        self.seats.iter_mut().map(Seats::clear).sum()
    }

    /// Another store takes the place of the one that is there, which is given back. The servers start anew.
    ///
    /// # Errors
    /// Where the new store fails: it is closed then, and all stays as it was.
    pub fn replace_store(
        &mut self,
        mut store: S,
        environment: &mut Environment<'_>,
    ) -> Result<S, StartError> {
        let stored_keys = keys_or_first_key(&mut store, environment)?;
        store.take_operations();
        let old = std::mem::replace(&mut self.store, store);
        self.forget_memories();
        self.stored_keys = stored_keys;
        self.deploy();
        Ok(old)
    }

    /// Lets the servers read their keys again.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn load_keys(&mut self, environment: &mut Environment<'_>) -> Result<(), StartError> {
        self.stored_keys = keys_or_first_key(&mut self.store, environment)?;
        self.store.take_operations();
        self.deploy();
        Ok(())
    }

    /// Sets each server up anew.
    fn deploy(&mut self) {
        let keys = (self.read_keys)(&self.stored_keys, self.configuration.algorithm);
        self.way = way(&keys, &self.configuration);
    }

    /// Carries the requests out, one after another, on what page script sees now.
    pub fn carry(
        &mut self,
        page: &PageContext,
        errands: &[Errand],
        environment: &mut Environment<'_>,
    ) -> Carried {
        let jar_before = self.jar.clone();
        let context = RequestContext::page(&page.site);
        let beginning = self
            .jar
            .begin(page.cookie.as_deref(), &context, environment.now);
        let exchanges = errands
            .iter()
            .map(|errand| {
                self.exchanges_so_far += 1;
                let mut flight = self.way.depart(page, errand, &self.jar, environment.now);
                self.answer(&mut flight, environment);
                Exchange {
                    number: self.exchanges_so_far,
                    ..Self::arrive_at_browser(flight, &mut self.jar, environment.now)
                }
            })
            .collect();
        Carried {
            exchanges,
            removal_lines: beginning.removal_lines,
            jar_changed: self.jar != jar_before,
        }
    }

    /// Ends all and starts as at the first visit. Gives the lines that page script is to assign to `document.cookie`.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn reset(
        &mut self,
        site: &Site,
        environment: &mut Environment<'_>,
    ) -> Result<Vec<String>, StartError> {
        self.store.reset(&server::sample_accounts())?;
        self.configuration.algorithm = ServerAlgorithm::default();
        self.set_fleet(&Fleet::default());
        self.flights = Flights::default();
        self.balancers = Default::default();
        for seats in &mut self.seats {
            seats.forget_answers();
        }
        self.restart(environment)?;
        self.exchanges_so_far = 0;
        let mut lines = self.jar.clear();
        // Where the jar was lost, the browser may hold a session cookie that it knows nothing of.
        for line in server::removal_lines(site) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        Ok(lines)
    }

    /// A token as the stateless server issues them, for measuring alone: it is valid.
    pub(crate) fn sample_token(&self, now: Timestamp) -> Option<String> {
        self.main_server(Lane::B).sample_token(now)
    }

    /// A session that is in the store, for measuring.
    pub(crate) fn any_session_hash(&self) -> Option<CredentialHash> {
        let (sessions, _) = self.store.list_sessions(1).ok()?;
        sessions.first().map(|session| session.id_hash)
    }
}

fn way(trusted: &TrustedKeys, configuration: &Configuration) -> Way {
    let policy = Policy {
        cookie: configuration.cookie.clone(),
        ..Policy::default()
    };
    let algorithm = configuration.algorithm;
    let conditions = fleet::conditions(&configuration.fleet);
    Way {
        network: Network::default(),
        has_public_halves: keys::has_public_halves(algorithm),
        lanes: Lane::BOTH.map(|lane| {
            let make = Make {
                lane,
                scheme: *lane.of(&configuration.schemes),
                policy: &policy,
                algorithm: keys::algorithm(algorithm),
                keys: trusted,
                halves: configuration.fleet.keys,
            };
            LaneServers::new(&make, &conditions)
        }),
        conditions,
        fleet: configuration.fleet.clone(),
    }
}

fn keys_or_first_key<S: Store + KeyStore>(
    store: &mut S,
    environment: &mut Environment<'_>,
) -> Result<Vec<StoredKey>, StoreError> {
    let keys = store.keys()?;
    if !keys.is_empty() {
        return Ok(keys);
    }
    let secret = Key::secret(environment.random_bytes::<32>());
    let key = keys::stored(
        &secret,
        ServerAlgorithm::Hs256,
        String::from("1"),
        environment.now,
    );
    store.add_key(&key)?;
    Ok(vec![key])
}
