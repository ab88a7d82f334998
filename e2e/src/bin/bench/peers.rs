//! The peers: in which versions, and where their bundled pages are.

use serde_json::Value;
use std::path::PathBuf;

/// What pins them.
const PACKAGE_JSON: &str = include_str!("../../../../bench/package.json");

/// The folder of their pages, where `cargo xtask bench` could install and bundle them.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("PEERS").map(PathBuf::from)
}

/// The folder, if it has this script.
pub fn folder_with(script: &str) -> Option<PathBuf> {
    let folder = folder().filter(|folder| folder.join(script).is_file());
    if folder.is_none() {
        println!("{script} of the peers is missing: it is left out.");
    }
    folder
}

/// A peer's name and version, such as `msw 3.0.5`.
pub fn named(package: &str) -> String {
    match version(PACKAGE_JSON, package) {
        Some(version) => format!("{package} {version}"),
        None => package.to_owned(),
    }
}

fn version(package_json: &str, package: &str) -> Option<String> {
    let text: Value = serde_json::from_str(package_json).ok()?;
    Some(text["devDependencies"][package].as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{PACKAGE_JSON, named, version};
    use serde_json::Value;

    #[test]
    fn every_peer_is_pinned_to_one_version() {
        let text: Value = serde_json::from_str(PACKAGE_JSON).expect("JSON");
        let pinned = text["devDependencies"].as_object().expect("peers");
        assert!(pinned.len() >= 6, "{pinned:?}");
        for name in pinned.keys() {
            let version = version(PACKAGE_JSON, name).expect("a text");
            let is_exact = version.split('.').all(|part| part.parse::<u32>().is_ok());
            assert!(is_exact, "{name} {version}");
        }
        assert_eq!(named("nothing"), "nothing");
    }

    #[test]
    fn the_lock_file_names_no_host() {
        let lock = include_str!("../../../../bench/package-lock.json");
        assert!(!lock.contains("\"resolved\""));
    }
}
