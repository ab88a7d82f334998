//! What only the system's package manager brings: which packages each system calls for, and the one command that
//! installs them. On Debian and its kin as root it is run; anywhere else it is printed, and nothing else happens.

use super::programs::on_path;
use crate::beside::Beside;
use anyhow::bail;
use std::fs;
use std::process::Command;
use xshell::{Cmd, Shell, cmd};

/// Something that no other part of the set-up can bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    WasmClang,
    Node,
    Chromium,
    Chromedriver,
    Fonts,
    Redis,
    PythonVenv,
    Firefox,
    WebKitDriver,
    Display,
}

/// A system, as far as package names go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Debian,
    Ubuntu,
    Fedora,
    Arch,
    MacWithHomebrew,
    Other,
}

impl Need {
    const fn in_words(self) -> &'static str {
        match self {
            Self::WasmClang => {
                "clang and llvm-ar with the wasm32 back end (`clang --print-targets` lists it)"
            }
            Self::Node => "node and npm (version 18 or later)",
            Self::Chromium => "Chromium or Google Chrome (or set CHROMIUM to its program)",
            Self::Chromedriver => {
                "chromedriver of the browser's version (or set CHROMEDRIVER to its program)"
            }
            Self::Fonts => "a font, such as DejaVu or Liberation",
            Self::Redis => "redis-server",
            Self::PythonVenv => "python3 with its modules venv and ensurepip",
            Self::Firefox => "Firefox (or set FIREFOX to its program)",
            Self::WebKitDriver => {
                "WebKitWebDriver, of WebKitGTK (or set WEBKIT_DRIVER to its program)"
            }
            Self::Display => "Xvfb, a display that nobody sees",
        }
    }

    const fn packages(self, system: System) -> &'static [&'static str] {
        match (self, system) {
            (_, System::Other) => &[],
            (Self::WasmClang, System::MacWithHomebrew) => &["llvm"],
            (Self::WasmClang, _) => &["clang", "llvm"],
            (Self::Node, System::MacWithHomebrew) => &["node"],
            (Self::Node, _) => &["nodejs", "npm"],
            (Self::Chromium, System::Ubuntu) => &["chromium-browser"],
            // The build of Homebrew's own is not signed; Chrome is, and the driver is of its version.
            (Self::Chromium, System::MacWithHomebrew) => &["google-chrome"],
            (Self::Chromium, _) => &["chromium"],
            (Self::Chromedriver, System::Debian) => &["chromium-driver"],
            (Self::Chromedriver, System::Ubuntu) => &["chromium-chromedriver"],
            (Self::Chromedriver, System::Fedora | System::MacWithHomebrew) => &["chromedriver"],
            // The package of the browser holds it.
            (Self::Chromedriver, System::Arch) => &["chromium"],
            (Self::Fonts, System::Debian | System::Ubuntu) => {
                &["fonts-dejavu-core", "fonts-liberation"]
            }
            (Self::Fonts, System::Fedora) => &["dejavu-sans-fonts", "liberation-fonts"],
            (Self::Fonts, System::Arch) => &["ttf-dejavu", "ttf-liberation"],
            (Self::Fonts, System::MacWithHomebrew) => &[],
            (Self::Redis, System::Debian | System::Ubuntu) => &["redis-server"],
            (Self::Redis, _) => &["redis"],
            (Self::PythonVenv, System::Debian | System::Ubuntu) => &["python3", "python3-venv"],
            (Self::PythonVenv, System::Fedora) => &["python3"],
            (Self::PythonVenv, System::Arch | System::MacWithHomebrew) => &["python"],
            (Self::Firefox, System::Debian) => &["firefox-esr"],
            (Self::Firefox, _) => &["firefox"],
            (Self::WebKitDriver, System::Debian | System::Ubuntu) => &["webkit2gtk-driver"],
            (Self::Display, System::Debian | System::Ubuntu) => &["xvfb"],
            // No package of theirs is known to bring it.
            (Self::WebKitDriver | Self::Display, _) => &[],
        }
    }
}

/// Whether packages can be installed from here.
pub(super) fn can_install(shell: &Shell) -> bool {
    matches!(this_system(), System::Debian | System::Ubuntu)
        && on_path(&["apt-get"]).is_some()
        && is_root(shell)
}

/// Ends with a sentence that says how to install what can't be installed from here. `others` are things in words that no
/// package manager is asked for.
pub(super) fn ensure_within_reach(
    shell: &Shell,
    needs: &[Need],
    others: &[String],
) -> anyhow::Result<()> {
    if others.is_empty() && (needs.is_empty() || can_install(shell)) {
        return Ok(());
    }
    bail!("{}", request(this_system(), needs, others));
}

/// Starts to install these, which must be within reach. Nothing is started for nothing.
pub(super) fn start(shell: &Shell, needs: &[Need]) -> anyhow::Result<Option<Beside>> {
    if needs.is_empty() {
        return Ok(None);
    }
    let install = Command::from(apt(shell, needs));
    Beside::start("apt-get", "apt-get.txt", install).map(Some)
}

/// Installs what is missing, or ends with a sentence that says how to.
pub(super) fn provide(shell: &Shell, missing: impl Fn() -> Vec<Need>) -> anyhow::Result<()> {
    let needs = missing();
    if needs.is_empty() {
        return Ok(());
    }
    ensure_within_reach(shell, &needs, &[])?;
    if apt(shell, &needs).run().is_err() {
        bail!(
            "apt-get has failed, for the reason above: {}",
            request(this_system(), &needs, &[])
        );
    }
    let left = missing();
    if !left.is_empty() {
        bail!(
            "apt-get has installed its packages, and yet there is something missing.\n{}",
            request(System::Other, &left, &[])
        );
    }
    Ok(())
}

/// Says which packages are missing, and gives what installs them.
fn apt<'a>(shell: &'a Shell, needs: &[Need]) -> Cmd<'a> {
    let packages = packages(this_system(), needs);
    println!(
        "{} missing: installing with apt-get, a few minutes.",
        if packages.len() == 1 {
            format!("{} is", packages[0])
        } else {
            format!("{} are", packages.join(", "))
        }
    );
    let script = "apt-get update && exec apt-get install --yes --no-install-recommends \"$@\"";
    cmd!(shell, "sh -c {script} apt-get {packages...}")
        .quiet()
        .env("DEBIAN_FRONTEND", "noninteractive")
}

/// The sentences for a person who must install something first.
fn request(system: System, needs: &[Need], others: &[String]) -> String {
    let mut lines = vec!["something is missing that cannot be installed from here:".to_owned()];
    lines.extend(needs.iter().map(|need| format!("  - {}", need.in_words())));
    lines.extend(others.iter().map(|other| format!("  - {other}")));
    match install_command(system, needs) {
        Some(command) => lines.push(format!("Please run this, then try again:\n\n  {command}\n")),
        None => lines.push("Please install it, then try again.".to_owned()),
    }
    lines.join("\n")
}

/// One complete command, for a user who is not root.
fn install_command(system: System, needs: &[Need]) -> Option<String> {
    let names = packages(system, needs).join(" ");
    if names.is_empty() {
        return None;
    }
    Some(match system {
        System::Debian | System::Ubuntu => {
            format!("sudo apt-get update && sudo apt-get install --yes {names}")
        }
        System::Fedora => format!("sudo dnf install --assumeyes {names}"),
        System::Arch => format!("sudo pacman --sync --refresh --needed {names}"),
        System::MacWithHomebrew => format!("brew install {names}"),
        System::Other => return None,
    })
}

/// Each package once, in the order of the needs.
fn packages(system: System, needs: &[Need]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for name in needs.iter().flat_map(|need| need.packages(system)) {
        if !packages.contains(name) {
            packages.push(*name);
        }
    }
    packages
}

fn this_system() -> System {
    if cfg!(target_os = "macos") {
        return if on_path(&["brew"]).is_some() {
            System::MacWithHomebrew
        } else {
            System::Other
        };
    }
    system_of(&fs::read_to_string("/etc/os-release").unwrap_or_default())
}

/// Reads os-release(5): the system's own name first, then those that it is like, nearest first.
fn system_of(os_release: &str) -> System {
    let value = |key: &str| {
        let line = os_release
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_default().trim_matches('"')
    };
    let known = |name: &str| match name {
        "debian" => Some(System::Debian),
        "ubuntu" => Some(System::Ubuntu),
        "fedora" => Some(System::Fedora),
        "arch" => Some(System::Arch),
        _ => None,
    };
    value("ID")
        .split(' ')
        .chain(value("ID_LIKE").split(' '))
        .find_map(known)
        .unwrap_or(System::Other)
}

fn is_root(shell: &Shell) -> bool {
    cmd!(shell, "id -u")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|id| id == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_known_by_its_name_or_its_kin() {
        let check = |os_release: &str, expected| assert_eq!(system_of(os_release), expected);
        check("PRETTY_NAME=\"Debian\"\nID=debian\n", System::Debian);
        check("ID=ubuntu\nID_LIKE=debian\n", System::Ubuntu);
        check("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", System::Ubuntu);
        check("ID=raspbian\nID_LIKE=debian\n", System::Debian);
        check("ID=fedora\n", System::Fedora);
        check(
            "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
            System::Fedora,
        );
        check("ID=manjaro\nID_LIKE=arch\n", System::Arch);
        check("ID=nixos\n", System::Other);
        check("", System::Other);
    }

    #[test]
    fn everything_missing_is_one_command() {
        use Need::{Chromedriver, Chromium, Fonts, Node, PythonVenv, Redis, WasmClang};
        let all = [
            WasmClang,
            Node,
            Chromium,
            Chromedriver,
            Fonts,
            Redis,
            PythonVenv,
        ];
        let check = |system, expected: Option<&str>| {
            assert_eq!(
                install_command(system, &all).as_deref(),
                expected,
                "{system:?}"
            );
        };
        check(
            System::Debian,
            Some(
                "sudo apt-get update && sudo apt-get install --yes clang llvm nodejs npm \
                 chromium chromium-driver fonts-dejavu-core fonts-liberation redis-server \
                 python3 python3-venv",
            ),
        );
        check(
            System::Ubuntu,
            Some(
                "sudo apt-get update && sudo apt-get install --yes clang llvm nodejs npm \
                 chromium-browser chromium-chromedriver fonts-dejavu-core fonts-liberation \
                 redis-server python3 python3-venv",
            ),
        );
        check(
            System::Fedora,
            Some(
                "sudo dnf install --assumeyes clang llvm nodejs npm chromium chromedriver \
                 dejavu-sans-fonts liberation-fonts redis python3",
            ),
        );
        check(
            System::Arch,
            Some(
                "sudo pacman --sync --refresh --needed clang llvm nodejs npm chromium ttf-dejavu \
                 ttf-liberation redis python",
            ),
        );
        check(
            System::MacWithHomebrew,
            Some("brew install llvm node google-chrome chromedriver redis python"),
        );
        check(System::Other, None);
    }

    #[test]
    fn what_several_engines_miss_is_installed_once() {
        use Need::{Display, Firefox, Fonts, WebKitDriver};
        assert_eq!(
            packages(
                System::Debian,
                &[Firefox, Fonts, WebKitDriver, Display, Fonts]
            ),
            [
                "firefox-esr",
                "fonts-dejavu-core",
                "fonts-liberation",
                "webkit2gtk-driver",
                "xvfb"
            ]
        );
    }

    #[test]
    fn a_request_names_each_thing_and_ends_with_what_to_do() {
        let others = ["rustfmt".to_owned()];
        let known = request(System::Debian, &[Need::Fonts], &others);
        assert!(
            known.contains("a font") && known.contains("rustfmt"),
            "{known}"
        );
        assert!(
            known.contains("apt-get install --yes fonts-dejavu-core"),
            "{known}"
        );
        let unknown = request(System::Other, &[Need::Fonts], &[]);
        assert!(
            unknown.ends_with("Please install it, then try again."),
            "{unknown}"
        );
    }
}
