//! A real Redis for as long as it is needed: on a free port of the loopback interface, keeping nothing on disk.
//!
//! It never outlives this program, however that ends: a shell between the two stops it once nobody holds its input open.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use redis::{Client, Connection, ConnectionLike};

/// The shell's whole task. `read` ends when this program closes the input, or is gone.
const KEEPER: &str = r#"command -v "$1" >/dev/null || exit; trap : INT TERM; "$@" & server=$!; read -r _; kill "$server"; wait "$server""#;
/// How long it may take until it answers.
const PATIENCE: Duration = Duration::from_secs(10);
/// Another program may take a port between our look and Redis's own.
const TRIES: u32 = 3;

/// One that runs.
#[derive(Debug)]
pub struct RedisServer {
    keeper: Child,
    client: Client,
    version: String,
}

impl RedisServer {
    /// Starts one, and waits until it answers.
    ///
    /// # Errors
    /// Where there is no `redis-server`, or it does not answer.
    pub fn start() -> anyhow::Result<Self> {
        let mut failure = None;
        for _ in 0..TRIES {
            match Self::try_start() {
                Ok(started) => return Ok(started),
                Err(error) => failure = Some(error),
            }
        }
        Err(failure.unwrap_or_else(|| anyhow::anyhow!("Redis was not started")))
    }

    fn try_start() -> anyhow::Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let port_text = port.to_string();
        let settings = [
            ["--port", &port_text],
            ["--bind", "127.0.0.1"],
            ["--save", ""],
            ["--appendonly", "no"],
            ["--daemonize", "no"],
            ["--loglevel", "warning"],
        ];
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh", "redis-server"])
            .args(settings.as_flattened())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("there is no shell to start Redis with")?;
        // From here on whatever fails stops it.
        let mut server = Self {
            keeper,
            client: Client::open(format!("redis://127.0.0.1:{port}/"))?,
            version: String::new(),
        };
        let mut connection = server.first_connection()?;
        server.version = information(&mut connection, "server", "redis_version")?;
        Ok(server)
    }

    fn first_connection(&mut self) -> anyhow::Result<Connection> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(mut connection) = self.client.get_connection()
                && connection.check_connection()
            {
                return Ok(connection);
            }
            if self.keeper.try_wait()?.is_some() {
                bail!("there is no redis-server; `cargo xtask calibrate` installs it");
            }
            if Instant::now() >= deadline {
                bail!("redis-server does not answer");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Another connection to it.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn connect(&self) -> anyhow::Result<Connection> {
        self.client
            .get_connection()
            .context("Redis takes no connection")
    }

    /// What it calls its version.
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // Nothing is left to be done where the shell is gone already.
        let _ = self.keeper.wait();
    }
}

/// How many seconds of a processor Redis has used so far, by its own account.
///
/// # Errors
/// Where it is gone, or does not tell.
pub fn processor_seconds(connection: &mut Connection) -> anyhow::Result<f64> {
    let mut seconds = 0.0;
    for name in ["used_cpu_user", "used_cpu_sys"] {
        let text = information(connection, "cpu", name)?;
        seconds += text.parse::<f64>().with_context(|| text.clone())?;
    }
    Ok(seconds)
}

fn information(connection: &mut Connection, section: &str, name: &str) -> anyhow::Result<String> {
    let text: String = redis::cmd("INFO").arg(section).query(connection)?;
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .map(|value| value.trim().to_owned())
        .with_context(|| format!("Redis does not tell its {name}"))
}
