//! How the session cookie is set, and what browser and page script make of it; and script's own lines.

use protocol::{CookiePath, CookieRule, Lane, SameSite, Service, Signer, SigningProblem, Storing};
use server::SAMPLE_PASSWORD;

use crate::browser::{Browser, START, credentials, errand, status};

#[test]
fn an_http_only_session_cookie_is_sent_and_never_seen_by_script() {
    let mut browser = Browser::new();
    browser.set_cookie(|it| it.http_only = true);
    let signed_in = browser.sign_in(Lane::A);
    assert_eq!(signed_in.cookies[0].script_line, None);
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);

    // The observer sees it.
    let observed = browser.deployment.observe(START).expect("it works");
    let [cookie] = observed.jar.as_slice() else {
        panic!("{:?}", observed.jar);
    };
    assert!(cookie.http_only && cookie.value.len() == 43);
    assert_eq!(browser.deployment.jar().cookies(), observed.jar);

    // Signed out, it is gone, too.
    assert_eq!(status(&browser.send(Lane::A, "POST", "/logout")), 204);
    assert!(browser.deployment.jar().cookies().is_empty());
}

#[test]
fn a_cookie_below_admin_goes_there_alone() {
    let mut browser = Browser::new();
    browser.set_cookie(|it| it.path = CookiePath::Admin);
    browser.sign_in(Lane::A);
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
    // The page can't see it, and nobody deleted it.
    for _ in 0..2 {
        assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 401);
        assert_eq!(status(&browser.send(Lane::A, "GET", "/admin/users")), 403);
    }
    browser.send(Lane::A, "POST", "/logout");
    assert!(browser.deployment.jar().cookies().is_empty());
    assert_eq!(status(&browser.send(Lane::A, "GET", "/admin/users")), 401);
}

#[test]
fn settings_that_contradict_each_other_are_refused_by_the_browser() {
    for (same_site, host_prefix, rule) in [
        (SameSite::None, false, CookieRule::NoneWithoutSecure),
        (SameSite::Lax, true, CookieRule::HostPrefix),
    ] {
        let mut browser = Browser::new();
        browser.set_cookie(|it| {
            it.same_site = same_site;
            it.host_prefix = host_prefix;
        });
        let signed_in = browser.sign_in(Lane::A);
        assert_eq!(signed_in.cookies[0].storing, Storing::Refused(rule));
        assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 401);
    }
}

/// A session lives on under the settings that it began with, as far as its cookie is found.
#[test]
fn new_settings_hold_from_the_next_sign_in_on() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.set_cookie(|it| it.http_only = true);
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
    assert_ne!(browser.document_cookie().as_deref(), Some(""));
    // The line that takes the old one's place rids the real browser of it.
    browser.sign_in(Lane::A);
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
}

#[test]
fn a_renamed_or_moved_cookie_leaves_no_stray_behind() {
    for (host_prefix, path) in [(true, CookiePath::Root), (false, CookiePath::Root)] {
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        browser.set_cookie(|it| {
            it.host_prefix = host_prefix;
            it.secure = Some(true);
            it.path = path;
        });
        let sign_in = errand(Lane::A, "POST", "/login", &credentials(SAMPLE_PASSWORD));
        browser.send_errand(sign_in);
        let [cookie] = browser.deployment.jar().cookies() else {
            panic!("{:?}", browser.deployment.jar());
        };
        let name = if host_prefix { "__Host-sid" } else { "sid" };
        assert_eq!((cookie.name.as_str(), cookie.path.as_str()), (name, "/"));
        let observed = browser.deployment.observe(START).expect("it works");
        assert_eq!(observed.session_count, 1);
    }
}

/// A reset ends sessions, and no setting.
#[test]
fn settings_outlast_a_reset() {
    let mut browser = Browser::new();
    browser.set_cookie(|it| it.http_only = true);
    browser.reset();
    let signed_in = browser.sign_in(Lane::A);
    assert!(signed_in.cookies[0].line.contains("; HttpOnly"));
}

/// What script would assign is judged as the browser judges it, and nothing is kept of it.
#[test]
fn a_line_of_page_scripts_is_judged_and_not_kept() {
    let stored = |effect: &Storing| matches!(effect, Storing::Stored(_));
    for (http_only, line, refused) in [
        (false, "sid=evil; Path=/sub/", None),
        (false, "theme=dark", None),
        (
            false,
            "sid=evil; HttpOnly",
            Some(CookieRule::HttpOnlyFromScript),
        ),
        (
            false,
            "__Host-sid=evil; Path=/",
            Some(CookieRule::HostPrefix),
        ),
        (
            true,
            "sid=evil; Path=/sub/",
            Some(CookieRule::OverwritesHttpOnly),
        ),
        (
            true,
            "sid=; Path=/sub/; Max-Age=0",
            Some(CookieRule::OverwritesHttpOnly),
        ),
        // Another path is another cookie.
        (true, "sid=evil; Path=/", None),
    ] {
        let mut browser = Browser::new();
        browser.set_cookie(|it| it.http_only = http_only);
        browser.sign_in(Lane::A);
        let before = browser.deployment.jar().clone();
        let page = browser.page();
        let effect = browser.deployment.assign_cookie(&page, line, START);
        assert_eq!(effect.line, line);
        match refused {
            None => {
                assert!(stored(&effect.storing), "{effect:?}");
                assert_eq!(effect.script_line.as_deref(), Some(line));
            }
            Some(rule) => {
                assert_eq!(effect.storing, Storing::Refused(rule), "{line}");
                assert_eq!(effect.script_line, None);
            }
        }
        assert_eq!(browser.deployment.jar(), &before);
    }
}

fn signed(browser: &Browser, input: &str) -> Result<String, SigningProblem> {
    let signer = Signer::Service(Service::Main);
    browser.deployment.sign(input, &signer)
}

/// A payload that someone wrote, signed as the server would sign it, is the server's own word.
#[test]
fn whatever_is_signed_with_the_servers_key_is_believed() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    let issued = browser.copy(Lane::B);
    let (input, signature) = issued.rsplit_once('.').expect("it has three parts");
    assert_eq!(
        signed(&browser, input).as_deref(),
        Ok(signature),
        "the very bytes of issuing"
    );
    for input in ["", "no token", &"a".repeat(1 << 20)] {
        let signature = signed(&browser, input).expect("there is a key");
        assert_eq!(signature.len(), 43);
    }
}

/// Script that assigns over the HttpOnly cookie reaches neither jar nor server, and the browser is rid of its cookie.
#[test]
fn an_intruder_in_the_place_of_an_http_only_cookie_fails() {
    let mut browser = Browser::new();
    browser.set_cookie(|it| it.http_only = true);
    browser.sign_in(Lane::A);
    browser.set_session_id("evil");
    let carried = browser.carry(&[errand(Lane::A, "GET", "/me", "")]);
    // Script tells no path: it may have been any above the page.
    let everywhere = ["/", "/sub", "/sub/"].map(|path| format!("sid=; Path={path}; Max-Age=0"));
    assert_eq!(carried.removal_lines, everywhere);
    assert!(!carried.jar_changed);
    let [exchange] = carried.exchanges.as_slice() else {
        panic!("{carried:?}");
    };
    let sent = exchange.request.header("Cookie").expect("it is sent");
    assert!(!sent.contains("evil") && status(exchange) == 200, "{sent}");
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
}
