//! A WebDriver server: started on a port of its own choice, and always ended, with every browser that it started.

use crate::display::Display;
use anyhow::Context;
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};

/// How often it is started at the most. Two may take one port, or a port of one kind of address that is in use for the
/// other: then it ends at once, and another try helps.
const TRIES: u32 = 5;

/// Below those that systems hand out to whoever asks for any.
const FIRST_PORT: u16 = 20_000;
/// How many there are to choose from.
const PORTS: u16 = 10_000;

/// How it comes to a port.
#[derive(Clone, Copy)]
pub(crate) enum Listening {
    /// It takes one, and says so in a line: these words, and the port.
    Says(&'static str),
    /// It is given one by this argument, and says nothing.
    Where(&'static str),
}

/// A running driver.
pub(crate) struct DriverProgram {
    child: Child,
    address: String,
    /// Where its browser's window stands.
    display: Option<Display>,
}

impl DriverProgram {
    /// Starts the one that the variable names, or the one of that name on the `PATH`.
    pub(crate) async fn start(
        variable: &str,
        name: &str,
        words: &[&str],
        listening: Listening,
        display: Option<Display>,
    ) -> anyhow::Result<Self> {
        let program = std::env::var_os(variable).unwrap_or_else(|| name.into());
        for _ in 0..TRIES {
            let mut command = Command::new(&program);
            command
                .args(words)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .kill_on_drop(true);
            if let Some(display) = &display {
                command.env("DISPLAY", display.name());
            }
            if let Some((child, port)) = try_start(command, listening)
                .await
                .with_context(|| format!("{} can't be started", program.display()))?
            {
                return Ok(Self {
                    child,
                    address: format!("http://127.0.0.1:{port}"),
                    display,
                });
            }
        }
        anyhow::bail!("{} ended before it listened, each time", program.display())
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Ends it. Sessions must have been ended before, but for that of a kept browser, which ends by itself: killing it would
    /// leave their browsers.
    pub(crate) async fn end(mut self) {
        let _ = self.child.kill().await;
        if let Some(display) = self.display {
            display.end().await;
        }
    }
}

/// Starts it; `None` where it ends before it listens.
async fn try_start(
    mut command: Command,
    listening: Listening,
) -> anyhow::Result<Option<(Child, u16)>> {
    let given = match listening {
        Listening::Says(_) => None,
        Listening::Where(argument) => {
            let port = free_port()?;
            command.arg(format!("{argument}{port}"));
            Some(port)
        }
    };
    let mut child = command.spawn()?;
    let output = child.stdout.take().context("it has no output")?;
    let port = match (given, listening) {
        (None, Listening::Says(words)) => port_said(output, words).await?,
        (given, _) => {
            // Kept open, so that it can write there.
            tokio::spawn(read_on(BufReader::new(output)));
            match given {
                Some(port) if listens(port, &mut child).await? => Some(port),
                _ => None,
            }
        }
    };
    Ok(port.map(|port| (child, port)))
}

/// A port that nothing else is given: not of those that the system hands out, and none that was given before.
fn free_port() -> anyhow::Result<u16> {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let begin = (std::process::id() % u32::from(PORTS)) as u16;
    for _ in 0..PORTS {
        let place = GIVEN.fetch_add(1, Ordering::Relaxed).wrapping_add(begin);
        let port = FIRST_PORT + place % PORTS;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    anyhow::bail!("no port is free")
}

/// Waits until it takes a connection, or has ended.
async fn listens(port: u16, child: &mut Child) -> anyhow::Result<bool> {
    loop {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return Ok(true);
        }
        if child.try_wait()?.is_some() {
            return Ok(false);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn port_said(output: ChildStdout, words: &str) -> anyhow::Result<Option<u16>> {
    let mut output = BufReader::new(output);
    let mut line = String::new();
    while output.read_line(&mut line).await? > 0 {
        if let Some(port) = port_in(&line, words) {
            tokio::spawn(read_on(output));
            return Ok(Some(port));
        }
        line.clear();
    }
    Ok(None)
}

/// A full pipe would stop it.
async fn read_on(output: BufReader<ChildStdout>) {
    let mut lines = output.lines();
    while let Ok(Some(_)) = lines.next_line().await {}
}

/// In `ChromeDriver was started successfully on port 40123.`
fn port_in(line: &str, words: &str) -> Option<u16> {
    let (_, port) = line.split_once(words)?;
    port.trim_end().trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn the_port_is_read_from_its_sentence() {
        let words = "started successfully on port ";
        for (line, port) in [
            (
                "ChromeDriver was started successfully on port 40123.",
                Some(40123),
            ),
            ("Only local connections are allowed on port 1.", None),
        ] {
            assert_eq!(port_in(line, words), port, "{line}");
        }
        let line = "1795663573229\tgeckodriver\tINFO\tListening on 127.0.0.1:40123\n";
        assert_eq!(port_in(line, "Listening on 127.0.0.1:"), Some(40123));
    }
}
