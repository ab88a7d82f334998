//! The server with its database, answering commands.

use deployment::Deployment;
use protocol::{Command, Opening, Rejection, Reply, Settings, Timestamp};
use sessions::SqliteStore;

use crate::carrying::{self, in_environment};
use crate::database::{Files, Opened};
use crate::early::{Answering, Early};
use crate::jar_file::JarFile;
use crate::scope;

/// The open server.
pub(crate) struct Runtime {
    pub(crate) deployment: Deployment<SqliteStore>,
    pub(crate) files: Files,
    jar_file: Option<JarFile>,
    pub(crate) timer_grain_microseconds: f64,
}

/// The early servers on what was opened, and how it was opened.
pub(crate) fn start(
    early: Early,
    opened: Opened,
    timer_grain_microseconds: f64,
) -> Result<(Box<dyn Answering>, Opening), String> {
    let deployment = in_environment(scope::now(), |environment| {
        early.deployment.open(opened.store, environment)
    });
    let opening = Opening {
        persistence: opened.persistence,
        set_aside: opened.set_aside,
        timer_grain_microseconds,
    };
    let runtime = Runtime {
        deployment: deployment.map_err(|error| error.to_string())?,
        files: opened.files,
        jar_file: early.jar_file,
        timer_grain_microseconds,
    };
    Ok((Box::new(runtime), opening))
}

impl Runtime {
    pub(crate) fn save_jar(&self) {
        if let Some(file) = &self.jar_file {
            file.save(self.deployment.jar());
        }
    }
}

impl Answering for Runtime {
    fn answer(&mut self, command: Command, settings: &Settings, now: Timestamp) -> Reply {
        carrying::set(&mut self.deployment, settings);
        match command {
            Command::Exchange { page, errands } => {
                let carried = carrying::carry(&mut self.deployment, &page, &errands, now);
                carrying::reply(&self.deployment, self.jar_file.as_ref(), carried)
            }
            Command::Preview { page, errand } => {
                carrying::preview(&mut self.deployment, &page, &errand, now)
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
}

fn failed(message: String) -> Reply {
    Reply::Failed(Rejection::StoreFailed { message })
}

fn or_failed<T>(result: Result<T, Rejection>, reply: impl FnOnce(T) -> Reply) -> Reply {
    result.map_or_else(Reply::Failed, reply)
}
