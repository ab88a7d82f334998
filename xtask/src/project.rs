//! Where the project is, and which versions its lock file holds.

use anyhow::Context;
use std::path::{Path, PathBuf};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    // Cargo says where xtask is as it runs it; a build folder may be shared by several clones.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_owned)
}

/// The built site.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Where the end-to-end tests write down which of them passed at the second try only.
pub(crate) fn second_tries() -> PathBuf {
    root().join("e2e/artefacts/second-tries.txt")
}

/// The version of wasm-bindgen in Cargo.lock. The command line tool must be of exactly this one.
pub(crate) fn wasm_bindgen_version() -> anyhow::Result<String> {
    let path = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")
}

/// The version of the first package of that name in a Cargo.lock. Cargo writes the version in the line after the name.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package_with_exactly_that_name() {
        let lock = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.9\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"registry\"
";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(
            locked_version(lock, "wasm-bindgen-futures").as_deref(),
            Some("0.4.9")
        );
        assert_eq!(locked_version(lock, "bindgen"), None);
    }

    #[test]
    fn the_projects_own_lock_file_names_wasm_bindgen() {
        let version = wasm_bindgen_version().expect("Cargo.lock is there");
        assert_eq!(version.split('.').count(), 3, "{version}");
    }
}
