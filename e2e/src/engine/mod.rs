//! The three engines: what each is started with, and what only one of them can be asked.

mod chromium;
mod firefox;
mod kept_chromium;
mod webkit;

pub(crate) use kept_chromium::KeptChromium;

use crate::display::Display;
use crate::driver_program::{DriverProgram, Listening};
use crate::folder::Folder;
use crate::net_log::Asked;
use crate::prepared::Prepared;
use crate::wish::{Colours, Wish};
use anyhow::{Context, bail};
use serde_json::Value;
use std::path::Path;
use thirtyfour::{Capabilities, WebDriver, WindowHandle};

/// Names the engine under test: `chromium` (also where it is not set), `firefox` or `webkit`.
const VARIABLE: &str = "ENGINE";

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, with ChromeDriver.
    Chromium,
    /// Firefox, with geckodriver.
    Firefox,
    /// WebKitGTK's small browser, with WebKitWebDriver. It needs a display.
    WebKit,
}

impl Engine {
    /// The one that `ENGINE` names.
    ///
    /// # Errors
    /// Where it names another.
    pub fn under_test() -> anyhow::Result<Self> {
        match std::env::var(VARIABLE).as_deref() {
            Err(_) | Ok("" | "chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok("webkit") => Ok(Self::WebKit),
            Ok(other) => bail!("{VARIABLE} is “{other}”, and not chromium, firefox or webkit"),
        }
    }

    /// Whether the server has files in it: its database then outlasts the page.
    pub const fn has_files(self) -> bool {
        !matches!(self, Self::WebKit)
    }

    /// Whether it takes `Secure` from a page on http, where that comes from this machine.
    pub const fn takes_secure_on_this_machine(self) -> bool {
        !matches!(self, Self::WebKit)
    }

    /// Whether it takes any character in a cookie's value, as long as it is no control.
    pub const fn takes_any_character_in_cookies(self) -> bool {
        !matches!(self, Self::WebKit)
    }

    /// Whether it refuses a cookie of more than 4,096 octets.
    pub const fn refuses_long_cookies(self) -> bool {
        !matches!(self, Self::WebKit)
    }

    /// Whether it refuses a cookie whose name's prefix promises what its attributes don't.
    pub const fn checks_cookie_prefixes(self) -> bool {
        !matches!(self, Self::WebKit)
    }

    /// Whether a worker finds what its page has preloaded as a module; else it fetches that again.
    pub const fn workers_find_preloads(self) -> bool {
        !matches!(self, Self::WebKit)
    }

    /// Whether a synchronous request for what is on its way waits for that; else it fetches it again.
    pub const fn waits_for_what_is_on_its_way(self) -> bool {
        !matches!(self, Self::WebKit)
    }

    /// Whether its driver looks where something is and clicks there a while later, where by then something else may be.
    pub(crate) const fn clicks_late(self) -> bool {
        matches!(self, Self::WebKit)
    }

    /// Starts its driver.
    pub(crate) async fn start_driver(self) -> anyhow::Result<DriverProgram> {
        match self {
            Self::Chromium => {
                let listening = Listening::Says("started successfully on port ");
                DriverProgram::start(
                    "CHROMEDRIVER",
                    "chromedriver",
                    &["--port=0"],
                    listening,
                    None,
                )
                .await
            }
            Self::Firefox => {
                let words = ["--port=0", "--websocket-port=0", "--allow-system-access"];
                let listening = Listening::Says("Listening on 127.0.0.1:");
                DriverProgram::start("GECKODRIVER", "geckodriver", &words, listening, None).await
            }
            Self::WebKit => {
                let listening = Listening::Where("--port=");
                let display = Some(Display::start().await?);
                let name = "WebKitWebDriver";
                DriverProgram::start("WEBKIT_DRIVER", name, &[], listening, display).await
            }
        }
    }

    /// What the driver is asked for.
    pub(crate) fn capabilities(
        self,
        profile: &Path,
        prepared: Prepared,
    ) -> anyhow::Result<Capabilities> {
        match self {
            Self::Chromium => Ok(chromium::capabilities(profile, prepared)),
            Self::Firefox => Ok(firefox::capabilities(prepared)),
            Self::WebKit => webkit::capabilities(prepared),
        }
    }

    /// Makes a browser that has just started ready for a test.
    pub(crate) async fn prepare(self, driver: &WebDriver) -> anyhow::Result<()> {
        match self {
            Self::Chromium => Ok(()),
            Self::Firefox => firefox::prepare(driver).await,
            Self::WebKit => webkit::prepare(driver).await,
        }
    }

    /// Whether its driver tells of all errors in the console. Where not, the page is given a script that does.
    pub(crate) const fn tells_of_all_errors(self) -> bool {
        matches!(self, Self::Chromium)
    }

    /// The errors in the console, as far as its driver tells of them.
    pub(crate) async fn errors_in_console(
        self,
        driver: &WebDriver,
        origin: &str,
    ) -> anyhow::Result<Vec<String>> {
        match self {
            Self::Chromium => chromium::errors_in_console(driver).await,
            Self::Firefox => firefox::errors_in_console(driver, origin).await,
            Self::WebKit => Ok(Vec::new()),
        }
    }

    /// What has left the browser so far; `None` where it doesn't tell, or tells only once it has ended.
    pub(crate) async fn asked(self, driver: &WebDriver) -> anyhow::Result<Option<Vec<Asked>>> {
        match self {
            Self::Firefox => firefox::asked(driver).await.map(Some),
            Self::Chromium | Self::WebKit => Ok(None),
        }
    }

    /// What left the browser, once it has ended; `None` where it doesn't tell.
    pub(crate) fn asked_in_all(self, profile: &Path) -> anyhow::Result<Option<Vec<Asked>>> {
        match self {
            Self::Chromium => chromium::record(profile).more().map(Some),
            Self::Firefox | Self::WebKit => Ok(None),
        }
    }

    /// Lets the page have this width, in CSS pixels, or the next that the engine's window can have.
    pub(crate) async fn set_width(self, driver: &WebDriver, width: u32) -> anyhow::Result<()> {
        match self {
            Self::Chromium => chromium::set_width(driver, width).await,
            Self::Firefox | Self::WebKit => self.set_window_width(driver, width).await,
        }
    }

    /// The colours that its system can wish for.
    pub(crate) const fn colours(self) -> &'static [Colours] {
        match self {
            Self::Chromium | Self::Firefox => &[Colours::Light, Colours::Dark],
            Self::WebKit => &[Colours::Light],
        }
    }

    /// Lets the system wish for something.
    pub(crate) async fn wish(self, driver: &WebDriver, wish: Wish) -> anyhow::Result<()> {
        match self {
            Self::Chromium => chromium::wish(driver, wish).await,
            Self::Firefox => firefox::wish(driver, wish).await,
            Self::WebKit => match wish {
                // As its window starts.
                Wish::Colours(Colours::Light) | Wish::Motion => Ok(()),
                _ => bail!("WebKit's driver can't say what the system wishes for"),
            },
        }
    }

    /// From now on the browser saves files there.
    pub(crate) async fn save_files_in(
        self,
        driver: &WebDriver,
        folder: &Folder,
    ) -> anyhow::Result<()> {
        match self {
            Self::Chromium => chromium::save_files_in(driver, folder).await,
            Self::Firefox => firefox::save_files_in(driver, folder).await,
            Self::WebKit => bail!("WebKit's driver can't say where files go"),
        }
    }

    /// From now on that origin may keep so many octets at most.
    pub(crate) async fn limit_site_data(
        self,
        driver: &WebDriver,
        origin: &str,
        octets: u64,
    ) -> anyhow::Result<()> {
        match self {
            Self::Chromium => chromium::limit_site_data(driver, origin, octets).await,
            Self::Firefox | Self::WebKit => bail!("{self:?}'s driver can't fill the disk"),
        }
    }

    /// Goes on from the browser's own bar to the page, where Tab has left the page for it. Keys that a driver presses go to
    /// the page all the same, which is then not shown to have the focus.
    pub(crate) async fn come_round(self, driver: &WebDriver) -> anyhow::Result<()> {
        match self {
            Self::Firefox => firefox::come_round(driver).await,
            Self::Chromium | Self::WebKit => Ok(()),
        }
    }

    /// Why it would not install the page; `None` where it doesn't tell.
    pub(crate) async fn not_installable(
        self,
        driver: &WebDriver,
    ) -> anyhow::Result<Option<Vec<Value>>> {
        match self {
            Self::Chromium => chromium::not_installable(driver).await.map(Some),
            Self::Firefox | Self::WebKit => Ok(None),
        }
    }

    /// A picture, of the whole page where the engine takes one.
    pub(crate) async fn picture(self, driver: &WebDriver) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Chromium => chromium::picture(driver).await,
            Self::Firefox => firefox::picture(driver).await,
            Self::WebKit => Ok(driver.screenshot_as_png().await?),
        }
    }

    /// Opens another tab, or window, and goes there.
    pub(crate) async fn new_tab(self, driver: &WebDriver) -> anyhow::Result<WindowHandle> {
        if self == Self::WebKit {
            return webkit::new_tab(driver).await;
        }
        let tab = driver.new_tab().await?;
        driver.switch_to_window(tab.clone()).await?;
        Ok(tab)
    }

    /// Through the window, whose frame takes some of it.
    async fn set_window_width(self, driver: &WebDriver, width: u32) -> anyhow::Result<()> {
        const HEIGHT: u32 = 1000;
        let frame = async |outer: u32| -> anyhow::Result<u32> {
            match self {
                Self::WebKit => webkit::set_size(driver, outer, HEIGHT).await?,
                _ => driver.set_window_rect(0, 0, outer, HEIGHT).await?,
            }
            let inner = driver.execute("return innerWidth", Vec::new()).await?;
            let inner = inner.json().as_u64().context("the page has no width")?;
            Ok(outer.saturating_sub(u32::try_from(inner)?))
        };
        let frame_width = frame(width).await?;
        if frame_width > 0 {
            frame(width + frame_width).await?;
        }
        Ok(())
    }
}
