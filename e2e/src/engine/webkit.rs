//! WebKitGTK's small browser, in the private window that its driver opens.

use crate::browser::Prepared;
use anyhow::ensure;
use serde_json::{Map, json};
use thirtyfour::{Capabilities, WebDriver};

pub(super) fn capabilities(prepared: Prepared) -> anyhow::Result<Capabilities> {
    ensure!(
        prepared == Prepared::Plainly,
        "WebKit's driver can't block site data"
    );
    let mut all = Map::new();
    all.insert("browserName".to_owned(), json!("MiniBrowser"));
    Ok(Capabilities::from(all))
}

pub(super) async fn prepare(driver: &WebDriver) -> anyhow::Result<()> {
    Ok(driver.set_window_rect(0, 0, 1440, 1038).await?)
}
