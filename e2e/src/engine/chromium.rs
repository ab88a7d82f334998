//! A headless Chromium with a profile of its own, that asks nothing of the network by itself. Asked by the protocol of
//! its developer tools.

use crate::folder::Folder;
use crate::net_log::Record;
use crate::prepared::Prepared;
use crate::wish::Wish;
use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::path::Path;
use thirtyfour::{Capabilities, WebDriver};

const FLAGS: [&str; 14] = [
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
    // As ChromeDriver has it; and pages of the browser's own, made ready with each window for who types into its address bar.
    "--disable-features=IgnoreDuplicateNavs,Prewarm,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
    // Both tabs of a test go on painting.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // A width is then the width that a page has.
    "--hide-scrollbars",
    "--window-size=1440,1000",
];

/// More flags, with spaces between. `CHROMIUM_FLAGS` is another one: of those, Debian's own start of Chromium knows.
const MORE_FLAGS: &str = "TESTS_CHROMIUM_FLAGS";

/// What its network stack did. Complete once it has ended.
const NET_LOG: &str = "net-log.json";

/// What it is started with.
pub(super) fn arguments(profile: &Path) -> Vec<String> {
    let mut arguments: Vec<String> = FLAGS.map(str::to_owned).into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments.push(format!("--log-net-log={}", profile.join(NET_LOG).display()));
    let more = std::env::var(MORE_FLAGS).unwrap_or_default();
    arguments.extend(more.split_whitespace().map(str::to_owned));
    arguments
}

pub(super) fn capabilities(profile: &Path, prepared: Prepared) -> Capabilities {
    let mut options = json!({ "args": arguments(profile) });
    if let Some(binary) = std::env::var_os("CHROMIUM") {
        options["binary"] = json!(binary.to_string_lossy());
    }
    match prepared {
        Prepared::Plainly | Prepared::JustStarted => {}
        Prepared::WithoutSiteData => {
            options["prefs"] = json!({ "profile.default_content_setting_values.cookies": 2 });
        }
        Prepared::WithoutOthersCookies => {
            options["prefs"] = json!({ "profile.cookie_controls_mode": 1 });
        }
    }
    with_options(options)
}

/// Chromium with these options, whose console is told.
pub(super) fn with_options(options: Value) -> Capabilities {
    let mut all = Map::new();
    all.insert("browserName".to_owned(), json!("chrome"));
    all.insert("goog:chromeOptions".to_owned(), options);
    all.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    Capabilities::from(all)
}

pub(super) async fn errors_in_console(driver: &WebDriver) -> anyhow::Result<Vec<String>> {
    let entries = driver.browser_log().await?;
    let errors = entries.into_iter().filter(|entry| entry.level == "SEVERE");
    Ok(errors.map(|entry| entry.message).collect())
}

/// The record of its network.
pub(super) fn record(profile: &Path) -> Record {
    Record::new(profile.join(NET_LOG))
}

pub(super) async fn set_width(driver: &WebDriver, width: u32) -> anyhow::Result<()> {
    let metrics =
        json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
    developer_tools(driver, "Emulation.setDeviceMetricsOverride", metrics).await?;
    Ok(())
}

pub(super) async fn wish(driver: &WebDriver, wish: Wish) -> anyhow::Result<()> {
    let (name, value) = match wish {
        Wish::Colours(colours) => ("prefers-color-scheme", colours.name()),
        Wish::LessMotion => ("prefers-reduced-motion", "reduce"),
        Wish::Motion => ("prefers-reduced-motion", "no-preference"),
        Wish::ForcedColours => ("forced-colors", "active"),
    };
    let features = json!([{ "name": name, "value": value }]);
    let parameters = json!({ "features": features });
    developer_tools(driver, "Emulation.setEmulatedMedia", parameters).await?;
    Ok(())
}

pub(super) async fn save_files_in(driver: &WebDriver, folder: &Folder) -> anyhow::Result<()> {
    let options = json!({ "behavior": "allow", "downloadPath": folder.path() });
    developer_tools(driver, "Browser.setDownloadBehavior", options).await?;
    Ok(())
}

pub(super) async fn limit_site_data(
    driver: &WebDriver,
    origin: &str,
    octets: u64,
) -> anyhow::Result<()> {
    let options = json!({ "origin": origin, "quotaSize": octets });
    developer_tools(driver, "Storage.overrideQuotaForOrigin", options).await?;
    Ok(())
}

pub(super) async fn picture(driver: &WebDriver) -> anyhow::Result<Vec<u8>> {
    let options =
        json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true });
    let answer = developer_tools(driver, "Page.captureScreenshot", options).await?;
    let data = answer["data"].as_str().context("there is no picture")?;
    Ok(STANDARD.decode(data)?)
}

pub(super) async fn not_installable(driver: &WebDriver) -> anyhow::Result<Vec<Value>> {
    let manifest = developer_tools(driver, "Page.getAppManifest", json!({})).await?;
    let mut reasons = manifest["errors"]
        .as_array()
        .context("no manifest")?
        .clone();
    let answer = developer_tools(driver, "Page.getInstallabilityErrors", json!({})).await?;
    let errors = answer["installabilityErrors"].as_array();
    reasons.extend_from_slice(errors.context("it does not tell")?);
    Ok(reasons)
}

pub(super) async fn developer_tools(
    driver: &WebDriver,
    method: &str,
    parameters: Value,
) -> anyhow::Result<Value> {
    Ok(driver.cdp().send_raw(method, parameters).await?)
}
