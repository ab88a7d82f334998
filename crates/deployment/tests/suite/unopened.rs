//! Before the database is open: what is answered then is what would be answered after, and what is not leaves no trace.

use deployment::Deployment;
use protocol::{Balancer, Errand, Exchange, Fleet, Lane, PageContext, Presented, Scheme};
use sessions::{SqliteStore, UnopenedStore};
use user_agent::Jar;

use crate::browser::{Browser, credentials, errand, in_environment, status, with_copy};
use crate::scheme_space::{fleets, schemes};

/// A deployment whose database is not open yet, beside one whose is.
struct Both {
    early: Deployment<UnopenedStore>,
    whole: Browser,
}

impl Both {
    fn new(schemes: &[Scheme; 2], fleet: &Fleet) -> Self {
        let mut both = Self {
            early: Deployment::unopened(Jar::default()),
            whole: Browser::new(),
        };
        both.early.set_schemes(schemes);
        both.early.set_fleet(fleet);
        both.whole.deployment.set_schemes(schemes);
        both.whole.deployment.set_fleet(fleet);
        both
    }

    fn plain() -> Self {
        Self::new(&[Scheme::STATEFUL, Scheme::STATELESS], &Fleet::default())
    }

    /// What the early one says to these; `None` where the database is needed.
    fn attempt(&mut self, page: &PageContext, errands: &[Errand]) -> Option<Vec<Exchange>> {
        let now = self.whole.now;
        self.early.attempt(|deployment| {
            in_environment(now, &mut 0, |environment| {
                deployment.carry(page, errands, environment).exchanges
            })
        })
    }

    /// The same deployment, once the database is there.
    fn open(self) -> Browser {
        let mut whole = self.whole;
        let store: SqliteStore = whole.traced.store();
        let opened = in_environment(whole.now, &mut 0, |environment| {
            self.early.open(store, environment)
        });
        whole.deployment = opened.expect("the store works");
        whole
    }
}

fn me() -> [Errand; 2] {
    Lane::BOTH.map(|lane| errand(lane, "GET", "/me", ""))
}

#[test]
fn whoever_is_not_signed_in_is_told_so_before_the_database_is_open() {
    let mut both = Both::plain();
    let page = both.whole.page();
    let early = both.attempt(&page, &me()).expect("no record is needed");
    assert_eq!(early.iter().map(status).collect::<Vec<_>>(), [401, 401]);
    assert_eq!(early, both.whole.carry(&me()).exchanges);
}

#[test]
fn what_needs_a_record_or_a_key_waits() {
    let wrong = with_copy(errand(Lane::B, "GET", "/me", ""), "e30.e30.e30");
    let with_id = |id| with_copy(errand(Lane::A, "GET", "/me", ""), &format!("sid={id}"));
    for (what, needs, errand) in [
        (
            "a path that there is none of",
            false,
            errand(Lane::A, "GET", "/nowhere", ""),
        ),
        (
            "content, in which a password may be",
            true,
            errand(Lane::A, "POST", "/nowhere", "{}"),
        ),
        (
            "no credential",
            false,
            errand(Lane::B, "GET", "/orders", ""),
        ),
        (
            "a sign-in",
            true,
            errand(Lane::A, "POST", "/login", &credentials("wrong")),
        ),
        ("what is no session ID", true, with_id("7")),
        ("a session ID", true, with_id(&"A".repeat(43))),
        ("a token", true, wrong),
        (
            "the published keys",
            true,
            errand(Lane::B, "GET", "/.well-known/jwks.json", ""),
        ),
    ] {
        let mut both = Both::plain();
        let page = both.whole.page();
        let answered = both.attempt(&page, std::slice::from_ref(&errand));
        assert_eq!(answered.is_none(), needs, "{what}");
        if errand.credential == Presented::FromBrowser {
            let now = both.whole.now;
            let tried = both.early.attempt(|deployment| {
                in_environment(now, &mut 0, |environment| {
                    deployment.preview(&page, &errand, environment)
                })
            });
            assert_eq!(tried.is_none(), needs, "{what}, tried");
        }
    }
}

#[test]
fn what_waited_is_carried_out_once_and_what_was_answered_counts() {
    let mut both = Both::plain();
    let page = both.whole.page();
    assert!(both.attempt(&page, &me()).is_some());
    let sign_in = errand(Lane::A, "POST", "/login", &credentials("sample-password"));
    // Of two in one command one needs the database: neither is carried out.
    let [left, _] = me();
    let together = [left, sign_in.clone()];
    assert!(both.attempt(&page, &together).is_none());
    assert!(both.attempt(&page, &together).is_none());
    let again = both.attempt(&page, &me()).expect("no record is needed");
    assert_eq!(again.iter().map(|it| it.number).collect::<Vec<_>>(), [3, 4]);

    let mut whole = both.open();
    let carried = whole.carry(&together).exchanges;
    assert_eq!(carried.iter().map(status).collect::<Vec<_>>(), [401, 200]);
    assert_eq!(
        carried.iter().map(|it| it.number).collect::<Vec<_>>(),
        [5, 6]
    );
    let view = whole.deployment.observe_fleet();
    let answered: Vec<u32> = view.lanes.iter().map(|lane| lane[0].answered).collect();
    assert_eq!(answered, [4, 2]);
    assert_eq!(status(&whole.send(Lane::A, "GET", "/me")), 200);
    assert_eq!(status(&whole.sign_in(Lane::B)), 200);
}

#[test]
fn under_every_scheme_and_fleet_an_early_answer_is_the_one_that_would_come_later() {
    for scheme in schemes() {
        for fleet in fleets(&scheme) {
            for path in [
                "/me", "/orders", "/refresh", "/logout", "/login", "/nowhere",
            ] {
                let method = if matches!(path, "/me" | "/orders") {
                    "GET"
                } else {
                    "POST"
                };
                let errands = Lane::BOTH.map(|lane| errand(lane, method, path, ""));
                let mut both = Both::new(&[scheme, scheme], &fleet);
                let page = both.whole.page();
                if let Some(early) = both.attempt(&page, &errands) {
                    let later = both.whole.carry(&errands).exchanges;
                    assert_eq!(early, later, "{scheme:?} {fleet:?} {path}");
                }
            }
        }
    }
}

/// The balancer's cookie is the user agent's to keep, and that comes with the database.
#[test]
fn what_is_to_bring_the_balancers_cookie_waits() {
    for (lane, balancer, needs) in [
        (Lane::A, Balancer::StickyCookie, true),
        (Lane::B, Balancer::StickyCookie, false),
        (Lane::A, Balancer::RoundRobin, false),
    ] {
        let fleet = Fleet {
            servers: 3,
            balancer,
            ..Fleet::default()
        };
        let mut both = Both::new(&[Scheme::STATEFUL, Scheme::STATELESS], &fleet);
        let page = both.whole.page();
        let me = [errand(lane, "GET", "/me", "")];
        assert_eq!(
            both.attempt(&page, &me).is_none(),
            needs,
            "{lane} {balancer:?}"
        );
    }
}
