//! The names of source files that a program carries, for what a panic says. Those of crates from a registry would start
//! with the builder's own folder for them: a release says the crate alone, so that it is the same whoever builds it.

use std::fs;
use std::path::{Path, PathBuf};

/// Adds to the compiler's flags in `.cargo/config.toml`.
pub(crate) const VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// What a name starts with, in the place of a registry's folder.
const SHOWN: &str = "/crates";

/// The variable's value: its own of before, and one flag for each registry's folder.
pub(crate) fn flags() -> String {
    let before = std::env::var(VARIABLE).unwrap_or_default();
    let folders = cargo_home().map_or_else(Vec::new, |home| registries(&home));
    flags_for(&before, &folders)
}

fn flags_for(before: &str, registries: &[PathBuf]) -> String {
    let remapped = registries
        .iter()
        .map(|folder| format!("--remap-path-prefix={}={SHOWN}", folder.display()));
    let before = before.split_whitespace().map(str::to_owned);
    before.chain(remapped).collect::<Vec<_>>().join(" ")
}

/// Where cargo keeps what it fetches.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    set.or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// The folders in which cargo keeps sources, one for each registry. Ours is there: this program was built of it.
fn registries(cargo_home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(cargo_home.join("registry/src")) else {
        return Vec::new();
    };
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    // A flag is split at spaces: a folder with one in its name keeps its name.
    folders.retain(|folder| !folder.to_string_lossy().contains(' '));
    folders.sort();
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache;

    #[test]
    fn each_registry_is_shown_alike_and_flags_of_before_stay() {
        let home = std::env::temp_dir().join(format!("xtask-names-{}", std::process::id()));
        cache::remove_folder(&home).expect("the folder is ours");
        assert_eq!(flags_for("", &registries(&home)), "");
        for registry in ["mirror-2", "index-1", "with space"] {
            fs::create_dir_all(home.join("registry/src").join(registry)).expect("a folder");
        }
        let flag = |name| {
            let folder = home.join("registry/src").join(name);
            format!("--remap-path-prefix={}=/crates", folder.display())
        };
        assert_eq!(
            flags_for(" --cfg=a ", &registries(&home)),
            format!("--cfg=a {} {}", flag("index-1"), flag("mirror-2"))
        );
        cache::remove_folder(&home).expect("the folder is ours");
    }
}
