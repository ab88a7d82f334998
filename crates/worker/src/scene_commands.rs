//! The commands of the other scenes and of the console. They come sealed, and are answered so.

use protocol::{Rejection, Reply, SceneCommand, SceneReply, Sealed, Timestamp};
use tokens::Algorithm;

use crate::carrying::in_environment;
use crate::runtime::Runtime;
use crate::scope;
use crate::store_commands::sample_run;

impl Runtime {
    /// Carries a sealed command out.
    pub(crate) fn answer_scene(&mut self, sealed: &Sealed, now: Timestamp) -> Reply {
        let answered = SceneCommand::open(sealed)
            .map_err(|error| failed(error.to_string()))
            .and_then(|command| self.carry_out(command, now));
        answered.map_or_else(Reply::Failed, |reply| Reply::Scene(reply.seal()))
    }

    fn carry_out(
        &mut self,
        command: SceneCommand,
        now: Timestamp,
    ) -> Result<SceneReply, Rejection> {
        Ok(match command {
            SceneCommand::Inspect { token, options } => {
                SceneReply::Inspected(self.deployment.inspect(&token, &options, now))
            }
            SceneCommand::PublicHalf { key } => {
                SceneReply::PublicHalf(self.deployment.public_half(key.as_ref()))
            }
            SceneCommand::AdoptKey { algorithm, key } => {
                self.deployment.adopt_key(algorithm, &key, now)?;
                SceneReply::Adopted
            }
            SceneCommand::RotateKey { key, overlap } => {
                SceneReply::Rotated(self.deployment.rotate_key(&key, overlap, now)?)
            }
            SceneCommand::RestartServers => SceneReply::Restarted {
                lost: self.restart(now)?,
            },
            SceneCommand::Administer(act) => {
                SceneReply::Administered(self.deployment.administer(&act, now)?)
            }
            SceneCommand::ReadTable(query) => SceneReply::TableRead(self.read_table(&query)),
            SceneCommand::Sql { text } => SceneReply::SqlDone(Box::new(self.run_sql(&text))),
            SceneCommand::Repair => SceneReply::Repaired {
                made: self.repair(now)?,
            },
            SceneCommand::ExportDatabase => SceneReply::DatabaseExported(self.export()),
            SceneCommand::ImportDatabase { file } => {
                SceneReply::DatabaseImported(self.import(&file, now))
            }
            SceneCommand::Fill { batch, rows } => SceneReply::Filled(self.fill(batch, rows, now)?),
            SceneCommand::Empty { batch, rows } => SceneReply::Filled(self.empty(batch, rows)?),
            SceneCommand::MeasureGrowth => SceneReply::GrowthMeasured(self.measure_growth(now)?),
            SceneCommand::SampleRun { scheme } => SceneReply::SampleRun {
                exchanges: sample_run(scheme, now)?,
            },
            SceneCommand::Depart { page, errand, at } => {
                let (flight, so_far) = in_environment(at, |environment| {
                    self.deployment.depart(&page, &errand, environment)
                });
                SceneReply::Departed {
                    flight,
                    so_far: Box::new(so_far),
                }
            }
            SceneCommand::Arrive { flight, at } => {
                let arrived = in_environment(at, |environment| {
                    self.deployment.arrive(flight, environment)
                });
                arrived.map_or(SceneReply::NoSuchFlight, |so_far| SceneReply::Arrived {
                    so_far: Box::new(so_far),
                })
            }
            SceneCommand::Deliver { flight, at } => self.deliver(flight, at),
            SceneCommand::MeasureSignatures { algorithm } => {
                SceneReply::SignaturesMeasured(Algorithm::from_name(&algorithm).map(|algorithm| {
                    tokens::measure(algorithm, &scope::stopwatch, &mut scope::random)
                }))
            }
            SceneCommand::RestartServer { server } => SceneReply::Restarted {
                lost: self.deployment.restart_server(server),
            },
            SceneCommand::ObserveFleet => {
                SceneReply::FleetObserved(self.deployment.observe_fleet())
            }
            SceneCommand::TryJar(trial) => {
                SceneReply::JarTried(Box::new(user_agent::try_jar(&trial)))
            }
        })
    }

    fn deliver(&mut self, flight: u32, at: Timestamp) -> SceneReply {
        let carried = in_environment(at, |environment| {
            self.deployment.deliver(flight, environment)
        });
        let Some(carried) = carried else {
            return SceneReply::NoSuchFlight;
        };
        if carried.jar_changed {
            self.save_jar();
        }
        let exchange = carried.exchanges.into_iter().next();
        exchange.map_or(SceneReply::NoSuchFlight, |exchange| SceneReply::Delivered {
            exchange: Box::new(exchange),
            expired: carried.removal_lines,
        })
    }

    fn restart(&mut self, now: Timestamp) -> Result<u32, Rejection> {
        in_environment(now, |environment| self.deployment.restart(environment))
            .map_err(|error| failed(error.message))
    }
}

fn failed(message: String) -> Rejection {
    Rejection::StoreFailed { message }
}
