//! Waiting for what a user would wait for: looked at again and again, until it is there or the time is over. The one
//! place that waits.

use anyhow::bail;
use std::time::{Duration, Instant};

/// How long anything may take before the test fails. Far more than it takes, even on a machine under load.
pub const PATIENCE: Duration = Duration::from_secs(45);

/// Between the first two looks; each pause is a quarter longer than the one before. A look costs what is looked at time.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// Looks until there is something to see. A look that fails counts as nothing seen yet: pages change under one's eyes.
///
/// # Errors
/// When the time is over; with what was waited for, and why the last look saw nothing.
pub async fn until<T>(
    what: &str,
    mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let deadline = Instant::now() + PATIENCE;
    let mut pause = FIRST_PAUSE;
    loop {
        let seen = look().await;
        if let Ok(Some(seen)) = seen {
            return Ok(seen);
        }
        if Instant::now() > deadline {
            match seen {
                Err(why) => bail!("waited in vain for {what}: {why:#}"),
                Ok(_) => bail!("waited in vain for {what}"),
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 5 / 4).min(LONGEST_PAUSE);
    }
}
