//! The browsers for the tests, with their drivers, and fonts to draw with. Variables name others: `CHROMIUM` and
//! `CHROMEDRIVER`, `FIREFOX` and `GECKODRIVER`, `WEBKIT_DRIVER`.

use super::programs::{is_program, on_path};
use super::system_packages::Need;
use crate::engine::Engine;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const CHROMIUM: &str = "CHROMIUM";
const CHROMEDRIVER: &str = "CHROMEDRIVER";
const FIREFOX: &str = "FIREFOX";
pub(super) const GECKODRIVER: &str = "GECKODRIVER";
const WEBKIT_DRIVER: &str = "WEBKIT_DRIVER";

/// What is missing of an engine that the system's packages bring.
pub(super) fn missing(engine: Engine) -> Vec<Need> {
    let needs: &[(Need, bool)] = match engine {
        Engine::Chromium => &[
            (Need::Chromium, chromium().is_some()),
            (Need::Chromedriver, chromedriver().is_some()),
        ],
        Engine::Firefox => &[(Need::Firefox, firefox().is_some())],
        Engine::WebKit => &[
            (Need::WebKitDriver, webkit_driver().is_some()),
            (Need::Display, on_path(&["Xvfb"]).is_some()),
        ],
    };
    needs
        .iter()
        .chain(&[(Need::Fonts, fonts_are_there())])
        .filter(|(_, is_there)| !is_there)
        .map(|(need, _)| *need)
        .collect()
}

/// The variables that tell the tests which one to drive.
pub(super) fn environment(engine: Engine) -> Vec<(&'static str, OsString)> {
    let found = match engine {
        Engine::Chromium => vec![(CHROMIUM, chromium()), (CHROMEDRIVER, chromedriver())],
        Engine::Firefox => vec![(FIREFOX, firefox())],
        Engine::WebKit => vec![(WEBKIT_DRIVER, webkit_driver())],
    };
    found
        .into_iter()
        .filter_map(|(name, place)| Some((name, place?.into_os_string())))
        .collect()
}

/// Whether the user names a geckodriver.
pub(super) fn has_own_geckodriver() -> bool {
    own(GECKODRIVER).is_some()
}

fn firefox() -> Option<PathBuf> {
    own(FIREFOX)
        .or_else(|| on_path(&["firefox-esr", "firefox"]))
        .or_else(|| first_program(&["/Applications/Firefox.app/Contents/MacOS/firefox"]))
}

fn webkit_driver() -> Option<PathBuf> {
    own(WEBKIT_DRIVER).or_else(|| on_path(&["WebKitWebDriver"]))
}

fn chromium() -> Option<PathBuf> {
    own(CHROMIUM)
        .or_else(|| {
            on_path(&[
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
            ])
        })
        .or_else(|| {
            first_program(&[
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
            ])
        })
}

fn chromedriver() -> Option<PathBuf> {
    own(CHROMEDRIVER)
        .or_else(|| on_path(&["chromedriver"]))
        .or_else(|| {
            first_program(&[
                "/usr/lib/chromium/chromedriver",
                "/usr/lib/chromium-browser/chromedriver",
            ])
        })
}

fn own(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

fn first_program(places: &[&str]) -> Option<PathBuf> {
    places
        .iter()
        .map(PathBuf::from)
        .find(|place| is_program(place))
}

/// Without any font a browser draws boxes, and nothing has its right width.
fn fonts_are_there() -> bool {
    if cfg!(not(target_os = "linux")) {
        return true;
    }
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let own = home.map(|home| home.join(".local/share/fonts"));
    ["/usr/share/fonts", "/usr/local/share/fonts"]
        .into_iter()
        .map(PathBuf::from)
        .chain(own)
        .any(|folder| holds_font(&folder))
}

fn holds_font(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else {
        return false;
    };
    entries.flatten().any(|entry| {
        let path = entry.path();
        let outline = |kind: &std::ffi::OsStr| kind == "ttf" || kind == "otf" || kind == "ttc";
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            holds_font(&path)
        } else {
            path.extension().is_some_and(outline)
        }
    })
}
