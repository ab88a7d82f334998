//! What is asked of the servers and their store from outside any request: by an administrator, by the observer, and by
//! whoever plays a race step by step. It carries out, and never says what came of it in words.

use std::sync::Arc;

use leptos::prelude::UpdateValue;
use protocol::{
    AdminAct, AdminOutcome, Command, Errand, Exchange, Filled, GrowthPoint, ImportProblem, Reply,
    Scheme, SqlOutcome, TablePage, TableQuery, Timestamp,
};

use super::playground::{Playground, say_no_answer, unexpected};
use super::record::{Event, Recorded};
use super::sending::take_in;
use crate::browser::Cookies;

impl Playground {
    /// Asks, and takes the answer apart; an answer of another kind is said.
    pub(super) async fn ask_for<T>(
        self,
        command: Command,
        take: impl FnOnce(Reply) -> Result<T, String>,
    ) -> Result<T, String> {
        take(self.ask(command).await.map_err(say_no_answer)?)
    }

    /// Runs statements on the live database.
    pub(crate) async fn run_sql(self, text: String) -> Result<SqlOutcome, String> {
        let outcome = self
            .ask_for(Command::Sql { text }, |reply| match reply {
                Reply::SqlDone(outcome) => Ok(*outcome),
                other => Err(unexpected(&other)),
            })
            .await;
        self.schedule_paint();
        outcome
    }

    /// Ends the servers and starts them anew; how much of their memory is lost.
    pub(crate) async fn restart_servers(self) -> Result<u32, String> {
        let lost = self
            .ask_for(Command::RestartServers, |reply| match reply {
                Reply::Restarted { lost } => Ok(lost),
                other => Err(unexpected(&other)),
            })
            .await?;
        self.note(Event::ServersRestarted { lost });
        self.schedule_paint();
        Ok(lost)
    }

    /// Does what an administrator does.
    pub(crate) async fn administer(self, act: AdminAct) -> Result<AdminOutcome, String> {
        let outcome = self
            .ask_for(Command::Administer(act.clone()), |reply| match reply {
                Reply::Administered(outcome) => Ok(outcome),
                other => Err(unexpected(&other)),
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
        self.ask_for(Command::ReadTable(query), |reply| match reply {
            Reply::TableRead(page) => Ok(page),
            other => Err(unexpected(&other)),
        })
        .await?
    }

    /// Makes what the database lacks anew; the names of what was made.
    pub(crate) async fn repair(self) -> Result<Vec<String>, String> {
        let made = self
            .ask_for(Command::Repair, |reply| match reply {
                Reply::Repaired { made } => Ok(made),
                other => Err(unexpected(&other)),
            })
            .await;
        self.schedule_paint();
        made
    }

    /// The database's file.
    pub(crate) async fn export_database(self) -> Result<Vec<u8>, String> {
        self.ask_for(Command::ExportDatabase, |reply| match reply {
            Reply::DatabaseExported(file) => Ok(file),
            other => Err(unexpected(&other)),
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
            .ask_for(Command::ImportDatabase { file }, |reply| match reply {
                Reply::DatabaseImported(outcome) => Ok(outcome),
                other => Err(unexpected(&other)),
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
        self.ask_for(Command::Fill { batch, rows }, filled).await
    }

    /// Removes sessions of a batch.
    pub(crate) async fn empty(self, batch: u32, rows: u32) -> Result<Filled, String> {
        self.ask_for(Command::Empty { batch, rows }, filled).await
    }

    /// Measures a lookup and a check at the present size.
    pub(crate) async fn measure_growth(self) -> Result<GrowthPoint, String> {
        self.ask_for(Command::MeasureGrowth, |reply| match reply {
            Reply::GrowthMeasured(point) => Ok(point),
            other => Err(unexpected(&other)),
        })
        .await
    }

    /// What happens in a sign-in, requests and a sign-out by this scheme, among parties that are thrown away.
    pub(crate) async fn sample_run(self, scheme: Scheme) -> Result<Vec<Exchange>, String> {
        self.ask_for(Command::SampleRun { scheme }, |reply| match reply {
            Reply::SampleRun { exchanges } => Ok(exchanges),
            other => Err(unexpected(&other)),
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
        self.ask_for(Command::Depart { page, errand, at }, |reply| match reply {
            Reply::Departed { flight, so_far } => Ok((flight, *so_far)),
            other => Err(unexpected(&other)),
        })
        .await
    }

    /// Lets a request that is on its way arrive at the server: what has happened so far.
    pub(crate) async fn arrive(self, flight: u32, at: Timestamp) -> Result<Exchange, String> {
        let so_far = self
            .ask_for(Command::Arrive { flight, at }, |reply| match reply {
                Reply::Arrived { so_far } => Ok(*so_far),
                other => Err(unexpected(&other)),
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
            .ask_for(Command::Deliver { flight, at }, |reply| match reply {
                Reply::Delivered { exchange, expired } => Ok((*exchange, expired)),
                other => Err(unexpected(&other)),
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

fn filled(reply: Reply) -> Result<Filled, String> {
    match reply {
        Reply::Filled(filled) => Ok(filled),
        other => Err(unexpected(&other)),
    }
}
