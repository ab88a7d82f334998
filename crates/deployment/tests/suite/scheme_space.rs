//! The schemes and stores that are tried against the model.

use protocol::{
    Balancer, Carrier, Credential, Fleet, Lifetimes, Preset, Revocation, Scheme, StorePlace,
    StoreSettings,
};

/// The presets, and what lies between them.
pub(crate) fn schemes() -> Vec<Scheme> {
    let mut schemes: Vec<Scheme> = Preset::ALL.map(Preset::scheme).to_vec();
    schemes.push(Scheme {
        carrier: Carrier::SessionStorage,
        ..Scheme::STATEFUL
    });
    schemes.push(Scheme {
        lifetimes: Lifetimes {
            sliding: false,
            ..Lifetimes::DEFAULT
        },
        ..Scheme::STATEFUL
    });
    schemes.push(Scheme {
        carrier: Carrier::Cookie,
        revocation: Revocation::Denylist,
        lifetimes: Lifetimes {
            refresh_grace_seconds: 30,
            refresh_token_seconds: 3600,
            leeway_seconds: 30,
            ..Lifetimes::DEFAULT
        },
        ..Preset::Hybrid.scheme()
    });
    schemes.push(Scheme {
        revocation: Revocation::UserVersion,
        ..Preset::Hybrid.scheme()
    });
    schemes
}

/// The stores that a scheme can stand on.
pub(crate) fn stores(scheme: &Scheme) -> Vec<StoreSettings> {
    let mut stores = vec![
        StoreSettings::DEFAULT,
        StoreSettings {
            place: StorePlace::ServerMemory,
            ..StoreSettings::DEFAULT
        },
    ];
    if scheme.credential == Credential::SessionId {
        stores.push(StoreSettings {
            session_cache_seconds: 30,
            round_trip_microseconds: 500,
            ..StoreSettings::DEFAULT
        });
    }
    stores
}

/// The fleets that nobody can tell from one server: of several where all records are in the store that they share.
pub(crate) fn fleets(scheme: &Scheme) -> Vec<Fleet> {
    let mut fleets = vec![Fleet::default()];
    if scheme.store == StoreSettings::DEFAULT {
        fleets.push(Fleet {
            servers: 3,
            balancer: Balancer::Random,
            ..Fleet::default()
        });
    }
    fleets
}
