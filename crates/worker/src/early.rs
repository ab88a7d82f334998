//! Before the database is open: the servers answer what needs none. Whatever asks for a record or a key is left for later,
//! as if it had not been tried.

use deployment::Deployment;
use protocol::{
    Command, Envelope, Errand, Lane, Opening, PageContext, Presented, Reply, ServerMessage,
    Settings, Site, Timestamp,
};
use sessions::UnopenedStore;
use user_agent::Jar;

use crate::jar_file::JarFile;
use crate::{carrying, scope};

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

/// Answers a request that nobody has made, and forgets it: the browser compiles what it runs through, which is what the
/// first request will run through.
pub(crate) fn rehearse() {
    let page = PageContext {
        site: Site {
            origin: String::from("http://localhost"),
            base_path: String::from("/"),
        },
        cookie: None,
        bearers: [None, None],
        user_agent: None,
    };
    let errands = Lane::BOTH.map(|lane| Errand {
        lane,
        method: String::from("GET"),
        path: String::from("/me"),
        headers: Vec::new(),
        body: String::new(),
        credential: Presented::FromBrowser,
    });
    let command = Command::Exchange {
        page,
        errands: errands.to_vec(),
    };
    let reply = Early::new(None).attempt(&command, &Settings::default(), scope::now());
    let message = reply.map_or(ServerMessage::Deferred, ServerMessage::Reply);
    let _ = Envelope { number: 0, message }.encode();
}

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
