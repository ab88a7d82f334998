//! What the page, the user or localStorage supplies never becomes a field or a line of its own. RFC 9112, 11.1.

use proptest::prelude::*;
use protocol::{Errand, Header, Lane};

use crate::browser::{Browser, errand, status, with_copy};

const EVIL: &str = "x\r\nX-Evil: 1\r\n\r\nGET /sub/logout HTTP/1.1\r\nX-Evil: 2";

/// The lines of the request's head on the wire.
fn head(errand: Errand, token: Option<&str>) -> Vec<String> {
    let mut browser = Browser::new();
    browser.token = token.map(str::to_owned);
    let exchange = browser.send_errand(errand);
    let text = exchange.request.to_string();
    let (head, body) = text.split_once("\r\n\r\n").expect("the head ends");
    assert_eq!(body, exchange.request.body);
    let lines: Vec<String> = head.split("\r\n").map(str::to_owned).collect();
    assert_eq!(lines.len(), 1 + exchange.request.headers.len(), "{head}");
    for line in &lines {
        assert!(!line.contains(['\r', '\n', '\0']), "{line:?}");
        assert!(!line.starts_with("X-Evil"), "{line:?}");
    }
    assert_eq!(lines[0].split(' ').count(), 3, "{}", lines[0]);
    lines
}

#[test]
fn line_breaks_add_nothing_wherever_they_stand() {
    let fields = |headers: Vec<Header>| Errand {
        headers,
        ..errand(Lane::B, "GET", "/me", "")
    };
    let plain = head(fields(vec![]), None).len();
    for lane in Lane::BOTH {
        assert_eq!(
            head(errand(lane, "GET", &format!("/{EVIL}"), ""), None).len(),
            plain
        );
        assert_eq!(
            head(errand(lane, "GET", "/me ? x y", ""), None).len(),
            plain
        );
    }
    assert_eq!(
        head(fields(vec![Header::new("X-Fine", EVIL)]), None).len(),
        plain + 1
    );
    // A name that is none is left out, as the browser's own `Request` would refuse it.
    for name in ["X-Evil: 1\r\nX-Other", "X-Evil:", "", "X Evil", "Ä"] {
        let header = Header::new(name, "1");
        assert_eq!(head(fields(vec![header]), None).len(), plain, "{name:?}");
    }
    assert_eq!(head(fields(vec![]), Some(EVIL)).len(), plain + 1);
    head(errand(Lane::A, &format!("GET{EVIL}"), "/me", ""), None);
    head(
        errand(Lane::A, "GET /sub/logout HTTP/1.1\r\nX-Evil: 1", "/me", ""),
        None,
    );
}

#[test]
fn line_breaks_in_a_copy_add_nothing_either() {
    for (lane, name) in [(Lane::A, "Cookie"), (Lane::B, "Authorization")] {
        let me = || errand(lane, "GET", "/me", "");
        let plain = head(me(), None).len();
        for copy in [EVIL, "\n", "\r", "\0", "", "a\r\n\r\nb", "x\nX-Evil: 1"] {
            let lines = head(with_copy(me(), copy), None);
            assert_eq!(lines.len(), plain + 1, "{copy:?}");
            let carrying = lines.iter().filter(|line| line.starts_with(name)).count();
            assert_eq!(carrying, 1, "{copy:?}");
        }
    }
}

#[test]
fn targets_are_encoded_and_lose_their_fragment() {
    for (path, target) in [
        ("/me?a=b&c=%20", "/sub/me?a=b&c=%20"),
        ("/me#part", "/sub/me"),
        ("/ä b", "/sub/%C3%A4%20b"),
        ("/\r\n", "/sub/%0D%0A"),
    ] {
        let exchange = Browser::new().send(Lane::A, "GET", path);
        assert_eq!(exchange.request.target, target);
    }
}

#[test]
fn a_field_that_the_page_sets_itself_stands_once() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    let own = Errand {
        headers: vec![
            Header::new("authorization", "Bearer mine"),
            Header::new("ACCEPT", "*/*"),
        ],
        ..errand(Lane::B, "GET", "/me", "")
    };
    let exchange = browser.send_errand(own);
    assert_eq!(status(&exchange), 401);
    for name in ["Authorization", "Accept"] {
        let count = exchange
            .request
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .count();
        assert_eq!(count, 1, "{name}");
    }
    assert_eq!(
        exchange.request.header("Authorization"),
        Some("Bearer mine")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_adds_a_line(
        path in "(/|[\\PC\\r\\n\\t :])[\\PC\\r\\n\\x00]{0,20}",
        name in "[A-Za-z:\\r\\n -]{0,12}",
        value in "[\\PC\\r\\n\\x00]{0,20}",
        token in "[A-Za-z.\\r\\n: ä]{0,30}",
        stateful in any::<bool>(),
    ) {
        let lane = if stateful { Lane::A } else { Lane::B };
        let one = Errand {
            headers: vec![Header::new(name, value)],
            ..errand(lane, "GET", &path, "")
        };
        let copied = head(with_copy(one.clone(), &token), None).len();
        prop_assert!((3..=5).contains(&copied), "{copied}");
        let lines = head(one, Some(&token)).len();
        prop_assert!((3..=5).contains(&lines), "{lines}");
    }
}
