//! What Lighthouse says of the built site, on a host that compresses and lets browsers keep files. It slows network and
//! processor itself: once as on a phone, once as on a desktop.

use crate::figure::{Bar, median};
use crate::host::{Files, Host};
use crate::measured::Measured;
use crate::peers;
use crate::ratio::{Ratio, Theirs};
use anyhow::Context;
use e2e::Failure;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The categories, by the names that Lighthouse has for them.
const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "performance"),
    ("accessibility", "accessibility"),
    ("best-practices", "best practices"),
    ("seo", "search engines"),
];
const FORMS: [(&str, &[&str]); 2] = [("phone", &[]), ("desktop", &["--preset=desktop"])];
/// How many runs of each: the median counts.
const RUNS: usize = 3;
/// How often one is begun at the most: now and then it records no trace, and asks to be run again.
const TRIES: usize = 3;
const BAR: Bar = Bar::AtLeast(100.0);
const BROWSER_FLAGS: &str =
    "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu";

/// One run.
struct Run {
    /// Of 100, in the order of the categories.
    scores: [f64; 4],
    /// What cost points.
    reasons: Vec<String>,
}

/// All scores, and why one is below 100.
pub fn measure() -> Result<Measured, Failure> {
    let program = std::env::var_os("LIGHTHOUSE").map(PathBuf::from);
    let Some(program) = program.filter(|program| program.is_file()) else {
        return Ok(Measured {
            ratios: vec![Ratio {
                what: String::from("Lighthouse"),
                unit: "of 100",
                ours: f64::NAN,
                peer: peers::named("lighthouse"),
                theirs: Theirs::Missing,
                bar: BAR,
            }],
            ..Measured::default()
        });
    };
    let dist = std::env::var_os("DIST").map(PathBuf::from);
    let dist = dist.context("DIST must name the built site: run `cargo xtask bench`")?;
    let host = Host::open(Arc::new(Files::read(&dist)?), None)?;
    let mut measured = Measured::default();
    for (form, options) in FORMS {
        let runs: Vec<Run> = (0..RUNS)
            .map(|_| visit(&program, host.url(), options))
            .collect::<anyhow::Result<_>>()?;
        for (place, (_, category)) in CATEGORIES.into_iter().enumerate() {
            let scores: Vec<f64> = runs.iter().map(|run| run.scores[place]).collect();
            measured.ratios.push(Ratio {
                what: format!("{}, {form}: {category}", peers::named("lighthouse")),
                unit: "of 100",
                ours: median(&scores),
                peer: String::new(),
                theirs: Theirs::Nobody,
                bar: BAR,
            });
        }
        let last = runs.into_iter().next_back();
        let reasons = last.map(|run| run.reasons).unwrap_or_default();
        measured.remarks.extend(
            reasons
                .into_iter()
                .map(|reason| format!("Lighthouse, {form}: {reason}.")),
        );
    }
    Ok(measured)
}

fn visit(program: &PathBuf, url: &str, options: &[&str]) -> anyhow::Result<Run> {
    let categories = CATEGORIES.map(|(name, _)| name).join(",");
    let mut command = Command::new("node");
    command
        .arg(program)
        .args([
            url,
            "--quiet",
            "--output=json",
            "--no-enable-error-reporting",
            BROWSER_FLAGS,
        ])
        .arg(format!("--only-categories={categories}"))
        .args(options)
        .stderr(Stdio::inherit());
    if let Some(browser) = std::env::var_os("CHROMIUM") {
        command.env("CHROME_PATH", browser);
    }
    for _ in 0..TRIES {
        let output = command.output().context("node can't be run")?;
        if output.status.success() {
            return read(&serde_json::from_slice(&output.stdout)?);
        }
    }
    anyhow::bail!("Lighthouse failed, {TRIES} times")
}

/// What a report says.
fn read(report: &Value) -> anyhow::Result<Run> {
    if let Some(error) = report["runtimeError"]["message"].as_str() {
        anyhow::bail!("Lighthouse could not run: {error}");
    }
    let mut scores = [0.0; 4];
    let mut reasons = Vec::new();
    for (place, (name, words)) in CATEGORIES.into_iter().enumerate() {
        let category = &report["categories"][name];
        let score = category["score"].as_f64();
        scores[place] = 100.0 * score.with_context(|| format!("it did not judge {words}"))?;
        let audits = category["auditRefs"].as_array().into_iter().flatten();
        for audit in audits.filter(|audit| audit["weight"].as_f64() > Some(0.0)) {
            let found = &report["audits"][audit["id"].as_str().unwrap_or_default()];
            if let Some(score) = found["score"].as_f64().filter(|score| *score < 1.0) {
                let title = found["title"].as_str().unwrap_or_default();
                let value = found["displayValue"].as_str().unwrap_or_default();
                let value = value.replace('\u{a0}', " ");
                reasons.push(format!("{title} {value} gets {:.0} of 100", 100.0 * score));
            }
        }
    }
    Ok(Run { scores, reasons })
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde_json::json;

    #[test]
    fn a_report_is_read_with_its_reasons() {
        let full = json!({ "score": 1, "auditRefs": [] });
        let report = json!({
            "categories": {
                "performance": { "score": 0.95, "auditRefs": [{ "id": "lcp", "weight": 25 }, { "id": "fcp", "weight": 10 }, { "id": "hint", "weight": 0 }] },
                "accessibility": full, "best-practices": full, "seo": full,
            },
            "audits": {
                "lcp": { "score": 0.84, "title": "Largest Contentful Paint", "displayValue": "2.7\u{a0}s" },
                "fcp": { "score": 1, "title": "First Contentful Paint" },
                "hint": { "score": 0, "title": "A hint" },
            },
        });
        let run = read(&report).expect("a report");
        assert_eq!(run.scores, [95.0, 100.0, 100.0, 100.0]);
        assert_eq!(
            run.reasons,
            ["Largest Contentful Paint 2.7 s gets 84 of 100"]
        );
    }

    #[test]
    fn a_page_that_did_not_load_is_no_score() {
        assert!(read(&json!({ "runtimeError": { "message": "no page" } })).is_err());
        assert!(read(&json!({ "categories": {} })).is_err());
    }
}
