//! What a lane's scheme adds to a request, as the load model counts it. It judges no scheme.

use protocol::{
    Arrivals, Balancer, Credential, Distribution, LaneModel, Queue, Records, Revocation, Scheme,
    ServerAlgorithm, Simulation, StorePlace,
};

use crate::measured::MEASURED;
use crate::problem::arrival_rate;

/// Octets of a session's cookie line on a request, about.
const SESSION_OCTETS: u32 = 50;
/// Octets of a token's header, without its signature, about.
const TOKEN_OCTETS: u32 = 317;

/// How long the servers need to know a user.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckTimes {
    /// The hash of a session ID, in seconds.
    pub session_id_hash: f64,
    /// The check of a token, in seconds.
    pub token_check: f64,
    /// The length of a token's signature, in octets as they are sent.
    pub signature_octets: u32,
}

impl CheckTimes {
    /// As measured, for the servers' algorithm.
    pub fn measured(algorithm: ServerAlgorithm) -> Self {
        Self {
            session_id_hash: MEASURED.session_id_hash,
            token_check: match algorithm {
                ServerAlgorithm::Hs256 => MEASURED.hs256,
                ServerAlgorithm::Rs256 => MEASURED.rs256,
                ServerAlgorithm::Es256 => MEASURED.es256,
                ServerAlgorithm::EdDsa => MEASURED.eddsa,
            },
            signature_octets: Self::signature_octets(algorithm),
        }
    }

    /// The length of a signature in base64url.
    pub const fn signature_octets(algorithm: ServerAlgorithm) -> u32 {
        match algorithm {
            ServerAlgorithm::Hs256 => 43,
            ServerAlgorithm::Rs256 => 342,
            ServerAlgorithm::Es256 | ServerAlgorithm::EdDsa => 86,
        }
    }
}

/// How a user uses the application: what is done once in a while weighs more the rarer a user comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    /// How many requests a user sends a second.
    pub requests_a_second: f64,
    /// Over how many servers they are spread: 1 where they go to the same one.
    pub servers: u32,
}

impl Habits {
    /// Those of the users of a run.
    pub fn of(simulation: &Simulation) -> Self {
        let each = match simulation.arrivals {
            Arrivals::Users { think_time } => 1.0 / (think_time.mean() + simulation.service.mean()),
            _ => arrival_rate(simulation) / f64::from(simulation.users.max(1)),
        };
        Self {
            requests_a_second: each,
            servers: match simulation.queue {
                Queue::OneEach(Balancer::StickyCookie | Balancer::HashOfId) => 1,
                _ => simulation.servers,
            },
        }
    }

    /// Which share of the requests finds that so many seconds have passed since something was last done. A user's
    /// requests come independently of each other, and each one that does it starts the time anew.
    fn share_after(&self, seconds: f64, servers: u32) -> f64 {
        let expected = self.requests_a_second / f64::from(servers.max(1)) * seconds;
        if expected.is_finite() && expected > 0.0 {
            1.0 / (1.0 + expected)
        } else {
            1.0
        }
    }
}

/// What a scheme adds to a request. Sessions are read once a request, or once in the cache's time at each server, and
/// written once in the touch interval; a list or a version number is read once a request; a refresh token is read and
/// rotated (one read, two writes) once in an access token's life. What is in a server's own memory asks no store.
pub fn lane_model(scheme: &Scheme, times: &CheckTimes, habits: &Habits) -> LaneModel {
    let in_database = scheme.store.place != StorePlace::ServerMemory;
    let lifetimes = &scheme.lifetimes;
    let is_token = scheme.credential.is_token();
    let (mut reads, mut writes) = (0.0, 0.0);
    match scheme.credential {
        Credential::SessionId => {
            let cached = f64::from(scheme.store.session_cache_seconds);
            reads += habits.share_after(cached, habits.servers);
            if lifetimes.sliding {
                writes += habits.share_after(f64::from(lifetimes.touch_interval_seconds), 1);
            }
        }
        Credential::AccessAndRefresh => {
            let refreshes = habits.share_after(f64::from(lifetimes.access_token_seconds), 1);
            reads += refreshes;
            writes += 2.0 * refreshes;
        }
        Credential::AccessToken => {}
    }
    if matches!(
        scheme.revocation,
        Revocation::Denylist | Revocation::UserVersion
    ) {
        reads += 1.0;
    }
    if !in_database {
        (reads, writes) = (0.0, 0.0);
    }
    LaneModel {
        check: Distribution::Constant {
            seconds: if is_token {
                times.token_check
            } else {
                times.session_id_hash
            },
        },
        reads,
        writes,
        records: match (is_token, in_database) {
            (true, _) => Records::None,
            (false, true) => Records::Store,
            (false, false) => Records::ServerMemory,
        },
        needs_key: is_token,
        octets: if is_token {
            TOKEN_OCTETS + times.signature_octets
        } else {
            SESSION_OCTETS
        },
    }
}
