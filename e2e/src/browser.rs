//! A headless Chromium with a profile of its own, that asks nothing of the network by itself.

use crate::chromedriver::Chromedriver;
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use thirtyfour::{Capabilities, WebDriver};

const FLAGS: [&str; 13] = [
    "--headless=new",
    // Tests may run as root, where Chromium's sandbox does not start.
    "--no-sandbox",
    // Containers often have a small one.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Both tabs of a test go on painting.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // A width is then the width that a page has.
    "--hide-scrollbars",
    "--window-size=1440,1000",
];

/// For scripts that wait for the page.
const SCRIPT_TIMEOUT: Duration = Duration::from_secs(120);

/// How the browser is before the page is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prepared {
    /// As it comes.
    #[default]
    Plainly,
    /// Its user has blocked cookies and all site data.
    WithoutSiteData,
    /// It knows no WebAssembly.
    WithoutWebAssembly,
}

/// The browser, its driver and its profile.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    chromedriver: Chromedriver,
    profile: PathBuf,
}

impl Browser {
    /// Starts the Chromium that `CHROMIUM` names, or the one that its driver finds.
    pub(crate) async fn start(prepared: Prepared) -> anyhow::Result<Self> {
        let profile = new_profile()?;
        let chromedriver = Chromedriver::start().await?;
        let driver = WebDriver::new(chromedriver.address(), capabilities(&profile, prepared))
            .await
            .context("Chromium could not be started")?;
        driver.set_script_timeout(SCRIPT_TIMEOUT).await?;
        if prepared == Prepared::WithoutWebAssembly {
            driver
                .cdp()
                .send_raw(
                    "Page.addScriptToEvaluateOnNewDocument",
                    json!({ "source": "delete globalThis.WebAssembly;" }),
                )
                .await?;
        }
        Ok(Self {
            driver,
            chromedriver,
            profile,
        })
    }

    /// What the browser's network stack did. Complete once the browser has ended.
    fn net_log(&self) -> PathBuf {
        self.profile.join(NET_LOG)
    }

    /// Ends everything. The browser's own record of its network is what remains.
    pub(crate) async fn end(self) -> anyhow::Result<String> {
        let net_log = self.net_log();
        let quitted = self.driver.quit().await;
        self.chromedriver.end().await;
        let net_log = std::fs::read_to_string(&net_log);
        let _ = std::fs::remove_dir_all(&self.profile);
        quitted.context("the browser could not be ended")?;
        net_log.context("the browser kept no record of its network")
    }
}

const NET_LOG: &str = "net-log.json";

fn capabilities(profile: &Path, prepared: Prepared) -> Capabilities {
    let mut arguments: Vec<String> = FLAGS.map(str::to_owned).into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments.push(format!("--log-net-log={}", profile.join(NET_LOG).display()));
    let mut options = json!({ "args": arguments });
    if let Some(binary) = std::env::var_os("CHROMIUM") {
        options["binary"] = json!(binary.to_string_lossy());
    }
    if prepared == Prepared::WithoutSiteData {
        options["prefs"] = json!({ "profile.default_content_setting_values.cookies": 2 });
    }
    let mut all = Map::new();
    all.insert("browserName".to_owned(), json!("chrome"));
    all.insert("goog:chromeOptions".to_owned(), options);
    all.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    Capabilities::from(all)
}

/// An empty folder.
fn new_profile() -> anyhow::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "ticket-or-passport-e2e-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A script's result as plain JSON.
pub(crate) async fn script(
    driver: &WebDriver,
    script: &str,
    arguments: Vec<Value>,
) -> anyhow::Result<Value> {
    Ok(driver.execute(script, arguments).await?.json().clone())
}
