//! Verdicts, each on an exchange written out by hand.

use protocol::{Cost, Lane, Ledger, Party, Preset, Request, Response, Step, Timestamp};

use super::*;

/// An answer under that scheme, with these steps.
fn answered(preset: Preset, path: &str, facts: Vec<(Check, Fact)>) -> Exchange {
    let step = |(check, fact)| Step {
        party: Party::Server(1),
        check,
        outcome: StepOutcome::Passed(fact),
        cost: Cost::default(),
    };
    Exchange {
        number: 1,
        lane: Lane::B,
        scheme: preset.scheme(),
        // Well into a second, which lifetimes are not counted from.
        at: Timestamp::from_milliseconds(900),
        path: path.to_owned(),
        request: Request {
            method: String::from("POST"),
            target: path.to_owned(),
            headers: Vec::new(),
            body: String::new(),
        },
        response: Some(Response {
            status: 200,
            headers: Vec::new(),
            body: String::new(),
        }),
        steps: facts.into_iter().map(step).collect(),
        cookies: Vec::new(),
        ledger: Ledger::default(),
    }
}

#[test]
fn what_came_of_it_is_said_as_the_scheme_has_it() {
    let until = Timestamp::from_seconds(300);
    let text = || String::from("5be102c7");
    let user = || {
        let fact = Fact::User {
            id: 42,
            name: text(),
            role: text(),
        };
        (Check::UserIdentified, fact)
    };
    let session = |cached_since| {
        let fact = Fact::Session {
            user: 42,
            created: until,
            last_seen: until,
            cached_since,
        };
        (Check::SessionFound, fact)
    };
    let issued = || {
        let fact = Fact::TokenIssued {
            kid: text(),
            algorithm: text(),
            expires: until,
            bytes: 1,
        };
        (Check::TokenIssued, fact)
    };
    let family = |check, rotated| {
        let (family, token_hash, expires) = (text(), text(), until);
        let fact = if rotated {
            Fact::RefreshTokenRotated {
                family,
                token_hash,
                expires,
            }
        } else {
            Fact::RefreshTokenIssued {
                family,
                token_hash,
                expires,
            }
        };
        (check, fact)
    };
    let ended = |check| {
        let fact = Fact::SessionEnded {
            id_hash: text(),
            was_there: true,
        };
        (check, fact)
    };
    let family_ended = Fact::RefreshFamilyEnded {
        family: text(),
        tokens: 2,
    };
    let outlives = || (Check::TokenOutlivesSignOut, Fact::TokenOutlives { until });
    let denied = Fact::TokenDenied { jti: text(), until };
    for (preset, path, facts, said) in [
        (
            Preset::Stateful,
            "/me",
            vec![session(None), user()],
            "It looked you up.",
        ),
        (
            Preset::Stateful,
            "/me",
            vec![session(Some(until)), user()],
            "It remembered you",
        ),
        (Preset::Stateless, "/me", vec![user()], "asked nobody."),
        (
            Preset::Denylist,
            "/me",
            vec![user()],
            "looked at its denylist.",
        ),
        (
            Preset::UserVersion,
            "/me",
            vec![user()],
            "looked up your version number.",
        ),
        (
            Preset::Stateless,
            "/login",
            vec![issued()],
            "good for 5:00 min, the server keeps nothing.",
        ),
        (
            Preset::Denylist,
            "/login",
            vec![issued()],
            "good for 5:00 min, the server no copy of it.",
        ),
        (
            Preset::Hybrid,
            "/login",
            vec![family(Check::RefreshTokenIssued, false), issued()],
            "and a refresh token.",
        ),
        (
            Preset::Hybrid,
            "/refresh",
            vec![family(Check::RefreshTokenRotated, true), issued()],
            "Refreshed: ",
        ),
        (
            Preset::Hybrid,
            "/logout",
            vec![(Check::RefreshFamilyEnded, family_ended), outlives()],
            "a copy of this one still works for 5:00 min. ASVS 7.4.1 is not met.",
        ),
        (
            Preset::Stateless,
            "/logout",
            vec![outlives()],
            "Signed out here only",
        ),
        (
            Preset::Denylist,
            "/logout",
            vec![(Check::TokenDenied, denied)],
            "refused for the 5:00 min",
        ),
        (
            Preset::UserVersion,
            "/logout",
            vec![(
                Check::TokenVersionRaised,
                Fact::TokenVersionRaised { to: 1 },
            )],
            "on all devices.",
        ),
        (
            Preset::Stateful,
            "/logout",
            vec![ended(Check::SessionEnded)],
            "the session is gone",
        ),
        (
            Preset::Stateful,
            "/sessions/end",
            vec![user(), ended(Check::SessionsEnded)],
            "That session is ended",
        ),
        (
            Preset::Stateful,
            "/sessions/end-others",
            vec![user(), (Check::SessionsEnded, Fact::SessionsEnded(2))],
            "Ended: 2 other sessions.",
        ),
    ] {
        let verdict = of_exchange(&answered(preset, path, facts));
        assert_eq!(verdict.tone, Tone::Accepted);
        assert!(
            verdict.sentence.contains(said),
            "{said}: {}",
            verdict.sentence
        );
    }
}

#[test]
fn a_session_that_another_server_keeps_is_not_said_to_be_forgotten() {
    let unknown = Rejection::SessionUnknown {
        id_hash: String::from("5be102c7"),
    };
    for (located, said) in [
        (None, "A ticket is worthless once the server forgets it."),
        (
            Some(Fact::SessionIn { server: 3 }),
            "A ticket is good only where it is written down: in server 3’s memory.",
        ),
    ] {
        let mut exchange = answered(Preset::Stateful, "/me", Vec::new());
        let outcomes = [
            Some((Party::Server(7), StepOutcome::Failed(unknown.clone()))),
            located.map(|fact| (Party::Observer, StepOutcome::Noted(fact))),
        ];
        exchange.steps = outcomes
            .into_iter()
            .flatten()
            .map(|(party, outcome)| Step {
                party,
                check: Check::SessionFound,
                outcome,
                cost: Cost::default(),
            })
            .collect();
        let verdict = of_exchange(&exchange);
        assert!(verdict.sentence.ends_with(said), "{}", verdict.sentence);
    }
}
