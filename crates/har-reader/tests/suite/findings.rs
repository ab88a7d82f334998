//! What is found, where it was seen first, and how often.

use har_reader::read;
use protocol::{HarCookie, HarFindings, HarPlace, HarToken};

const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl";
const URL: &str = "https://a.example/me";

fn har(entries: &str) -> String {
    format!(
        "{{\"log\":{{\"version\":\"1.2\",\"creator\":{{\"name\":\"Ours\",\"version\":\"1\"}},\"entries\":[{entries}]}}}}"
    )
}

fn found(entries: &str) -> HarFindings {
    read(har(entries).as_bytes()).expect("it is a HAR")
}

fn request(members: &str) -> String {
    format!("{{\"request\":{{\"url\":\"{URL}\",{members}}},\"response\":{{}}}}")
}

fn response(members: &str) -> String {
    format!("{{\"request\":{{\"url\":\"{URL}\"}},\"response\":{{{members}}}}}")
}

fn token(place: HarPlace, name: &str) -> HarToken {
    HarToken {
        token: TOKEN.to_owned(),
        algorithm: String::from("HS256"),
        place,
        name: name.to_owned(),
        url: URL.to_owned(),
        times: 1,
    }
}

#[test]
fn a_token_is_found_wherever_it_stands() {
    let base64 = "eyJ0IjoiZXlKaGJHY2lPaUpJVXpJMU5pSjkuZXlKemRXSWlPaUkwTWlKOS5jMmxuYm1GMGRYSmwifQ==";
    for (entry, place, name) in [
        (
            request(&format!(
                "\"headers\":[{{\"name\":\"Authorization\",\"value\":\"Bearer {TOKEN}\"}}]"
            )),
            HarPlace::RequestField(String::from("Authorization")),
            "",
        ),
        (
            request(&format!(
                "\"headers\":[{{\"name\":\"cookie\",\"value\":\"a=1; jwt={TOKEN}\"}}]"
            )),
            HarPlace::RequestField(String::from("cookie")),
            "jwt",
        ),
        (
            request(&format!(
                "\"cookies\":[{{\"name\":\"jwt\",\"value\":\"{TOKEN}\"}}]"
            )),
            HarPlace::RequestField(String::from("Cookie")),
            "jwt",
        ),
        (
            request(&format!(
                "\"postData\":{{\"text\":\"assertion={TOKEN}&x=1\"}}"
            )),
            HarPlace::RequestContent,
            "assertion",
        ),
        (
            request(&format!(
                "\"postData\":{{\"params\":[{{\"name\":\"p\",\"value\":\"{TOKEN}\"}}]}}"
            )),
            HarPlace::RequestContent,
            "p",
        ),
        (
            response(&format!(
                "\"headers\":[{{\"name\":\"Set-Cookie\",\"value\":\"jwt={TOKEN}; Path=/\"}}]"
            )),
            HarPlace::ResponseField(String::from("Set-Cookie")),
            "jwt",
        ),
        (
            response(&format!(
                "\"content\":{{\"text\":\"{{\\\"access_token\\\": \\\"{TOKEN}\\\"}}\"}}"
            )),
            HarPlace::ResponseContent,
            "access_token",
        ),
        (
            response(&format!(
                "\"content\":{{\"encoding\":\"base64\",\"text\":\"{base64}\"}}"
            )),
            HarPlace::ResponseContent,
            "t",
        ),
    ] {
        assert_eq!(found(&entry).tokens, [token(place, name)], "{entry}");
    }
    let in_url = format!("{{\"request\":{{\"url\":\"{URL}?t={TOKEN}\"}}}}");
    let expected = HarToken {
        url: format!("{URL}?t={TOKEN}"),
        ..token(HarPlace::Url, "t")
    };
    assert_eq!(found(&in_url).tokens, [expected]);
}

#[test]
fn each_cookie_is_listed_once_with_how_often_it_was_seen() {
    let sent = request("\"headers\":[{\"name\":\"Cookie\",\"value\":\"sid=1; a=2\"}]");
    let set = response(
        "\"headers\":[{\"name\":\"set-cookie\",\"value\":\"sid=1; Path=/; HttpOnly\\nb=3\"}]",
    );
    let apart = response(
        "\"cookies\":[{\"name\":\"c\",\"value\":\"4\",\"path\":\"/\",\"secure\":true,\"httpOnly\":true,\"sameSite\":\"Lax\",\"expires\":null}]",
    );
    let findings = found(&[sent.clone(), set, apart, sent].join(","));
    let cookie = |line: &str, was_set: bool, times: u32| HarCookie {
        line: line.to_owned(),
        was_set,
        url: URL.to_owned(),
        times,
    };
    assert_eq!(
        findings.cookies,
        [
            cookie("sid=1", false, 2),
            cookie("a=2", false, 2),
            cookie("sid=1; Path=/; HttpOnly", true, 1),
            cookie("b=3", true, 1),
            cookie("c=4; Path=/; SameSite=Lax; Secure; HttpOnly", true, 1),
        ]
    );
    assert_eq!(findings.cookies_in_all, 5);
    assert_eq!(findings.requests, 4);
    assert_eq!(findings.creator, "Ours 1");
}

#[test]
fn what_is_not_as_it_should_be_is_passed_over() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let good = request("\"headers\":[{\"name\":\"Cookie\",\"value\":\"a=1\"}]");
    for odd in [
        String::from("null"),
        String::from("7"),
        String::from("\"text\""),
        String::from("[]"),
        deep.clone(),
        String::from("{}"),
        String::from("{\"request\":[],\"response\":7}"),
        String::from("{\"request\":{\"url\":7,\"headers\":{},\"cookies\":\"x\",\"postData\":[1]}}"),
        String::from("{\"request\":{\"headers\":[null,1,\"x\",{\"name\":{},\"value\":[true]}]}}"),
        format!("{{\"request\":{{\"url\":{deep}}},\"_own\":{deep}}}"),
    ] {
        let findings = found(&format!("{odd},{good}"));
        assert_eq!(findings.requests, 2);
        let lines: Vec<&str> = findings.cookies.iter().map(|it| &*it.line).collect();
        assert_eq!(lines, ["a=1"], "{odd:.80}");
        assert!(findings.tokens.is_empty());
    }
}

#[test]
fn hostile_values_are_values() {
    let line = "<script>=\\\"><img src=x>; Path=/";
    let entry = response(&format!(
        "\"headers\":[{{\"name\":\"Set-Cookie\",\"value\":\"{line}\"}}]"
    ));
    assert_eq!(
        found(&entry).cookies[0].line,
        "<script>=\"><img src=x>; Path=/"
    );
}

#[test]
fn very_many_are_counted_and_not_all_listed() {
    let entries: Vec<String> = (0..3000)
        .map(|number| {
            request(&format!(
                "\"headers\":[{{\"name\":\"Cookie\",\"value\":\"sid={number}\"}},{{\"name\":\"X\",\"value\":\"{TOKEN}{number}\"}}]"
            ))
        })
        .collect();
    let findings = found(&entries.join(","));
    assert_eq!(findings.tokens_in_all, 3000);
    assert_eq!(findings.cookies_in_all, 3000);
    assert_eq!(findings.tokens.len(), 1000);
    assert_eq!(findings.cookies.len(), 1000);
}

#[test]
fn what_is_listed_stays_small() {
    let long = "x".repeat(300_000);
    let entries: Vec<String> = (0..20)
        .map(|number| {
            request(&format!(
                "\"headers\":[{{\"name\":\"Cookie\",\"value\":\"a{number}={long}\"}}]"
            ))
        })
        .collect();
    let findings = found(&entries.join(","));
    assert_eq!(findings.cookies_in_all, 20);
    assert_eq!(findings.cookies.len(), 3);
}
