//! What a request carries, and what its answer may set.

use protocol::{CookieHeld, SameSite};

use super::*;

/// The names of the cookies that are sent, in their order, and of those that are held, each with its rule.
fn decisions(outcome: &JarOutcome) -> (Vec<&str>, Vec<(&str, CookieHeld)>) {
    let name = |decision: &protocol::JarDecision| {
        let position = usize::try_from(decision.cookie).expect("a position");
        outcome.jar[position].name.as_str()
    };
    let sent = outcome.decisions.iter().filter(|one| one.held.is_none());
    let held = outcome
        .decisions
        .iter()
        .filter_map(|one| Some((name(one), one.held.clone()?)));
    (sent.map(name).collect(), held.collect())
}

#[test]
fn longer_paths_go_first_and_each_held_cookie_has_its_rule() {
    let mut trial = trial(
        "root=1; Path=/\ndeep=2; Path=/app\nother=3; Path=/x\nfast=4; Max-Age=5\nsafe=5; Secure",
    );
    let request = trial.request.as_mut().expect("there is one");
    request.to = place("http://www.example.org", "/app/me");
    request.at = NOW.plus_seconds(5);
    let outcome = try_jar(&trial);
    let (sent, held) = decisions(&outcome);
    assert_eq!(sent, ["deep", "root"]);
    assert_eq!(outcome.header.as_deref(), Some("deep=2; root=1"));
    let at = NOW.plus_seconds(5);
    let path = String::from("/x");
    let expected = [
        ("fast", CookieHeld::Expired { at }),
        ("safe", CookieHeld::Secure),
        ("other", CookieHeld::Path { path }),
    ];
    assert_eq!(held, expected);
}

#[test]
fn another_host_gets_what_is_for_its_domain() {
    let mut trial = trial("own=1\nshared=2; Domain=example.org");
    trial.request.as_mut().expect("there is one").to = place("https://example.org", "/app/me");
    let outcome = try_jar(&trial);
    let (sent, held) = decisions(&outcome);
    let domain = String::from("www.example.org");
    assert_eq!(sent, ["shared"]);
    assert_eq!(held, [("own", CookieHeld::Domain { domain })]);
}

#[test]
fn a_fetch_without_credentials_neither_sends_nor_sets() {
    for initiator in [
        Initiator::ThisSiteFetchWithoutCredentials,
        Initiator::ForeignFetchWithoutCredentials,
    ] {
        let mut asking = trial("a=b; SameSite=None; Secure");
        asking.request.as_mut().expect("there is one").initiator = initiator;
        let outcome = try_jar(&asking);
        assert_eq!(outcome.header, None);
        assert_eq!(
            decisions(&outcome).1,
            [("a", CookieHeld::WithoutCredentials)]
        );

        let mut answered = trial("a=b\n=\nb=c; Secure");
        answered.set_for = initiator;
        let outcome = try_jar(&answered);
        let refused = vec![Err(CookieRule::WithoutCredentials); 3];
        assert_eq!(fates(&outcome), refused);
        // What page script assigns is no answer to anything.
        answered.pasted = trial("document.cookie = 'a=b; SameSite=None; Secure'").pasted;
        assert_eq!(fates(&try_jar(&answered)), kept(&["a=b"]));
    }
}

#[test]
fn an_answer_to_another_sites_frame_sets_no_lax_cookie() {
    let mut trial = trial("a=1; SameSite=Lax\nb=2; SameSite=None; Secure\nc=3");
    trial.set_for = Initiator::ForeignFrame;
    let cross = || Err(CookieRule::CrossSite);
    let stored = || Ok(String::from("b=2"));
    assert_eq!(fates(&try_jar(&trial)), [cross(), stored(), cross()]);
    trial.defaults = Defaults::Others;
    let unset = Ok(String::from("c=3"));
    assert_eq!(fates(&try_jar(&trial)), [cross(), stored(), unset]);
}

#[test]
fn the_two_minutes_are_chromiums() {
    for (defaults, seconds, sent) in [
        (Defaults::Chromium, 0, true),
        (Defaults::Chromium, 120, true),
        (Defaults::Chromium, 121, false),
        (Defaults::Others, 121, true),
    ] {
        let mut trial = trial("a=b");
        trial.defaults = defaults;
        let request = trial.request.as_mut().expect("there is one");
        request.method = String::from("POST");
        request.initiator = Initiator::ForeignForm;
        request.at = NOW.plus_seconds(seconds);
        let outcome = try_jar(&trial);
        assert_eq!(outcome.header.is_some(), sent, "{defaults:?} {seconds}");
        if !sent {
            let rule = CookieHeld::SameSite {
                same_site: SameSite::Default,
                initiator: Initiator::ForeignForm,
            };
            assert_eq!(decisions(&outcome).1, [("a", rule)]);
        }
    }
}

#[test]
fn without_a_request_the_jar_is_told_all_the_same() {
    let outcome = try_jar(&JarTrial {
        request: None,
        ..trial("a=b")
    });
    assert_eq!((outcome.jar.len(), outcome.header), (1, None));
    assert!(outcome.decisions.is_empty() && outcome.matrix.is_empty());
}
