//! Parts of the page that are loaded when they are first asked for: the two studios, and what the console calls.

use e2e::{Failure, Page, Setup, run, until};

const TOKEN: &str = "/parts/token-";
const COOKIE: &str = "/parts/cookie-";
const CONSOLE: &str = "/parts/console-";
const HOLDINGS: &str = "/parts/holdings-";
/// What that part shares with others.
const COMMON: &str = "/parts/pack_first-";
/// What the page itself calls later than a first answer.
const LATE: &str = "/parts/late-";

const NOT_LOADED: &str = "The scene could not be loaded";
const LOADING: &str = "Loading the scene";
const COMPARES_PAYLOAD: &str = "Payload";

/// How often a part was asked for.
fn times(page: &Page, part: &str) -> usize {
    page.site().times_asked(part)
}

async fn payload_is_kept(page: &Page) -> anyhow::Result<()> {
    page.go_to_scene("Compare").await?;
    page.holds(COMPARES_PAYLOAD, "{ mine }").await
}

#[test]
fn a_part_is_loaded_once_and_not_before_it_is_asked_for() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        let requests = page.site().requests();
        let mut parts = requests.iter().filter(|path| path.contains("/parts/"));
        let is_database = |path: &str| path.contains("/worker-") && !path.contains("/lab-");
        let follows = |path: &str| [HOLDINGS, COMMON, LATE].iter().any(|it| path.contains(it));
        assert!(
            parts.all(|path| is_database(path) || follows(path)),
            "{requests:?}"
        );
        assert_eq!([HOLDINGS, COMMON].map(|part| times(page, part)), [1, 1]);

        page.go_to_cookies().await?;
        assert_eq!(
            [COOKIE, TOKEN, CONSOLE].map(|part| times(page, part)),
            [1, 0, 0]
        );
        page.go_to_token().await?;
        page.go_to_cookies().await?;
        page.console("playground.sessions()").await?;
        page.console("playground.sessions()").await?;
        assert_eq!(
            [COOKIE, TOKEN, CONSOLE].map(|part| times(page, part)),
            [1, 1, 1]
        );
        Ok(())
    })
}

#[test]
fn what_stands_below_the_answers_comes_behind_the_workers_program() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        page.site().hold("/program.wasm");
        let files = page.site().files()?;
        let part = files.iter().find(|file| file.contains(HOLDINGS));
        page.site().lose(part.expect("the build is in parts"));
        page.open_without_waiting().await?;
        page.press("Send to both").await?;
        assert_eq!(times(page, HOLDINGS), 0);
        assert!(!page.words().await?.contains("In the browser"));

        // It does not come; all else goes on.
        page.site().release();
        page.says("What browser and server hold could not be loaded")
            .await?;
        page.press("Sign in to both").await?;
        page.says("What happened POST /login").await?;
        page.check_accessibility("without what browser and server hold")
            .await?;
        page.press("Try again").await?;
        page.says("What browser and server hold could not be loaded")
            .await?;

        page.site().find_again();
        page.press("Try again").await?;
        page.says("In the browser · cookie").await?;
        page.says("On the server · sessions").await?;
        page.says("ID, as SHA-256").await?;
        page.says("POST /login").await
    })
}

#[test]
fn a_studio_that_does_not_come_is_said_and_comes_once_it_can() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        page.open().await?;
        page.sign_in().await?;
        page.paste_over(COMPARES_PAYLOAD, "{ mine }").await?;
        for (scene, words) in [
            ("Token", "Start from"),
            ("Cookie", "What a request carries"),
        ] {
            page.site().lose(".wasm");
            page.go_to_scene(scene).await?;
            page.says(NOT_LOADED).await?;
            page.check_accessibility(scene).await?;
            page.press("Try again").await?;
            page.says(NOT_LOADED).await?;
            payload_is_kept(page).await?;
            page.go_to_scene(scene).await?;
            page.says(NOT_LOADED).await?;

            page.site().find_again();
            page.press("Try again").await?;
            page.says(words).await?;
            payload_is_kept(page).await?;
        }
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn a_link_to_a_studio_says_that_it_is_loading_and_can_be_left() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let files = page.site().files()?;
        for part in [COOKIE, TOKEN] {
            let file = files.iter().find(|file| file.contains(part));
            page.site().hold(file.expect("the build is in parts"));
        }
        page.go_to_scene("Cookie").await?;
        page.says(LOADING).await?;
        page.go_to_scene("Token").await?;
        page.says(LOADING).await?;
        page.go_to_scene("Compare").await?;
        assert!(page.offers("Sign in to both").await?);

        page.site().release();
        until("both parts", async || {
            Ok((times(page, COOKIE) + times(page, TOKEN) == 2).then_some(()))
        })
        .await?;
        page.go_to_token().await?;
        page.go_to_cookies().await?;
        Ok(())
    })
}

#[test]
fn the_consoles_first_calls_stay_in_order_and_can_be_made_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.expect_error("404");
        page.open().await?;
        page.site().lose(".wasm");
        let lost = page.console("playground.sessions()").await;
        let lost = format!("{:?}", lost.expect_err("it is not there"));
        assert!(lost.contains("could not be loaded"), "{lost}");
        page.site().find_again();

        let both = "Promise.all([
            playground.signIn('member', 'sample-password'),
            playground.sendToBoth('/me'),
            playground.inspect('a.b.c'),
            playground.jar({ url: 'https://a.example/', setCookie: ['a=b'] }),
        ]).then((all) => all[1])";
        let answers = page.console(both).await?;
        assert_eq!(answers["stateful"]["status"], 200, "{answers}");
        assert_eq!(answers["stateless"]["status"], 200, "{answers}");
        Ok(())
    })
}

#[test]
fn the_console_names_its_functions_before_they_are_loaded() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let names = "Object.keys(playground).join()";
        let before = page.console(names).await?;
        assert_eq!(times(page, CONSOLE), 0);
        page.console("playground.exchanges()").await?;
        assert_eq!(page.console(names).await?, before);
        Ok(())
    })
}
