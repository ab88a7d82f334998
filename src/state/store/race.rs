//! A race played step by step: who does what when, in virtual time, as pure data. It never sends anything, and never
//! asks a clock: what is played is told to it.

/// What is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scenario {
    /// Two tabs of one browser refresh at once, with the same refresh token.
    TwoTabs,
    /// Someone with a copy of the browser's refresh token is first.
    Thief,
    /// The session is killed while a request is on its way.
    Kill,
    /// The server restarts while a request is on its way.
    Restart,
}

impl Scenario {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::TwoTabs, Self::Thief, Self::Kill, Self::Restart];

    /// Whether it is about refresh tokens; else about sessions.
    pub(crate) const fn needs_refresh(self) -> bool {
        matches!(self, Self::TwoTabs | Self::Thief)
    }

    /// What happens beside the requests and can be moved.
    pub(crate) const fn interruption(self) -> Option<Act> {
        match self {
            Self::TwoTabs | Self::Thief => None,
            Self::Kill => Some(Act::Kill),
            Self::Restart => Some(Act::Restart),
        }
    }

    /// Whose requests there are.
    const fn requests(self) -> &'static [Who] {
        match self {
            Self::TwoTabs => &[Who::FirstTab, Who::SecondTab],
            Self::Thief => &[Who::Thief, Who::FirstTab],
            Self::Kill | Self::Restart => &[Who::FirstTab],
        }
    }
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// The browser, or its first tab.
    FirstTab,
    /// Its second tab.
    SecondTab,
    /// Someone who has a copy.
    Thief,
    /// An administrator.
    Administrator,
    /// The operator of the server.
    Operator,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A request leaves the browser.
    Depart,
    /// It arrives at the server, which answers.
    Arrive,
    /// The answer arrives.
    Deliver,
    /// The session is ended from outside.
    Kill,
    /// The server restarts.
    Restart,
}

/// One event of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Milliseconds after the start.
    pub(crate) offset: i64,
    /// Who.
    pub(crate) who: Who,
    /// What.
    pub(crate) act: Act,
}

/// How far one request's stations lie apart, in milliseconds.
const LEG: i64 = 40;
/// How long after the first request the second one leaves.
const BEHIND: i64 = 10;
/// How far from a station an interruption stands.
const BESIDE: i64 = 15;

/// All events of a scenario in order of time, and how many of them were played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agenda {
    /// What is played.
    pub(crate) scenario: Scenario,
    /// The events, in order of time.
    pub(crate) moments: Vec<Moment>,
    /// How many were played.
    pub(crate) played: usize,
}

impl Agenda {
    /// The events of a scenario. What interrupts it comes before the arrival.
    pub(crate) fn of(scenario: Scenario) -> Self {
        let mut moments = Vec::new();
        for (place, who) in (0..).zip(scenario.requests()) {
            for (leg, act) in (0..).zip([Act::Depart, Act::Arrive, Act::Deliver]) {
                moments.push(Moment {
                    offset: place * BEHIND + leg * LEG,
                    who: *who,
                    act,
                });
            }
        }
        if let Some(act) = scenario.interruption() {
            let who = match act {
                Act::Kill => Who::Administrator,
                _ => Who::Operator,
            };
            moments.push(Moment {
                offset: LEG - BESIDE,
                who,
                act,
            });
        }
        let mut agenda = Self {
            scenario,
            moments,
            played: 0,
        };
        agenda.sort();
        agenda
    }

    fn sort(&mut self) {
        self.moments.sort_by_key(|moment| moment.offset);
    }

    /// What is played next.
    pub(crate) fn next(&self) -> Option<Moment> {
        self.moments.get(self.played).copied()
    }

    /// Whether what interrupts comes before the arrival; `None` where nothing does.
    pub(crate) fn is_before_arrival(&self) -> Option<bool> {
        let interruption = self.scenario.interruption()?;
        let place = |act| self.moments.iter().position(|moment| moment.act == act);
        Some(place(interruption)? < place(Act::Arrive)?)
    }

    /// Moves what interrupts to the other side of the arrival, as long as nothing was played.
    pub(crate) fn move_interruption(&mut self) {
        let (Some(is_before), Some(act), 0) = (
            self.is_before_arrival(),
            self.scenario.interruption(),
            self.played,
        ) else {
            return;
        };
        for moment in &mut self.moments {
            if moment.act == act {
                moment.offset = if is_before {
                    LEG + BESIDE
                } else {
                    LEG - BESIDE
                };
            }
        }
        self.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(agenda: &Agenda) -> Vec<(i64, Who, Act)> {
        let moments = agenda.moments.iter();
        moments.map(|it| (it.offset, it.who, it.act)).collect()
    }

    #[test]
    fn events_stand_in_order_of_time() {
        use Act::{Arrive, Deliver, Depart, Kill, Restart};
        use Who::{Administrator, FirstTab, Operator, SecondTab, Thief};
        for (scenario, expected) in [
            (
                Scenario::TwoTabs,
                vec![
                    (0, FirstTab, Depart),
                    (10, SecondTab, Depart),
                    (40, FirstTab, Arrive),
                    (50, SecondTab, Arrive),
                    (80, FirstTab, Deliver),
                    (90, SecondTab, Deliver),
                ],
            ),
            (
                Scenario::Thief,
                vec![
                    (0, Thief, Depart),
                    (10, FirstTab, Depart),
                    (40, Thief, Arrive),
                    (50, FirstTab, Arrive),
                    (80, Thief, Deliver),
                    (90, FirstTab, Deliver),
                ],
            ),
            (
                Scenario::Kill,
                vec![
                    (0, FirstTab, Depart),
                    (25, Administrator, Kill),
                    (40, FirstTab, Arrive),
                    (80, FirstTab, Deliver),
                ],
            ),
            (
                Scenario::Restart,
                vec![
                    (0, FirstTab, Depart),
                    (25, Operator, Restart),
                    (40, FirstTab, Arrive),
                    (80, FirstTab, Deliver),
                ],
            ),
        ] {
            assert_eq!(told(&Agenda::of(scenario)), expected, "{scenario:?}");
        }
    }

    #[test]
    fn what_interrupts_moves_across_the_arrival_and_back() {
        for scenario in [Scenario::Kill, Scenario::Restart] {
            let before = Agenda::of(scenario);
            let mut agenda = before.clone();
            assert_eq!(agenda.is_before_arrival(), Some(true));
            agenda.move_interruption();
            assert_eq!(agenda.is_before_arrival(), Some(false));
            assert_eq!(agenda.moments[1].act, Act::Arrive);
            agenda.move_interruption();
            assert_eq!(agenda, before);
            agenda.played = 1;
            agenda.move_interruption();
            assert_eq!(agenda.is_before_arrival(), Some(true), "it has begun");
        }
        let mut without = Agenda::of(Scenario::TwoTabs);
        without.move_interruption();
        assert_eq!(without, Agenda::of(Scenario::TwoTabs));
        assert_eq!(without.is_before_arrival(), None);
    }

    #[test]
    fn a_race_ends_after_its_last_event() {
        let mut agenda = Agenda::of(Scenario::Kill);
        let mut acts = Vec::new();
        while let Some(moment) = agenda.next() {
            acts.push(moment.act);
            agenda.played += 1;
        }
        assert_eq!(acts, [Act::Depart, Act::Kill, Act::Arrive, Act::Deliver]);
    }
}
