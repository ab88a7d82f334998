//! The browser for the tests: Chromium, its driver, and fonts to draw with. `CHROMIUM` and `CHROMEDRIVER` name others.

use super::programs::{is_program, on_path};
use super::system_packages::Need;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const BROWSER: &str = "CHROMIUM";
const DRIVER: &str = "CHROMEDRIVER";

/// What is missing of the three.
pub(super) fn missing() -> Vec<Need> {
    let mut needs = Vec::new();
    if browser().is_none() {
        needs.push(Need::Chromium);
    }
    if driver().is_none() {
        needs.push(Need::Chromedriver);
    }
    if !fonts_are_there() {
        needs.push(Need::Fonts);
    }
    needs
}

/// The variables that tell the tests which ones to drive.
pub(super) fn environment() -> impl Iterator<Item = (&'static str, OsString)> {
    [(BROWSER, browser()), (DRIVER, driver())]
        .into_iter()
        .filter_map(|(name, place)| Some((name, place?.into_os_string())))
}

fn browser() -> Option<PathBuf> {
    own(BROWSER)
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

fn driver() -> Option<PathBuf> {
    own(DRIVER)
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
