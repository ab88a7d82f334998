//! A step of a command: its headline, and the time that it took.

use anyhow::Context;
use std::time::{Duration, Instant};

/// Takes it, below its headline.
pub(crate) fn step(
    headline: &str,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    println!("\n=== {headline} ===");
    let started = Instant::now();
    work().with_context(|| format!("the tests failed at \"{headline}\""))?;
    println!("--- {headline}: good, {}", spoken(started.elapsed()));
    Ok(())
}

/// As a person says it.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_to_read() {
        for (milliseconds, text) in [(40, "0.0 s"), (3_250, "3.2 s"), (61_900, "1 min 1 s")] {
            assert_eq!(spoken(Duration::from_millis(milliseconds)), text);
        }
    }

    #[test]
    fn a_failure_names_its_step() {
        let failed = step("Lints", || anyhow::bail!("a lint"));
        let sentence = format!("{:#}", failed.expect_err("it failed"));
        assert_eq!(sentence, "the tests failed at \"Lints\": a lint");
    }
}
