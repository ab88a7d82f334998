//! The names of a program's functions, which a build that counts leaves for who asked for it.

use anyhow::Context;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Asks for a build that tells which of its functions ran, and names the folder for their names.
pub(crate) const VARIABLE: &str = "PROFILE_LATE_FUNCTIONS";

/// The file of a program's names.
pub(crate) fn names_of(program: &str) -> String {
    format!("{program}-names.txt")
}

/// Functions' names by number, as lines.
pub(crate) fn written(names: &BTreeMap<u32, String>) -> String {
    let mut lines = String::new();
    for (number, name) in names {
        let _ = writeln!(lines, "{number} {name}");
    }
    lines
}

/// Them again, from those lines.
pub(crate) fn read(lines: &str) -> anyhow::Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for line in lines.lines() {
        let (number, name) = line.split_once(' ').context("a line has two words")?;
        names.insert(number.parse()?, name.to_owned());
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_were_written() {
        let names = [(7, "<T as a::B>::c d".to_owned()), (9, "e".to_owned())].into();
        assert_eq!(read(&written(&names)).expect("lines"), names);
        assert!(read("7").is_err() && read("x y").is_err());
    }
}
