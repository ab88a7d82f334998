//! Another program beside this one's work. What it says is kept until it is over, so that the words of the two don't mix.

use crate::project;
use crate::step::spoken;
use anyhow::{Context, ensure};
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A program that is under way.
pub(crate) struct Beside {
    name: &'static str,
    says: PathBuf,
    /// Waits for it, and has how it ended and after what time. `None` once that is known.
    end: Option<JoinHandle<io::Result<(ExitStatus, Duration)>>>,
}

impl Beside {
    /// Starts it. What it says goes to that file of `target`.
    pub(crate) fn start(
        name: &'static str,
        file: &str,
        mut command: Command,
    ) -> anyhow::Result<Self> {
        let target = project::root().join("target");
        fs::create_dir_all(&target)?;
        let says = target.join(file);
        let keeps =
            File::create(&says).with_context(|| format!("{} can't be made", says.display()))?;
        let started = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(keeps.try_clone()?)
            .stderr(keeps)
            .spawn()
            .with_context(|| format!("{name} can't be started"))?;
        println!("What {name} says is kept in target/{file}, and follows once it is over.");
        let end = thread::spawn(move || Ok((child.wait()?, started.elapsed())));
        Ok(Self {
            name,
            says,
            end: Some(end),
        })
    }

    /// Waits for it, and says what it said.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let name = self.name;
        let end = self.wait();
        let (status, time) = end.with_context(|| format!("{name} can't be waited for"))??;
        print!("{}", String::from_utf8_lossy(&fs::read(&self.says)?));
        println!("{name} took {}.", spoken(time));
        ensure!(
            status.success(),
            "{name} has failed ({status}); the reason is above"
        );
        Ok(())
    }

    fn wait(&mut self) -> Option<io::Result<(ExitStatus, Duration)>> {
        let end = self.end.take()?;
        if !end.is_finished() {
            println!("{} is still at work: waiting for it.", self.name);
        }
        end.join().ok()
    }
}

impl Drop for Beside {
    /// Nothing goes on once the command is over. What the program has started would outlive a program that is killed.
    fn drop(&mut self) {
        self.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(file: &str, script: &str) -> Beside {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Beside::start("a script", file, command).expect("it can be started")
    }

    #[test]
    fn what_it_says_is_kept_and_its_failure_is_one() {
        let good = start("beside-good.txt", "echo out; echo err >&2");
        let says = good.says.clone();
        good.finish().expect("it is good");
        assert_eq!(fs::read_to_string(&says).expect("it is kept"), "out\nerr\n");
        let failed = start("beside-bad.txt", "exit 3").finish();
        let sentence = failed.expect_err("it failed").to_string();
        assert_eq!(
            sentence,
            "a script has failed (exit status: 3); the reason is above"
        );
    }

    #[test]
    fn it_is_over_once_it_is_no_longer_wanted() {
        let slow = start("beside-slow.txt", "sleep 0.2; echo done");
        let says = slow.says.clone();
        drop(slow);
        assert_eq!(fs::read_to_string(says).expect("it is kept"), "done\n");
    }
}
