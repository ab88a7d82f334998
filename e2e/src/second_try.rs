//! A second try for a test that fails: a browser on a machine under load now and then does what no user would see. It
//! is made only where whoever runs the tests asks for it, and each one is written down, so that none goes unnoticed.

use crate::failure::Failure;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Names the file that takes down which tests passed at the second try only, and what the first one found. Without it
/// there is no second try.
const VARIABLE: &str = "SECOND_TRIES";

/// Where second tries are written down, if they are asked for.
pub(crate) fn asked_for() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).map(PathBuf::from)
}

/// Tries it again where it fails. What fails twice has failed, with what both tries found.
///
/// # Errors
/// Where both fail, or nothing can be written down.
pub(crate) fn twice<R>(
    test: &str,
    file: &Path,
    mut once: impl FnMut() -> Result<R, Failure>,
) -> Result<R, Failure> {
    let first = match once() {
        Ok(found) => return Ok(found),
        Err(first) => format!("{first:?}"),
    };
    eprintln!("{test} is tried again. The first try: {first}");
    let found = once().map_err(|second| {
        let mut both = format!("{second:?}");
        if both != first {
            let _ = write!(both, "\nThe first try: {first}");
        }
        Failure::new(both)
    })?;
    let line = first.lines().next().unwrap_or_default();
    write_down(file, &format!("{test}: {line}"))
        .map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
    Ok(found)
}

fn write_down(file: &Path, line: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    writeln!(file, "{line}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// What comes of a test whose first tries fail, how often it ran, and what was written down.
    fn tried(failures: u32) -> (Result<&'static str, String>, u32, String) {
        let folder = crate::Folder::new().expect("a folder");
        let file = folder.path().join("tries.txt");
        let runs = Cell::new(0);
        let outcome = twice("a::test", &file, || {
            runs.set(runs.get() + 1);
            if runs.get() > failures {
                Ok("passed")
            } else {
                Err(Failure::new(format!("reason {}\nand more", runs.get())))
            }
        });
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        (outcome.map_err(|it| format!("{it:?}")), runs.get(), written)
    }

    #[test]
    fn what_passes_is_run_once() {
        assert_eq!(tried(0), (Ok("passed"), 1, String::new()));
    }

    #[test]
    fn what_passes_at_the_second_try_is_written_down() {
        let line = String::from("a::test: reason 1\n");
        assert_eq!(tried(1), (Ok("passed"), 2, line));
    }

    #[test]
    fn what_fails_twice_has_failed() {
        let both = String::from("reason 2\nand more\nThe first try: reason 1\nand more");
        assert_eq!(tried(2), (Err(both), 2, String::new()));
    }
}
