//! With what the stateless server signs, who holds which key, and what the services make of a token.

use protocol::{
    Check, Exchange, Fact, GivenKey, InspectionOptions, KeyFacts, KeyProblem, Lane, NewKey,
    Outcome, Party, Rejection, ServerAlgorithm, Service, Signer, SigningProblem, TokenOutcome,
    TokenRejection, TokenStep,
};

use sessions::KeyStore;
use user_agent::Jar;

use crate::browser::{Browser, START, errand, in_environment, status, with_copy};

const SERVICE_PATHS: [(&str, u32); 2] = [("/services/orders", 2), ("/services/billing", 3)];

/// The key that a lab worker would make.
pub(crate) fn made(new: NewKey) -> GivenKey {
    // SplitMix64: primes are not found in chance that soon repeats itself.
    let mut state = 0_u64;
    let mut random = |bytes: &mut [u8]| {
        for byte in bytes {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            *byte = (mixed >> 56) as u8;
        }
    };
    tokens::make_key(new, &mut random, &mut |_| ()).to_given()
}

/// A browser whose stateless server signs with this.
fn browser(algorithm: ServerAlgorithm) -> Browser {
    let mut browser = Browser::new();
    let new = match algorithm {
        ServerAlgorithm::Hs256 => return browser,
        ServerAlgorithm::Rs256 => NewKey::Rsa { bits: 2048 },
        ServerAlgorithm::Es256 => NewKey::P256,
        ServerAlgorithm::EdDsa => NewKey::Ed25519,
    };
    let adopted = browser
        .deployment
        .adopt_key(algorithm, &made(new), browser.now);
    assert_eq!(adopted, Ok(()));
    browser.deployment.set_token_algorithm(algorithm);
    browser
}

fn held(step: &TokenStep) -> bool {
    matches!(step.outcome, TokenOutcome::Passed(_))
}

fn holders(browser: &mut Browser) -> Vec<(Service, bool)> {
    let seen = browser.deployment.observe(START).expect("it works");
    seen.held_keys
        .into_iter()
        .map(|held| (held.service, held.key.private))
        .collect()
}

fn content(exchange: &Exchange) -> serde_json::Value {
    let response = exchange.response.as_ref().expect("it answered");
    serde_json::from_str(&response.body).expect("it is JSON")
}

fn answering_server(exchange: &Exchange) -> Party {
    exchange
        .steps
        .iter()
        .find(|step| step.check == Check::Answered)
        .expect("it answered")
        .party
}

#[test]
fn services_take_the_token_of_each_algorithm_and_answer_themselves() {
    for algorithm in ServerAlgorithm::ALL {
        let mut browser = browser(algorithm);
        browser.sign_in(Lane::B);
        let token = browser.copy(Lane::B);
        let header = browser
            .deployment
            .inspect(&token, &InspectionOptions::default(), START)
            .header
            .expect("it is text");
        let named = format!("\"alg\":\"{}\"", algorithm.name());
        assert!(header.contains(&named), "{header}");
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
        for (path, number) in SERVICE_PATHS {
            let exchange = browser.send(Lane::B, "GET", path);
            assert_eq!(status(&exchange), 200, "{path} {algorithm:?}");
            assert_eq!(answering_server(&exchange), Party::Server(number));
            assert!(
                exchange
                    .steps
                    .iter()
                    .any(|step| step.party == Party::Balancer
                        && step.outcome == Outcome::Passed(Fact::ServerChosen(number)))
            );
            assert_eq!(exchange.ledger.authentication.reads, 0);
        }
    }
}

#[test]
fn the_stateful_services_must_ask_the_store() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    for (path, number) in SERVICE_PATHS {
        let exchange = browser.send(Lane::A, "GET", path);
        assert_eq!(status(&exchange), 200, "{path}");
        assert_eq!(answering_server(&exchange), Party::Server(number));
        assert_eq!(exchange.ledger.authentication.reads, 1, "{path}");
    }
}

#[test]
fn a_service_answers_for_what_is_its_own_alone() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    for path in [
        "/services",
        "/services/",
        "/services/me",
        "/services/orders/",
    ] {
        assert_eq!(status(&browser.send(Lane::B, "GET", path)), 404, "{path}");
    }
    assert_eq!(
        status(&browser.send(Lane::B, "POST", "/services/orders")),
        405
    );
    let billed = browser.send(Lane::B, "GET", "/services/billing?month=1");
    assert_eq!(content(&billed)["user"], 42);
}

#[test]
fn the_services_hold_the_public_half_and_of_a_secret_the_whole() {
    for algorithm in ServerAlgorithm::ALL {
        let mut browser = browser(algorithm);
        let shared = algorithm == ServerAlgorithm::Hs256;
        assert_eq!(
            holders(&mut browser),
            [
                (Service::Main, true),
                (Service::Orders, shared),
                (Service::Billing, shared)
            ],
            "{algorithm:?}"
        );
    }
}

/// Whoever can check a shared secret's signature can make one.
#[test]
fn a_service_can_forge_where_the_secret_is_shared() {
    for algorithm in ServerAlgorithm::ALL {
        let mut browser = browser(algorithm);
        browser.sign_in(Lane::B);
        let token = browser.copy(Lane::B);
        let (input, _) = token.rsplit_once('.').expect("it has three parts");
        let signer = Signer::Service(Service::Billing);
        let signed = browser.deployment.sign(input, &signer);
        if algorithm != ServerAlgorithm::Hs256 {
            assert_eq!(signed, Err(SigningProblem::PublicOnly), "{algorithm:?}");
            continue;
        }
        let forged = format!("{input}.{}", signed.expect("it holds the secret"));
        let request = with_copy(errand(Lane::B, "GET", "/me", ""), &forged);
        assert_eq!(status(&browser.send_errand(request)), 200);
    }
}

#[test]
fn public_halves_are_published_and_secrets_never() {
    for algorithm in ServerAlgorithm::ALL {
        let mut browser = browser(algorithm);
        let exchange = browser.send(Lane::B, "GET", "/.well-known/jwks.json");
        assert_eq!(status(&exchange), 200);
        let response = exchange.response.as_ref().expect("it answered");
        assert_eq!(
            response.header("Content-Type"),
            Some("application/jwk-set+json")
        );
        let set = content(&exchange);
        let keys = set["keys"].as_array().expect("it is a set");
        if algorithm == ServerAlgorithm::Hs256 {
            assert!(keys.is_empty(), "{set}");
            continue;
        }
        assert_eq!(keys.len(), 1, "{set}");
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(keys[0].get(private).is_none(), "{set}");
        }
        // Whoever has fetched the set can verify what the server issues.
        browser.sign_in(Lane::B);
        let options = InspectionOptions {
            key: Some(GivenKey {
                text: response.body.clone(),
                ..GivenKey::default()
            }),
            ..Default::default()
        };
        let token = browser.copy(Lane::B);
        let inspection = browser.deployment.inspect(&token, &options, START);
        assert!(inspection.checks.iter().all(held), "{inspection:?}");
    }
    // Whoever knows its users by sessions has nothing to publish.
    let mut browser = Browser::new();
    let exchange = browser.send(Lane::A, "GET", "/.well-known/jwks.json");
    assert_eq!(status(&exchange), 404);
}

#[test]
fn with_another_algorithm_tokens_of_before_are_refused() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    let es256 = ServerAlgorithm::Es256;
    browser.deployment.set_token_algorithm(es256);
    assert_eq!(
        status(&browser.send(Lane::B, "GET", "/me")),
        200,
        "there is no key for it: all is as before"
    );
    let adopted = browser
        .deployment
        .adopt_key(es256, &made(NewKey::P256), START);
    assert_eq!(adopted, Ok(()));
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
    browser.deployment.set_token_algorithm(es256);
    let refused = browser.send(Lane::B, "GET", "/me");
    assert_eq!(
        refused.rejection(),
        Some(&Rejection::Token(TokenRejection::AlgorithmNotAllowed {
            name: String::from("HS256"),
            allowed: vec![String::from("ES256")],
        }))
    );
    browser
        .deployment
        .set_token_algorithm(ServerAlgorithm::Hs256);
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
}

#[test]
fn only_a_key_that_could_sign_so_is_adopted() {
    let mut browser = Browser::new();
    let public = {
        let (keys, _) = tokens::read_keys(&made(NewKey::P256));
        keys[0].public_half().expect("it has one").to_given()
    };
    let text = |text: &str| GivenKey {
        text: text.to_owned(),
        ..GivenKey::default()
    };
    let es256 = ServerAlgorithm::Es256;
    for (algorithm, key, problem) in [
        (es256, public, SigningProblem::PublicOnly),
        (
            es256,
            made(NewKey::Ed25519),
            SigningProblem::Unfit {
                algorithm: String::from("ES256"),
            },
        ),
        (
            es256,
            text(""),
            SigningProblem::Unreadable(KeyProblem::Empty),
        ),
    ] {
        let adopted = browser.deployment.adopt_key(algorithm, &key, START);
        assert_eq!(adopted, Err(Rejection::SigningFailed { problem }));
    }
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.keys.len(), 1);

    // The first stays.
    for key in [made(NewKey::P256), made(NewKey::Ed25519)] {
        let adopted = browser.deployment.adopt_key(es256, &key, START);
        assert_eq!(adopted, Ok(()));
    }
    let seen = browser.deployment.observe(START).expect("it works");
    let kinds: Vec<_> = seen
        .keys
        .iter()
        .map(|key| (key.kid.as_str(), key.algorithm.as_str(), key.bits))
        .collect();
    assert_eq!(kinds, [("1", "HS256", 256), ("2", "ES256", 256)]);

    browser.reset();
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.keys.len(), 1, "as at the first visit");
    assert!(seen.held_keys.iter().all(|held| {
        let KeyFacts { private, bits, .. } = held.key;
        private && bits == 256
    }));
}

/// What was adopted is there after a restart.
#[test]
fn an_adopted_key_outlives_the_server() {
    let mut browser = browser(ServerAlgorithm::EdDsa);
    browser.sign_in(Lane::B);
    let mut store = sessions::MemoryStore::new(server::sample_accounts());
    for key in browser.deployment.store_mut().keys().expect("it works") {
        store.add_key(&key).expect("it is new");
    }
    let again = in_environment(START, &mut 100, |environment| {
        deployment::Deployment::start(store, Jar::default(), environment)
    });
    let mut again = again.expect("it starts");
    again.set_token_algorithm(ServerAlgorithm::EdDsa);
    let token = browser.copy(Lane::B);
    let inspection = again.inspect(&token, &InspectionOptions::default(), START);
    assert!(inspection.checks.iter().all(held), "{inspection:?}");
}

/// The half that is shown for publishing is that of the key in hand, or of the one that signs; a secret has none.
#[test]
fn a_public_half_can_be_had_of_each_key_but_a_secret() {
    for algorithm in ServerAlgorithm::ALL {
        let browser = browser(algorithm);
        let own = browser.deployment.public_half(None);
        assert_eq!(own.is_some(), algorithm != ServerAlgorithm::Hs256);
        let given = made(NewKey::P256);
        let half = browser.deployment.public_half(Some(&given));
        let half = half.expect("a pair has one");
        assert!(half.pem.starts_with("-----BEGIN PUBLIC KEY-----"));
        assert_eq!(
            own.is_some_and(|own| own.pem == half.pem),
            algorithm == ServerAlgorithm::Es256
        );
    }
}
