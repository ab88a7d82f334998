//! A display that nobody sees, for a browser that has no headless mode: of its own, so that its window has the focus.

use anyhow::Context;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Wider than any width that is tested.
const WORDS: [&str; 7] = [
    "-displayfd",
    "1",
    "-screen",
    "0",
    "1600x1400x24",
    "-nolisten",
    "tcp",
];

/// A running X server.
pub(crate) struct Display {
    child: Child,
    name: String,
}

impl Display {
    /// Starts Xvfb on a number of its own choice.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let mut child = Command::new("Xvfb")
            .args(WORDS)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("Xvfb can't be started")?;
        let output = child.stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number).await?;
        anyhow::ensure!(!number.is_empty(), "Xvfb ended before it had a display");
        Ok(Self {
            child,
            name: format!(":{}", number.trim()),
        })
    }

    /// As `DISPLAY` names it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Ends it.
    pub(crate) async fn end(mut self) {
        let _ = self.child.kill().await;
    }
}
