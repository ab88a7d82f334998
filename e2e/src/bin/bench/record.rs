//! What the last whole run found beside the peers, with the machine, as the README shows it.

use crate::measured::Measured;
use crate::ratio;
use anyhow::Context;
use calibrate::machine::Machine;
use std::process::Command;

/// Where it is written.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../bench/RESULTS.md");

/// Writes it.
///
/// # Errors
/// Where it can't be written.
pub fn write(measured: &Measured) -> anyhow::Result<()> {
    let text = text(measured, &machine());
    std::fs::write(FILE, text).context("bench/RESULTS.md can't be written")
}

fn text(measured: &Measured, machine: &str) -> String {
    let mut text = format!("# Beside its peers\n\n{machine} Written by `cargo xtask bench`.\n\n");
    text.push_str(&ratio::markdown(&measured.ratios));
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
    use super::text;
    use crate::measured::Measured;

    #[test]
    fn a_record_has_the_machine_the_table_and_the_remarks() {
        let measured = Measured {
            remarks: vec![String::from("Why.")],
            ..Measured::default()
        };
        let text = text(&measured, "A machine.");
        assert!(text.contains("A machine. Written by"), "{text}");
        assert!(text.contains("| what | ours |"), "{text}");
        assert!(text.ends_with("\n\n- Why.\n"), "{text}");
    }
}
