//! The open server, answering commands.

use deployment::{Deployment, StartError};
use protocol::{Command, Opening, Rejection, Reply, Settings, Timestamp};
use server::Environment;
use sessions::SqliteStore;
use tokens::Algorithm;
use user_agent::Jar;

use crate::database::{Files, Opened};
use crate::jar_file::JarFile;
use crate::scope;
use crate::store_commands::sample_run;

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
            Command::Inspect { token, options } => {
                Reply::Inspected(self.deployment.inspect(&token, &options, now))
            }
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
            Command::PublicHalf { key } => {
                Reply::PublicHalf(self.deployment.public_half(key.as_ref()))
            }
            Command::AdoptKey { algorithm, key } => {
                or_failed(self.deployment.adopt_key(algorithm, &key, now), |()| {
                    Reply::Adopted
                })
            }
            Command::RotateKey { key, overlap } => or_failed(
                self.deployment.rotate_key(&key, overlap, now),
                Reply::Rotated,
            ),
            Command::RestartServers => self.restart(now),
            Command::Administer(act) => {
                or_failed(self.deployment.administer(&act, now), Reply::Administered)
            }
            Command::ReadTable(query) => Reply::TableRead(self.read_table(&query)),
            Command::Sql { text } => Reply::SqlDone(Box::new(self.run_sql(&text))),
            Command::Repair => or_failed(self.repair(now), |made| Reply::Repaired { made }),
            Command::ExportDatabase => Reply::DatabaseExported(self.export()),
            Command::ImportDatabase { file } => Reply::DatabaseImported(self.import(&file, now)),
            Command::Fill { batch, rows } => or_failed(self.fill(batch, rows, now), Reply::Filled),
            Command::Empty { batch, rows } => or_failed(self.empty(batch, rows), Reply::Filled),
            Command::MeasureGrowth => or_failed(self.measure_growth(now), Reply::GrowthMeasured),
            Command::SampleRun { scheme } => or_failed(sample_run(scheme, now), |exchanges| {
                Reply::SampleRun { exchanges }
            }),
            Command::Depart { page, errand, at } => {
                let (flight, so_far) = in_environment(at, |environment| {
                    self.deployment.depart(&page, &errand, environment)
                });
                Reply::Departed {
                    flight,
                    so_far: Box::new(so_far),
                }
            }
            Command::Arrive { flight, at } => {
                let arrived = in_environment(at, |environment| {
                    self.deployment.arrive(flight, environment)
                });
                arrived.map_or(Reply::NoSuchFlight, |so_far| Reply::Arrived {
                    so_far: Box::new(so_far),
                })
            }
            Command::Deliver { flight, at } => self.deliver(flight, at),
            Command::MeasureSignatures { algorithm } => {
                Reply::SignaturesMeasured(Algorithm::from_name(&algorithm).map(|algorithm| {
                    tokens::measure(algorithm, &scope::stopwatch, &mut scope::random)
                }))
            }
            Command::AssignCookie { page, line } => {
                Reply::Assigned(self.deployment.assign_cookie(&page, &line, now))
            }
            Command::TryJar(trial) => Reply::JarTried(Box::new(user_agent::try_jar(&trial))),
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
        }
    }

    fn deliver(&mut self, flight: u32, at: Timestamp) -> Reply {
        let carried = in_environment(at, |environment| {
            self.deployment.deliver(flight, environment)
        });
        let Some(carried) = carried else {
            return Reply::NoSuchFlight;
        };
        if carried.jar_changed {
            self.save_jar();
        }
        let exchange = carried.exchanges.into_iter().next();
        exchange.map_or(Reply::NoSuchFlight, |exchange| Reply::Delivered {
            exchange: Box::new(exchange),
            expired: carried.removal_lines,
        })
    }

    fn restart(&mut self, now: Timestamp) -> Reply {
        let restarted = in_environment(now, |environment| self.deployment.restart(environment));
        match restarted {
            Ok(lost) => Reply::Restarted { lost },
            Err(error) => failed(error.message),
        }
    }

    fn save_jar(&self) {
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
