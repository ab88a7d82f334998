//! WebKitGTK's small browser, in the private window that its driver opens.

use crate::display;
use crate::prepared::Prepared;
use anyhow::ensure;
use serde_json::{Map, json};
use thirtyfour::{Capabilities, WebDriver, WindowHandle};

pub(super) fn capabilities(prepared: Prepared) -> anyhow::Result<Capabilities> {
    ensure!(
        matches!(prepared, Prepared::Plainly | Prepared::JustStarted),
        "WebKit's driver can't block site data"
    );
    let mut all = Map::new();
    all.insert("browserName".to_owned(), json!("MiniBrowser"));
    Ok(Capabilities::from(all))
}

pub(super) async fn prepare(driver: &WebDriver) -> anyhow::Result<()> {
    set_size(driver, 1440, 1038).await
}

/// No window manager is there to give a window the focus: what stands below the pointer has it, which rests in the
/// display's middle. There stands the browser's own bar, so that the pointer points at nothing of the page.
pub(super) async fn set_size(driver: &WebDriver, width: u32, height: u32) -> anyhow::Result<()> {
    const INTO_BAR: u32 = 10;
    let [x, y] = display::SIZE.map(|it| it / 2);
    let left = x.saturating_sub(width / 2).into();
    let top = y.saturating_sub(INTO_BAR).into();
    Ok(driver.set_window_rect(left, top, width, height).await?)
}

/// A window: a tab beside the first one would stay hidden, where nothing is painted.
pub(super) async fn new_tab(driver: &WebDriver) -> anyhow::Result<WindowHandle> {
    let window = driver.new_window().await?;
    driver.switch_to_window(window.clone()).await?;
    prepare(driver).await?;
    Ok(window)
}
