//! Chromium that goes on from one test to the next: to start one takes longer than most of what a short test does. Each
//! test has a tab and an origin of its own in it, and no cookies but its own.

use super::chromium;
use crate::folder::Folder;
use crate::net_log::{Asked, Record};
use crate::wait::until;
use anyhow::Context;
use serde_json::json;
use std::io::Write;
use std::mem;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use thirtyfour::{Capabilities, WebDriver};

/// What ChromeDriver would start it with besides, for tests.
const FLAGS: [&str; 13] = [
    "--allow-pre-commit-input",
    "--disable-client-side-phishing-detection",
    "--disable-default-apps",
    "--disable-hang-monitor",
    "--disable-popup-blocking",
    "--disable-prompt-on-repost",
    "--enable-automation",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--password-store=basic",
    "--remote-debugging-port=0",
    "--test-type=webdriver",
    "--use-mock-keychain",
];

/// Runs a program until its own input ends, as it does with the process that holds it, however that ends; and removes a
/// folder then, unless a line said that it is still needed.
const RUN_WHILE_HELD: &str = r#"folder="$1"; shift
"$@" & read -r needed; kill $!; wait $!; [ "$needed" ] || rm -rf "$folder""#;
const NEEDED: &[u8] = b"needed\n";

/// Where it says at which port it can be reached.
const PORT: &str = "DevToolsActivePort";

/// How many tests one has at the most: what they leave behind in it does not grow without end.
const TESTS: u32 = 40;

/// Those that no test has.
static KEPT: Mutex<Vec<KeptChromium>> = Mutex::new(Vec::new());

/// A running one. It ends with this.
pub(crate) struct KeptChromium {
    program: Child,
    port: u16,
    record: Record,
    /// What left it since the last test, as far as the record was read.
    asked: Vec<Asked>,
    /// How many tests it had.
    tests: u32,
    /// Goes once the program has ended.
    _profile: Folder,
}

impl KeptChromium {
    /// One that was kept, or a new one.
    pub(crate) async fn any() -> anyhow::Result<Self> {
        let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match kept {
            Some(chromium) => Ok(chromium),
            None => Self::start().await,
        }
    }

    async fn start() -> anyhow::Result<Self> {
        let profile = Folder::new()?;
        let binary = std::env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
        let program = Command::new("sh")
            .args(["-c", RUN_WHILE_HELD, "sh"])
            .arg(profile.path())
            .arg(binary)
            .args(chromium::arguments(profile.path()))
            .args(FLAGS)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("Chromium can't be started")?;
        Ok(Self {
            program,
            port: port(profile.path().join(PORT)).await?,
            record: chromium::record(profile.path()),
            asked: Vec::new(),
            tests: 0,
            _profile: profile,
        })
    }

    /// What a driver is asked for that shall drive it.
    pub(crate) fn capabilities(&self) -> Capabilities {
        let address = format!("127.0.0.1:{}", self.port);
        chromium::with_options(json!({ "debuggerAddress": address }))
    }

    /// Takes leave of a test whose page had that origin: nothing of it is left, and a new tab is in front. What left the
    /// browser since the last test is what remains.
    pub(crate) async fn leave(
        &mut self,
        driver: &WebDriver,
        origin: &str,
    ) -> anyhow::Result<Vec<Asked>> {
        let tabs = driver.windows().await?;
        let own_tab = driver.new_tab().await?;
        for tab in tabs {
            driver.switch_to_window(tab).await?;
            driver.close_window().await?;
        }
        driver.switch_to_window(own_tab).await?;
        self.read_until_now(driver).await?;
        chromium::developer_tools(driver, "Network.clearBrowserCookies", json!({})).await?;
        let all = json!({ "origin": origin, "storageTypes": "all" });
        chromium::developer_tools(driver, "Storage.clearDataForOrigin", all).await?;
        self.tests += 1;
        Ok(mem::take(&mut self.asked))
    }

    /// Ends it, where it could not be left. What left it since the last test is what remains.
    pub(crate) fn end(mut self) -> anyhow::Result<Vec<Asked>> {
        if let Some(mut input) = self.program.stdin.take() {
            input.write_all(NEEDED)?;
        }
        self.program.wait()?;
        self.asked.extend(self.record.more()?);
        Ok(mem::take(&mut self.asked))
    }

    /// Reads what left the browser until now. It writes its record down with a delay, so it is let load something of its
    /// own, and all that came before is in the record once that is.
    async fn read_until_now(&mut self, driver: &WebDriver) -> anyhow::Result<()> {
        let own = format!("http://127.0.0.1:{}/json/version?{}", self.port, self.tests);
        let frames = chromium::developer_tools(driver, "Page.getFrameTree", json!({})).await?;
        let load = json!({
            "frameId": frames["frameTree"]["frame"]["id"],
            "url": own,
            "options": { "disableCache": true, "includeCredentials": false },
        });
        chromium::developer_tools(driver, "Network.loadNetworkResource", load).await?;
        until("the browser's record of its network", async || {
            self.asked.extend(self.record.more()?);
            Ok(self.asked.iter().any(|it| it.url == own).then_some(()))
        })
        .await
    }

    /// Keeps it for another test.
    pub(crate) fn keep(self) {
        if self.tests < TESTS {
            KEPT.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(self);
        }
    }
}

impl Drop for KeptChromium {
    fn drop(&mut self) {
        drop(self.program.stdin.take());
        let _ = self.program.wait();
    }
}

/// The port that Chromium says in this file.
async fn port(file: PathBuf) -> anyhow::Result<u16> {
    until("Chromium to start", async || {
        let said = std::fs::read_to_string(&file)?;
        // Two lines: the port, and a path.
        Ok(said.split_once('\n').map(|(port, _)| port.to_owned()))
    })
    .await?
    .parse()
    .context("Chromium says another thing than a port")
}
