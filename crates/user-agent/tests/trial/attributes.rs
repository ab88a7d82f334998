//! What is said of each attribute, and how a line is graded.

use protocol::{AttributeEffect, AttributeKind, GradeFinding};

use super::*;

#[test]
fn each_attribute_is_told_with_what_it_does() {
    use AttributeEffect::{Capped, MaxAgeWins, NoMeaning, Repeated, Taken, TooLong, Unknown};
    let long = format!("Path=/{}; Secure", "x".repeat(1024));
    for (attributes, expected) in [
        ("", vec![]),
        (";; ;", vec![]),
        ("Path=/; secure; HTTPONLY; SameSite=lax", vec![Taken; 4]),
        ("Domain=example.org; Max-Age=5", vec![Taken; 2]),
        ("Max-Age=34560000", vec![Taken]),
        ("Max-Age=34560001", vec![Capped]),
        ("Max-Age=-1", vec![Taken]),
        ("Expires=Fri, 31 Dec 9999 23:59:59 GMT", vec![Capped]),
        ("Expires=Tue, 14 Nov 2023 22:13:30 GMT", vec![Taken]),
        (
            "Expires=Tue, 14 Nov 2023 22:13:30 GMT; Max-Age=9",
            vec![MaxAgeWins, Taken],
        ),
        ("Expires=soon; Max-Age=9", vec![NoMeaning, Taken]),
        ("Path=/a; Path=/b", vec![Repeated, Taken]),
        ("Path=/a; Path=b", vec![Repeated, NoMeaning]),
        ("Max-Age=5; Max-Age=x", vec![Taken, NoMeaning]),
        ("SameSite=Odd; Domain; Max-Age=five", vec![NoMeaning; 3]),
        ("Partitioned; Priority=High", vec![Unknown; 2]),
        (long.as_str(), vec![TooLong, Taken]),
    ] {
        let outcome = tried(&format!("Set-Cookie: a=b; {attributes}"));
        let effects: Vec<_> = outcome.lines[0]
            .attributes
            .iter()
            .map(|read| read.effect)
            .collect();
        assert_eq!(effects, expected, "{attributes}");
    }
}

#[test]
fn an_attribute_is_told_as_it_was_written_and_a_long_one_is_cut() {
    let outcome = tried(&format!("a=b; PATH = /x ; X={}ä", "y".repeat(199)));
    let [path, unknown] = &outcome.lines[0].attributes[..] else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        (path.name.text.as_str(), path.value.text.as_str()),
        ("PATH", "/x")
    );
    assert_eq!(path.kind, AttributeKind::Path);
    assert!(!path.value.is_cut());
    assert_eq!((unknown.value.text.len(), unknown.value.octets), (199, 201));
    assert!(unknown.value.is_cut());
}

#[test]
fn a_line_is_graded_by_asvs() {
    use GradeFinding::{
        Met, NoHostPrefix, NoHttpOnly, NoPrefix, NoSameSite, NoSecure, SameSiteNone, SetByScript,
        Shared, TooLarge,
    };
    let large = format!("Set-Cookie: a={}", "x".repeat(4096));
    let largest = format!("Set-Cookie: a={}", "x".repeat(4095));
    for (line, expected) in [
        (
            "__Host-a=b; Path=/; Secure; HttpOnly; SameSite=Lax",
            vec![Met; 5],
        ),
        (
            "__secure-a=b; Secure; HttpOnly; SameSite=Strict",
            vec![Met, Met, NoHostPrefix, Met, Met],
        ),
        (
            "__Secure-a=b; Secure; Domain=example.org; HttpOnly; SameSite=None",
            vec![Met, SameSiteNone, Shared, Met, Met],
        ),
        (
            "a=b; Secure",
            vec![NoPrefix, NoSameSite, NoHostPrefix, NoHttpOnly, Met],
        ),
        (
            "a=b",
            vec![NoSecure, NoSameSite, NoHostPrefix, NoHttpOnly, Met],
        ),
        // A refused line is graded by what it says.
        (
            "__Host-a=b; SameSite=None; HttpOnly",
            vec![NoSecure, SameSiteNone, Met, Met, Met],
        ),
        (
            "document.cookie = '__Host-a=b; Path=/; Secure; SameSite=Lax'",
            vec![Met, Met, Met, SetByScript, Met],
        ),
        (
            largest.as_str(),
            vec![NoSecure, NoSameSite, NoHostPrefix, NoHttpOnly, Met],
        ),
        (large.as_str(), vec![TooLarge]),
        ("=", vec![]),
    ] {
        let outcome = tried(line);
        let grades = &outcome.lines[0].grades;
        let findings: Vec<_> = grades.iter().map(|grade| grade.finding).collect();
        assert_eq!(findings, expected, "{line}");
        let numbers: Vec<u8> = grades.iter().map(|grade| grade.requirement).collect();
        let all = [1, 2, 3, 4, 5];
        assert_eq!(numbers, all[5 - numbers.len()..], "{line}");
    }
}
