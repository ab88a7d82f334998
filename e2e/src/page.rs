//! The page in the browser: opened, reloaded, in one tab or two.

use crate::browser;
use crate::console::Console;
use crate::engine::Engine;
use crate::site::Site;
use crate::wait::until;
use anyhow::bail;
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;
use thirtyfour::{WebDriver, WindowHandle};

/// The page, and where it is served.
#[derive(Clone)]
pub struct Page {
    pub(crate) engine: Engine,
    pub(crate) driver: WebDriver,
    pub(crate) site: Arc<Site>,
    pub(crate) errors: Rc<Console>,
}

impl Page {
    pub(crate) fn new(engine: Engine, driver: WebDriver, site: Arc<Site>) -> Self {
        Self {
            engine,
            driver,
            site,
            errors: Rc::default(),
        }
    }

    /// The engine that shows it.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The server that the page comes from.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// An error in the console that this test causes; any other one fails it.
    pub fn expect_error(&self, part: &str) {
        self.errors.expect(part);
    }

    /// Opens the page, and waits until its server runs.
    ///
    /// # Errors
    /// Where it does not come up.
    pub async fn open(&self) -> anyhow::Result<()> {
        self.open_without_waiting().await?;
        self.running().await
    }

    /// Opens the page, and waits until it takes input.
    ///
    /// # Errors
    /// Where it does not come up.
    pub async fn open_without_waiting(&self) -> anyhow::Result<()> {
        self.go().await?;
        self.taking_input().await
    }

    /// Goes to the page's address.
    ///
    /// # Errors
    /// Where the browser does not go.
    pub async fn go(&self) -> anyhow::Result<()> {
        Ok(self.driver.goto(self.site.url()).await?)
    }

    /// Leaves for a place of the same origin where no page of ours is.
    ///
    /// # Errors
    /// Where the browser does not go.
    pub async fn leave(&self) -> anyhow::Result<()> {
        self.expect_error("404");
        let elsewhere = format!("{}elsewhere", self.site.url());
        Ok(self.driver.goto(elsewhere).await?)
    }

    /// As by the back button.
    ///
    /// # Errors
    /// Where it does not come up.
    pub async fn back(&self) -> anyhow::Result<()> {
        self.driver.back().await?;
        self.running().await
    }

    /// As by the reload button.
    ///
    /// # Errors
    /// Where it does not come up again.
    pub async fn reload(&self) -> anyhow::Result<()> {
        self.driver.refresh().await?;
        self.running().await
    }

    /// Waits until the page has its buttons.
    ///
    /// # Errors
    /// Where they don't come.
    pub async fn taking_input(&self) -> anyhow::Result<()> {
        until("the page to take input", async || {
            let ready = self.script(
                "return typeof window.playground === 'object' && document.querySelector('nav a') !== null",
                Vec::new(),
            );
            Ok((ready.await? == true).then_some(()))
        })
        .await
    }

    /// Waits until nothing says that the server is starting.
    ///
    /// # Errors
    /// Where it goes on starting.
    pub async fn running(&self) -> anyhow::Result<()> {
        self.taking_input().await?;
        until("the server to run", async || {
            let starting = self
                .server_state()
                .await?
                .contains("The server is starting");
            Ok((!starting).then_some(()))
        })
        .await
    }

    /// What both lanes answer to someone who was signed in to a server that has started again since.
    pub fn after_new_start(&self) -> [u16; 2] {
        if self.engine.has_files() {
            [200, 200]
        } else {
            [401, 401]
        }
    }

    /// Opens another tab, a window in WebKit, and goes there. The answer leads to it again.
    ///
    /// # Errors
    /// Where the browser opens none.
    pub async fn new_tab(&self) -> anyhow::Result<WindowHandle> {
        self.engine.new_tab(&self.driver).await
    }

    /// The tab that is in front.
    ///
    /// # Errors
    /// Where it was closed.
    pub async fn tab(&self) -> anyhow::Result<WindowHandle> {
        Ok(self.driver.window().await?)
    }

    /// Closes the tab that is in front; another one must be brought there.
    ///
    /// # Errors
    /// Where it was closed.
    pub async fn close_tab(&self) -> anyhow::Result<()> {
        Ok(self.driver.close_window().await?)
    }

    /// Brings a tab to the front.
    ///
    /// # Errors
    /// Where it was closed.
    pub async fn switch_to(&self, tab: &WindowHandle) -> anyhow::Result<()> {
        Ok(self.driver.switch_to_window(tab.clone()).await?)
    }

    /// What a script in the page returns.
    ///
    /// # Errors
    /// Where it throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        browser::script(&self.driver, script, arguments).await
    }

    /// What a script in the page hands to its last argument.
    ///
    /// # Errors
    /// Where it throws, or never does.
    pub async fn async_script(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        let answer = self.driver.execute_async(script, arguments).await?;
        Ok(answer.json().clone())
    }

    /// What someone gets who types this into the console, where `await` is allowed: an expression.
    ///
    /// # Errors
    /// Where it rejects or throws; with the error's name and words.
    pub async fn console(&self, expression: &str) -> anyhow::Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => ({expression}))().then(
               (value) => done({{ value: value === undefined ? null : value }}),
               (error) => done({{ error: String(error) }}),
             );"
        );
        let answer = self.async_script(&script, Vec::new()).await?;
        match answer["error"].as_str() {
            None => Ok(answer["value"].clone()),
            Some(error) => bail!("{error}"),
        }
    }

    /// From now on this script runs before every page's own.
    pub fn before_each_load(&self, script: &str) {
        self.site.before_page(script);
    }

    /// Lets the page have this width, in CSS pixels: the window's narrowest where that is wider, as WebKit's 447.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn set_width(&self, width: u32) -> anyhow::Result<()> {
        self.engine.set_width(&self.driver, width).await
    }

    /// Fails if there was an error that the test did not expect.
    pub(crate) async fn check_console(&self) -> anyhow::Result<()> {
        self.errors.check(self.console_errors().await?)
    }

    /// What the console holds of errors.
    pub(crate) async fn console_errors(&self) -> anyhow::Result<Vec<String>> {
        let origin = self.site.origin();
        let mut errors = self.engine.errors_in_console(&self.driver, &origin).await?;
        errors.extend(self.site.errors_told());
        Ok(errors)
    }
}
