//! What the last whole run found beside the peers, with the machine: written into the README.

use crate::measured::Measured;
use crate::ratio;
use anyhow::Context;
use machine::Machine;
use std::fs;
use std::process::Command;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
/// What it stands between.
const BEGIN: &str = "<!-- bench -->\n";
const END: &str = "<!-- /bench -->";

/// Writes it in the place of the one before.
///
/// # Errors
/// Where the README can't be written, or has no place for it.
pub fn write(measured: &Measured) -> anyhow::Result<()> {
    let readme = fs::read_to_string(README).context("README.md can't be read")?;
    let readme = replaced(&readme, &text(measured, &machine()))?;
    fs::write(README, readme).context("README.md can't be written")
}

fn replaced(readme: &str, text: &str) -> anyhow::Result<String> {
    let (before, rest) = readme
        .split_once(BEGIN)
        .context("README.md has no place for the table")?;
    let (_, after) = rest
        .split_once(END)
        .context("the table's place in README.md has no end")?;
    Ok([before, BEGIN, text, END, after].concat())
}

fn text(measured: &Measured, machine: &str) -> String {
    let mut text = format!("{machine}\n\n{}", ratio::markdown(&measured.ratios));
    if !measured.remarks.is_empty() {
        text.push('\n');
    }
    for remark in &measured.remarks {
        text.push_str(&format!("- {remark}\n"));
    }
    text
}

/// Kinds, never names.
fn machine() -> String {
    let Machine {
        cores,
        processor,
        system,
        date,
    } = Machine::this();
    let browser = std::env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
    let told = Command::new(browser).arg("--version").output();
    let version = told.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let version = version.unwrap_or_else(|_| String::from("a Chromium of unknown version"));
    // Where it was built is of no interest.
    let version = version.split(" built on").next().unwrap_or_default();
    format!("{date}, {processor}, {cores} cores, {system}, {version}.")
}

#[cfg(test)]
mod tests {
    use super::{README, replaced, text};
    use crate::measured::Measured;

    #[test]
    fn a_record_has_the_machine_the_table_and_the_remarks() {
        let measured = Measured {
            remarks: vec![String::from("Why.")],
            ..Measured::default()
        };
        let text = text(&measured, "A machine.");
        assert!(text.starts_with("A machine.\n\n| what | ours |"), "{text}");
        assert!(text.ends_with("\n\n- Why.\n"), "{text}");
    }

    #[test]
    fn the_readme_has_a_place_for_it_and_keeps_the_rest() {
        let readme = std::fs::read_to_string(README).expect("a README");
        let once = replaced(&readme, "Old.\n").expect("a place");
        let twice = replaced(&once, "New.\n").expect("a place");
        assert!(twice.contains("<!-- bench -->\nNew.\n<!-- /bench -->"));
        assert!(!twice.contains("Old."));
        assert!(twice.ends_with("MIT or Apache-2.0, as you like.\n"));
        assert!(replaced("nothing", "New.").is_err());
    }
}
