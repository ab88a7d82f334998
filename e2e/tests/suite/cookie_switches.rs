//! The switches of the session cookie: each is seen in the line as sent, in what the model stores, in what this browser
//! did, and in what page script sees.

use e2e::{CookieWay, Failure, Lane, Page, Setup, run, until};

const LANE: Lane = Lane::Stateful;

async fn signed_in(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.sign_in().await?;
    Ok(())
}

/// Page script's cookies, all of them.
async fn script_sees(page: &Page) -> anyhow::Result<String> {
    let seen = page.script("return document.cookie", Vec::new()).await?;
    Ok(seen.as_str().unwrap_or_default().to_owned())
}

async fn nothing_in_sight(page: &Page) -> anyhow::Result<()> {
    until("an empty document.cookie", async || {
        let seen = script_sees(page).await?;
        anyhow::ensure!(seen.is_empty(), "it is {seen}");
        Ok(Some(()))
    })
    .await
}

/// Puts a switch or a choice of several: what is written `name=option` is chosen, the rest switched.
async fn set(page: &Page, settings: &[&str]) -> anyhow::Result<()> {
    for setting in settings {
        match setting.split_once('=') {
            Some((attribute, option)) => page.set_attribute(attribute, option).await?,
            None => page.switch(setting).await?,
        }
    }
    Ok(())
}

struct Expected {
    settings: &'static [&'static str],
    sent: &'static [&'static str],
    not_sent: &'static [&'static str],
    model: &'static str,
    browser: &'static str,
    script: &'static str,
    /// What `GET /me` meets then.
    status: u16,
}

const AGREES: &str = "this browser agrees";
const DID_NOT_TAKE: &str = "but this browser did not take it";
const NOT_ASKED: &str = "not asked: the model refused it";
const EMPTY: &str = "document.cookie is empty";

const ALL: [Expected; 14] = [
    Expected {
        settings: &["HttpOnly"],
        sent: &["; HttpOnly"],
        not_sent: &[],
        model: "· HttpOnly",
        browser: "only a server’s answer can set an HttpOnly cookie",
        script: EMPTY,
        status: 200,
    },
    Expected {
        settings: &["Secure"],
        sent: &["; Secure"],
        not_sent: &["HttpOnly"],
        model: "· Secure",
        browser: AGREES,
        script: "sid=",
        status: 200,
    },
    Expected {
        settings: &["SameSite=Strict"],
        sent: &["; SameSite=Strict"],
        not_sent: &["Lax"],
        model: "SameSite Strict",
        browser: AGREES,
        script: "sid=",
        status: 200,
    },
    Expected {
        settings: &["SameSite=not given"],
        sent: &["sid="],
        not_sent: &["SameSite"],
        model: "SameSite (not given)",
        browser: AGREES,
        script: "sid=",
        status: 200,
    },
    Expected {
        settings: &["SameSite=None"],
        sent: &["; SameSite=None"],
        not_sent: &["Secure"],
        model: "SameSite=None needs Secure",
        browser: NOT_ASKED,
        script: EMPTY,
        status: 401,
    },
    Expected {
        settings: &["SameSite=None", "Secure"],
        sent: &["; SameSite=None", "; Secure"],
        not_sent: &[],
        model: "SameSite None · Secure",
        browser: AGREES,
        script: "sid=",
        status: 200,
    },
    Expected {
        settings: &["__Host-"],
        sent: &["__Host-sid=", "; Path=/sub/"],
        not_sent: &["Secure"],
        model: "__Host- needs Secure, Path=/ and no Domain",
        browser: NOT_ASKED,
        script: EMPTY,
        status: 401,
    },
    Expected {
        settings: &["__Host-", "Path=/"],
        sent: &["__Host-sid=", "; Path=/;"],
        not_sent: &["Secure", "Domain"],
        model: "__Host- needs Secure, Path=/ and no Domain",
        browser: NOT_ASKED,
        script: EMPTY,
        status: 401,
    },
    Expected {
        settings: &["__Host-", "Secure", "Path=/"],
        sent: &["__Host-sid=", "; Secure", "; Path=/"],
        not_sent: &["Domain"],
        model: "stores __Host-sid",
        browser: AGREES,
        script: "__Host-sid=",
        status: 200,
    },
    Expected {
        settings: &["Path=/"],
        sent: &["; Path=/;"],
        not_sent: &["/sub/"],
        model: "127.0.0.1/ alone",
        browser: AGREES,
        script: "sid=",
        status: 200,
    },
    Expected {
        settings: &["Path=/admin alone"],
        sent: &["; Path=/sub/admin"],
        not_sent: &[],
        model: "127.0.0.1/sub/admin alone",
        browser: "for a path whose cookies this page is not shown",
        script: EMPTY,
        status: 401,
    },
    Expected {
        settings: &["Max-Age=1 minute"],
        sent: &["; Max-Age=60"],
        not_sent: &[],
        model: "SameSite Lax · for ",
        browser: AGREES,
        script: "sid=",
        status: 200,
    },
    Expected {
        settings: &["Max-Age=until the browser closes"],
        sent: &["sid="],
        not_sent: &["Max-Age", "Expires"],
        model: "until the browser closes",
        browser: AGREES,
        script: "sid=",
        status: 200,
    },
    Expected {
        settings: &["HttpOnly", "Secure", "SameSite=Strict", "Path=/", "__Host-"],
        sent: &["__Host-sid=", "; HttpOnly", "; Secure", "; SameSite=Strict"],
        not_sent: &["Domain"],
        model: "SameSite Strict · HttpOnly · Secure",
        browser: "only a server’s answer can set an HttpOnly cookie",
        script: EMPTY,
        status: 200,
    },
];

impl Expected {
    /// What is expected of an engine that takes no `Secure` cookie on http, where the model of the standard takes it.
    fn without_secure(self) -> Self {
        if self.browser != AGREES || !self.settings.contains(&"Secure") {
            return self;
        }
        Self {
            browser: DID_NOT_TAKE,
            script: EMPTY,
            status: 401,
            ..self
        }
    }
}

fn compare(expected: &Expected, way: &CookieWay) {
    let settings = expected.settings;
    for words in expected.sent {
        // The last attribute has no semicolon after it.
        let line = format!("{};", way.sent);
        assert!(line.contains(words), "{settings:?}: no {words} in {way:?}");
    }
    for words in expected.not_sent {
        assert!(
            !way.sent.contains(words),
            "{settings:?}: {words} in {way:?}"
        );
    }
    assert!(way.model.contains(expected.model), "{settings:?}: {way:?}");
    assert!(
        way.browser.contains(expected.browser),
        "{settings:?}: {way:?}"
    );
    assert!(
        way.script.starts_with(expected.script),
        "{settings:?}: {way:?}"
    );
}

#[test]
fn each_switch_is_seen_all_the_way_from_the_server_to_page_script() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for mut expected in ALL {
            if !page.engine().takes_secure_on_this_machine() {
                expected = expected.without_secure();
            }
            let settings = expected.settings;
            set(page, settings).await?;
            page.sign_in_again().await?;
            let way = until(
                &format!("what page script sees of {settings:?}"),
                async || {
                    let way = page.cookie_way().await?;
                    anyhow::ensure!(way.script.starts_with(expected.script), "{way:?}");
                    Ok(Some(way))
                },
            )
            .await?;
            compare(&expected, &way);
            // What is said to be seen is what is seen.
            let seen = script_sees(page).await?;
            let empty = expected.script == EMPTY;
            assert!(
                if empty {
                    seen.is_empty()
                } else {
                    seen == way.script
                },
                "{settings:?}: {seen} and not {way:?}"
            );
            let answers = page.send().await?;
            assert_eq!(answers.statuses(), [expected.status, 200], "{settings:?}");
            page.press("Start over").await?;
            page.press("Clear everything").await?;
            page.says("Nothing yet. Each request will stand here")
                .await?;
        }
        Ok(())
    })
}

#[test]
fn what_script_can_not_read_it_can_not_overwrite() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            signed_in(page).await?;
            if !page.is_switched_on("HttpOnly").await? {
                page.switch("HttpOnly").await?;
                page.press_for_answers("Sign in again").await?;
            }
            nothing_in_sight(page).await?;
            assert_eq!(page.send().await?.statuses(), [200, 200]);

            page.press("Try to overwrite it from script").await?;
            let panel = page
                .browser_panel(LANE, "can’t overwrite an HttpOnly one")
                .await?;
            assert!(panel.contains("The session goes on."), "{panel}");
            assert!(panel.contains("document.cookie = 'sid="), "{panel}");
            assert_eq!(page.send().await?.statuses(), [200, 200]);
            assert_eq!(script_sees(page).await?, "");

            for path in ["/sub/", "/"] {
                let line = format!("document.cookie = 'sid=evil; path={path}'");
                page.script(&line, Vec::new()).await?;
                assert_eq!(script_sees(page).await?, "sid=evil");
                let answers = page.send().await?;
                assert_eq!(answers.statuses(), [200, 200], "{path}");
                let gone = nothing_in_sight(page).await;
                gone.map_err(|error| error.context(line))?;
            }
            assert_eq!(page.send().await?.statuses(), [200, 200]);
        }
        Ok(())
    })
}

#[test]
fn a_cookie_for_a_path_alone_goes_there_alone() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_account("administrator").await?;
        page.sign_in().await?;
        page.set_attribute("Path", "/admin alone").await?;
        page.press_for_answers("Sign in again").await?;
        assert_eq!(page.send().await?.statuses(), [401, 200]);
        let said = page.answers().await?.stateful;
        let held = said.steps.iter().any(|it| it.text.contains("/sub/admin"));
        assert!(held, "no step says why: {:#?}", said.steps);
        page.choose_request("GET /admin/users").await?;
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn a_cookie_for_a_minute_is_gone_after_two() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.set_attribute("Max-Age", "1 minute").await?;
        page.press_for_answers("Sign in again").await?;
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        page.move_clock("+1 min").await?;
        page.move_clock("+1 min").await?;
        nothing_in_sight(page).await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [401, 200]);
        let said = &answers.stateful.sentence;
        assert!(said.contains("carries no cookie sid"), "{said}");
        Ok(())
    })
}

#[test]
fn settings_outlast_a_reload_and_starting_over_puts_them_back() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.switch("HttpOnly").await?;
        page.switch("Secure").await?;
        set(page, &["SameSite=Strict", "Path=/", "Max-Age=1 minute"]).await?;
        page.press_for_answers("Sign in again").await?;
        page.reload().await?;
        for switch in ["HttpOnly", "Secure"] {
            assert!(page.is_switched_on(switch).await?, "{switch}");
        }
        for (attribute, option) in [
            ("SameSite", "Strict"),
            ("Path", "/"),
            ("Max-Age", "1 minute"),
        ] {
            assert_eq!(page.attribute(attribute).await?, option);
        }
        // The cookie that no script sees is still known.
        assert_eq!(page.send().await?.statuses(), page.after_new_start());

        page.press("Start over").await?;
        page.press("Clear everything").await?;
        page.says("Nothing yet. Each request will stand here")
            .await?;
        for switch in ["HttpOnly", "Secure", "__Host-"] {
            assert!(!page.is_switched_on(switch).await?, "{switch}");
        }
        for (attribute, option) in [
            ("SameSite", "Lax"),
            ("Path", "the site"),
            ("Max-Age", "as the session"),
        ] {
            assert_eq!(page.attribute(attribute).await?, option);
        }
        page.sign_in().await?;
        assert!(page.session_id().await?.is_some(), "script sees it again");
        Ok(())
    })
}

#[test]
fn a_kept_copy_of_a_hidden_cookie_is_worthless_after_sign_out() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.switch("HttpOnly").await?;
        page.press_for_answers("Sign in again").await?;
        page.send().await?;
        assert!(!page.offers("Send the kept cookie").await?);
        page.sign_out().await?;
        page.says("Send the kept cookie").await?;
        let answers = page.press_for_answers("Send the kept cookie").await?;
        let seen = &answers.stateful;
        assert_eq!(seen.status_code(), 401, "{seen:#?}");
        let said = &seen.sentence;
        assert!(said.contains("No session has this ID"), "{said}");
        Ok(())
    })
}
