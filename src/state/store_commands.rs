//! What is asked of the servers and their store from outside any request: by an administrator, by the observer, and by
//! whoever plays a race step by step. It carries out, and never says what came of it in words.

use std::sync::Arc;

use leptos::prelude::UpdateValue;
use protocol::{
    AdminAct, AdminOutcome, Command, Errand, Exchange, Filled, GrowthPoint, ImportProblem, Reply,
    SceneCommand, SceneReply, Scheme, SqlOutcome, TablePage, TableQuery, Timestamp,
};

use super::playground::{OTHER_ANSWER, Playground, say_no_answer, unexpected};
use super::record::{Event, Recorded};
use super::sending::take_in;
use crate::browser::Cookies;

impl Playground {
    /// Asks what only the other scenes and the console ask, and takes the answer apart; an answer of another kind is
    /// said.
    pub(in crate::state) async fn ask_for<T>(
        self,
        command: SceneCommand,
        take: fn(SceneReply) -> Option<T>,
    ) -> Result<T, String> {
        let reply = self.ask_sealed(command).await?;
        take(reply).ok_or_else(|| OTHER_ANSWER.to_owned())
    }

    async fn ask_sealed(self, command: SceneCommand) -> Result<SceneReply, String> {
        match self.ask(Command::Scene(command.seal())).await {
            Ok(Reply::Scene(sealed)) => SceneReply::open(&sealed).map_err(|why| why.to_string()),
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// Runs statements on the live database.
    pub(crate) async fn run_sql(self, text: String) -> Result<SqlOutcome, String> {
        let outcome = self
            .ask_for(SceneCommand::Sql { text }, |reply| match reply {
                SceneReply::SqlDone(outcome) => Some(*outcome),
                _ => None,
            })
            .await;
        self.schedule_paint();
        outcome
    }

    /// Ends the servers and starts them anew; how much of their memory is lost.
    pub(crate) async fn restart_servers(self) -> Result<u32, String> {
        let lost = self
            .ask_for(SceneCommand::RestartServers, |reply| match reply {
                SceneReply::Restarted { lost } => Some(lost),
                _ => None,
            })
            .await?;
        self.note(Event::ServersRestarted { lost });
        self.schedule_paint();
        Ok(lost)
    }

    /// Does what an administrator does.
    pub(crate) async fn administer(self, act: AdminAct) -> Result<AdminOutcome, String> {
        let outcome = self
            .ask_for(SceneCommand::Administer(act.clone()), |reply| match reply {
                SceneReply::Administered(outcome) => Some(outcome),
                _ => None,
            })
            .await?;
        if outcome.found {
            self.note(Event::Administered { act });
        }
        self.schedule_paint();
        Ok(outcome)
    }

    /// Reads a page of a table.
    pub(crate) async fn read_table(self, query: TableQuery) -> Result<TablePage, String> {
        self.ask_for(SceneCommand::ReadTable(query), |reply| match reply {
            SceneReply::TableRead(page) => Some(page),
            _ => None,
        })
        .await?
    }

    /// Makes what the database lacks anew; the names of what was made.
    pub(crate) async fn repair(self) -> Result<Vec<String>, String> {
        let made = self
            .ask_for(SceneCommand::Repair, |reply| match reply {
                SceneReply::Repaired { made } => Some(made),
                _ => None,
            })
            .await;
        self.schedule_paint();
        made
    }

    /// The database's file.
    pub(crate) async fn export_database(self) -> Result<Vec<u8>, String> {
        self.ask_for(SceneCommand::ExportDatabase, |reply| match reply {
            SceneReply::DatabaseExported(file) => Some(file),
            _ => None,
        })
        .await?
    }

    /// Puts a file in the database's place, if it is one: its octets, or what is wrong with it. The outer error is that
    /// nobody answered.
    pub(crate) async fn import_database(
        self,
        file: Vec<u8>,
    ) -> Result<Result<u64, ImportProblem>, String> {
        let outcome = self
            .ask_for(SceneCommand::ImportDatabase { file }, |reply| match reply {
                SceneReply::DatabaseImported(outcome) => Some(outcome),
                _ => None,
            })
            .await?;
        if outcome.is_ok() {
            self.note(Event::DatabaseReplaced);
        }
        self.schedule_paint();
        Ok(outcome)
    }

    /// Adds sessions to a batch, or to a new one. The screen follows with the next request, or when it is asked to.
    pub(crate) async fn fill(self, batch: Option<u32>, rows: u32) -> Result<Filled, String> {
        self.ask_for(SceneCommand::Fill { batch, rows }, filled)
            .await
    }

    /// Removes sessions of a batch.
    pub(crate) async fn empty(self, batch: u32, rows: u32) -> Result<Filled, String> {
        self.ask_for(SceneCommand::Empty { batch, rows }, filled)
            .await
    }

    /// Measures a lookup and a check at the present size.
    pub(crate) async fn measure_growth(self) -> Result<GrowthPoint, String> {
        self.ask_for(SceneCommand::MeasureGrowth, |reply| match reply {
            SceneReply::GrowthMeasured(point) => Some(point),
            _ => None,
        })
        .await
    }

    /// What happens in a sign-in, requests and a sign-out by this scheme, among parties that are thrown away.
    pub(crate) async fn sample_run(self, scheme: Scheme) -> Result<Vec<Exchange>, String> {
        self.ask_for(SceneCommand::SampleRun { scheme }, |reply| match reply {
            SceneReply::SampleRun { exchanges } => Some(exchanges),
            _ => None,
        })
        .await
    }

    /// Lets a request leave the browser at that moment: its number, and what has happened so far.
    pub(crate) async fn depart(
        self,
        errand: Errand,
        at: Timestamp,
    ) -> Result<(u32, Exchange), String> {
        let turn = self.take_turn();
        let _turn = turn.lock().await;
        let page = self.page_context();
        self.ask_for(
            SceneCommand::Depart { page, errand, at },
            |reply| match reply {
                SceneReply::Departed { flight, so_far } => Some((flight, *so_far)),
                _ => None,
            },
        )
        .await
    }

    /// Lets a request that is on its way arrive at the server: what has happened so far.
    pub(crate) async fn arrive(self, flight: u32, at: Timestamp) -> Result<Exchange, String> {
        let so_far = self
            .ask_for(SceneCommand::Arrive { flight, at }, |reply| match reply {
                SceneReply::Arrived { so_far } => Some(*so_far),
                _ => None,
            })
            .await;
        self.schedule_paint();
        so_far
    }

    /// Lets the answer to that errand arrive in the browser, which takes it in; it stands in the history from then on.
    pub(crate) async fn deliver(
        self,
        errand: Errand,
        flight: u32,
        at: Timestamp,
    ) -> Result<Arc<Recorded>, String> {
        let turn = self.take_turn();
        let _turn = turn.lock().await;
        let (exchange, expired) = self
            .ask_for(SceneCommand::Deliver { flight, at }, |reply| match reply {
                SceneReply::Delivered { exchange, expired } => Some((*exchange, expired)),
                _ => None,
            })
            .await?;
        for line in &expired {
            Cookies::write(line);
        }
        let recorded = take_in(errand, exchange);
        self.remember_exchange(&recorded);
        let recorded = Arc::new(recorded);
        self.log
            .update_value(|log| log.push(at, vec![recorded.clone()]));
        self.schedule_paint();
        Ok(recorded)
    }
}

fn filled(reply: SceneReply) -> Option<Filled> {
    match reply {
        SceneReply::Filled(filled) => Some(filled),
        _ => None,
    }
}
