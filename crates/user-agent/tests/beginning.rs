//! What is taken over from the real browser before a request, and what it is told in return.

use protocol::{SameSite, Site, Storing, Timestamp};
use user_agent::{Change, Jar, RequestContext, Source};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const LATER: Timestamp = NOW.plus_seconds(10);

fn site() -> Site {
    Site {
        origin: String::from("https://www.example.org"),
        base_path: String::from("/app/"),
    }
}

fn page() -> RequestContext {
    RequestContext::page(&site())
}

#[track_caller]
fn jar_with(lines: &[&str]) -> Jar {
    let mut jar = Jar::default();
    for line in lines {
        let effect = jar.store(line, &page(), Source::Http, NOW);
        assert!(matches!(effect.storing, Storing::Stored(_)), "{effect:?}");
    }
    jar
}

fn deleted(name: &str) -> Change {
    let name = name.to_owned();
    Change::Deleted { name }
}

fn edited(name: &str) -> Change {
    let name = name.to_owned();
    Change::Edited { name }
}

fn appeared(name: &str) -> Change {
    let name = name.to_owned();
    Change::Appeared { name }
}

fn refused(name: &str) -> Change {
    let name = name.to_owned();
    Change::Refused { name }
}

/// Begins ten seconds after these lines were stored, and gives what page script of the model sees then.
#[track_caller]
fn check(lines: &[&str], shown: Option<&str>, changes: &[Change], seen_after: &str) -> Jar {
    let mut jar = jar_with(lines);
    let beginning = jar.begin(shown, &page(), LATER);
    assert_eq!(beginning.changes, changes, "{lines:?} {shown:?}");
    assert_eq!(
        jar.visible_to_script(&page(), LATER),
        seen_after,
        "{lines:?} {shown:?}"
    );
    // What was taken over is known the next time.
    let again = jar.begin(Some(seen_after), &page(), LATER);
    assert_eq!(again.changes, [], "{lines:?} {shown:?}");
    jar
}

#[test]
fn what_the_user_did_counts() {
    check(&[], Some(""), &[], "");
    check(&["a=1"], Some("a=1"), &[], "a=1");
    check(&["a=1", "b=2"], Some("b=2"), &[deleted("a")], "b=2");
    check(
        &["a=1", "b=2"],
        Some("a=3; b=2"),
        &[edited("a")],
        "a=3; b=2",
    );
    check(&["a=1"], Some("a=x=y"), &[edited("a")], "a=x=y");
    check(&["a=1"], Some("a="), &[edited("a")], "a=");
    check(&["a=1"], Some("a=1; b=2"), &[appeared("b")], "a=1; b=2");
    check(&["a=1"], Some("A=1"), &[appeared("A"), deleted("a")], "A=1");
    check(&["a=1"], Some(" ;a=1;; "), &[], "a=1");
}

#[test]
fn disabled_cookies_are_nothing_in_the_browser() {
    let jar = check(&["a=1", "b=2; HttpOnly"], None, &[deleted("a")], "");
    assert_eq!(jar.cookies().len(), 1);
}

#[test]
fn nameless_cookies() {
    check(&["1"], Some("1"), &[], "1");
    check(&["=a=1"], Some("a=1"), &[], "a=1");
    check(&["1"], Some("2"), &[edited("")], "2");
    check(&["1"], Some(""), &[deleted("")], "");
    check(&[], Some("1"), &[appeared("")], "1");
    check(&[], Some("=1"), &[appeared("")], "=1");
    check(&["=="], Some("="), &[], "=");
}

#[test]
fn http_only_cookies_are_never_touched() {
    let jar = check(&["a=1; HttpOnly"], Some(""), &[], "");
    assert_eq!(jar.cookies()[0].value, "1");
    // Elsewhere it does not stand in the way.
    check(
        &["a=1; HttpOnly; Path=/app/api"],
        Some("a=0"),
        &[appeared("a")],
        "a=0",
    );
}

/// The lines that remove a cookie from wherever script may have put it: it tells no path.
fn everywhere(name: &str, attributes: &str) -> Vec<String> {
    ["/", "/app", "/app/"]
        .map(|path| format!("{name}=; Path={path}{attributes}; Max-Age=0"))
        .to_vec()
}

/// What page script assigned over an HttpOnly cookie: the real browser took it, as it holds none. Section 5.7, step 23.2.
#[test]
fn what_script_puts_in_the_place_of_an_http_only_cookie_is_refused_and_removed() {
    let request = RequestContext::new(&site(), "/app/me", "GET");
    for (lines, shown, changes, removal_lines, sent) in [
        (
            vec!["a=1; HttpOnly"],
            "a=evil",
            vec![refused("a")],
            everywhere("a", ""),
            "a=1",
        ),
        // The very same value, none, and two of them.
        (
            vec!["a=1; HttpOnly; Path=/"],
            "a=1",
            vec![refused("a")],
            everywhere("a", ""),
            "a=1",
        ),
        (
            vec!["a=1; HttpOnly"],
            "a=",
            vec![refused("a")],
            everywhere("a", ""),
            "a=1",
        ),
        (
            vec!["a=1; HttpOnly"],
            "a=x; a=y",
            vec![refused("a")],
            everywhere("a", ""),
            "a=1",
        ),
        // It is removed by all that makes up the place.
        (
            vec!["__Host-a=1; HttpOnly; Secure; Path=/"],
            "__Host-a=evil",
            vec![refused("__Host-a")],
            everywhere("__Host-a", "; Secure"),
            "__Host-a=1",
        ),
        (
            vec!["a=1; HttpOnly; Domain=example.org"],
            "a=evil",
            vec![refused("a")],
            everywhere("a", "; Domain=example.org"),
            "a=1",
        ),
        // Others are what they were.
        (
            vec!["a=1; HttpOnly", "b=2"],
            "a=evil; b=3; c=4",
            vec![refused("a"), edited("b"), appeared("c")],
            everywhere("a", ""),
            "a=1; b=3; c=4",
        ),
        // One of that name that script may set, and its place.
        (
            vec!["a=1; HttpOnly", "a=2; Path=/"],
            "a=2",
            vec![],
            Vec::<String>::new(),
            "a=1; a=2",
        ),
        (
            vec!["a=1; HttpOnly", "a=2; Path=/"],
            "a=evil; a=2",
            vec![refused("a")],
            everywhere("a", "")[1..].to_vec(),
            "a=1; a=2",
        ),
        // One whose time has come is in nobody's way.
        (
            vec!["a=1; HttpOnly; Max-Age=10"],
            "a=evil",
            vec![appeared("a")],
            Vec::new(),
            "a=evil",
        ),
    ] {
        let mut jar = jar_with(&lines);
        let beginning = jar.begin(Some(shown), &page(), LATER);
        assert_eq!(beginning.changes, changes, "{lines:?} {shown}");
        assert_eq!(beginning.removal_lines, removal_lines, "{lines:?} {shown}");
        let header = jar.select(&request, LATER).header;
        assert_eq!(header.as_deref(), Some(sent), "{lines:?} {shown}");
    }
}

/// Another path than the page's: neither `document.cookie` nor what it lacks says anything of it.
#[test]
fn cookies_that_the_page_can_not_see_are_never_touched() {
    for line in [
        "a=1; Path=/app/api",
        "a=1; Path=/app/admin",
        "a=1; Path=/app/admin; HttpOnly",
        "a=1; Path=/elsewhere",
    ] {
        for shown in [Some(""), None] {
            let jar = check(&[line], shown, &[], "");
            assert_eq!(jar.cookies().len(), 1);
            assert_eq!(jar.cookies()[0].value, "1");
        }
        let jar = check(&[line], Some("a=2"), &[appeared("a")], "a=2");
        assert_eq!(jar.cookies()[0].value, "1");
    }
}

#[test]
fn one_name_at_two_paths() {
    let both = ["a=1; Path=/", "a=2; Path=/app"];
    check(&both, Some("a=2; a=1"), &[], "a=2; a=1");
    check(&both, Some("a=3; a=1"), &[edited("a")], "a=3; a=1");
    check(&both, Some("a=2; a=3"), &[edited("a")], "a=2; a=3");
    check(
        &both,
        Some("a=1; a=2"),
        &[edited("a"), edited("a")],
        "a=1; a=2",
    );
    // The one that is left is known by its value.
    let jar = check(&both, Some("a=1"), &[deleted("a")], "a=1");
    assert_eq!(jar.cookies()[0].path, "/");
    let jar = check(&both, Some("a=2"), &[deleted("a")], "a=2");
    assert_eq!(jar.cookies()[0].path, "/app");
    // Else by its order: the longer path stands first.
    let jar = check(&both, Some("a=3"), &[edited("a"), deleted("a")], "a=3");
    assert_eq!(jar.cookies()[0].path, "/app");
    check(&["a=1"], Some("a=1; a=2"), &[appeared("a")], "a=1; a=2");
    check(&["a=1"], Some("a=2; a=1"), &[appeared("a")], "a=1; a=2");
    check(
        &[],
        Some("a=1; a=1"),
        &[appeared("a"), appeared("a")],
        "a=1; a=1",
    );
}

#[test]
fn what_appears_goes_wherever_it_could() {
    let mut jar = Jar::default();
    jar.begin(Some("a=1"), &page(), LATER);
    let [cookie] = jar.cookies() else {
        panic!("{jar:?}");
    };
    assert!(!cookie.attributes_known && cookie.host_only && !cookie.secure && !cookie.http_only);
    assert_eq!(
        (cookie.domain.as_str(), cookie.path.as_str(), cookie.expires),
        ("www.example.org", "/", None)
    );
    assert_eq!(
        (cookie.same_site, cookie.created),
        (SameSite::Default, LATER)
    );
    let request = RequestContext::new(&site(), "/app/me", "GET");
    assert_eq!(jar.select(&request, LATER).header.as_deref(), Some("a=1"));
}

#[test]
fn a_response_gives_an_unknown_cookie_its_attributes() {
    let mut jar = Jar::default();
    jar.begin(Some("sid=old; sid2=x"), &page(), NOW);
    jar.store("sid=new; Path=/app/", &page(), Source::Http, NOW);
    assert_eq!(jar.visible_to_script(&page(), NOW), "sid=new; sid2=x");
    assert!(jar.cookies()[0].attributes_known);
    let gone = jar.store("sid2=; Path=/app/; Max-Age=0", &page(), Source::Http, NOW);
    let name = String::from("sid2");
    assert_eq!(
        gone.storing,
        Storing::Removed {
            name,
            was_there: true
        }
    );
}

#[test]
fn what_has_ended_is_removed_and_does_not_come_back() {
    for (lines, shown, changes, seen, expired) in [
        // The real browser still holds it.
        (
            vec!["a=1; Max-Age=10"],
            "a=1",
            vec![],
            "",
            vec!["a=; Path=/app; Max-Age=0"],
        ),
        // It was edited before its time came.
        (
            vec!["a=1; Max-Age=10"],
            "a=2",
            vec![],
            "",
            vec!["a=; Path=/app; Max-Age=0"],
        ),
        // The real browser was quicker.
        (
            vec!["a=1; Max-Age=10"],
            "",
            vec![],
            "",
            vec!["a=; Path=/app; Max-Age=0"],
        ),
        (vec!["a=1; Max-Age=11"], "a=1", vec![], "a=1", vec![]),
        // Another one of that name.
        (
            vec!["a=1; Max-Age=10", "a=2; Path=/"],
            "a=1; a=2",
            vec![],
            "a=2",
            vec!["a=; Path=/app; Max-Age=0"],
        ),
        (
            vec!["a=1; Max-Age=10", "a=2; Path=/"],
            "a=1; a=2; a=3",
            vec![appeared("a")],
            "a=2; a=3",
            vec!["a=; Path=/app; Max-Age=0"],
        ),
        // The page can't see it, but can remove it.
        (
            vec!["a=1; Max-Age=10; Path=/app/api; Domain=example.org; Secure"],
            "",
            vec![],
            "",
            vec!["a=; Path=/app/api; Domain=example.org; Secure; Max-Age=0"],
        ),
        (vec!["a=1; Max-Age=10; HttpOnly"], "", vec![], "", vec![]),
    ] {
        let mut jar = jar_with(&lines);
        let beginning = jar.begin(Some(shown), &page(), LATER);
        assert_eq!(beginning.changes, changes, "{lines:?} {shown}");
        assert_eq!(beginning.removal_lines, expired, "{lines:?} {shown}");
        assert_eq!(
            jar.visible_to_script(&page(), LATER),
            seen,
            "{lines:?} {shown}"
        );
        assert!(
            jar.cookies()
                .iter()
                .all(|cookie| cookie.expires != Some(LATER))
        );
    }
}

#[test]
fn one_that_the_user_makes_again_after_its_end_counts() {
    let mut jar = jar_with(&["sid=1; Max-Age=10"]);
    jar.begin(Some("sid=1"), &page(), LATER);
    let beginning = jar.begin(Some("sid=1"), &page(), LATER);
    assert_eq!(beginning.changes, [appeared("sid")]);
}

/// Two sites in one real browser: what is left out is the other one's, by its name, and the rest is as it was.
#[test]
fn a_jar_without_some_names_has_all_the_others() {
    let jar = jar_with(&["a=1", "b=2", "c=3; HttpOnly"]);
    let names = |jar: &Jar| -> Vec<String> {
        let cookies = jar.cookies().iter();
        cookies.map(|cookie| cookie.name.clone()).collect()
    };
    assert_eq!(names(&jar.without(&["b", "x", "C"])), ["a", "c"]);
    assert_eq!(names(&jar), ["a", "b", "c"]);
}
