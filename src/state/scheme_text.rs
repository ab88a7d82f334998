//! A scheme as it is kept for the next visit: numbers in a row, as the page's start has no room for more. What people
//! read and write is `scheme_json`.

use protocol::{Carrier, Credential, Revocation, Scheme, StorePlace};

/// Where the database is, and the servers' memory: a scheme's records are nowhere else.
const PLACES: [StorePlace; 2] = [StorePlace::Database, StorePlace::ServerMemory];

/// How many numbers there are.
const COUNT: usize = 14;

/// The numbers, separated by spaces.
pub(super) fn scheme_to_text(scheme: &Scheme) -> String {
    let lifetimes = &scheme.lifetimes;
    let numbers: [u32; COUNT] = [
        place_in(&Credential::ALL, scheme.credential),
        place_in(&Carrier::ALL, scheme.carrier),
        place_in(&Revocation::ALL, scheme.revocation),
        place_in(&PLACES, scheme.store.place),
        scheme.store.round_trip_microseconds,
        scheme.store.session_cache_seconds,
        lifetimes.idle_timeout_seconds,
        lifetimes.absolute_timeout_seconds,
        u32::from(lifetimes.sliding),
        lifetimes.touch_interval_seconds,
        lifetimes.access_token_seconds,
        lifetimes.leeway_seconds,
        lifetimes.refresh_token_seconds,
        lifetimes.refresh_grace_seconds,
    ];
    numbers.map(|number| number.to_string()).join(" ")
}

/// The scheme of these numbers; `None` where they are not those of a scheme that makes sense.
pub(super) fn scheme_from_text(text: &str) -> Option<Scheme> {
    let mut numbers = [0; COUNT];
    let mut words = text.split(' ');
    for number in &mut numbers {
        *number = words.next()?.parse().ok()?;
    }
    let mut scheme = Scheme {
        credential: *Credential::ALL.get(numbers[0] as usize)?,
        carrier: *Carrier::ALL.get(numbers[1] as usize)?,
        revocation: *Revocation::ALL.get(numbers[2] as usize)?,
        ..Scheme::STATEFUL
    };
    scheme.store.place = *PLACES.get(numbers[3] as usize)?;
    scheme.store.round_trip_microseconds = numbers[4];
    scheme.store.session_cache_seconds = numbers[5];
    let lifetimes = &mut scheme.lifetimes;
    lifetimes.idle_timeout_seconds = numbers[6];
    lifetimes.absolute_timeout_seconds = numbers[7];
    lifetimes.sliding = numbers[8] != 0;
    lifetimes.touch_interval_seconds = numbers[9];
    lifetimes.access_token_seconds = numbers[10];
    lifetimes.leeway_seconds = numbers[11];
    lifetimes.refresh_token_seconds = numbers[12];
    lifetimes.refresh_grace_seconds = numbers[13];
    (words.next().is_none() && scheme.problem().is_none()).then_some(scheme)
}

fn place_in<T: PartialEq>(all: &[T], wanted: T) -> u32 {
    let place = all.iter().position(|one| *one == wanted);
    place.unwrap_or_default() as u32
}

#[cfg(test)]
mod tests {
    use protocol::Preset;

    use super::*;

    #[test]
    fn a_scheme_is_read_as_it_was_written() {
        for preset in Preset::ALL {
            let mut scheme = preset.scheme();
            scheme.store.round_trip_microseconds = 50;
            scheme.store.place = StorePlace::ServerMemory;
            scheme.lifetimes.sliding = false;
            scheme.lifetimes.refresh_grace_seconds = 7;
            assert_eq!(scheme_from_text(&scheme_to_text(&scheme)), Some(scheme));
        }
    }

    #[test]
    fn what_is_no_scheme_is_none() {
        let good = scheme_to_text(&Scheme::STATEFUL);
        assert_eq!(scheme_from_text(&good), Some(Scheme::STATEFUL));
        for text in [
            "",
            "{",
            "[[]]",
            "hybrid",
            "{\"a\":\"user-version\"}",
            &format!("{good} 1"),
            &format!(" {good}"),
            &format!("9{good}"),
            &format!("1{}", &good[1..]),
            &good[..good.len() - 2],
        ] {
            assert_eq!(scheme_from_text(text), None, "{text}");
        }
    }
}
