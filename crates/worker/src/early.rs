//! Before the database is open: the servers answer what needs none. Whatever asks for a record or a key is left for later,
//! as if it had not been tried.

use deployment::Deployment;
use protocol::{Command, Opening, Reply, Settings, Timestamp};
use sessions::UnopenedStore;
use user_agent::Jar;

use crate::carrying;
use crate::jar_file::JarFile;

/// The servers without their database.
pub(crate) struct Early {
    pub(crate) deployment: Deployment<UnopenedStore>,
    pub(crate) jar_file: Option<JarFile>,
}

/// The server with all that it has.
pub(crate) trait Answering {
    /// Carries a command out under these settings, by the one clock.
    fn answer(&mut self, command: Command, settings: &Settings, now: Timestamp) -> Reply;
}

/// What makes the early servers whole, once the database is open. An error says why that can't be.
pub(crate) type MakeWhole = Box<dyn FnOnce(Early) -> Result<(Box<dyn Answering>, Opening), String>>;

impl Early {
    /// The servers with what the user agent kept.
    pub(crate) fn new(jar_file: Option<JarFile>) -> Self {
        let jar = jar_file.as_ref().map_or_else(Jar::default, JarFile::load);
        Self {
            deployment: Deployment::unopened(jar),
            jar_file,
        }
    }

    /// The answer, where the command needs no database. Else nothing came of it.
    pub(crate) fn attempt(
        &mut self,
        command: &Command,
        settings: &Settings,
        now: Timestamp,
    ) -> Option<Reply> {
        let jar_file = self.jar_file.as_ref();
        match command {
            Command::Exchange { page, errands } => {
                let carried = self.deployment.attempt(|deployment| {
                    carrying::set(deployment, settings);
                    carrying::carry(deployment, page, errands, now)
                })?;
                Some(carrying::reply(&self.deployment, jar_file, carried))
            }
            Command::Preview { page, errand } => self.deployment.attempt(|deployment| {
                carrying::set(deployment, settings);
                carrying::preview(deployment, page, errand, now)
            }),
            // The observer's questions and the studios' need the database, or are worth waiting for.
            _ => None,
        }
    }
}
