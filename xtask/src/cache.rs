//! The project's own folder for tools, so that a second clone finds what the first one installed. The user's own tools
//! are never touched.

use anyhow::Context;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The variable that names another folder.
const VARIABLE: &str = "TICKET_OR_PASSPORT_CACHE";
const NAME: &str = "ticket-or-passport";

/// The folder: of the variable, or the system's place for caches.
pub(crate) fn folder() -> anyhow::Result<PathBuf> {
    folder_for(cfg!(target_os = "macos"), |variable| {
        std::env::var_os(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    })
    .with_context(|| {
        format!("there is no home folder: set {VARIABLE} to an absolute path for the tools")
    })
}

fn folder_for(mac: bool, variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if let Some(folder) = variable(VARIABLE) {
        return Some(folder);
    }
    if let Some(caches) = variable("XDG_CACHE_HOME") {
        return Some(caches.join(NAME));
    }
    let caches = if mac { "Library/Caches" } else { ".cache" };
    Some(variable("HOME")?.join(caches).join(NAME))
}

/// Where one version of one tool lives.
pub(crate) fn tool(name: &str, version: &str) -> anyhow::Result<PathBuf> {
    Ok(folder()?.join("tools").join(format!("{name}-{version}")))
}

/// Held while tools are installed, so that two clones do not install the same one into the same place. It ends with
/// the value, or with the process.
pub(crate) fn lock() -> anyhow::Result<File> {
    let tools = folder()?.join("tools");
    fs::create_dir_all(&tools).with_context(|| format!("{} cannot be made", tools.display()))?;
    let file = File::create(tools.join(".lock"))?;
    if file.try_lock().is_err() {
        println!("Another set-up is at work: waiting for it.");
        file.lock()?;
    }
    Ok(file)
}

/// Installs into a folder beside the final one, then renames: an interrupted installation is never taken for a
/// finished one.
pub(crate) fn install_into(
    place: &Path,
    install: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let partial = place.with_added_extension("partial");
    remove_folder(&partial)?;
    fs::create_dir_all(&partial)?;
    install(&partial)?;
    remove_folder(place)?;
    fs::rename(&partial, place)?;
    Ok(())
}

/// Removes a folder that may not be there.
pub(crate) fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mac: bool, variables: &[(&str, &str)], expected: Option<&str>) {
        let found = folder_for(mac, |wanted| {
            let found = variables.iter().find(|(name, _)| *name == wanted)?;
            Some(PathBuf::from(found.1))
        });
        assert_eq!(found.as_deref(), expected.map(Path::new), "{variables:?}");
    }

    #[test]
    fn the_folder_is_the_users_choice_then_the_systems() {
        let own = (VARIABLE, "/own");
        let xdg = ("XDG_CACHE_HOME", "/xdg");
        let home = ("HOME", "/home/a");
        check(false, &[home, xdg, own], Some("/own"));
        check(false, &[home, xdg], Some("/xdg/ticket-or-passport"));
        check(false, &[home], Some("/home/a/.cache/ticket-or-passport"));
        check(
            true,
            &[home],
            Some("/home/a/Library/Caches/ticket-or-passport"),
        );
        check(false, &[], None);
    }

    #[test]
    fn an_interrupted_installation_leaves_nothing_in_place() {
        let place = std::env::temp_dir().join(format!("xtask-install-{}", std::process::id()));
        let failed = install_into(&place, |folder| {
            fs::write(folder.join("half"), "")?;
            anyhow::bail!("the network went away")
        });
        assert!(failed.is_err());
        assert!(!place.exists());

        install_into(&place, |folder| Ok(fs::write(folder.join("whole"), "")?))
            .expect("the second try succeeds");
        assert!(place.join("whole").is_file());
        assert!(!place.join("half").exists());
        remove_folder(&place).expect("it can be removed");
    }
}
