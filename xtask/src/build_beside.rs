//! The release build, beside other work: for minutes its linking is one thread's, while a second processor is idle.

use crate::project;
use anyhow::{Context, ensure};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A build that is under way.
pub(crate) struct BuildBeside {
    build: Child,
    /// What it says, kept until it is over.
    says: PathBuf,
}

impl BuildBeside {
    /// Starts it: a `cargo xtask build` of its own, for what is set up already.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let says = project::root().join("target/build-beside.txt");
        let file =
            File::create(&says).with_context(|| format!("{} can't be made", says.display()))?;
        let build = Command::new(std::env::current_exe()?)
            .arg("build")
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .context("the build can't be started")?;
        println!("The site is being built meanwhile; what the build says follows once it is over.");
        Ok(Self { build, says })
    }

    /// Waits for it, and says what it said.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let status = self.build.wait()?;
        print!("{}", fs::read_to_string(&self.says)?);
        ensure!(
            status.success(),
            "the site could not be built; the reason is above"
        );
        Ok(())
    }
}

impl Drop for BuildBeside {
    /// Nothing goes on once the command is over. What the build has started would outlive a build that is killed.
    fn drop(&mut self) {
        if matches!(self.build.try_wait(), Ok(None)) {
            println!("The build beside it is waited for.");
            let _ = self.build.wait();
        }
    }
}
