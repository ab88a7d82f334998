//! The same seed and the same clock give the same bytes.

use protocol::Lane;

use crate::browser::{Browser, credentials, errand};

fn run() -> Vec<Vec<u8>> {
    let mut browser = Browser::new();
    let password = credentials(server::SAMPLE_PASSWORD);
    let mut bytes = Vec::new();
    for (seconds, method, path, body) in [
        (0, "POST", "/login", password.as_str()),
        (1, "GET", "/me", ""),
        (61, "GET", "/me", ""),
        (62, "GET", "/nothing", ""),
        (62, "POST", "/orders", r#"{"item":"Tea"}"#),
        (62, "GET", "/orders", ""),
        (62, "GET", "/admin/users", ""),
        (63, "POST", "/logout", ""),
        (64, "GET", "/me", ""),
    ] {
        browser.now = crate::browser::START.plus_seconds(seconds);
        let errands = Lane::BOTH.map(|lane| errand(lane, method, path, body));
        let carried = browser.carry(&errands);
        let whole = (
            carried.exchanges,
            carried.removal_lines,
            carried.jar_changed,
        );
        bytes.push(postcard::to_stdvec(&whole).expect("postcard carries it"));
        bytes.push(postcard::to_stdvec(browser.deployment.jar()).expect("postcard carries it"));
    }
    let observed = browser.deployment.observe(browser.now);
    bytes.push(postcard::to_stdvec(&observed.expect("it works")).expect("postcard carries it"));
    bytes
}

#[test]
fn two_runs_give_the_same_bytes() {
    let first = run();
    assert!(first.iter().map(Vec::len).sum::<usize>() > 5_000);
    assert_eq!(first, run());
}
