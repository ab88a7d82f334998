//! A headless Firefox. Asked by scripts in its own window, where geckodriver lets them run.

use crate::folder::Folder;
use crate::net_log::Asked;
use crate::prepared::Prepared;
use crate::wish::{Colours, Wish};
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::fmt;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::extensions::addons::firefox::FirefoxTools;
use thirtyfour::{Capabilities, RequestData, SessionId, WebDriver};

pub(super) fn capabilities(prepared: Prepared) -> Capabilities {
    let mut preferences = json!({
        // It would go on asking for lists of its own.
        "services.settings.server": "data:,",
        "app.normandy.enabled": false,
        // A width is then the width that a page has.
        "ui.useOverlayScrollbars": 1,
    });
    match prepared {
        Prepared::Plainly | Prepared::JustStarted => {}
        Prepared::WithoutSiteData => preferences["network.cookie.cookieBehavior"] = json!(2),
        Prepared::WithoutOthersCookies => preferences["network.cookie.cookieBehavior"] = json!(1),
    }
    let mut options = json!({ "args": ["-headless"], "prefs": preferences });
    if let Some(binary) = std::env::var_os("FIREFOX") {
        options["binary"] = json!(binary.to_string_lossy());
    }
    let mut all = Map::new();
    all.insert("browserName".to_owned(), json!("firefox"));
    all.insert("moz:firefoxOptions".to_owned(), options);
    Capabilities::from(all)
}

/// Lets its window be as narrow as a phone's, and writes down each request with who caused it.
pub(super) async fn prepare(driver: &WebDriver) -> anyhow::Result<()> {
    let script = "\
const own = Services.wm.getMostRecentWindow('navigator:browser');
own.document.documentElement.style.setProperty('min-width', '0', 'important');
own.asked = [];
Services.obs.addObserver((request) => {
  request.QueryInterface(Ci.nsIHttpChannel);
  own.asked.push([request.URI.spec, request.loadInfo?.triggeringPrincipal?.origin ?? '']);
}, 'http-on-modify-request');";
    in_its_window(driver, script, Vec::new()).await?;
    driver.set_window_rect(0, 0, 1440, 1085).await?;
    Ok(())
}

/// As pressing on in its bar would.
pub(super) async fn come_round(driver: &WebDriver) -> anyhow::Result<()> {
    let has_focus = driver.execute("return document.hasFocus()", Vec::new());
    if has_focus.await?.json() == &json!(false) {
        let script = "Services.wm.getMostRecentWindow('navigator:browser').gBrowser.selectedBrowser.focus();";
        in_its_window(driver, script, Vec::new()).await?;
    }
    Ok(())
}

/// What it keeps of errors in scripts, workers' too, and of what a policy forbids. What pages write into the console is
/// kept elsewhere.
pub(super) async fn errors_in_console(
    driver: &WebDriver,
    origin: &str,
) -> anyhow::Result<Vec<String>> {
    let script = "\
return Services.console.getMessageArray().flatMap((message) => {
  if (!(message instanceof Ci.nsIScriptError)) return [];
  const { category, flags, sourceName, errorMessage } = message;
  const counts = category.startsWith('CSP') || (category.startsWith('content') && !(flags & Ci.nsIScriptError.warningFlag));
  return counts && sourceName.startsWith(arguments[0]) ? [errorMessage.replace('Content-Security-Policy', 'Content Security Policy')] : [];
});";
    let errors = in_its_window(driver, script, vec![json!(origin)]).await?;
    Ok(serde_json::from_value(errors)?)
}

pub(super) async fn asked(driver: &WebDriver) -> anyhow::Result<Vec<Asked>> {
    let script = "\
for (const own of Services.wm.getEnumerator('navigator:browser')) if (own.asked) return own.asked;
return null;";
    let all = in_its_window(driver, script, Vec::new()).await?;
    let all = all
        .as_array()
        .context("the browser kept no record of its network")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let asked = all.iter().map(|it| Asked {
        url: text(&it[0]),
        initiator: Some(text(&it[1])).filter(|initiator| !initiator.is_empty()),
    });
    Ok(asked.collect())
}

pub(super) async fn wish(driver: &WebDriver, wish: Wish) -> anyhow::Result<()> {
    let (name, value) = match wish {
        Wish::Colours(Colours::Dark) => ("layout.css.prefers-color-scheme.content-override", 0),
        Wish::Colours(Colours::Light) => ("layout.css.prefers-color-scheme.content-override", 1),
        Wish::LessMotion => ("ui.prefersReducedMotion", 1),
        Wish::Motion => ("ui.prefersReducedMotion", 0),
        Wish::ForcedColours => ("browser.display.document_color_use", 2),
    };
    set_preferences(driver, json!({ name: value })).await
}

pub(super) async fn save_files_in(driver: &WebDriver, folder: &Folder) -> anyhow::Result<()> {
    let preferences = json!({
        "browser.download.folderList": 2,
        "browser.download.dir": folder.path(),
        "browser.download.useDownloadDir": true,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.helperApps.neverAsk.saveToDisk": "text/csv,image/svg+xml,image/png,application/json,application/octet-stream",
    });
    set_preferences(driver, preferences).await
}

pub(super) async fn picture(driver: &WebDriver) -> anyhow::Result<Vec<u8>> {
    let tools = FirefoxTools::new(driver.handle().clone());
    Ok(tools.full_screenshot_as_png().await?)
}

async fn set_preferences(driver: &WebDriver, preferences: Value) -> anyhow::Result<()> {
    let script = "\
for (const [name, value] of Object.entries(arguments[0])) {
  const kind = { number: 'setIntPref', boolean: 'setBoolPref', string: 'setStringPref' }[typeof value];
  Services.prefs[kind](name, value);
}";
    in_its_window(driver, script, vec![preferences]).await?;
    Ok(())
}

/// Runs a script in the browser's own window; gives what it returns.
async fn in_its_window(
    driver: &WebDriver,
    script: &str,
    arguments: Vec<Value>,
) -> anyhow::Result<Value> {
    driver.handle().cmd(In("chrome")).await?;
    let returned = driver.execute(script, arguments).await;
    driver.handle().cmd(In("content")).await?;
    Ok(returned?.json().clone())
}

/// Where scripts run from now on: in the browser's window (`chrome`), or in the page (`content`).
struct In(&'static str);

impl fmt::Debug for In {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "scripts run in {}", self.0)
    }
}

impl FormatRequestData for In {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(
            http::Method::POST,
            format!("/session/{session}/moz/context"),
        )
        .add_body(json!({ "context": self.0 }))
    }
}
