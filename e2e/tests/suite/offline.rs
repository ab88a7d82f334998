//! Without a network, and from one version to the next: what the service worker keeps, and whom it answers.

use e2e::{Failure, Folder, Page, Prepared, Setup, run, until};
use serde_json::{Value, json};

pub(crate) const SETUP: Setup = Setup {
    folder: "/sub/",
    prepared: Prepared::Plainly,
    service_workers: true,
};

const READY: &str = "A new version is ready";
const STARTED: &str = "Another tab started a new version";
const OLD: &str = "Compare · Ticket or Passport";
const NEXT: &str = "Compare · Ticket or Passport, next";

/// All files of the build but the service worker's own.
fn files(page: &Page) -> anyhow::Result<usize> {
    let names = page.site().files()?;
    let kept = names.iter().filter(|name| !name.contains("/language/"));
    Ok(kept.count() - 2)
}

/// Opens each scene that the header leads to.
async fn open_every_scene(page: &Page) -> anyhow::Result<()> {
    let names = "return [...document.querySelectorAll('nav a')].map((it) => it.textContent.trim())";
    let names = page.script(names, Vec::new()).await?;
    let names: Vec<String> = serde_json::from_value(names)?;
    assert!(names.len() >= 5, "{names:?}");
    for name in names.iter().rev() {
        page.go_to_scene(name).await?;
        let seen = "const scene = document.querySelector('main');
            return [document.querySelector('nav a[aria-current]')?.textContent.trim() ?? '',
              scene.querySelector('h2, h3') !== null, scene.innerText]";
        until(&format!("the scene {name}"), async || {
            let seen = page.script(seen, Vec::new()).await?;
            let words = seen[2].as_str().unwrap_or_default();
            assert!(!words.contains("could not be loaded"), "{name}: {words}");
            Ok((seen[0] == json!(name) && seen[1] == true).then_some(()))
        })
        .await?;
    }
    Ok(())
}

async fn is_isolated(page: &Page) -> anyhow::Result<Value> {
    page.script("return crossOriginIsolated", Vec::new()).await
}

fn goes_on_without_a_network(folder: &'static str) -> Result<(), Failure> {
    let setup = Setup { folder, ..SETUP };
    run(setup, async |page| {
        page.open().await?;
        assert_eq!(page.works_offline().await?, files(page)?);
        let isolated = is_isolated(page).await?;

        page.site().stop();
        let before = page.site().requests();
        // What this visit has not needed yet.
        open_every_scene(page).await?;
        for query in ["", "?from=elsewhere"] {
            page.open_at(query).await?;
            assert_eq!(is_isolated(page).await?, isolated, "{query}");
            assert_eq!(page.sign_in().await?.statuses(), [200, 200], "{query}");
            assert_eq!(page.send().await?.statuses(), [200, 200], "{query}");
            let call = "playground.inspect('a.b.c').then(({ verdict }) => typeof verdict)";
            assert_ne!(page.console(call).await?, "undefined");
            page.works_offline().await?;
            open_every_scene(page).await?;
            page.go_to_scene("Compare").await?;
        }
        assert_eq!(page.site().requests(), before, "it was stopped");
        Ok(())
    })
}

#[test]
fn after_one_visit_all_of_it_works_without_a_network() -> Result<(), Failure> {
    goes_on_without_a_network("/")
}

#[test]
fn so_it_does_below_a_folder() -> Result<(), Failure> {
    goes_on_without_a_network("/sub/")
}

#[test]
fn a_new_version_waits_until_it_is_wanted_and_other_tabs_are_told() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.open().await?;
        page.works_offline().await?;
        let first = page.tab().await?;
        let second = page.new_tab().await?;
        page.open().await?;
        page.works_offline().await?;

        page.site().deploy_next()?;
        page.open().await?;
        for tab in [&second, &first] {
            page.switch_to(tab).await?;
            page.banner(READY).await?;
            page.is_titled(OLD).await?;
        }
        page.works_offline().await?;
        assert_eq!(page.caches().await?.len(), 2);
        page.check_accessibility("a new version").await?;
        page.picture("offline-new-version").await?;

        page.switch_to(&second).await?;
        page.press("Start it now").await?;
        page.is_titled(NEXT).await?;
        page.works_offline().await?;
        assert!(!page.banners().await?.contains(READY));
        // The first tab's files stay, as long as it does.
        assert_eq!(page.caches().await?.len(), 2);

        page.switch_to(&first).await?;
        page.banner(STARTED).await?;
        page.check_accessibility("another tab's new version")
            .await?;
        page.picture("offline-other-tab").await?;
        page.is_titled(OLD).await?;
        open_every_scene(page).await?;
        page.press("Load it again").await?;
        page.is_titled(NEXT).await?;
        page.works_offline().await?;
        assert!(!page.banners().await?.contains(STARTED));

        page.switch_to(&second).await?;
        page.close_tab().await?;
        page.switch_to(&first).await?;
        page.open().await?;
        only_one_build_is_kept(page).await
    })
}

async fn only_one_build_is_kept(page: &Page) -> anyhow::Result<()> {
    until("the older files to be gone", async || {
        Ok((page.caches().await?.len() == 1).then_some(()))
    })
    .await
}

#[test]
fn an_older_deployments_page_works_and_the_new_one_comes_with_the_next_start() -> Result<(), Failure>
{
    run(SETUP, async |page| {
        page.open().await?;
        page.works_offline().await?;
        page.leave_the_site().await?;
        // Two deployments later there is nothing left of what was kept.
        page.site().deploy_next()?;
        page.site().deploy_next()?;

        page.open().await?;
        page.is_titled(OLD).await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        open_every_scene(page).await?;
        page.banner(READY).await?;

        page.leave_the_site().await?;
        page.open().await?;
        page.is_titled(&format!("{NEXT}, next")).await?;
        page.works_offline().await?;
        only_one_build_is_kept(page).await?;
        page.site().stop();
        page.open().await?;
        open_every_scene(page).await
    })
}

/// In Firefox scripts of a test see a clock of their own.
const AN_HOUR_LATER: &str = "\
const { Date } = window.wrappedJSObject ?? window;
const now = Date.now.bind(Date);
Date.now = () => now() + 3_600_000;
return null;";

#[test]
fn a_page_that_is_looked_at_after_an_hour_finds_the_new_version() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.open().await?;
        page.works_offline().await?;
        let asked = || {
            let requests = page.site().requests();
            requests
                .iter()
                .filter(|path| path.ends_with("/sw.js"))
                .count()
        };
        let before = asked();
        page.looked_at_again().await?;
        page.site().deploy_next()?;
        page.script(AN_HOUR_LATER, Vec::new()).await?;
        page.looked_at_again().await?;
        page.looked_at_again().await?;
        page.banner(READY).await?;
        assert_eq!(asked(), before + 1);

        // It is all there already.
        page.looked_at_again().await?;
        page.site().stop();
        page.press("Start it now").await?;
        page.is_titled(NEXT).await?;
        page.works_offline().await?;
        open_every_scene(page).await
    })
}

#[test]
fn half_a_deployment_is_never_kept() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.expect_error("404");
        page.expect_error("integrity");
        page.open().await?;
        page.works_offline().await?;
        page.site().deploy_next()?;
        let program = page.site().page_program()?;
        page.site().lose(&program);
        page.open().await?;
        until("the new version to be tried", async || {
            let requests = page.site().requests();
            Ok(requests
                .iter()
                .any(|it| it.ends_with(&program))
                .then_some(()))
        })
        .await?;
        page.works_offline().await?;
        page.is_titled(OLD).await?;
        assert!(!page.banners().await?.contains(READY));

        page.site().find_again();
        page.open().await?;
        page.banner(READY).await?;
        page.press("Start it now").await?;
        page.is_titled(NEXT).await?;
        page.works_offline().await?;
        Ok(())
    })
}

/// What `docs/hosting` says of taking the page away.
const FAREWELL: &[u8] = b"\
addEventListener('install', (event) => event.waitUntil(skipWaiting()));
addEventListener('activate', () => registration.unregister());
";

/// How far the newest service worker is; nothing where none is registered.
const REGISTERED: &str = "navigator.serviceWorker.getRegistration().then((it) => it ? { waiting: it.waiting?.state } : null)";

#[test]
fn another_page_can_take_its_place() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.open().await?;
        page.works_offline().await?;
        page.leave_the_site().await?;
        let other = Folder::new()?;
        other.write(
            "index.html",
            b"<!doctype html><link rel=icon href='data:,'><title>Another page</title>",
        )?;
        other.write("sw.js", FAREWELL)?;
        page.site().deploy(other);

        page.open().await?;
        page.is_titled(OLD).await?;
        // It waits, or is gone already.
        until("the service worker that takes its leave", async || {
            let there = page.console(REGISTERED).await?;
            Ok((there.is_null() || there["waiting"] == "installed").then_some(()))
        })
        .await?;
        page.leave_the_site().await?;
        page.go().await?;
        page.is_titled("Another page").await?;
        until("the service worker to be gone", async || {
            Ok(page.console(REGISTERED).await?.is_null().then_some(()))
        })
        .await
    })
}

#[test]
fn what_is_cleared_without_a_network_is_not_said_to_be_there_and_comes_back() -> Result<(), Failure>
{
    run(SETUP, async |page| {
        page.expect_error("ERR_FAILED");
        page.expect_error("Failed to fetch");
        page.open().await?;
        page.sign_in().await?;
        page.works_offline().await?;
        page.site().stop();
        page.clear_what_is_kept().await?;
        page.looked_at_again().await?;
        until("nothing to be said of it", async || {
            let note = page.script("return document.querySelector('footer') === null", vec![]);
            Ok((note.await? == true).then_some(()))
        })
        .await?;
        // What is loaded goes on.
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        page.go_to_scene("Token").await?;
        page.says("The scene could not be loaded").await?;

        page.site().start_again()?;
        page.press("Try again").await?;
        page.says("Start from").await?;
        page.open().await?;
        page.works_offline().await?;
        page.site().stop();
        page.open().await?;
        assert_eq!(page.send().await?.statuses(), page.after_new_start());
        Ok(())
    })
}

#[test]
fn a_build_in_another_folder_keeps_files_of_its_own() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.open().await?;
        page.works_offline().await?;
        page.site().lend(page.site().dist());
        let places = ["lent/", ""];
        for place in places {
            page.open_at(place).await?;
            page.works_offline().await?;
        }
        assert_eq!(page.caches().await?.len(), 2);
        page.site().stop();
        for place in places {
            page.open_at(place).await?;
            page.works_offline().await?;
        }
        Ok(())
    })
}

#[test]
fn a_browser_that_keeps_nothing_is_no_trouble() -> Result<(), Failure> {
    let setup = Setup {
        prepared: Prepared::WithoutSiteData,
        ..SETUP
    };
    run(setup, async |page| {
        page.open().await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        // The page asks for it by itself: by then it was refused.
        let refused =
            "navigator.serviceWorker.register('sw.js').then(() => 'kept', () => 'refused')";
        assert_eq!(page.console(refused).await?, "refused");
        open_every_scene(page).await?;
        let note = "return document.querySelector('footer') === null";
        assert_eq!(page.script(note, vec![]).await?, true);
        Ok(())
    })
}

/// The manifest, and how large each of its pictures is in truth.
const MANIFEST: &str = "\
fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json()).then(async (manifest) => {
  for (const icon of manifest.icons) {
    const image = new Image();
    image.src = icon.src;
    await image.decode();
    icon.is = `${image.naturalWidth}x${image.naturalHeight}`;
  }
  return manifest;
})";

#[test]
fn it_can_be_installed() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.open().await?;
        page.works_offline().await?;
        let manifest = page.console(MANIFEST).await?;
        assert_eq!(manifest["start_url"], "./", "{manifest}");
        assert_eq!(manifest["display"], "standalone", "{manifest}");
        let icons = manifest["icons"].as_array().expect("it has icons");
        for icon in icons {
            assert_eq!(icon["sizes"], icon["is"], "{manifest}");
        }
        let has = |sizes: &str, purpose: Value| {
            icons
                .iter()
                .any(|icon| icon["sizes"] == sizes && icon["purpose"] == purpose)
        };
        assert!(has("192x192", Value::Null) && has("512x512", Value::Null));
        assert!(has("512x512", json!("maskable")));
        assert_eq!(
            page.not_installable().await?.unwrap_or_default(),
            Vec::<Value>::new()
        );
        Ok(())
    })
}
