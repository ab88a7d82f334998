//! How far someone has come with what the scene offers to try. It only looks at what happened, and demands nothing.

use protocol::{Lane, Presented};

use super::record::{Event, Happening, Held, Recorded};

/// How far someone has come with an experiment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Not begun.
    #[default]
    Open,
    /// Begun: what it shows is still to be asked for.
    Begun,
    /// Seen.
    Done,
}

/// How far someone has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Signed in to both lanes, and not out of both since.
    pub(crate) signed_in: bool,
    /// Sent a request to both lanes once signed in, and saw what each answers.
    pub(crate) has_sent: bool,
    /// Killed the session, and saw which lane notices.
    pub(crate) kill: Stage,
    /// Changed the token in the browser, and saw what the server says.
    pub(crate) change: Stage,
    /// Signed out, and sent the copies of both.
    pub(crate) logout: Stage,
    /// Which lanes' copies were sent since.
    copies: [bool; 2],
}

impl Progress {
    /// Whether all experiments were seen.
    pub(crate) fn is_complete(&self) -> bool {
        [self.kill, self.change, self.logout] == [Stage::Done; 3]
    }

    /// Takes in what happened.
    pub(super) fn take_in(&mut self, what: &Happening) {
        match what {
            Happening::Event(Event::SessionKilled { .. }) => begin(&mut self.kill),
            Happening::Event(Event::Edited { held: Held::Token }) => begin(&mut self.change),
            Happening::Event(_) => {}
            Happening::Exchanges([Some(a), Some(b)]) => self.take_in_both(a, b),
            Happening::Exchanges(lanes) => {
                for recorded in lanes.iter().flatten() {
                    self.take_in_one(recorded);
                }
            }
        }
    }

    fn take_in_both(&mut self, a: &Recorded, b: &Recorded) {
        let both_accept = [a, b]
            .iter()
            .all(|it| it.status().is_some_and(|it| it < 300));
        match a.errand.path.as_str() {
            "/login" => self.signed_in |= both_accept,
            "/logout" => {
                if both_accept {
                    self.signed_in = false;
                    begin(&mut self.logout);
                }
            }
            _ => {
                let both_answer = [a, b].iter().all(|it| it.status().is_some());
                self.has_sent |= self.signed_in && both_answer;
                end(&mut self.kill);
                end(&mut self.change);
            }
        }
    }

    fn take_in_one(&mut self, recorded: &Recorded) {
        match (&recorded.errand.credential, recorded.errand.lane) {
            (Presented::Copy(_), lane) => {
                *lane.of_mut(&mut self.copies) = self.logout != Stage::Open;
                if self.copies == [true; 2] {
                    end(&mut self.logout);
                }
            }
            // What another device does shows nothing of this browser.
            (Presented::OtherDevice, _) => {}
            (Presented::FromBrowser, Lane::A) => end(&mut self.kill),
            (Presented::FromBrowser, Lane::B) => end(&mut self.change),
        }
    }
}

fn begin(stage: &mut Stage) {
    if *stage == Stage::Open {
        *stage = Stage::Begun;
    }
}

fn end(stage: &mut Stage) {
    if *stage == Stage::Begun {
        *stage = Stage::Done;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::record::Outcome;
    use super::super::sample::answered;
    use super::*;

    fn both(path: &str, statuses: [u16; 2]) -> Happening {
        let of = |lane, status| Some(answered(lane, path, status, Presented::FromBrowser));
        Happening::Exchanges([of(Lane::A, statuses[0]), of(Lane::B, statuses[1])])
    }

    fn unanswered(lane: Lane) -> Option<Arc<Recorded>> {
        let Recorded { errand, .. } = &*answered(lane, "/me", 200, Presented::FromBrowser);
        Some(Arc::new(Recorded {
            errand: errand.clone(),
            outcome: Outcome::NoAnswer {
                reason: String::new(),
            },
        }))
    }

    fn copy(lane: Lane, status: u16) -> Happening {
        let sent = answered(lane, "/me", status, Presented::Copy(String::from("copy")));
        Happening::Exchanges(match lane {
            Lane::A => [Some(sent), None],
            Lane::B => [None, Some(sent)],
        })
    }

    fn killed() -> Happening {
        Happening::Event(Event::SessionKilled {
            id_hash: String::from("0"),
        })
    }

    fn edited(held: Held) -> Happening {
        Happening::Event(Event::Edited { held })
    }

    /// How far: signed in, sent, and the three experiments.
    fn check(happened: &[Happening], expected: (bool, bool, [Stage; 3])) {
        let mut progress = Progress::default();
        for what in happened {
            progress.take_in(what);
        }
        let seen = (
            progress.signed_in,
            progress.has_sent,
            [progress.kill, progress.change, progress.logout],
        );
        assert_eq!(seen, expected, "{happened:?}");
    }

    #[test]
    fn the_first_minute_goes_on_with_what_is_accepted_and_then_with_what_is_answered() {
        use Stage::Open;
        check(&[], (false, false, [Open; 3]));
        check(&[both("/login", [401, 401])], (false, false, [Open; 3]));
        check(&[both("/me", [401, 401])], (false, false, [Open; 3]));
        check(&[both("/login", [200, 200])], (true, false, [Open; 3]));
        for statuses in [[200, 200], [401, 200]] {
            check(
                &[both("/login", [200, 200]), both("/me", statuses)],
                (true, true, [Open; 3]),
            );
        }
    }

    #[test]
    fn what_was_not_answered_was_not_sent() {
        let one = Some(answered(Lane::A, "/me", 200, Presented::FromBrowser));
        for first in [unanswered(Lane::A), one] {
            let sent = Happening::Exchanges([first, unanswered(Lane::B)]);
            check(
                &[both("/login", [200, 200]), sent],
                (true, false, [Stage::Open; 3]),
            );
        }
    }

    #[test]
    fn who_has_signed_out_before_a_request_is_to_sign_in_again() {
        let out_and_in = [
            both("/login", [200, 200]),
            both("/logout", [204, 204]),
            both("/login", [200, 200]),
        ];
        for (happened, signed_in) in [(2, false), (3, true)] {
            check(
                &out_and_in[..happened],
                (signed_in, false, [Stage::Open, Stage::Open, Stage::Begun]),
            );
        }
    }

    #[test]
    fn an_experiment_is_seen_once_its_outcome_was_asked_for() {
        use Stage::{Begun, Done, Open};
        check(&[killed()], (false, false, [Begun, Open, Open]));
        check(
            &[killed(), both("/me", [401, 200])],
            (false, false, [Done, Open, Open]),
        );
        check(&[edited(Held::Cookie)], (false, false, [Open; 3]));
        check(
            &[edited(Held::Token), both("/me", [200, 401])],
            (false, false, [Open, Done, Open]),
        );
        check(
            &[both("/logout", [204, 204]), copy(Lane::B, 200)],
            (false, false, [Open, Open, Begun]),
        );
        check(
            &[
                both("/logout", [204, 204]),
                copy(Lane::B, 200),
                copy(Lane::A, 401),
            ],
            (false, false, [Open, Open, Done]),
        );
        check(
            &[copy(Lane::A, 200), copy(Lane::B, 200)],
            (false, false, [Open; 3]),
        );
    }
}
