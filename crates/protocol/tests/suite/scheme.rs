//! Schemes: which make sense, what they are called, and that no two lanes share a name.

use std::collections::BTreeSet;

use protocol::{
    Carrier, Credential, Lane, Lifetime, Lifetimes, Preset, Revocation, Scheme, SchemeProblem,
    Settings, StoreSettings,
};

#[test]
fn the_two_lanes_start_as_the_two_designs() {
    let [a, b] = Settings::default().schemes;
    assert_eq!(
        (a.credential, a.carrier),
        (Credential::SessionId, Carrier::Cookie)
    );
    assert_eq!(
        (b.credential, b.carrier),
        (Credential::AccessToken, Carrier::LocalStorage)
    );
}

#[test]
fn a_preset_makes_sense_and_is_known_by_its_axes() {
    for preset in Preset::ALL {
        let scheme = preset.scheme();
        assert_eq!(scheme.problem(), None, "{preset:?}");
        assert_eq!(Preset::of(&scheme), Some(preset));
        let elsewhere = Scheme {
            store: StoreSettings {
                round_trip_microseconds: 500,
                ..StoreSettings::DEFAULT
            },
            ..scheme
        };
        assert_eq!(
            Preset::of(&elsewhere),
            Some(preset),
            "the store is no part of it"
        );
    }
    let own = Scheme {
        carrier: Carrier::SessionStorage,
        ..Scheme::STATELESS
    };
    assert_eq!(Preset::of(&own), None);
}

#[test]
fn what_makes_no_sense_says_why() {
    let lifetimes = |change: fn(&mut Lifetimes)| {
        let mut lifetimes = Lifetimes::DEFAULT;
        change(&mut lifetimes);
        Scheme {
            lifetimes,
            ..Scheme::STATEFUL
        }
    };
    let store = |change: fn(&mut StoreSettings)| {
        let mut store = StoreSettings::DEFAULT;
        change(&mut store);
        store
    };
    for (scheme, problem) in [
        (
            Scheme {
                revocation: Revocation::Denylist,
                ..Scheme::STATEFUL
            },
            SchemeProblem::RecordIsTheRevocation,
        ),
        (
            Scheme {
                revocation: Revocation::Record,
                ..Scheme::STATELESS
            },
            SchemeProblem::NoRecord,
        ),
        (
            Scheme {
                credential: Credential::AccessAndRefresh,
                ..Scheme::STATEFUL
            },
            SchemeProblem::NoRecord,
        ),
        (
            lifetimes(|it| it.idle_timeout_seconds = 0),
            SchemeProblem::LifetimeOutOfRange(Lifetime::IdleTimeout),
        ),
        (
            lifetimes(|it| it.access_token_seconds = u32::MAX),
            SchemeProblem::LifetimeOutOfRange(Lifetime::AccessToken),
        ),
        (
            lifetimes(|it| it.refresh_grace_seconds = u32::MAX),
            SchemeProblem::LifetimeOutOfRange(Lifetime::RefreshGrace),
        ),
        (
            Scheme {
                store: store(|it| it.round_trip_microseconds = u32::MAX),
                ..Scheme::STATEFUL
            },
            SchemeProblem::RoundTripOutOfRange,
        ),
        (
            Scheme {
                store: store(|it| it.session_cache_seconds = u32::MAX),
                ..Scheme::STATEFUL
            },
            SchemeProblem::CacheOutOfRange,
        ),
        (
            Scheme {
                store: store(|it| it.session_cache_seconds = 1),
                ..Scheme::STATELESS
            },
            SchemeProblem::NothingToCache,
        ),
    ] {
        assert_eq!(scheme.problem(), Some(problem));
    }
    // What is 0 there means: not at all.
    for scheme in [
        lifetimes(|it| it.touch_interval_seconds = 0),
        lifetimes(|it| it.leeway_seconds = 0),
        lifetimes(|it| it.refresh_grace_seconds = 0),
    ] {
        assert_eq!(scheme.problem(), None);
    }
}

#[test]
fn each_limit_itself_can_be_set_and_nothing_beyond_it() {
    let longest = Lifetimes::LONGEST_SECONDS;
    type Field = (Lifetime, fn(&mut Lifetimes) -> &mut u32);
    let fields: [Field; 7] = [
        (Lifetime::IdleTimeout, |it| &mut it.idle_timeout_seconds),
        (Lifetime::AbsoluteTimeout, |it| {
            &mut it.absolute_timeout_seconds
        }),
        (Lifetime::TouchInterval, |it| &mut it.touch_interval_seconds),
        (Lifetime::AccessToken, |it| &mut it.access_token_seconds),
        (Lifetime::Leeway, |it| &mut it.leeway_seconds),
        (Lifetime::RefreshToken, |it| &mut it.refresh_token_seconds),
        (Lifetime::RefreshGrace, |it| &mut it.refresh_grace_seconds),
    ];
    for (lifetime, field) in fields {
        let mut scheme = Scheme::STATEFUL;
        *field(&mut scheme.lifetimes) = longest;
        assert_eq!(scheme.problem(), None);
        *field(&mut scheme.lifetimes) += 1;
        let beyond = SchemeProblem::LifetimeOutOfRange(lifetime);
        assert_eq!(scheme.problem(), Some(beyond));
    }
    type Place = (SchemeProblem, u32, fn(&mut StoreSettings) -> &mut u32);
    let slowest = StoreSettings::LONGEST_ROUND_TRIP_MICROSECONDS;
    let places: [Place; 2] = [
        (SchemeProblem::RoundTripOutOfRange, slowest, |it| {
            &mut it.round_trip_microseconds
        }),
        (SchemeProblem::CacheOutOfRange, longest, |it| {
            &mut it.session_cache_seconds
        }),
    ];
    for (problem, most, field) in places {
        let mut scheme = Scheme::STATEFUL;
        *field(&mut scheme.store) = most;
        assert_eq!(scheme.problem(), None);
        *field(&mut scheme.store) += 1;
        assert_eq!(scheme.problem(), Some(problem));
    }
}

#[test]
fn no_two_lanes_share_a_name() {
    let names = Lane::BOTH.map(|lane| {
        let names = lane.names();
        let mut all = BTreeSet::from(names.cookies());
        all.insert(names.session_id);
        assert_eq!(all.len(), 6, "they differ from each other");
        all
    });
    assert!(names[0].is_disjoint(&names[1]));
    assert_ne!(Lane::A.audience(), Lane::B.audience());
}

#[test]
fn a_lane_has_a_letter() {
    for lane in Lane::BOTH {
        assert_eq!(Lane::parse(lane.as_str()), Some(lane));
        assert_eq!(lane.other().other(), lane);
        assert_ne!(lane.of(&[1, 2]), lane.other().of(&[1, 2]));
    }
    assert_eq!(Lane::parse("A"), None);
}
