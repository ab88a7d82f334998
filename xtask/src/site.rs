//! Building and serving the site, both through Trunk.

use crate::counted_names;
use crate::precompress;
use crate::project;
use crate::setup::{self, Purpose};
use crate::source_names;
use crate::split;
use anyhow::{Context, bail};
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use xshell::{Shell, cmd};

/// How hard the compiler tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Release,
    Dev,
}

impl Profile {
    const fn flag(self) -> Option<&'static str> {
        match self {
            Self::Release => Some("--release"),
            Self::Dev => None,
        }
    }

    /// What the build must know. A page in parts is for release builds alone: it takes longer to build. So are names
    /// of sources that are the same on every machine.
    fn environment(self) -> Vec<(&'static str, String)> {
        match self {
            Self::Release => vec![
                (split::VARIABLE, "1".to_owned()),
                (source_names::VARIABLE, source_names::flags()),
            ],
            Self::Dev => Vec::new(),
        }
    }
}

/// Builds a release into `dist/` where there is none, and sets up for it.
pub(crate) fn build_if_missing(shell: &Shell) -> anyhow::Result<()> {
    if project::dist().join("index.html").is_file() {
        return Ok(());
    }
    println!("There is no dist/ yet: building it.");
    setup::set_up(shell, Purpose::Site)?;
    build(shell, Profile::Release)
}

/// Builds `dist/`; a release also gets compressed copies. The tools must have been set up.
pub(crate) fn build(shell: &Shell, profile: Profile) -> anyhow::Result<()> {
    let started = Instant::now();
    let flag = profile.flag();
    cmd!(shell, "trunk build {flag...}")
        .envs(profile.environment())
        .run()
        .context("the site could not be built; the reason is above")?;
    if profile == Profile::Release {
        let files = precompress::write_copies(&project::dist())?;
        println!("{files} files have copies beside them, compressed by gzip and by brotli.");
    }
    println!(
        "dist/ is built, in {} s. It works from any folder of any static host.",
        started.elapsed().as_secs()
    );
    Ok(())
}

/// Builds a release that tells which of its functions ran, into `dist`, with their names into `names`.
pub(crate) fn build_counted(shell: &Shell, dist: &Path, names: &Path) -> anyhow::Result<()> {
    cmd!(shell, "trunk build --release --dist {dist}")
        .envs(Profile::Release.environment())
        .env(counted_names::VARIABLE, names)
        .run()
        .context("the site could not be built; the reason is above")?;
    Ok(())
}

/// Sets up, builds, serves, and builds again with each change, until it is interrupted.
pub(crate) fn serve(shell: &Shell, profile: Profile, port: u16) -> anyhow::Result<()> {
    // Said now rather than after minutes of building.
    if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        bail!(
            "port {port} of 127.0.0.1 cannot be used ({error}). \
             `cargo xtask serve --port {}` takes another one",
            port.checked_add(1).unwrap_or(port - 1)
        );
    }
    setup::set_up(shell, Purpose::Site)?;
    println!("Building the site. The address follows when it is ready; Ctrl-C ends it.");
    thread::spawn(move || announce(port));
    let flag = profile.flag();
    let port = port.to_string();
    cmd!(shell, "trunk serve {flag...} --port {port}")
        .envs(profile.environment())
        .run()?;
    Ok(())
}

/// Says where the site is once something listens there. Trunk listens after the first build, be it good or bad.
fn announce(port: u16) {
    const INTERVAL: Duration = Duration::from_millis(200);
    let started = SystemTime::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        thread::sleep(INTERVAL);
    }
    let built = fs::metadata(project::dist().join("index.html")).and_then(|file| file.modified());
    if built.is_ok_and(|built| built >= started) {
        println!("\nTicket or Passport is at http://127.0.0.1:{port}/\n");
    } else {
        println!(
            "\nThe build failed: the reason is above. It is built again with the next change.\n"
        );
    }
}
