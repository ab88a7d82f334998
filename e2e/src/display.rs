//! A display that nobody sees, for a browser that has no headless mode: of its own, so that its window has the focus.

use anyhow::Context;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Wider than any width that is tested, and twice as high as a window.
pub(crate) const SIZE: [u32; 2] = [1600, 2200];

const WORDS: [&str; 6] = ["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"];

/// A running X server.
pub(crate) struct Display {
    child: Child,
    name: String,
}

impl Display {
    /// Starts Xvfb on a number of its own choice.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let [width, height] = SIZE;
        let mut child = Command::new("Xvfb")
            .args(WORDS)
            .arg(format!("{width}x{height}x24"))
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
