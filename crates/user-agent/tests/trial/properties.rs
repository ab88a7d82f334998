//! What holds for any trial.

use proptest::prelude::*;
use protocol::{CookieFate, CookieText, MatrixCell};

use super::*;

const PIECES: [&str; 22] = [
    "a=b",
    "__Host-a=b",
    "a",
    "=",
    "; Path=/",
    "; Path=/app",
    "; Secure",
    "; HttpOnly",
    "; SameSite=Lax",
    "; SameSite=None",
    "; SameSite=Strict",
    "; Domain=example.org",
    "; c=d",
    "; Max-Age=60",
    "; Max-Age=0",
    "\n",
    "\r\n",
    "Set-Cookie: ",
    "Cookie: ",
    "document.cookie = \"",
    "\"",
    "ä",
];

fn some_place() -> impl Strategy<Value = Place> {
    let origin = prop::sample::select(vec![
        "https://www.example.org",
        "http://www.example.org",
        "https://example.org",
        "null",
        "",
    ]);
    let path = prop::sample::select(vec!["/", "/app/login", "", "x"]);
    (origin, path).prop_map(|(origin, path)| place(origin, path))
}

fn text() -> impl Strategy<Value = String> {
    let usual = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..12)
        .prop_map(|pieces| pieces.concat());
    prop_oneof![4 => usual, 1 => any::<String>()]
}

fn some_trial() -> impl Strategy<Value = JarTrial> {
    let kind = prop::option::of(prop::sample::select(vec![
        CookieText::SetCookie,
        CookieText::Assigned,
        CookieText::Pairs,
    ]));
    let initiator = || prop::sample::select(Initiator::ALL.to_vec());
    let method = prop::sample::select(vec!["GET", "POST", "get", ""]);
    let request = (some_place(), method, initiator(), 0_i64..200).prop_map(
        |(to, method, initiator, seconds)| TrialRequest {
            to,
            method: method.to_owned(),
            initiator,
            at: NOW.plus_seconds(seconds),
        },
    );
    let defaults = prop::sample::select(vec![Defaults::Chromium, Defaults::Others]);
    let at_hand = prop::option::of(0_u32..3);
    (
        text(),
        kind,
        some_place(),
        initiator(),
        request,
        defaults,
        at_hand,
    )
        .prop_map(
            |(text, kind, set_by, set_for, request, defaults, at_hand)| JarTrial {
                pasted: Pasted::Text { text, kind },
                set_by,
                set_for,
                set_at: NOW,
                request: Some(request),
                defaults,
                at_hand,
                most_lines: 20,
            },
        )
}

proptest! {
    #[test]
    fn the_table_says_what_the_request_does(trial in some_trial()) {
        let outcome = try_jar(&trial);
        let request = trial.request.as_ref().expect("there is one");
        prop_assert_eq!(outcome.decisions.len(), outcome.jar.len());
        let sent = outcome.decisions.iter().filter(|one| one.held.is_none()).count();
        prop_assert_eq!(outcome.header.is_some(), sent > 0);
        if !outcome.matrix.is_empty() {
            let line = &outcome.lines[outcome.at_hand.expect("a line") as usize];
            let Storing::Stored(stored) = &line.storing else {
                panic!("{line:?}");
            };
            let position = outcome.jar.iter().position(|held| {
                (&held.name, &held.path, &held.domain, held.host_only)
                    == (&stored.name, &stored.path, &stored.domain, stored.host_only)
            });
            let position = position.expect("it is in the jar");
            let same_site = outcome.jar[position].same_site;
            let of_request = |cell: &&MatrixCell| {
                (cell.same_site, cell.initiator, cell.method.as_str())
                    == (same_site, request.initiator, request.method.as_str())
            };
            let cell = outcome.matrix.iter().find(of_request).expect("there is such a cell");
            let decision = outcome.decisions.iter().find(|one| one.cookie as usize == position);
            let expected = match decision.expect("there is one").held.clone() {
                None => CookieFate::Sent,
                Some(rule) => CookieFate::Held(rule),
            };
            prop_assert_eq!(&cell.fate, &expected);
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>(), origin in any::<String>(), path in any::<String>()) {
        let mut trial = trial(&text);
        trial.set_by = Place { origin, path };
        try_jar(&trial);
        trial.pasted = Pasted::Lines(vec![text]);
        try_jar(&trial);
    }
}

#[test]
fn a_megabyte_comes_back_small() {
    for piece in [
        "a",
        "a=b\n",
        "a=b; ",
        ";",
        "ä",
        "; Path=/",
        "Set-Cookie: ",
        "\0",
        "\n",
        "x=y; Secure\n",
    ] {
        let outcome = tried(&piece.repeat(1_000_000 / piece.len()));
        let octets: usize = outcome.lines.iter().map(|line| line.line.text.len()).sum();
        assert!(
            octets <= 200 * 8192 && outcome.lines.len() <= 200,
            "{piece:?}"
        );
        let most = outcome.lines.iter().map(|line| line.attributes.len()).max();
        assert!(most <= Some(24), "{piece:?}");
    }
}
