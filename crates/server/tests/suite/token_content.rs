//! The token that a sign-in gives, and that nothing is stored for it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{Access, Check, Fact, Lane, NewKey, Outcome, Request, Scheme, Service, Site};
use rusqlite::Connection;
use rusqlite::types::Value;
use server::{Environment, Handled, Policy, Server, sample_accounts};
use sessions::SqliteStore;
use tokens::{Algorithm, Key, make_key, signature};

use crate::fixture::{
    NOW, ORIGIN, Verdict, assert_verdict, bearer, get, json, key, member_signs_in, operations,
    outcome, site, worlds,
};
use crate::plans::{TOKEN_ME, TOKEN_SIGN_IN};

fn part(token: &str, index: usize) -> serde_json::Value {
    let part = token.split('.').nth(index).expect("it has three parts");
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("it is base64url");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

#[test]
fn the_token_says_exactly_this() {
    for mut world in worlds() {
        let handled = world.send(Lane::B, &member_signs_in());
        let answer = json(&handled.response);
        let token = answer["access_token"].as_str().expect("it is text");
        assert_eq!(
            answer,
            serde_json::json!({ "access_token": token, "token_type": "Bearer", "expires_in": 900 })
        );
        assert_eq!(
            part(token, 0),
            serde_json::json!({ "alg": "HS256", "typ": "at+jwt", "kid": "k1" })
        );
        assert_eq!(
            part(token, 1),
            serde_json::json!({
                "iss": "ticket-or-passport",
                "sub": "42",
                "aud": "api",
                "iat": NOW.seconds(),
                "exp": NOW.seconds() + 900,
                // Twelve random bytes, all 1 in this world.
                "jti": "AQEBAQEBAQEBAQEB",
                "role": "member",
                "name": "Mira Lind",
            })
        );
        let bytes = u32::try_from(token.len()).expect("it is short");
        assert_eq!(
            outcome(&handled, Check::TokenIssued),
            &Outcome::Passed(Fact::TokenIssued {
                kid: String::from("k1"),
                algorithm: String::from("HS256"),
                expires: NOW.plus_seconds(900),
                bytes,
            })
        );
        let made: u32 = handled
            .steps
            .iter()
            .map(|step| step.cost.signatures_made)
            .sum();
        assert_eq!(made, 1);
        assert_eq!(handled.response.header("Set-Cookie"), None);

        let me = world.send(Lane::B, &bearer(get("/me"), token));
        assert_verdict(world.name, &me, TOKEN_ME, &Verdict::Done(200));
    }
}

#[test]
fn each_token_has_an_id_of_its_own() {
    let [mut world, _] = worlds();
    let [first, second] = [(); 2].map(|()| {
        let handled = world.send(Lane::B, &member_signs_in());
        let answer = json(&handled.response);
        part(answer["access_token"].as_str().expect("it is text"), 1)["jti"].clone()
    });
    assert_ne!(first, second);
}

/// A moment between two seconds: the token says whole ones, and what is said of it is what it says.
#[test]
fn the_expiry_that_is_said_is_the_tokens_own() {
    for mut world in worlds() {
        world.now = protocol::Timestamp::from_milliseconds(NOW.milliseconds() + 999);
        let handled = world.send(Lane::B, &member_signs_in());
        let answer = json(&handled.response);
        let token = answer["access_token"].as_str().expect("it is text");
        let exp = part(token, 1)["exp"].as_i64().expect("it is a number");
        assert!(matches!(
            outcome(&handled, Check::TokenIssued),
            Outcome::Passed(Fact::TokenIssued { expires, .. }) if expires.milliseconds() == exp * 1000
        ));
        world.now = protocol::Timestamp::from_seconds(exp);
        let refused = world.send(Lane::B, &bearer(get("/me"), token));
        assert_eq!(refused.response.status, 401);
    }
}

fn send(server: &Server, store: &mut SqliteStore, request: &Request, site: &Site) -> Handled {
    let mut environment = Environment {
        now: NOW,
        random: &mut |bytes| bytes.fill(7),
        stopwatch: &|| 0.0,
    };
    server.handle(request, site, store, &mut environment)
}

fn tables(store: &SqliteStore) -> Vec<Vec<Value>> {
    let connection = store.connection();
    protocol::Table::ALL
        .map(protocol::Table::name)
        .into_iter()
        .flat_map(|table| {
            let sql = format!("SELECT * FROM {table}");
            let mut statement = connection.prepare(&sql).expect("the table is there");
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| (0..columns).map(|it| row.get(it)).collect());
            let rows: rusqlite::Result<Vec<_>> = rows.expect("it runs").collect();
            rows.expect("it reads")
        })
        .collect()
}

/// What is stored, and how often anything was written.
pub(crate) fn changes(store: &SqliteStore) -> (Vec<Vec<Value>>, u64) {
    (tables(store), store.connection().total_changes())
}

fn server_with(keys: Vec<Key>) -> Server {
    server_of(Algorithm::Hs256, keys)
}

fn server_of(algorithm: Algorithm, keys: Vec<Key>) -> Server {
    Server::new(
        Lane::B,
        Service::Main,
        Scheme::STATELESS,
        Policy::default(),
        algorithm,
        keys,
    )
}

/// What the stateless server does with this request on this store.
pub(crate) fn stateless_store(store: &mut SqliteStore, request: &Request) -> Handled {
    let server = server_with(vec![key()]);
    send(&server, store, request, &site(ORIGIN, "/sub/"))
}

#[test]
fn the_stateless_sign_in_stores_nothing() {
    let connection = Connection::open_in_memory().expect("memory is there");
    let mut store = SqliteStore::open(connection, &sample_accounts()).expect("it is empty");
    let before = changes(&store);
    assert_eq!(before.0.len(), 3);

    let handled = stateless_store(&mut store, &member_signs_in());
    assert_verdict("SQLite", &handled, TOKEN_SIGN_IN, &Verdict::Done(200));
    let written = operations(&handled.steps)
        .iter()
        .any(|operation| operation.access == Access::Write);
    assert!(!written);
    assert_eq!(changes(&store), before);
}

/// That the server can't sign is its own failure, and nobody's wrong token.
#[test]
fn without_a_key_nobody_signs_in() {
    let connection = Connection::open_in_memory().expect("memory is there");
    let mut store = SqliteStore::open(connection, &sample_accounts()).expect("it is empty");
    let server = server_with(Vec::new());
    let handled = send(
        &server,
        &mut store,
        &member_signs_in(),
        &site(ORIGIN, "/sub/"),
    );
    let rejection = protocol::Rejection::SigningFailed {
        problem: protocol::SigningProblem::NoKey,
    };
    let verdict = Verdict::Refused(500, Check::TokenIssued, rejection);
    assert_verdict("SQLite", &handled, TOKEN_SIGN_IN, &verdict);
}

/// RFC 9864 names it `Ed25519`, and RFC 8037 named it `EdDSA`: a server of that algorithm takes both names, and no other.
#[test]
fn an_algorithm_of_two_names_is_taken_by_either() {
    let chance = &mut |bytes: &mut [u8]| bytes.fill(7);
    let key = make_key(NewKey::Ed25519, chance, &mut |_| ()).with_kid("k1");
    let connection = Connection::open_in_memory().expect("memory is there");
    let mut store = SqliteStore::open(connection, &sample_accounts()).expect("it is empty");
    let server = server_of(Algorithm::EdDsa, vec![key.clone()]);
    let issued = server.sample_token(NOW).expect("it has a key");
    let payload = issued.split('.').nth(1).expect("it has three parts");
    for (name, status) in [("EdDSA", 200), ("Ed25519", 200), ("ES256", 401)] {
        let header = serde_json::json!({ "alg": name, "typ": "at+jwt", "kid": "k1" }).to_string();
        let input = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(header));
        let made = signature(&input, &key, Algorithm::EdDsa).expect("it signs");
        let request = bearer(get("/me"), &format!("{input}.{made}"));
        let handled = send(&server, &mut store, &request, &site(ORIGIN, "/sub/"));
        assert_eq!(handled.response.status, status, "{name}");
    }
}
