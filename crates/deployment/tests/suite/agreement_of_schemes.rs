//! Every scheme on every store does what the plain model says: random sign-ins, requests, copies, kills, moves of the
//! clock, rotations and restarts, and each answer agrees. `MODEL_STEPS` sets how many steps there are in all.

use protocol::{
    AdminAct, Carrier, Credential, Exchange, Fleet, GivenKey, Rejection, Scheme, Timestamp,
    TokenRejection,
};
use server::SAMPLE_PASSWORD;

use crate::browser::{Browser, START, credentials, errand, in_environment, with_copy};
use crate::chance::Chance;
use crate::model::{LANE, Model, Proof, RefreshPlace, Verdict};
use crate::scheme_space::{fleets, schemes, stores};

/// How many steps there are in all, where nobody says otherwise.
const STEPS: usize = 10_000;

/// What the browser carries, and until when: a cookie has its own end.
#[derive(Clone)]
struct Held<T> {
    proof: T,
    until: Option<Timestamp>,
}

/// A browser and its model, side by side.
struct Pair {
    scheme: Scheme,
    browser: Browser,
    model: Model,
    held: Option<Held<Proof>>,
    refresh: Option<Held<RefreshPlace>>,
    copies: Vec<(String, Proof)>,
    refresh_copies: Vec<(String, RefreshPlace)>,
    keys: u32,
}

impl Pair {
    fn new(scheme: Scheme, fleet: &Fleet) -> Self {
        let mut browser = Browser::new();
        browser.deployment.set_fleet(fleet);
        browser.deployment.set_schemes(&[scheme, Scheme::STATELESS]);
        Self {
            scheme,
            browser,
            model: Model::new(scheme, START),
            held: None,
            refresh: None,
            copies: Vec::new(),
            refresh_copies: Vec::new(),
            keys: 0,
        }
    }

    /// One step of those that a user, an administrator, a thief or a clock could make.
    fn step(&mut self, chance: &mut Chance) {
        match chance.below(24) {
            0 => self.sign_in(),
            1 => self.sign_out(),
            2..=9 => self.ask(),
            10..=12 => {
                if let Some((copy, proof)) = chance.one_of(&self.copies).cloned() {
                    self.ask_with_copy(&copy, &proof);
                }
            }
            13..=14 => self.refresh(),
            15 => {
                if let Some((copy, place)) = chance.one_of(&self.refresh_copies).cloned() {
                    self.refresh_with_copy(&copy, place);
                }
            }
            16..=18 => {
                let seconds = [0, 1, 29, 30, 59, 60, 61, 299, 300, 899, 900, 8 * 3600, -3];
                let moved = seconds[chance.below(seconds.len())];
                self.move_clock(moved);
            }
            19 => self.kill(),
            20 => self.restart(),
            21 => self.rotate(chance.below(2) == 0),
            22 => self.change_role(chance.below(2) == 0),
            _ => {
                if self.model.is_suspended() || chance.below(3) == 0 {
                    self.suspend(!self.model.is_suspended());
                } else {
                    self.sign_user_out();
                }
            }
        }
    }

    fn move_clock(&mut self, seconds: i64) {
        self.browser.now = self.browser.now.plus_seconds(seconds);
        self.model.now = self.browser.now;
    }

    /// The browser drops what has reached its end.
    fn drop_ended(&mut self) {
        let now = self.model.now;
        let has_ended = |until: Option<Timestamp>| until.is_some_and(|until| now >= until);
        self.held = self.held.take().filter(|held| !has_ended(held.until));
        self.refresh = self.refresh.take().filter(|held| !has_ended(held.until));
    }

    fn sign_in(&mut self) {
        self.drop_ended();
        let content = credentials(SAMPLE_PASSWORD);
        let exchange = self
            .browser
            .send_errand(errand(LANE, "POST", "/login", &content));
        let expected = self
            .model
            .sign_in(self.held.as_ref().map(|held| &held.proof));
        assert_verdict(
            "a sign-in",
            &exchange,
            expected.as_ref().map(drop).map_err(|why| *why),
        );
        if let Ok((proof, refresh)) = expected {
            self.hold(proof);
            if let Some(place) = refresh {
                self.hold_refresh(place);
            }
        }
    }

    fn sign_out(&mut self) {
        self.drop_ended();
        let exchange = self.browser.send(LANE, "POST", "/logout");
        let expected = match &self.held {
            Some(held) => self.model.sign_out(&held.proof),
            None => Err(self.missing()),
        };
        assert_verdict("a sign-out", &exchange, expected);
        // The site's own script forgets what it kept, whatever came.
        self.browser.left_bearer = None;
        self.held = None;
        self.refresh = None;
    }

    fn ask(&mut self) {
        self.drop_ended();
        let exchange = self.browser.send(LANE, "GET", "/me");
        let expected = match &self.held {
            Some(held) => self.model.ask(&held.proof),
            None => Err(self.missing()),
        };
        assert_verdict(
            "a request",
            &exchange,
            expected.as_ref().map(drop).map_err(|why| *why),
        );
        if let (Ok(proof), Some(held)) = (expected, &mut self.held) {
            let is_another = !is_same(&proof, &held.proof);
            held.proof = proof.clone();
            if is_another {
                self.copies.push((self.copy(), proof));
            }
        }
    }

    fn ask_with_copy(&mut self, copy: &str, proof: &Proof) {
        self.drop_ended();
        let exchange = self
            .browser
            .send_errand(with_copy(errand(LANE, "GET", "/me", ""), copy));
        let expected = self.model.ask(proof).map(drop);
        assert_verdict("a request with a copy", &exchange, expected);
    }

    fn refresh(&mut self) {
        if self.scheme.credential != Credential::AccessAndRefresh {
            return;
        }
        self.drop_ended();
        let exchange = self.browser.send(LANE, "POST", "/refresh");
        let expected = match &self.refresh {
            Some(held) => self.model.refresh(held.proof.0, held.proof.1),
            None => Err("RefreshCookieMissing"),
        };
        assert_verdict(
            "a refresh",
            &exchange,
            expected.as_ref().map(drop).map_err(|why| *why),
        );
        match expected {
            Ok((proof, place)) => {
                self.hold(proof);
                self.hold_refresh(place);
            }
            // The answer takes the cookie away.
            Err("RefreshTokenReused") => self.refresh = None,
            Err(_) => {}
        }
    }

    fn refresh_with_copy(&mut self, copy: &str, place: RefreshPlace) {
        self.drop_ended();
        let exchange = self
            .browser
            .send_errand(with_copy(errand(LANE, "POST", "/refresh", ""), copy));
        let expected = self.model.refresh(place.0, place.1).map(drop);
        assert_verdict("a refresh with a copy", &exchange, expected);
    }

    fn kill(&mut self) {
        loop {
            let seen = self.browser.deployment.observe(self.model.now);
            let sessions = seen.expect("the store works").sessions;
            if sessions.is_empty() {
                break;
            }
            for session in sessions {
                let killed = self
                    .browser
                    .deployment
                    .kill(&session.id_hash, self.model.now);
                assert_eq!(killed, Ok(true));
            }
        }
        self.model.kill_sessions();
    }

    fn restart(&mut self) {
        let restarted = in_environment(self.model.now, &mut 0, |environment| {
            self.browser.deployment.restart(environment)
        });
        restarted.expect("the store works");
        self.model.restart();
    }

    fn rotate(&mut self, overlap: bool) {
        self.keys += 1;
        let key = GivenKey {
            text: format!("{:064}", self.keys),
            ..GivenKey::default()
        };
        let rotated = self
            .browser
            .deployment
            .rotate_key(&key, overlap, self.model.now);
        rotated.expect("the key is long enough");
        self.model.rotate(overlap);
    }

    fn change_role(&mut self, administrator: bool) {
        // A session that its server only remembers has no record that could go on under another ID.
        if self.scheme.store.session_cache_seconds > 0 {
            return;
        }
        let role = if administrator { "admin" } else { "member" };
        self.administer(&AdminAct::SetRole {
            user: 42,
            role: role.to_owned(),
        });
        self.model.set_role(role);
    }

    fn suspend(&mut self, suspended: bool) {
        self.administer(&AdminAct::Suspend {
            user: 42,
            suspended,
        });
        self.model.suspend(suspended);
    }

    fn sign_user_out(&mut self) {
        self.administer(&AdminAct::SignOutUser {
            lane: LANE,
            user: 42,
        });
        self.model.sign_user_out();
    }

    fn administer(&mut self, act: &AdminAct) {
        let outcome = self.browser.deployment.administer(act, self.model.now);
        assert!(outcome.expect("the store works").found);
    }

    fn hold(&mut self, proof: Proof) {
        let lifetimes = self.scheme.lifetimes;
        let seconds = match self.scheme.credential {
            Credential::SessionId => lifetimes.absolute_timeout_seconds,
            Credential::AccessToken | Credential::AccessAndRefresh => {
                lifetimes.access_token_seconds
            }
        };
        let until = (self.scheme.carrier == Carrier::Cookie)
            .then(|| self.model.now.plus_seconds(i64::from(seconds)));
        self.copies.push((self.copy(), proof.clone()));
        self.held = Some(Held { proof, until });
    }

    fn hold_refresh(&mut self, place: RefreshPlace) {
        let name = LANE.names().refresh_cookie;
        let (copy, until) = self.cookie(name);
        self.refresh_copies.push((copy, place));
        self.refresh = Some(Held {
            proof: place,
            until,
        });
    }

    /// What someone could copy now.
    fn copy(&self) -> String {
        let names = LANE.names();
        match (self.scheme.carrier, self.scheme.credential) {
            (Carrier::Cookie, Credential::SessionId) => self.cookie(names.session_cookie).0,
            (Carrier::Cookie, _) => self.cookie(names.access_token).0,
            _ => self.browser.left_bearer.clone().expect("it was issued"),
        }
    }

    /// The cookie of that name as it travels, and when the browser drops it.
    fn cookie(&self, name: &str) -> (String, Option<Timestamp>) {
        let cookies = self.browser.deployment.jar().cookies();
        let cookie = cookies
            .iter()
            .find(|cookie| cookie.name == name)
            .unwrap_or_else(|| panic!("no {name} in {cookies:?}"));
        (format!("{}={}", cookie.name, cookie.value), cookie.expires)
    }

    /// What a request meets that carries nothing.
    const fn missing(&self) -> &'static str {
        match (self.scheme.carrier, self.scheme.credential) {
            (Carrier::Cookie, Credential::SessionId) => "SessionCookieMissing",
            (Carrier::Cookie, _) => "AccessCookieMissing",
            _ => "AuthorizationMissing",
        }
    }
}

fn is_same(one: &Proof, other: &Proof) -> bool {
    match (one, other) {
        (
            Proof::Session { place, generation },
            Proof::Session {
                place: other_place,
                generation: other_generation,
            },
        ) => (place, generation) == (other_place, other_generation),
        _ => true,
    }
}

/// Holds the exchange against what the model says.
#[track_caller]
fn assert_verdict(what: &str, exchange: &Exchange, expected: Verdict) {
    let met = match exchange.rejection() {
        None => Ok(()),
        Some(rejection) => Err(name(rejection)),
    };
    let expected = expected.map_err(str::to_owned);
    assert_eq!(met, expected, "{what}: {:#?}", exchange.steps);
    let status = exchange.response.as_ref().expect("it answered").status;
    assert_eq!(status < 400, expected.is_ok(), "{what}: {status}");
}

/// The rejection's own name.
fn name(rejection: &Rejection) -> String {
    let full = match rejection {
        Rejection::Token(TokenRejection::Expired { .. }) => String::from("Expired"),
        Rejection::Token(TokenRejection::KeyUnknown { .. }) => String::from("KeyUnknown"),
        other => format!("{other:?}"),
    };
    full.split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn every_scheme_on_every_store_agrees_with_the_model() {
    let steps = std::env::var("MODEL_STEPS")
        .ok()
        .and_then(|steps| steps.parse().ok())
        .unwrap_or(STEPS);
    let all: Vec<(Scheme, Fleet)> = schemes()
        .into_iter()
        .flat_map(|scheme| {
            let stores = stores(&scheme).into_iter();
            stores.map(move |store| Scheme { store, ..scheme })
        })
        .flat_map(|scheme| {
            fleets(&scheme)
                .into_iter()
                .map(move |fleet| (scheme, fleet))
        })
        .collect();
    let each = steps.div_ceil(all.len());
    for (place, (scheme, fleet)) in all.into_iter().enumerate() {
        assert_eq!(scheme.problem(), None, "{scheme:?}");
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ (place as u64 + 1));
        let mut pair = Pair::new(scheme, &fleet);
        for _ in 0..each {
            pair.step(&mut chance);
        }
    }
}
