//! The schemes of the lanes: chosen in Compare, and what each makes of signing in, asking and signing out.

use crate::scheme_places::names_of;
use e2e::{Answers, Failure, Kept, Lane, Page, Setup, run, until};

/// A scheme that has a name, and how it fares.
struct Preset {
    name: &'static str,
    /// What its heading says beside the name.
    in_short: &'static str,
    /// What is said at sign-in.
    signed_in: &'static str,
    /// What is said of who asks.
    known: &'static str,
    /// What is said at sign-out.
    signed_out: &'static str,
    /// What offers the copy that someone kept.
    copy: &'static str,
    /// What that copy meets.
    status: u16,
    /// What is said of it.
    verdict: &'static str,
}

const PRESETS: [Preset; 6] = [
    Preset {
        name: "Stateful",
        in_short: "session ID in a cookie, a record in SQLite",
        signed_in: "the server keeps a record, the browser a reference to it",
        known: "It looked you up.",
        signed_out: "the session is gone, for whoever has its ID",
        copy: "Send the kept cookie",
        status: 401,
        verdict: "No session has this ID",
    },
    Preset {
        name: "Stateless",
        in_short: "JWT in localStorage, nothing on the server",
        signed_in: "the server keeps nothing",
        known: "It took the token’s word, and asked nobody.",
        signed_out: "Signed out here only: a copy of the token still works for 1",
        copy: "Send the kept token",
        status: 200,
        verdict: "user #42",
    },
    Preset {
        name: "Hybrid",
        in_short: "JWT in memory, refresh tokens in SQLite",
        signed_in: "The server keeps the refresh token’s hash alone",
        known: "It took the token’s word, and asked nobody.",
        signed_out: "no refresh token brings another token, but a copy of this one still works for",
        copy: "Send the kept token",
        status: 200,
        verdict: "user #42",
    },
    Preset {
        name: "JWT in a cookie",
        in_short: "JWT in a cookie, nothing on the server",
        signed_in: "the server keeps nothing",
        known: "It took the token’s word, and asked nobody.",
        signed_out: "Signed out here only: a copy of the token still works for 1",
        copy: "Send the kept cookie",
        status: 200,
        verdict: "user #42",
    },
    Preset {
        name: "JWT and denylist",
        in_short: "JWT in localStorage, a denylist in SQLite",
        signed_in: "a token that is good for 1",
        known: "once it had looked at its denylist",
        signed_out: "the token is refused for the 1",
        copy: "Send the kept token",
        status: 401,
        verdict: "The token is on the list of those that are refused",
    },
    Preset {
        name: "JWT and version",
        in_short: "JWT in localStorage, a version number in SQLite",
        signed_in: "a token that is good for 1",
        known: "once it had looked up your version number",
        signed_out: "every token of this user is refused, on all devices",
        copy: "Send the kept token",
        status: 401,
        verdict: "The token carries version 0 and the user is at 1",
    },
];

/// Signs in, whatever event came just before.
pub(crate) async fn sign_in(page: &Page) -> anyhow::Result<Answers> {
    page.press_for_request("Sign in to both", "POST /login")
        .await
}

/// Presses “Send to both”, and waits for what comes of that request: another may go before it, for a token.
pub(crate) async fn ask(page: &Page) -> anyhow::Result<Answers> {
    page.press_for_request("Send to both", "GET /me").await
}

#[test]
fn each_preset_works_in_each_lane_and_its_kept_copy_fares_as_it_must() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for (place, left) in PRESETS.iter().enumerate() {
            let presets = [left, &PRESETS[(place + 1) % PRESETS.len()]];
            for (lane, preset) in Lane::BOTH.into_iter().zip(presets) {
                page.choose_scheme(lane, preset.name).await?;
            }
            let seen = page.answers().await?;
            for (lane, preset) in seen.both().into_iter().zip(presets) {
                assert_eq!(lane.heading, format!("{} {}", preset.name, preset.in_short));
            }
            let check = |seen: &Answers, statuses: [u16; 2], words: fn(&Preset) -> &str| {
                assert_eq!(seen.statuses(), statuses, "{seen:#?}");
                for (lane, preset) in seen.both().into_iter().zip(presets) {
                    let (said, words) = (&lane.sentence, words(preset));
                    assert!(said.contains(words), "{}: {said}", preset.name);
                }
            };
            check(&sign_in(page).await?, [200, 200], |it| it.signed_in);
            check(&ask(page).await?, [200, 200], |it| it.known);
            check(&page.sign_out().await?, [204, 204], |it| it.signed_out);
            assert_eq!(ask(page).await?.statuses(), [401, 401]);
            for (lane, preset) in Lane::BOTH.into_iter().zip(presets) {
                let lasts = preset.status == 200;
                page.lane_is(lane, "for how long a copy still works", |seen| {
                    seen.in_the_browser.contains("It works for another") == lasts
                })
                .await?;
                let before = page.answers().await?.number;
                page.press_in(lane, preset.copy).await?;
                let seen = page.answers_after(before).await?;
                let seen = seen.lane(lane);
                assert_eq!(seen.status_code(), preset.status, "{seen:#?}");
                let said = &seen.sentence;
                assert!(said.contains(preset.verdict), "{}: {said}", preset.name);
                let copied = seen.steps[0].text.contains("by someone who kept it");
                assert!(copied, "{:#?}", seen.steps);
            }
        }
        Ok(())
    })
}

#[test]
fn a_jwt_in_a_cookie_is_hidden_from_script_and_needs_the_origin_check() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_scheme(Lane::Stateless, "JWT in a cookie")
            .await?;
        sign_in(page).await?;
        assert_eq!(names_of(&page.kept().await?), ["sid"]);
        page.says("HttpOnly: the user agent holds the JWT and sends it")
            .await?;
        page.press_in(Lane::Stateless, "Try to overwrite it from script")
            .await?;
        page.says("page script can’t overwrite an HttpOnly one")
            .await?;
        assert_eq!(ask(page).await?.statuses(), [200, 200]);

        let foreign = "Origin: https://elsewhere.example";
        let fields = "Header fields, one per line";
        page.unfold("Change it").await?;
        page.choose_request("POST /orders").await?;
        page.fill(fields, foreign).await?;
        let seen = page.send().await?;
        assert_eq!(seen.statuses(), [403, 403], "{seen:#?}");
        for lane in seen.both() {
            assert!(
                lane.sentence.contains("comes from another site"),
                "{lane:#?}"
            );
            let (failed, _) = lane.failure()?;
            assert!(
                failed.text.contains("https://elsewhere.example"),
                "{failed:?}"
            );
        }
        page.choose_request("GET /orders").await?;
        page.fill(fields, foreign).await?;
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        page.choose_request("POST /orders").await?;
        assert_eq!(page.send().await?.statuses(), [201, 201]);

        // Where page script attaches the token, no other site can.
        page.choose_scheme(Lane::Stateless, "Stateless").await?;
        sign_in(page).await?;
        page.fill(fields, foreign).await?;
        assert_eq!(page.send().await?.statuses(), [403, 201]);
        Ok(())
    })
}

async fn has_schemes(page: &Page, names: [&str; 2]) -> anyhow::Result<()> {
    until(&format!("the schemes {names:?}"), async || {
        let seen = page.answers().await?;
        for (place, lane) in Lane::BOTH.into_iter().enumerate() {
            let heading = &seen.lane(lane).heading;
            anyhow::ensure!(heading.starts_with(names[place]), "{heading}");
            let chosen = page.scheme(lane).await?;
            anyhow::ensure!(chosen == names[place], "{chosen} is chosen");
        }
        Ok(Some(()))
    })
    .await
}

#[test]
fn schemes_are_kept_for_the_next_visit_until_one_starts_over() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_scheme(Lane::Stateful, "JWT and version")
            .await?;
        page.choose_scheme(Lane::Stateless, "JWT and denylist")
            .await?;
        sign_in(page).await?;
        page.reload().await?;
        has_schemes(page, ["JWT and version", "JWT and denylist"]).await?;
        assert_eq!(ask(page).await?.statuses(), page.after_new_start());

        page.press("Start over").await?;
        page.press("Clear everything").await?;
        has_schemes(page, ["Stateful", "Stateless"]).await?;
        until("nothing in the browser", async || {
            let kept = page.kept().await?;
            anyhow::ensure!(kept == Kept::default(), "{kept:?}");
            Ok(Some(()))
        })
        .await?;
        page.reload().await?;
        has_schemes(page, ["Stateful", "Stateless"]).await?;
        assert_eq!(sign_in(page).await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn nonsense_where_the_schemes_are_kept_is_survived() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for (kept, names) in [
            ("", ["Stateful", "Stateless"]),
            ("{", ["Stateful", "Stateless"]),
            ("[[]]", ["Stateful", "Stateless"]),
            (
                r#"{"a":"hybrid","b":"user-version"}"#,
                ["Stateful", "Stateless"],
            ),
            // A session ID and a denylist; a token that lasts for no time.
            (
                "0 0 2 0 0 0 900 28800 1 60 900 0 604800 0;1 1 1 0 0 0 900 28800 1 60 0 0 604800 0",
                ["Stateful", "Stateless"],
            ),
            (
                "nonsense;2 3 1 0 0 0 900 28800 1 60 300 0 604800 0",
                ["Stateful", "Hybrid"],
            ),
            (
                "1 1 3 0 0 0 900 28800 1 60 900 0 604800 0",
                ["JWT and version", "Stateless"],
            ),
        ] {
            page.leave_in_storage("schemes", kept).await?;
            page.reload().await?;
            has_schemes(page, names).await?;
        }
        assert_eq!(sign_in(page).await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn the_lanes_are_accessible_under_each_scheme() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_scheme(Lane::Stateful, "JWT in a cookie")
            .await?;
        page.choose_scheme(Lane::Stateless, "Hybrid").await?;
        sign_in(page).await?;
        ask(page).await?;
        crate::looks::look(page, "scheme-cookie-and-hybrid").await?;
        page.choose_scheme(Lane::Stateful, "JWT and denylist")
            .await?;
        page.console(
            "playground.configure('b', { credential: 'session-id', carrier: 'session-storage',
             revocation: 'record', store: { place: 'server-memory' } })",
        )
        .await?;
        sign_in(page).await?;
        page.sign_out().await?;
        sign_in(page).await?;
        assert_eq!(page.scheme(Lane::Stateless).await?, "own");
        crate::looks::look(page, "scheme-denylist-and-own").await
    })
}
