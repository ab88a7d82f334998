//! ChromeDriver: started on a port of its own choice, and always ended, with every browser that it started.

use anyhow::Context;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How often it is started at the most.
const TRIES: u32 = 5;

/// A running driver.
pub(crate) struct Chromedriver {
    child: Child,
    address: String,
}

impl Chromedriver {
    /// Starts the one that `CHROMEDRIVER` names, or that is on the `PATH`. It asks for a free port of one kind of
    /// address and then takes the same of the other, which may be in use: then it ends, and another try helps.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        for _ in 1..TRIES {
            if let Some(driver) = Self::try_start().await? {
                return Ok(driver);
            }
        }
        Self::try_start()
            .await?
            .context("ChromeDriver ended before it said its port, each time")
    }

    /// Starts it; `None` where it ends before it listens.
    async fn try_start() -> anyhow::Result<Option<Self>> {
        let program =
            std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| String::from("chromedriver").into());
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} can't be started", program.display()))?;
        let output = child.stdout.take().context("ChromeDriver has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some(port) = port_in(&line) {
                let address = format!("http://127.0.0.1:{port}");
                // A full pipe would stop it.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Some(Self { child, address }));
            }
        }
        Ok(None)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Ends it. Sessions must have been ended before: killing it would leave their browsers.
    pub(crate) async fn end(mut self) {
        let _ = self.child.kill().await;
    }
}

/// In `ChromeDriver was started successfully on port 40123.`
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn the_port_is_read_from_its_sentence() {
        let sentence = "ChromeDriver was started successfully on port 40123.";
        assert_eq!(port_in(sentence), Some(40123));
        assert_eq!(
            port_in("Only local connections are allowed on port 1."),
            None
        );
    }
}
