//! Which servers are as they should be, and which are not: so that a thousand of them can be told in a sentence. It
//! counts what the observer saw, and judges nothing.

use protocol::ServerView;

/// What is not as it should be with a server. In the order in which the worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// It is dead.
    Down,
    /// It does not reach the store.
    CutOff,
    /// It holds no key, and needs one.
    NoKey,
    /// It lacks the newest key.
    OldKey,
    /// Its clock is off.
    ClockOff,
}

impl Trouble {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Down,
        Self::CutOff,
        Self::NoKey,
        Self::OldKey,
        Self::ClockOff,
    ];
}

/// A fleet in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Census {
    /// How many are as they should be.
    pub(crate) well: u32,
    /// The others by what is wrong with them: from the first to the last of each row of neighbours.
    pub(crate) troubled: Vec<(Trouble, Vec<(u32, u32)>)>,
}

/// All that is not as it should be with a server, the worst first. Keys count where the lane's credential is a token.
pub(crate) fn troubles(server: &ServerView, is_token: bool) -> Vec<Trouble> {
    Trouble::ALL
        .into_iter()
        .filter(|trouble| match trouble {
            Trouble::Down => server.is_down,
            Trouble::CutOff => !server.reaches_store,
            Trouble::NoKey => is_token && server.keys == 0,
            Trouble::OldKey => is_token && server.keys > 0 && !server.has_newest_key,
            Trouble::ClockOff => server.clock_off_seconds != 0,
        })
        .collect()
}

/// The worst of it.
pub(crate) fn trouble(server: &ServerView, is_token: bool) -> Option<Trouble> {
    troubles(server, is_token).first().copied()
}

/// Counts a lane's servers.
pub(crate) fn census(servers: &[ServerView], is_token: bool) -> Census {
    let mut census = Census::default();
    for server in servers {
        if trouble(server, is_token).is_none() {
            census.well += 1;
        }
    }
    for wanted in Trouble::ALL {
        let of_it = servers
            .iter()
            .zip(1..)
            .filter(|(server, _)| trouble(server, is_token) == Some(wanted))
            .map(|(_, number)| number);
        let ranges = ranges(of_it);
        if !ranges.is_empty() {
            census.troubled.push((wanted, ranges));
        }
    }
    census
}

/// Rows of neighbours among numbers that rise.
pub(crate) fn ranges(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> ServerView {
        ServerView {
            keys: 1,
            has_newest_key: true,
            can_sign: true,
            reaches_store: true,
            ..ServerView::default()
        }
    }

    /// What befalls a server.
    type Change = fn(&mut ServerView);

    fn fleet(servers: usize, troubled: &[(usize, Change)]) -> Vec<ServerView> {
        let mut fleet = vec![well(); servers];
        for (number, change) in troubled {
            change(&mut fleet[number - 1]);
        }
        fleet
    }

    #[test]
    fn a_fleet_is_told_by_those_that_differ() {
        let down = |server: &mut ServerView| server.is_down = true;
        let no_key = |server: &mut ServerView| server.keys = 0;
        let old = |server: &mut ServerView| server.has_newest_key = false;
        let all = fleet(
            1_000,
            &[(3, down), (7, no_key), (998, old), (999, old), (1_000, old)],
        );
        assert_eq!(
            census(&all, true),
            Census {
                well: 995,
                troubled: vec![
                    (Trouble::Down, vec![(3, 3)]),
                    (Trouble::NoKey, vec![(7, 7)]),
                    (Trouble::OldKey, vec![(998, 1_000)]),
                ],
            }
        );
        assert_eq!(
            census(&all, false),
            Census {
                well: 999,
                troubled: vec![(Trouble::Down, vec![(3, 3)])],
            },
            "who reads no token needs no key"
        );
        assert_eq!(census(&[], true), Census::default());
    }

    #[test]
    fn the_worst_counts_and_all_of_it_is_told() {
        let all: Change = |server| {
            server.is_down = true;
            server.reaches_store = false;
            server.keys = 0;
            server.clock_off_seconds = -5;
        };
        let fleet = fleet(1, &[(1, all)]);
        assert_eq!(trouble(&fleet[0], true), Some(Trouble::Down));
        assert_eq!(
            troubles(&fleet[0], true),
            [
                Trouble::Down,
                Trouble::CutOff,
                Trouble::NoKey,
                Trouble::ClockOff
            ]
        );
    }

    #[test]
    fn neighbours_stand_together() {
        for (numbers, expected) in [
            (vec![], vec![]),
            (vec![4], vec![(4, 4)]),
            (vec![1, 2, 3, 7, 9, 10], vec![(1, 3), (7, 7), (9, 10)]),
        ] {
            assert_eq!(ranges(numbers.into_iter()), expected);
        }
    }
}
