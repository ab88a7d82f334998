//! A browser with a profile of its own, and its driver.

use crate::driver_program::DriverProgram;
use crate::engine::Engine;
use crate::net_log::Asked;
use anyhow::Context;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use thirtyfour::WebDriver;

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
    /// Its user has blocked cookies in other sites' frames.
    WithoutOthersCookies,
}

/// The browser, its driver and its profile.
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    pub(crate) driver: WebDriver,
    program: DriverProgram,
    profile: PathBuf,
}

impl Browser {
    /// Starts the engine under test.
    pub(crate) async fn start(prepared: Prepared) -> anyhow::Result<Self> {
        let engine = Engine::under_test()?;
        let profile = new_profile()?;
        let program = engine.start_driver().await?;
        let capabilities = engine.capabilities(&profile, prepared)?;
        let driver = WebDriver::new(program.address(), capabilities)
            .await
            .with_context(|| format!("{engine:?} could not be started"))?;
        driver.set_script_timeout(SCRIPT_TIMEOUT).await?;
        engine.prepare(&driver).await?;
        Ok(Self {
            engine,
            driver,
            program,
            profile,
        })
    }

    /// Ends everything. What left the browser is what remains, where the engine tells.
    pub(crate) async fn end(self) -> anyhow::Result<Option<Vec<Asked>>> {
        let told_while_alive = self.engine.asked(&self.driver).await;
        let quitted = self.driver.quit().await;
        self.program.end().await;
        let told_at_last = self.engine.asked_in_all(&self.profile);
        let _ = std::fs::remove_dir_all(&self.profile);
        quitted.context("the browser could not be ended")?;
        Ok(told_while_alive?.or(told_at_last?))
    }
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
