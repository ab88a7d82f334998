//! Servers that have not all the same key, and what their users meet.

use protocol::{
    Check, ChosenBy, Fact, Fault, FaultKind, Fleet, FleetKeys, Lane, NewKey, Outcome, Party,
    Rejection, ServerAlgorithm, TokenRejection,
};
use server::SAMPLE_PASSWORD;

use crate::browser::{Browser, credentials, errand, picked, status};
use crate::faults::{deploy, notes, round, sign_in_at};
use crate::services::made;

#[test]
fn a_server_without_the_key_refuses_and_the_observer_knows_who_has_it() {
    for (kind, rejection) in [
        (FaultKind::KeyTaken, TokenRejection::NoKey),
        (FaultKind::KeyOld, TokenRejection::NoKey),
    ] {
        let mut browser = Browser::new();
        deploy(&mut browser, &[]);
        browser.sign_in(Lane::B);
        deploy(&mut browser, &[(kind, 2, 2)]);
        let me = browser.send(Lane::B, "GET", "/me");
        assert_eq!(picked(&me), Some(2));
        assert_eq!(me.rejection(), Some(&Rejection::Token(rejection)));
        let line = Outcome::Noted(Fact::KeyIn {
            servers: 2,
            first: 1,
        });
        assert_eq!(notes(&me, Party::Observer), [(Check::KeyLocated, line)]);
        let view = browser.deployment.observe_fleet();
        let holds = view.lanes[1].iter().map(|it| (it.keys, it.can_sign));
        assert_eq!(
            holds.collect::<Vec<_>>(),
            [(1, true), (0, false), (1, true)]
        );
    }
    // A token that no key of theirs has signed is nowhere at home.
    let mut browser = Browser::new();
    deploy(&mut browser, &[(FaultKind::KeyTaken, 1, 1)]);
    let stranger = tokens::Key::secret([7; 32]).with_kid("1");
    let claims = tokens::Claims::default();
    let token = tokens::sign(&claims, "at+jwt", &stranger, tokens::Algorithm::Hs256);
    browser.token = Some(token.expect("the key is long enough"));
    let me = browser.send(Lane::B, "GET", "/me");
    assert_eq!((picked(&me), status(&me)), (Some(1), 401));
    assert_eq!(notes(&me, Party::Observer), []);
    // Nobody has it: there is nothing to say.
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    deploy(&mut browser, &[(FaultKind::KeyTaken, 1, 3)]);
    let me = browser.send(Lane::B, "GET", "/me");
    assert_eq!(
        (status(&me), notes(&me, Party::Observer)),
        (401, Vec::new())
    );
}

/// A new key has reached one server of three.
#[test]
fn tokens_of_a_key_that_is_not_everywhere_are_refused_where_it_is_not() {
    for overlap in [true, false] {
        let mut browser = Browser::new();
        deploy(&mut browser, &[]);
        browser.sign_in(Lane::B);
        let old_token = browser.token.clone();
        let key = made(NewKey::Hmac { octets: 32 });
        let rotated = browser.deployment.rotate_key(&key, overlap, browser.now);
        assert!(rotated.is_ok());
        deploy(&mut browser, &[(FaultKind::KeyOld, 2, 3)]);
        let view = browser.deployment.observe_fleet();
        let newest = view.lanes[1].iter().map(|it| it.has_newest_key);
        assert_eq!(newest.collect::<Vec<_>>(), [true, false, false]);

        // Those that were not told go on with what they knew.
        let at_first = if overlap { 200 } else { 401 };
        assert_eq!(round(&mut browser, Lane::B), [at_first, 200, 200]);

        assert_eq!(status(&sign_in_at(&mut browser, 1)), 200);
        assert_eq!(round(&mut browser, Lane::B), [200, 401, 401]);
        let me = browser.send(Lane::B, "GET", "/me");
        let unknown = TokenRejection::KeyUnknown {
            kid: Some(String::from("2")),
        };
        assert_eq!(me.rejection(), Some(&Rejection::Token(unknown)));
        let line = Outcome::Noted(Fact::KeyIn {
            servers: 1,
            first: 1,
        });
        assert_eq!(notes(&me, Party::Observer), [(Check::KeyLocated, line)]);

        // One that was not told signs with what it had.
        assert_eq!(status(&sign_in_at(&mut browser, 3)), 200);
        assert_ne!(browser.token, old_token);
        assert_eq!(round(&mut browser, Lane::B), [at_first, 200, 200]);
    }
}

#[test]
fn public_halves_verify_and_only_the_first_server_signs() {
    let mut browser = Browser::new();
    let algorithm = ServerAlgorithm::EdDsa;
    let key = made(NewKey::Ed25519);
    let adopted = browser.deployment.adopt_key(algorithm, &key, browser.now);
    assert_eq!(adopted, Ok(()));
    browser.deployment.set_token_algorithm(algorithm);
    let mut fleet = Fleet {
        servers: 3,
        keys: FleetKeys::PublicHalves,
        ..Fleet::default()
    };
    browser.deployment.set_fleet(&fleet);
    browser.send(Lane::B, "GET", "/me");
    let signed_in = browser.sign_in(Lane::B);
    let chosen = Outcome::Passed(Fact::ServerPicked {
        server: 1,
        of: 3,
        by: ChosenBy::SignsAlone,
    });
    assert!(signed_in.steps.iter().any(|step| step.outcome == chosen));
    assert_eq!(round(&mut browser, Lane::B), [200; 3]);
    let view = browser.deployment.observe_fleet();
    let signs = view.lanes[1].iter().map(|it| (it.can_sign, it.keys));
    assert_eq!(
        signs.collect::<Vec<_>>(),
        [(true, 1), (false, 1), (false, 1)]
    );

    // Once the one that signs is dead, nobody new gets in; who has a token goes on.
    fleet.faults.push(Fault {
        kind: FaultKind::ServerDown,
        first: 1,
        last: 1,
    });
    browser.deployment.set_fleet(&fleet);
    for _ in 0..3 {
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
    }
    let sign_in = errand(Lane::B, "POST", "/login", &credentials(SAMPLE_PASSWORD));
    let refused = browser.send_errand(sign_in);
    assert_eq!(
        refused.rejection(),
        Some(&Rejection::NoServer { servers: 1 })
    );
    // Sessions need no signature: any server signs users in.
    assert!(picked(&browser.sign_in(Lane::A)).is_some_and(|server| server > 1));
}

/// A shared secret has no half: all hold it, and all sign.
#[test]
fn with_a_shared_secret_public_halves_are_whole() {
    let mut browser = Browser::new();
    browser.deployment.set_fleet(&Fleet {
        servers: 3,
        keys: FleetKeys::PublicHalves,
        ..Fleet::default()
    });
    browser.send(Lane::B, "GET", "/me");
    assert_eq!(picked(&browser.sign_in(Lane::B)), Some(2));
    let view = browser.deployment.observe_fleet();
    assert!(view.lanes[1].iter().all(|server| server.can_sign));
}
