//! The open server, answering commands.

use deployment::{Deployment, StartError};
use protocol::{Command, Opening, Rejection, Reply, Settings, Timestamp};
use server::Environment;
use sessions::SqliteStore;
use user_agent::Jar;

use crate::database::{Files, Opened};
use crate::jar_file::JarFile;
use crate::scope;

/// The open server.
pub(crate) struct Runtime {
    pub(crate) deployment: Deployment<SqliteStore>,
    pub(crate) files: Files,
    jar_file: Option<JarFile>,
    pub(crate) timer_grain_microseconds: f64,
}

impl Runtime {
    /// The server on what was opened, and how it was opened.
    pub(crate) fn start(
        opened: Opened,
        timer_grain_microseconds: f64,
    ) -> Result<(Self, Opening), StartError> {
        let jar = opened
            .jar_file
            .as_ref()
            .map_or_else(Jar::default, JarFile::load);
        let deployment = in_environment(scope::now(), |environment| {
            Deployment::start(opened.store, jar, environment)
        })?;
        let opening = Opening {
            persistence: opened.persistence,
            set_aside: opened.set_aside,
            timer_grain_microseconds,
        };
        let runtime = Self {
            deployment,
            files: opened.files,
            jar_file: opened.jar_file,
            timer_grain_microseconds,
        };
        Ok((runtime, opening))
    }

    /// Carries a command out under these settings, by the one clock.
    pub(crate) fn answer(
        &mut self,
        command: Command,
        settings: &Settings,
        now: Timestamp,
    ) -> Reply {
        self.deployment.set_session_cookie(&settings.session_cookie);
        self.deployment
            .set_token_algorithm(settings.token_algorithm);
        self.deployment.set_schemes(&settings.schemes);
        self.deployment.set_fleet(&settings.fleet);
        match command {
            Command::Exchange { page, errands } => {
                let carried = in_environment(now, |environment| {
                    self.deployment.carry(&page, &errands, environment)
                });
                if carried.jar_changed {
                    self.save_jar();
                }
                Reply::Exchanged {
                    exchanges: carried.exchanges,
                    expired: carried.removal_lines,
                }
            }
            Command::Observe => or_failed(self.observe(now), Reply::Observed),
            Command::Kill { id_hash } => {
                or_failed(self.deployment.kill(&id_hash, now), |was_there| {
                    Reply::Killed { was_there }
                })
            }
            Command::RevealKey { kid } => Reply::Key {
                secret: self.deployment.reveal_key(&kid),
            },
            Command::Preview { page, errand } => {
                let exchange = in_environment(now, |environment| {
                    self.deployment.preview(&page, &errand, environment)
                });
                Reply::Previewed(Box::new(exchange))
            }
            Command::Sign {
                signing_input,
                signer,
            } => Reply::Signed(self.deployment.sign(&signing_input, &signer)),
            Command::AssignCookie { page, line } => {
                Reply::Assigned(self.deployment.assign_cookie(&page, &line, now))
            }
            Command::Calibrate => {
                let grain = self.timer_grain_microseconds;
                Reply::Calibrated(in_environment(now, |environment| {
                    deployment::calibrate(&mut self.deployment, grain, environment)
                }))
            }
            Command::Reset { site } => {
                let reset =
                    in_environment(now, |environment| self.deployment.reset(&site, environment));
                self.save_jar();
                match reset {
                    Ok(clear) => Reply::Reset { clear },
                    Err(error) => failed(error.message),
                }
            }
            Command::Scene(sealed) => self.answer_scene(&sealed, now),
        }
    }

    pub(crate) fn save_jar(&self) {
        if let Some(file) = &self.jar_file {
            file.save(self.deployment.jar());
        }
    }
}

fn failed(message: String) -> Reply {
    Reply::Failed(Rejection::StoreFailed { message })
}

fn or_failed<T>(result: Result<T, Rejection>, reply: impl FnOnce(T) -> Reply) -> Reply {
    result.map_or_else(Reply::Failed, reply)
}

pub(crate) fn in_environment<T>(now: Timestamp, work: impl FnOnce(&mut Environment<'_>) -> T) -> T {
    work(&mut Environment {
        now,
        random: &mut scope::random,
        stopwatch: &scope::stopwatch,
    })
}
