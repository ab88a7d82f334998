//! What a pasted text is taken for.

use protocol::CookieText;

use super::*;

#[track_caller]
fn check(text: &str, kind: CookieText, unwrapped: bool, other_fields: u32, pairs: &[&str]) {
    let outcome = tried(text);
    assert_eq!(outcome.kind, Some(kind), "{text}");
    assert_eq!(fates(&outcome), kept(pairs), "{text}");
    assert_eq!(outcome.unwrapped, unwrapped, "{text}");
    assert_eq!(outcome.other_fields, other_fields, "{text}");
}

#[test]
fn its_kind_is_found_out() {
    use CookieText::{Assigned, Pairs, SetCookie};
    check("a=b", SetCookie, false, 0, &["a=b"]);
    check(
        "a=b; Path=/\r\nc=d\r\n",
        SetCookie,
        false,
        0,
        &["a=b", "c=d"],
    );
    check("a=b; Secure", SetCookie, false, 0, &["a=b"]);
    check("a=b; Partitioned", SetCookie, false, 0, &["a=b"]);
    check("a=b; Priority=High", SetCookie, false, 0, &["a=b"]);
    check("Set-Cookie: a=b", SetCookie, true, 0, &["a=b"]);
    check(
        "SET-COOKIE:a=b\nset-cookie : c=d",
        SetCookie,
        true,
        0,
        &["a=b", "c=d"],
    );
    check("< set-cookie: a=b", SetCookie, true, 0, &["a=b"]);
    check("a=b; c=d", Pairs, false, 0, &["a=b", "c=d"]);
    check("a=b;c=d;; e", SetCookie, false, 0, &["a=b"]);
    check("Cookie: a=b", Pairs, true, 0, &["a=b"]);
    check("cookie: a=b;  c=d=e ;", Pairs, true, 0, &["a=b", "c=d=e"]);
    check(
        "document.cookie = \"a=b; Secure\";",
        Assigned,
        true,
        0,
        &["a=b"],
    );
    check(
        "document.cookie='a=b'\ndocument.cookie=`c=d`",
        Assigned,
        true,
        0,
        &["a=b", "c=d"],
    );
    check("document.cookie = a=b; Path=/", Assigned, true, 0, &["a=b"]);
}

#[test]
fn other_fields_of_a_message_are_left_out() {
    use CookieText::{Pairs, SetCookie};
    check(
        "HTTP/1.1 200 OK\nContent-Type: text/html\nSet-Cookie: a=b\nSet-Cookie: c=d; Path=/\nX: y\n\nhello=1",
        SetCookie,
        true,
        3,
        &["a=b", "c=d", "hello=1"],
    );
    check(
        "GET / HTTP/1.1\nHost: example.org\nCookie: a=b; c=d",
        Pairs,
        true,
        2,
        &["a=b", "c=d"],
    );
    check("Cookie: a=b\nSet-Cookie: c=d", Pairs, true, 1, &["a=b"]);
    // Nothing says that this is a message.
    check(
        "Content-Type: text/html",
        SetCookie,
        false,
        0,
        &["=Content-Type: text/html"],
    );
}

#[test]
fn whoever_pasted_it_knows_better() {
    for (kind, pairs) in [
        (CookieText::SetCookie, vec!["a=b"]),
        (CookieText::Assigned, vec!["a=b"]),
        (CookieText::Pairs, vec!["a=b", "c=d"]),
    ] {
        let text = String::from("a=b; c=d");
        let outcome = try_jar(&JarTrial {
            pasted: Pasted::Text {
                text,
                kind: Some(kind),
            },
            ..trial("")
        });
        assert_eq!((outcome.kind, fates(&outcome)), (Some(kind), kept(&pairs)));
    }
}

#[test]
fn of_a_pair_nothing_else_is_known() {
    let outcome = tried("Cookie: a=1; __Host-b=2; a=3");
    assert_eq!(outcome.header.as_deref(), Some("a=1; __Host-b=2; a=3"));
    assert!(
        outcome
            .jar
            .iter()
            .all(|cookie| !cookie.attributes_known && cookie.path == "/")
    );
    assert!(outcome.lines.iter().all(|line| line.grades.is_empty()));
    let broken = tried("Cookie: =; a\0=b; a=b");
    let refused = fates(&broken)[..2].iter().all(Result::is_err);
    assert!(refused && broken.header.as_deref() == Some("a=b"));
}

#[test]
fn what_script_assigns_is_judged_as_script() {
    let outcome = tried("document.cookie = 'a=b; HttpOnly'");
    assert_eq!(fates(&outcome), [Err(CookieRule::HttpOnlyFromScript)]);
}
