//! Which schemes can be put together: what is offered on each axis, and what follows on another one. It judges by
//! [`Scheme::problem`] alone.

use protocol::{Credential, Lifetime, Lifetimes, Preset, Revocation, Scheme, SchemeProblem};

/// The scheme with another credential. What would make no sense with it gives way.
pub(crate) fn with_credential(scheme: &Scheme, credential: Credential) -> Scheme {
    let mut changed = Scheme {
        credential,
        ..*scheme
    };
    loop {
        match changed.problem() {
            Some(SchemeProblem::RecordIsTheRevocation) => changed.revocation = Revocation::Record,
            Some(SchemeProblem::NoRecord) => changed.revocation = Revocation::Expiry,
            Some(SchemeProblem::NothingToCache) => changed.store.session_cache_seconds = 0,
            _ => return changed,
        }
    }
}

/// The scheme with this preset's credential, carrier and revocation, and its lifetimes; the store stays.
pub(crate) fn with_preset(scheme: &Scheme, preset: Preset) -> Scheme {
    let mut store = scheme.store;
    let named = preset.scheme();
    if named.credential.is_token() {
        store.session_cache_seconds = 0;
    }
    Scheme { store, ..named }
}

/// Why that revocation is not offered.
pub(crate) fn revocation_problem(scheme: &Scheme, revocation: Revocation) -> Option<SchemeProblem> {
    let changed = Scheme {
        revocation,
        ..*scheme
    };
    changed.problem().filter(|problem| {
        matches!(
            problem,
            SchemeProblem::RecordIsTheRevocation | SchemeProblem::NoRecord
        )
    })
}

/// A lifetime's seconds.
pub(crate) const fn seconds(lifetimes: &Lifetimes, lifetime: Lifetime) -> u32 {
    match lifetime {
        Lifetime::IdleTimeout => lifetimes.idle_timeout_seconds,
        Lifetime::AbsoluteTimeout => lifetimes.absolute_timeout_seconds,
        Lifetime::TouchInterval => lifetimes.touch_interval_seconds,
        Lifetime::AccessToken => lifetimes.access_token_seconds,
        Lifetime::Leeway => lifetimes.leeway_seconds,
        Lifetime::RefreshToken => lifetimes.refresh_token_seconds,
        Lifetime::RefreshGrace => lifetimes.refresh_grace_seconds,
    }
}

/// The scheme with that lifetime as typed; `None` where that is none.
pub(crate) fn with_lifetime(scheme: &Scheme, lifetime: Lifetime, typed: &str) -> Option<Scheme> {
    let seconds: u32 = typed.trim().parse().ok()?;
    let mut changed = *scheme;
    let lifetimes = &mut changed.lifetimes;
    *match lifetime {
        Lifetime::IdleTimeout => &mut lifetimes.idle_timeout_seconds,
        Lifetime::AbsoluteTimeout => &mut lifetimes.absolute_timeout_seconds,
        Lifetime::TouchInterval => &mut lifetimes.touch_interval_seconds,
        Lifetime::AccessToken => &mut lifetimes.access_token_seconds,
        Lifetime::Leeway => &mut lifetimes.leeway_seconds,
        Lifetime::RefreshToken => &mut lifetimes.refresh_token_seconds,
        Lifetime::RefreshGrace => &mut lifetimes.refresh_grace_seconds,
    } = seconds;
    changed.problem().is_none().then_some(changed)
}

/// The scheme with that round trip, typed in milliseconds; `None` where that is none.
pub(crate) fn with_round_trip(scheme: &Scheme, typed: &str) -> Option<Scheme> {
    let milliseconds: f64 = typed.trim().parse().ok()?;
    let microseconds = (milliseconds * 1000.0).round();
    if !(0.0..=f64::from(u32::MAX)).contains(&microseconds) {
        return None;
    }
    let mut changed = *scheme;
    changed.store.round_trip_microseconds = microseconds as u32;
    changed.problem().is_none().then_some(changed)
}

/// The scheme with that cache, typed in seconds; `None` where that is none.
pub(crate) fn with_cache(scheme: &Scheme, typed: &str) -> Option<Scheme> {
    let mut changed = *scheme;
    changed.store.session_cache_seconds = typed.trim().parse().ok()?;
    changed.problem().is_none().then_some(changed)
}

/// A round trip in milliseconds, as it is typed.
pub(crate) fn milliseconds(round_trip_microseconds: u32) -> String {
    (f64::from(round_trip_microseconds) / 1000.0).to_string()
}

/// The lifetimes, in the order in which they stand.
pub(crate) const LIFETIMES: [Lifetime; 7] = [
    Lifetime::IdleTimeout,
    Lifetime::AbsoluteTimeout,
    Lifetime::TouchInterval,
    Lifetime::AccessToken,
    Lifetime::Leeway,
    Lifetime::RefreshToken,
    Lifetime::RefreshGrace,
];

/// Whether a lifetime has a meaning for that credential.
pub(crate) const fn has_meaning(lifetime: Lifetime, credential: Credential) -> bool {
    match lifetime {
        Lifetime::IdleTimeout | Lifetime::AbsoluteTimeout | Lifetime::TouchInterval => {
            !credential.is_token()
        }
        Lifetime::AccessToken | Lifetime::Leeway => credential.is_token(),
        Lifetime::RefreshToken | Lifetime::RefreshGrace => {
            matches!(credential, Credential::AccessAndRefresh)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_chosen_makes_sense() {
        let mut cached = Scheme::STATEFUL;
        cached.store.session_cache_seconds = 30;
        for start in Preset::ALL.map(Preset::scheme).into_iter().chain([cached]) {
            for credential in Credential::ALL {
                let changed = with_credential(&start, credential);
                assert_eq!(changed.problem(), None, "{start:?}, {credential:?}");
                assert_eq!(changed.credential, credential);
                for revocation in Revocation::ALL {
                    let offered = revocation_problem(&changed, revocation).is_none();
                    let sensible = (revocation == Revocation::Record) != credential.is_token();
                    assert_eq!(offered, sensible, "{credential:?}, {revocation:?}");
                }
            }
            for preset in Preset::ALL {
                let changed = with_preset(&start, preset);
                assert_eq!(changed.problem(), None);
                assert_eq!(Preset::of(&changed), Some(preset));
            }
        }
    }

    #[test]
    fn what_is_typed_is_used_where_it_is_a_lifetime() {
        let scheme = Scheme::STATEFUL;
        for (lifetime, typed, expected) in [
            (Lifetime::IdleTimeout, "60", Some(60)),
            (Lifetime::IdleTimeout, " 60 ", Some(60)),
            (Lifetime::IdleTimeout, "0", None),
            (Lifetime::TouchInterval, "0", Some(0)),
            (Lifetime::Leeway, "-1", None),
            (Lifetime::RefreshGrace, "1.5", None),
            (Lifetime::RefreshToken, "34560001", None),
            (Lifetime::AbsoluteTimeout, "soon", None),
            (Lifetime::AccessToken, "", None),
            (Lifetime::AccessToken, "99999999999999", None),
        ] {
            let changed = with_lifetime(&scheme, lifetime, typed);
            assert_eq!(
                changed.map(|it| seconds(&it.lifetimes, lifetime)),
                expected,
                "{lifetime:?}: {typed:?}"
            );
        }
    }

    #[test]
    fn a_round_trip_is_typed_in_milliseconds() {
        for (typed, expected) in [
            ("0", Some(0)),
            ("0.05", Some(50)),
            ("150", Some(150_000)),
            ("10000", Some(10_000_000)),
            ("10001", None),
            ("-1", None),
            ("NaN", None),
            ("inf", None),
            ("fast", None),
        ] {
            let changed = with_round_trip(&Scheme::STATELESS, typed);
            assert_eq!(
                changed.map(|it| it.store.round_trip_microseconds),
                expected,
                "{typed:?}"
            );
        }
        assert_eq!(milliseconds(50), "0.05");
        assert_eq!(milliseconds(150_000), "150");
    }

    #[test]
    fn there_is_a_cache_only_where_there_are_sessions() {
        for (scheme, typed, expected) in [
            (Scheme::STATEFUL, "30", Some(30)),
            (Scheme::STATEFUL, "x", None),
            (Scheme::STATELESS, "30", None),
            (Scheme::STATELESS, "0", Some(0)),
        ] {
            let changed = with_cache(&scheme, typed);
            assert_eq!(changed.map(|it| it.store.session_cache_seconds), expected);
        }
    }
}
