//! The page's one clock, and times as the page writes them.

use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde_json::Value;

const DAY_SECONDS: i64 = 24 * 60 * 60;

impl Page {
    /// What the clock says, its offset too.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn clock(&self) -> anyhow::Result<String> {
        let script = "return document.querySelector('[role=group][aria-label=Clock]').innerText";
        let said = self.script(script, Vec::new()).await?;
        Ok(said.as_str().unwrap_or_default().replace('\n', " "))
    }

    /// The time of day of a moment in seconds since 1970, where the browser is.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn time_of_day(&self, seconds: &Value) -> anyhow::Result<String> {
        let script = "return new Date(arguments[0] * 1000).toTimeString().slice(0, 8)";
        let said = self.script(script, vec![seconds.clone()]).await?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// Presses a button of the clock, and waits until the page and its server have followed.
    ///
    /// # Errors
    /// Where they don't.
    pub async fn move_clock(&self, button: &str) -> anyhow::Result<()> {
        let before = self.answers().await?.number;
        self.press(button).await?;
        until("the clock in the history", async || {
            let newest = self.answers().await?;
            let said = newest.row.get(1).is_some_and(|it| it.contains("The clock"));
            Ok((newest.number > before && said).then_some(()))
        })
        .await
    }
}

/// By how many seconds a time of day is later than another, both such as `20:15:03`. Never negative: past midnight it
/// is tomorrow.
///
/// # Errors
/// Where one of them is no time of day.
pub fn seconds_between(from: &str, to: &str) -> anyhow::Result<i64> {
    Ok((seconds_of_day(to)? - seconds_of_day(from)?).rem_euclid(DAY_SECONDS))
}

fn seconds_of_day(time: &str) -> anyhow::Result<i64> {
    let parts = time.split(':').map(|part| part.trim().parse().ok());
    let parts: Option<Vec<i64>> = parts.collect();
    match parts.as_deref() {
        Some([hours, minutes, seconds]) => Ok((hours * 60 + minutes) * 60 + seconds),
        _ => None.with_context(|| format!("“{time}” is no time of day")),
    }
}

#[cfg(test)]
mod tests {
    use super::seconds_between;

    #[test]
    fn after_midnight_comes_tomorrow() {
        for (from, to, seconds) in [
            ("10:00:00", "10:15:00", Some(900)),
            ("23:59:30", "00:00:30", Some(60)),
            ("10:00", "10:15:00", None),
        ] {
            assert_eq!(seconds_between(from, to).ok(), seconds, "{from} to {to}");
        }
    }
}
