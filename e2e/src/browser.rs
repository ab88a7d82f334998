//! A browser and its driver.

use crate::driver_program::DriverProgram;
use crate::engine::{Engine, KeptChromium};
use crate::folder::Folder;
use crate::net_log::Asked;
use crate::prepared::Prepared;
use anyhow::Context;
use serde_json::Value;
use std::time::Duration;
use thirtyfour::WebDriver;

/// For scripts that wait for the page.
const SCRIPT_TIMEOUT: Duration = Duration::from_secs(120);
/// How long it may take to clear a browser for the next test: a hundred times what it takes.
const LEAVING_LIMIT: Duration = Duration::from_secs(20);

/// The browser, and its driver.
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    pub(crate) driver: WebDriver,
    program: DriverProgram,
    running: Running,
}

/// For how long the browser runs.
enum Running {
    /// As long as its driver's session, with this profile.
    ForOneTest(Folder),
    /// On and on, from one test to the next.
    On(KeptChromium),
}

impl Browser {
    /// Starts the engine under test, or goes on with one that was kept.
    pub(crate) async fn start(prepared: Prepared) -> anyhow::Result<Self> {
        let engine = Engine::under_test()?;
        let program = engine.start_driver().await?;
        let (running, capabilities) = if engine == Engine::Chromium && prepared == Prepared::Plainly
        {
            let chromium = KeptChromium::any().await?;
            let capabilities = chromium.capabilities();
            (Running::On(chromium), capabilities)
        } else {
            let profile = Folder::new()?;
            let capabilities = engine.capabilities(profile.path(), prepared)?;
            (Running::ForOneTest(profile), capabilities)
        };
        let driver = WebDriver::new(program.address(), capabilities)
            .await
            .with_context(|| format!("{engine:?} could not be started"))?;
        driver.set_script_timeout(SCRIPT_TIMEOUT).await?;
        engine.prepare(&driver).await?;
        Ok(Self {
            engine,
            driver,
            program,
            running,
        })
    }

    /// Ends everything, and keeps the browser for another test where that can be and this one went well. What left the
    /// browser is what remains, where the engine tells.
    pub(crate) async fn end(
        self,
        origin: &str,
        went_well: bool,
    ) -> anyhow::Result<Option<Vec<Asked>>> {
        match self.running {
            Running::ForOneTest(profile) => {
                let told_while_alive = self.engine.asked(&self.driver).await;
                let quitted = self.driver.quit().await;
                self.program.end().await;
                let told_at_last = self.engine.asked_in_all(profile.path());
                quitted.context("the browser could not be ended")?;
                Ok(told_while_alive?.or(told_at_last?))
            }
            // Without being kept it ends.
            Running::On(_) if !went_well => {
                let quitting = tokio::time::timeout(LEAVING_LIMIT, self.driver.quit());
                let quitted = quitting.await;
                self.program.end().await;
                quitted
                    .context("its driver is at work without end")?
                    .context("the browser could not be left")?;
                Ok(None)
            }
            Running::On(mut chromium) => {
                let leaving = chromium.leave(&self.driver, origin);
                let left = tokio::time::timeout(LEAVING_LIMIT, leaving).await;
                match left.context("its driver is at work without end").flatten() {
                    Ok(asked) => {
                        let quitted = self.driver.quit().await;
                        self.program.end().await;
                        quitted.context("the browser could not be left")?;
                        chromium.keep();
                        Ok(Some(asked))
                    }
                    // After a test that went well.
                    Err(why) => {
                        eprintln!("Chromium could not be cleared, so it is not kept: {why:#}");
                        self.program.end().await;
                        chromium.end().map(Some)
                    }
                }
            }
        }
    }
}

/// A script's result as plain JSON.
pub(crate) async fn script(
    driver: &WebDriver,
    script: &str,
    arguments: Vec<Value>,
) -> anyhow::Result<Value> {
    Ok(driver.execute(script, arguments).await?.json().clone())
}
